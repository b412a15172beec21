/** Class 4D.EntitySelection (facts: 4D page `API/EntitySelectionClass`). */
import type { NativeResult } from '../../machine/types.js';
import { sortOrder } from '../../records/query.js';
import * as r from '../../records/records.js';
import type { HostValue, Value } from '../../values/value.js';
import { distinct } from '../collections.js';
import { BAD_PARAMETER, raise } from '../errors.js';
import { type Call, Theme } from '../theme.js';
import { computedOf } from './classFile.js';
import { computing, operationOf } from './computed.js';
import { recordsGiven, stampOf } from './entity.js';
import { asEntity, asSelection, dataClassValue, entityOf, SELECTION, type SelectionData, selectionOf, selectionValue } from './model.js';
import { filterOf, toObject } from './objects.js';
import {
  checkPath,
  computedValue,
  isPath,
  oneAlong,
  type Reading,
  recordSubject,
  relationTarget,
  subjectsAlong,
  subjectsOf,
  valuesAlong,
  withoutAliases,
} from './paths.js';
import { orderBy, orderByFormula, query } from './query.js';
import { restricted } from './restrict.js';
import { behindTrigger, drop, type Standing } from './saving.js';

export const entitySelections = new Theme('ORDA: entity selections');

const own = (call: Call): SelectionData => (call.self as HostValue).data as SelectionData;
const read = (name: string, native: (call: Call, data: SelectionData) => Value) =>
  entitySelections.property(`${SELECTION}.${name}`, (call) => native(call, own(call)));
const act = (name: string, native: (call: Call, data: SelectionData) => NativeResult) =>
  entitySelections.member(`${SELECTION}.${name}`, (call) => native(call, own(call)));

/** A native that may need computed attributes. */
const compute = (name: string, operation: (reading: Reading, data: SelectionData) => Value, pure = true) =>
  computing(entitySelections, `${SELECTION}.${name}`, (reading) => operation(reading, own(reading.call)), pure);

/** `$s.name`: the values of all entities, or what they are related to, each once. */
compute('*', (reading, { table, records }) => {
  const { call } = reading;
  const all = call.host.records;
  const { member } = call;
  if (!isPath(call, table, member)) return undefined;
  const computed = computedOf(call, table, member);
  if (computed && computed.gives !== 'value') {
    const found = subjectsOf(call, table, records).map((subject) => computedValue(reading, subject, member));
    return united(call, found) ?? { t: 'collection', items: [] };
  }
  const target = relationTarget(call, table, member);
  if (target === undefined) return { t: 'collection', items: columns(reading, member) };
  const found = subjectsOf(call, table, records).flatMap((subject) => subjectsAlong(reading, subject, withoutAliases(call, table, member)));
  const reached = found.map(({ self }) => (self as { record: number }).record);
  return united(call, [selectionOf(all, target, restricted(reading, target, reached))]) ?? null;
});

/** Entities and entity selections as one selection, each entity once, in record order; undefined for none. */
function united(call: Call, values: readonly Value[]): Value | undefined {
  const found = values.flatMap((value): Pick<SelectionData, 'table' | 'records'>[] => {
    const one = asEntity(value);
    const many = asSelection(value);
    return one ? [{ table: one.table, records: [one.record] }] : many ? [many] : [];
  });
  if (found.length === 0) return undefined;
  const records = [...new Set(found.flatMap((each) => each.records))].sort((a, b) => a - b);
  return selectionOf(call.host.records, found[0].table, records);
}

/** Values at an attribute path of all entities, in their order. */
function columns(reading: Reading, path: string): Value[] {
  const { call } = reading;
  const { table, records } = own(call);
  checkPath(call, table, path);
  return subjectsOf(call, table, records).flatMap((subject) => valuesAlong(reading, subject, path));
}

/** The column that the first argument names; raises an error where that is a relation. */
function column(reading: Reading): Value[] {
  const { call } = reading;
  const path = call.text(0);
  if (path !== '' && relationTarget(call, own(call).table, path) !== undefined)
    raise(
      BAD_PARAMETER,
      {
        en: '{0}: «{1}» is a relation; give the path of an attribute with values.',
        es: '{0}: «{1}» es una relación; indique la ruta de un atributo con valores.',
      },
      call.command,
      path,
    );
  return columns(reading, path);
}

const present = (value: Value) => value !== undefined && value !== null;

function at(call: Call, data: SelectionData, index: number): Value {
  const place = index < 0 ? index + data.records.length : index;
  const record = data.records[place];
  return record === undefined ? null : entityOf(call, data.table, record, data, place);
}

read('length', (_call, data) => data.records.length);
read('first', (call, data) => at(call, data, 0));
read('last', (call, data) => at(call, data, data.records.length - 1));
read('at', (call, data) => at(call, data, call.integer(0)));
read('[]', (call, data) => {
  const index = call.integer(0);
  if (index >= 0) return at(call, data, index);
  return raise(53, { en: '{0}: an index begins at 0.', es: '{0}: un índice empieza en 0.' }, call.command);
});

