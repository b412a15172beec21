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

test('only what changes is edited', () => {
  assert.deepEqual(lineEdits('a\nb\nc\n', 'a\nB\nc\nd'), [
    { start: 2, end: 4, newText: 'B\n' },
    { start: 6, end: 6, newText: 'd' },
  ]);
  assert.deepEqual(lineEdits('a', 'a'), []);
});
