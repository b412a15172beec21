/** What references name: reading, writing and declaring places. */
import { fold } from '#syntaxes/text/fold.js';
import { defaultValue } from '../values/convert.js';
import { display } from '../values/display.js';
import type { ArrayValue, Reference, Slot, TypeName, Value, Variable } from '../values/value.js';
import type { Core } from './core.js';
import { coerce } from './frames.js';
import { fail } from './messages.js';
import { runningComponent, variableName } from './owner.js';
import type { Frame, ProcessState } from './types.js';
import { readProperty, writeItem, writeProperty } from './values.js';

export function isArray(slot: unknown): slot is ArrayValue {
  return typeof slot === 'object' && slot !== null && (slot as { t?: string }).t === 'array';
}

/** What a slot is as a value: of an array, its current number. */
export function slotValue(slot: Slot): Value {
  return isArray(slot) ? slot.current : slot;
}

const systemTypes: Readonly<Record<string, TypeName>> = { integer: 'integer', text: 'text' };

/** A process variable by folded name; a system variable comes to be when it is first asked for. */
export function processVariable(core: Core, process: ProcessState, name: string): Variable | undefined {
  const found = process.variables.get(name);
  if (found) return found;
  const system = core.program.catalogue.systemVariableByName(name);
  if (!system) return undefined;
  const type = systemTypes[system.type.toLowerCase()] ?? 'variant';
  const variable: Variable = { name: system.name, type, value: defaultValue(type) };
  process.variables.set(name, variable);
  return variable;
}

function frameOf(process: ProcessState, id: number): Frame | undefined {
  for (let i = process.frames.length - 1; i >= 0; i--) if (process.frames[i].id === id) return process.frames[i];
  return undefined;
}

/** Index in the stack of a local that a reference names. */
function localIndex(
  core: Core,
  process: ProcessState,
  place: Extract<Reference, { ref: 'local' }>,
): { owner: ProcessState; index: number; frame: Frame } {
  const owner = place.process === process.number ? process : core.state.processes.get(place.process);
  const frame = owner && frameOf(owner, place.frame);
  if (!owner || !frame) return fail('deadLocal');
  return { owner, frame, index: frame.base + place.slot };
}

/** What a place holds, an array as it is. */
export function readSlot(core: Core, process: ProcessState, place: Reference): Slot {
  switch (place.ref) {
    case 'local': {
      const { owner, index } = localIndex(core, process, place);
      return owner.stack[index];
    }
    case 'process':
      return processVariable(core, process, place.name)?.value;
    case 'interprocess':
      return core.state.interprocess.get(place.name)?.value;
    case 'field':
      return core.fields.readField(process, place.table, place.field);
    case 'table':
      return fail('noPlace', `[${place.table}]`);
    case 'element': {
      const row = elementOf(readSlot(core, process, place.array), place.index);
      return place.second === undefined ? row : elementOf(row, place.second);
    }
    case 'character': {
      const text = readSlot(core, process, place.text);
      return characterOf(text as Value, place.index);
    }
    case 'property':
      return readProperty(place.object, place.name);
    case 'item':
      return typeof place.collection === 'object' && place.collection?.t === 'collection' ? place.collection.items[place.index] : undefined;
  }
}

/** Element of an array (or byte of a BLOB). */
export function elementOf(array: Slot, index: number): Slot {
  if (isArray(array)) {
    if (!(index >= 0 && index < array.items.length)) return fail('index', Math.max(0, array.items.length - 1), index);
    return array.items[Math.trunc(index)];
  }
  if (typeof array === 'object' && array !== null && array.t === 'blob') {
    if (!(index >= 0 && index < array.bytes.length)) return fail('index', array.bytes.length, index);
    return array.bytes[index];
  }
  return fail('noArray');
}

/** Beyond the text there is no character and, in interpreted code, no error either (4D page `Concepts/string`). */
export function characterOf(text: Value, index: number): string {
  if (typeof text !== 'string') return fail('types', display(text, 1), 'text');
  return text[Math.trunc(index) - 1] ?? '';
}

/** Puts a value into an element, converted to the array's type. */
export function setElement(array: Slot, index: number, value: Value): void {
  if (!isArray(array)) {
    if (typeof array === 'object' && array !== null && array.t === 'blob') fail('notAssignable', 'BLOB{}');
    fail('noArray');
    return;
  }
  if (!(index >= 0 && index < array.items.length)) fail('index', Math.max(0, array.items.length - 1), index);
  const at = Math.trunc(index);
  const item = array.items[at];
  if (isArray(item)) item.current = toNumber(value);
  else array.items[at] = coerce(array.type, value);
}

