/** Class 4D.EntitySelection (facts: 4D page `API/EntitySelectionClass`). */
import type { NativeResult } from '../../machine/types.js';
import { sortOrder } from '../../records/query.js';
import * as r from '../../records/records.js';
import type { HostValue, Value } from '../../values/value.js';
import { distinct } from '../collections.js';
import { BAD_PARAMETER, raise } from '../errors.js';
import { type Call, Theme } from '../theme.js';
import { recordsGiven, stampOf } from './entity.js';
import {
  aliasOf,
  asEntity,
  attributeByName,
  dataClassValue,
  entityOf,
  isPath,
  longestChain,
  otherTable,
  related,
  rowOf,
  SELECTION,
  type SelectionData,
  selectionOf,
  selectionValue,
  tableOf,
  valuesAlong,
} from './model.js';
import { filterOf, toObject } from './objects.js';
import { orderBy, orderByFormula, query } from './query.js';
import { behindTrigger, drop, type Standing } from './saving.js';

export const entitySelections = new Theme('ORDA: entity selections');

const own = (call: Call): SelectionData => (call.self as HostValue).data as SelectionData;
const read = (name: string, native: (call: Call, data: SelectionData) => Value) =>
  entitySelections.property(`${SELECTION}.${name}`, (call) => native(call, own(call)));
const act = (name: string, native: (call: Call, data: SelectionData) => NativeResult) =>
  entitySelections.member(`${SELECTION}.${name}`, (call) => native(call, own(call)));

/** `$s.name`: the values of all entities, or what they are related to, each once. */
entitySelections.property(`${SELECTION}.*`, (call) => {
  const { table, records } = own(call);
  const all = call.host.records;
  const attribute = attributeByName(all, table, call.member);
  if (!attribute)
    return aliasOf(call, table, call.member) === undefined ? undefined : { t: 'collection', items: columns(call, call.member) };
  if (attribute.kind === 'storage') return { t: 'collection', items: columns(call, attribute.name) };
  const found = new Set(records.flatMap((record) => related(call, attribute, rowOf(call, table, record))));
  const target = otherTable(attribute);
  return selectionOf(
    all,
    target,
    r.visibleRecords(all, call.process.number, target).filter((record) => found.has(record)),
  );
});

/** Values at an attribute path of all entities, in their order. */
function columns(call: Call, path: string): Value[] {
  const { table, records } = own(call);
  if (!isPath(call, table, path)) {
    raise(
      BAD_PARAMETER,
      {
        en: '{0}: the dataclass {1} has no attribute «{2}». Names of attributes count with their case.',
        es: '{0}: la clase de datos {1} no tiene el atributo «{2}». Los nombres de atributos distinguen mayúsculas.',
      },
      call.command,
      tableOf(call.host.records, table).name,
      path,
    );
  }
  return records.flatMap((record) => valuesAlong(call, table, rowOf(call, table, record), path));
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
  if (typeof call.value(0) === 'string') return { t: 'collection', items: columns(call, call.text(0)) };
  const index = call.integer(0);
  if (index >= 0) return at(call, data, index);
  return raise(53, { en: '{0}: an index begins at 0.', es: '{0}: un índice empieza en 0.' }, call.command);
});

function part(call: Call, data: SelectionData, records: readonly number[], ordered = data.ordered): Value {
  return selectionValue(call.host.records, { table: data.table, records, ordered, alterable: false });
}

read('slice', (call, data) => part(call, data, data.records.slice(call.integer(0), call.has(1) ? call.integer(1) : undefined)));
act('query', (call, data) => query(call, data.table, data.records));
read('orderBy', (call, data) => orderBy(call, data.table, data.records));
act('orderByFormula', (call, data) => orderByFormula(call, data.table, data.records));
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

function combine(call: Call, data: SelectionData, keep: (mine: boolean, theirs: boolean) => boolean): Value {
  const other = recordsGiven(call, 0, data.table);
  const [mine, theirs] = [new Set(data.records), new Set(other)];
  const both = [...new Set([...data.records, ...other])];
  const keepOrder = call.integer(1) === 1 && data.ordered;
  const kept = both.filter((record) => keep(mine.has(record), theirs.has(record)));
  return part(call, data, keepOrder ? kept : kept.sort((a, b) => a - b), keepOrder);
}
read('and', (call, data) => combine(call, data, (mine, theirs) => mine && theirs));
read('or', (call, data) => combine(call, data, (mine, theirs) => mine || theirs));
read('minus', (call, data) => combine(call, data, (mine, theirs) => mine && !theirs));

