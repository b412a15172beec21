import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { playScenario } from './play.js';
import { readScenario } from './read.js';

const folders = ['runtime/scenarios/cases', 'runtime/test/fixtures/components', 'docs/tutorial'];
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.scenario.json'))
    .map((file) => ({ folder, file })),
);
const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('runtime/scenarios/scenario.schema.json', 'utf8')));

for (const { folder, file } of files) {
  test(file, async () => {
    const text = readFileSync(`${folder}/${file}`, 'utf8');
    assert.ok(validate(JSON.parse(text)), JSON.stringify(validate.errors));
    const read = readScenario(text);
    assert.ok('scenario' in read, JSON.stringify(read));
    for (const mode of read.scenario.modes ?? ['project']) {
      const { failures } = await playScenario(read.scenario, nodeFileSystem, folder, mode);
      assert.deepEqual(
        failures.map(({ step, message }) => `${mode}, step ${step}: ${message.en}`),
        [],
      );
    }
  });
}
