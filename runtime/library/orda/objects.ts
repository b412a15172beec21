/** Entities as plain objects: `toObject`, `toCollection` (facts: 4D pages `API/EntityClass`, `API/EntitySelectionClass`). */

import { copyValue } from '../../values/copy.js';
import type { HostValue, ObjectValue, Value } from '../../values/value.js';
import { addedByClass, aliasOf, computedOf } from './classFile.js';
import { asEntity, asSelection, attributeByName, attributesOf, keyOf } from './model.js';
import { computedValue, entitySubject, oneAlong, type Reading, recordSubject, relatedSubjects, type Subject } from './paths.js';

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

/**
 * An entity's values as an object. Without a filter all attributes count, computed ones too; related entities that are not asked for
 * are `{__KEY}`, related selections are left out. Aliases only come when they are asked for.
 */
export function toObject(reading: Reading, subject: Subject, filter: Filter, options: number, stamp: number): ObjectValue {
  const { call } = reading;
  const { table, values } = subject;
  const properties = new Map<string, Value>();
  const records = call.host.records;
  if (options & WITH_KEY) properties.set('__KEY', keyOf(records, table, values));
  if (options & WITH_STAMP) properties.set('__STAMP', stamp);
  const computed = [...addedByClass(call, table).computed.values()];
  const names = filter.all
    ? [
        ...attributesOf(records, table)
          .filter(({ kind }) => kind !== 'relatedEntities')
          .map(({ name }) => name),
        ...computed.filter(({ gives }) => gives !== 'selection').map(({ name }) => name),
        ...filter.parts.keys(),
      ]
    : [...filter.parts.keys()];
  for (const name of new Set(names)) {
    const attribute = attributeByName(records, table, name);
    const below = filter.parts.get(name);
    if (attribute?.kind === 'storage') properties.set(name, picked(values[attribute.field.number], below));
    else if (attribute) {
      const found = relatedSubjects(reading, subject, attribute).map((each) => related(reading, each, below));
      properties.set(name, attribute.kind === 'relatedEntities' ? { t: 'collection', items: found } : (found[0] ?? null));
    } else if (aliasOf(call, table, name) !== undefined)
      properties.set(name, asObject(reading, oneAlong(reading, subject, name), below, `${subject.key}.${name}`));
    else if (computedOf(call, table, name))
      properties.set(name, asObject(reading, computedValue(reading, subject, name), below, `${subject.key}.${name}`));
  }
  return { t: 'object', properties };
}

/** A related entity: its key, or the attributes that were asked for. */
function related(reading: Reading, subject: Subject, below: Filter | undefined): Value {
  if (below && below !== everything) return toObject(reading, subject, below, 0, 0);
  return { t: 'object', properties: new Map([['__KEY', keyOf(reading.call.host.records, subject.table, subject.values)]]) };
}

/** What code gave: entities and entity selections become objects like related ones. */
function asObject(reading: Reading, value: Value, below: Filter | undefined, key: string): Value {
  if (asEntity(value)) return related(reading, entitySubject(value as HostValue, key), below);
  const selection = asSelection(value);
  if (!selection) return picked(value ?? null, below);
  const items = selection.records.map((record) => related(reading, recordSubject(reading.call, selection.table, record), below));
  return { t: 'collection', items };
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
