import assert from 'node:assert/strict';
import test from 'node:test';
import type { Argument } from '../machine/types.js';
import { Bench, collection, date, field, object, plain, star, table, time } from '../test/call.js';
import type { Value } from '../values/value.js';

const formula = (source: string): Value => ({ t: 'formula', code: { kind: 'source', text: source }, source });

test('objects are made, changed and read', () => {
  const bench = new Bench();
  bench.variable('o', null, 'object');
  bench.call(1220, bench.variable('o'), 'name', 'Ana', 'age', 42);
  assert.deepEqual(plain(bench.get('o') as Value), { name: 'Ana', age: 42 });
  const o = bench.get('o') as Value;
  assert.equal(bench.call(1224, o, 'age', 2), '42');
  assert.equal(bench.call(1224, o, 'none'), undefined);
  assert.equal(bench.call(1224, null, 'none'), undefined);
  assert.equal(bench.call(1231, o, 'age'), true);
  assert.equal(bench.call(1231, o, 'AGE'), false, 'property names see case');
  assert.equal(bench.call(1230, o, 'name'), 2);
  bench.call(1226, bench.variable('o'), 'age');
  bench.call(1233, bench.variable('o'), 'nothing');
  assert.deepEqual(plain(bench.call(1719, o) as Value), ['name', 'nothing']);
  assert.deepEqual(plain(bench.call(1720, o) as Value), [
    { key: 'name', value: 'Ana' },
    { key: 'nothing', value: null },
  ]);
  assert.equal(bench.call(1297, object({})), true);
  const copy = bench.call(1225, o) as Value;
  assert.notEqual(copy, o);
  assert.deepEqual(plain(copy), plain(o));
  const rows: [Value, number, Value][] = [
    ['12 kg', 9, 12],
    [1.9, 9, 1],
    ['2024-02-29T10:00:00', 4, date(2024, 2, 29)],
    [3661, 11, time(3661)],
    ['true', 6, true],
    [undefined, 2, ''],
    [5, 38, null],
  ];
  for (const [value, type, result] of rows) {
    assert.deepEqual(bench.call(1224, object({ p: value }), 'p', type), result, `${String(value)} as ${type}`);
  }
});

test('arrays go into objects and come back', () => {
  const bench = new Bench();
  bench.array('names', 'text', ['a', 'b']);
  bench.variable('o', object({}), 'object');
  bench.call(1227, bench.variable('o'), 'list', bench.variable('names'));
  assert.deepEqual(plain(bench.get('o') as Value), { list: ['a', 'b'] });
  bench.array('back', 'integer', [9]);
  bench.call(1229, object({ list: collection(1.2, '7 apples', null) }), 'list', bench.variable('back'));
  assert.deepEqual(bench.elements('back'), [1, 7, 0]);
  bench.call(1232, object({ a: 1, b: 'x' }), bench.variable('keys'), bench.variable('types'));
  assert.deepEqual(
    [bench.elements('keys'), bench.elements('types')],
    [
      ['a', 'b'],
      [1, 2],
    ],
  );
});

test('shared objects are changed between Use and End use only', () => {
  const bench = new Bench();
  const shared = bench.call(1526, 'a', 1) as Extract<Value, { t: 'object' }>;
  assert.equal(bench.call(1759, shared), true);
  assert.throws(() => bench.call(1220, bench.variable('s', shared, 'object'), 'a', 2), /only be changed between Use and End use/);
  bench.use(shared.shared!);
  bench.call(1220, bench.variable('s', shared, 'object'), 'a', 2);
  assert.throws(() => bench.call(1220, bench.variable('s'), 'o', object({})), /can only hold scalar values/);
  const copy = bench.call(1225, object({ x: object({ y: 1 }) }), 2, shared) as Extract<Value, { t: 'object' }>;
  assert.equal(copy.shared, shared.shared);
  bench.call(1220, bench.variable('s'), 'o', copy);
  assert.deepEqual(plain(shared), { a: 2, o: { x: { y: 1 } } });
});

