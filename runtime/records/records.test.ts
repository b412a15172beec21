import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { FourDError } from '../machine/types.js';
import { openShop, shopStructure } from '../test/shop.js';
import * as r from './records.js';

const CUSTOMER = 1;
const ORDER = 2;
const LINE = 3;
const A = 11;
const B = 12;

const names = (records: r.Records, process: number) => r.fieldValues(records, process, CUSTOMER, 2);
const criterion = (field: number, comparator: string, value: r.Criterion['value'], more: Partial<r.Criterion> = {}): r.Criterion => ({
  conjunction: '',
  table: CUSTOMER,
  field,
  comparator,
  value,
  ...more,
});

test('fixtures give typed rows, and what is wrong is told with its place', () => {
  const { records } = openShop();
  assert.equal(r.recordsInTable(records, A, CUSTOMER), 4);
  const first = r.visibleRow(records, A, CUSTOMER, 0);
  assert.deepEqual(first?.[4], { t: 'date', year: 1980, month: 2, day: 29 });
  assert.deepEqual(r.visibleRow(records, A, ORDER, 1)?.[3], { t: 'time', seconds: 36000 });
  assert.match(String(r.visibleRow(records, A, ORDER, 0)?.[1]), /^0+1$/);
  assert.deepEqual(r.visibleRow(records, A, LINE, 2)?.[4], { t: 'blob', bytes: new Uint8Array([1, 2, 3]) });

  const problems = r.loadFixtures(records, {
    Nowhere: [],
    Customer: [{ Nom: 1 }, { Born: '31/12/1990' }, 'x', { ID: 90, Active: 'yes' }],
    Order: {},
  });
  assert.deepEqual(
    problems.map((p) => p.path),
    ['Nowhere', 'Customer[0].Nom', 'Customer[1].Born', 'Customer[2]', 'Customer[3].Active', 'Order'],
  );
  assert.match(problems[1].message.en, /\[Customer\] has no field «Nom»\. It has: ID, Name/);
  assert.match(problems[2].message.es, /Escriba las fechas como "2024-02-29"/);
  r.createRecord(records, A, CUSTOMER);
  assert.equal(r.readField(records, A, CUSTOMER, 1), 91, 'the sequence goes on after the highest number');
  assert.equal(r.loadFixtures(records, []).length, 1);
});

test('fixtures: rows of relations stand where ORDA puts them, and the same mistake is told once', () => {
  const { records } = openShop();
  const none = r.loadFixtures(records, {
    Customer: [{ __KEY: 70, __STAMP: 3, Name: 'Nest', orders: [{ Number: 900, Total: 5, lines: [{ Article: 'a' }] }, { Number: 901 }] }],
    Order: [
      { Number: 902, customer: { __KEY: 70 } },
      { Number: 903, customer: { ID: 71, Name: 'New' } },
      { Number: 904, customer: { ID: 71, Name: 'New' } },
    ],
  });
  assert.deepEqual(none, []);
  const orders = r.visibleRecords(records, A, ORDER).map((record) => r.visibleRow(records, A, ORDER, record));
  assert.deepEqual(
    orders.slice(-5).map((row) => [row?.[5], row?.[2]]),
    [
      [900, 70],
      [901, 70],
      [902, 70],
      [903, 71],
      [904, 71],
    ],
  );
  assert.equal(r.visibleRow(records, A, LINE, 3)?.[1], 900);
  const told = r.loadFixtures(records, {
    Customer: [{ Nom: 1 }, { Nom: 2 }, { ID: 70 }, { Credit: '3' }, { Active: 'no' }, { orders: 1 }, { orders: {} }],
    Order: [{ customer: 5 }, { customer: 6, ID: '550e8400-e29b-41d4-a716-446655440000' }],
  });
  assert.deepEqual(
    told.map(({ path, message }) => [path, /\(and in \d+ more\)/.exec(message.en)?.[0] ?? '']),
    [
      ['Customer[0].Nom', '(and in 1 more)'],
      ['Customer[2].ID', ''],
      ['Customer[3].Credit', ''],
      ['Customer[4].Active', ''],
      ['Customer[5].orders', '(and in 1 more)'],
      ['Order[0].customer', '(and in 1 more)'],
    ],
  );
  assert.match(told[1].message.es, /ya tiene el valor 70 y el campo es único/);
  assert.match(told[2].message.es, /sin comillas y con punto/);
  const last = r.visibleRecords(records, A, ORDER).at(-1) as number;
  assert.equal(r.visibleRow(records, A, ORDER, last)?.[1], '550E8400E29B41D4A716446655440000');
});

