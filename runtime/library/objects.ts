/** Theme Objects (facts: 4D theme page `Objects (Language)`). */

import { kindOf } from '../values/compare.js';
import { copyValue } from '../values/copy.js';
import { nullDate } from '../values/dates.js';
import { valueText } from '../values/format.js';
import { ownerOf, plainName, qualified } from '../values/owner.js';
import type { ArrayValue, ObjectValue, TypeName, Value } from '../values/value.js';
import { dateOf, timeOf } from './dates.js';
import { BAD_PARAMETER, raise } from './errors.js';
import { classProperties } from './orda/attributes.js';
import { typeNumbers } from './relations.js';
import { checkWritable, contentFor } from './shared.js';
import { numberIn } from './text.js';
import { type Call, Theme } from './theme.js';

export const objects = new Theme('Objects');

const IS_NULL = 255;
const IS_UNDEFINED = 5;

/** The number that `Value type` and `OB Get type` give for a value. */
export function typeNumber(value: Value): number {
  const kind = kindOf(value);
  if (kind === 'null') return IS_NULL;
  if (kind === 'undefined') return IS_UNDEFINED;
  if (kind === 'number') return typeNumbers.real;
  return typeNumbers[kind as TypeName] ?? typeNumbers.object;
}

/** The object of an argument that is changed: a variable that holds none yet gets an empty one. */
function objectToChange(call: Call, index: number): ObjectValue {
  const value = call.value(index);
  if (value === null || value === undefined) {
    const made: ObjectValue = { t: 'object', properties: new Map() };
    call.set(index, made);
    return made;
  }
  const found = call.object(index);
  checkWritable(call, found);
  return found;
}

/** The object of an argument that is read; undefined for Null and for what is no plain object. */
function objectToRead(call: Call, index: number): ObjectValue | undefined {
  const value = call.value(index);
  return typeof value === 'object' && value?.t === 'object' ? value : undefined;
}

/** Names and values of an argument: of an object, of the datastore (its dataclasses) and of a dataclass (its attributes). */
function propertiesOf(call: Call, index: number): ReadonlyMap<string, Value> {
  const value = call.value(index);
  if (typeof value === 'object' && value?.t === 'host') return classProperties(call, value) ?? new Map();
  return objectToRead(call, index)?.properties ?? new Map();
}

/** Pairs of name and value from argument `first` on. */
function setPairs(call: Call, target: ObjectValue, first: number): void {
  for (let i = first; i < call.count(); i += 2) {
    const value = contentFor(call, target, call.value(i + 1));
    if (value === undefined) target.properties.delete(call.text(i));
    else target.properties.set(call.text(i), value);
  }
}

objects.reader(1471, 'New object', (call) => {
  const made: ObjectValue = { t: 'object', properties: new Map() };
  setPairs(call, made, 0);
  return made;
});

objects.command(1526, 'New shared object', (call) => {
  const { args, last } = groupArgument(call);
  const made: ObjectValue = { t: 'object', properties: new Map(), shared: last ?? call.machine.newGroup() };
  for (let i = 0; i < args; i += 2) made.properties.set(call.text(i), contentFor(call, made, call.value(i + 1)));
  return made;
});

/** An odd argument at the end names the group that the new shared object joins. */
function groupArgument(call: Call): { readonly args: number; readonly last: number | undefined } {
  if (call.count() % 2 === 0) return { args: call.count(), last: undefined };
  const value = call.value(call.count() - 1);
  const shared =
    typeof value === 'object' && value !== null && (value.t === 'object' || value.t === 'collection') ? value.shared : undefined;
  return { args: call.count() - 1, last: shared };
}

objects.command(1220, 'OB SET', (call) => {
  const target = objectToChange(call, 0);
  setPairs(call, target, 1);
});
objects.command(1233, 'OB SET NULL', (call) => {
  objectToChange(call, 0).properties.set(call.text(1), null);
});
objects.command(1226, 'OB REMOVE', (call) => {
  objectToChange(call, 0).properties.delete(call.text(1));
});
objects.reader(1231, 'OB Is defined', (call) => {
  const object = objectToRead(call, 0);
  if (!object || !call.has(1)) return object !== undefined;
  const name = call.text(1);
  return object.properties.has(name) || inClass(call, object.className, name);
});
objects.reader(1297, 'OB Is empty', (call) => (objectToRead(call, 0)?.properties.size ?? 0) === 0);
objects.reader(1759, 'OB Is shared', (call) => {
  const value = call.value(0);
  return typeof value === 'object' && value !== null && 'shared' in value && value.shared !== undefined;
});
objects.reader(1230, 'OB Get type', (call) => typeNumber(objectToRead(call, 0)?.properties.get(call.text(1))));

