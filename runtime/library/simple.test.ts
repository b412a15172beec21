import assert from 'node:assert/strict';
import test from 'node:test';
import type { Argument } from '../machine/types.js';
import { Bench, collection, date, operator, star, time } from '../test/call.js';
import type { Value } from '../values/value.js';

type Row = [name: string, number: number, args: Argument[], result: Value];

function check(rows: readonly Row[]): void {
  for (const [what, number, args, result] of rows) assert.deepEqual(new Bench().call(number, ...args), result, what);
}

test('String without a format', () => {
  check([
    ['integer', 10, [32768], '32768'],
    ['third', 10, [1 / 3], '0.3333333333333'],
    ['pi', 10, [Math.PI], '3.14159265359'],
    ['sum', 10, [0.1 + 0.2], '0.3'],
    ['small', 10, [1e-7], '0.0000001'],
    ['infinite', 10, [-1 / 0], '-INF'],
    ['no number', 10, [Number.NaN], ''],
    ['true', 10, [true], 'True'],
    ['null', 10, [null], 'null'],
    ['undefined', 10, [undefined], ''],
    ['date', 10, [date(2023, 11, 27)], '11/27/2023'],
    ['null date', 10, [date(0, 0, 0)], '00/00/00'],
    ['time', 10, [time(90061)], '25:01:01'],
  ]);
});

test('String with number formats', () => {
  const rows: [number, string, string][] = [
    [32768, '###,##0 Inhabitants', '32,768 Inhabitants'],
    [1 / 3, '##0.00000', '0.33333'],
    [24.5, '###,##0.00', '24.50'],
    [1234567.891, '###,###,##0.00', '1,234,567.89'],
    [0, '###,##0.00', '0.00'],
    [-5, '##0', '-5'],
    [-5, '##0;(##0)', '(5)'],
    [0, 'True;;False', 'False'],
    [1, 'True;;False', 'True'],
    [5, '00000', '00005'],
    [7, '***0', '***7'],
    [1000, '##0', '<<<'],
    [0.5, '##.##', '.5'],
    [3, '##.##', '3'],
    [-1, '&x', '0xFFFFFFFF'],
    [128, '&x', '0x0080'],
    [128, '&$', '$80'],
    [50.3, '&xml', '50.3'],
    [1.005, '0.00', '1.01'],
    [0.125, '#0.##%', '0.13%'],
    [5551234, '###-####', '555-1234'],
  ];
  for (const [value, format, result] of rows) assert.equal(new Bench().call(10, value, format), result, `${value} ${format}`);
  assert.equal(new Bench().call(10, 254, 16), 'fe');
});

test('String with date and time formats', () => {
  const day = date(2010, 9, 9);
  check([
    ['ISO', 10, [day, 8], '2010-09-09T00:00:00'],
    ['ISO with time', 10, [day, 8, time(30641)], '2010-09-09T08:30:41'],
    ['ISO GMT', 10, [day, 9, time(30641)], '2010-09-09T08:30:41Z'],
    ['RFC 1123', 10, [day, 10, time(47240)], 'Thu, 09 Sep 2010 13:07:20 GMT'],
    ['long', 10, [day, 3], 'Thursday, September 9, 2010'],
    ['abbreviated', 10, [day, 6], 'Sep 9, 2010'],
    ['short special', 10, [day, 4], '09/09/10'],
    ['blank if null', 10, [date(0, 0, 0), 107], ''],
    ['null in ISO', 10, [date(0, 0, 0), 8], '0000-00-00T00:00:00'],
    ['pattern', 10, [day, "EEEE d MMMM yyyy 'at' HH:mm", time(34200)], 'Thursday 9 September 2010 at 09:30'],
    ['HH MM', 10, [time(3723), 2], '01:02'],
    ['AM PM', 10, [time(63045), 5], '5:30 PM'],
    ['words', 10, [time(3723), 3], '1 hour 2 minutes 3 seconds'],
    ['ISO time', 10, [time(3723), 8], '0000-00-00T01:02:03'],
  ]);
});

