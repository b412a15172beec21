import type { FieldDefinition, RelationDefinition, TableDefinition } from '#syntaxes/project/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { convertLoosely, convertTo, defaultValue } from '../values/convert.js';
import type { TypeName, Value } from '../values/value.js';
import type { Records } from './types.js';

export function tableByNumber(records: Records, number: number): TableDefinition | undefined {
  return records.structure.tables.find((table) => table.number === number);
}

export function tableByName(records: Records, name: string): TableDefinition | undefined {
  const key = fold(name);
  return records.structure.tables.find((table) => fold(table.name) === key);
}

export function fieldByNumber(records: Records, table: number, number: number): FieldDefinition | undefined {
  return tableByNumber(records, table)?.fields.find((field) => field.number === number);
}

export function fieldByName(table: TableDefinition, name: string): FieldDefinition | undefined {
  const key = fold(name);
  return table.fields.find((field) => fold(field.name) === key);
}

export function primaryKey(table: TableDefinition): FieldDefinition | undefined {
  return table.fields.find((field) => field.primaryKey);
}

/** The variable type that goes with a field's type: a UUID is kept as text. */
export function fieldType(field: FieldDefinition): TypeName {
  switch (field.type) {
    case 'integer64':
      return 'integer';
    case 'integer':
    case 'real':
    case 'boolean':
    case 'date':
    case 'time':
    case 'blob':
    case 'picture':
    case 'object':
      return field.type;
    default:
      return 'text';
  }
}

export function defaultFieldValue(field: FieldDefinition): Value {
  return defaultValue(fieldType(field));
}

/** The value as the field takes it, in a box; undefined when their types do not go together. */
export function convertToField(field: FieldDefinition, value: Value): { readonly value: Value } | undefined {
  const type = fieldType(field);
  // 64-bit integer fields would lose digits if they were wrapped to 32 bits.
  if (field.type === 'integer64' && typeof value === 'number') return { value: Number.isFinite(value) ? Math.round(value) : 0 };
  if (field.maxLength !== undefined && typeof value === 'string') return { value: value.slice(0, field.maxLength) };
  return value === null ? { value: defaultValue(type) } : convertTo(type, value);
}

/** The same for what ORDA takes: a value of another type is converted where that is possible. */
export function convertToAttribute(field: FieldDefinition, value: Value): { readonly value: Value } | undefined {
  const direct = convertToField(field, value);
  if (direct) return direct;
  const loose = convertLoosely(fieldType(field), value);
  return loose && convertToField(field, loose.value);
}

/** The relation that starts at this many field. */
export function relationFrom(records: Records, table: number, field: number): RelationDefinition | undefined {
  return records.structure.relations.find((relation) => relation.many.table === table && relation.many.field === field);
}

/** Relations that arrive at this one table, or at this field of it. */
export function relationsTo(records: Records, table: number, field?: number): RelationDefinition[] {
  return records.structure.relations.filter(
    (relation) => relation.one.table === table && (field === undefined || relation.one.field === field),
  );
}
