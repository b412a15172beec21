import type { TypeName } from '../../values/value.js';
import { Comparison, Op } from '../code.js';

const operations: Readonly<Record<string, Op>> = {
  '+': Op.ADD,
  '-': Op.SUBTRACT,
  '*': Op.MULTIPLY,
  '/': Op.DIVIDE,
  '&': Op.AND,
  '|': Op.OR,
  '%': Op.MODULO,
};

/** The operation of a frequent operator; undefined for those that are looked up when they run. */
export function operationOf(sign: string): Op | undefined {
  return operations[sign];
}

const onSlots: Readonly<Record<string, Op>> = { '+': Op.ADD_SLOTS, '-': Op.SUBTRACT_SLOTS, '*': Op.MULTIPLY_SLOTS, '%': Op.MODULO_SLOTS };
const comparisons: Readonly<Record<string, Comparison>> = {
  '=': Comparison.EQUAL,
  '#': Comparison.UNEQUAL,
  '<': Comparison.LESS,
  '<=': Comparison.LESS_EQUAL,
  '>': Comparison.GREATER,
  '>=': Comparison.GREATER_EQUAL,
};

/** The operation that takes its operands from slots, the comparison of a jump; undefined for none. */
export const operationOnSlots = (sign: string): Op | undefined => onSlots[sign];
export const comparisonOf = (sign: string): Comparison | undefined => comparisons[sign];

const intoSlots: Partial<Record<Op, Op>> = {
  [Op.ADD]: Op.ADD_INTO,
  [Op.SUBTRACT]: Op.SUBTRACT_INTO,
  [Op.MULTIPLY]: Op.MULTIPLY_INTO,
  [Op.MODULO]: Op.MODULO_INTO,
};
const intoIntegers: Partial<Record<Op, Op>> = { [Op.ADD]: Op.ADD_INTEGERS, [Op.SUBTRACT]: Op.SUBTRACT_INTEGERS };

/** The operation that takes its operands from slots and puts the result into a slot of a type; undefined for none. */
export function operationIntoSlot(operation: Op | undefined, type: TypeName): Op | undefined {
  if (operation === undefined) return undefined;
  return type === 'real' || type === 'variant' ? intoSlots[operation] : type === 'integer' ? intoIntegers[operation] : undefined;
}
