import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { compareTexts, equalValues, matchesText, plainText } from './compare.js';
import { convertTo, toInteger } from './convert.js';
import { copyValue, sameData } from './copy.js';
import { addDays, dateFromDays, dateFromIso, dayNumber, daysBetween, isoDate, isoTime, normalDate, nullDate } from './dates.js';
import type { DateValue, ObjectValue, Value } from './value.js';

const date = (year: number, month: number, day: number): DateValue => ({ t: 'date', year, month, day });

test('texts are equal without case and diacritics, and @ on the right stands for anything', () => {
  const rows: [string, string, boolean][] = [
    ['abc', 'ABC', true],
    ['Ñandú', 'nandu', true],
    ['straße', 'STRASSE', true],
    ['abc', 'ab', false],
    ['abc', 'a@', true],
    ['abc', '@C', true],
    ['abc', '@b@', true],
    ['abc', '@', true],
    ['', '@', true],
    ['a@', 'ab', false],
    ['ab', 'ab@ab', false],
    ['xaxbx', 'x@a@b@x', true],
    ['/logout?x', '/LOGOUT@', true],
    ['aba', 'ab@ba', false],
  ];
  for (const [left, right, same] of rows) assert.equal(matchesText(left, right), same, `${left} = ${right}`);
  assert.ok(compareTexts('Zoe', 'éa') > 0);
  assert.equal(compareTexts('été', 'ETE'), 0);
});

test('equality follows the kind of the values', () => {
  const o: Value = { t: 'object', properties: new Map() };
  assert.ok(equalValues(o, o));
  assert.ok(!equalValues(o, { t: 'object', properties: new Map() }));
  assert.ok(equalValues(date(2024, 2, 29), date(2024, 2, 29)));
  assert.ok(equalValues({ t: 'time', seconds: 5 }, 5));
  assert.ok(equalValues(null, undefined));
  assert.ok(!equalValues(0, ''));
  assert.ok(!equalValues(null, 0));
  const target = { ref: 'process', name: 'a' } as const;
  assert.ok(equalValues({ t: 'pointer', target }, { t: 'pointer', target: { ref: 'process', name: 'a' } }));
  assert.ok(!equalValues({ t: 'pointer', target }, { t: 'pointer', target: undefined }));
});

test('dates count days', () => {
  assert.equal(dayNumber(date(1970, 1, 1)), 0);
  assert.equal(dayNumber(date(2000, 3, 1)), 11017);
  assert.deepEqual(addDays(date(2024, 2, 28), 2), date(2024, 3, 1));
  assert.deepEqual(normalDate(2024, 14, 0), date(2025, 1, 31));
  assert.deepEqual(dateFromIso('2023-02-29'), nullDate);
  assert.equal(daysBetween(date(2024, 3, 1), date(2024, 2, 1)), 29);
  assert.equal(isoDate(nullDate), '0000-00-00');
  assert.equal(isoTime(90061), '25:01:01');
  assert.equal(isoTime(-61), '-00:01:01');
  fc.assert(
    fc.property(fc.integer({ min: -700000, max: 9000000 }), (days) => {
      assert.equal(dayNumber(dateFromDays(days)), days);
      assert.equal(isoDate(dateFromIso(isoDate(dateFromDays(days)))), days < 2932897 ? isoDate(dateFromDays(days)) : '0000-00-00');
    }),
  );
});

test('values are converted to declared types or refused', () => {
  assert.deepEqual(convertTo('integer', 2.5), { value: 3 });
  assert.deepEqual(convertTo('integer', -2.5), { value: -3 });
  assert.equal(toInteger(2147483648), -2147483648);
  assert.deepEqual(convertTo('time', 60), { value: { t: 'time', seconds: 60 } });
  assert.equal(convertTo('text', 5), undefined);
  assert.deepEqual(convertTo('date', undefined), { value: nullDate });
  assert.equal(convertTo('real', null), undefined);
});

test('a deep copy keeps aliases and circles', () => {
  const inner: ObjectValue = { t: 'object', properties: new Map([['n', 1]]) };
  const outer: ObjectValue = { t: 'object', properties: new Map<string, Value>([['a', inner]]) };
  outer.properties.set('b', inner);
  const copy = copyValue(outer) as ObjectValue;
  assert.notEqual(copy.properties.get('a'), inner);
  assert.equal(copy.properties.get('a'), copy.properties.get('b'));
  assert.ok(sameData(copy, outer));
  outer.properties.set('me', outer);
  const circle = copyValue(outer, 7) as ObjectValue;
  assert.equal(circle.properties.get('me'), circle);
  assert.equal(circle.shared, 7);
});

test('short texts of plain characters, which are compared without making new ones, are equal when their plain texts are', () => {
  const text = fc.string({ unit: fc.constantFrom(...'aAbBzZ[{`1_\u0000\u0005\téÉeßsSK\u212a'), maxLength: 4 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      assert.equal(matchesText(a, b), plainText(a) === plainText(b));
    }),
    { numRuns: 2000 },
  );
});
