/** Pointers, types and variables: parts of themes Language and Variables (facts: 4D theme pages of these names). */
import { fieldByNumber, tableByNumber } from '../records/records.js';
import type { PointerValue, Reference, TypeName, Value } from '../values/value.js';
import { BAD_PARAMETER, raise } from './errors.js';
import { typeNumber } from './objects.js';
import { typeNumbers } from './relations.js';
import { type Call, Theme } from './theme.js';

export const variables = new Theme('Variables');

/** Type constants of arrays, by the type of their elements (facts: constants of theme `Field and Variable Types`). */
const arrayNumbers: Readonly<Partial<Record<TypeName, number>>> = {
  text: 18,
  integer: 16,
  real: 14,
  boolean: 22,
  date: 17,
  time: 32,
  blob: 31,
  picture: 19,
  pointer: 20,
  object: 39,
};
const IS_ALPHA = 0;
const TWO_DIMENSIONS = 13;
const INTEGER_64 = 25;
const UNDEFINED = 5;

variables.reader(304, 'Get pointer', (call) => {
  const name = call.text(0).trim();
  const field = /^\[(.+?)(?::\d+)?\](?:([^:]+)(?::\d+)?)?$/.exec(name);
  const element = /^(.+?)\{(\d+)\}(?:\{(\d+)\})?$/.exec(name);
  if (field) return { t: 'pointer', target: structurePlace(call, field[1], field[2]) };
  if (!element) return { t: 'pointer', target: place(call, name) };
  const second = element[3] === undefined ? {} : { second: Number(element[3]) };
  return { t: 'pointer', target: { ref: 'element', array: place(call, element[1]), index: Number(element[2]), ...second } };
});

function structurePlace(call: Call, tableName: string, fieldName: string | undefined): Reference {
  const { structure } = call.host.records;
  const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();
  const table = structure.tables.find((one) => same(one.name, tableName));
  const field = fieldName === undefined ? undefined : table?.fields.find((one) => same(one.name, fieldName));
  if (table && fieldName === undefined) return { ref: 'table', table: table.number };
  if (table && field) return { ref: 'field', table: table.number, field: field.number };
  return badName(call);
}

/** The variable of a name; one that does not exist yet gets its place: what is written through the pointer makes it. */
function place(call: Call, name: string): Reference {
  if (!/^(?:\$|<>|◊)?[\p{L}_][\p{L}\p{N}_ ]*$/u.test(name)) return badName(call);
  return call.machine.find(call.process, name) ?? (name.startsWith('$') ? badName(call) : call.machine.named(call.process, name));
}

function badName(call: Call): never {
  return raise(
    BAD_PARAMETER,
    {
      en: '{0}: «{1}» is no variable, table or field. A local variable must exist in the calling method.',
      es: '{0}: «{1}» no es ninguna variable, tabla ni campo. Una variable local debe existir en el método que llama.',
    },
    call.command,
    call.text(0),
  );
}

function pointerArgument(call: Call, index: number): PointerValue | undefined {
  const value = call.value(index);
  return typeof value === 'object' && value?.t === 'pointer' ? value : undefined;
}

variables.reader(315, 'Is nil pointer', (call) => {
  const pointer = pointerArgument(call, 0);
  return pointer ? pointer.target === undefined : true;
});

variables.reader(294, 'Is a variable', (call) => {
  const target = pointerArgument(call, 0)?.target;
  return target !== undefined && target.ref !== 'table' && target.ref !== 'field';
});

/** Tables give `-1` as their field, variables `-1` as their table (facts: 4D page `commands/resolve-pointer`). */
variables.command(394, 'RESOLVE POINTER', (call) => {
  const target = pointerArgument(call, 0)?.target;
  const say = (name: string, table: number, field: number) => {
    call.set(1, name);
    call.set(2, table);
    call.set(3, field);
  };
  if (!target) say('', 0, 0);
  else if (target.ref === 'table') say('', target.table, 0);
  else if (target.ref === 'field') say('', target.table, target.field);
  else if (target.ref === 'element') say(nameOf(call, target.array), target.index, target.second ?? -1);
  else say(nameOf(call, target), -1, target.ref === 'process' || target.ref === 'interprocess' ? -1 : 0);
});

/** The name of a variable as it was first written. */
function nameOf(call: Call, reference: Reference): string {
  const { state } = call.machine;
  switch (reference.ref) {
    case 'process':
      return call.process.variables?.get(reference.name)?.name ?? reference.name;
    case 'interprocess':
      return `<>${state.interprocess?.get(reference.name)?.name.replace(/^(<>|◊)/, '') ?? reference.name}`;
    case 'element':
      return nameOf(call, reference.array);
    case 'property':
      return reference.name;
    default:
      return '';
  }
}

variables.reader(295, 'Type', (call) => {
  const argument = call.args[0];
  const isPlace = typeof argument === 'object' && argument !== null && 'ref' in argument;
  if (!isPlace) return typeNumber(call.value(0));
  if (argument.ref === 'field') {
    const field = fieldByNumber(call.host.records, argument.table, argument.field);
    if (field?.type === 'uuid' || field?.maxLength !== undefined) return IS_ALPHA;
    if (field?.type === 'integer64') return INTEGER_64;
  }
  const array = call.arrayOrNone(0);
  if (array) return array.dimensions === 2 ? TWO_DIMENSIONS : (arrayNumbers[array.type] ?? UNDEFINED);
  const declared = call.machine.typeOf(call.process, argument);
  if (declared === undefined) return UNDEFINED;
  return declared === 'variant' || declared === 'array' ? typeNumber(call.value(0)) : typeNumbers[declared];
});

variables.reader(1509, 'Value type', (call) => {
  const array = call.arrayOrNone(0);
  if (array) return array.dimensions === 2 ? TWO_DIMENSIONS : (arrayNumbers[array.type] ?? UNDEFINED);
  const argument = call.args[0];
  if (typeof argument === 'object' && argument !== null && 'ref' in argument) {
    const declared = call.machine.typeOf(call.process, argument);
    if (declared === 'integer') return typeNumbers.integer;
  }
  return typeNumber(call.value(0));
});

variables.reader(82, 'Undefined', (call) => call.value(0) === undefined);

variables.command(89, 'CLEAR VARIABLE', (call) => {
  const reference = call.reference(0);
  const array = call.machine.arrayAt(call.process, reference);
  if (array) array.items.length = 1;
  else call.machine.undefine(call.process, reference);
});

/** What a pointer's place is called, for messages: `[Shop]City`, `vTotal`. */
export function describePlace(call: Call, value: Value): string {
  const target = typeof value === 'object' && value?.t === 'pointer' ? value.target : undefined;
  if (!target) return 'nil';
  if (target.ref === 'table' || target.ref === 'field') {
    const table = tableByNumber(call.host.records, target.table);
    return `[${table?.name ?? target.table}]${target.ref === 'field' ? (table?.fields.find((f) => f.number === target.field)?.name ?? '') : ''}`;
  }
  return nameOf(call, target);
}