// ---- values

function numbers(call: Call): number[] {
  return columns(call, call.text(0)).filter((value) => typeof value === 'number');
}
read('sum', (call) => numbers(call).reduce((sum, value) => sum + value, 0));
read('average', (call) => {
  const values = numbers(call);
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;
});
read('count', (call) => columns(call, call.text(0)).filter(present).length);
const extreme = (call: Call, sign: 1 | -1): Value =>
  columns(call, call.text(0))
    .filter(present)
    .reduce<Value>((best, value) => (best === undefined || sign * sortOrder(value, best) > 0 ? value : best), undefined);
read('max', (call) => extreme(call, 1));
read('min', (call) => extreme(call, -1));
read('distinct', (call) => {
  const options = call.has(1) ? call.integer(1) : 0;
  return { t: 'collection', items: distinct(columns(call, call.text(0)).filter(present), options) };
});
read('distinctPaths', (call) => {
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
  for (const value of columns(call, call.text(0))) walk(value, '');
  return { t: 'collection', items: [...paths].sort() };
});

read('extract', (call) => {
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
  const { table, records } = own(call);
  const values = (record: number, path: string): Value => valueHere(call, table, record, path);
  if (paths.length === 1 && paths[0][1] === '') {
    const items = records.map((record) => values(record, paths[0][0]));
    return { t: 'collection', items: option === 1 ? items.map((value) => value ?? null) : items.filter(present) };
  }
  const items = records.map((record): Value => {
    const pairs = paths.map(([path, target]): [string, Value] => [target, values(record, path) ?? null]);
    return { t: 'object', properties: new Map(pairs) };
  });
  return { t: 'collection', items };
});

/** One value at a path of a record; several become a collection. */
function valueHere(call: Call, table: number, record: number, path: string): Value {
  const found = valuesAlong(call, table, rowOf(call, table, record), path);
  if (found.length === 0 && !leadsToMany(call, table, path)) return undefined;
  return found.length === 1 ? found[0] : { t: 'collection', items: found };
}

/** True where a path goes over a relation to many. */
function leadsToMany(call: Call, table: number, path: string, chain = 0): boolean {
  const [name, ...rest] = path.split('.');
  const alias = aliasOf(call, table, name);
  if (alias !== undefined) return chain < longestChain && leadsToMany(call, table, [alias, ...rest].join('.'), chain + 1);
  const attribute = attributeByName(call.host.records, table, name);
  if (!attribute || attribute.kind === 'storage') return false;
  return attribute.kind === 'relatedEntities' || (rest.length > 0 && leadsToMany(call, otherTable(attribute), rest.join('.'), chain));
}

read('toCollection', (call, data) => {
  const first = call.value(0);
  const at = typeof first === 'number' ? 0 : 1;
  const options = call.integer(at);
  const begin = call.has(at + 1) ? Math.max(0, call.integer(at + 1)) : 0;
  const many = call.has(at + 2) ? Math.max(0, call.integer(at + 2)) : undefined;
  const filter = filterOf(first);
  const items = data.records
    .slice(begin, many === undefined ? undefined : begin + many)
    .filter((record) => exists(call, data, record))
    .map(
      (record): Value =>
        toObject(call, data.table, rowOf(call, data.table, record), filter, options, stampOf(call, { table: data.table, record })),
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

entitySelections.command(1512, 'Create entity selection', (call) => {
  const table = call.table(0);
  if (table === undefined) return null;
  const { selection } = r.tableState(call.host.records, call.process.number, table);
  return selectionValue(call.host.records, { table, records: selection, ordered: true, alterable: false });
});
entitySelections.command(1513, 'USE ENTITY SELECTION', (call) => {
  const value = call.value(0);
  const data =
    typeof value === 'object' && value?.t === 'host' && value.className === SELECTION ? (value.data as SelectionData) : undefined;
  if (data) r.setSelection(call.host.records, call.process.number, data.table, data.records);
  return undefined;
});
