/** Themes Records, Record Locking, Transactions, Table, and the parts of Data Entry that need no form (facts: 4D theme pages of these names). */

import * as r from '../records/records.js';
import type { Value } from '../values/value.js';
import { raise } from './errors.js';
import { afterTable, fieldArgument, tableArgument } from './tables.js';
import { type Call, Theme } from './theme.js';
import { DELETING, throughSaving, throughTrigger, triggerEnded } from './triggers.js';
import { CURRENT_USER } from './users.js';

export const records = new Theme('Records');

const process = (call: Call) => call.process.number;

/** A command that works on one table of the calling process. */
function onTable(number: number, name: string, act: (records: r.Records, process: number, table: number, call: Call) => Value): void {
  records.command(number, name, (call) => act(call.host.records, process(call), tableArgument(call), call));
}

/** A function of one table that changes nothing. */
function readTable(number: number, name: string, read: (records: r.Records, process: number, table: number) => Value): void {
  records.reader(number, name, (call) => read(call.host.records, process(call), tableArgument(call)));
}

onTable(68, 'CREATE RECORD', (all, p, table) => void r.createRecord(all, p, table));
onTable(225, 'DUPLICATE RECORD', (all, p, table) => void r.duplicateRecord(all, p, table));
onTable(52, 'LOAD RECORD', (all, p, table) => void r.loadRecord(all, p, table));
onTable(212, 'UNLOAD RECORD', (all, p, table) => void r.unloadRecord(all, p, table));
onTable(176, 'PUSH RECORD', (all, p, table) => void r.pushRecord(all, p, table));
onTable(177, 'POP RECORD', (all, p, table) => void r.popRecord(all, p, table));

records.command(53, 'SAVE RECORD', (call) => {
  const table = tableArgument(call);
  return throughSaving(call, table, { then: 'SAVE RECORD', state: table }) || saveNow(call, table);
});
records.continuation('SAVE RECORD', (call, table, result) => {
  triggerEnded(call, result);
  return saveNow(call, table as number);
});

function saveNow(call: Call, table: number): undefined {
  if (r.saveRecord(call.host.records, process(call), table) === 'locked') tellLocked(call, table);
}

records.command(58, 'DELETE RECORD', (call) => {
  const table = tableArgument(call);
  const { current } = r.tableState(call.host.records, process(call), table);
  const deletes = current?.writable && r.recordNumber(call.host.records, process(call), table) >= 0;
  return (deletes && throughTrigger(call, table, DELETING, { then: 'DELETE RECORD', state: table })) || deleteNow(call, table);
});
records.continuation('DELETE RECORD', (call, table, result) => {
  triggerEnded(call, result);
  return deleteNow(call, table as number);
});

function deleteNow(call: Call, table: number): undefined {
  const all = call.host.records;
  const had = r.tableState(all, process(call), table).current !== undefined;
  if (!r.deleteRecord(all, process(call), table) && had && r.recordNumber(all, process(call), table) >= 0) tellLocked(call, table);
}

/** 4D passes over a locked record without an error, which is hard to find: the trace says it. */
function tellLocked(call: Call, table: number): void {
  const all = call.host.records;
  const name = r.tableByNumber(all, table)?.name ?? '';
  const holder = r.lockedBy(all, process(call), table);
  const state = r.tableState(all, process(call), table);
  const why =
    holder > 0 && holder !== process(call)
      ? `process ${holder} holds the record`
      : holder === -1
        ? 'the record no longer exists'
        : state.readOnly
          ? 'the table is in READ ONLY mode'
          : 'the record was loaded in READ ONLY mode or is on the record stack';
  call.machine.trace({ kind: 'output', process: process(call), text: `${call.command}([${name}]) did nothing: ${why}` });
}

readTable(243, 'Record number', r.recordNumber);
readTable(83, 'Records in table', r.recordsInTable);
readTable(314, 'Modified record', (all, p, table) => r.isModified(all, p, table));
readTable(668, 'Is new record', (all, p, table) => r.recordNumber(all, p, table) === r.NEW_RECORD);
readTable(669, 'Is record loaded', (all, p, table) => r.tableState(all, p, table).current?.loaded === true);
records.reader(244, 'Sequence number', (call) => r.storedTable(call.host.records, tableArgument(call)).nextSequence);

