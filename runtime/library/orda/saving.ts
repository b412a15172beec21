/** Saving, dropping, locking entities, and their statuses (facts: 4D page `API/EntityClass`). */

import { FourDError, type NativeCallOut, type NativeResult } from '../../machine/types.js';
import * as r from '../../records/records.js';
import type { CurrentRecord } from '../../records/types.js';
import { sameData } from '../../values/copy.js';
import type { HostValue, ObjectValue, Value } from '../../values/value.js';
import type { Call } from '../theme.js';
import { DELETING, hasTrigger, SAVING_EXISTING, SAVING_NEW, throughTrigger, triggerAnswer } from '../triggers.js';
import { CURRENT_USER } from '../users.js';
import { refuseEvents } from './classFile.js';
import { attributeByName, type EntityData, tableOf } from './model.js';

/** By the constants `dk status …`. */
export const status = { stampChanged: 2, locked: 3, serious: 4, gone: 5, mergeFailed: 6 } as const;

const statusTexts: Readonly<Record<number, string>> = {
  2: 'Stamp has changed',
  3: 'Already locked',
  4: 'Serious error',
  5: 'Entity does not exist anymore',
  6: 'Auto merge failed',
};

export function succeeded(more: Readonly<Record<string, Value>> = {}): ObjectValue {
  return { t: 'object', properties: new Map<string, Value>([['success', true], ...Object.entries(more)]) };
}

export function failed(number: number, more: Readonly<Record<string, Value>> = {}): ObjectValue {
  const properties = new Map<string, Value>([
    ['success', false],
    ['status', number],
    ['statusText', statusTexts[number] ?? ''],
    ...Object.entries(more),
  ]);
  return { t: 'object', properties };
}

/** Who holds a record, for a status. */
function lockInfo(call: Call, holder: number): Readonly<Record<string, Value>> {
  const properties = new Map<string, Value>([
    ['task_id', holder],
    ['user_name', CURRENT_USER],
    ['user4d_alias', CURRENT_USER],
    ['user4d_id', 1],
    ['host_name', 'localhost'],
    ['task_name', call.machine.state.processes.get(holder)?.name ?? ''],
  ]);
  return { lockKind: 1, lockKindText: 'Locked by record', lockInfo: { t: 'object', properties } };
}

/** The status that stands in the way of writing: the record is gone, or another process holds it; undefined when nothing does. */
function obstacle(call: Call, data: EntityData): ObjectValue | undefined {
  const all = call.host.records;
  if (!r.visibleRow(all, call.process.number, data.table, data.record)) return failed(status.gone);
  const holder = r.lockHolder(all, data.table, data.record);
  return holder !== undefined && holder !== call.process.number ? failed(status.locked, lockInfo(call, holder)) : undefined;
}

function sameRow(a: r.Row, b: r.Row): boolean {
  return a.length === b.length && a.every((value, i) => sameData(value, b[i]));
}

const AUTO_MERGE = 1;

/** The status of an operation; or the call of a trigger, behind which a continuation goes on with `behindTrigger`. */
export type Outcome = { readonly status: ObjectValue } | { readonly trigger: NativeResult };

/** Which continuation goes on behind a trigger, and what else it is to get. Its name with ` failed` is the one for an error in the trigger. */
export interface Next {
  readonly then: string;
  readonly rest?: unknown;
}

/** An entity that stands as the current record of its table while the trigger looks at it. */
export interface Standing {
  readonly entity: HostValue;
  /** What is to be stored; undefined when it is to be deleted. */
  readonly row: readonly Value[] | undefined;
  readonly merged: boolean;
  /** The current record that the process had. */
  readonly kept: CurrentRecord | undefined;
  readonly rest: unknown;
}

/** `save`: nothing is done when nothing was touched. */
export function save(call: Call, entity: HostValue, mode: number, next: Next): Outcome {
  const data = entity.data as EntityData;
  refuseEvents(call, data.table);
  const prepared = toSave(call, data, mode);
  if ('status' in prepared) return prepared;
  const { row, merged } = prepared;
  const event = data.record === r.NEW_RECORD ? SAVING_NEW : SAVING_EXISTING;
  return throughEntityTrigger(call, event, { entity, row, merged }, next) ?? { status: store(call, data, row, merged) };
}

