/** The current record of a table in a process: loading, reading, changing, saving, deleting (facts: 4D theme pages Records, Record Locking). */

import { copyValue, sameData } from '../values/copy.js';
import type { Value } from '../values/value.js';
import { failWith } from './errors.js';
import { lock, lockHolder, unlock } from './locks.js';
import { recordsWithValue } from './lookup.js';
import { copyRow, emptyRow, inActiveTransaction, processRecords, storedTable, storeRow, tableState, visibleRow } from './state.js';
import { convertToField, defaultFieldValue, fieldByNumber, fieldType, tableByNumber } from './structure.js';
import { type CurrentRecord, NEW_RECORD, NO_CURRENT_RECORD, type Records } from './types.js';

/** Forgets the current record and frees its lock. */
export function dropCurrent(records: Records, process: number, table: number): void {
  const state = tableState(records, process, table);
  const { current } = state;
  state.current = undefined;
  if (current?.loaded) unlock(records, process, table, current.record, 'loaded');
}

/** Makes the record at the selection's position the current record and loads it; none when the position is outside. */
export function loadAtPosition(records: Records, process: number, table: number): void {
  const state = tableState(records, process, table);
  const record = state.selection[state.position];
  if (state.current?.loaded && state.current.record === record) return;
  dropCurrent(records, process, table);
  if (record !== undefined) state.current = fetchRecord(records, process, table, record);
}

/** Loads a record as the table's mode has it: read/write takes the lock if nobody else holds it. */
function fetchRecord(records: Records, process: number, table: number, record: number): CurrentRecord {
  const row = visibleRow(records, process, table, record);
  if (!row)
    return { record, values: emptyRow(records, table), old: emptyRow(records, table), loaded: true, writable: false, missing: true };
  const { readOnly } = tableState(records, process, table);
  // `PUSH RECORD` keeps a record locked, for the process that pushed it too.
  const pushed = (storedTable(records, table).locks.get(record)?.pushed ?? 0) > 0;
  const writable = !readOnly && !pushed && lock(records, process, table, record, 'loaded');
  return { record, values: copyRow(row), old: row, loaded: true, writable };
}

/** Shows a record as the current one without a lock, while a formula runs over many records. */
export function showRecord(records: Records, process: number, table: number, record: number): void {
  dropCurrent(records, process, table);
  const row = visibleRow(records, process, table, record);
  if (row) tableState(records, process, table).current = { record, values: copyRow(row), old: row, loaded: true, writable: false };
}

/** `LOAD RECORD`: loads the current record again; what was changed in memory is lost. */
export function loadRecord(records: Records, process: number, table: number): void {
  const state = tableState(records, process, table);
  const { current } = state;
  if (!current || current.record === NEW_RECORD) return;
  if (current.loaded) unlock(records, process, table, current.record, 'loaded');
  state.current = fetchRecord(records, process, table, current.record);
}

/** `UNLOAD RECORD`: values and lock go, the record stays the current one. */
export function unloadRecord(records: Records, process: number, table: number): void {
  const { current } = tableState(records, process, table);
  if (!current?.loaded) return;
  if (current.record === NEW_RECORD) {
    dropCurrent(records, process, table);
    return;
  }
  unlock(records, process, table, current.record, 'loaded');
  Object.assign(current, { loaded: false, writable: false, values: emptyRow(records, table) });
}

/** `READ ONLY` / `READ WRITE`, for one table or all. The loaded record keeps its state until it is loaded again. */
export function setReadOnly(records: Records, process: number, table: number | undefined, readOnly: boolean): void {
  if (table !== undefined) {
    tableState(records, process, table).readOnly = readOnly;
    return;
  }
  for (const definition of records.structure.tables) tableState(records, process, definition.number).readOnly = readOnly;
}

/** `CREATE RECORD`: an empty current record; auto-incremented and auto-generated fields are filled. */
export function createRecord(records: Records, process: number, table: number): void {
  dropCurrent(records, process, table);
  const values = emptyRow(records, table);
  fillAutomatic(records, table, values);
  tableState(records, process, table).current = { record: NEW_RECORD, values, old: emptyRow(records, table), loaded: true, writable: true };
}

