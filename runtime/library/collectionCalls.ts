/** Functions of Collection that call a formula or method for each item. What they know between two calls is plain data in the state of their continuation. */
import type { Callable, NativeResult } from '../machine/types.js';
import { sortOrder } from '../records/query.js';
import type { CollectionValue, ObjectValue, Value } from '../values/value.js';
import { changing, flatten, fromStart, listLike, self, sortedScalars } from './collections.js';
import { BAD_PARAMETER, raise } from './errors.js';
import { replaceAll } from './limits.js';
import { type Call, Theme } from './theme.js';

export const collectionCalls = new Theme('Collections with formulas');

/** What is called: a formula, or a project method by name. */
export function callbackAt(call: Call, index: number): Callable {
  const value = call.value(index);
  if (typeof value === 'object' && value?.t === 'formula') return { formula: value };
  if (typeof value === 'string' && value !== '') return { method: value };
  return raise(
    BAD_PARAMETER,
    {
      en: '{0} needs a formula or the name of a method as argument {1}.',
      es: '{0} necesita una fórmula o el nombre de un método como argumento {1}.',
    },
    call.command,
    index + 1,
  );
}

interface Walk {
  readonly kind: 'map' | 'flatMap' | 'filter' | 'every' | 'some' | 'find' | 'findIndex' | 'reduce' | 'reduceRight';
  readonly items: readonly Value[];
  readonly code: Callable;
  readonly params: readonly Value[];
  /** The object that the callback gets as `$1`. */
  readonly event: ObjectValue;
  at: number;
  readonly out: Value[];
}

const NEXT = 'Collection: next item';

function begin(call: Call, kind: Walk['kind']): NativeResult {
  const collection = self(call);
  const starts = ['every', 'some', 'find', 'findIndex'].includes(kind) && typeof call.value(0) === 'number' ? 1 : 0;
  const code = callbackAt(call, starts);
  const reducing = kind === 'reduce' || kind === 'reduceRight';
  const params = call.args.slice(starts + (reducing ? 2 : 1)).map((_, i) => call.value(starts + (reducing ? 2 : 1) + i));
  const items = kind === 'reduceRight' ? [...collection.items].reverse() : [...collection.items];
  const event: ObjectValue = { t: 'object', properties: new Map() };
  let at = starts ? fromStart(call.integer(0), items.length) : 0;
  if (reducing) {
    // Without a first value the first item is it.
    if (call.has(1)) event.properties.set('accumulator', call.value(1));
    else event.properties.set('accumulator', items[at++]);
  }
  return next(call, { kind, items, code, params, event, at, out: [] });
}

function next(call: Call, walk: Walk): NativeResult {
  if (walk.at >= walk.items.length) return end(call, walk);
  walk.event.properties.set('value', walk.items[walk.at]);
  walk.event.properties.delete('result');
  return { native: 'call', code: walk.code, args: [walk.event, ...walk.params], then: NEXT, state: walk };
}

collectionCalls.continuation(NEXT, (call, state, returned) => {
  const walk = state as Walk;
  const { event, items } = walk;
  // A method that returns nothing sets `$1.result`.
  const result = returned === undefined ? event.properties.get('result') : returned;
  const item = items[walk.at];
  switch (walk.kind) {
    case 'map':
    case 'flatMap':
      walk.out.push(result);
      break;
    case 'filter':
      if (result === true) walk.out.push(item);
      break;
    case 'every':
      if (result !== true) return false;
      break;
    case 'some':
      if (result === true) return true;
      break;
    case 'find':
      if (result === true) return item;
      break;
    case 'findIndex':
      if (result === true) return walk.at;
      break;
  }
  walk.at++;
  return event.properties.get('stop') === true ? end(call, walk) : next(call, walk);
});

function end(call: Call, walk: Walk): Value {
  switch (walk.kind) {
    case 'map':
      return { t: 'collection', items: walk.out };
    case 'flatMap':
      return { t: 'collection', items: flatten(walk.out, 1) };
    case 'filter':
      return listLike(self(call), walk.out);
    case 'every':
      return true;
    case 'some':
      return false;
    case 'find':
      return undefined;
    case 'findIndex':
      return -1;
    default:
      return walk.event.properties.get('accumulator');
  }
}

for (const kind of ['map', 'flatMap', 'filter', 'every', 'some', 'find', 'findIndex', 'reduce', 'reduceRight'] as const) {
  collectionCalls.member(`Collection.${kind}`, (call) => begin(call, kind));
}

// ---- sorting by a formula