/** The row to store, or what stands in the way. */
function toSave(
  call: Call,
  data: EntityData,
  mode: number,
): { readonly status: ObjectValue } | { readonly row: Value[]; readonly merged: boolean } {
  const all = call.host.records;
  if (data.record === r.NEW_RECORD) return { row: r.copyRow(data.values), merged: false };
  if (data.touched.size === 0) return { status: succeeded() };
  const blocked = obstacle(call, data);
  if (blocked) return { status: blocked };
  const stored = r.visibleRow(all, call.process.number, data.table, data.record) as r.Row;
  if (stored === data.base || sameRow(stored, data.base)) return { row: r.copyRow(data.values), merged: false };
  if (!(mode & AUTO_MERGE)) return { status: failed(status.stampChanged) };
  const united = merge(all, data, stored);
  return united ? { row: r.copyRow(united), merged: true } : { status: failed(status.mergeFailed) };
}

function store(call: Call, data: EntityData, row: Value[], merged: boolean): ObjectValue {
  const all = call.host.records;
  const process = call.process.number;
  try {
    r.checkUnique(all, process, data.table, data.record, row);
  } catch (error) {
    if (!(error instanceof FourDError)) throw error;
    return failed(status.serious, errorsOf(error.error.code, error.error.message.en));
  }
  const record = data.record === r.NEW_RECORD ? r.storedTable(all, data.table).nextRecord++ : data.record;
  if (r.inActiveTransaction(all, process)) r.lock(all, process, data.table, record, 'transaction');
  r.storeRow(all, process, data.table, record, row);
  data.record = record;
  data.values = r.copyRow(row);
  data.base = row;
  data.touched.clear();
  return succeeded(merged ? { autoMerged: true } : {});
}

/** Puts the entity in place of the current record and calls the trigger of its table; undefined when there is none for this event. */
function throughEntityTrigger(
  call: Call,
  event: number,
  { entity, row, merged }: Pick<Standing, 'entity' | 'row' | 'merged'>,
  { then, rest }: Next,
): Outcome | undefined {
  const all = call.host.records;
  const { table, record } = entity.data as EntityData;
  if (!hasTrigger(call, table, event)) return undefined;
  const own = r.tableState(all, call.process.number, table);
  const kept = own.current;
  const old = r.visibleRow(all, call.process.number, table, record) ?? r.emptyRow(all, table);
  own.current = { record, values: r.copyRow(row ?? old), old, loaded: true, writable: true };
  const state = { entity, row, merged, kept, rest } satisfies Standing;
  return { trigger: throughTrigger(call, table, event, { then, state, failed: `${then} failed` }) };
}

/** Behind the trigger: what it made of the record is stored, or the record deleted; or it has refused that, by its result or by an error in it. */
export function behindTrigger(call: Call, { entity, row, merged, kept }: Standing, result: unknown, byError: boolean): ObjectValue {
  const data = entity.data as EntityData;
  const own = r.tableState(call.host.records, call.process.number, data.table);
  const { current } = own;
  own.current = kept;
  const code = triggerAnswer(call, result) || (byError ? -1 : 0);
  if (code !== 0) return failed(status.serious, errorsOf(code, `The trigger of the table refused it with error ${code}.`));
  if (!row) return remove(call, data);
  return store(call, data, r.copyRow(current?.loaded && current.record === data.record ? current.values : row), merged);
}

function errorsOf(code: number, message: string): Readonly<Record<string, Value>> {
  return { errors: { t: 'collection', items: [errorObject(code, message)] } };
}

function errorObject(code: number, message: string): ObjectValue {
  const properties = new Map<string, Value>([
    ['errCode', code],
    ['message', message],
    ['componentSignature', 'dbmg'],
  ]);
  return { t: 'object', properties };
}

/** The stored row with what this entity touched; undefined when another changed the same attributes. */
function merge(all: r.Records, data: EntityData, stored: r.Row): Value[] | undefined {
  const values = r.copyRow(stored);
  for (const field of tableOf(all, data.table).fields) {
    if (!data.touched.has(field.name)) continue;
    if (!sameData(stored[field.number], data.base[field.number])) return undefined;
    values[field.number] = data.values[field.number];
  }
  return values;
}

const FORCE = 2;

