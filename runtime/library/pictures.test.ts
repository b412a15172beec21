import assert from 'node:assert/strict';
import test from 'node:test';
import { Bench } from '../test/call.js';
import type { Value } from '../values/value.js';

/** The head of a PNG of 3 × 2 points. */
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 3, 0, 0, 0, 2);
const gif = Uint8Array.of(0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 4, 0, 5, 0);
const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 17, 8, 0, 6, 0, 7, 3, 0, 0, 0);
const svg = new TextEncoder().encode('<svg xmlns="x" width="20" height="10.5"/>');

test('pictures tell their size and format', () => {
  const sizes = [png, gif, jpeg, svg, Uint8Array.of(1, 2)].map((bytes) => {
    const bench = new Bench();
    const picture = bench.variable('p', { t: 'picture', bytes: new Uint8Array(0), mime: '' }, 'picture');
    const [width, height] = [bench.variable('w', 0), bench.variable('h', 0)];
    bench.call(682, { t: 'blob', bytes }, picture);
    bench.call(457, picture, width, height);
    bench.call(1406, picture, bench.variable('formats'));
    return [bench.get('OK'), bench.get('w'), bench.get('h'), bench.elements('formats')[0]];
  });
  assert.deepEqual(sizes, [
    [1, 3, 2, '.png'],
    [1, 4, 5, '.gif'],
    [1, 7, 6, '.jpg'],
    [1, 20, 10.5, '.svg'],
    [0, 0, 0, undefined],
  ]);
});

test('pictures go to files and back', async () => {
  const bench = new Bench();
  bench.files.write('/p/Resources/a.png', png);
  const picture = bench.variable('p', undefined, 'picture');
  await bench.settle(678, 'C:\\shop\\Resources\\a.png', picture);
  assert.equal(bench.get('OK'), 1);
  assert.equal(bench.call(356, picture), png.length);
  await bench.settle(680, 'C:\\Temp\\b.png', picture);
  assert.equal(await bench.settle(1113, 'C:\\Temp\\b.png'), true);
  const blob = bench.variable('b', { t: 'blob', bytes: new Uint8Array(0) }, 'blob');
  bench.call(692, picture, blob, '.jpg');
  assert.equal(bench.get('OK'), 0);
  bench.call(692, picture, blob, '.png');
  assert.deepEqual((bench.get('b') as Extract<Value, { t: 'blob' }>).bytes, png);
});
