/** Dataclasses and attributes as objects (facts: 4D pages `API/DataClassClass`, `API/DataClassAttributeClass`). */
import * as r from '../../records/records.js';
import type { HostValue, Value } from '../../values/value.js';
import type { Call } from '../theme.js';
import { addedByClass, aliasOf, type Computed, computedOf } from './classFile.js';
import {
  type Attribute,
  attributeByName,
  attributesOf,
  DATACLASS,
  DATASTORE,
  dataClasses,
  dataClassValue,
  otherTable,
  tableOf,
} from './model.js';

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
  return new Map(attributeNames(call, table).map((name) => [name, attributeNamed(call, table, name)]));
}

/** Names of the attributes of a dataclass: fields, relations, computed attributes, aliases. */
export function attributeNames(call: Call, table: number): string[] {
  const { computed, aliases } = addedByClass(call, table);
  return [...new Set([...attributesOf(call.host.records, table).map(({ name }) => name), ...computed.keys(), ...aliases.keys()])];
}

/** What `ds.Shop.City` is; undefined where there is no such attribute. */
export function attributeNamed(call: Call, table: number, name: string): Value {
  const attribute = attributeByName(call.host.records, table, name);
  if (attribute) return attributeObject(call, attribute);
  const computed = computedOf(call, table, name);
  if (computed) return computedObject(computed);
  const path = aliasOf(call, table, name);
  const entries: [string, Value][] = [
    ['name', name],
    ['kind', 'alias'],
    ['path', path],
  ];
  return path === undefined ? undefined : { t: 'object', properties: new Map(entries) };
}

/** ORDA's names for declared types. */
const declaredWords: Readonly<Record<string, string>> = {
  text: 'string',
  boolean: 'bool',
  date: 'date',
  time: 'number',
  integer: 'number',
  real: 'number',
  object: 'object',
  picture: 'image',
  blob: 'blob',
};

function computedObject({ name, type, gives, exposed, sets }: Computed): Value {
  const last = type.split('.').at(-1) ?? '';
  const target = last.replace(/(?:Entity|Selection)$/, '');
  const word = gives === 'value' ? (declaredWords[type.toLowerCase()] ?? 'object') : gives === 'entity' ? target : `${target}Selection`;
  const properties: [string, Value][] = [
    ['name', name],
    ['kind', 'calculated'],
    ...(type === '' ? [] : [['type', word] satisfies [string, Value]]),
    ...(gives === 'value' ? [] : [['relatedDataClass', target] satisfies [string, Value]]),
    ['exposed', exposed],
    ['readOnly', !sets],
  ];
  return { t: 'object', properties: new Map(properties) };
}

/** A field or relation as an object. */
function attributeObject(call: Call, attribute: Attribute): Value {
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
