import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { JsonError, parseJson, stringify } from './json.js';
import type { ObjectValue, Value } from './value.js';

test('values become JSON as 4D writes it', () => {
  const object: Value = {
    t: 'object',
    properties: new Map<string, Value>([
      ['2', 'ñ"\n'],
      ['1', { t: 'date', year: 2024, month: 2, day: 29 }],
      ['t', { t: 'time', seconds: 3661 }],
      ['none', undefined],
      ['c', { t: 'collection', items: [1, undefined, null, true] }],
    ]),
  };
  assert.equal(stringify(object), '{"2":"ñ\\"\\n","1":"2024-02-29","t":3661,"c":[1,null,null,true]}');
  assert.equal(
    stringify({ t: 'collection', items: [{ t: 'object', properties: new Map([['a', 1]]) }] }, { pretty: true }),
    '[\n\t{\n\t\t"a": 1\n\t}\n]',
  );
  const circle: ObjectValue = { t: 'object', properties: new Map() };
  circle.properties.set('me', circle);
  assert.throws(
    () => stringify(circle),
    (e) => e instanceof JsonError && e.reason === 'circle',
  );
});

test('JSON texts become values, in their order, and errors have a place', () => {
  const parsed = parseJson(
    ' {"b":1,"10":2,"2":[true,null,-1.5e2],"d":"2024-02-29","s":"2024-02-29T10:00:00Z","__proto__":{"x":1}} ',
  ) as ObjectValue;
  assert.deepEqual([...parsed.properties.keys()], ['b', '10', '2', 'd', 's', '__proto__']);
  assert.deepEqual(parsed.properties.get('d'), { t: 'date', year: 2024, month: 2, day: 29 });
  assert.equal(parsed.properties.get('s'), '2024-02-29T10:00:00Z');
  assert.equal(parseJson('"\\u00f1\\t"'), 'ñ\t');
  for (const [source, offset] of [
    ['{"a":1,}', 7],
    ['[1 2]', 3],
    ['"abc', 4],
    ['01', 1],
    ['', 0],
    ["{'a':1}", 1],
    ['[1]x', 3],
  ] as const) {
    assert.throws(
      () => parseJson(source),
      (e) => e instanceof JsonError && e.offset === offset,
      source,
    );
  }
  assert.throws(
    () => parseJson('['.repeat(100000)),
    (e) => e instanceof JsonError && e.reason === 'depth',
  );
});

test('what JavaScript writes is read as it reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const text = JSON.stringify(json);
      assert.deepEqual(JSON.parse(stringify(parseJson(text))), JSON.parse(text));
    }),
  );
});
