/** The relation commands (facts: 4D pages `relate-one`, `relate-many`, `relate-one-selection`, `relate-many-selection`, `create-related-one`). */

import type { Value } from '../values/value.js';
import { createRecord, oldField, readField } from './current.js';
import { recordsWith, relatedRecords } from './relations.js';
import { setSelection } from './selections.js';
import { processRecords, tableState, visibleRecords, visibleRow } from './state.js';
import { relationFrom, relationsTo } from './structure.js';
import type { Records } from './types.js';

/** `RELATE ONE([Many]Field)`: the related record becomes selection and current record of its table. False when the field starts no relation. */
export function relateOneField(records: Records, process: number, table: number, field: number, old = false): boolean {
  const relation = relationFrom(records, table, field);
  if (!relation) return false;
  const value = old ? oldField(records, process, table, field) : readField(records, process, table, field);
  setSelection(records, process, relation.one.table, matching(records, process, relation.one, value));
  return true;
}

function matching(records: Records, process: number, end: { table: number; field: number }, value: Value): number[] {
  return value === '' || value === null || value === undefined ? [] : recordsWith(records, process, end.table, end.field, value);
}

/** `RELATE ONE([Many])`: along every relation that starts in the table. */
export function relateOneTable(records: Records, process: number, table: number): void {
  for (const relation of records.structure.relations) {
    if (relation.many.table === table) relateOneField(records, process, table, relation.many.field);
  }
}

/** `RELATE MANY`: for one field of the one table, or all relations that arrive at it. Nothing happens when its selection is empty. */
export function relateMany(records: Records, process: number, table: number, field?: number, old = false): void {
  const { current, selection } = tableState(records, process, table);
  if (!current && selection.length === 0) return;
  for (const relation of relationsTo(records, table, field)) {
    const value = old ? oldField(records, process, table, relation.one.field) : readField(records, process, table, relation.one.field);
    setSelection(records, process, relation.many.table, matching(records, process, relation.many, value));
  }
}

/** `RELATE ONE SELECTION`: the records of the one table that the selection of the many table relates to. */
export function relateOneSelection(records: Records, process: number, many: number, one: number): void {
  const found = relatedRecords(records, process, many, one, tableState(records, process, many).selection);
  const inOrder = visibleRecords(records, process, one).filter((record) => found.has(record));
  setSelection(records, process, one, inOrder);
}

/** `RELATE MANY SELECTION`: the records of the many table whose field relates to the selection of the one table. False when the field starts no relation. */
export function relateManySelection(records: Records, process: number, table: number, field: number): boolean {
  const relation = relationFrom(records, table, field);
  if (!relation) return false;
  const { one } = relation;
  const ones = tableState(records, process, one.table).selection.map(
    (record) => visibleRow(records, process, one.table, record)?.[one.field],
  );
  const found = new Set(ones.flatMap((value) => matching(records, process, relation.many, value)));
  const inOrder = visibleRecords(records, process, table).filter((record) => found.has(record));
  setSelection(records, process, table, inOrder);
  return true;
}

/** `CREATE RELATED ONE`: loads the related record, or makes a new one when there is none. */
export function createRelatedOne(records: Records, process: number, table: number, field: number): boolean {
  if (!relateOneField(records, process, table, field)) return false;
  const one = relationFrom(records, table, field)?.one.table;
  if (one !== undefined && !tableState(records, process, one).current) createRecord(records, process, one);
  return true;
}

/** Number of the table that a relation from a field leads to; undefined when none does. */
export function relatedOneTable(records: Records, table: number, field: number): number | undefined {
  return relationFrom(records, table, field)?.one.table;
}

/** Follows the manual relations that `SET AUTOMATIC RELATIONS` made automatic, when a record was loaded. */
export function followAutomatic(records: Records, process: number, table: number): void {
  const own = processRecords(records, process);
  if (own.automaticOne) relateOneTable(records, process, table);
}
