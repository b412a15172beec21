/** The datastore and its dataclasses (facts: 4D pages `API/DataStoreClass`, `API/DataClassClass`, `API/DataClassAttributeClass`). */
import type { NativeResult } from '../../machine/types.js';
import * as r from '../../records/records.js';
import type { HostValue, ObjectValue, Value } from '../../values/value.js';
import { BAD_PARAMETER, notModelled, raise } from '../errors.js';
import { type Call, Theme } from '../theme.js';
import { attributeNamed, attributeNames } from './attributes.js';
import { computing } from './computed.js';
import { stampOf } from './entity.js';
import {
  DATACLASS,
  DATASTORE,
  dataClassByName,
  dataClasses,
  dataClassValue,
  type EntityData,
  entityOf,
  entityValue,
  selectionValue,
  tableOf,
} from './model.js';
import type { Reading } from './paths.js';
import { query } from './query.js';
import { restricted } from './restrict.js';
import { behindTrigger, constructorCall, fillFrom, newEntity, type Standing, save } from './saving.js';

export const dataClassTheme = new Theme('ORDA: datastore');

const datastore: HostValue = { t: 'host', className: DATASTORE, projectClass: 'DataStore', data: {} };

dataClassTheme.reader(1482, 'ds', (call) => {
  if (!call.has(0) || call.text(0) === '') return datastore;
  return notModelled(
    {
      en: '{0}: other datastores («{1}») are not simulated, only the project’s own.',
      es: '{0}: no se simulan otros datastores («{1}»), solo el del proyecto.',
    },
    call.command,
    call.text(0),
  );
});

// ---- datastore

dataClassTheme.property(`${DATASTORE}.*`, (call) => {
  const table = dataClassByName(call.host.records, call.member);
  return table ? dataClassValue(call.host.records, table.number) : undefined;
});
dataClassTheme.property(`${DATASTORE}.length`, (call) => dataClasses(call.host.records).length);
dataClassTheme.property(`${DATASTORE}.[]`, (call) => {
  const index = call.value(0);
  if (typeof index !== 'string') return dataClasses(call.host.records)[call.integer(0)]?.name;
  const table = dataClassByName(call.host.records, index);
  return table ? dataClassValue(call.host.records, table.number) : undefined;
});
const inStore = (name: string, native: (call: Call) => Value) => dataClassTheme.member(`${DATASTORE}.${name}`, native);
inStore('startTransaction', (call) => void r.startTransaction(call.host.records, call.process.number));
inStore('validateTransaction', (call) => void r.validateTransaction(call.host.records, call.process.number));
inStore('cancelTransaction', (call) => void r.cancelTransaction(call.host.records, call.process.number));
inStore('locked', () => false);
inStore('isAdminProtected', () => false);
inStore('getGlobalStamp', () => 0);
inStore('makeSelectionsAlterable', () => undefined);
inStore('getInfo', (call) => {
  const properties = new Map<string, Value>([
    ['type', '4D'],
    ['networked', false],
    ['localID', ''],
    ['connection', { t: 'object', properties: new Map() }],
    ['name', call.host.application?.name ?? ''],
  ]);
  return { t: 'object', properties };
});

// ---- dataclass

const tableNumber = (call: Call): number => ((call.self as HostValue).data as { table: number }).table;
const read = (name: string, native: (call: Call, table: number) => Value) =>
  dataClassTheme.property(`${DATACLASS}.${name}`, (call) => native(call, tableNumber(call)));
const act = (name: string, native: (call: Call, table: number) => NativeResult) =>
  dataClassTheme.member(`${DATACLASS}.${name}`, (call) => native(call, tableNumber(call)));

const everything = (call: Call, table: number) => r.visibleRecords(call.host.records, call.process.number, table);

const compute = (name: string, operation: (reading: Reading, table: number) => Value, pure = true) =>
  computing(dataClassTheme, `${DATACLASS}.${name}`, (reading) => operation(reading, tableNumber(reading.call)), pure);

compute('all', (reading, table) => {
  const records = restricted(reading, table, everything(reading.call, table));
  return selectionValue(reading.call.host.records, { table, records, ordered: false, alterable: false });
});
compute('query', (reading, table) => query(reading, table, restricted(reading, table, everything(reading.call, table))), false);
read('getCount', (call, table) => everything(call, table).length);
read('getDataStore', () => datastore);
act('new', (call, table) => {
  const entity = entityValue(call.host.records, newEntity(call, table));
  return constructorCall(call, entity) ?? entity;
});
act('clearRemoteCache', () => undefined);
const KEEP_ORDER = 1;
act('newSelection', (call, table) =>
  selectionValue(call.host.records, { table, records: [], ordered: call.integer(0) === KEEP_ORDER, alterable: true }),
);