/** `drop` */
export function drop(call: Call, entity: HostValue, mode: number, next: Next): Outcome {
  const data = entity.data as EntityData;
  refuseEvents(call, data.table);
  if (data.record === r.NEW_RECORD) return { status: failed(status.gone) };
  const blocked = obstacle(call, data);
  if (blocked) return { status: blocked };
  const stored = r.visibleRow(call.host.records, call.process.number, data.table, data.record) as r.Row;
  if (!(mode & FORCE) && stored !== data.base && !sameRow(stored, data.base)) return { status: failed(status.stampChanged) };
  return throughEntityTrigger(call, DELETING, { entity, row: undefined, merged: false }, next) ?? { status: remove(call, data) };
}

function remove(call: Call, data: EntityData): ObjectValue {
  const all = call.host.records;
  const process = call.process.number;
  r.removeRow(all, process, data.table, data.record);
  r.unlock(all, process, data.table, data.record, 'entity');
  return succeeded();
}

const RELOAD = 1;

/** `lock` */
export function lockEntity(call: Call, data: EntityData, mode: number): ObjectValue {
  const all = call.host.records;
  const process = call.process.number;
  const blocked = obstacle(call, data);
  if (blocked) return blocked;
  const stored = r.visibleRow(all, process, data.table, data.record) as r.Row;
  const changed = stored !== data.base && !sameRow(stored, data.base);
  if (changed && !(mode & RELOAD)) return failed(status.stampChanged);
  if (changed) reload(call, data);
  r.lock(all, process, data.table, data.record, 'entity');
  return succeeded(changed ? { wasReloaded: true } : {});
}

export function unlockEntity(call: Call, data: EntityData): ObjectValue {
  const all = call.host.records;
  if (data.record === r.NEW_RECORD) return failed(status.gone);
  r.unlock(all, call.process.number, data.table, data.record, 'entity');
  return succeeded();
}

/** `reload`: what was changed in memory is lost. */
export function reload(call: Call, data: EntityData): ObjectValue {
  const row = r.visibleRow(call.host.records, call.process.number, data.table, data.record);
  if (!row) return failed(status.gone);
  data.values = r.copyRow(row);
  data.base = row;
  data.touched.clear();
  return succeeded();
}

/** An entity that is not stored yet. */
export function newEntity(call: Call, table: number): EntityData {
  const all = call.host.records;
  const values = r.emptyRow(all, table);
  r.fillAutomatic(all, table, values);
  return { table, record: r.NEW_RECORD, values, base: r.emptyRow(all, table), touched: new Set() };
}

/** The call of the constructor of a table's entity class on a new entity, which it gives; undefined where there is none (facts: 4D page `ORDA/ordaClasses`, Class constructor). */
export function constructorCall(call: Call, entity: HostValue): NativeCallOut | undefined {
  const { table } = entity.data as EntityData;
  const code = { className: `${tableOf(call.host.records, table).name}Entity`, functionName: 'Class constructor' };
  return call.machine.exists(code) ? { native: 'call', code, args: [], self: entity } : undefined;
}

/** Puts a value into an attribute; false when there is no such attribute or the value does not fit. */
export function setAttribute(call: Call, data: EntityData, name: string, value: Value): boolean {
  const all = call.host.records;
  const attribute = attributeByName(all, data.table, name);
  if (!attribute || attribute.kind === 'relatedEntities') return false;
  if (attribute.kind === 'storage') {
    const converted = r.convertToAttribute(attribute.field, value);
    if (!converted) return false;
    data.values[attribute.field.number] = converted.value;
    data.touched.add(name);
    return true;
  }
  const { many, one } = attribute.relation;
  const definition = r.fieldByNumber(all, many.table, many.field);
  if (!definition) return false;
  data.values[many.field] = value === null || value === undefined ? r.defaultFieldValue(definition) : linkOf(value, one.field);
  data.touched.add(name).add(definition.name);
  return true;
}

/** The value of the related field in an entity, or in `{__KEY: …}`; a plain value is it itself. */
function linkOf(value: Value, field: number): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (value.t === 'host') return ((value as HostValue).data as EntityData).values?.[field];
  return value.t === 'object' ? value.properties.get('__KEY') : value;
}

/** `fromObject` */
export function fillFrom(call: Call, data: EntityData, object: ObjectValue): void {
  for (const [name, value] of object.properties) setAttribute(call, data, name, value);
}
