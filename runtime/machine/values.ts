/** Properties and items of plain objects and collections, with the rules of shared ones. */
import { display } from '../values/display.js';
import type { CollectionValue, ObjectValue, Value } from '../values/value.js';
import type { Core } from './core.js';
import { fail } from './messages.js';
import type { ProcessState } from './types.js';

/**
 * An object's own property. Undefined has none and gives Undefined. So does a declared variable that was never given an object, and the length of such a
 * collection is 0 (4D page `Concepts/null-undefined`, `var $o : Object`, `$val:=$o.a`); it holds Null here, so that Null itself gives the same.
 */
export function readProperty(object: Value, name: string): Value {
  if (object === undefined) return undefined;
  if (object === null) return name === 'length' ? 0 : undefined;
  if (typeof object === 'object') {
    if (object.t === 'object') return object.properties.get(name);
    if (object.t === 'formula') return object.properties?.get(name);
    if (object.t === 'collection' && name === 'length') return object.items.length;
  }
  return fail('noObject', name, display(object, 1));
}

/** What an object's property becomes: Undefined clears an existing one to the default of its kind. */
export function writeProperty(core: Core, process: ProcessState, object: Value, name: string, value: Value): void {
  if (object === null || object === undefined) fail('nullMember', name);
  if (typeof object === 'object' && object !== null && object.t === 'object') {
    if (object.shared !== undefined) checkShared(core, process, object, value);
    object.properties.set(name, value === undefined ? cleared(object.properties.get(name)) : value);
  } else if (typeof object === 'object' && object !== null && object.t === 'formula') {
    object.properties ??= new Map();
    object.properties.set(name, value);
  } else fail('noObject', name, display(object, 1));
}

function cleared(before: Value): Value {
  switch (typeof before) {
    case 'number':
      return 0;
    case 'string':
      return '';
    case 'boolean':
      return false;
    case 'object':
      return before !== null && before.t === 'date' ? { t: 'date', year: 0, month: 0, day: 0 } : null;
    default:
      return before;
  }
}

/** No array or collection of a simulated program grows beyond this. */
export const MOST_ITEMS = 10_000_000;

export function writeItem(core: Core, process: ProcessState, collection: Value, index: number, value: Value): void {
  if (typeof collection !== 'object' || collection?.t !== 'collection') {
    fail('noObject', String(index), display(collection, 1));
    return;
  }
  if (!(index >= 0)) fail('itemIndex', index);
  if (collection.shared !== undefined) checkShared(core, process, collection, value);
  const at = Math.trunc(index);
  if (at >= MOST_ITEMS) fail('many', MOST_ITEMS);
  while (collection.items.length < at) collection.items.push(null);
  collection.items[at] = value;
}

/**
 * Only who holds a shared value by `Use` changes it, and only scalars and shared values go in (facts: 4D page `Concepts/shared`). Formulas do too:
 * the page does not name them, and projects at work keep them in `Storage`.
 */
export function checkShared(core: Core, process: ProcessState, container: ObjectValue | CollectionValue, value: Value): void {
  if (core.state.locks.get(container.shared!)?.process !== process.number) fail('noUse');
  if (typeof value !== 'object' || value === null) return;
  if (value.t === 'object' || value.t === 'collection') {
    if (value.shared === undefined) fail('sharedContent');
    join(value, container.shared!);
  } else if (value.t === 'pointer') fail('sharedContent');
}

/** A shared value that goes into another belongs to its group from then on, with what it holds. */
function join(value: ObjectValue | CollectionValue, group: number): void {
  if (value.shared === group) return;
  value.shared = group;
  for (const item of value.t === 'object' ? value.properties.values() : value.items) {
    if (typeof item === 'object' && item !== null && (item.t === 'object' || item.t === 'collection')) join(item, group);
  }
}
