/** Entities as plain objects: `toObject`, `toCollection` (facts: 4D pages `API/EntityClass`, `API/EntitySelectionClass`). */

import { copyValue } from '../../values/copy.js';
import type { ObjectValue, Value } from '../../values/value.js';
import type { Call } from '../theme.js';
import { aliasOf, attributeByName, attributesOf, keyOf, otherTable, related, rowOf, valuesAlong } from './model.js';

/** Options of toObject and toCollection (`dk with primary key`, `dk with stamp`). */
const WITH_KEY = 1;
const WITH_STAMP = 2;

/** What to take of each entity: names, and below relations their own filters. */
export interface Filter {
  readonly all: boolean;
  readonly parts: ReadonlyMap<string, Filter>;
}

/** A name alone: the whole value of a field, the key of a related entity. */
const everything: Filter = { all: true, parts: new Map() };

/** Attribute paths from a text `"a, b.c, d.*"` or a collection of them. */
export function filterOf(value: Value): Filter {
  const paths =
    typeof value === 'string'
      ? value.split(',')
      : typeof value === 'object' && value?.t === 'collection'
        ? value.items.filter((item) => typeof item === 'string')
        : [];
  const given = paths.map((path) => path.trim()).filter((path) => path !== '');
  return given.length === 0 ? everything : build(given.map((path) => path.split('.')));
}

function build(paths: readonly (readonly string[])[]): Filter {
  const groups = new Map<string, string[][]>();
  let all = false;
  for (const [first, ...rest] of paths) {
    if (first === '*') all = true;
    else groups.set(first, [...(groups.get(first) ?? []), ...(rest.length ? [rest] : [])]);
  }
  return { all, parts: new Map([...groups].map(([name, below]) => [name, below.length ? build(below) : everything])) };
}

/** An entity's values as an object. Related entities that are not asked for are `{__KEY}`, related selections are left out. */
export function toObject(call: Call, table: number, values: readonly Value[], filter: Filter, options: number, stamp: number): ObjectValue {
  const properties = new Map<string, Value>();
  const records = call.host.records;
  if (options & WITH_KEY) properties.set('__KEY', keyOf(records, table, values));
  if (options & WITH_STAMP) properties.set('__STAMP', stamp);
  const names = filter.all
    ? [
        ...attributesOf(records, table)
          .filter(({ kind }) => kind !== 'relatedEntities')
          .map(({ name }) => name),
        ...filter.parts.keys(),
      ]
    : [...filter.parts.keys()];
  for (const name of new Set(names)) {
    const attribute = attributeByName(records, table, name);
    const below = filter.parts.get(name);
    if (!attribute) {
      if (aliasOf(call, table, name) !== undefined) properties.set(name, valuesAlong(call, table, values, name)[0] ?? null);
      continue;
    }
    if (attribute.kind === 'storage') properties.set(name, picked(values[attribute.field.number], below));
    else {
      const target = otherTable(attribute);
      const rows = related(call, attribute, values).map((record) => rowOf(call, target, record));
      const one = (row: readonly Value[]): Value =>
        below && below !== everything
          ? toObject(call, target, row, below, 0, stamp)
          : { t: 'object', properties: new Map([['__KEY', keyOf(records, target, row)]]) };
      if (attribute.kind === 'relatedEntities') properties.set(name, { t: 'collection', items: rows.map(one) });
      else properties.set(name, rows.length ? one(rows[0]) : null);
    }
  }
  return { t: 'object', properties };
}

/** A copy of a value; of an object field only what the filter asks for. */
function picked(value: Value, filter: Filter | undefined): Value {
  if (!filter || filter.all || typeof value !== 'object' || value?.t !== 'object') return copyValue(value);
  const properties = new Map<string, Value>();
  for (const [name, below] of filter.parts) {
    if (value.properties.has(name)) properties.set(name, picked(value.properties.get(name), below));
  }
  return { t: 'object', properties };
}