function toNumber(value: Value): number {
  return coerce('integer', value) as number;
}

/** The slot with a new value put in: an array takes it as its current number. */
export function stored(before: Slot, type: TypeName, value: Value): Slot {
  if (isArray(before)) {
    before.current = toNumber(value);
    return before;
  }
  return type === 'variant' ? value : coerce(type, value);
}

/** Writes a process or interprocess variable; `name` is as written, `key` folded. */
export function storeVariable(
  variables: Map<string, Variable>,
  variable: Variable | undefined,
  key: string,
  name: string,
  value: Value,
): void {
  if (!variable) variables.set(key, { name, type: 'variant', value });
  else variable.value = stored(variable.value, variable.type, value);
}

export function write(core: Core, process: ProcessState, place: Reference, value: Value): void {
  switch (place.ref) {
    case 'local': {
      const { owner, index, frame } = localIndex(core, process, place);
      const type = frame.code >= 0 ? core.codes[frame.code].slotTypes[place.slot] : 'variant';
      owner.stack[index] = stored(owner.stack[index], type, value);
      break;
    }
    case 'process':
      storeVariable(
        process.variables,
        processVariable(core, process, place.name),
        place.name,
        core.written.get(place.name) ?? place.name,
        value,
      );
      break;
    case 'interprocess':
      storeVariable(
        core.state.interprocess,
        core.state.interprocess.get(place.name),
        place.name,
        core.written.get(place.name) ?? place.name,
        value,
      );
      break;
    case 'field':
      core.fields.writeField(process, place.table, place.field, value);
      break;
    case 'table':
      fail('noPlace', `[${place.table}]`);
      break;
    case 'element': {
      const array = readSlot(core, process, place.array);
      if (typeof array === 'object' && array !== null && array.t === 'blob') {
        elementOf(array, place.index);
        const bytes = array.bytes.slice();
        bytes[place.index] = toNumber(value);
        write(core, process, place.array, { t: 'blob', bytes });
      } else if (place.second === undefined) setElement(array, place.index, value);
      else setElement(elementOf(array, place.index), place.second, value);
      break;
    }
    case 'character': {
      const text = readSlot(core, process, place.text) as Value;
      if (characterOf(text, place.index) === '') break;
      const letter = coerce('text', value) as string;
      const at = Math.trunc(place.index);
      const whole = text as string;
      write(core, process, place.text, whole.slice(0, at - 1) + letter.slice(0, 1) + whole.slice(at));
      break;
    }
    case 'property':
      writeProperty(core, process, place.object, place.name, value);
      break;
    case 'item':
      writeItem(core, process, place.collection, place.index, value);
      break;
  }
}

/** Declared type of a place; `array` when it holds one; undefined when there is nothing yet. */
export function typeOfPlace(core: Core, process: ProcessState, place: Reference): TypeName | 'array' | undefined {
  switch (place.ref) {
    case 'local': {
      const { owner, index, frame } = localIndex(core, process, place);
      const slot = owner.stack[index];
      if (isArray(slot)) return 'array';
      const type = frame.code >= 0 ? core.codes[frame.code].slotTypes[place.slot] : 'variant';
      return type === 'variant' ? typeOfValue(slot) : type;
    }
    case 'process':
    case 'interprocess': {
      const variable = place.ref === 'process' ? processVariable(core, process, place.name) : core.state.interprocess.get(place.name);
      if (!variable) return undefined;
      if (isArray(variable.value)) return 'array';
      return variable.type === 'variant' ? typeOfValue(variable.value) : variable.type;
    }
    case 'element': {
      const array = readSlot(core, process, place.array);
      if (!isArray(array)) return 'integer';
      return array.dimensions === 2 && place.second === undefined ? 'array' : array.type;
    }
    case 'character':
      return 'text';
    default:
      return place.ref === 'table' ? undefined : typeOfValue(readSlot(core, process, place));
  }
}