function part(call: Call, data: SelectionData, records: readonly number[], ordered = data.ordered): Value {
  return selectionValue(call.host.records, { table: data.table, records, ordered, alterable: false });
}

read('slice', (call, data) => part(call, data, data.records.slice(call.integer(0), call.has(1) ? call.integer(1) : undefined)));
compute('query', (reading, data) => query(reading, data.table, restricted(reading, data.table, data.records)), false);
compute('orderBy', (reading, data) => orderBy(reading, data.table, data.records));
compute('orderByFormula', (reading, data) => orderByFormula(reading, data.table, data.records), false);
read('queryPath', (_call, data) => data.queryText ?? '');
read('queryPlan', (_call, data) => data.queryText ?? '');
read('isOrdered', (_call, data) => data.ordered);
read('isAlterable', (_call, data) => data.alterable);
read('getDataClass', (call, data) => dataClassValue(call.host.records, data.table));
read('getRemoteContextAttributes', () => '');

read('contains', (call, data) => {
  const entity = asEntity(call.value(0));
  return entity !== undefined && entity.table === data.table && data.records.includes(entity.record);
});
read('copy', (call, data) => selectionValue(call.host.records, { ...data, records: [...data.records], alterable: data.alterable }));
read('clean', (call, data) =>
  part(
    call,
    data,
    data.records.filter((record) => exists(call, data, record)),
  ),
);
act('refresh', () => undefined);

function exists(call: Call, data: SelectionData, record: number): boolean {
  return r.visibleRow(call.host.records, call.process.number, data.table, record) !== undefined;
}

act('add', (call, data) => {
  if (!data.alterable) {
    raise(
      -10_722,
      {
        en: '{0}: this entity selection is shareable and cannot be changed. Make an alterable one with newSelection or copy.',
        es: '{0}: esta selección de entidades es compartible y no se puede cambiar. Cree una modificable con newSelection o copy.',
      },
      call.command,
    );
  }
  const added = recordsGiven(call, 0, data.table).filter((record) => record >= 0);
  data.records = data.ordered ? [...data.records, ...added] : [...new Set([...data.records, ...added])];
  return call.self;
});

function combine(reading: Reading, data: SelectionData, keep: (mine: boolean, theirs: boolean) => boolean): Value {
  const { call } = reading;
  const other = recordsGiven(call, 0, data.table);
  const [mine, theirs] = [new Set(data.records), new Set(other)];
  const both = [...new Set([...data.records, ...other])];
  const keepOrder = call.integer(1) === 1 && data.ordered;
  const kept = restricted(
    reading,
    data.table,
    both.filter((record) => keep(mine.has(record), theirs.has(record))),
  );
  return part(call, data, keepOrder ? kept : [...kept].sort((a, b) => a - b), keepOrder);
}
compute('and', (reading, data) => combine(reading, data, (mine, theirs) => mine && theirs));
compute('or', (reading, data) => combine(reading, data, (mine, theirs) => mine || theirs));
compute('minus', (reading, data) => combine(reading, data, (mine, theirs) => mine && !theirs));

// ---- values

function numbers(reading: Reading): number[] {
  return column(reading).flatMap((value) =>
    typeof value === 'number' ? [value] : typeof value === 'object' && value?.t === 'time' ? [value.seconds] : [],
  );
}
compute('sum', (reading) => numbers(reading).reduce((sum, value) => sum + value, 0));
compute('average', (reading) => {
  const values = numbers(reading);
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;
});
compute('count', (reading) => columns(reading, reading.call.text(0)).filter(present).length);
const extreme = (reading: Reading, sign: 1 | -1): Value =>
  column(reading)
    .filter(present)
    .reduce<Value>((best, value) => (best === undefined || sign * sortOrder(value, best) > 0 ? value : best), undefined);
compute('max', (reading) => extreme(reading, 1));
compute('min', (reading) => extreme(reading, -1));
compute('distinct', (reading) => {
  const options = reading.call.has(1) ? reading.call.integer(1) : 0;
  return { t: 'collection', items: distinct(column(reading).filter(present), options) };
});
compute('distinctPaths', (reading) => {
  const paths = new Set<string>();
  const walk = (value: Value, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (value.t === 'object') {
      for (const [name, item] of value.properties) {
        const below = path === '' ? name : `${path}.${name}`;
        paths.add(below);
        walk(item, below);
      }
    } else if (value.t === 'collection') {
      paths.add(`${path}.length`);
      for (const item of value.items) {
        if (typeof item !== 'object') paths.add(`${path}[]`);
        walk(item, `${path}[]`);
      }
    }
  };
  for (const value of column(reading)) walk(value, '');
  return { t: 'collection', items: [...paths].sort() };
});

