/** Theme Arrays, as far as it is about arrays alone (facts: 4D theme page `Arrays`). What fills them from records is in `selectionArrays.ts`. */
import { compareValues, equalValues, matchesText, samePlace } from '../values/compare.js';
import { convertTo, defaultValue } from '../values/convert.js';
import type { ArrayValue, TypeName, Value } from '../values/value.js';
import { INDEX_OUT_OF_RANGE, raise, TYPES_DIFFER } from './errors.js';
import { checkCount, insertAt } from './limits.js';
import { type Call, Theme } from './theme.js';

export const arrays = new Theme('Arrays');

/** What `ARRAY TEXT` and its kin do: an array of that type and size; what it held and still fits stays. */
export function declareArray(call: Call, type: TypeName): void {
  const size = Math.max(0, call.integer(1));
  const dimensions = call.has(2) ? 2 : 1;
  let array = call.array(0, type, dimensions);
  if (array.type !== type || array.dimensions !== dimensions) {
    call.machine.undefine(call.process, call.reference(0));
    array = call.array(0, type, dimensions);
  }
  resize(array, size);
  if (dimensions === 2) {
    const second = Math.max(0, call.integer(2));
    checkCount((size + 1) * (second + 1));
    for (const item of array.items) if (isArray(item)) resize(item, second);
  }
}

function isArray(item: Value | ArrayValue): item is ArrayValue {
  return typeof item === 'object' && item !== null && item.t === 'array';
}

/** An element as it is before anything is put in. */
export function emptyElement(array: ArrayValue): Value | ArrayValue {
  if (array.dimensions === 1) return defaultValue(array.type);
  return { t: 'array', type: array.type, dimensions: 1, items: [defaultValue(array.type)], current: 0 };
}

/** Makes an array that many elements long. */
export function resize(array: ArrayValue, size: number): void {
  checkCount(size);
  if (array.items.length === 0) array.items.push(emptyElement(array));
  while (array.items.length <= size) array.items.push(emptyElement(array));
  array.items.length = size + 1;
}

const declared: readonly [number, string, TypeName][] = [
  [222, 'ARRAY TEXT', 'text'],
  [221, 'ARRAY LONGINT', 'integer'],
  [220, 'ARRAY INTEGER', 'integer'],
  [219, 'ARRAY REAL', 'real'],
  [223, 'ARRAY BOOLEAN', 'boolean'],
  [224, 'ARRAY DATE', 'date'],
  [1223, 'ARRAY TIME', 'time'],
  [279, 'ARRAY PICTURE', 'picture'],
  [280, 'ARRAY POINTER', 'pointer'],
  [1222, 'ARRAY BLOB', 'blob'],
  [1221, 'ARRAY OBJECT', 'object'],
];
for (const [number, name, type] of declared) {
  arrays.command(number, name, (call) => {
    declareArray(call, type);
  });
}
// The old form gives the length of the texts first.
arrays.command(218, '_O_ARRAY STRING', (call) => {
  const array = call.array(1, 'text', call.has(3) ? 2 : 1);
  resize(array, Math.max(0, call.integer(2)));
  if (call.has(3)) for (const item of array.items) if (isArray(item)) resize(item, Math.max(0, call.integer(3)));
});

/** The value as an element of the array takes it; raises error 54 when the types differ. */
export function elementOf(call: Call, array: ArrayValue, value: Value): Value {
  const converted = convertTo(array.type, value) ?? (array.type === 'object' && typeof value === 'object' ? { value } : undefined);
  if (converted) return converted.value;
  return raise(
    TYPES_DIFFER,
    {
      en: '{0}: the value does not fit an array of type {1}. Convert it first.',
      es: '{0}: el valor no encaja en un array de tipo {1}. Conviértalo antes.',
    },
    call.command,
    array.type,
  );
}

arrays.reader(274, 'Size of array', (call) => (call.arrayOrNone(0)?.items.length ?? 1) - 1);

