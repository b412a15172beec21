import type { Catalogue } from '#syntaxes/catalogue/types.js';
import type { Project } from '#syntaxes/project/project.types.js';
import { asEntity, asSelection, attributesOf } from '../library/orda/model.js';
import type { Machine } from '../machine/machine.js';
import type { ProcessState } from '../machine/types.js';
import type { ArrayValue, HostValue, Reference, Slot, Value } from '../values/value.js';

/** A value with its name and place: what a debugger shows in one line. */
export interface Entry {
  readonly name: string;
  readonly value: Slot;
  /** Declared type, where there is one. */
  readonly type?: string;
  /** Where it can be changed; undefined when it cannot. */
  readonly reference?: Reference;
  /** The expression that gives it; undefined when there is none. */
  readonly expression?: string;
}

/** What is known of the classes of values. */
export interface Known {
  readonly catalogue: Catalogue;
  readonly project: Project;
}

/** Where a value's parts are looked for. */
export interface Around extends Known {
  readonly machine: Machine<unknown>;
  readonly process: ProcessState;
  readonly frame: number | undefined;
}

/** How many parts a value has: those with names, and those with numbers. */
export function countParts(value: Slot, known: Known): { named: number; indexed: number } {
  if (value === null || typeof value !== 'object') return { named: 0, indexed: 0 };
  switch (value.t) {
    case 'object':
      return { named: value.properties.size, indexed: 0 };
    case 'formula':
      return { named: value.properties?.size ?? 0, indexed: 0 };
    case 'collection':
      return { named: 0, indexed: value.items.length };
    case 'array':
      return { named: 0, indexed: value.items.length };
    case 'pointer':
      return { named: value.target ? 1 : 0, indexed: 0 };
    case 'host':
      return { named: propertiesOf(value, known).length, indexed: asSelection(value)?.records.length ?? 0 };
    default:
      return { named: 0, indexed: 0 };
  }
}

/** The parts of a value that have names: `count` of them from `start`. */
export function namedParts(entry: Entry, start: number, count: number, around: Around): Entry[] {
  const { value } = entry;
  if (value === null || typeof value !== 'object' || count <= 0) return [];
  if (value.t === 'object' || value.t === 'formula') {
    return page(value.properties ?? [], start, count).map(([name, item]) => ({
      name,
      value: item,
      reference: { ref: 'property', object: value, name },
      expression: entry.expression && `${entry.expression}${memberText(name)}`,
    }));
  }
  if (value.t === 'pointer' && value.target) return start > 0 ? [] : [target(entry, value.target, around)];
  if (value.t !== 'host') return [];
  return page(propertiesOf(value, around), start, count).flatMap((name) => hostPart(entry, name, memberText(name), around));
}

/** Goes only through what is asked for and what lies before it. */
function page<T>(all: Iterable<T>, start: number, count: number): T[] {
  const found: T[] = [];
  let index = 0;
  for (const each of all) {
    if (index++ < start) continue;
    found.push(each);
    if (found.length >= count) break;
  }
  return found;
}

/** Parts that have numbers: `count` of them from `start`. */
export function indexedParts(entry: Entry, start: number, count: number, around: Around): Entry[] {
  const { value, reference, expression } = entry;
  if (value === null || typeof value !== 'object' || count <= 0) return [];
  if (value.t === 'host') {
    const indexes = page(asSelection(value)?.records.keys() ?? [], start, count);
    return indexes.flatMap((index) => hostPart(entry, `[${index}]`, `[${index}]`, around));
  }
  if (value.t !== 'collection' && value.t !== 'array') return [];
  const items: readonly Slot[] = value.items;
  const end = Math.min(items.length, start + count);
  const entries: Entry[] = [];
  for (let index = start; index < end; index++) {
    if (value.t === 'collection') {
      entries.push({
        name: `[${index}]`,
        value: items[index],
        reference: { ref: 'item', collection: value, index },
        expression: expression && `${expression}[${index}]`,
      });
    } else {
      entries.push({
        name: `{${index}}`,
        value: items[index],
        type: value.dimensions === 1 ? value.type : undefined,
        reference: reference && elementOf(reference, index),
        expression: expression && `${expression}{${index}}`,
      });
    }
  }
  return entries;
}

/** `aName{3}`, or the second index of an element of a two-dimensional array. */
function elementOf(reference: Reference, index: number): Reference {
  if (reference.ref === 'element') return { ...reference, second: index };
  return { ref: 'element', array: reference, index };
}

/** Members after a dot need quotes when they are no names. */
export function memberText(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? `.${name}` : `["${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"]`;
}

function target(entry: Entry, reference: Reference, { machine, process }: Around): Entry {
  const array = machine.arrayAt(process, reference);
  const place = { name: '->', reference, expression: entry.expression && `${entry.expression}->` };
  if (array) return { ...place, value: array };
  if (reference.ref === 'table') return { ...place, value: undefined, reference: undefined };
  return { ...place, value: safely(() => machine.read(process, reference)) };
}

function safely(read: () => Value): Value {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Attributes of an entity; of everything else the properties of its class of 4D, its ancestors' included. */
function propertiesOf(value: HostValue, { catalogue, project }: Known): string[] {
  const entity = asEntity(value);
  if (entity) return attributesOf(project, entity.table).map(({ name }) => name);
  const names: string[] = [];
  for (
    let found = catalogue.classByName(value.className);
    found;
    found = found.extends ? catalogue.classByName(found.extends) : undefined
  ) {
    for (const member of found.members) if (member.kind === 'property' && /^\w+$/.test(member.name)) names.push(member.name);
  }
  return [...new Set(names)];
}

/** Parts of what a library made are asked for by an expression; what it does not model is left out. */
function hostPart(entry: Entry, name: string, member: string, { machine, process, frame }: Around): Entry[] {
  if (!entry.expression) return [];
  const expression = `${entry.expression}${member}`;
  const result = machine.evaluate(process, frame, expression, { pure: true });
  return result.ok && result.value !== undefined ? [{ name, value: result.value, expression }] : [];
}

/** Type of a value as its declaration would name it. */
export function typeText(value: Slot, declared?: string): string | undefined {
  if (value !== null && typeof value === 'object') {
    if (value.t === 'array') return `${(value as ArrayValue).type} array`;
    if (value.t === 'object' && value.className) return `cs.${value.className}`;
    if (value.t === 'host') return value.projectClass ? `cs.${value.projectClass}` : value.className;
    if (declared === undefined || declared === 'variant') return value.t;
  }
  if (declared !== undefined && declared !== 'variant') return declared;
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'real';
    case 'boolean':
      return 'boolean';
    default:
      return declared;
  }
}