interface Sorting {
  readonly code: Callable;
  readonly params: readonly Value[];
  readonly event: ObjectValue;
  readonly items: readonly Value[];
  /** Indexes of the items placed so far, in order. */
  readonly placed: number[];
  /** The item that is being placed, between these bounds. */
  at: number;
  low: number;
  high: number;
  /** What happens with the order: the collection itself is changed, or a new one is made; others follow. */
  readonly how: 'sort' | 'orderByMethod' | 'multiSort';
  readonly followers: readonly CollectionValue[];
}

const COMPARED = 'Collection: two items compared';

function sorting(call: Call, how: Sorting['how'], followers: readonly CollectionValue[] = []): NativeResult {
  const { items } = how === 'orderByMethod' ? self(call) : changing(call);
  const first = how === 'multiSort' ? 2 : 1;
  const params = call.args.slice(first).map((_, i) => call.value(first + i));
  const event: ObjectValue = { t: 'object', properties: new Map() };
  return place(call, { code: callbackAt(call, 0), params, event, items: [...items], placed: [], at: 0, low: 0, high: 0, how, followers });
}

/** Binary insertion: each step asks whether the item comes before the middle one of those placed. */
function place(call: Call, state: Sorting): NativeResult {
  while (state.at < state.items.length) {
    if (state.low < state.high) {
      const middle = (state.low + state.high) >> 1;
      state.event.properties.set('value', state.items[state.at]);
      state.event.properties.set('value2', state.items[state.placed[middle]]);
      state.event.properties.delete('result');
      return { native: 'call', code: state.code, args: [state.event, ...state.params], then: COMPARED, state };
    }
    state.placed.splice(state.low, 0, state.at);
    state.at++;
    state.low = 0;
    state.high = state.placed.length;
  }
  return ordered(call, state.items, state.placed, state.how, state.followers);
}

collectionCalls.continuation(COMPARED, (call, kept, returned) => {
  const state = kept as Sorting;
  const before = (returned === undefined ? state.event.properties.get('result') : returned) === true;
  const middle = (state.low + state.high) >> 1;
  if (before) state.high = middle;
  else state.low = middle + 1;
  return place(call, state);
});

function ordered(
  call: Call,
  items: readonly Value[],
  order: readonly number[],
  how: Sorting['how'],
  followers: readonly CollectionValue[],
): Value {
  const sorted = order.map((i) => items[i]);
  if (how === 'orderByMethod') return listLike(self(call), sorted);
  const target = self(call);
  replaceAll(target.items, sorted);
  for (const follower of followers) {
    const before = [...follower.items];
    replaceAll(
      follower.items,
      order.map((i) => before[i]),
    );
  }
  return target;
}

collectionCalls.member('Collection.sort', (call) => {
  const first = call.value(0);
  if (first !== undefined && typeof first !== 'number') return sorting(call, 'sort');
  const target = changing(call);
  replaceAll(target.items, sortedScalars(target.items, first === 1));
  return target;
});
collectionCalls.member('Collection.orderByMethod', (call) => sorting(call, 'orderByMethod'));

collectionCalls.member('Collection.multiSort', (call) => {
  const byFormula = typeof call.value(0) === 'object' && (call.value(0) as { t?: string } | null)?.t === 'formula';
  const given = call.has(byFormula ? 1 : 0) ? call.collection(byFormula ? 1 : 0).items : [];
  const levels = given.map((item) => {
    if (typeof item === 'object' && item?.t === 'collection') return { collection: item, sign: 0 };
    const inner = typeof item === 'object' && item?.t === 'object' ? item.properties : new Map<string, Value>();
    const collection = inner.get('collection');
    if (typeof collection === 'object' && collection?.t === 'collection') return { collection, sign: inner.get('order') === 1 ? -1 : 1 };
    return raise(
      BAD_PARAMETER,
      { en: '{0} needs collections to sort along.', es: '{0} necesita las colecciones que se ordenan a la vez.' },
      call.command,
    );
  });
  const target = changing(call);
  if (levels.some(({ collection }) => collection.items.length !== target.items.length)) {
    return raise(
      74,
      { en: '{0}: the collections do not have the same length.', es: '{0}: las colecciones no tienen la misma longitud.' },
      call.command,
    );
  }
  const followers = levels.map(({ collection }) => collection);
  if (byFormula) return sorting(call, 'multiSort', followers);
  const order = target.items.map((_, i) => i);
  order.sort((a, b) => {
    const first = sortOrder(target.items[a], target.items[b]);
    if (first !== 0) return first;
    for (const { collection, sign } of levels) {
      const found = sign * sortOrder(collection.items[a], collection.items[b]);
      if (found !== 0) return found;
    }
    return 0;
  });
  return ordered(call, target.items.slice(), order, 'multiSort', followers);
});
