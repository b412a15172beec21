import { fold } from '#syntaxes/text/fold.js';
import type { Frame, ProcessState } from '../machine/types.js';

/** How far a process runs before it stops again. `entry` and `pause` stop at the next statement, whatever it is. */
export type StepKind = 'over' | 'in' | 'out' | 'entry' | 'pause' | 'goto';

interface Goal {
  readonly kind: StepKind;
  /** Numbers of the frames there were at the start, outermost first. */
  readonly frames: readonly number[];
  readonly request: number | undefined;
  readonly target?: CallWanted;
  /** Calls of the target's name that were passed, and the frame of the last one. */
  passed: number;
  last: number | undefined;
}

/** The call that `step in` is to reach: the `nth` one of this name from 0 that the line makes; the others run through. */
export interface CallWanted {
  readonly name: string;
  readonly nth: number;
}

/**
 * Decides at each statement whether a step has come to its end. Goals are frames, not depths: a method that ends and another one
 * that begins at the same depth are two things.
 */
export class Stepping {
  private readonly goals = new Map<number, Goal>();

  begin(process: ProcessState, kind: StepKind, target?: CallWanted): void {
    const frames = process.frames.map(({ id }) => id);
    this.goals.set(process.number, { kind, frames, request: process.request, passed: 0, last: undefined, ...(target && { target }) });
  }

  forget(process: number): void {
    this.goals.delete(process);
  }

  clear(): void {
    this.goals.clear();
  }

  active(process: number): boolean {
    return this.goals.has(process);
  }

  /** Numbers of the processes that are being stepped. */
  processes(): number[] {
    return [...this.goals.keys()];
  }

  /** The kind of step that ends at this statement; undefined when it goes on. `nameOf` gives the name of the code of the frame. */
  reached(process: ProcessState, frame: Frame, nameOf: () => string): StepKind | undefined {
    const goal = this.goals.get(process.number);
    if (!goal) return undefined;
    const here = goal.frames.indexOf(frame.id);
    const top = goal.frames.length - 1;
    switch (goal.kind) {
      case 'entry':
      case 'pause':
      case 'goto':
        return goal.kind;
      case 'in':
        return goal.target === undefined || here >= 0 || this.isWanted(process, frame, goal, goal.target, nameOf) ? 'in' : undefined;
      case 'over':
        if (here >= 0) return 'over';
        // The call that was stepped has ended: what the same request runs next is the next line.
        return !this.someAlive(process, goal) && goal.request === process.request ? 'over' : this.ended(process, goal);
      case 'out':
        return here >= 0 && here < top ? 'out' : this.ended(process, goal);
    }
  }

  private isWanted(process: ProcessState, frame: Frame, goal: Goal, { name, nth }: CallWanted, nameOf: () => string): boolean {
    const [direct] = process.frames.slice(goal.frames.length).filter(({ code }) => code >= 0);
    if (direct !== frame || goal.last === frame.id || !sameName(nameOf(), name)) return false;
    goal.last = frame.id;
    return goal.passed++ === nth;
  }

  /** Gives a goal up when none of its frames is left. */
  private ended(process: ProcessState, goal: Goal): undefined {
    if (!this.someAlive(process, goal)) this.goals.delete(process.number);
  }

  private someAlive(process: ProcessState, goal: Goal): boolean {
    return process.frames.some(({ id }) => goal.frames.includes(id));
  }
}

/** A method's name, or the last part of `Shop.total`. */
function sameName(code: string, target: string): boolean {
  const name = fold(code);
  return name === fold(target) || name.slice(name.lastIndexOf('.') + 1) === fold(target);
}