test('JSON', () => {
  const bench = new Bench();
  assert.equal(bench.call(1217, object({ d: date(2024, 2, 29), t: time(60) })), '{"d":"2024-02-29","t":60}');
  assert.equal(bench.call(1217, collection(1), star), '[\n\t1\n]');
  bench.array('a', 'text', ['x', 'y']);
  assert.equal(bench.call(1228, bench.variable('a')), '["x","y"]');
  assert.deepEqual(plain(bench.call(1218, '{"a":[1,"2"]}') as Value), { a: [1, '2'] });
  assert.equal(bench.call(1218, '120.13', 9), 120);
  assert.throws(() => bench.call(1218, '{"a":\n oops}'), /line 2, column 2, near «oops}»/);
  bench.call(1219, '[1,"b"]', bench.variable('b', { t: 'array', type: 'text', dimensions: 1, items: [''], current: 0 }));
  assert.deepEqual(bench.elements('b'), ['1', 'b']);
  bench.call(47, table(1));
  bench.call(351, table(1), 1);
  assert.equal(bench.call(1234, table(1), field(1, 2), field(1, 4)), '[{"Name":"Ángela","Born":"1980-02-29"}]');
  assert.equal(
    bench.call(1234, table(1), object({ who: { t: 'pointer', target: { ref: 'field', table: 1, field: 2 } } })),
    '[{"who":"Ángela"}]',
  );
  bench.call(351, table(1), 0);
  bench.call(1235, table(1), '[{"Name":"Eva","Born":"2001-01-01","Other":1}]');
  assert.equal(bench.read(field(1, 2)), 'Eva');
});

type Step = [what: string, member: string, self: Value, args: Argument[], result: unknown];

test('functions of collections that need no formula', () => {
  const people = collection(
    object({ name: 'Cleveland', zc: 35049 }),
    object({ name: 'Blountsville', zc: 35031 }),
    object({ name: 'Adger', zc: 35006, tags: collection('x', 'y') }),
    object({ name: 'Clanton', zc: 35046 }),
    object({ name: 'Clanton', zc: 35045 }),
  );
  const numbers = collection(3, 1, 'two', null, 2);
  const steps: Step[] = [
    ['length', 'length', people, [], 5],
    ['at', 'at', collection(10, 20), [-1], 20],
    ['at beyond', 'at', collection(10), [9], undefined],
    ['indexOf', 'indexOf', collection(1, 'Albert'), ['al@'], 1],
    ['includes from', 'includes', collection(5, 1), [5, 1], false],
    ['lastIndexOf', 'lastIndexOf', collection('e', 'x', 'e'), ['e', 1], 0],
    ['lastIndexOf from the end', 'lastIndexOf', collection('a', 'e', 'b', 'e'), ['e', -2], 1],
    ['count', 'count', numbers, [], 4],
    ['countValues', 'countValues', people, ['clanton', 'name'], 2],
    ['sum', 'sum', numbers, [], 6],
    ['average of nothing', 'average', collection('x'), [], undefined],
    ['max', 'max', people, ['zc'], 35049],
    ['min', 'min', people, ['name'], 'Adger'],
    ['join', 'join', collection(1, 'Paris', null, '', 4), ['|'], '1|Paris|null||4'],
    ['join clean', 'join', collection(1, 'Paris', null, '', 4), ['|', 1], '1|Paris|4'],
    ['equal', 'equal', collection(object({ a: 'B' }), 2), [collection(object({ a: 'b' }), 2)], true],
    ['equal exactly', 'equal', collection(object({ a: 'B' }), 2), [collection(object({ a: 'b' }), 2), 8], false],
    ['concat', 'concat', collection(1), [collection(2, collection(3)), 4], [1, 2, [3], 4]],
    ['slice', 'slice', collection(1, 2, 3, 4), [1, -1], [2, 3]],
    ['reverse', 'reverse', collection(1, 2), [], [2, 1]],
    ['flat', 'flat', collection(1, collection(2, collection(3))), [], [1, 2, [3]]],
    ['flat deep', 'flat', collection(1, collection(2, collection(3))), [9], [1, 2, 3]],
    ['distinct', 'distinct', collection('b', 'a', 'B', 1, null, 1), [], ['a', 'b', 1]],
    ['distinct exactly', 'distinct', collection('b', 'B', 'b'), [8], ['b', 'B']],
    ['distinct counted', 'distinct', people, ['name', 32], null],
    ['extract', 'extract', collection(object({ n: 'a' }), object({ z: 1 })), ['n'], ['a']],
    ['extract with nulls', 'extract', collection(object({ n: 'a' }), object({ z: 1 })), ['n', 1], ['a', null]],
    [
      'extract to',
      'extract',
      collection(object({ n: 'a', m: 1 }), object({ m: 2 })),
      ['n', 'City', 'm', 'Zip'],
      [{ City: 'a', Zip: 1 }, { Zip: 2 }],
    ],
    [
      'query',
      'query',
      people,
      ['zc > 35040 and name = :1', 'cl@'],
      [
        { name: 'Cleveland', zc: 35049 },
        { name: 'Clanton', zc: 35046 },
        { name: 'Clanton', zc: 35045 },
      ],
    ],
    ['query in a list', 'indices', people, ["name in ['adger','Blountsville']"], [1, 2]],
    ['query with []', 'indices', people, ["tags[] = 'Y'"], [2]],
    ['query not', 'indices', people, ["not(name = 'Clanton') & (zc < 35010 | zc = 35049)"], [0, 2]],
    ['query for null', 'indices', people, ['tags = null'], [0, 1, 3, 4]],
    [
      'query by name',
      'indices',
      people,
      [':att = :v', object({ attributes: object({ att: 'name' }), parameters: object({ v: 'Adger' }) })],
      [2],
    ],
    ['query without quotes', 'indices', people, ['name = Adger or zc = 35031'], [1, 2]],
    [
      'query ordered',
      'query',
      people,
      ["name = 'cl@' order by zc"],
      [
        { name: 'Clanton', zc: 35045 },
        { name: 'Clanton', zc: 35046 },
        { name: 'Cleveland', zc: 35049 },
      ],
    ],
    ['orderBy scalars', 'orderBy', collection(2, 'b', 1, 'A', null, true), [], [null, true, 'A', 'b', 1, 2]],
    ['orderBy descending', 'orderBy', collection(1, 3, 2), [1], [3, 2, 1]],
    ['sort', 'sort', collection(3, 1, 2), [], [1, 2, 3]],
  ];
  for (const [what, member, self, args, result] of steps) {
    const given = new Bench().member(`Collection.${member}`, self, args) as Value;
    if (result !== null) assert.deepEqual(plain(given), result, what);
  }
  const bench = new Bench();
  const names = (value: unknown) => (plain(value as Value) as { name: string; zc: number }[]).map((p) => `${p.name} ${p.zc}`);
  assert.deepEqual(names(bench.member('Collection.orderBy', people, ['name desc, zc asc'])), [
    'Cleveland 35049',
    'Clanton 35045',
    'Clanton 35046',
    'Blountsville 35031',
    'Adger 35006',
  ]);
  const byObjects = collection(object({ propertyPath: 'zc', descending: true }));
  assert.equal(names(bench.member('Collection.orderBy', people, [byObjects]))[0], 'Cleveland 35049');
  assert.deepEqual(plain(bench.member('Collection.distinct', people, ['name', 32]) as Value), [
    { value: 'Adger', count: 1 },
    { value: 'Blountsville', count: 1 },
    { value: 'Clanton', count: 2 },
    { value: 'Cleveland', count: 1 },
  ]);
  for (const wrong of ['name', 'name =', 'name = :2', '(name = 1', 'name ~ 2', 'a = 1 order by']) {
    assert.throws(() => bench.member('Collection.query', people, [wrong]), /the query .* is wrong near/, wrong);
  }
});