compute('get', (reading, table) => {
  const { call } = reading;
  const record = recordByKey(call, table, call.value(0));
  if (record === undefined || restricted(reading, table, [record]).length === 0) return null;
  return entityOf(call, table, record);
});

/** The record with a primary key; a number may be given as text. */
function recordByKey(call: Call, table: number, key: Value): number | undefined {
  const all = call.host.records;
  const field = r.primaryKey(tableOf(all, table));
  if (!field || key === null || key === undefined) return undefined;
  const wanted = typeof key === 'string' && r.fieldType(field) !== 'text' ? Number(key) : key;
  return r.recordsWithValue(all, call.process.number, table, field.number, wanted)[0];
}

read('getInfo', (call, table) => {
  const definition = tableOf(call.host.records, table);
  const properties = new Map<string, Value>([
    ['name', definition.name],
    ['primaryKey', r.primaryKey(definition)?.name ?? ''],
    ['tableNumber', table],
  ]);
  return { t: 'object', properties };
});

/** Entities from objects: those with a key that exists are changed, the others are new. */
act('fromCollection', (call, table) => takeNext(call, { table, at: 0, records: [] }));

/** Entities that are made or changed from the objects of a collection, one after the other. */
interface Taking {
  readonly table: number;
  readonly at: number;
  readonly records: readonly number[];
}

/** `begun`: the entity for the object at `at`, whose constructor has run. */
function takeNext(call: Call, { table, at, records }: Taking, begun?: HostValue): NativeResult {
  const { items } = call.collection(0);
  const saved = [...records];
  let constructed = begun;
  for (let i = at; i < items.length; i++) {
    const item = items[i];
    if (typeof item !== 'object' || item?.t !== 'object') continue;
    const key = item.properties.get('__KEY');
    const known = key === undefined || constructed ? undefined : recordByKey(call, table, key);
    let entity = constructed;
    constructed = undefined;
    if (known !== undefined) entity = entityOf(call, table, known) as HostValue;
    else if (!entity) {
      entity = entityValue(call.host.records, newEntity(call, table));
      const made = constructorCall(call, entity);
      if (made) return { ...made, then: CONSTRUCTED, state: { entity, taking: { table, at: i, records: saved } } satisfies Constructed };
    }
    const data = entity.data as EntityData;
    const stamp = item.properties.get('__STAMP');
    fillFrom(call, data, item);
    if (known !== undefined && typeof stamp === 'number' && stamp !== stampOf(call, data)) continue;
    const outcome = save(call, entity, 0, { then: 'fromCollection', rest: { table, at: i + 1, records: saved } satisfies Taking });
    if ('trigger' in outcome) return outcome.trigger;
    taken(call, entity, outcome.status, saved);
  }
  return selectionValue(call.host.records, { table, records: saved, ordered: true, alterable: false });
}

const CONSTRUCTED = 'fromCollection: constructed';
interface Constructed {
  readonly entity: HostValue;
  readonly taking: Taking;
}
dataClassTheme.continuation(CONSTRUCTED, (call, kept) => {
  const { entity, taking } = kept as Constructed;
  return takeNext(call, taking, entity);
});

function taken(call: Call, entity: HostValue, status: ObjectValue, saved: number[]): void {
  if (status.properties.get('success') === true) saved.push((entity.data as EntityData).record);
  else
    raise(
      BAD_PARAMETER,
      { en: '{0}: an entity could not be saved: {1}.', es: '{0}: no se pudo guardar una entidad: {1}.' },
      call.command,
      String(status.properties.get('statusText')),
    );
}

for (const byError of [false, true])
  dataClassTheme.continuation(byError ? 'fromCollection failed' : 'fromCollection', (call, kept, result) => {
    const state = kept as Standing;
    const rest = state.rest as Taking;
    const records = [...rest.records];
    taken(call, state.entity, behindTrigger(call, state, result, byError), records);
    return takeNext(call, { ...rest, records });
  });

// ---- attributes as objects

dataClassTheme.property(`${DATACLASS}.*`, (call) => attributeNamed(call, tableNumber(call), call.member));
dataClassTheme.property(`${DATACLASS}.length`, (call) => attributeNames(call, tableNumber(call)).length);
dataClassTheme.property(`${DATACLASS}.[]`, (call) => {
  const index = call.value(0);
  if (typeof index !== 'string') return attributeNames(call, tableNumber(call))[call.integer(0)];
  return attributeNamed(call, tableNumber(call), index);
});
