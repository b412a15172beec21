/** Arrays filled from records and written into them (facts: 4D pages `selection-to-array`, `array-to-selection`, `distinct-values`, `create-selection-from-array` …). */

import type { Argument, NativeResult } from '../machine/types.js';
import * as r from '../records/records.js';
import { equalValues } from '../values/compare.js';
import type { ArrayValue, Reference, Slot, Value } from '../values/value.js';
import { raise } from './errors.js';
import { fieldArgument, fieldOrNone, tableArgument, typeOfField } from './tables.js';
import { type Call, Theme } from './theme.js';
import { refuse, throughSaving, triggerAnswer } from './triggers.js';

export const selectionArrays = new Theme('Arrays from records');

const process = (call: Call) => call.process.number;

/** Fills an array; one that has another type than the values is made anew, except that numeric arrays take numbers and times. */
function fill(call: Call, index: number, type: ArrayValue['type'], values: readonly Value[]): void {
  const existing = call.arrayOrNone(index);
  const numeric = (name: string) => name === 'integer' || name === 'real' || name === 'time';
  const keep = existing && existing.dimensions === 1 && (existing.type === type || (numeric(existing.type) && numeric(type)));
  if (existing && !keep) call.machine.undefine(call.process, call.reference(index));
  const array = keep ? existing : call.array(index, type);
  const wanted = array.type;
  array.items = [array.items[0], ...values.map((value) => numberAs(wanted, value))];
  array.current = 0;
}

function numberAs(type: ArrayValue['type'], value: Value): Value {
  if (type === 'time') return typeof value === 'number' ? { t: 'time', seconds: value } : value;
  return typeof value === 'object' && value?.t === 'time' ? value.seconds : value;
}

interface Line {
  readonly source: Reference;
  readonly array: Argument;
}

/** Lines that wait for the last one, kept with the process. */
function waiting(call: Call): Line[] {
  const key = `lines of ${call.command}`;
  const kept = call.process.extra.get(key) as Line[] | undefined;
  if (kept) return kept;
  const made: Line[] = [];
  call.process.extra.set(key, made);
  return made;
}

selectionArrays.command(260, 'SELECTION TO ARRAY', (call) => {
  const goesOn = call.isOperator(call.count() - 1);
  const end = goesOn ? call.count() - 1 : call.count();
  const pending = waiting(call);
  const first = pending[0]?.source ?? (end > 0 ? sourceOf(call, 0) : undefined);
  if (!first) return;
  const table = tableOf(first);
  const { selection } = r.tableState(call.host.records, process(call), table);
  if (goesOn || pending.length > 0) {
    // What waits is only read when the last line comes; arrays are places, so their arguments can be kept.
    for (let i = 0; i + 1 < end; i += 2) pending.push({ source: sourceOf(call, i), array: call.args[i + 1] });
    if (goesOn) return;
    call.process.extra.delete(`lines of ${call.command}`);
    for (const line of pending) {
      const array = line.array;
      if (typeof array !== 'object' || array === null || !('ref' in array)) continue;
      const { type, values } = column(call, table, line.source, selection);
      const made = call.machine.arrayAt(call.process, array, type);
      if (made) made.items = [made.items[0], ...values.map((value) => numberAs(made.type, value))];
    }
  } else {
    for (let i = 0; i + 1 < end; i += 2) {
      const { type, values } = column(call, table, sourceOf(call, i), selection);
      fill(call, i + 1, type, values);
    }
  }
  const { current } = r.tableState(call.host.records, process(call), table);
  if (current && current.record !== r.NEW_RECORD) r.unloadRecord(call.host.records, process(call), table);
});