test('functions that change a collection give it back', () => {
  const bench = new Bench();
  const c = collection('a', 'b', 'c', 'd');
  const run = (member: string, ...args: Argument[]) => plain(bench.member(`Collection.${member}`, c, args) as Value);
  assert.deepEqual(run('insert', 2, 'X'), ['a', 'b', 'X', 'c', 'd']);
  assert.deepEqual(run('insert', -2, 'Y'), ['a', 'b', 'X', 'Y', 'c', 'd']);
  assert.deepEqual(run('insert', -10, 'Hi'), ['Hi', 'a', 'b', 'X', 'Y', 'c', 'd']);
  assert.deepEqual(run('remove', 1, 4), ['Hi', 'c', 'd']);
  assert.deepEqual(run('remove', -1), ['Hi', 'c']);
  assert.deepEqual(run('push', 1, collection(2)), ['Hi', 'c', 1, [2]]);
  assert.deepEqual(run('combine', collection(8, 9), 1), ['Hi', 8, 9, 'c', 1, [2]]);
  assert.deepEqual(run('unshift', 0), [0, 'Hi', 8, 9, 'c', 1, [2]]);
  assert.equal(run('shift'), 0);
  assert.deepEqual(run('pop'), [2]);
  assert.deepEqual(run('fill', 'f', 1, -1), ['Hi', 'f', 'f', 'f', 1]);
  assert.deepEqual(run('resize', 7), ['Hi', 'f', 'f', 'f', 1, null, null]);
  assert.deepEqual(run('resize', 1), ['Hi']);
  assert.deepEqual(run('clear'), []);
  assert.equal(bench.member('Collection.first', c), undefined);
});

