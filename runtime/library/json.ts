/** Theme JSON (facts: 4D theme page `JSON`). */
import type { NativeResult } from '../machine/types.js';
import * as r from '../records/records.js';
import { JsonError, parseJson, stringify } from '../values/json.js';
import type { PointerValue, Slot, Value } from '../values/value.js';
import { raise } from './errors.js';
import { forcedTo, intoArray } from './objects.js';
import { fieldOrNone, tableArgument } from './tables.js';
import { type Call, Theme } from './theme.js';
import { throughSaving, triggerEnded } from './triggers.js';

export const json = new Theme('JSON');

const readPointer =
  (call: Call) =>
  (pointer: PointerValue): Slot =>
    pointer.target ? (call.machine.arrayAt(call.process, pointer.target) ?? call.machine.read(call.process, pointer.target)) : null;

/** The JSON text of a value; raises a 4D error for circles and endless depth. */
export function jsonText(call: Call, value: Slot, pretty = false): string {
  try {
    return stringify(value, { pretty, read: readPointer(call) });
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return raise(
      -20010,
      { en: '{0}: the object contains itself, or is too deep.', es: '{0}: el objeto se contiene a sí mismo, o es demasiado profundo.' },
      call.command,
    );
  }
}

/** The value of a JSON text; raises a 4D error that tells line and column. */
export function jsonValue(call: Call, source: string): Value {
  try {
    return parseJson(source);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const before = source.slice(0, error.offset).split(/\r\n|\r|\n/);
    return raise(
      -20011,
      {
        en: '{0}: this is no JSON text; something is wrong at line {1}, column {2}, near «{3}».',
        es: '{0}: el texto no es JSON; hay un error en la línea {1}, columna {2}, cerca de «{3}».',
      },
      call.command,
      before.length,
      before[before.length - 1].length + 1,
      source.slice(error.offset, error.offset + 20),
    );
  }
}

json.reader(1217, 'JSON Stringify', (call) => jsonText(call, call.arrayOrNone(0) ?? call.value(0), call.isOperator(1)));
json.reader(1228, 'JSON Stringify array', (call) => {
  const array = call.arrayOrNone(0);
  return jsonText(call, array ?? { t: 'collection', items: [call.value(0)] }, call.isOperator(1));
});
json.reader(1218, 'JSON Parse', (call) => {
  const value = jsonValue(call, call.text(0));
  return call.has(1) && !call.isOperator(1) ? forcedTo(call, value, call.integer(1)) : value;
});
json.command(1219, 'JSON PARSE ARRAY', (call) => {
  const value = jsonValue(call, call.text(0));
  intoArray(call, 1, typeof value === 'object' && value?.t === 'collection' ? value.items : [value]);
});

json.command(1234, 'Selection to JSON', (call) => {
  const all = call.host.records;
  const table = tableArgument(call);
  const { selection } = r.tableState(all, call.process.number, table);
  const columns: { name: string; read: (record: number) => Value }[] = [];
  const column = (name: string, place: { table: number; field: number }) =>
    columns.push({ name, read: r.fieldReader(all, call.process.number, table, place.table, place.field) });
  const template = call.has(1) ? call.value(1) : undefined;
  if (typeof template === 'object' && template?.t === 'object') {
    for (const [name, value] of template.properties) {
      const target = typeof value === 'object' && value?.t === 'pointer' ? value.target : undefined;
      if (target?.ref === 'field') column(name, target);
    }
  } else if (call.count() > 1) {
    for (let i = 1; i < call.count(); i++) {
      const place = fieldOrNone(call, i);
      const field = place && r.fieldByNumber(all, place.table, place.field);
      if (place && field) column(field.name, place);
    }
  } else {
    for (const field of r.tableByNumber(all, table)?.fields ?? []) {
      if (field.type !== 'blob' && field.type !== 'picture') column(field.name, { table, field: field.number });
    }
  }
  const items: Value[] = selection.map((record) => ({
    t: 'object',
    properties: new Map(columns.map(({ name, read }) => [name, read(record) ?? null])),
  }));
  return jsonText(call, { t: 'collection', items });
});

json.command(1235, 'JSON TO SELECTION', (call) => {
  const all = call.host.records;
  const table = tableArgument(call);
  const definition = r.tableByNumber(all, table);
  const value = jsonValue(call, call.text(1));
  const rows = typeof value === 'object' && value?.t === 'collection' ? value.items : [value];
  const { selection } = r.tableState(all, call.process.number, table);
  return definition && importNext(call, { table, rows, selection, at: 0, made: [] });
});

/** Records that get the properties of objects, one after the other. */
interface Import {
  readonly table: number;
  readonly rows: readonly Value[];
  readonly selection: readonly number[];
  readonly at: number;
  readonly made: readonly number[];
}

/** Writes record after record; one with a trigger goes on behind it. */
function importNext(call: Call, { table, rows, selection, ...rest }: Import): NativeResult {
  const all = call.host.records;
  const definition = r.tableByNumber(all, table);
  const made = [...rest.made];
  for (let i = rest.at; i < rows.length; i++) {
    const row = rows[i];
    if (typeof row !== 'object' || row?.t !== 'object' || !definition) continue;
    if (selection[i] === undefined) r.createRecord(all, call.process.number, table);
    else r.gotoRecord(all, call.process.number, table, selection[i]);
    for (const [name, item] of row.properties) {
      const field = r.fieldByName(definition, name);
      if (!field) continue;
      const fitting = r.convertToField(field, item) ?? { value: forcedTo(call, item, fieldTypeNumber(r.fieldType(field))) };
      r.writeField(all, call.process.number, table, field.number, fitting.value);
    }
    const state = { table, rows, selection, at: i, made } satisfies Import;
    const trigger = throughSaving(call, table, { then: 'JSON TO SELECTION', state });
    if (trigger !== undefined) return trigger;
    imported(call, table, made);
  }
  r.setSelection(all, call.process.number, table, made);
  return undefined;
}

function imported(call: Call, table: number, made: number[]): void {
  r.saveRecord(call.host.records, call.process.number, table);
  made.push(r.recordNumber(call.host.records, call.process.number, table));
}

json.continuation('JSON TO SELECTION', (call, kept, result) => {
  const state = kept as Import;
  const made = [...state.made];
  triggerEnded(call, result);
  imported(call, state.table, made);
  return importNext(call, { ...state, at: state.at + 1, made });
});

function fieldTypeNumber(type: string): number {
  return { text: 2, integer: 9, real: 1, boolean: 6, date: 4, time: 11, object: 38 }[type] ?? 255;
}
