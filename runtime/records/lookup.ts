/** Finding records by the value of a field without reading all of them: for keys, relations, unique fields. */
import type { Value } from '../values/value.js';
import { relationKey } from './relationKey.js';
import type { Records, Row, StoredTable } from './types.js';

/** Records by key of a field's value. */
type Index = Map<string, Set<number>>;

/** Indexes by field, made when first asked for, and kept as rows change; they follow from the rows, so a state that is put back makes its own. */
const indexes = new WeakMap<StoredTable['rows'], Map<number, Index>>();

function indexOf(rows: StoredTable['rows'], field: number): Index {
  const fields = indexes.get(rows) ?? new Map<number, Index>();
  indexes.set(rows, fields);
  const known = fields.get(field);
  if (known) return known;
  const made: Index = new Map();
  for (const [record, row] of rows) enter(made, record, row[field]);
  fields.set(field, made);
  return made;
}

function enter(index: Index, record: number, value: Value): void {
  const key = relationKey(value);
  if (key === undefined) return;
  const records = index.get(key);
  if (records) records.add(record);
  else index.set(key, new Set([record]));
}

/** Puts a row into a stored table, or takes it out: the only way rows change. */
export function putRow({ rows }: StoredTable, record: number, row: Row | undefined): void {
  for (const [field, index] of indexes.get(rows) ?? []) {
    const key = relationKey(rows.get(record)?.[field]);
    if (key !== undefined) index.get(key)?.delete(record);
    if (row) enter(index, record, row[field]);
  }
  if (row) rows.set(record, row);
  else rows.delete(record);
}

/** The records that a process sees with a value in a field, texts without regard to case, in order; none for an empty value. */
export function recordsWithValue(records: Records, process: number, table: number, field: number, value: Value): number[] {
  const key = relationKey(value);
  const stored = records.state.tables.get(table);
  if (key === undefined || !stored) return [];
  const found = new Set(indexOf(stored.rows, field).get(key));
  for (const { changes } of records.state.processes.get(process)?.transactions ?? []) {
    for (const [record, row] of changes.get(table) ?? []) {
      if (row && relationKey(row[field]) === key) found.add(record);
      else found.delete(record);
    }
  }
  return [...found].sort((a, b) => a - b);
}
