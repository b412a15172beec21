import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lineEdits } from './lineDiff.js';

const apply = (text: string, edits: ReturnType<typeof lineEdits>): string =>
  edits.reduceRight((so, { start, end, newText }) => so.slice(0, start) + newText + so.slice(end), text);

test('edits by line make one text of the other, whatever their line ends', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '\n', '\r\n', '\r'), { maxLength: 20 }).map((parts) => parts.join(''));
  fc.assert(fc.property(text, text, (before, after) => assert.equal(apply(before, lineEdits(before, after)), after)));
});

test('long texts are cut at lines that each has once', () => {
  const line = fc.constantFrom('a\n', 'b\n', 'c\n', 'd\n', 'e\n', 'f\n');
  const text = fc.array(line, { maxLength: 30 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 12 }), (before, after, most) =>
      assert.equal(apply(before, lineEdits(before, after, most)), after),
    ),
  );
  // of the two lines that swap places one stays; what occurs twice is not told apart
  const before = 'x\none\nx\ntwo\nx\nthree\n';
  const after = 'y\none\ny\nthree\ny\ntwo\n';
  assert.equal(lineEdits(before, after, 0).length, 3);
});

test('only what changes is edited', () => {
  assert.deepEqual(lineEdits('a\nb\nc\n', 'a\nB\nc\nd'), [
    { start: 2, end: 4, newText: 'B\n' },
    { start: 6, end: 6, newText: 'd' },
  ]);
  assert.deepEqual(lineEdits('a', 'a'), []);
});
