/** Theme Collections and the class Collection, as far as no formula is called (facts: 4D page `API/CollectionClass`). */
import { sortOrder, valueAtPath } from '../records/records.js';
import { equalValues, plainText } from '../values/compare.js';
import { copyValue } from '../values/copy.js';
import { valueText } from '../values/format.js';
import type { CollectionValue, Value } from '../values/value.js';
import { checkCount, insertAt } from './limits.js';
import { elementsOf, intoArray, resolvePointers, sharedGroup } from './objects.js';
import { orderOf, queryOf } from './queryCall.js';
import { queryTester, type SortPath } from './queryString.js';
import { checkWritable, contentFor } from './shared.js';
import { type Call, Theme } from './theme.js';

export const collections = new Theme('Collections');

const CK_DESCENDING = 1;
const CK_DIACRITICAL = 8;
const CK_COUNT_VALUES = 32;
const CK_RESOLVE_POINTERS = 1;
const CK_SHARED = 2;

/** The collection before the dot. */
export function self(call: Call): CollectionValue {
  return call.self as CollectionValue;
}

/** The collection before the dot, when it may be changed. */
export function changing(call: Call): CollectionValue {
  checkWritable(call, self(call));
  return self(call);
}

/** A new collection; of the same group when the original is shared, as functions that make shallow copies give it. */
export function listLike(original: CollectionValue, items: Value[]): CollectionValue {
  return original.shared === undefined ? { t: 'collection', items } : { t: 'collection', items, shared: original.shared };
}

const list = (items: Value[]): CollectionValue => ({ t: 'collection', items });

/** An index that may count from the end, kept at 0 or above. */
export function fromStart(index: number, length: number): number {
  return index < 0 ? Math.max(0, index + length) : index;
}

/** Values of arguments from `first` on, as the collection may take them. */
function contents(call: Call, target: CollectionValue, first = 0): Value[] {
  return call.args.slice(first).map((_, i) => contentFor(call, target, call.value(first + i)));
}

collections.reader(1472, 'New collection', (call) => {
  const made = list([]);
  made.items.push(...contents(call, made));
  return made;
});
collections.command(1527, 'New shared collection', (call) => {
  const made: CollectionValue = { t: 'collection', items: [], shared: call.machine.newGroup() };
  made.items.push(...contents(call, made));
  return made;
});

collections.command(1563, 'ARRAY TO COLLECTION', (call) => {
  const named = call.count() > 2;
  let target = call.value(0);
  if (typeof target !== 'object' || target?.t !== 'collection') {
    target = list([]);
    call.set(0, target);
  }
  const made = target;
  checkWritable(call, made);
  made.items.length = 0;
  for (let i = 1; i < call.count(); i += 2) {
    const values = elementsOf(call.array(i)).map((value) => contentFor(call, made, value));
    if (!named) insertAt(made.items, made.items.length, values);
    else {
      for (const [row, value] of values.entries()) {
        let object = made.items[row];
        if (typeof object !== 'object' || object?.t !== 'object') {
          object = { t: 'object', properties: new Map() };
          if (made.shared !== undefined) object.shared = made.shared;
          made.items[row] = object;
        }
        object.properties.set(call.text(i + 1), value);
      }
    }
  }
});

collections.command(1562, 'COLLECTION TO ARRAY', (call) => {
  const { items } = call.collection(0);
  for (let i = 1; i < call.count(); i += 2) {
    const path = call.has(i + 1) ? call.text(i + 1) : '';
    intoArray(call, i, path === '' ? items : items.map((item) => valueAtPath(item, path)));
  }
});

// ---- changing

collections.property('Collection.length', (call) => self(call).items.length);
collections.member('Collection.push', (call) => {
  const target = changing(call);
  target.items.push(...contents(call, target));
  return target;
});
collections.member('Collection.unshift', (call) => {
  const target = changing(call);
  target.items.unshift(...contents(call, target));
  return target;
});
collections.member('Collection.pop', (call) => changing(call).items.pop());
collections.member('Collection.shift', (call) => changing(call).items.shift());
collections.member('Collection.clear', (call) => {
  changing(call).items.length = 0;
  return self(call);
});
collections.member('Collection.insert', (call) => {
  const target = changing(call);
  target.items.splice(fromStart(call.integer(0), target.items.length), 0, contentFor(call, target, call.value(1)));
  return target;
});
collections.member('Collection.combine', (call) => {
  const target = changing(call);
  const added = call.collection(0).items.map((item) => contentFor(call, target, item));
  const at = call.has(1) ? fromStart(call.integer(1), target.items.length) : target.items.length;
  insertAt(target.items, at, added);
  return target;
});
collections.member('Collection.remove', (call) => {
  const target = changing(call);
  const at = fromStart(call.integer(0), target.items.length);
  target.items.splice(at, call.has(1) ? Math.max(0, call.integer(1)) : 1);
  return target;
});
collections.member('Collection.resize', (call) => {
  const target = changing(call);
  const size = checkCount(Math.max(0, call.integer(0)));
  const filling = call.has(1) ? contentFor(call, target, call.value(1)) : null;
  while (target.items.length < size) target.items.push(filling);
  target.items.length = size;
  return target;
});
collections.member('Collection.fill', (call) => {
  const target = changing(call);
  const { length } = target.items;
  const start = call.has(1) ? fromStart(call.integer(1), length) : 0;
  const given = call.has(2) ? call.integer(2) : length;
  target.items.fill(contentFor(call, target, call.value(0)), start, Math.max(start, given < 0 ? given + length : given));
  return target;
});