records.command(242, 'GOTO RECORD', (call) => {
  const table = tableArgument(call);
  const record = call.integer(afterTable(call));
  if (r.gotoRecord(call.host.records, process(call), table, record)) return undefined;
  return raise(
    -10503,
    {
      en: 'GOTO RECORD: [{0}] has no record number {1}. It was deleted, or never existed.',
      es: 'GOTO RECORD: [{0}] no tiene el registro número {1}. Se eliminó, o nunca existió.',
    },
    r.tableByNumber(call.host.records, table)?.name ?? '',
    record,
  );
});

// ---- record locking

readTable(147, 'Locked', r.isLocked);
readTable(362, 'Read only state', (all, p, table) => r.tableState(all, p, table).readOnly);
records.command(145, 'READ ONLY', (call) => {
  setMode(call, true);
});
records.command(146, 'READ WRITE', (call) => {
  setMode(call, false);
});

function setMode(call: Call, readOnly: boolean): void {
  r.setReadOnly(call.host.records, process(call), call.isOperator(0) ? undefined : tableArgument(call), readOnly);
}

records.command(353, 'LOCKED BY', (call) => {
  const first = afterTable(call);
  const holder = r.lockedBy(call.host.records, process(call), tableArgument(call));
  const name = call.machine.state.processes.get(holder)?.name ?? '';
  call.set(first, holder);
  call.set(first + 1, holder > 0 ? CURRENT_USER : '');
  if (call.has(first + 2)) call.set(first + 2, holder > 0 ? CURRENT_USER : '');
  if (call.has(first + 3)) call.set(first + 3, name);
});

records.reader(1316, 'Locked records info', (call) => {
  const table = tableArgument(call);
  const items: Value[] = r.allLocks(call.host.records, table).map(({ record, process: holder }) => {
    const attributes = new Map<string, Value>([
      ['task_id', holder],
      ['user_name', CURRENT_USER],
      ['user4d_alias', CURRENT_USER],
      ['user4d_id', 1],
      ['host_name', 'localhost'],
      ['task_name', call.machine.state.processes.get(holder)?.name ?? ''],
    ]);
    return {
      t: 'object',
      properties: new Map<string, Value>([
        ['contextID', String(holder)],
        ['contextAttributes', { t: 'object', properties: attributes }],
        ['recordNumber', record],
      ]),
    };
  });
  return { t: 'object', properties: new Map<string, Value>([['records', { t: 'collection', items }]]) };
});

// ---- data entry

records.reader(35, 'Old', (call) => {
  const { table, field } = fieldArgument(call, 0);
  return r.oldField(call.host.records, process(call), table, field);
});
records.reader(32, 'Modified', (call) => {
  const { table, field } = fieldArgument(call, 0);
  return r.isModified(call.host.records, process(call), table, field);
});

// ---- default table

records.command(46, 'DEFAULT TABLE', (call) => {
  r.processRecords(call.host.records, process(call)).defaultTable = tableArgument(call);
});
records.command(993, 'NO DEFAULT TABLE', (call) => {
  r.processRecords(call.host.records, process(call)).defaultTable = undefined;
});
records.reader(363, 'Current default table', (call) => {
  const table = r.processRecords(call.host.records, process(call)).defaultTable;
  return { t: 'pointer', target: table === undefined ? undefined : { ref: 'table', table } };
});

// ---- transactions

records.command(239, 'START TRANSACTION', (call) => {
  r.startTransaction(call.host.records, process(call));
});
records.command(240, 'VALIDATE TRANSACTION', (call) => {
  call.setSystem('OK', r.validateTransaction(call.host.records, process(call)) ? 1 : 0);
});
records.command(241, 'CANCEL TRANSACTION', (call) => {
  r.cancelTransaction(call.host.records, process(call));
});
records.command(1385, 'SUSPEND TRANSACTION', (call) => {
  r.suspendTransaction(call.host.records, process(call));
});
records.command(1386, 'RESUME TRANSACTION', (call) => {
  r.resumeTransaction(call.host.records, process(call));
});
records.reader(1387, 'Active transaction', (call) => r.activeTransaction(call.host.records, process(call)));
records.reader(397, 'In transaction', (call) => r.transactionLevel(call.host.records, process(call)) > 0);
records.reader(961, 'Transaction level', (call) => r.transactionLevel(call.host.records, process(call)));
