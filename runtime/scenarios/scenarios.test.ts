import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { playScenario, simulatorFor } from './play.js';
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

test('values of a wrong kind are told, each with its place, where the schema refuses them', () => {
  const request = (more: object) => ({ title: 't', steps: [{ request: { url: '/', ...more } }] });
  const step = (more: object) => ({ title: 't', steps: [{ advance: '1h', ...more }] });
  const wrong: [scenario: object, place: string][] = [
    ...['client', 'method', 'address', 'cookies', 'server'].map((key): [object, string] => [
      request({ [key]: 5 }),
      `steps[0].request.${key}`,
    ]),
    [request({ headers: { a: 1 } }), 'steps[0].request.headers'],
    [request({ headers: 'x' }), 'steps[0].request.headers'],
    [request({ body: 5 }), 'steps[0].request.body'],
    [request({ wait: 'no' }), 'steps[0].request.wait'],
    [request({ expect: 5 }), 'steps[0].request.expect'],
    [request({ expect: { body: {} } }), 'steps[0].request.expect.body'],
    [request({ expect: { legacy: { status: 'x' } } }), 'steps[0].request.expect.legacy.status'],
    [step({ happens: 5 }), 'steps[0].happens'],
    [step({ trace: ['a', 1] }), 'steps[0].trace'],
    [step({ sessions: 'two' }), 'steps[0].sessions'],
    [{ title: 't', steps: [{ run: 'hello', args: 5 }] }, 'steps[0].args'],
    [{ title: 't', steps: [{ set: { 73: {} } }] }, 'steps[0].set'],
    [{ title: 't', modes: 'legacy', steps: [] }, 'modes'],
    [{ title: 't', modes: [], steps: [] }, 'modes'],
    [{ title: 't', seed: 'x', steps: [] }, 'seed'],
    [{ title: 't', standIns: { ALERT: 5 }, steps: [] }, 'standIns'],
    [{ title: 5, steps: [] }, 'title'],
    [{ steps: [] }, 'title'],
  ];
  for (const [scenario, place] of wrong) {
    const text = JSON.stringify(scenario);
    assert.equal(validate(scenario), false, text);
    const read = readScenario(text);
    const told = 'problems' in read ? read.problems.map(({ en }) => en) : [];
    assert.ok(
      told.some((en) => en.startsWith(`${place}: `)),
      `${text}: ${told}`,
    );
  }
  for (const scenario of [request({ bytes: '%%%' }), { title: 't', start: 'soon', steps: [] }])
    assert.ok('problems' in readScenario(JSON.stringify(scenario)), JSON.stringify(scenario));
  const yaml = readScenario('title: a\nsteps:\n\t- request: {url: /}\n');
  assert.match('problems' in yaml ? yaml.problems[0].en : '', /JSON, not YAML/);
});

test('paths that were written on Windows are found everywhere', () => {
  const steps: [] = [];
  assert.equal(simulatorFor({ title: 't', records: '.\\data\\shop.json', steps }).records, './data/shop.json');
});