compute('extract', (reading, { table, records }) => {
  const { call } = reading;
  const paths: [path: string, target: string][] = [];
  let option = 0;
  for (let i = 0; i < call.count(); i += 2) {
    if (typeof call.value(i) !== 'string') break;
    if (typeof call.value(i + 1) === 'string') paths.push([call.text(i), call.text(i + 1)]);
    else {
      paths.push([call.text(i), '']);
      option = call.integer(i + 1);
      break;
    }
  }
  const subjects = subjectsOf(call, table, records);
  if (paths.length === 1 && paths[0][1] === '') {
    // An invalid path gives an empty collection.
    if (!isPath(call, table, paths[0][0])) return { t: 'collection', items: [] };
    const items = subjects.map((subject) => oneAlong(reading, subject, paths[0][0]));
    return { t: 'collection', items: option === 1 ? items.map((value) => value ?? null) : items.filter(present) };
  }
  const valid = paths.filter(([path, target]) => target !== '' && isPath(call, table, path));
  const items = subjects.map((subject): Value => {
    const pairs = valid.map(([path, target]): [string, Value] => [target, oneAlong(reading, subject, path) ?? null]);
    return { t: 'object', properties: new Map(pairs) };
  });
  return { t: 'collection', items };
});

compute('toCollection', (reading, data) => {
  const { call } = reading;
  const first = call.value(0);
  const at = typeof first === 'number' ? 0 : 1;
  const options = call.integer(at);
  const begin = call.has(at + 1) ? Math.max(0, call.integer(at + 1)) : 0;
  const many = call.has(at + 2) ? Math.max(0, call.integer(at + 2)) : undefined;
  const filter = filterOf(first);
  const kept = data.records.slice(begin, many === undefined ? undefined : begin + many).filter((record) => exists(call, data, record));
  const items = kept.map(
    (record): Value =>
      toObject(reading, recordSubject(call, data.table, record), filter, options, stampOf(call, { table: data.table, record })),
  );
  return { t: 'collection', items };
});

const STOP_AT_FIRST = 1;

/** `drop` of all; gives those that stayed. */
act('drop', (call, data) => dropNext(call, data, { at: 0, kept: [] }));

interface Dropping {
  readonly at: number;
  readonly kept: readonly number[];
}

function dropNext(call: Call, data: SelectionData, { at, kept }: Dropping): NativeResult {
  const stayed = [...kept];
  for (let i = at; i < data.records.length; i++) {
    const entity = entityOf(call, data.table, data.records[i]) as HostValue | null;
    if (!entity) continue;
    const outcome = drop(call, entity, 0, { then: 'EntitySelection.drop', rest: { at: i + 1, kept: stayed } satisfies Dropping });
    if ('trigger' in outcome) return outcome.trigger;
    if (outcome.status.properties.get('success') === true) continue;
    stayed.push(data.records[i]);
    if (call.integer(0) & STOP_AT_FIRST) return part(call, data, data.records.slice(i));
  }
  return part(call, data, stayed);
}

for (const byError of [false, true])
  entitySelections.continuation(byError ? 'EntitySelection.drop failed' : 'EntitySelection.drop', (call, kept, result) => {
    const state = kept as Standing;
    const rest = state.rest as Dropping;
    const data = (call.self as HostValue).data as SelectionData;
    if (behindTrigger(call, state, result, byError).properties.get('success') === true) return dropNext(call, data, rest);
    const record = data.records[rest.at - 1];
    if (call.integer(0) & STOP_AT_FIRST) return part(call, data, data.records.slice(rest.at - 1));
    return dropNext(call, data, { ...rest, kept: [...rest.kept, record] });
  });

/** Where the entities of another selection stand in this one, as ranges. */
read('selected', (call, data) => {
  const wanted = new Set(recordsGiven(call, 0, data.table));
  const ranges: Value[] = [];
  for (let i = 0; i < data.records.length; i++) {
    if (!wanted.has(data.records[i])) continue;
    const start = i;
    while (i + 1 < data.records.length && wanted.has(data.records[i + 1])) i++;
    ranges.push({
      t: 'object',
      properties: new Map([
        ['start', start],
        ['end', i],
      ]),
    });
  }
  return { t: 'object', properties: new Map<string, Value>([['ranges', { t: 'collection', items: ranges }]]) };
});

// ---- to and from current selections

const currentAsEntities = operationOf('Create entity selection', (reading) => {
  const { call } = reading;
  const table = call.table(0);
  if (table === undefined) return null;
  const { selection } = r.tableState(call.host.records, call.process.number, table);
  return selectionValue(call.host.records, { table, records: restricted(reading, table, selection), ordered: true, alterable: false });
});
entitySelections.command(1512, 'Create entity selection', currentAsEntities);
entitySelections.command(1513, 'USE ENTITY SELECTION', (call) => {
  const value = call.value(0);
  const data =
    typeof value === 'object' && value?.t === 'host' && value.className === SELECTION ? (value.data as SelectionData) : undefined;
  if (data) r.setSelection(call.host.records, call.process.number, data.table, data.records);
  return undefined;
});
