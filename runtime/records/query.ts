/** Queries by line and sorts (facts: 4D pages `query`, `order-by`). */
import { compareValues, equalValues, kindOf, plainText } from '../values/compare.js';
import type { Value } from '../values/value.js';
import { failWith } from './errors.js';
import { relatedLookup, relatedRecords } from './relations.js';
import { lockSelection, putSet, setLockedSet, setNamedSelection, setSelection } from './selections.js';
import { processRecords, tableState, visibleRecords, visibleRow } from './state.js';
import { fieldByNumber } from './structure.js';
import type { Criterion, Records, SortLevel } from './types.js';

const comparators = new Set(['=', '#', '<', '>', '<=', '>=', '%', '==', '===', '!=', '!==', '<>']);

/** The members of `scope` (in its order) that meet the criteria, joined strictly from left to right. */
export function findRecords(
  records: Records,
  process: number,
  table: number,
  criteria: readonly Criterion[],
  scope: readonly number[],
): number[] {
  let kept: Set<number> | undefined;
  for (const criterion of criteria) {
    const found = meeting(records, process, table, criterion, scope);
    if (!kept || criterion.conjunction === '') kept = kept ? new Set([...kept].filter((r) => found.has(r))) : found;
    else if (criterion.conjunction === '|') for (const record of found) kept.add(record);
    else {
      const keep = criterion.conjunction === '&';
      kept = new Set([...kept].filter((record) => found.has(record) === keep));
    }
  }
  const result = kept;
  return result ? scope.filter((record) => result.has(record)) : [...scope];
}

function meeting(records: Records, process: number, table: number, criterion: Criterion, scope: readonly number[]): Set<number> {
  if (!comparators.has(criterion.comparator)) failWith('comparator', criterion.comparator);
  const test = criterion.path ? pathTester(criterion, criterion.path) : tester(criterion);
  const meets = (record: number) => test(visibleRow(records, process, criterion.table, record)?.[criterion.field]);
  if (criterion.table === table) return new Set(scope.filter(meets));
  const matching = visibleRecords(records, process, criterion.table).filter(meets);
  return relatedRecords(records, process, criterion.table, table, matching);
}

function storedValue(records: Records, process: number, table: number, record: number, field: number, path?: string): Value {
  const value = visibleRow(records, process, table, record)?.[field];
  return path ? valueAtPath(value, path) : value;
}

/** The value at `a.b.c` below an object; `length` of a collection; undefined when there is nothing there. */
export function valueAtPath(value: Value, path: string): Value {
  let here = value;
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || here === null) return undefined;
    if (here.t === 'collection') here = name === 'length' ? here.items.length : undefined;
    else here = here.t === 'object' ? here.properties.get(name) : undefined;
  }
  return here;
}

/** All values at `a.b[].c`, where `[]` stands for each item of a collection; undefined when the path has no `[]`. */
export function valuesAtPath(value: Value, path: string): Value[] | undefined {
  const m = /^(.*?)\[\w*\](?:\.(.*))?$/.exec(path);
  if (!m) return undefined;
  const list = m[1] === '' ? value : valueAtPath(value, m[1]);
  const items = typeof list === 'object' && list?.t === 'collection' ? list.items : [];
  const rest = m[2];
  if (rest === undefined) return items;
  return items.flatMap((item) => valuesAtPath(item, rest) ?? [valueAtPath(item, rest)]);
}

/** A test of the value below an object against a criterion: with `[]` one item is enough, but all must differ. What is missing meets no `#`. */
export function pathTester(criterion: { readonly comparator: string; readonly value: Value }, path: string): (object: Value) => boolean {
  const test = tester(criterion);
  const negated = ['#', '!=', '!==', '<>'].includes(criterion.comparator);
  return (object) => {
    const many = valuesAtPath(object, path);
    if (many) return negated ? many.length > 0 && many.every(test) : many.some(test);
    const value = valueAtPath(object, path);
    return !(negated && (value === undefined || value === null)) && test(value);
  };
}

/** A test of one value against a criterion. */
export function tester({ comparator, value: wanted }: { readonly comparator: string; readonly value: Value }): (value: Value) => boolean {
  switch (comparator) {
    case '=':
    case '==':
      return equalTester(wanted, true);
    case '===':
      return equalTester(wanted, false);
    case '#':
    case '!=':
    case '<>':
    case '!==': {
      const same = equalTester(wanted, comparator !== '!==');
      return (value) => !same(value);
    }
    case '%':
      return keywordTester(typeof wanted === 'string' ? wanted : '');
    default:
      return (value) => {
        const order = compareValues(value, wanted);
        if (order === undefined) return false;
        return comparator === '<' ? order < 0 : comparator === '>' ? order > 0 : comparator === '<=' ? order <= 0 : order >= 0;
      };
  }
}

