import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { LineIndex } from './lineIndex.js';

test('every kind of line end ends a line', () => {
  const index = new LineIndex('a\nbb\r\nccc\rd\n');
  assert.equal(index.lineCount, 5);
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((line) => index.lineText(line)),
    ['a', 'bb', 'ccc', 'd', ''],
  );
  assert.deepEqual(index.placeAt(6), { line: 2, column: 0 });
  assert.deepEqual(index.placeAt(99), { line: 4, column: 0 });
  assert.equal(index.offsetAt({ line: 1, column: 99 }), 4);
  assert.equal(index.offsetAt({ line: 99, column: 0 }), 12);
});

test('an offset survives the way to its place and back', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'é') }), fc.nat(40), (text, n) => {
      const index = new LineIndex(text);
      const offset = Math.min(n, text.length);
      const back = index.offsetAt(index.placeAt(offset));
      // Between the two halves of `\r\n` there is no column: the offset moves before them.
      const inside = text[offset - 1] === '\r' && text[offset] === '\n';
      assert.equal(back, inside ? offset - 1 : offset);
    }),
  );
});
