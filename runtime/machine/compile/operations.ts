import { Op } from '../code.js';

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
};

/** The operation of a frequent operator; undefined for those that are looked up when they run. */
export function operationOf(sign: string): Op | undefined {
  return operations[sign];
}