/** Equality with one value; a text is folded only once. */
function equalTester(wanted: Value, wildcard: boolean): (value: Value) => boolean {
  if (typeof wanted !== 'string' || (wildcard && wanted.includes('@'))) return (value) => equalValues(value, wanted);
  const folded = plainText(wanted);
  return (value) => value === wanted || (typeof value === 'string' && plainText(value) === folded);
}

function keywordTester(wanted: string): (value: Value) => boolean {
  const pattern = wanted.trim();
  return (value) => typeof value === 'string' && keywords(value).some((word) => equalValues(word, pattern));
}

/** Words of a text as keyword queries see them. */
export function keywords(text: string): string[] {
  return plainText(text).match(/[\p{L}\p{N}_]+(?:['’.][\p{L}\p{N}]+)*/gu) ?? [];
}

/** Runs the criteria over the table (or the current selection) and puts the result where `SET QUERY DESTINATION` says. Gives the number found, and false in `ok` when a lock failed. */
export function runQuery(
  records: Records,
  process: number,
  table: number,
  criteria: readonly Criterion[],
  inSelection = false,
): { readonly count: number; readonly ok: boolean } {
  const scope = inSelection ? tableState(records, process, table).selection : visibleRecords(records, process, table);
  const present = inSelection ? scope.filter((record) => visibleRow(records, process, table, record)) : scope;
  return deliver(records, process, table, findRecords(records, process, table, criteria, present));
}

/** Puts found records where `SET QUERY DESTINATION` says. A variable is written by the caller, who knows the machine. */
export function deliver(
  records: Records,
  process: number,
  table: number,
  found: number[],
): { readonly count: number; readonly ok: boolean } {
  const own = processRecords(records, process);
  const kept = own.queryLimit > 0 ? found.slice(0, own.queryLimit) : found;
  let ok = true;
  if (own.queryAndLock && own.transactions.length > 0) {
    const locked = lockSelection(records, process, table, kept);
    setLockedSet(records, process, table, locked);
    ok = locked.size === 0;
  }
  const { queryDestination: destination } = own;
  if (destination.to === 'selection') setSelection(records, process, table, ok ? kept : []);
  else if (destination.to === 'set') putSet(records, process, destination.name, table, kept);
  else if (destination.to === 'named') setNamedSelection(records, process, destination.name, table, kept);
  return { count: kept.length, ok };
}

/** Sorts record numbers by the levels; equal ones keep their order. A level may be a field of a related one table. */
export function sortRecords(
  records: Records,
  process: number,
  table: number,
  levels: readonly SortLevel[],
  numbers: readonly number[],
): number[] {
  const readers = levels.map((level) => fieldReader(records, process, table, level.table, level.field, level.path));
  const rows = numbers.map((record) => ({ record, keys: readers.map((read) => read(record)) }));
  rows.sort((a, b) => {
    for (let i = 0; i < levels.length; i++) {
      const order = sortOrder(a.keys[i], b.keys[i]);
      if (order !== 0) return levels[i].descending ? -order : order;
    }
    return 0;
  });
  return rows.map((row) => row.record);
}

/** Reads a field of stored records of `table`; the field may belong to a related one table. */
export function fieldReader(
  records: Records,
  process: number,
  table: number,
  ofTable: number,
  field: number,
  path?: string,
): (record: number) => Value {
  if (ofTable === table) return (record) => storedValue(records, process, table, record, field, path);
  const related = relatedLookup(records, process, table, ofTable);
  return (record) => {
    const one = related(record);
    return one === undefined ? undefined : storedValue(records, process, ofTable, one, field, path);
  };
}

/** Order of any two values for sorts: by kind first, then within the kind. Null and undefined come first. */
export function sortOrder(left: Value, right: Value): number {
  const order = compareValues(left, right);
  if (order !== undefined) return order;
  return kindRank(left) - kindRank(right);
}

const ranks = ['undefined', 'null', 'boolean', 'text', 'number', 'time', 'object', 'collection', 'date'];

function kindRank(value: Value): number {
  const rank = ranks.indexOf(kindOf(value));
  return rank < 0 ? ranks.length : rank;
}

/** `ORDER BY`: sorts the current selection; its first record becomes the current one. */
export function orderSelection(records: Records, process: number, table: number, levels: readonly SortLevel[]): void {
  for (const level of levels)
    if (!fieldByNumber(records, level.table, level.field)) failWith('field', String(level.table), String(level.field));
  const { selection } = tableState(records, process, table);
  setSelection(records, process, table, sortRecords(records, process, table, levels, selection));
}
