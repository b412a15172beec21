/** Class 4D.Entity (facts: 4D page `API/EntityClass`). */
import type { NativeResult } from '../../machine/types.js';
import * as r from '../../records/records.js';
import { sameData } from '../../values/copy.js';
import type { HostValue, Value } from '../../values/value.js';
import { BAD_PARAMETER, raise } from '../errors.js';
import { type Call, Theme } from '../theme.js';
import { attributeNames } from './attributes.js';
import { aliasOf } from './classFile.js';
import { computing, operationOf } from './computed.js';
import {
  asEntity,
  asSelection,
  attributeByName,
  attributesOf,
  attributeValue,
  dataClassValue,
  ENTITY,
  type EntityData,
  entityOf,
  entityValue,
  keyOf,
  otherTable,
  related,
  selectionOf,
  selectionValue,
  tableOf,
} from './model.js';
import { filterOf, toObject } from './objects.js';
import { entitySubject } from './paths.js';
import { restricted } from './restrict.js';
import {
  behindTrigger,
  drop,
  fillFrom,
  lockEntity,
  type Outcome,
  reload,
  type Standing,
  save,
  setAttribute,
  unlockEntity,
} from './saving.js';

export const entities = new Theme('ORDA: entities');

const own = (call: Call): EntityData => (call.self as HostValue).data as EntityData;
const read = (name: string, native: (call: Call, data: EntityData) => Value) =>
  entities.property(`${ENTITY}.${name}`, (call) => native(call, own(call)));
const act = (name: string, native: (call: Call, data: EntityData) => NativeResult) =>
  entities.member(`${ENTITY}.${name}`, (call) => native(call, own(call)));

/** `$e.name`: an attribute, or an alias of the entity's class. */
entities.property(`${ENTITY}.*`, (call) => {
  const data = own(call);
  const attribute = attributeByName(call.host.records, data.table, call.member);
  if (attribute && attribute.kind !== 'storage') return relatedTo(call);
  const alias = attribute ? undefined : aliasOf(call, data.table, call.member);
  return alias === undefined ? attributeValue(call, data.table, data.values, call.member) : along(call, call.self, alias.split('.'));
});

/** What a relation attribute leads to, as far as the filter of that dataclass lets it through. */
const relatedTo = operationOf(`${ENTITY}.*`, (reading) => {
  const { call } = reading;
  const { table, values } = own(call);
  const attribute = attributeByName(call.host.records, table, call.member);
  if (!attribute || attribute.kind === 'storage') return undefined;
  const target = otherTable(attribute);
  const records = restricted(reading, target, related(call, attribute, values));
  if (attribute.kind === 'relatedEntities') return selectionOf(call.host.records, target, records);
  return records.length ? entityOf(call, target, records[0]) : null;
});

function along(call: Call, value: Value, path: readonly string[]): Value {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const entity = asEntity(value);
  if (entity) return along(call, attributeValue(call, entity.table, entity.values, name), rest);
  return typeof value === 'object' && value?.t === 'object' ? along(call, value.properties.get(name), rest) : undefined;
}

entities.member(`${ENTITY}.*=`, (call) => {
  const data = own(call);
  const value = call.value(call.count() - 1);
  if (setAttribute(call, data, call.member, value)) return undefined;
  return raise(
    BAD_PARAMETER,
    {
      en: '{0}.{1} cannot take this value: there is no such attribute, or the types differ.',
      es: '{0}.{1} no admite este valor: no hay tal atributo, o los tipos no coinciden.',
    },
    `${tableOf(call.host.records, data.table).name}Entity`,
    call.member,
  );
});

/** `For each` over an entity goes through the names of its attributes. */
read('length', (call, data) => attributeNames(call, data.table).length);
entities.property(`${ENTITY}.[]`, (call) => {
  const index = call.value(0);
  if (typeof index === 'string') return attributeValue(call, own(call).table, own(call).values, index);
  return attributeNames(call, own(call).table)[call.integer(0)];
});
entities.member(`${ENTITY}.[]=`, (call) => {
  setAttribute(call, own(call), call.text(0), call.value(call.count() - 1));
  return undefined;
});