objects.reader(1224, 'OB Get', (call) => {
  const value = objectToRead(call, 0)?.properties.get(call.text(1));
  return call.has(2) ? forcedTo(call, value, call.integer(2)) : value;
});

/** A value forced into the type of a constant (`Is text` …); what has no sense there is that type's empty value. */
export function forcedTo(call: Call, value: Value, type: number): Value {
  const kind = kindOf(value);
  switch (type) {
    case 2:
    case 0:
      return value === null || value === undefined ? '' : typeof value === 'boolean' ? String(value) : valueText(value);
    case 1:
    case 8:
    case 9: {
      const number = kind === 'number' ? (value as number) : kind === 'text' ? numberIn(value as string) : value === true ? 1 : 0;
      const read = typeof value === 'object' && value?.t === 'time' ? value.seconds : number;
      return type === 1 ? read : Math.trunc(read);
    }
    case 6:
      return kind === 'boolean' ? value : kind === 'number' ? value !== 0 : value === 'true';
    case 4:
      return kind === 'date' || kind === 'text' ? dateOf(value) : nullDate;
    case 11:
      return timeOf(value);
    case 38:
      return kind === 'object' ? value : null;
    case 42:
      return kind === 'collection' ? value : null;
    case 23:
      return kind === 'pointer' ? value : { t: 'pointer', target: undefined };
    case 3:
      return kind === 'picture' ? value : { t: 'picture', bytes: new Uint8Array(0), mime: '' };
    case 30:
      return kind === 'blob' ? value : { t: 'blob', bytes: new Uint8Array(0) };
    case IS_NULL:
      return null;
    default:
      return raise(
        BAD_PARAMETER,
        { en: '{0} cannot convert to the type {1}.', es: '{0} no puede convertir al tipo {1}.' },
        call.command,
        type,
      );
  }
}

objects.reader(1719, 'OB Keys', (call) => ({ t: 'collection', items: [...propertiesOf(call, 0).keys()] }));
objects.reader(1718, 'OB Values', (call) => ({ t: 'collection', items: [...propertiesOf(call, 0).values()] }));
objects.reader(1720, 'OB Entries', (call) => ({
  t: 'collection',
  items: [...propertiesOf(call, 0)].map(([key, value]) => ({
    t: 'object',
    properties: new Map<string, Value>([
      ['key', key],
      ['value', value],
    ]),
  })),
}));

const CK_RESOLVE_POINTERS = 1;
const CK_SHARED = 2;

objects.command(1225, 'OB Copy', (call) => {
  const value = call.value(0);
  if (typeof value !== 'object' || value === null || (value.t !== 'object' && value.t !== 'collection')) return null;
  const options = typeof call.value(1) === 'number' ? call.integer(1) : 0;
  const resolve = call.value(1) === true || (options & CK_RESOLVE_POINTERS) !== 0;
  const made = copyValue(value, options & CK_SHARED ? sharedGroup(call, 2) : undefined);
  if (resolve) resolvePointers(call, made, new Set());
  return made;
});

/** The group of a shared value given as an argument, or a fresh one. */
export function sharedGroup(call: Call, index: number): number {
  const value = call.has(index) ? call.value(index) : undefined;
  const group = typeof value === 'object' && value !== null && 'shared' in value ? value.shared : undefined;
  return group ?? call.machine.newGroup();
}

/** Puts what pointers point to in their place, all the way down. */
export function resolvePointers(call: Call, value: Value, seen: Set<unknown>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  const resolved = (item: Value): Value => {
    if (typeof item === 'object' && item?.t === 'pointer' && item.target) {
      const array = call.machine.arrayAt(call.process, item.target);
      return array ? { t: 'collection', items: elementsOf(array) } : call.machine.read(call.process, item.target);
    }
    resolvePointers(call, item, seen);
    return item;
  };
  if (value.t === 'object') for (const [name, item] of value.properties) value.properties.set(name, resolved(item));
  else if (value.t === 'collection') for (const [i, item] of value.items.entries()) value.items[i] = resolved(item);
}

