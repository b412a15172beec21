/** How instructions lie in a code: their operands, where they jump to, which loops they make. */
import { type Code, Op } from '../code.js';

/** Operations by the number of their operands; those not named have none. */
const operands: readonly (readonly Op[])[] = [
  [],
  // biome-ignore format: a list
  [Op.STATEMENT, Op.CONSTANT, Op.LOCAL, Op.LOCAL_VALUE, Op.LOCAL_RAW, Op.STORE_LOCAL, Op.STORE_TYPED, Op.STORE_NUMBER, Op.STORE_INTEGER,
    Op.STORE_TEXT, Op.STORE_BOOLEAN, Op.REFER_LOCAL, Op.PROCESS, Op.PROCESS_RAW, Op.KNOWN, Op.STORE_PROCESS, Op.INTERPROCESS,
    Op.INTERPROCESS_RAW, Op.STORE_INTERPROCESS, Op.STORE_VARIABLE_ELEMENT, Op.MEMBER, Op.STORE_MEMBER, Op.REFER_MEMBER, Op.OBJECT,
    Op.COLLECTION, Op.FORMULA, Op.CRITERION, Op.OPERATOR, Op.COMPARE, Op.ADD_INTO, Op.SUBTRACT_INTO, Op.MULTIPLY_INTO, Op.MODULO_INTO,
    Op.ADD_INTEGERS, Op.SUBTRACT_INTEGERS, Op.JUMP, Op.JUMP_FALSE, Op.JUMP_TRUE, Op.JUMP_FALSY_KEEP, Op.JUMP_TRUTHY_KEEP, Op.LOOP,
    Op.TRY, Op.TRY_EXPRESSION, Op.CALL_VALUE, Op.CALL_SUPER, Op.RAISE],
  // biome-ignore format: a list
  [Op.FIELD, Op.STORE_FIELD, Op.DECLARE_PROCESS, Op.DECLARE_INTERPROCESS, Op.ADD_SLOTS, Op.SUBTRACT_SLOTS, Op.MULTIPLY_SLOTS,
    Op.MODULO_SLOTS, Op.JUMP_COMPARE, Op.JUMP_COMPARE_SLOTS, Op.ELEMENT_SLOTS, Op.STORE_ELEMENT_SLOTS, Op.MEMBER_SLOT,
    Op.STORE_MEMBER_SLOT, Op.FOR_NEXT, Op.EACH_BEGIN, Op.EACH_NEXT, Op.CALL_METHOD, Op.CALL_COMMAND, Op.CALL_MEMBER, Op.CALL_SUPER_MEMBER],
  [Op.JUMP_COMPARE_SLOT, Op.FOR_TEST],
  [Op.FOR_BEGIN, Op.FOR_STEP],
];
const counts = new Map<number, number>(operands.flatMap((list, count) => list.map((op) => [op, count] as const)));

/** Operations whose last operand is where they jump to. */
// biome-ignore format: a list
const jumps: ReadonlySet<number> = new Set([Op.JUMP, Op.JUMP_FALSE, Op.JUMP_TRUE, Op.JUMP_FALSY_KEEP, Op.JUMP_TRUTHY_KEEP, Op.JUMP_COMPARE,
  Op.JUMP_COMPARE_SLOT, Op.JUMP_COMPARE_SLOTS, Op.LOOP, Op.FOR_BEGIN, Op.FOR_NEXT, Op.FOR_STEP, Op.FOR_TEST, Op.EACH_NEXT, Op.TRY,
  Op.TRY_EXPRESSION]);

export interface Instruction {
  readonly pc: number;
  readonly op: Op;
  /** Where the one behind it is. */
  readonly next: number;
  /** Where it jumps to; -1 when it is no jump. */
  readonly target: number;
}

/** All instructions of a code in their order. */
export function instructionsOf({ ops }: Code): readonly Instruction[] {
  const found: Instruction[] = [];
  for (let pc = 0; pc < ops.length; pc = found[found.length - 1].next) {
    const op: Op = ops[pc];
    const next = pc + 1 + (counts.get(op) ?? 0);
    found.push({ pc, op, next, target: jumps.has(op) ? ops[next - 1] : -1 });
  }
  return found;
}

/** From the first instruction of a loop to behind its jump back. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The outermost loops of a code among those that are not longer than `most`. */
export function outermostLoops(instructions: readonly Instruction[], most: number): readonly Span[] {
  const isBack = ({ pc, target, next }: Instruction) => target >= 0 && target <= pc && next - target <= most;
  const back = instructions.filter(isBack).map(({ target, next }) => ({ from: target, to: next }));
  back.sort((a, b) => a.from - b.from || b.to - a.to);
  const loops: { from: number; to: number }[] = [];
  for (const { from, to } of back) {
    const last = loops[loops.length - 1] as { from: number; to: number } | undefined;
    if (last && from < last.to) last.to = Math.max(last.to, to);
    else loops.push({ from, to });
  }
  return loops;
}
