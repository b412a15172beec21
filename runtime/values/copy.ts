import type { Value } from './value.js';

/**
 * A deep copy: objects and collections and what they hold, aliases and circles kept as they are. Scalars, formulas and host
 * things are shared. `shared` gives the copy a shared group; without it the copy is not shared.
 */
export function copyValue(value: Value, shared?: number, seen: Map<unknown, Value> = new Map()): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (value.t !== 'object' && value.t !== 'collection') return value;
  const done = seen.get(value);
  if (done !== undefined) return done;
  if (value.t === 'collection') {
    const items: Value[] = [];
    const made: Value = shared === undefined ? { t: 'collection', items } : { t: 'collection', items, shared };
    seen.set(value, made);
    for (const item of value.items) items.push(copyValue(item, shared, seen));
    return made;
  }
  const properties = new Map<string, Value>();
  const made: Value = { t: 'object', properties };
  if (value.className !== undefined) made.className = value.className;
  if (shared !== undefined) made.shared = shared;
  seen.set(value, made);
  for (const [name, item] of value.properties) properties.set(name, copyValue(item, shared, seen));
  return made;
}

/** True when both hold the same data: objects and collections are compared by content, texts exactly. */
export function sameData(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right || left.t !== right.t) return false;
  if (left.t === 'object' && right.t === 'object') {
    if (left.properties.size !== right.properties.size) return false;
    for (const [name, value] of left.properties)
      if (!right.properties.has(name) || !sameData(value, right.properties.get(name))) return false;
    return true;
  }
  if (left.t === 'collection' && right.t === 'collection') {
    return left.items.length === right.items.length && left.items.every((item, i) => sameData(item, right.items[i]));
  }
  if (left.t === 'date' && right.t === 'date') return left.year === right.year && left.month === right.month && left.day === right.day;
  if (left.t === 'time' && right.t === 'time') return left.seconds === right.seconds;
  if ((left.t === 'blob' && right.t === 'blob') || (left.t === 'picture' && right.t === 'picture')) {
    return left.bytes.length === right.bytes.length && left.bytes.every((byte, i) => byte === right.bytes[i]);
  }
  return false;
}