test('Num reads the digits of a text', () => {
  const rows: [string, number][] = [
    ['ABCD', 0],
    ['A1B2C3', 123],
    ['-123e2', -12300],
    ['123-456', 123],
    ['1,234.5', 1234.5],
    ['Element 5', 5],
    ['', 0],
    ['.5', 0.5],
    ['12 €', 12],
  ];
  for (const [source, result] of rows) assert.equal(new Bench().call(11, source), result, source);
  check([
    ['true', 11, [true], 1],
    ['comma', 11, ['33.333,33', ','], 33333.33],
    ['base', 11, ['ff', 16], 255],
    ['base 0', 11, ['0x10', 0], 16],
    ['no digit of the base', 11, ['2', 2], 0],
    ['undefined', 11, [undefined], 0],
  ]);
});

test('parts of texts count from 1', () => {
  check([
    ['Substring', 12, ['08/04/62', 4, 2], '04'],
    ['Substring to the end', 12, ['Emergency', 6], 'ency'],
    ['Substring behind', 12, ['abc', 9], ''],
    ['Substring before', 12, ['abc', -3, 2], 'ab'],
    ['Change string', 234, ['November', 'Dec', 1], 'December'],
    ['Change string at the end', 234, ['Acme', 'XYZ', 4], 'AcmX'],
    ['Delete string', 232, ['Indentation', 6, 2], 'Indenion'.replace('ion', 'tion')],
    ['Insert string', 231, ['The tree', ' green', 4], 'The green tree'],
    ['Insert string behind', 231, ['ab', 'c', 99], 'abc'],
    ['Uppercase', 13, ['hélène'], 'HELENE'],
    ['Uppercase with accents', 13, ['hélène', star], 'HÉLÈNE'],
    ['Char', 90, [13], '\r'],
    ['Character code', 91, ['A'], 65],
    ['Length', 16, ['ñandú'], 5],
    ['Trim', 1853, [' \ta b\n'], 'a b'],
  ]);
});

test('Position and Replace string see neither case nor accents, unless asked', () => {
  check([
    ['first', 15, ['ll', 'Willow'], 3],
    ['from', 15, ['day', 'Today is the first day', 4], 20],
    ['case', 15, ['DAY', 'Today is the first day', 1, star], 0],
    ['accents', 15, ['ange', 'Él es Ángela'], 7],
    ['ligature', 15, ['œ', 'Bœuf'], 2],
    ['inside a ligature', 15, ['e', 'œx'], 0],
    ['decomposed', 15, ['b', 'a\u0301b'], 3],
    ['nothing in nothing', 15, ['', ''], 0],
    ['at sign', 15, ['@', 'a@b'], 2],
    ['replace', 233, ['Willow', 'LL', 'd'], 'Widow'],
    ['replace accents', 233, ['Crème brûlée', 'Brulee', 'caramel'], 'Crème caramel'],
    ['replace exactly', 233, ['Crème brûlée', 'Brulee', 'caramel', star], 'Crème brûlée'],
    ['replace two', 233, ['aaaa', 'a', 'b', 2], 'bbaa'],
    ['replace longer', 233, ['a&b', '&', '&amp;'], 'a&amp;b'],
    ['delete', 233, ['Shout', 'o', ''], 'Shut'],
    ['nothing', 233, ['abc', '', 'x'], 'abc'],
  ]);
  const bench = new Bench();
  assert.equal(bench.call(15, 'strasse', 'die Straße', 1, bench.variable('length', 0)), 5);
  assert.equal(bench.get('length'), 6);
});

test('texts are split and compared', () => {
  check([
    ['split', 1554, ['a;b;;c', ';'], collection('a', 'b', '', 'c')],
    ['split clean', 1554, [' a ; ;b', ';', 3], collection('a', 'b')],
    ['characters', 1554, ['abc', ''], collection('a', 'b', 'c')],
    ['compare', 1756, ['Été', 'ete'], 0],
    ['compare codes', 1756, ['alpha', 'Alpha', 1], 1],
  ]);
});

