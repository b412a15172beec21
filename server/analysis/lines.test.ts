import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { applyChanges, type Encoding, Lines } from './lines.js';

const encodings: readonly Encoding[] = ['utf-8', 'utf-16', 'utf-32'];
const text = fc.array(fc.constantFrom('a', 'é', '😀', '\n', '\r', '\r\n', ' ', '"', 'WEB')).map((parts) => parts.join(''));

test('an offset becomes a place and the same offset again, in each encoding', () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.constantFrom(...encodings), (t, n, encoding) => {
      const lines = new Lines(t, encoding);
      const points = [0];
      for (const c of t) points.push(points.at(-1)! + c.length);
      const offset = points[n % points.length];
      // between \r and \n no place stands
      if (t[offset - 1] === '\r' && t[offset] === '\n') return;
      assert.equal(lines.offset(lines.place(offset)), offset);
    }),
  );
});

test('places outside a text are drawn back to it', () => {
  for (const encoding of encodings) {
    const lines = new Lines('aé\n😀b', encoding);
    assert.equal(lines.offset({ line: 0, character: 99 }), 2);
    assert.equal(lines.offset({ line: 9, character: 0 }), 6);
    assert.equal(lines.offset({ line: -1, character: 3 }), 0);
    assert.equal(lines.offset({ line: 1, character: -2 }), 3);
  }
});

test('changes give the text a client has', () => {
  const change = fc.record({ from: fc.nat(30), length: fc.nat(5), text });
  fc.assert(
    fc.property(text, fc.array(change, { maxLength: 4 }), fc.constantFrom(...encodings), (start, changes, encoding) => {
      let expected = start;
      const sent = changes.map((c) => {
        const lines = new Lines(expected, encoding);
        const a = lines.offset(lines.place(Math.min(c.from, expected.length)));
        const b = lines.offset(lines.place(Math.min(c.from + c.length, expected.length)));
        const range = { start: lines.place(a), end: lines.place(b) };
        expected = expected.slice(0, a) + c.text + expected.slice(b);
        return { range, text: c.text };
      });
      assert.equal(applyChanges(new Lines(start, encoding), sent), expected);
    }),
  );
});
