/**
 * Reading along attribute paths: fields, relations, aliases, computed attributes. What has to be computed by 4D code is asked for
 * and not there in the first pass; `computed.ts` runs the code and then the whole operation once more (facts: 4D page `ORDA/ordaClasses`).
 */
import type { Callable } from '../../machine/types.js';
import { valueAtPath, valuesAtPath } from '../../records/query.js';
import type { HostValue, Value } from '../../values/value.js';
import { BAD_PARAMETER, raise } from '../errors.js';
import type { Call } from '../theme.js';
import { aliasOf, type Computed, computedOf } from './classFile.js';
import {
  asEntity,
  asSelection,
  attributeByName,
  entityOf,
  keyOf,
  otherTable,
  type RelationAttribute,
  related,
  rowOf,
  selectionOf,
  tableOf,
} from './model.js';

/** One pass of an operation over records. */
export interface Reading {
  readonly call: Call;
  /** What code gave between the passes before, by key. */
  readonly known: ReadonlyMap<string, Value>;
  /** What this pass asked for and did not find. A pass that asked for something gives no result. */
  readonly wanted: Map<string, Wanted>;
}

export function newReading(call: Call, known: ReadonlyMap<string, Value>): Reading {
  return { call, known, wanted: new Map() };
}

/** Code that is to run before the next pass. */
export interface Wanted {
  readonly code: Callable;
  /** The entity that is `This`: one in memory, or that of a record; none for `Function query` and `Function orderBy`. */
  readonly self?: HostValue | { readonly table: number; readonly record: number };
  /** Properties of the `$event` of a function of a computed attribute; its `result` comes before what the function returns. */
  readonly event?: readonly (readonly [string, Value])[];
  /** Parameters of a formula. */
  readonly args?: readonly Value[];
}

/** What is read from: a record as it is stored, or an entity as it is in memory. */
export interface Subject {
  readonly table: number;
  readonly values: readonly Value[];
  /** Names it among all that a reading looks at. */
  readonly key: string;
  readonly self: NonNullable<Wanted['self']>;
}

export function recordSubject(call: Call, table: number, record: number): Subject {
  return { table, values: rowOf(call, table, record), key: `${table}:${record}`, self: { table, record } };
}

export function entitySubject(entity: HostValue, key: string): Subject {
  const { table, values } = asEntity(entity) as { table: number; values: Value[] };
  return { table, values, key, self: entity };
}

/** What code gave for a key; undefined until it has run. */
export function ask(reading: Reading, key: string, wanted: () => Wanted): Value {
  if (reading.known.has(key)) return reading.known.get(key);
  if (!reading.wanted.has(key)) reading.wanted.set(key, wanted());
  return undefined;
}

/** Name of a class file's function of a computed attribute, and the properties of its `$event` that it always has. */
export function computedCode(
  call: Call,
  table: number,
  kind: 'get' | 'set' | 'query' | 'orderBy',
  name: string,
): Required<Pick<Wanted, 'code' | 'event'>> {
  const dataClass = tableOf(call.host.records, table).name;
  return {
    code: { className: `${dataClass}Entity`, functionName: `${kind} ${name}` },
    event: [
      ['attributeName', name],
      ['dataClassName', dataClass],
      ['kind', kind],
    ],
  };
}

/** The value of a computed attribute of a subject. */
export function computedValue(reading: Reading, subject: Subject, name: string): Value {
  const { table, self } = subject;
  return ask(reading, `${subject.key}.${name}`, () => ({ ...computedCode(reading.call, table, 'get', name), self }));
}

const bare = (name: string): string => name.replace(/\[\w*\]$/, '');

/** True where a path begins with an attribute of a table, stored, related, alias or computed. */
export function isPath(call: Call, table: number, path: string): boolean {
  const name = bare(path.split('.')[0]);
  return (
    attributeByName(call.host.records, table, name) !== undefined ||
    aliasOf(call, table, name) !== undefined ||
    computedOf(call, table, name) !== undefined
  );
}

/** Raises an error where a path begins with no attribute. */
export function checkPath(call: Call, table: number, path: string): void {
  if (isPath(call, table, path)) return;
  raise(
    BAD_PARAMETER,
    {
      en: '{0}: the dataclass {1} has no attribute «{2}». Names of attributes count with their case.',
      es: '{0}: la clase de datos {1} no tiene el atributo «{2}». Los nombres de atributos distinguen mayúsculas.',
    },
    call.command,
    tableOf(call.host.records, table).name,
    path.split('.')[0],
  );
}

/** How many aliases may lead to aliases: one that leads to itself ends somewhere. */
export const longestChain = 20;

/** A path without its aliases. */
export function withoutAliases(call: Call, table: number, path: string, chain = 0): string {
  const [name, ...rest] = path.split('.');
  const attribute = attributeByName(call.host.records, table, bare(name));
  if (!attribute) {
    const alias = chain < longestChain ? aliasOf(call, table, name) : undefined;
    return alias === undefined ? path : withoutAliases(call, table, [alias, ...rest].join('.'), chain + 1);
  }
  if (attribute.kind === 'storage' || rest.length === 0) return path;
  return `${name}.${withoutAliases(call, otherTable(attribute), rest.join('.'), chain)}`;
}

export interface ComputedPlace {
  /** The path of relations before it; empty for none. */
  readonly before: string;
  readonly table: number;
  readonly computed: Computed;
}