test('functions of collections that call a formula', () => {
  const bench = new Bench();
  const c = collection(1, 4, 9, 10, 20);
  const get = (args: readonly Value[], name: string) => (args[0] as Extract<Value, { t: 'object' }>).properties.get(name) as number;
  const set = (args: readonly Value[], name: string, value: Value) =>
    void (args[0] as Extract<Value, { t: 'object' }>).properties.set(name, value);
  const run = (member: string, args: Argument[], answer: (args: readonly Value[]) => Value, of: Value = c) =>
    plain(bench.member(`Collection.${member}`, of, args, answer) as Value);
  const f = formula('…');
  assert.deepEqual(
    run('map', [f, 2], (args) => get(args, 'value') * (args[1] as number)),
    [2, 8, 18, 20, 40],
  );
  assert.deepEqual(
    run('map', ['a method'], (args) => set(args, 'result', get(args, 'value') + 1)),
    [2, 5, 10, 11, 21],
    '$1.result counts when nothing is returned',
  );
  assert.deepEqual(
    run('map', [f], (args) => {
      if (get(args, 'value') === 9) set(args, 'stop', true);
      return get(args, 'value');
    }),
    [1, 4, 9],
  );
  assert.deepEqual(
    run('flatMap', [f], (args) => collection(get(args, 'value'), 0), collection(1, 2)),
    [1, 0, 2, 0],
  );
  assert.deepEqual(
    run('filter', [f], (args) => get(args, 'value') > 5),
    [9, 10, 20],
  );
  assert.equal(
    run('every', [f], (args) => get(args, 'value') > 0),
    true,
  );
  assert.equal(
    run('every', [f], (args) => get(args, 'value') > 1),
    false,
  );
  assert.equal(
    run('some', [3, f], (args) => get(args, 'value') === 4),
    false,
  );
  assert.equal(
    run('find', [f], (args) => get(args, 'value') > 4),
    9,
  );
  assert.equal(
    run('find', [f], () => false),
    undefined,
  );
  assert.equal(
    run('findIndex', [3, f], (args) => get(args, 'value') > 4),
    3,
  );
  assert.equal(
    run('reduce', [f, 100], (args) => set(args, 'accumulator', get(args, 'accumulator') + get(args, 'value'))),
    144,
  );
  assert.equal(
    run('reduceRight', [f], (args) => set(args, 'accumulator', get(args, 'accumulator') - get(args, 'value'))),
    20 - 10 - 9 - 4 - 1,
  );
  const descending = (args: readonly Value[]) => get(args, 'value') > get(args, 'value2');
  assert.deepEqual(run('orderByMethod', [f], descending, collection(3, 1, 2, 5, 4)), [5, 4, 3, 2, 1]);
  const target = collection(3, 1, 2);
  const follower = collection('c', 'a', 'b');
  assert.deepEqual(run('multiSort', [f, collection(follower)], descending, target), [3, 2, 1]);
  assert.deepEqual(plain(follower), ['c', 'b', 'a']);
  assert.deepEqual(run('sort', [f], descending, target), [3, 2, 1]);
  assert.throws(() => bench.member('Collection.map', c, [5]), /needs a formula/);
  const continents = collection('Europe', 'Africa', 'Europe');
  const cities = collection('Paris', 'Rabat', 'Lyon');
  bench.member('Collection.multiSort', continents, [collection(object({ collection: cities, order: 0 }))]);
  assert.deepEqual(
    [plain(continents), plain(cities)],
    [
      ['Africa', 'Europe', 'Europe'],
      ['Rabat', 'Lyon', 'Paris'],
    ],
  );
});

test('arrays become collections and back', () => {
  const bench = new Bench();
  bench.array('n', 'text', ['a', 'b']);
  bench.array('q', 'integer', [1, 2]);
  bench.call(1563, bench.variable('c'), bench.variable('n'), 'name', bench.variable('q'), 'count');
  assert.deepEqual(plain(bench.get('c') as Value), [
    { name: 'a', count: 1 },
    { name: 'b', count: 2 },
  ]);
  bench.call(1562, bench.get('c') as Value, bench.variable('n'), 'count');
  assert.deepEqual(bench.elements('n'), ['1', '2']);
});
