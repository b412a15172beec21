import assert from 'node:assert/strict';
import test from 'node:test';
import type { Argument } from '../machine/types.js';
import { Bench, field, operator, plain, star, table, time } from '../test/call.js';
import type { Value } from '../values/value.js';

const CUSTOMER = table(1);
const ORDER = table(2);
const LINE = table(3);
const NAME = field(1, 2);
const CITY = field(1, 3);
const CREDIT = field(1, 5);

const is = (place: ReturnType<typeof field>, comparator: string, value: Value, conjunction: '' | '&' | '|' | '#' = ''): Argument => ({
  a: 'criterion',
  conjunction,
  field: place,
  path: '',
  comparator,
  value,
});

/** Names of the selected customers. */
function names(bench: Bench): Value[] {
  bench.call(260, NAME, bench.variable('names'));
  return bench.elements('names') as Value[];
}

test('QUERY in all its forms', () => {
  const bench = new Bench();
  bench.call(277, CUSTOMER, is(CITY, '=', 'leon'));
  assert.deepEqual(names(bench), ['Ángela', 'Carla']);
  assert.equal(bench.get('OK'), 1);
  bench.call(277, CUSTOMER, is(CITY, '=', 'vigo'), star);
  bench.call(277, CUSTOMER, operator('|'), is(CITY, '=', 'soria'), star);
  bench.call(277, CUSTOMER, is(CREDIT, '>', 10, '&'));
  assert.deepEqual(names(bench), ['Ana']);
  bench.call(277, CUSTOMER, is(CITY, '=', 'vigo'), star);
  bench.call(277, CUSTOMER, is(CREDIT, '=', 0), star);
  bench.call(277, CUSTOMER);
  assert.deepEqual(names(bench), ['Bruno'], 'a line without conjunction means &, and a call without criteria starts the query');
  bench.call(277, CUSTOMER, CREDIT, operator('>='), 100);
  assert.deepEqual(names(bench), ['Ángela', 'Carla']);
  bench.call(277, CUSTOMER, CREDIT, '<', 1);
  assert.deepEqual(names(bench), ['Bruno']);
  bench.call(277, is(CITY, '=', 'so@'));
  assert.deepEqual(names(bench), ['Ana'], 'the table comes from the field');
  bench.call(47, CUSTOMER);
  bench.call(341, CUSTOMER, is(CREDIT, '>', 10));
  bench.call(341, CUSTOMER, is(CITY, '#', 'leon'));
  assert.deepEqual(names(bench), ['Ana']);
  assert.throws(() => bench.call(277, CUSTOMER), /QUERY without criteria opens the Query editor, which is not simulated/);
  assert.throws(() => bench.call(277, CUSTOMER, true), /needs a criterion as argument 2/);
  assert.throws(() => bench.call(277, table(99)), /no table with number 99/);
});

test('queries by array, by attribute and in a field', () => {
  const bench = new Bench();
  bench.array('cities', 'text', ['Vigo', 'So@']);
  bench.call(644, CITY, bench.variable('cities'));
  assert.deepEqual(names(bench), ['Bruno', 'Ana']);
  bench.call(1331, CUSTOMER, field(1, 7), 'tags[]', operator('='), 'web', star);
  bench.call(1331, CUSTOMER, operator('&'), field(1, 7), 'address.zip', '=', '24@');
  assert.deepEqual(names(bench), ['Ángela']);
  bench.variable('value', 'car@', 'text');
  assert.equal(bench.call(653, NAME, bench.variable('value')), 2);
  assert.equal(bench.get('value'), 'Carla');
  assert.equal(bench.call(653, NAME, 'nobody'), -1);
});