// ---- looking

collections.property('Collection.at', (call) => self(call).items.at(call.integer(0)));
collections.property('Collection.first', (call) => self(call).items[0]);
collections.property('Collection.last', (call) => self(call).items.at(-1));

/** Equality as `indexOf`, `includes` and `countValues` use it: Null is not Undefined. */
function found(item: Value, wanted: Value): boolean {
  if (item === undefined || wanted === undefined) return item === wanted;
  return equalValues(item, wanted);
}

function indexOf(call: Call): number {
  const { items } = self(call);
  const wanted = call.value(0);
  for (let i = call.has(1) ? fromStart(call.integer(1), items.length) : 0; i < items.length; i++) if (found(items[i], wanted)) return i;
  return -1;
}
collections.property('Collection.indexOf', indexOf);
collections.property('Collection.includes', (call) => indexOf(call) >= 0);
collections.property('Collection.lastIndexOf', (call) => {
  const { items } = self(call);
  const wanted = call.value(0);
  let start = call.has(1) ? call.integer(1) : items.length - 1;
  if (start < 0) start += items.length;
  if (call.has(1) && start === 0) return -1;
  for (let i = Math.min(start, items.length - 1); i >= 0; i--) if (found(items[i], wanted)) return i;
  return -1;
});

/** Items, or what they have at the path given as an argument. */
function valuesOf(call: Call, index = 0): Value[] {
  const { items } = self(call);
  if (!call.has(index) || typeof call.value(index) !== 'string') return items;
  const path = call.text(index);
  return items.map((item) => valueAtPath(item, path));
}

const defined = (value: Value): boolean => value !== undefined && value !== null;
const numbersOf = (call: Call): number[] => valuesOf(call).filter((value): value is number => typeof value === 'number');

collections.property('Collection.count', (call) => valuesOf(call).filter(defined).length);
collections.property('Collection.countValues', (call) => {
  const wanted = call.value(0);
  return valuesOf(call, 1).filter((value) => found(value, wanted)).length;
});
collections.property('Collection.sum', (call) => numbersOf(call).reduce((total, value) => total + value, 0));
collections.property('Collection.average', (call) => {
  const numbers = numbersOf(call);
  return numbers.length === 0 ? undefined : numbers.reduce((total, value) => total + value, 0) / numbers.length;
});
collections.property('Collection.max', (call) => valuesOf(call).filter(defined).sort(sortOrder).at(-1));
collections.property('Collection.min', (call) => valuesOf(call).filter(defined).sort(sortOrder)[0]);

collections.property('Collection.join', (call) => {
  const skip = call.has(1) && call.integer(1) !== 0;
  const parts = self(call).items.filter((item) => !skip || (defined(item) && item !== ''));
  return parts.map((item) => (item === undefined ? '' : valueText(item))).join(call.text(0));
});

collections.property('Collection.equal', (call) =>
  sameContent(self(call), call.collection(0), call.has(1) && (call.integer(1) & CK_DIACRITICAL) !== 0, 0),
);

function sameContent(left: Value, right: Value, exact: boolean, depth: number): boolean {
  if (left === right) return true;
  if (typeof left === 'string' && typeof right === 'string') return !exact && plainText(left) === plainText(right);
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right || depth > 1000) return false;
  if (left.t === 'collection' && right.t === 'collection') {
    return left.items.length === right.items.length && left.items.every((item, i) => sameContent(item, right.items[i], exact, depth + 1));
  }
  if (left.t === 'object' && right.t === 'object') {
    if (left.properties.size !== right.properties.size) return false;
    for (const [name, item] of left.properties) {
      if (!right.properties.has(name) || !sameContent(item, right.properties.get(name), exact, depth + 1)) return false;
    }
    return true;
  }
  return equalValues(left, right);
}

// ---- new collections

collections.property('Collection.concat', (call) => {
  const items = [...self(call).items];
  for (let i = 0; i < call.count(); i++) {
    const value = call.value(i);
    if (typeof value === 'object' && value?.t === 'collection') insertAt(items, items.length, value.items);
    else items.push(value);
  }
  return listLike(self(call), items);
});
collections.property('Collection.slice', (call) => {
  const { items } = self(call);
  return listLike(self(call), items.slice(call.integer(0), call.has(1) ? call.integer(1) : items.length));
});
collections.property('Collection.reverse', (call) => listLike(self(call), [...self(call).items].reverse()));
collections.property('Collection.flat', (call) => list(flatten(self(call).items, call.has(0) ? call.integer(0) : 1)));

