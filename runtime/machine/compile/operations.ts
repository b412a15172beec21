import { Comparison, Op } from '../code.js';

const operations: Readonly<Record<string, Op>> = {
  '+': Op.ADD,
  '-': Op.SUBTRACT,
  '*': Op.MULTIPLY,
  '/': Op.DIVIDE,
  '=': Op.EQUAL,
  '#': Op.UNEQUAL,
  '<': Op.LESS,
  '<=': Op.LESS_EQUAL,
  '>': Op.GREATER,
  '>=': Op.GREATER_EQUAL,
  '&': Op.AND,
  '|': Op.OR,
  '%': Op.MODULO,
};

/** The operation of a frequent operator; undefined for those that are looked up when they run. */
export function operationOf(sign: string): Op | undefined {
  return operations[sign];
}

const onSlots: Readonly<Record<string, Op>> = { '+': Op.ADD_SLOTS, '-': Op.SUBTRACT_SLOTS, '*': Op.MULTIPLY_SLOTS, '%': Op.MODULO_SLOTS };
const intoSlots: Readonly<Record<string, Op>> = { '+': Op.ADD_STORE, '-': Op.SUBTRACT_STORE };
const comparisons: Readonly<Record<string, Comparison>> = {
  '=': Comparison.EQUAL,
  '#': Comparison.UNEQUAL,
  '<': Comparison.LESS,
  '<=': Comparison.LESS_EQUAL,
  '>': Comparison.GREATER,
  '>=': Comparison.GREATER_EQUAL,
};

/** The operation that takes its operands from slots, that which also stores its result, the comparison of a jump; undefined for none. */
export const operationOnSlots = (sign: string): Op | undefined => onSlots[sign];
export const operationIntoSlot = (sign: string): Op | undefined => intoSlots[sign];
export const comparisonOf = (sign: string): Comparison | undefined => comparisons[sign];
