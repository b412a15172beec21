import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { Ajv } from 'ajv';

const read = (name: string) => JSON.parse(readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8'));
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(read('catalogue.schema.json'));

for (const name of ['commands', 'constants', 'classes', 'language']) {
  test(`${name}.json keeps to the schema`, () => {
    const data = read(`${name}.json`);
    assert.equal(data.$schema, './catalogue.schema.json');
    validate(data);
    const problems = (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
    assert.deepEqual(problems.slice(0, 10), []);
  });
}

test('the schema refuses what it does not know', () => {
  assert.equal(validate({ checksum: '0123456789abcdef', commands: [{ name: 'A', numbr: 1 }] }), false);
  assert.equal(validate({ checksum: '0123456789abcdef', constants: [{ name: 'A', token: 'K73:1' }] }), false);
});
