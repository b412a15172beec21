/** Current selections, named selections and sets (facts: 4D theme pages Selection, Named Selections, Sets). */
import { fold } from '#syntaxes/text/fold.js';
import type { Value } from '../values/value.js';
import { dropCurrent, loadAtPosition, removeRow } from './current.js';
import { lock, lockHolder } from './locks.js';
import { processRecords, storedTable, tableState, visibleRecords, visibleRow } from './state.js';
import { type NamedSelection, NEW_RECORD, type RecordSet, type Records } from './types.js';

/** Makes these records the current selection; the first one becomes the current record and is loaded unless `load` is false. */
export function setSelection(records: Records, process: number, table: number, selection: readonly number[], load = true): void {
  const state = tableState(records, process, table);
  dropCurrent(records, process, table);
  state.selection = selection;
  state.position = selection.length > 0 ? 0 : -1;
  if (load) loadAtPosition(records, process, table);
  else addressOnly(records, process, table);
}

/** The record at the position becomes current without being loaded. */
function addressOnly(records: Records, process: number, table: number): void {
  const state = tableState(records, process, table);
  const record = state.selection[state.position];
  state.current = record === undefined ? undefined : { record, values: [], old: [], loaded: false, writable: false };
}

export function allRecords(records: Records, process: number, table: number): void {
  setSelection(records, process, table, visibleRecords(records, process, table));
}

export function recordsInSelection(records: Records, process: number, table: number): number {
  return tableState(records, process, table).selection.length;
}

export function recordsInTable(records: Records, process: number, table: number): number {
  return visibleRecords(records, process, table).length;
}

/** `Selected record number`: position from 1, or 0 when there is none. */
export function selectedRecordNumber(records: Records, process: number, table: number): number {
  const { selection, position, current } = tableState(records, process, table);
  return current && selection[position] === current.record ? position + 1 : 0;
}

/** `End selection`: true also for an empty selection. */
export function endSelection(records: Records, process: number, table: number): boolean {
  const { selection, position } = tableState(records, process, table);
  return selection.length === 0 || position >= selection.length;
}

/** `Before selection`: true also for an empty selection. */
export function beforeSelection(records: Records, process: number, table: number): boolean {
  const { selection, position } = tableState(records, process, table);
  return selection.length === 0 || position <= -1;
}

export type Step = 'first' | 'last' | 'next' | 'previous';

/** `FIRST RECORD`, `LAST RECORD`, `NEXT RECORD`, `PREVIOUS RECORD`. */
export function step(records: Records, process: number, table: number, way: Step): void {
  const state = tableState(records, process, table);
  const { length } = state.selection;
  if (length === 0) return;
  if (way === 'first') state.position = 0;
  else if (way === 'last') state.position = length - 1;
  else if (way === 'next') {
    if (state.position <= -1 || state.position >= length) return;
    state.position = Math.floor(state.position) + 1;
  } else {
    if (state.position <= -1 || state.position >= length) return;
    state.position = Math.ceil(state.position) - 1;
  }
  loadAtPosition(records, process, table);
}

/** `GOTO SELECTED RECORD`: nothing happens outside the selection; 0 leaves no current record. */
export function gotoSelected(records: Records, process: number, table: number, number: number): void {
  const state = tableState(records, process, table);
  if (number === 0) {
    dropCurrent(records, process, table);
    state.position = -1;
  } else if (number >= 1 && number <= state.selection.length) {
    state.position = number - 1;
    loadAtPosition(records, process, table);
  }
}

/** `GOTO RECORD`: the record becomes the whole selection. False when there is none (the selection is then empty). */
export function gotoRecord(records: Records, process: number, table: number, record: number): boolean {
  const exists = visibleRow(records, process, table, record) !== undefined;
  setSelection(records, process, table, exists ? [record] : []);
  return exists;
}

export function oneRecordSelect(records: Records, process: number, table: number): void {
  const state = tableState(records, process, table);
  if (!state.current?.loaded || state.current.record === NEW_RECORD) return;
  state.selection = [state.current.record];
  state.position = 0;
}

export function reduceSelection(records: Records, process: number, table: number, count: number): void {
  const { selection } = tableState(records, process, table);
  if (count < selection.length) setSelection(records, process, table, selection.slice(0, Math.max(0, count)));
  else if (selection.length > 0) gotoSelected(records, process, table, 1);
}

/** `DELETE SELECTION`: records of other processes stay and go into the LockedSet; the selection is empty afterwards. Gives how many stayed. */
export function deleteSelection(records: Records, process: number, table: number): number {
  const { selection, readOnly } = tableState(records, process, table);
  if (readOnly) return 0;
  const locked = new Set<number>();
  dropCurrent(records, process, table);
  for (const record of selection) {
    if (visibleRow(records, process, table, record) && !removeRow(records, process, table, record)) locked.add(record);
  }
  setSelection(records, process, table, []);
  setLockedSet(records, process, table, locked);
  return locked.size;
}

/** `TRUNCATE TABLE`: false when a record is locked by another process; then nothing is deleted. */
export function truncateTable(records: Records, process: number, table: number): boolean {
  const numbers = visibleRecords(records, process, table);
  const foreign = (record: number) => {
    const holder = lockHolder(records, table, record);
    return holder !== undefined && holder !== process;
  };
  if (numbers.some(foreign)) return false;
  dropCurrent(records, process, table);
  for (const record of numbers) removeRow(records, process, table, record);
  setSelection(records, process, table, []);
  storedTable(records, table).nextSequence = 1;
  return true;
}