/** `DUPLICATE RECORD`: a new record with the values of the current one. */
export function duplicateRecord(records: Records, process: number, table: number): void {
  const { current } = tableState(records, process, table);
  if (!current?.loaded) return;
  const values = copyRow(current.values);
  dropCurrent(records, process, table);
  fillAutomatic(records, table, values);
  tableState(records, process, table).current = { record: NEW_RECORD, values, old: emptyRow(records, table), loaded: true, writable: true };
}

/** Gives auto-incremented fields the next number and auto-generated UUID fields a new one. */
export function fillAutomatic(records: Records, table: number, values: Value[]): void {
  const stored = storedTable(records, table);
  for (const field of tableByNumber(records, table)?.fields ?? []) {
    if (field.autoSequence) values[field.number] = stored.nextSequence++;
    else if (field.autoGenerate && fieldType(field) === 'text') values[field.number] = records.uuid();
  }
}

export type SaveResult = 'saved' | 'no-record' | 'unchanged' | 'locked';

/** What saving the current record of a table would do: make a `new` one, change an `existing` one, or nothing (undefined). */
export function willSave(records: Records, process: number, table: number): 'new' | 'existing' | undefined {
  const { current } = tableState(records, process, table);
  if (!current?.loaded || current.missing) return undefined;
  if (current.record === NEW_RECORD) return 'new';
  return current.writable && !sameRow(current.values, current.old) ? 'existing' : undefined;
}

/** `SAVE RECORD`. A duplicate in a unique field raises error -9998; a record that the process may not write is left alone (`locked`). */
export function saveRecord(records: Records, process: number, table: number): SaveResult {
  const state = tableState(records, process, table);
  const { current } = state;
  if (!current?.loaded || current.missing) return 'no-record';
  const isNew = current.record === NEW_RECORD;
  if (!isNew && sameRow(current.values, current.old)) return 'unchanged';
  if (!isNew && !current.writable) return 'locked';
  checkUnique(records, process, table, current.record, current.values);
  const record = isNew ? storedTable(records, table).nextRecord++ : current.record;
  const row = copyRow(current.values);
  if (!state.readOnly || !isNew) lock(records, process, table, record, 'loaded');
  if (inActiveTransaction(records, process)) lock(records, process, table, record, 'transaction');
  storeRow(records, process, table, record, row);
  if (isNew && state.readOnly) current.writable = false;
  current.record = record;
  current.old = row;
  return 'saved';
}

function sameRow(values: readonly Value[], old: readonly Value[]): boolean {
  return values.every((value, i) => sameData(value, old[i]));
}

/** Raises error -9998 when another record has the value of a unique field. */
export function checkUnique(records: Records, process: number, table: number, record: number, values: readonly Value[]): void {
  const definition = tableByNumber(records, table);
  for (const field of definition?.fields ?? []) {
    if (!field.unique && !field.primaryKey) continue;
    const value = values[field.number];
    if (value === '' || value === null || value === undefined) continue;
    for (const other of recordsWithValue(records, process, table, field.number, value)) {
      if (other === record || !sameData(visibleRow(records, process, table, other)?.[field.number], value)) continue;
      failWith('duplicate', definition?.name ?? '', field.name, typeof value === 'object' ? '' : String(value));
    }
  }
}

/** `DELETE RECORD`: false when nothing was deleted (none loaded, read only, or another process holds it). */
export function deleteRecord(records: Records, process: number, table: number): boolean {
  const state = tableState(records, process, table);
  const { current } = state;
  if (!current || current.missing || state.readOnly) return false;
  if (current.record === NEW_RECORD) {
    dropCurrent(records, process, table);
    return false;
  }
  const wasLoaded = current.loaded;
  if (!removeRow(records, process, table, current.record)) return false;
  const at = state.selection.indexOf(current.record);
  state.current = undefined;
  unlock(records, process, table, current.record, 'loaded');
  if (!wasLoaded) state.selection = [];
  else if (at >= 0) {
    // No other record becomes current by itself; the next `NEXT RECORD` gives the one that followed.
    state.selection = state.selection.filter((other) => other !== current.record);
    state.position = at - 0.5;
  }
  return true;
}