test('the first record of a selection is loaded and locked in read/write mode', () => {
  const { records, events } = openShop();
  r.allRecords(records, A, CUSTOMER);
  assert.equal(r.selectedRecordNumber(records, A, CUSTOMER), 1);
  assert.equal(r.readField(records, A, CUSTOMER, 2), 'Ángela');
  assert.equal(r.isLocked(records, A, CUSTOMER), false);
  r.allRecords(records, B, CUSTOMER);
  assert.equal(r.isLocked(records, B, CUSTOMER), true);
  assert.equal(r.lockedBy(records, B, CUSTOMER), A);
  r.writeField(records, B, CUSTOMER, 2, 'x');
  assert.equal(r.saveRecord(records, B, CUSTOMER), 'locked');
  r.step(records, A, CUSTOMER, 'next');
  assert.equal(r.isLocked(records, B, CUSTOMER), true, 'the lock is seen when the record is loaded again');
  r.loadRecord(records, B, CUSTOMER);
  assert.equal(r.isLocked(records, B, CUSTOMER), false);
  assert.equal(r.readField(records, B, CUSTOMER, 2), 'Ángela', 'loading again forgets what was changed');
  assert.deepEqual(
    events.map((e) => e.kind === 'record-locked' || (e.kind === 'record-unlocked' && `${e.kind} ${e.process} ${e.table} ${e.record}`)),
    [true, 'record-unlocked 11 Customer 0', true, true],
  );
});

test('READ ONLY loads without a lock, and unloading frees', () => {
  const { records } = openShop();
  r.setReadOnly(records, A, undefined, true);
  r.allRecords(records, A, CUSTOMER);
  assert.equal(r.isLocked(records, A, CUSTOMER), true);
  assert.deepEqual(r.allLocks(records), []);
  r.setReadOnly(records, A, CUSTOMER, false);
  r.loadRecord(records, A, CUSTOMER);
  assert.deepEqual(r.allLocks(records), [{ table: CUSTOMER, record: 0, process: A }]);
  r.unloadRecord(records, A, CUSTOMER);
  assert.deepEqual(r.allLocks(records), []);
  assert.equal(r.recordNumber(records, A, CUSTOMER), 0, 'it stays the current record');
  assert.equal(r.readField(records, A, CUSTOMER, 2), '');
});

test('a deleted record answers -1 to LOCKED BY in another process', () => {
  const { records } = openShop();
  r.setReadOnly(records, A, CUSTOMER, true);
  r.allRecords(records, A, CUSTOMER);
  r.gotoRecord(records, B, CUSTOMER, 1);
  assert.equal(r.deleteRecord(records, B, CUSTOMER), true);
  r.gotoSelected(records, A, CUSTOMER, 2);
  assert.equal(r.isLocked(records, A, CUSTOMER), true);
  assert.equal(r.lockedBy(records, A, CUSTOMER), -1);
});

test('deleting goes on with the next record', () => {
  const { records } = openShop();
  r.allRecords(records, A, CUSTOMER);
  let deleted = 0;
  while (!r.endSelection(records, A, CUSTOMER)) {
    if (r.readField(records, A, CUSTOMER, 6) === true && r.deleteRecord(records, A, CUSTOMER)) deleted++;
    r.step(records, A, CUSTOMER, 'next');
  }
  assert.equal(deleted, 3);
  assert.deepEqual(names(records, A), ['Bruno']);
  assert.deepEqual(r.allLocks(records), []);
});

test('new records get their automatic values and a number when saved', () => {
  const { records } = openShop();
  r.createRecord(records, A, ORDER);
  assert.equal(r.recordNumber(records, A, ORDER), -3);
  assert.equal(r.isModified(records, A, ORDER), true);
  r.writeField(records, A, ORDER, 5, 501);
  assert.throws(
    () => r.saveRecord(records, A, ORDER),
    (e) => e instanceof FourDError && e.error.code === -9998 && /\[Order\].*Number = 501/.test(e.error.message.en),
  );
  r.writeField(records, A, ORDER, 5, 504);
  assert.equal(r.saveRecord(records, A, ORDER), 'saved');
  assert.equal(r.saveRecord(records, A, ORDER), 'unchanged');
  assert.equal(r.recordNumber(records, A, ORDER), 3);
  assert.equal(r.selectedRecordNumber(records, A, ORDER), 0, 'the selection is left untouched');
  r.createRecord(records, A, CUSTOMER);
  assert.equal(r.readField(records, A, CUSTOMER, 1), 5);
  assert.throws(() => r.writeField(records, A, CUSTOMER, 5, 'text'), /does not fit the field Credit/);
  assert.throws(() => r.readField(records, A, CUSTOMER, 99), /no field 99/);
});