arrays.command(911, 'APPEND TO ARRAY', (call) => {
  const array = appendTarget(call);
  if (array.dimensions === 2) {
    return raise(
      52,
      { en: 'A row of {0} is needed: pass one of its rows.', es: 'Se necesita una fila de {0}: indique una de sus filas.' },
      call.command,
    );
  }
  array.items.push(elementOf(call, array, call.value(1)));
  return undefined;
});

/** An array that does not exist yet gets the type of the value. */
function appendTarget(call: Call): ArrayValue {
  const array = call.arrayOrNone(0);
  if (array) return array;
  return call.array(0, typeOfValue(call.value(1)));
}

function typeOfValue(value: Value): TypeName {
  switch (typeof value) {
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'real';
    case 'boolean':
      return 'boolean';
    case 'object':
      if (value && ['date', 'time', 'blob', 'picture', 'pointer'].includes(value.t)) return value.t as TypeName;
      return 'object';
    default:
      return 'text';
  }
}

arrays.command(227, 'INSERT IN ARRAY', (call) => {
  const array = call.array(0);
  const count = call.has(2) ? Math.max(0, call.integer(2)) : 1;
  const where = Math.min(Math.max(1, call.integer(1)), array.items.length);
  insertAt(
    array.items,
    where,
    Array.from({ length: checkCount(count) }, () => emptyElement(array)),
  );
  if (array.current >= where) array.current += count;
});

arrays.command(228, 'DELETE FROM ARRAY', (call) => {
  const array = call.array(0);
  const count = call.has(2) ? call.integer(2) : 1;
  const where = call.integer(1);
  if (where < 1 || where >= array.items.length || count < 1) return;
  array.items.splice(where, count);
  if (array.current >= where) array.current = Math.max(0, array.current - Math.min(count, array.current - where + 1));
});

arrays.command(226, 'COPY ARRAY', (call) => {
  const source = call.array(0);
  let target = call.arrayOrNone(1);
  if (!target || target.type !== source.type || target.dimensions !== source.dimensions) {
    const numeric = (type: TypeName) => type === 'integer' || type === 'real' || type === 'time';
    if (!target || !(numeric(source.type) && numeric(target.type)) || target.dimensions !== source.dimensions) {
      if (target) call.machine.undefine(call.process, call.reference(1));
      target = call.array(1, source.type, source.dimensions);
    }
  }
  const kept = target;
  const copy = (item: Value | ArrayValue): Value | ArrayValue =>
    isArray(item)
      ? { ...item, type: kept.type, items: item.items.map(copy) }
      : kept.type === source.type
        ? item
        : elementOf(call, kept, item);
  target.items = source.items.map(copy);
  target.current = source.current;
});

/** Element that equals the value the way the equality operator sees it; pointers by what they point to, objects by reference. */
function sameElement(element: Value | ArrayValue, value: Value): boolean {
  if (isArray(element)) return false;
  if (typeof element === 'string' && typeof value === 'string') return matchesText(element, value);
  if (typeof element === 'object' && element?.t === 'pointer' && typeof value === 'object' && value?.t === 'pointer') {
    return samePlace(element.target, value.target);
  }
  return equalValues(element, value);
}

arrays.reader(230, 'Find in array', (call) => {
  const array = call.array(0);
  const value = call.value(1);
  for (let i = Math.max(call.has(2) ? call.integer(2) : 1, 0); i < array.items.length; i++)
    if (sameElement(array.items[i], value)) return i;
  return -1;
});

arrays.reader(907, 'Count in array', (call) => {
  const value = call.value(1);
  return call
    .array(0)
    .items.slice(1)
    .filter((item) => sameElement(item, value)).length;
});