test('Match regex takes patterns of ICU', () => {
  const rows: [string, string, boolean][] = [
    ['.*smith.*', 'a smith b', true],
    ['smith', 'a smith b', false],
    ['(?i)ABC', 'abc', true],
    ['[[:alpha:]]+', 'ñandú', true],
    ['\\p{L}++', 'ab', true],
    ['\\Qa.b\\E', 'a.b', true],
    ['\\Qa.b\\E', 'axb', false],
    ['a\\-b', 'a-b', true],
    ['[^\\"]*', 'x', true],
    ['{x}', '{x}', true],
  ];
  for (const [pattern, source, result] of rows) assert.equal(new Bench().call(1019, pattern, source), result, pattern);
  const bench = new Bench();
  bench.array('p', 'integer', []);
  bench.array('l', 'integer', []);
  assert.equal(bench.call(1019, '(.*)stuff(.*)', 'my stuff here', 1, bench.variable('p'), bench.variable('l')), true);
  assert.deepEqual(bench.elements('p'), [1, 9]);
  assert.deepEqual(bench.elements('l'), [3, 5]);
  assert.equal(bench.call(1019, 'a.b', '---a-b', 1, bench.variable('at'), bench.variable('n'), star), false);
  assert.equal(bench.call(1019, 'a.b', '---a-b', 1, bench.variable('at'), bench.variable('n')), true);
  assert.equal(bench.get('at'), 4);
  assert.throws(() => bench.call(1019, '(', 'x'), /regular expression «\(» is wrong/);
});

test('character sets', () => {
  const bench = new Bench();
  bench.call(1011, 'ñ€', 'UTF-8', bench.variable('b'));
  assert.deepEqual(bench.get('b'), { t: 'blob', bytes: new Uint8Array([0xc3, 0xb1, 0xe2, 0x82, 0xac]) });
  bench.call(1011, 'ñ€', 'windows-1252', bench.variable('b'));
  assert.deepEqual(bench.get('b'), { t: 'blob', bytes: new Uint8Array([0xf1, 0x80]) });
  assert.equal(bench.call(1012, bench.get('b') as Value, 'windows-1252'), 'ñ€');
  assert.throws(() => bench.call(1012, bench.get('b') as Value, 'klingon'), /klingon/);
});

test('numbers', () => {
  check([
    ['Round', 94, [16.857, 2], 16.86],
    ['Round half', 94, [-2.5, 0], -3],
    ['Round binary', 94, [1.005, 2], 1.01],
    ['Round tens', 94, [32345.67, -3], 32000],
    ['Trunc', 95, [216.897, 1], 216.8],
    ['Trunc below', 95, [-216.897, -1], -220],
    ['Int', 8, [-123.4], -124],
    ['Dec', 9, [123.4], 0.4],
    ['Mod', 98, [10, 3], 1],
    ['Mod by 0', 98, [10, 0], 10],
    ['Abs', 99, [-3], 3],
    ['Choose', 955, [true, 'a', 'b'], 'a'],
    ['Choose by number', 955, [2, 'a', 'b', 'c'], 'c'],
    ['Choose nothing', 955, [7, 'a', 'b'], ''],
    ['Bool', 1537, ['x'], false],
    ['Not', 34, [true], false],
  ]);
  const bench = new Bench();
  bench.array('n', 'real', [4, 1, 7]);
  assert.equal(bench.call(1, bench.variable('n')), 12);
  assert.equal(bench.call(2, bench.variable('n')), 4);
  assert.equal(bench.call(3, bench.variable('n')), 7);
  const random = bench.call(100) as number;
  assert.ok(Number.isInteger(random) && random >= 0 && random < 32768);
});

test('dates and times', () => {
  check([
    ['Current date', 33, [], date(2024, 2, 29)],
    ['Current time', 178, [], time(30605)],
    ['Timestamp', 1445, [], '2024-02-29T08:30:05.000Z'],
    ['Date ISO', 102, ['2013-11-20T10:20:00'], date(2013, 11, 20)],
    ['Date', 102, ['12/31/1999'], date(1999, 12, 31)],
    ['Date of two digits', 102, ['12/31/24'], date(2024, 12, 31)],
    ['Date of the old century', 102, ['12/31/80'], date(1980, 12, 31)],
    ['no date', 102, ['31/31/24'], date(0, 0, 0)],
    ['Time', 179, ['17:30:45'], time(63045)],
    ['Time PM', 179, ['5:30 PM'], time(63000)],
    ['Time ISO', 179, ['2013-11-20T10:20:00'], time(37200)],
    ['Time number', 179, [61], time(61)],
    ['Time string', 180, [3661], '01:01:01'],
    ['Add to date', 393, [date(2024, 1, 31), 0, 1, 0], date(2024, 2, 29)],
    ['Add days', 393, [date(2024, 2, 29), 1, 0, 1], date(2025, 3, 1)],
    ['Add to the null date', 393, [date(0, 0, 0), 2026, 1, 1], date(2026, 1, 1)],
    ['Day number', 114, [date(2024, 2, 29)], 5],
    ['Month of', 24, [date(2024, 2, 29)], 2],
  ]);
});

test('arrays keep their type, their size and their number', () => {
  const bench = new Bench();
  bench.call(222, bench.variable('names'), 2);
  assert.deepEqual(bench.elements('names'), ['', '']);
  bench.call(911, bench.variable('names'), 'Ana');
  assert.deepEqual(bench.elements('names'), ['', '', 'Ana']);
  assert.throws(() => bench.call(911, bench.variable('names'), 5), /does not fit an array of type text/);
  bench.call(222, bench.variable('names'), 4);
  assert.deepEqual(bench.elements('names'), ['', '', 'Ana', '']);
  bench.call(221, bench.variable('names'), 1);
  assert.deepEqual(bench.elements('names'), [0]);
  assert.equal(bench.call(274, bench.variable('names')), 1);
  bench.call(222, bench.variable('grid'), 2, 3);
  assert.equal(bench.elements('grid').length, 2);
  assert.equal(bench.call(274, bench.variable('nothing')), 0);

  bench.array('n', 'integer', [10, 20, 30, 40]);
  bench.call(227, bench.variable('n'), 2, 2);
  assert.deepEqual(bench.elements('n'), [10, 0, 0, 20, 30, 40]);
  bench.call(228, bench.variable('n'), 2, 3);
  assert.deepEqual(bench.elements('n'), [10, 30, 40]);
  bench.call(227, bench.variable('n'), 99);
  assert.deepEqual(bench.elements('n'), [10, 30, 40, 0]);
  bench.call(228, bench.variable('n'), 0);
  bench.call(226, bench.variable('n'), bench.variable('copy'));
  assert.deepEqual(bench.elements('copy'), [10, 30, 40, 0]);
});

test('arrays are searched and sorted', () => {
  const bench = new Bench();
  bench.array('names', 'text', ['Zoe', 'ángela', 'Bruno']);
  bench.array('ids', 'integer', [1, 2, 3]);
  assert.equal(bench.call(230, bench.variable('names'), 'an@'), 2);
  assert.equal(bench.call(230, bench.variable('names'), 'an@', 3), -1);
  assert.equal(bench.call(907, bench.variable('names'), '@o@'), 2);
  bench.call(229, bench.variable('names'), bench.variable('ids'), operator('<'));
  assert.deepEqual(bench.elements('names'), ['Zoe', 'Bruno', 'ángela']);
  assert.deepEqual(bench.elements('ids'), [1, 3, 2]);
  bench.call(229, bench.variable('ids'));
  assert.deepEqual(bench.elements('ids'), [1, 2, 3]);
  bench.array('short', 'integer', [1]);
  assert.throws(() => bench.call(229, bench.variable('ids'), bench.variable('short')), /same size/);

  bench.array('a', 'integer', [2, 1, 2, 1]);
  bench.array('b', 'text', ['x', 'y', 'a', 'b']);
  bench.call(718, bench.variable('a'), operator('<'), bench.variable('b'), operator('>'));
  assert.deepEqual(bench.elements('a'), [2, 2, 1, 1]);
  assert.deepEqual(bench.elements('b'), ['a', 'x', 'b', 'y']);
  bench.array('s', 'integer', [1, 3, 3, 5]);
  assert.equal(bench.call(1333, bench.variable('s'), 3, operator('>'), bench.variable('from'), bench.variable('to')), true);
  assert.deepEqual([bench.get('from'), bench.get('to')], [2, 3]);
  assert.equal(bench.call(1333, bench.variable('s'), 4, operator('>'), bench.variable('from')), false);
  assert.equal(bench.get('from'), 4);
});
