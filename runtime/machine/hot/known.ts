/** Which instructions a hot loop does itself. */
import { type Code, type CommandTarget, Op } from '../code.js';
import type { Instruction } from './shape.js';

// biome-ignore format: a list
const known: ReadonlySet<Op> = new Set([Op.STATEMENT, Op.REFER_LOCAL, Op.CONSTANT, Op.POP, Op.DUPLICATE, Op.DUPLICATE_TWO, Op.LOCAL, Op.LOCAL_RAW, Op.LOCAL_VALUE,
  Op.STORE_LOCAL, Op.STORE_TYPED, Op.STORE_NUMBER, Op.STORE_INTEGER, Op.STORE_TEXT, Op.STORE_BOOLEAN, Op.PROCESS, Op.PROCESS_RAW,
  Op.STORE_PROCESS, Op.ELEMENT, Op.ELEMENT_RAW, Op.ELEMENT_SLOTS, Op.STORE_ELEMENT, Op.STORE_ELEMENT_SLOTS, Op.MEMBER, Op.MEMBER_SLOT, Op.STORE_MEMBER,
  Op.STORE_MEMBER_SLOT, Op.INDEX, Op.STORE_INDEX, Op.CHARACTER, Op.SELF, Op.ADD, Op.SUBTRACT, Op.MULTIPLY, Op.DIVIDE, Op.MODULO,
  Op.ADD_SLOTS, Op.SUBTRACT_SLOTS, Op.MULTIPLY_SLOTS, Op.MODULO_SLOTS, Op.ADD_INTO, Op.SUBTRACT_INTO, Op.MULTIPLY_INTO, Op.MODULO_INTO,
  Op.ADD_INTEGERS, Op.SUBTRACT_INTEGERS, Op.NEGATE, Op.AND, Op.OR, Op.NOT, Op.TRUTH, Op.COMPARE, Op.JUMP, Op.JUMP_FALSE, Op.JUMP_TRUE,
  Op.JUMP_FALSY_KEEP, Op.JUMP_TRUTHY_KEEP, Op.JUMP_COMPARE, Op.JUMP_COMPARE_SLOT, Op.JUMP_COMPARE_SLOTS, Op.LOOP, Op.FOR_BEGIN,
  Op.FOR_NEXT, Op.FOR_STEP, Op.EACH_NEXT]);

/** Commands that find a variable of the frame by its name. */
const GET_POINTER = 304;

/**
 * Which instructions can be written; the others are the interpreter's. Commands are when they have no effect: one that fails is done again there.
 * They see the frame as it was when the loop was entered, but for what is referred to, so nothing else may point into it.
 */
export function knownOf(
  { ops, constants }: Code,
  all: readonly Instruction[],
  pure: ReadonlySet<number | string>,
): (step: Instruction) => boolean {
  const points = all.some(({ op }) => op === Op.POINTER || op === Op.FORMULA);
  return ({ pc, op }) => {
    if (op !== Op.CALL_COMMAND) return known.has(op);
    const { number } = constants[ops[pc + 1]] as CommandTarget;
    return !points && number !== GET_POINTER && pure.has(number);
  };
}