selectionArrays.command(368, 'SELECTION RANGE TO ARRAY', (call) => {
  const [start, end] = [call.integer(0), call.integer(1)];
  if (call.count() < 4) return;
  const table = tableOf(sourceOf(call, 2));
  const { selection } = r.tableState(call.host.records, process(call), table);
  const part = selection.slice(Math.max(0, start - 1), end === -1 ? undefined : Math.max(0, end));
  for (let i = 2; i + 1 < call.count(); i += 2) {
    const { type, values } = column(call, table, sourceOf(call, i), part);
    fill(call, i + 1, type, values);
  }
  r.unloadRecord(call.host.records, process(call), table);
});

/** A field, or a table that stands for its record numbers. */
function sourceOf(call: Call, index: number): Reference {
  const field = fieldOrNone(call, index);
  if (field) return field;
  return { ref: 'table', table: tableArgument(call, index) };
}

const tableOf = (source: Reference): number => (source.ref === 'field' || source.ref === 'table' ? source.table : 0);

function column(call: Call, table: number, source: Reference, selection: readonly number[]): { type: ArrayValue['type']; values: Value[] } {
  if (source.ref !== 'field') return { type: 'integer', values: [...selection] };
  const all = call.host.records;
  const read = r.fieldReader(all, process(call), table, source.table, source.field);
  const definition = r.fieldByNumber(all, source.table, source.field);
  const values = selection.map((record) => read(record) ?? (definition ? r.defaultFieldValue(definition) : undefined));
  return { type: typeOfField(all, source), values };
}

selectionArrays.command(261, 'ARRAY TO SELECTION', (call) => {
  const goesOn = call.isOperator(call.count() - 1);
  const end = goesOn ? call.count() - 1 : call.count();
  const pending = waiting(call);
  for (let i = 0; i + 1 < end; i += 2) pending.push({ source: fieldArgument(call, i + 1), array: call.args[i] });
  if (goesOn || pending.length === 0) return undefined;
  call.process.extra.delete(`lines of ${call.command}`);
  const columns = pending.map(({ source, array }) => {
    const found = typeof array === 'object' && array !== null && 'ref' in array ? call.machine.arrayAt(call.process, array) : undefined;
    return { source, items: found?.items ?? [] };
  });
  const size = columns[0].items.length - 1;
  if (columns.some(({ items }) => items.length - 1 !== size)) {
    return raise(74, { en: '{0}: the arrays do not have the same size.', es: '{0}: los arrays no tienen el mismo tamaño.' }, call.command);
  }
  const table = tableOf(pending[0].source);
  const { selection, readOnly } = r.tableState(call.host.records, process(call), table);
  r.setReadOnly(call.host.records, process(call), table, false);
  return fillNext(call, { table, columns, size, readOnly, selection, at: 1, made: [], locked: [] });
});

/** Records that get the elements of arrays, one after the other. */
interface Filling {
  readonly table: number;
  readonly columns: readonly { readonly source: Reference; readonly items: readonly Slot[] }[];
  readonly size: number;
  readonly readOnly: boolean;
  readonly selection: readonly number[];
  /** Element, from 1. */
  readonly at: number;
  readonly made: readonly number[];
  readonly locked: readonly number[];
}

/** Writes record after record; one with a trigger goes on behind it. */
function fillNext(call: Call, filling: Filling): NativeResult {
  const { table, columns, size, readOnly, selection } = filling;
  const all = call.host.records;
  const made = [...filling.made];
  const locked = [...filling.locked];
  for (let i = filling.at; i <= size; i++) {
    const record = selection[i - 1];
    if (record === undefined) r.createRecord(all, process(call), table);
    else r.gotoRecord(all, process(call), table, record);
    if (record !== undefined && r.isLocked(all, process(call), table)) {
      locked.push(record);
      continue;
    }
    for (const { source, items } of columns) {
      if (source.ref === 'field') r.writeField(all, process(call), table, source.field, items[i] as Value);
    }
    const state = { ...filling, at: i, made, locked } satisfies Filling;
    const trigger = throughSaving(call, table, { then: 'ARRAY TO SELECTION', state, failed: 'ARRAY TO SELECTION failed' });
    if (trigger !== undefined) return trigger;
    filled(call, table, record === undefined, made);
  }
  r.setLockedSet(all, process(call), table, new Set(locked));
  r.dropCurrent(all, process(call), table);
  r.setReadOnly(all, process(call), table, readOnly);
  r.setSelection(all, process(call), table, [...selection, ...made]);
  return undefined;
}