/** Elements from 1 as values; rows of a two-dimensional array become collections. */
export function elementsOf(array: ArrayValue): Value[] {
  return array.items
    .slice(1)
    .map((item): Value => (typeof item === 'object' && item?.t === 'array' ? { t: 'collection', items: elementsOf(item) } : item));
}

// ---- arrays in objects

objects.command(1227, 'OB SET ARRAY', (call) => {
  const target = objectToChange(call, 0);
  const array = call.arrayOrNone(2);
  const items = array ? elementsOf(array) : [call.value(2)];
  const made: Value = { t: 'collection', items: [] };
  if (target.shared !== undefined) made.shared = target.shared;
  for (const item of items) made.items.push(contentFor(call, target, item));
  target.properties.set(call.text(1), made);
});

objects.command(1229, 'OB GET ARRAY', (call) => {
  const value = objectToRead(call, 0)?.properties.get(call.text(1));
  const items = typeof value === 'object' && value?.t === 'collection' ? value.items : value === undefined || value === null ? [] : [value];
  intoArray(call, 2, items);
});

/** Fills an array with values forced into its type; an array that does not exist yet gets the type of the first value. */
export function intoArray(call: Call, index: number, items: readonly Value[]): void {
  const kinds: Partial<Record<string, TypeName>> = {
    number: 'real',
    boolean: 'boolean',
    object: 'object',
    date: 'date',
    picture: 'picture',
    pointer: 'pointer',
  };
  const array = call.arrayOrNone(index) ?? call.array(index, kinds[kindOf(items[0])] ?? 'text');
  array.items = [array.items[0], ...items.map((item) => forcedTo(call, item, array.type === 'blob' ? IS_NULL : typeNumbers[array.type]))];
  array.current = 0;
}

objects.command(1232, 'OB GET PROPERTY NAMES', (call) => {
  const properties = propertiesOf(call, 0);
  call.array(1, 'text').items = ['', ...properties.keys()];
  if (call.has(2)) call.array(2, 'integer').items = [0, ...[...properties.values()].map(typeNumber)];
});

objects.reader(1731, 'OB Instance of', (call) => {
  const wanted = call.value(1);
  const value = call.value(0);
  if (typeof wanted !== 'object' || wanted?.t !== 'class') return false;
  for (const name of classNames(call, value)) if (name === wanted.name.toLowerCase()) return true;
  return false;
});

/**
 * Whether objects of a class of the project have a function or a computed property: their class is where a property is looked for next (facts: 4D page
 * `Concepts/classes`, chain of prototypes).
 */
function inClass({ machine }: Call, className: string | undefined, name: string): boolean {
  return className !== undefined && [name, `get ${name}`].some((functionName) => machine.exists({ className, functionName }));
}

/** Names (in lower case) of the class of a value and of what it extends. */
function* classNames(call: Call, value: Value): Iterable<string> {
  if (typeof value !== 'object' || value === null) return;
  if (value.t === 'collection') yield* ['collection', '4d.collection'];
  else if (value.t === 'formula') yield* ['4d.function', '4d.object'];
  else if (value.t === 'host') {
    let name: string | undefined = value.projectClass;
    if (name) yield name.toLowerCase();
    for (name = value.className; name; name = call.machine.program.catalogue.classByName(name)?.extends) yield name.toLowerCase();
    yield '4d.object';
  } else if (value.t === 'object') {
    for (let name = value.className; name; name = parentClass(call, name)) yield name.toLowerCase();
    yield* ['4d.object', 'object'];
  }
}

/** What a class of the project extends, read from its text. */
function parentClass(call: Call, name: string): string | undefined {
  const component = ownerOf(name);
  const file = call.machine.program.classByName(plainName(name), component);
  const text = file && call.machine.program.text(file.path);
  const parent = text ? /^\s*Class\s+extends\s+([^\s/]+)/im.exec(text)?.[1] : undefined;
  return parent && qualified(component, parent);
}