/** Deletes one record of the datafile for a process; false when another process holds it. */
export function removeRow(records: Records, process: number, table: number, record: number): boolean {
  const holder = lockHolder(records, table, record);
  if ((holder !== undefined && holder !== process) || !visibleRow(records, process, table, record)) return false;
  if (inActiveTransaction(records, process)) lock(records, process, table, record, 'transaction');
  storeRow(records, process, table, record, undefined);
  return true;
}

/** Value of a field in the current record; the field's default when there is none. An object is the record's own, not a copy. */
export function readField(records: Records, process: number, table: number, field: number): Value {
  const definition = fieldByNumber(records, table, field);
  if (!definition) failWith('field', String(table), String(field));
  const current = records.state.processes.get(process)?.tables.get(table)?.current;
  return current?.loaded ? current.values[field] : defaultFieldValue(definition);
}

/** Puts a value into a field of the current record; without one the value is lost, as in 4D. Raises error 54 when the types differ. Gives whether it was kept. */
export function writeField(records: Records, process: number, table: number, field: number, value: Value): boolean {
  const definition = fieldByNumber(records, table, field);
  if (!definition) failWith('field', String(table), String(field));
  const converted = convertToField(definition, value);
  if (!converted) failWith('type', definition.name, definition.type);
  const current = records.state.processes.get(process)?.tables.get(table)?.current;
  if (!current?.loaded) return false;
  current.values[field] = copyValue(converted.value);
  return true;
}

/** `Old`: the field as it was loaded. */
export function oldField(records: Records, process: number, table: number, field: number): Value {
  const definition = fieldByNumber(records, table, field);
  if (!definition) failWith('field', String(table), String(field));
  const current = records.state.processes.get(process)?.tables.get(table)?.current;
  return current?.loaded ? copyValue(current.old[field]) : defaultFieldValue(definition);
}

export function isModified(records: Records, process: number, table: number, field?: number): boolean {
  const current = records.state.processes.get(process)?.tables.get(table)?.current;
  if (!current?.loaded) return false;
  if (field !== undefined) return !sameData(current.values[field], current.old[field]);
  return current.record === NEW_RECORD || !sameRow(current.values, current.old);
}

/** `Record number`: -1 without a current record, -3 for a new one. */
export function recordNumber(records: Records, process: number, table: number): number {
  return tableState(records, process, table).current?.record ?? NO_CURRENT_RECORD;
}

/** `Locked`: the loaded record cannot be saved by this process. False without a current record. */
export function isLocked(records: Records, process: number, table: number): boolean {
  const { current } = tableState(records, process, table);
  if (!current) return false;
  if (current.loaded) return !current.writable;
  const holder = lockHolder(records, table, current.record);
  return holder !== undefined && holder !== process;
}

/** `LOCKED BY`: 0 when free for this process, -1 when the record was deleted, else the number of the process that holds it. */
export function lockedBy(records: Records, process: number, table: number): number {
  const { current } = tableState(records, process, table);
  if (!current || current.record === NEW_RECORD) return 0;
  if (current.missing || !visibleRow(records, process, table, current.record)) return -1;
  const holder = lockHolder(records, table, current.record);
  return holder === undefined || (holder === process && current.writable) ? 0 : holder;
}

/** `PUSH RECORD`: puts the current record and its lock away. */
export function pushRecord(records: Records, process: number, table: number): void {
  const state = tableState(records, process, table);
  const { current } = state;
  if (!current?.loaded) return;
  if (current.writable && current.record !== NEW_RECORD) {
    lock(records, process, table, current.record, 'pushed');
    unlock(records, process, table, current.record, 'loaded');
  }
  state.pushed.push(current);
  state.current = undefined;
}

/** `POP RECORD`: takes the record put away last back as the current one. */
export function popRecord(records: Records, process: number, table: number): void {
  const state = tableState(records, process, table);
  const popped = state.pushed.pop();
  if (!popped) return;
  dropCurrent(records, process, table);
  if (popped.writable && popped.record !== NEW_RECORD) {
    lock(records, process, table, popped.record, 'loaded');
    unlock(records, process, table, popped.record, 'pushed');
  }
  state.current = popped;
}

/** The table for commands called without one; raises error when `DEFAULT TABLE` was not called. */
export function defaultTable(records: Records, process: number): number {
  return processRecords(records, process).defaultTable ?? failWith('no-table');
}
