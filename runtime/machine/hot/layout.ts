/**
 * How a loop's instructions become JavaScript: which are reached, where it is entered, what is nested in blocks and loops of its own.
 * Whatever cannot be nested is a case of one switch, and a jump to it goes through the head.
 */
import { Op } from '../code.js';
import type { Instruction, Span } from './shape.js';

/** Instructions before which a process can stop; nothing lies on the stack there. */
const stops: ReadonlySet<number> = new Set([Op.STATEMENT, Op.LOOP, Op.FOR_NEXT, Op.EACH_NEXT]);

/** A labelled block that is left at its end, or a loop. */
export interface Nest {
  readonly from: number;
  readonly to: number;
  readonly loop: boolean;
}

export interface Layout {
  readonly steps: readonly Instruction[];
  /** Those that are reached without the interpreter. */
  readonly reached: ReadonlySet<number>;
  /** Those of them that the interpreter does. */
  readonly left: ReadonlySet<number>;
  /** Where the interpreter may hand over. */
  readonly entries: ReadonlySet<number>;
  /** Numbers of the cases. */
  readonly cases: ReadonlyMap<number, number>;
  /** Outer ones first. */
  readonly nests: readonly Nest[];
}

/** Lays out the loop that a span is; `known` tells which instructions are translated, all others are left to the interpreter. */
export function layOut(all: readonly Instruction[], span: Span, known: (step: Instruction) => boolean): Layout {
  const steps = all.filter(({ pc }) => pc >= span.from && pc < span.to);
  const heads = new Map<number, number>();
  for (const { pc, next, target } of steps) if (target >= 0 && target <= pc) heads.set(target, next);
  const entries = new Set(heads.keys());
  const reached = new Set<number>();
  const left = new Set<number>();
  const first = new Map<number, number>();
  let live = false;
  let waits = false;
  for (const step of steps) {
    const { pc, op, target } = step;
    if (waits && stops.has(op)) entries.add(pc);
    if (entries.has(pc) || first.has(pc)) live = true;
    if (entries.has(pc)) waits = false;
    if (!live) continue;
    reached.add(pc);
    if (!known(step)) {
      left.add(pc);
      live = false;
      waits = true;
      continue;
    }
    if (target > pc && target < span.to && !first.has(target)) first.set(target, pc);
    if (op === Op.JUMP || op === Op.LOOP) live = false;
  }
  const cases = new Set(entries);
  for (;;) {
    const inside = ({ from, to }: Span) => [...cases].some((each) => each > from && each < to);
    const nests: { from: number; to: number; loop: boolean }[] = [];
    for (const [from, to] of heads) if (!inside({ from, to })) nests.push({ from, to, loop: true });
    for (const [to, from] of first) if (!cases.has(to)) nests.push({ from, to, loop: false });
    for (let moved = true; moved; ) {
      moved = false;
      for (const nest of nests)
        for (const other of nests)
          if (!nest.loop && other.from < nest.from && nest.from < other.to && other.to < nest.to) {
            nest.from = other.from;
            moved = true;
          }
    }
    const spoilt = nests.find((nest) => !nest.loop && inside(nest));
    if (spoilt) {
      cases.add(spoilt.to);
      continue;
    }
    nests.sort((a, b) => a.from - b.from || b.to - a.to || Number(a.loop) - Number(b.loop));
    return { steps, reached, left, entries, cases: new Map([...cases].map((pc, i) => [pc, i])), nests };
  }
}
