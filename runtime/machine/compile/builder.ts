import type { Block, Statement } from '../code.js';
import { Op } from '../code.js';

/** A place in the code that is not known yet. */
export type Label = number;

/** Collects instructions, constants and labels of one piece of code. */
export class Builder {
  readonly ops: number[] = [];
  readonly constants: unknown[] = [];
  readonly statements: Statement[] = [];
  readonly blocks: Block[] = [];
  /** The innermost block that needs preparation. */
  block = -1;
  private readonly known = new Map<unknown, number>();
  /** Position of a label; -1 while unknown. */
  private readonly labels: number[] = [];
  private readonly patches: { readonly at: number; readonly label: Label }[] = [];

  get pc(): number {
    return this.ops.length;
  }

  emit(op: Op, ...operands: readonly number[]): void {
    this.ops.push(op, ...operands);
  }

  /** Index of a constant; primitives are kept once. */
  constant(value: unknown): number {
    const shared = typeof value !== 'object' || value === null;
    const found = shared ? this.known.get(value) : undefined;
    if (found !== undefined && Object.is(this.constants[found], value)) return found;
    this.constants.push(value);
    if (shared) this.known.set(value, this.constants.length - 1);
    return this.constants.length - 1;
  }

  push(value: unknown): void {
    this.emit(Op.CONSTANT, this.constant(value));
  }

  label(): Label {
    this.labels.push(-1);
    return this.labels.length - 1;
  }

  mark(label: Label): void {
    this.labels[label] = this.pc;
  }

  /** Emits an operation whose last operand is a label. */
  jump(op: Op, label: Label, ...before: readonly number[]): void {
    this.emit(op, ...before, 0);
    this.patches.push({ at: this.pc - 1, label });
  }

  /** Emits what raises the error that is this constant. */
  emitRaise(constant: number): void {
    this.emit(Op.RAISE, constant);
  }

  /** Where a failed statement goes on. */
  afterStatement(statement: number, label: Label): void {
    this.afters.push({ statement, label });
  }
  private readonly afters: { readonly statement: number; readonly label: Label }[] = [];

  /** Puts the labels' positions in; to be called once, at the end. */
  finish(): void {
    for (const { at, label } of this.patches) this.ops[at] = this.labels[label];
    for (const { statement, label } of this.afters) this.statements[statement].after = this.labels[label];
  }
}

/** The same text as the one that property names of running code compare equal to without looking at their letters. */
export function intern(text: string): string {
  return Object.keys({ [text]: 0 })[0];
}