/** The computed attribute that a path ends at, over relations and aliases; undefined where it ends at something else. */
export function computedAtEnd(call: Call, table: number, path: string): ComputedPlace | undefined {
  const names = withoutAliases(call, table, path).split('.');
  let here = table;
  for (const [i, name] of names.entries()) {
    const attribute = attributeByName(call.host.records, here, name);
    if (attribute?.kind === 'storage') return undefined;
    if (attribute) here = otherTable(attribute);
    else {
      const computed = i === names.length - 1 ? computedOf(call, here, name) : undefined;
      return computed && { before: names.slice(0, i).join('.'), table: here, computed };
    }
  }
  return undefined;
}

/** The subjects at the end of a path of relations. */
export function subjectsAlong(reading: Reading, subject: Subject, path: string): Subject[] {
  if (path === '') return [subject];
  const [name, ...rest] = path.split('.');
  const attribute = attributeByName(reading.call.host.records, subject.table, name);
  if (!attribute || attribute.kind === 'storage') return [];
  return relatedSubjects(reading, subject, attribute).flatMap((each) => subjectsAlong(reading, each, rest.join('.')));
}

/** What a relation attribute leads to. */
export function relatedSubjects(reading: Reading, subject: Subject, attribute: RelationAttribute): Subject[] {
  const target = otherTable(attribute);
  const records = related(reading.call, attribute, subject.values);
  const reached = attribute.kind === 'relatedEntity' ? records.slice(0, 1) : records;
  return reached.map((record) => recordSubject(reading.call, target, record));
}

/**
 * Values at an attribute path: one, or several where the path goes over a relation to many or `[]`.
 * A path that ends at a related entity gives its key. `undefined` for an attribute that does not exist.
 */
export function valuesAlong(reading: Reading, subject: Subject, path: string): Value[] {
  return along(reading, subject, withoutAliases(reading.call, subject.table, path));
}

function along(reading: Reading, subject: Subject, path: string): Value[] {
  const { call } = reading;
  const [name, ...rest] = path.split('.');
  const own = bare(name);
  const attribute = attributeByName(call.host.records, subject.table, own);
  const below = (value: Value): Value[] => {
    const left = name.slice(own.length) + (rest.length ? `.${rest.join('.')}` : '');
    if (left === '') return [value];
    return valuesAtPath(value, left.replace(/^\./, '')) ?? [valueAtPath(value, left.slice(1))];
  };
  if (!attribute) {
    if (!computedOf(call, subject.table, own)) return [undefined];
    const value = computedValue(reading, subject, own);
    const reached = entitiesIn(call, value, `${subject.key}.${own}`);
    return reached ? ends(reading, reached, rest) : below(value);
  }
  if (attribute.kind === 'storage') return below(subject.values[attribute.field.number]);
  const reached = relatedSubjects(reading, subject, attribute);
  return ends(reading, reached, rest);
}

function ends(reading: Reading, reached: readonly Subject[], rest: readonly string[]): Value[] {
  if (rest.length > 0) return reached.flatMap((each) => along(reading, each, withoutAliases(reading.call, each.table, rest.join('.'))));
  return reached.length ? reached.map(({ table, values }) => keyOf(reading.call.host.records, table, values)) : [null];
}

/** The entities that a value is or holds; undefined for any other value. */
function entitiesIn(call: Call, value: Value, key: string): Subject[] | undefined {
  if (asEntity(value)) return [entitySubject(value as HostValue, key)];
  const selection = asSelection(value);
  return selection?.records.map((record) => recordSubject(call, selection.table, record));
}

/** What a path gives as one thing: a value, an entity, an entity selection; several values become a collection (facts: 4D page `API/EntitySelectionClass`, extract). */
export function oneAlong(reading: Reading, subject: Subject, path: string): Value {
  const { call } = reading;
  const names = withoutAliases(call, subject.table, path).split('.');
  let here: readonly Subject[] = [subject];
  let many = false;
  let { table } = subject;
  for (const [i, name] of names.entries()) {
    const attribute = attributeByName(call.host.records, table, name);
    if (!attribute || attribute.kind === 'storage') {
      const found = here.flatMap((each) => whole(reading, each, names.slice(i)));
      return many || found.length > 1 ? { t: 'collection', items: found } : found[0];
    }
    many ||= attribute.kind === 'relatedEntities';
    here = here.flatMap((each) => relatedSubjects(reading, each, attribute));
    table = otherTable(attribute);
  }
  const records = here.map(({ self }) => (self as { record: number }).record);
  if (many) return selectionOf(call.host.records, table, [...new Set(records)]);
  return records.length ? entityOf(call, table, records[0]) : null;
}

/** The values of a path that ends at a field or a computed attribute; what is computed is given as it is. */
function whole(reading: Reading, subject: Subject, names: readonly string[]): Value[] {
  const computed = names.length === 1 && computedOf(reading.call, subject.table, names[0]);
  return computed ? [computedValue(reading, subject, names[0])] : along(reading, subject, names.join('.'));
}

/** The table that a path of relations ends at; undefined where it ends at something else. */
export function relationTarget(call: Call, table: number, path: string): number | undefined {
  let here = table;
  for (const name of withoutAliases(call, table, path).split('.')) {
    const attribute = attributeByName(call.host.records, here, name);
    if (!attribute || attribute.kind === 'storage') return undefined;
    here = otherTable(attribute);
  }
  return here;
}

export function subjectsOf(call: Call, table: number, records: readonly number[]): Subject[] {
  return records.map((record) => recordSubject(call, table, record));
}