test('objects in a record are its own until saved', () => {
  const { records } = openShop();
  r.gotoRecord(records, A, CUSTOMER, 0);
  const data = r.readField(records, A, CUSTOMER, 7) as { properties: Map<string, unknown> };
  data.properties.set('rank', 1);
  assert.equal(r.isModified(records, A, CUSTOMER, 7), true);
  r.loadRecord(records, A, CUSTOMER);
  assert.equal((r.readField(records, A, CUSTOMER, 7) as typeof data).properties.has('rank'), false);
});

test('queries join their lines from left to right', () => {
  const { records } = openShop();
  const rows: [r.Criterion[], string[]][] = [
    [[criterion(3, '=', 'leon')], ['Ángela', 'Carla']],
    [[criterion(2, '=', 'an@')], ['Ángela', 'Ana']],
    [[criterion(2, '#', 'an@')], ['Bruno', 'Carla']],
    [[criterion(5, '>=', 50), criterion(6, '=', true, { conjunction: '&' }), criterion(3, '=', 'Leon', { conjunction: '#' })], ['Ana']],
    [
      [criterion(3, '=', 'vigo'), criterion(3, '=', 'soria', { conjunction: '|' })],
      ['Bruno', 'Ana'],
    ],
    [[criterion(4, '<', { t: 'date', year: 1980, month: 1, day: 1 })], ['Bruno', 'Ana']],
    [[criterion(4, '=', { t: 'date', year: 0, month: 0, day: 0 })], ['Ana']],
    [[criterion(2, '=', 'a@', { table: 0 + LINE, field: 2 })], []],
    [[criterion(2, '=', 'Pen', { table: LINE })], ['Ángela', 'Carla']],
    [[criterion(4, '>', 100, { table: ORDER })], ['Carla']],
    [[criterion(7, '=', 'vip', { path: 'tags[]' })], ['Ángela']],
    [[criterion(7, '=', '24@', { path: 'address.zip' })], ['Ángela']],
  ];
  for (const [criteria, found] of rows) {
    r.runQuery(records, A, CUSTOMER, criteria);
    assert.deepEqual(names(records, A), found, JSON.stringify(criteria));
  }
  r.allRecords(records, A, CUSTOMER);
  r.runQuery(records, A, CUSTOMER, [criterion(6, '=', true)], true);
  r.runQuery(records, A, CUSTOMER, [criterion(3, '=', 'leon')], true);
  assert.deepEqual(names(records, A), ['Ángela', 'Carla']);
  assert.throws(() => r.runQuery(records, A, CUSTOMER, [criterion(2, '~', '')]), /cannot compare with «~»/);
});

test('sorts follow their levels, related fields too', () => {
  const { records } = openShop();
  r.allRecords(records, A, CUSTOMER);
  r.orderSelection(records, A, CUSTOMER, [
    { table: CUSTOMER, field: 3, descending: false },
    { table: CUSTOMER, field: 2, descending: true },
  ]);
  assert.deepEqual(names(records, A), ['Carla', 'Ángela', 'Ana', 'Bruno']);
  assert.equal(r.readField(records, A, CUSTOMER, 2), 'Carla');
  r.allRecords(records, A, ORDER);
  r.orderSelection(records, A, ORDER, [
    { table: CUSTOMER, field: 2, descending: true },
    { table: ORDER, field: 4, descending: false },
  ]);
  assert.deepEqual(r.fieldValues(records, A, ORDER, 5), [503, 502, 501]);
});

