/** What the record themes share: table and field arguments. */
import { defaultTable, fieldByNumber, type Records, tableByNumber } from '../records/records.js';
import { fieldType } from '../records/structure.js';
import { kindOf } from '../values/compare.js';
import type { Reference, TypeName } from '../values/value.js';
import { raise } from './errors.js';
import type { Call } from './theme.js';

/** The table given as an argument, or the one of DEFAULT TABLE; raises error 5 when there is neither, 17 when it does not exist. */
export function tableArgument(call: Call, index = 0): number {
  const table = call.has(index) ? call.table(index) : undefined;
  const number = table ?? defaultTable(call.host.records, call.process.number);
  return existing(call, number);
}

/** 1 when the first argument is a table, else 0: where the others begin. */
export function afterTable(call: Call): 0 | 1 {
  return call.has(0) && call.table(0) !== undefined ? 1 : 0;
}

function existing(call: Call, number: number): number {
  if (tableByNumber(call.host.records, number)) return number;
  return raise(
    17,
    {
      en: '{0}: the structure has no table with number {1}. Check catalog.4DCatalog.',
      es: '{0}: la estructura no tiene ninguna tabla con el número {1}. Revise catalog.4DCatalog.',
    },
    call.command,
    number,
  );
}

export type FieldReference = Extract<Reference, { ref: 'field' }>;

/** A field given as an argument, also through a pointer; raises error 2 when it is none. */
export function fieldArgument(call: Call, index: number): FieldReference {
  return (
    fieldOrNone(call, index) ??
    raise(2, { en: '{0} needs a field as argument {1}.', es: '{0} necesita un campo como argumento {1}.' }, call.command, index + 1)
  );
}

export function fieldOrNone(call: Call, index: number): FieldReference | undefined {
  const argument = call.args[index];
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('ref' in argument) return argument.ref === 'field' ? argument : undefined;
  if (!('t' in argument) || argument.t !== 'pointer') return undefined;
  return argument.target?.ref === 'field' ? argument.target : undefined;
}

/** The type of the variables that take a field's values. */
export function typeOfField(records: Records, reference: FieldReference): TypeName {
  const field = fieldByNumber(records, reference.table, reference.field);
  return field ? fieldType(field) : 'text';
}

/** A table number from a number or from a pointer to a table or field. */
export function tableNumberArgument(call: Call, index: number): number {
  const value = call.value(index);
  if (kindOf(value) === 'number') return call.integer(index);
  const target = typeof value === 'object' && value?.t === 'pointer' ? value.target : undefined;
  if (target?.ref === 'table' || target?.ref === 'field') return target.table;
  return (
    call.table(index) ??
    raise(
      17,
      { en: '{0} needs a table number or a pointer to a table.', es: '{0} necesita un número de tabla o un puntero a una tabla.' },
      call.command,
    )
  );
}
