import assert from 'node:assert/strict';
import test from 'node:test';
import { Bench, collection, object, plain, star } from '../test/call.js';
import type { Value } from '../values/value.js';

const bytes = (...values: number[]): Value => ({ t: 'blob', bytes: Uint8Array.from(values) });
const shown = (bench: Bench, name: string) => Array.from((bench.get(name) as { bytes: Uint8Array }).bytes);

test('texts go into blobs and out of them', () => {
  const bench = new Bench();
  const b = bench.variable('b', undefined, 'blob');
  bench.variable('b', bytes(), 'blob');
  bench.call(554, 'añ', b, 6);
  assert.deepEqual(shown(bench, 'b'), [0x61, 0xc3, 0xb1]);
  assert.equal(bench.call(555, b, 6), 'añ');
  bench.call(554, 'x', b, 4, star);
  assert.deepEqual(shown(bench, 'b'), [0x61, 0xc3, 0xb1, 0x78, 0]);
  const offset = bench.variable('offset', 3);
  assert.equal(bench.call(555, b, 4, offset), 'x');
  assert.equal(bench.get('offset'), 5);
  bench.call(554, 'é', b, 3);
  assert.deepEqual(shown(bench, 'b'), [0x8e]);
  assert.equal(bench.call(605, b), 1);
});

test('numbers go into blobs and out of them', () => {
  const bench = new Bench();
  const b = bench.variable('b', bytes(), 'blob');
  bench.call(550, 258, b, 1);
  assert.deepEqual(shown(bench, 'b'), [0, 0, 1, 2]);
  bench.call(548, -2, b, 2, star);
  assert.deepEqual(shown(bench, 'b'), [0, 0, 1, 2, 0xfe, 0xff]);
  const offset = bench.variable('offset', 4);
  assert.equal(bench.call(549, b, 2, offset), -2);
  assert.equal(bench.get('offset'), 6);
  assert.equal(bench.call(551, b, 1), 258);
  bench.call(552, 1.5, b, 0);
  assert.equal(bench.call(553, b, 0), 1.5);
  assert.throws(() => bench.call(551, bytes(1), 1), /not all there/);
});

test('pieces of blobs', () => {
  const bench = new Bench();
  const b = bench.variable('b', bytes(1, 2, 3, 4), 'blob');
  bench.call(560, b, 1, 2);
  assert.deepEqual(shown(bench, 'b'), [1, 4]);
  bench.call(559, b, 1, 2, 9);
  assert.deepEqual(shown(bench, 'b'), [1, 9, 9, 4]);
  bench.call(558, bytes(7, 8), b, 1, 3, 1);
  assert.deepEqual(shown(bench, 'b'), [1, 9, 9, 8]);
  bench.call(606, b, 6, 5);
  assert.deepEqual(shown(bench, 'b'), [1, 9, 9, 8, 5, 5]);
});

test('variables and arrays go through blobs', () => {
  const bench = new Bench();
  const b = bench.variable('b', bytes(), 'blob');
  const a = bench.array('a', 'text', ['x', 'y']);
  bench.call(532, a, b);
  bench.call(532, object({ n: collection(1, 'two') }), b, star);
  const offset = bench.variable('offset', 0);
  const back = bench.variable('back');
  bench.call(533, b, bench.variable('list'), offset);
  assert.deepEqual(bench.elements('list'), ['x', 'y']);
  bench.call(533, b, back, offset);
  assert.deepEqual(plain(bench.get('back') as Value), { n: [1, 'two'] });
  assert.equal(bench.get('OK'), 1);
  bench.call(533, bytes(1, 2, 3), back);
  assert.equal(bench.get('OK'), 0);
});

test('base64 in place and into another variable', () => {
  const bench = new Bench();
  const t = bench.variable('t', 'a?>', 'text');
  bench.call(895, t);
  assert.equal(bench.get('t'), 'YT8+');
  bench.call(896, t);
  assert.equal(bench.get('t'), 'a?>');
  const r = bench.variable('r', '', 'text');
  bench.call(895, 'a?>', r, star);
  assert.equal(bench.get('r'), 'YT8-');
});

test('compressed blobs say what they are', async () => {
  const bench = new Bench();
  const b = bench.variable('b', bytes(...Array(500).fill(7)), 'blob');
  const [mode, before, now] = ['mode', 'before', 'now'].map((name) => bench.variable(name, 0));
  await bench.settle(534, b, -1);
  assert.equal(bench.get('OK'), 1);
  bench.call(536, b, mode, before, now);
  assert.deepEqual([bench.get('mode'), bench.get('before'), (bench.get('now') as number) < 60], [-1, 500, true]);
  await bench.settle(535, b);
  assert.deepEqual(shown(bench, 'b'), Array(500).fill(7));
  await bench.settle(534, b);
  bench.call(536, b, mode, before);
  assert.deepEqual([bench.get('mode'), bench.get('before')], [1, 500]);
  await bench.settle(535, b);
  assert.equal(shown(bench, 'b').length, 500);
});

test('digests, password hashes and UUIDs', () => {
  const bench = new Bench();
  assert.equal(bench.call(1147, 'abc', 0), '900150983cd24fb0d6963f7d28e17f72');
  assert.equal(bench.call(1147, bytes(0x61, 0x62, 0x63), 1), 'a9993e364706816aba3e25717850c26c9cd0d89d');
  assert.equal(bench.call(1147, 'abc', 3, star), 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  assert.throws(() => bench.call(1147, 'abc', 9), /not known here/);
  assert.match(bench.call(1066) as string, /^[0-9A-F]{32}$/);
  const hash = bench.call(1533, 'secret', object({ cost: 4 })) as string;
  assert.match(hash, /^\$2y\$04\$/);
  assert.equal(bench.call(1534, 'secret', hash), true);
  assert.equal(bench.call(1534, 'Secret', hash), false);
});
