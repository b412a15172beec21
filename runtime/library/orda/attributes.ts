/** Dataclasses and attributes as objects (facts: 4D pages `API/DataClassClass`, `API/DataClassAttributeClass`). */
import * as r from '../../records/records.js';
import type { HostValue, Value } from '../../values/value.js';
import type { Call } from '../theme.js';
import { type Attribute, attributesOf, DATACLASS, DATASTORE, dataClasses, dataClassValue, otherTable, tableOf } from './model.js';

/** ORDA's names of types (facts: 4D page `API/DataClassAttributeClass`, type). */
const typeWords: Readonly<Record<string, string>> = {
  blob: 'blob',
  boolean: 'bool',
  date: 'date',
  picture: 'image',
  object: 'object',
  text: 'string',
};

/** Dataclasses of the datastore, or attributes of a dataclass, by name; undefined for any other value. */
export function classProperties(call: Call, value: HostValue): Map<string, Value> | undefined {
  const all = call.host.records;
  if (value.className === DATASTORE) return new Map(dataClasses(all).map(({ name, number }) => [name, dataClassValue(all, number)]));
  if (value.className !== DATACLASS) return undefined;
  const { table } = value.data as { table: number };
  return new Map(attributesOf(all, table).map((attribute) => [attribute.name, attributeObject(call, attribute)]));
}

/** What `ds.Shop.City` is. */
export function attributeObject(call: Call, attribute: Attribute): Value {
  const properties = new Map<string, Value>([
    ['name', attribute.name],
    ['kind', attribute.kind],
  ]);
  if (attribute.kind === 'storage') {
    const { field } = attribute;
    properties.set('type', typeWords[r.fieldType(field)] ?? 'number');
    properties.set('fieldNumber', field.number);
    properties.set('unique', field.unique || field.primaryKey);
    properties.set('indexed', field.unique || field.primaryKey);
    properties.set('autoFilled', field.autoSequence || field.autoGenerate);
    properties.set('mandatory', field.primaryKey);
  } else {
    const { manyToOneName = '', oneToManyName = '' } = attribute.relation;
    const target = tableOf(call.host.records, otherTable(attribute)).name;
    properties.set('type', attribute.kind === 'relatedEntity' ? target : `${target}Selection`);
    properties.set('relatedDataClass', target);
    properties.set('inverseName', attribute.kind === 'relatedEntity' ? oneToManyName : manyToOneName);
  }
  properties.set('exposed', true);
  properties.set('readOnly', attribute.kind === 'relatedEntities');
  return { t: 'object', properties };
}