/** 4D's system set of records that a command could not write. */
export function setLockedSet(records: Records, process: number, table: number, locked: ReadonlySet<number>): void {
  processRecords(records, process).sets.set('lockedset', { table, records: locked });
}

// ---- named selections

const interprocess = (name: string) => name.startsWith('<>') || name.startsWith('◊');

function namedIn(records: Records, process: number, name: string): Map<string, NamedSelection> {
  return interprocess(name) ? records.state.namedSelections : processRecords(records, process).namedSelections;
}

/** `COPY NAMED SELECTION`, and with `cut` `CUT NAMED SELECTION`: the current selection is then empty. */
export function copyNamedSelection(records: Records, process: number, table: number, name: string, cut = false): void {
  const { selection, position } = tableState(records, process, table);
  namedIn(records, process, name).set(fold(name), { table, records: selection, position });
  if (cut) setSelection(records, process, table, []);
}

/** `USE NAMED SELECTION`: false when there is none of that name. */
export function useNamedSelection(records: Records, process: number, name: string): boolean {
  const named = namedIn(records, process, name).get(fold(name));
  if (!named) return false;
  setSelection(records, process, named.table, named.records, false);
  if (named.position >= 0 && named.position < named.records.length) {
    tableState(records, process, named.table).position = named.position;
    loadAtPosition(records, process, named.table);
  }
  return true;
}

export function clearNamedSelection(records: Records, process: number, name: string): void {
  namedIn(records, process, name).delete(fold(name));
}

export function setNamedSelection(records: Records, process: number, name: string, table: number, selection: readonly number[]): void {
  namedIn(records, process, name).set(fold(name), { table, records: selection, position: 0 });
}

// ---- sets

function setsIn(records: Records, process: number, name: string): Map<string, RecordSet> {
  return interprocess(name) ? records.state.sets : processRecords(records, process).sets;
}

export function recordSet(records: Records, process: number, name: string): RecordSet | undefined {
  return setsIn(records, process, name).get(fold(name));
}

export function putSet(records: Records, process: number, name: string, table: number, members: Iterable<number>): void {
  setsIn(records, process, name).set(fold(name), { table, records: new Set(members) });
}

export function clearSet(records: Records, process: number, name: string): void {
  setsIn(records, process, name).delete(fold(name));
}

/** `CREATE SET`: the current selection as a set. */
export function createSet(records: Records, process: number, table: number, name: string): void {
  putSet(records, process, name, table, tableState(records, process, table).selection);
}

/** `USE SET`: the set's records become the selection, in the order of the table. False when there is no such set. */
export function useSet(records: Records, process: number, name: string): boolean {
  const set = recordSet(records, process, name);
  if (!set) return false;
  const selection = [...set.records].filter((record) => visibleRow(records, process, set.table, record)).sort((a, b) => a - b);
  setSelection(records, process, set.table, selection);
  return true;
}

/** `ADD TO SET` and `REMOVE FROM SET` for the current record of the table. */
export function changeSet(records: Records, process: number, table: number, name: string, add: boolean): void {
  const record = tableState(records, process, table).current?.record;
  if (record === undefined || record < 0) return;
  const members = new Set(recordSet(records, process, name)?.records ?? []);
  if (add) members.add(record);
  else members.delete(record);
  putSet(records, process, name, table, members);
}

/** `Is in set`: the current record of the set's table is in it. */
export function isInSet(records: Records, process: number, name: string): boolean {
  const set = recordSet(records, process, name);
  const record = set && tableState(records, process, set.table).current?.record;
  return record !== undefined && (set?.records.has(record) ?? false);
}

/** `UNION`, `INTERSECTION`, `DIFFERENCE` of two sets of one table into a third. False when one is missing or the tables differ. */
export function combineSets(
  records: Records,
  process: number,
  how: 'union' | 'intersection' | 'difference',
  first: string,
  second: string,
  result: string,
): boolean {
  const a = recordSet(records, process, first);
  const b = recordSet(records, process, second);
  if (!a || !b || a.table !== b.table) return false;
  const members = new Set<number>();
  for (const record of a.records) if (how === 'union' || b.records.has(record) === (how === 'intersection')) members.add(record);
  if (how === 'union') for (const record of b.records) members.add(record);
  putSet(records, process, result, a.table, members);
  return true;
}

/** Values of a field over the current selection, in its order, without loading records. */
export function fieldValues(records: Records, process: number, table: number, field: number): Value[] {
  return tableState(records, process, table).selection.map((record) => visibleRow(records, process, table, record)?.[field]);
}

/** Locks all records of a selection for the process (`SET QUERY AND LOCK`); gives those it could not have. */
export function lockSelection(records: Records, process: number, table: number, selection: readonly number[]): Set<number> {
  const locked = new Set<number>();
  for (const record of selection) if (!lock(records, process, table, record, 'transaction')) locked.add(record);
  return locked;
}

export function namedSelection(records: Records, process: number, name: string): NamedSelection | undefined {
  return namedIn(records, process, name).get(fold(name));
}
