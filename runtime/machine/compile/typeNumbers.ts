import type { TypeName } from '../../values/value.js';
import { Op } from '../code.js';

const typeNames: readonly TypeName[] = [
  'text',
  'integer',
  'real',
  'boolean',
  'date',
  'time',
  'blob',
  'picture',
  'pointer',
  'object',
  'collection',
  'variant',
];

/** The operand that stands for a type, and back. */
export const typeNumber = (type: TypeName): number => typeNames.indexOf(type);
export const typeAt = (number: number): TypeName => typeNames[number];

/** The instruction that stores a value into a local of a type. */
export function storeOf(type: TypeName): Op {
  switch (type) {
    case 'variant':
      return Op.STORE_LOCAL;
    case 'real':
      return Op.STORE_NUMBER;
    case 'integer':
      return Op.STORE_INTEGER;
    case 'text':
      return Op.STORE_TEXT;
    case 'boolean':
      return Op.STORE_BOOLEAN;
    default:
      return Op.STORE_TYPED;
  }
}
