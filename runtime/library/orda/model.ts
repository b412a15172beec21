/** Dataclasses and their attributes as the structure gives them, and reading along attribute paths (facts: 4D pages `ORDA/dsMapping`, `API/DataClassClass`). */
import type { FieldDefinition, RelationDefinition, TableDefinition } from '#syntaxes/project/types.js';
import * as r from '../../records/records.js';
import type { HostValue, Value } from '../../values/value.js';
import type { Call } from '../theme.js';

export type Attribute =
  | { readonly kind: 'storage'; readonly name: string; readonly field: FieldDefinition }
  | { readonly kind: 'relatedEntity' | 'relatedEntities'; readonly name: string; readonly relation: RelationDefinition };

export type RelationAttribute = Extract<Attribute, { relation: RelationDefinition }>;

/** What an entity is made of: plain data, changed in place. */
export interface EntityData {
  readonly table: number;
  /** -3 until it is saved. */
  record: number;
  /** By field number; undefined once the record is gone. */
  values: Value[];
  /** The stored row as it was read. */
  base: r.Row;
  readonly touched: Set<string>;
  /** The selection it was taken from, and where. */
  readonly selection?: SelectionData;
  readonly at?: number;
}

export interface SelectionData {
  readonly table: number;
  /** Record numbers; replaced as a whole. */
  records: readonly number[];
  readonly ordered: boolean;
  readonly alterable: boolean;
  queryText?: string;
}

export const DATASTORE = '4D.DataStoreImplementation';
export const DATACLASS = '4D.DataClass';
export const ENTITY = '4D.Entity';
export const SELECTION = '4D.EntitySelection';

/** A table is a dataclass when it has a primary key (facts: 4D page `ORDA/dsMapping`). Names count with their case. */
export function dataClassByName(all: r.Records, name: string): TableDefinition | undefined {
  return all.structure.tables.find((table) => table.name === name && r.primaryKey(table) !== undefined);
}

export function dataClasses(all: r.Records): TableDefinition[] {
  return all.structure.tables.filter((table) => r.primaryKey(table) !== undefined);
}

export function tableOf(all: r.Records, table: number): TableDefinition {
  return r.tableByNumber(all, table) ?? { name: String(table), number: table, fields: [] };
}

/** Attributes by table and name, made once for a structure, which never changes. */
const known = new WeakMap<r.Records['structure'], Map<number, ReadonlyMap<string, Attribute>>>();

function attributesByName(all: Pick<r.Records, 'structure'>, table: number): ReadonlyMap<string, Attribute> {
  let tables = known.get(all.structure);
  if (!tables) {
    tables = new Map();
    known.set(all.structure, tables);
  }
  let attributes = tables.get(table);
  if (!attributes) {
    attributes = new Map(makeAttributes(all, table).map((attribute) => [attribute.name, attribute]));
    tables.set(table, attributes);
  }
  return attributes;
}

function makeAttributes(all: Pick<r.Records, 'structure'>, table: number): Attribute[] {
  const fields = all.structure.tables.find(({ number }) => number === table)?.fields ?? [];
  const found: Attribute[] = fields.map((field) => ({ kind: 'storage', name: field.name, field }));
  for (const relation of all.structure.relations) {
    const { many, one, manyToOneName, oneToManyName } = relation;
    if (many.table === table && manyToOneName) found.push({ kind: 'relatedEntity', name: manyToOneName, relation });
    if (one.table === table && oneToManyName) found.push({ kind: 'relatedEntities', name: oneToManyName, relation });
  }
  return found;
}

export function attributesOf(all: Pick<r.Records, 'structure'>, table: number): Attribute[] {
  return [...attributesByName(all, table).values()];
}

export function attributeByName(all: r.Records, table: number, name: string): Attribute | undefined {
  return attributesByName(all, table).get(name);
}

/** The table at the other end of a relation attribute. */
export function otherTable(attribute: RelationAttribute): number {
  return attribute.kind === 'relatedEntity' ? attribute.relation.one.table : attribute.relation.many.table;
}

// ---- values

export function dataClassValue(all: r.Records, table: number): HostValue {
  return { t: 'host', className: DATACLASS, projectClass: tableOf(all, table).name, data: { table } };
}

export function selectionValue(all: r.Records, data: SelectionData): HostValue {
  return { t: 'host', className: SELECTION, projectClass: `${tableOf(all, data.table).name}Selection`, data };
}

/** An entity selection of these records. */
export function selectionOf(all: r.Records, table: number, records: readonly number[], ordered = false): HostValue {
  return selectionValue(all, { table, records, ordered, alterable: false });
}

/** The entity of a record; null when there is no such record. */
export function entityOf(call: Call, table: number, record: number, selection?: SelectionData, at?: number): Value {
  const all = call.host.records;
  const row = r.visibleRow(all, call.process.number, table, record);
  if (!row) return null;
  const data: EntityData = {
    table,
    record,
    values: r.copyRow(row),
    base: row,
    touched: new Set(),
    ...(selection ? { selection, at } : {}),
  };
  return entityValue(all, data);
}

export function entityValue(all: r.Records, data: EntityData): HostValue {
  return { t: 'host', className: ENTITY, projectClass: `${tableOf(all, data.table).name}Entity`, data };
}

export function asEntity(value: Value): EntityData | undefined {
  return typeof value === 'object' && value?.t === 'host' && value.className === ENTITY ? (value.data as EntityData) : undefined;
}
export function asSelection(value: Value): SelectionData | undefined {
  return typeof value === 'object' && value?.t === 'host' && value.className === SELECTION ? (value.data as SelectionData) : undefined;
}

/** Value of the primary key of a row. */
export function keyOf(all: r.Records, table: number, row: readonly Value[] | undefined): Value {
  const key = r.primaryKey(tableOf(all, table));
  return key ? row?.[key.number] : undefined;
}

/** A field's value as ORDA shows it: an empty object field is Null. */
export function fieldValue(values: readonly Value[], field: FieldDefinition): Value {
  return values[field.number];
}

// ---- along relations

/** Records that a relation attribute leads to from one record's values, in record order. */
export function related(call: Call, attribute: RelationAttribute, values: readonly Value[]): number[] {
  const { relation } = attribute;
  const [own, other] = attribute.kind === 'relatedEntity' ? [relation.many, relation.one] : [relation.one, relation.many];
  const value = values[own.field];
  if (value === undefined || value === null || value === '') return [];
  return r.recordsWithValue(call.host.records, call.process.number, other.table, other.field, value);
}

export function rowOf(call: Call, table: number, record: number): r.Row {
  return r.visibleRow(call.host.records, call.process.number, table, record) ?? [];
}

/** What an attribute of a row gives in code: a value, an entity, an entity selection. */
export function attributeValue(call: Call, table: number, values: readonly Value[], name: string): Value {
  const all = call.host.records;
  const attribute = attributeByName(all, table, name);
  if (!attribute) return undefined;
  if (attribute.kind === 'storage') return fieldValue(values, attribute.field);
  const target = otherTable(attribute);
  const records = related(call, attribute, values);
  if (attribute.kind === 'relatedEntities') return selectionOf(all, target, records);
  return records.length ? entityOf(call, target, records[0]) : null;
}