test('query destinations leave the selection alone', () => {
  const { records } = openShop();
  r.allRecords(records, A, CUSTOMER);
  r.processRecords(records, A).queryDestination = { to: 'set', name: 'leonese' };
  assert.equal(r.runQuery(records, A, CUSTOMER, [criterion(3, '=', 'leon')]).count, 2);
  assert.equal(r.recordsInSelection(records, A, CUSTOMER), 4);
  r.processRecords(records, A).queryDestination = { to: 'selection' };
  assert.equal(r.useSet(records, A, 'LEONESE'), true);
  assert.deepEqual(names(records, A), ['Ángela', 'Carla']);
  r.processRecords(records, A).queryLimit = 1;
  assert.equal(r.runQuery(records, A, CUSTOMER, [criterion(6, '=', true)]).count, 1);
});

test('sets and named selections', () => {
  const { records } = openShop();
  r.runQuery(records, A, CUSTOMER, [criterion(6, '=', true)]);
  r.createSet(records, A, CUSTOMER, 'active');
  r.copyNamedSelection(records, A, CUSTOMER, '<>all active');
  r.runQuery(records, A, CUSTOMER, [criterion(3, '=', 'leon')]);
  r.createSet(records, A, CUSTOMER, 'leon');
  assert.ok(r.combineSets(records, A, 'difference', 'active', 'leon', 'rest'));
  assert.deepEqual([...(r.recordSet(records, A, 'rest')?.records ?? [])], [3]);
  assert.ok(r.combineSets(records, A, 'union', 'active', 'leon', 'both'));
  assert.equal(r.recordSet(records, A, 'both')?.records.size, 3);
  assert.ok(!r.combineSets(records, A, 'union', 'active', 'none', 'x'));
  assert.equal(r.recordSet(records, B, 'active'), undefined, 'process sets are private');
  assert.equal(r.useNamedSelection(records, B, '<>ALL ACTIVE'), true);
  assert.equal(r.recordsInSelection(records, B, CUSTOMER), 3);
  r.changeSet(records, A, CUSTOMER, 'rest', true);
  assert.ok(r.isInSet(records, A, 'rest'));
  r.clearSet(records, A, 'rest');
  assert.ok(!r.isInSet(records, A, 'rest'));
});

test('relations are followed in both directions', () => {
  const { records } = openShop();
  r.gotoRecord(records, A, ORDER, 2);
  assert.ok(r.relateOneField(records, A, ORDER, 2));
  assert.equal(r.readField(records, A, CUSTOMER, 2), 'Carla');
  r.gotoRecord(records, A, CUSTOMER, 0);
  r.relateMany(records, A, CUSTOMER);
  assert.deepEqual(r.fieldValues(records, A, ORDER, 5), [501, 502]);
  r.allRecords(records, A, LINE);
  r.relateOneSelection(records, A, LINE, CUSTOMER);
  assert.deepEqual(names(records, A), ['Ángela', 'Carla']);
  r.runQuery(records, A, ORDER, [criterion(5, '=', 501, { table: ORDER })]);
  assert.ok(r.relateManySelection(records, A, LINE, 1));
  assert.deepEqual(r.fieldValues(records, A, LINE, 2), ['Pen', 'Paper']);
  assert.ok(!r.relateOneField(records, A, CUSTOMER, 2));
});

test('a transaction is private until it is validated, and holds its locks', () => {
  const { records } = openShop();
  r.startTransaction(records, A);
  r.gotoRecord(records, A, CUSTOMER, 1);
  r.writeField(records, A, CUSTOMER, 2, 'Brunilda');
  r.saveRecord(records, A, CUSTOMER);
  r.unloadRecord(records, A, CUSTOMER);
  r.startTransaction(records, A);
  r.gotoRecord(records, A, CUSTOMER, 0);
  r.deleteRecord(records, A, CUSTOMER);
  r.createRecord(records, A, CUSTOMER);
  r.writeField(records, A, CUSTOMER, 2, 'Nuria');
  r.saveRecord(records, A, CUSTOMER);
  r.unloadRecord(records, A, CUSTOMER);
  r.allRecords(records, A, CUSTOMER);
  assert.deepEqual(names(records, A), ['Brunilda', 'Carla', 'Ana', 'Nuria']);
  r.setReadOnly(records, B, undefined, true);
  r.allRecords(records, B, CUSTOMER);
  assert.deepEqual(names(records, B), ['Ángela', 'Bruno', 'Carla', 'Ana']);
  r.setReadOnly(records, B, undefined, false);
  r.gotoRecord(records, B, CUSTOMER, 1);
  assert.equal(r.lockedBy(records, B, CUSTOMER), A, 'still locked although unloaded');
  assert.ok(r.cancelTransaction(records, A));
  r.allRecords(records, A, CUSTOMER);
  assert.deepEqual(names(records, A), ['Ángela', 'Brunilda', 'Carla', 'Ana']);
  assert.ok(r.validateTransaction(records, A));
  r.allRecords(records, B, CUSTOMER);
  assert.equal(names(records, B)[1], 'Brunilda');
  assert.equal(r.validateTransaction(records, A), false);
});