act('save', (call) => statusOrTrigger(save(call, call.self as HostValue, call.integer(0), { then: 'Entity.save' })));
act('drop', (call) => statusOrTrigger(drop(call, call.self as HostValue, call.integer(0), { then: 'Entity.drop' })));
for (const name of ['Entity.save', 'Entity.drop']) {
  entities.continuation(name, (call, state, result) => behindTrigger(call, state as Standing, result, false));
  entities.continuation(`${name} failed`, (call, state, code) => behindTrigger(call, state as Standing, code, true));
}

const statusOrTrigger = (outcome: Outcome): NativeResult => ('status' in outcome ? outcome.status : outcome.trigger);
act('lock', (call, data) => lockEntity(call, data, call.integer(0)));
act('unlock', unlockEntity);
act('reload', reload);
act('fromObject', (call, data) => {
  fillFrom(call, data, call.object(0));
  return undefined;
});

read('isNew', (_call, data) => data.record === r.NEW_RECORD);
read('touched', (_call, data) => data.touched.size > 0);
read('touchedAttributes', (_call, data) => ({ t: 'collection', items: [...data.touched] }));
read('getDataClass', (call, data) => dataClassValue(call.host.records, data.table));
read('getStamp', stampOf);
const KEY_AS_STRING = 1;
read('getKey', (call, data) => {
  const key = keyOf(call.host.records, data.table, data.values);
  return call.integer(0) === KEY_AS_STRING && typeof key === 'number' ? String(key) : key;
});

/** How often the record was stored, from 1; 0 for a new entity. */
export function stampOf(call: Call, data: Pick<EntityData, 'table' | 'record'>): number {
  return data.record === r.NEW_RECORD ? 0 : (r.storedTable(call.host.records, data.table).stamps?.get(data.record) ?? 1);
}

computing(entities, `${ENTITY}.toObject`, (reading) => {
  const { call } = reading;
  const first = call.value(0);
  // Without a filter the options may come first.
  const options = typeof first === 'number' ? first : call.integer(1);
  return toObject(reading, entitySubject(call.self as HostValue, 'this'), filterOf(first), options, stampOf(call, own(call)));
});

read('clone', (call, data) => entityValue(call.host.records, { ...data, values: r.copyRow(data.values), touched: new Set(data.touched) }));

read('diff', (call, data) => {
  const other = asEntity(call.value(0));
  if (!other) return null;
  const wanted = call.value(1);
  const only = typeof wanted === 'object' && wanted?.t === 'collection' ? wanted.items : undefined;
  const items = attributesOf(call.host.records, data.table).flatMap((attribute): Value[] => {
    if (attribute.kind !== 'storage' || (only && !only.includes(attribute.name))) return [];
    const [left, right] = [data.values[attribute.field.number], other.values[attribute.field.number]];
    if (sameData(left, right)) return [];
    const properties = new Map<string, Value>([
      ['attributeName', attribute.name],
      ['value', left],
      ['otherValue', right],
    ]);
    return [{ t: 'object', properties }];
  });
  return { t: 'collection', items };
});

// ---- in its selection

read('getSelection', (call, data) => (data.selection ? selectionValue(call.host.records, data.selection) : null));
read('indexOf', (call, data) => {
  const selection = call.has(0) ? asSelection(call.value(0)) : data.selection;
  return selection?.records.indexOf(data.record) ?? -1;
});
const steps: readonly [string, (data: EntityData) => number][] = [
  ['first', () => 0],
  ['last', (data) => (data.selection?.records.length ?? 0) - 1],
  ['next', (data) => (data.at ?? -1) + 1],
  ['previous', (data) => (data.at ?? 0) - 1],
];
for (const [name, index] of steps) {
  read(name, (call, data) => {
    const record = data.selection?.records[index(data)];
    return record === undefined ? null : entityOf(call, data.table, record, data.selection, index(data));
  });
}

/** The records of entities and entity selections of one table that are given as an argument. */
export function recordsGiven(call: Call, index: number, table: number): readonly number[] {
  const value = call.value(index);
  const selection = asSelection(value);
  const entity = asEntity(value);
  const found = selection ?? entity;
  if (found && found.table === table) return selection ? selection.records : [(entity as EntityData).record];
  if (value === null || value === undefined) return [];
  return raise(
    BAD_PARAMETER,
    {
      en: '{0} needs an entity or entity selection of the same dataclass as argument {1}.',
      es: '{0} necesita una entidad o selección de entidades de la misma clase de datos como argumento {1}.',
    },
    call.command,
    index + 1,
  );
}