function filled(call: Call, table: number, isNew: boolean, made: number[]): void {
  r.saveRecord(call.host.records, process(call), table);
  if (isNew) made.push(r.recordNumber(call.host.records, process(call), table));
}

selectionArrays.continuation('ARRAY TO SELECTION', (call, kept, result) => {
  const state = kept as Filling;
  const made = [...state.made];
  const code = triggerAnswer(call, result);
  if (code !== 0) return refused(call, state, code);
  filled(call, state.table, state.selection[state.at - 1] === undefined, made);
  return fillNext(call, { ...state, at: state.at + 1, made });
});
selectionArrays.continuation('ARRAY TO SELECTION failed', (call, kept, code) =>
  refused(call, kept as Filling, triggerAnswer(call, code) || -1),
);

function refused(call: Call, { table, readOnly }: Filling, code: number): never {
  r.setReadOnly(call.host.records, process(call), table, readOnly);
  return refuse(call, code);
}

selectionArrays.command(339, 'DISTINCT VALUES', (call) => {
  const reference = fieldArgument(call, 0);
  const all = call.host.records;
  const { selection } = r.tableState(all, process(call), reference.table);
  const values = column(call, reference.table, reference, selection).values.sort(r.sortOrder);
  const distinct: Value[] = [];
  const counts: number[] = [];
  for (const value of values) {
    if (distinct.length > 0 && equalValues(distinct[distinct.length - 1], value)) counts[counts.length - 1]++;
    else {
      distinct.push(value);
      counts.push(1);
    }
  }
  fill(call, 1, typeOfField(all, reference), distinct);
  if (call.has(2)) fill(call, 2, 'integer', counts);
});

selectionArrays.command(647, 'LONGINT ARRAY FROM SELECTION', (call) => {
  const all = call.host.records;
  const table = tableArgument(call);
  const named = call.has(2) ? r.namedSelection(all, process(call), call.text(2)) : undefined;
  fill(call, 1, 'integer', named?.records ?? r.tableState(all, process(call), table).selection);
});

/** Record numbers that an array of numbers or Booleans (by position) names; unknown ones are left out. */
function recordsOf(call: Call, table: number, index: number): number[] {
  const array = call.array(index);
  const numbers =
    array.type === 'boolean'
      ? array.items.flatMap((item, i) => (item === true ? [i] : []))
      : array.items.slice(1).filter((item): item is number => typeof item === 'number');
  return numbers.filter((record) => r.visibleRow(call.host.records, process(call), table, record));
}

selectionArrays.command(640, 'CREATE SELECTION FROM ARRAY', (call) => {
  const all = call.host.records;
  const table = tableArgument(call);
  const found = recordsOf(call, table, 1);
  if (call.has(2) && call.text(2) !== '') r.setNamedSelection(all, process(call), call.text(2), table, found);
  else r.setSelection(all, process(call), table, found);
});

selectionArrays.command(641, 'CREATE SET FROM ARRAY', (call) => {
  const table = tableArgument(call);
  r.putSet(call.host.records, process(call), call.has(2) ? call.text(2) : 'userset', table, recordsOf(call, table, 1));
});

selectionArrays.command(646, 'BOOLEAN ARRAY FROM SET', (call) => {
  const set = r.recordSet(call.host.records, process(call), call.has(1) ? call.text(1) : 'userset');
  const last = set ? Math.max(-1, ...r.visibleRecords(call.host.records, process(call), set.table)) : -1;
  const array = call.array(0, 'boolean');
  array.items = Array.from({ length: Math.max(1, last + 1) }, (_, record) => set?.records.has(record) ?? false);
});