test('destinations, limits and sorts', () => {
  const bench = new Bench();
  bench.call(47, CUSTOMER);
  bench.variable('found', 0, 'integer');
  bench.call(396, 3, bench.variable('found'));
  bench.call(277, CUSTOMER, is(CITY, '=', 'leon'));
  bench.call(396, 0);
  assert.equal(bench.get('found'), 2);
  assert.equal(bench.call(76, CUSTOMER), 4);
  bench.call(49, CUSTOMER, CITY, operator('<'), NAME, operator('>'));
  assert.deepEqual(names(bench), ['Bruno', 'Ana', 'Ángela', 'Carla']);
  bench.call(49, CUSTOMER, CITY, star);
  bench.call(49, CUSTOMER, NAME, operator('<'), star);
  bench.call(49, CUSTOMER);
  assert.deepEqual(names(bench), ['Carla', 'Ángela', 'Ana', 'Bruno']);
  bench.call(395, 1);
  bench.call(277, CUSTOMER, is(CREDIT, '>=', 0));
  assert.equal(bench.call(76, CUSTOMER), 1);
});

test('a formula over each record', () => {
  const bench = new Bench();
  const formula = { t: 'formula', code: { kind: 'source', text: '' }, source: '' } as Value;
  const credit = () => bench.read(CREDIT) as number;
  bench.call(47, CUSTOMER);
  bench.callWith(70, [CUSTOMER, formula], () => {
    bench.write(CREDIT, credit() + 1);
    return undefined;
  });
  bench.call(260, CREDIT, bench.variable('credits'));
  assert.deepEqual(bench.elements('credits'), [101.5, 1, 2001, 51]);
  bench.callWith(48, [CUSTOMER, formula], () => credit() > 50 && credit() < 200);
  assert.deepEqual(names(bench), ['Ángela', 'Ana']);
  bench.call(47, CUSTOMER);
  bench.callWith(300, [CUSTOMER, formula, operator('<')], () => credit() % 100);
  assert.deepEqual(names(bench), ['Ana', 'Ángela', 'Bruno', 'Carla']);
});

test('walking, saving and deleting', () => {
  const bench = new Bench();
  bench.call(47, CUSTOMER);
  bench.call(51, CUSTOMER);
  assert.equal(bench.call(246, CUSTOMER), 2);
  assert.equal(bench.read(NAME), 'Bruno');
  bench.write(NAME, 'Brunilda');
  assert.equal(bench.call(35, NAME), 'Bruno');
  assert.equal(bench.call(32, NAME), true);
  bench.call(53, CUSTOMER);
  assert.equal(bench.call(314, CUSTOMER), false);
  bench.call(145, CUSTOMER);
  bench.call(52, CUSTOMER);
  assert.equal(bench.call(147, CUSTOMER), true);
  bench.write(NAME, 'x');
  bench.call(53, CUSTOMER);
  assert.deepEqual(bench.output, ['SAVE RECORD([Customer]) did nothing: the table is in READ ONLY mode']);
  bench.call(146, star);
  bench.call(277, CUSTOMER, is(CITY, '=', 'leon'));
  bench.call(66, CUSTOMER);
  assert.equal(bench.call(83, CUSTOMER), 2);
  assert.throws(() => bench.call(242, CUSTOMER, 0), /\[Customer\] has no record number 0/);
  bench.call(242, CUSTOMER, 1);
  assert.equal(bench.read(NAME), 'Brunilda');
  bench.call(46, CUSTOMER);
  bench.call(47);
  assert.equal(bench.call(76), 2);
});

test('sets and named selections by name', () => {
  const bench = new Bench();
  bench.call(277, CUSTOMER, is(CITY, '=', 'leon'));
  bench.call(116, CUSTOMER, 'leon');
  bench.call(331, CUSTOMER, 'kept');
  bench.call(47, CUSTOMER);
  bench.call(116, CUSTOMER, 'all');
  bench.call(122, 'all', 'leon', 'rest');
  bench.call(118, 'rest');
  assert.deepEqual(names(bench), ['Bruno', 'Ana']);
  assert.equal(bench.call(195, 'leon'), 2);
  bench.call(332, 'kept');
  assert.deepEqual(names(bench), ['Ángela', 'Carla']);
  assert.throws(() => bench.call(118, 'nothing'), /no set «nothing»/);
  bench.call(47, ORDER);
  bench.call(116, ORDER, 'orders');
  assert.throws(() => bench.call(120, 'all', 'orders', 'x'), /different tables/);
});

