/** Shared objects and collections: who may change them, and what they may hold (facts: 4D page `Concepts/shared`). */
import type { CollectionValue, ObjectValue, Value } from '../values/value.js';
import { raise } from './errors.js';
import type { Call } from './theme.js';

/** Raises an error when a shared object or collection is changed outside `Use`. */
export function checkWritable(call: Call, value: ObjectValue | CollectionValue): void {
  if (value.shared === undefined) return;
  const owner = call.machine.state.locks.get(value.shared);
  if (owner?.process === call.process.number) return;
  raise(
    -10719,
    {
      en: '{0}: a shared object or collection can only be changed between Use and End use.',
      es: '{0}: un objeto o una colección compartidos solo se pueden cambiar entre Use y End use.',
    },
    call.command,
  );
}

/** The value as it may be put into `container`: a shared one takes scalars, formulas (as projects at work keep them) and shared ones, which then belong to its group. */
export function contentFor(call: Call, container: ObjectValue | CollectionValue, value: Value): Value {
  if (container.shared === undefined || typeof value !== 'object' || value === null) return value;
  if (value.t === 'object' || value.t === 'collection') {
    if (value.shared !== undefined) {
      joinGroup(call, value, container.shared);
      return value;
    }
  } else if (value.t === 'date' || value.t === 'time' || value.t === 'picture' || value.t === 'blob' || value.t === 'formula') return value;
  else if (value.t === 'host' && (value.shared !== undefined || value.className === '4D.Signal')) return value;
  return raise(
    -10720,
    {
      en: '{0}: a shared object or collection can only hold scalar values and other shared objects or collections. Make it with New shared object, New shared collection or OB Copy(…; ck shared).',
      es: '{0}: un objeto o una colección compartidos solo pueden contener valores escalares y otros objetos o colecciones compartidos. Créelo con New shared object, New shared collection u OB Copy(…; ck shared).',
    },
    call.command,
  );
}

/** Puts a shared value and what it holds into a group; one that belongs to a group of several already stays there, and the two groups cannot meet. */
function joinGroup(call: Call, value: ObjectValue | CollectionValue, group: number): void {
  if (value.shared === group) return;
  const items = value.t === 'object' ? value.properties.values() : value.items.values();
  value.shared = group;
  for (const item of items) {
    if (typeof item === 'object' && item !== null && (item.t === 'object' || item.t === 'collection') && item.shared !== undefined) {
      joinGroup(call, item, group);
    }
  }
}