export function typeOfValue(value: Slot): TypeName | undefined {
  switch (typeof value) {
    case 'number':
      return 'real';
    case 'string':
      return 'text';
    case 'boolean':
      return 'boolean';
    case 'undefined':
      return undefined;
    default:
      if (value === null) return 'object';
      if (value.t === 'array' || value.t === 'formula' || value.t === 'class' || value.t === 'host') return 'object';
      return value.t;
  }
}

/** The array in a place; made when `create` is given and there is none. */
export function arrayAt(
  core: Core,
  process: ProcessState,
  place: Reference,
  create?: TypeName,
  dimensions: 1 | 2 = 1,
): ArrayValue | undefined {
  if (place.ref === 'table' || place.ref === 'field' || place.ref === 'character') return undefined;
  const slot = readSlot(core, process, place);
  if (isArray(slot)) return slot;
  if (!create) return undefined;
  const row = (): ArrayValue => ({ t: 'array', type: create, dimensions: 1, items: [defaultValue(create)], current: 0 });
  const made: ArrayValue = dimensions === 1 ? row() : { t: 'array', type: create, dimensions: 2, items: [row()], current: 0 };
  setSlot(core, process, place, made, create);
  return made;
}

function setSlot(core: Core, process: ProcessState, place: Reference, slot: Slot, type: TypeName): void {
  if (place.ref === 'local') {
    const { owner, index } = localIndex(core, process, place);
    owner.stack[index] = slot;
  } else if (place.ref === 'process' || place.ref === 'interprocess') {
    const variables = place.ref === 'process' ? process.variables : core.state.interprocess;
    const variable = place.ref === 'process' ? processVariable(core, process, place.name) : variables.get(place.name);
    if (variable) {
      variable.type = type;
      variable.value = slot;
    } else variables.set(place.name, { name: core.written.get(place.name) ?? place.name, type, value: slot });
  } else fail('noArray');
}

/** Declares a variable: gives it its default value unless it has that type already. */
export function declare(core: Core, process: ProcessState, place: Reference, type: TypeName, name?: string): void {
  if (place.ref === 'local') {
    if (typeOfPlace(core, process, place) !== type) setSlot(core, process, place, defaultValue(type), type);
    return;
  }
  if (place.ref !== 'process' && place.ref !== 'interprocess') return;
  const variables = place.ref === 'process' ? process.variables : core.state.interprocess;
  const variable = place.ref === 'process' ? processVariable(core, process, place.name) : variables.get(place.name);
  if (!variable) variables.set(place.name, { name: name ?? core.written.get(place.name) ?? place.name, type, value: defaultValue(type) });
  else if (variable.type !== type || isArray(variable.value)) {
    variable.type = type;
    variable.value = defaultValue(type);
  }
}

/** Makes a variable undefined again. */
export function undefine(core: Core, process: ProcessState, place: Reference): void {
  if (place.ref === 'process') process.variables.delete(place.name);
  else if (place.ref === 'interprocess') core.state.interprocess.delete(place.name);
  else if (place.ref === 'local') {
    const { owner, index, frame } = localIndex(core, process, place);
    const type = frame.code >= 0 ? core.codes[frame.code].slotTypes[place.slot] : 'variant';
    owner.stack[index] = defaultValue(type);
  } else if (place.ref !== 'table') write(core, process, place, undefined);
}

/** A variable by name in any case: `vName`, `<>name`, `$name` of the top frame. */
export function find(core: Core, process: ProcessState, name: string): Reference | undefined {
  if (name.startsWith('$')) {
    for (let i = process.frames.length - 1; i >= 0; i--) {
      const frame = process.frames[i];
      if (frame.code < 0) continue;
      const key = fold(name);
      const slot = core.codes[frame.code].slotNames.findIndex((each) => each !== '' && fold(each) === key);
      return slot < 0 ? undefined : { ref: 'local', process: process.number, frame: frame.id, slot };
    }
    return undefined;
  }
  const place = named(core, process, name);
  if (place.ref === 'interprocess') return core.state.interprocess.has(place.name) ? place : undefined;
  return place.ref === 'process' && processVariable(core, process, place.name) ? place : undefined;
}

/** A reference to a process or interprocess variable, existing or not. */
export function named(core: Core, process: ProcessState, name: string): Reference {
  const interprocess = /^(<>|◊)/.test(name);
  const plain = name.replace(/^(<>|◊)/, '');
  const own = variableName(plain, runningComponent(core, process), core.program.catalogue);
  return { ref: interprocess ? 'interprocess' : 'process', name: fold(own) };
}
