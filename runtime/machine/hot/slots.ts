/** What the slots of a frame are while a loop runs as JavaScript. */
import type { Slot } from '../../values/value.js';
import { type Code, Op } from '../code.js';
import type { Instruction } from './shape.js';

/**
 * What is known of a value: `int` is a whole number of 32 bits, `num` any number. `end` is a number or nothing yet (then NaN stands for it):
 * the hidden end of a loop that has not begun.
 */
export type Kind = 'int' | 'num' | 'end' | 'text' | 'bool' | 'any';

export type SlotUse =
  | { readonly is: 'variable'; readonly kind: Kind }
  /** Nobody changes it. */
  | { readonly is: 'constant'; readonly value: Slot }
  /** Hidden; each statement that reads it has written it before. */
  | { readonly is: 'temporary' };

/** Slots that an instruction reads, and the one that it writes (-1 for none). */
export function slotsOf(ops: Int32Array, { pc, op }: Instruction): { readonly reads: readonly number[]; readonly writes: number } {
  const [a, b] = [ops[pc + 1], ops[pc + 2]];
  const packed = [a & 1023, (a >> 10) & 1023];
  switch (op) {
    case Op.LOCAL:
    case Op.LOCAL_VALUE:
    case Op.LOCAL_RAW:
    case Op.MEMBER_SLOT:
    case Op.STORE_MEMBER_SLOT:
      return { reads: [a], writes: -1 };
    case Op.STORE_LOCAL:
    case Op.STORE_NUMBER:
    case Op.STORE_INTEGER:
    case Op.STORE_TEXT:
    case Op.STORE_BOOLEAN:
    case Op.STORE_TYPED:
      return { reads: [], writes: a };
    case Op.ADD_SLOTS:
    case Op.SUBTRACT_SLOTS:
    case Op.MULTIPLY_SLOTS:
    case Op.MODULO_SLOTS:
    case Op.ELEMENT_SLOTS:
    case Op.STORE_ELEMENT_SLOTS:
      return { reads: [a, b], writes: -1 };
    case Op.ADD_INTO:
    case Op.SUBTRACT_INTO:
    case Op.MULTIPLY_INTO:
    case Op.MODULO_INTO:
    case Op.ADD_INTEGERS:
    case Op.SUBTRACT_INTEGERS:
      return { reads: packed, writes: a >> 20 };
    case Op.JUMP_COMPARE_SLOTS:
      return { reads: packed, writes: -1 };
    case Op.JUMP_COMPARE_SLOT:
      return { reads: [b], writes: -1 };
    case Op.FOR_BEGIN:
      return { reads: [a, b, ops[pc + 3]].filter((slot) => slot >= 0), writes: -1 };
    case Op.FOR_NEXT:
      return { reads: [a & 1023, a >> 10], writes: a & 1023 };
    case Op.FOR_STEP:
      return { reads: [a, b, ops[pc + 3]].filter((slot) => slot >= 0), writes: a };
    case Op.EACH_NEXT:
      return { reads: [a, a + 1, a + 2, a + 3], writes: a + 2 };
    default:
      return { reads: [], writes: -1 };
  }
}

/** What the slots of a code are; `held` is what a frame holds in them now: what it holds it will likely hold again. */
export function slotUses(code: Code, all: readonly Instruction[], held: readonly Slot[]): readonly SlotUse[] {
  const written = new Set<number>();
  const kept = new Set<number>();
  const labels = new Set(all.map(({ target }) => target));
  let fresh = new Set<number>();
  for (const instruction of all) {
    const { pc, op } = instruction;
    if (op === Op.STATEMENT || labels.has(pc)) fresh = new Set();
    const { reads, writes } = slotsOf(code.ops, instruction);
    for (const slot of reads) if (!fresh.has(slot)) kept.add(slot);
    if (writes >= 0) {
      written.add(writes);
      fresh.add(writes);
    }
    // Its slots outlive statements, and are written by other hands.
    if (op === Op.EACH_BEGIN) for (let i = 0; i < 4; i++) kept.add(code.ops[pc + 1] + i);
    if (op === Op.FOR_TEST) for (const slot of [code.ops[pc + 1], code.ops[pc + 2]]) kept.add(slot);
  }
  const captured = new Set(code.captures.map(({ slot }) => slot));
  return code.slotTypes.map((type, slot): SlotUse => {
    const hidden = code.slotNames[slot] === '' && !captured.has(slot);
    const constant = code.defaults[slot];
    if (hidden && constant !== undefined && !written.has(slot)) return { is: 'constant', value: constant };
    if (hidden && !kept.has(slot)) return { is: 'temporary' };
    return { is: 'variable', kind: kindFor(type, held[slot], hidden && constant === undefined) };
  });
}

function kindFor(type: string, held: Slot, hidden: boolean): Kind {
  if (type === 'integer') return 'int';
  if (type === 'real') return 'num';
  switch (typeof held) {
    case 'number':
      return hidden ? 'end' : 'num';
    case 'string':
      return 'text';
    case 'boolean':
      return 'bool';
    default:
      return 'any';
  }
}