test('releaseAll frees everything of a process and counts it', () => {
  const { records, events } = openShop();
  r.allRecords(records, A, CUSTOMER);
  r.copyNamedSelection(records, A, CUSTOMER, 'mine');
  r.runQuery(records, A, ORDER, [criterion(5, '=', 501, { table: ORDER })]);
  r.startTransaction(records, A);
  r.writeField(records, A, ORDER, 4, 1);
  r.saveRecord(records, A, ORDER);
  const view = r.describeProcess(records, A);
  assert.deepEqual(
    view.tables.map((t) => `${t.table} ${t.position}/${t.selected}`),
    ['Customer 1/4', 'Order 1/1'],
  );
  assert.deepEqual(view.locks, [
    { table: 'Customer', record: 0 },
    { table: 'Order', record: 0 },
  ]);
  assert.equal(view.transactionLevel, 1);
  assert.deepEqual(r.releaseAll(records, A), { unlocked: 2, selections: 3 });
  assert.deepEqual(r.allLocks(records), []);
  assert.equal(r.visibleRow(records, B, ORDER, 0)?.[4], 20, 'an open transaction is lost');
  assert.deepEqual(r.releaseAll(records, A), { unlocked: 0, selections: 0 });
  assert.equal(events.filter((e) => e.kind === 'record-unlocked').length, 2);
});

test('PUSH RECORD keeps its lock, also against its own process', () => {
  const { records } = openShop();
  r.gotoRecord(records, A, CUSTOMER, 0);
  r.pushRecord(records, A, CUSTOMER);
  r.gotoRecord(records, A, CUSTOMER, 0);
  assert.equal(r.isLocked(records, A, CUSTOMER), true);
  r.popRecord(records, A, CUSTOMER);
  assert.equal(r.isLocked(records, A, CUSTOMER), false);
  r.unloadRecord(records, A, CUSTOMER);
  assert.deepEqual(r.allLocks(records), []);
});

test('locks agree with a simple model, whatever two processes do', () => {
  const action = fc.tuple(
    fc.constantFrom(A, B),
    fc.constantFrom('goto', 'next', 'unload', 'save', 'readonly', 'readwrite', 'load', 'end'),
    fc.nat(3),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      const { records } = openShop();
      for (const [process, what, n] of actions) {
        if (what === 'goto') r.gotoRecord(records, process, CUSTOMER, n);
        else if (what === 'next') r.step(records, process, CUSTOMER, 'next');
        else if (what === 'unload') r.unloadRecord(records, process, CUSTOMER);
        else if (what === 'load') r.loadRecord(records, process, CUSTOMER);
        else if (what === 'end') r.releaseAll(records, process);
        else if (what === 'save') {
          r.writeField(records, process, CUSTOMER, 5, n);
          r.saveRecord(records, process, CUSTOMER);
        } else r.setReadOnly(records, process, CUSTOMER, what === 'readonly');
        // Every lock belongs to a loaded writable current record, and every such record is locked by its process.
        const held = r.allLocks(records).map((l) => `${l.process}:${l.record}`);
        const loaded = [A, B].flatMap((p) => {
          const current = records.state.processes.get(p)?.tables.get(CUSTOMER)?.current;
          return current?.loaded && current.writable ? [`${p}:${current.record}`] : [];
        });
        assert.deepEqual(held.sort(), loaded.sort());
      }
      const copy = structuredClone(records.state);
      assert.deepEqual(copy, records.state, 'the state is plain data');
    }),
    { numRuns: 200 },
  );
});

test('a structure without tables is fine', () => {
  const { records } = openShop();
  assert.equal(r.relationPath(records, LINE, CUSTOMER)?.length, 2);
  const empty = r.createRecords({ tables: [], relations: [] }, { trace: () => {}, uuid: () => '' });
  assert.equal(r.recordsInTable(empty, A, 1), 0);
  assert.equal(shopStructure.tables.length, 3);
});