test('relations and structure', () => {
  const bench = new Bench();
  bench.call(277, ORDER, is(field(2, 5), '=', 503));
  bench.call(42, field(2, 2));
  assert.equal(bench.read(NAME), 'Carla');
  bench.call(262, CUSTOMER);
  assert.equal(bench.call(76, ORDER), 1);
  bench.call(47, LINE);
  bench.call(349, LINE, CUSTOMER);
  assert.deepEqual(names(bench), ['Ángela', 'Carla']);
  assert.throws(() => bench.call(42, NAME), /no relation starts at \[Customer\]Name/);
  assert.deepEqual(bench.call(252, 2), { t: 'pointer', target: { ref: 'table', table: 2 } });
  assert.equal(bench.call(256, bench.call(252, 2) as Value), 'Order');
  assert.equal(bench.call(257, 1, 3), 'City');
  assert.deepEqual(bench.call(253, 1, 3), { t: 'pointer', target: { ref: 'field', table: 1, field: 3 } });
  assert.equal(bench.call(254), 3);
  bench.call(258, 1, 4, bench.variable('type'));
  assert.equal(bench.get('type'), 4);
});

test('arrays from records and back', () => {
  const bench = new Bench();
  bench.call(47, ORDER);
  bench.call(260, field(2, 3), bench.variable('placed'), NAME, bench.variable('who'), ORDER, bench.variable('numbers'));
  assert.deepEqual(bench.elements('placed'), [time(34200), time(36000), time(43200)]);
  assert.deepEqual(bench.elements('who'), ['Ángela', 'Ángela', 'Carla']);
  assert.deepEqual(bench.elements('numbers'), [0, 1, 2]);
  bench.array('seconds', 'integer', []);
  bench.call(260, field(2, 3), bench.variable('seconds'), star);
  assert.deepEqual(bench.elements('seconds'), []);
  bench.call(260);
  assert.deepEqual(bench.elements('seconds'), [34200, 36000, 43200]);
  bench.call(47, CUSTOMER);
  bench.call(339, CITY, bench.variable('cities'), bench.variable('counts'));
  assert.deepEqual(bench.elements('cities'), ['León', 'Soria', 'Vigo']);
  assert.deepEqual(bench.elements('counts'), [2, 1, 1]);
  bench.call(351, CUSTOMER, 1);
  bench.array('n', 'text', ['Ada', 'Eva']);
  bench.array('c', 'text', ['Lugo', 'Jaca']);
  bench.call(261, bench.variable('n'), NAME, bench.variable('c'), CITY);
  assert.deepEqual(names(bench), ['Ada', 'Eva']);
  assert.equal(bench.call(83, CUSTOMER), 5);
  bench.array('some', 'integer', [3, 1, 77]);
  bench.call(640, CUSTOMER, bench.variable('some'));
  assert.deepEqual(names(bench), ['Ana', 'Bruno']);
});

test('transactions set OK', () => {
  const bench = new Bench();
  bench.call(239);
  assert.equal(bench.call(397), true);
  bench.call(47, CUSTOMER);
  bench.call(66, CUSTOMER);
  assert.equal(bench.call(83, CUSTOMER), 0);
  bench.call(241);
  assert.equal(bench.call(83, CUSTOMER), 4);
  bench.call(240);
  assert.equal(bench.get('OK'), 0);
});

test('locks are told', () => {
  const bench = new Bench();
  bench.lockElsewhere(1, 0, 12, 'Web process');
  bench.call(277, CUSTOMER, is(NAME, '=', 'ángela'));
  assert.equal(bench.call(147, CUSTOMER), true);
  bench.call(353, CUSTOMER, bench.variable('p'), bench.variable('u'), bench.variable('s'), bench.variable('n'));
  assert.deepEqual(
    ['p', 'u', 's', 'n'].map((name) => bench.get(name)),
    [12, 'Designer', 'Designer', 'Web process'],
  );
  const info = plain(bench.call(1316, CUSTOMER) as Value) as { records: { recordNumber: number }[] };
  assert.deepEqual(
    info.records.map((one) => one.recordNumber),
    [0],
  );
  bench.call(66, CUSTOMER);
  assert.equal(bench.call(195, 'LockedSet'), 1);
  assert.match(bench.output[0], /left 1 locked records/);
});