/** Items with the collections among them spread, that many levels deep. */
export function flatten(items: readonly Value[], depth: number): Value[] {
  const result: Value[] = [];
  const open: { items: readonly Value[]; at: number }[] = [{ items, at: 0 }];
  while (open.length > 0) {
    const here = open[open.length - 1];
    if (here.at >= here.items.length) {
      open.pop();
      continue;
    }
    const item = here.items[here.at++];
    const inner = typeof item === 'object' && item?.t === 'collection' ? item.items : undefined;
    if (inner && open.length <= depth && !open.some((level) => level.items === inner)) open.push({ items: inner, at: 0 });
    else result.push(item);
  }
  return result;
}

collections.member('Collection.copy', (call) => {
  const options = call.has(0) ? call.integer(0) : 0;
  const made = copyValue(self(call), options & CK_SHARED ? sharedGroup(call, 1) : undefined);
  if (options & CK_RESOLVE_POINTERS) resolvePointers(call, made, new Set());
  return made;
});

collections.property('Collection.distinct', (call) => {
  const options = [0, 1].map((i) => call.value(i)).find((value) => typeof value === 'number') as number | undefined;
  return list(distinct(valuesOf(call), options ?? 0));
});

/** Different values in order; objects and collections are all kept. Options: `ck diacritical`, `ck count values`. */
export function distinct(values: readonly Value[], options: number): Value[] {
  const exact = (options & CK_DIACRITICAL) !== 0;
  const groups: { value: Value; count: number }[] = [];
  for (const value of values.filter(defined).sort(sortOrder)) {
    // Texts that differ in case only lie together, so looking back as far as they are equal is enough.
    let same: { value: Value; count: number } | undefined;
    for (let i = groups.length - 1; i >= 0 && sortOrder(groups[i].value, value) === 0; i--) {
      const other = groups[i].value;
      if (
        typeof value === 'string' ? !exact || other === value : typeof value === 'object' ? equalScalars(other, value) : other === value
      ) {
        same = groups[i];
        break;
      }
    }
    if (same) same.count++;
    else groups.push({ value, count: 1 });
  }
  if (!(options & CK_COUNT_VALUES)) return groups.map(({ value }) => value);
  return groups.map(({ value, count }) => ({
    t: 'object',
    properties: new Map<string, Value>([
      ['value', value],
      ['count', count],
    ]),
  }));
}

const equalScalars = (left: Value, right: Value): boolean => equalValues(left, right);

collections.property('Collection.extract', (call) => {
  const { items } = self(call);
  const second = call.has(1) ? call.value(1) : undefined;
  if (typeof second !== 'string') {
    const values = valuesOf(call);
    return list(second === undefined || second === 0 ? values.filter(defined) : values.map((value) => value ?? null));
  }
  const rows = items.map((item) => {
    const properties = new Map<string, Value>();
    for (let i = 0; i + 1 < call.count(); i += 2) {
      const value = valueAtPath(item, call.text(i));
      if (value !== undefined) properties.set(call.text(i + 1), value);
    }
    return { t: 'object', properties } as const;
  });
  return list(rows.filter((row) => row.properties.size > 0));
});

// ---- queries and sorts

function matching(call: Call): { readonly index: number; readonly item: Value }[] {
  const { node, order } = queryOf(call);
  const test = queryTester<Value>(node, valueAtPath);
  const hits = self(call)
    .items.map((item, index) => ({ item, index }))
    .filter(({ item }) => typeof item === 'object' && item?.t === 'object' && test(item));
  if (order.length > 0) hits.sort((a, b) => compareByPaths(a.item, b.item, order));
  return hits;
}

collections.property('Collection.query', (call) =>
  listLike(
    self(call),
    matching(call).map(({ item }) => item),
  ),
);
collections.property('Collection.indices', (call) =>
  list(
    matching(call)
      .map(({ index }) => index)
      .sort((a, b) => a - b),
  ),
);

/** Order of two objects by property paths. */
export function compareByPaths(left: Value, right: Value, order: readonly SortPath[]): number {
  for (const { path, descending } of order) {
    const found = sortOrder(valueAtPath(left, path), valueAtPath(right, path));
    if (found !== 0) return descending ? -found : found;
  }
  return 0;
}

/** Scalar values in order, or in the opposite one. */
export function sortedScalars(items: readonly Value[], descending: boolean): Value[] {
  return [...items].sort((a, b) => (descending ? sortOrder(b, a) : sortOrder(a, b)));
}

collections.property('Collection.orderBy', (call) => {
  const { items } = self(call);
  const first = call.value(0);
  if (first === undefined || typeof first === 'number') return listLike(self(call), sortedScalars(items, first === CK_DESCENDING));
  const order = orderOf(call, 0);
  return listLike(
    self(call),
    [...items].sort((a, b) => compareByPaths(a, b, order)),
  );
});