arrays.command(1333, 'Find in sorted array', (call) => {
  const { items } = call.array(0);
  const value = call.value(1);
  const sign = call.isOperator(2, '<') ? -1 : 1;
  const at = (i: number) => (compareValues(items[i] as Value, value) ?? 0) * sign;
  // First index whose element is not before the value, then first one behind it.
  const bound = (behind: boolean): number => {
    let [low, high] = [1, items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (behind ? at(middle) > 0 : at(middle) >= 0) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const first = bound(false);
  const end = bound(true);
  const found = first < end;
  if (call.has(3)) call.set(3, found ? first : Math.max(1, first));
  if (call.has(4)) call.set(4, found ? end - 1 : Math.max(1, first));
  return found;
});

/** Order of two elements in a sort: equal kinds by value, anything else keeps its place. */
function elementOrder(a: Value | ArrayValue, b: Value | ArrayValue): number {
  if (isArray(a) || isArray(b)) return 0;
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return compareValues(a, b) ?? 0;
}

/** Sorts arrays of one size together: by the levels given, in which `sign` 0 only follows. */
function sortTogether(call: Call, members: readonly { array: ArrayValue; sign: number }[]): void {
  const size = members[0]?.array.items.length ?? 1;
  if (members.some(({ array }) => array.items.length !== size)) {
    raise(74, { en: '{0}: the arrays do not have the same size.', es: '{0}: los arrays no tienen el mismo tamaño.' }, call.command);
  }
  const order = Array.from({ length: size - 1 }, (_, i) => i + 1).sort((a, b) => {
    for (const { array, sign } of members) {
      if (sign === 0) continue;
      const found = elementOrder(array.items[a], array.items[b]);
      if (found !== 0) return found * sign;
    }
    return 0;
  });
  for (const { array } of members) {
    array.items = [array.items[0], ...order.map((i) => array.items[i])];
    if (array.current > 0) array.current = order.indexOf(array.current) + 1;
  }
}

const direction = (call: Call, index: number): number | undefined =>
  call.isOperator(index, '>') ? 1 : call.isOperator(index, '<') ? -1 : undefined;

arrays.command(229, 'SORT ARRAY', (call) => {
  const last = call.count() - 1;
  const sign = direction(call, last);
  const count = sign === undefined ? call.count() : last;
  const members = Array.from({ length: count }, (_, i) => ({ array: call.array(i), sign: i === 0 ? (sign ?? 1) : 0 }));
  sortTogether(call, members);
});

arrays.command(718, 'MULTI SORT ARRAY', (call) => {
  const first = call.array(0);
  const members: { array: ArrayValue; sign: number }[] = [];
  if (first.type === 'pointer') {
    const signs = call.array(1).items;
    for (let i = 1; i < first.items.length; i++) {
      const pointer = first.items[i] as Value;
      const target = typeof pointer === 'object' && pointer?.t === 'pointer' ? pointer.target : undefined;
      const array = target && call.machine.arrayAt(call.process, target);
      if (!array) {
        raise(75, { en: '{0}: element {1} points to no array.', es: '{0}: el elemento {1} no apunta a ningún array.' }, call.command, i);
      } else members.push({ array, sign: Math.sign(Number(signs[i] ?? 0)) });
    }
  } else {
    for (let i = 0; i < call.count(); i++) {
      if (direction(call, i) !== undefined) continue;
      members.push({ array: call.array(i), sign: direction(call, i + 1) ?? 0 });
    }
    if (members.every(({ sign }) => sign === 0)) for (const member of members) member.sign = 1;
  }
  if (members.length > 0) sortTogether(call, members);
});

/** Raises error 53 when an index lies outside an array. */
export function checkIndex(call: Call, array: ArrayValue, index: number): void {
  if (index >= 0 && index < array.items.length) return;
  raise(
    INDEX_OUT_OF_RANGE,
    { en: '{0}: the array has {1} elements, none with number {2}.', es: '{0}: el array tiene {1} elementos, ninguno con el número {2}.' },
    call.command,
    array.items.length - 1,
    index,
  );
}

arrays.command(1149, 'TEXT TO ARRAY', (call) => {
  // Lines are broken at their ends only: no text is drawn here, so no width is known.
  const lines = call.text(0).split(/\r\n|\r|\n/);
  call.array(1, 'text').items = ['', ...(lines.length === 1 && lines[0] === '' ? [] : lines)];
});
