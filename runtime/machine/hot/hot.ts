/**
 * Loops that run long become JavaScript functions. They follow from the code and change nothing of what a program does: the same steps, the same
 * state at the end of each slice. Where the host forbids to make code from text, the interpreter does it all.
 */
import { toInteger } from '../../values/convert.js';
import type { Slot, TypeName, Value } from '../../values/value.js';
import { type Code, Comparison, Op } from '../code.js';
import type { Engine } from '../engine.js';
import { Call } from '../nativeCall.js';
import { costOf, isPlain } from '../natives.js';
import * as operators from '../operators.js';
import { folded } from '../parts.js';
import { isArray, slotValue } from '../places.js';
import type { Argument, Frame, Native, NativeResult, ProcessState } from '../types.js';
import { knownOf } from './known.js';
import { layOut } from './layout.js';
import { type Instruction, instructionsOf, outermostLoops, type Span } from './shape.js';
import { slotUses } from './slots.js';
import { writeLoop } from './write.js';

/** Runs from a case; gives where the interpreter goes on, -1 when a variable holds what it was not made for. */
type Run = (engine: Engine, process: ProcessState, frame: Frame, from: number, left: number) => number;

interface Loop extends Span {
  /** Steps of the slices that ended in it. */
  heat: number;
  run: Run | undefined;
  /** Times it was entered, and steps it did, since they were looked at. */
  entered: number;
  done: number;
}

/** The loops of a code, and by the place where one is entered: the loop and its case. */
export interface HotCode {
  readonly instructions: readonly Instruction[];
  readonly loops: readonly Loop[];
  readonly entries: ({ readonly loop: Loop; readonly from: number } | undefined)[];
}

/** Longer ones are left alone: the host would not make good code of them. */
const LONGEST_LOOP = 3000;
/** So often it is looked at whether a function does enough each time it is entered. */
const LOOK = 1000;
const ENOUGH = 6;
/** Functions kept for other machines with the same loops. */
const MOST_KEPT = 500;

const failed: unique symbol = Symbol('failed');

/** The result of a command without effect; `failed` when it gives none at once, or is asked about: then the interpreter calls it. */
function command(
  engine: Engine,
  process: ProcessState,
  frame: Frame,
  native: Native<unknown> | undefined,
  name: string,
  args: readonly Argument[],
  pc: number,
): NativeResult | typeof failed {
  if (engine.commandBreaks.size || !native) return failed;
  frame.pc = pc;
  try {
    const result = native(new Call(engine, engine.services, process, frame, args, name, undefined, ''));
    return isPlain(result) && engine.deferred.length === 0 ? result : failed;
  } catch {
    return failed;
  }
}

/** What the functions call: none has an effect or raises an error for what it is called with. */
const helpers = {
  command,
  failed,
  costOf,
  longest: operators.LONGEST,
  isArray,
  slotValue,
  toInteger,
  truthy: operators.truthy,
  order: (a: string, b: string) => operators.ordered('<', a, b),
  same: (level: number, a: Value, b: Value) => operators.holds(level, Comparison.EQUAL, a, b),
  modulo: (a: number, b: number) => ((a | 0) === a && (b | 0) === b && b !== 0 ? (a % b) | 0 : (operators.modulo(a, b) as number)),
  isOpen: operators.isOpen,
  takes: (type: TypeName, value: Value) => {
    switch (type) {
      case 'real':
        return typeof value === 'number';
      case 'integer':
        return typeof value === 'number' && (value | 0) === value;
      case 'text':
        return typeof value === 'string';
      case 'boolean':
        return typeof value === 'boolean';
      default:
        return type === 'variant';
    }
  },
};

const kept = new Map<string, Run>();
let forbidden = false;
/** Texts that were no JavaScript: there are none, which the tests see. Such a loop stays with the interpreter. */
export const faults: string[] = [];

/** The function of a text and its constants. */
function make(body: string, constants: readonly unknown[]): Run | undefined {
  const shared = constants.every((each) => typeof each !== 'object');
  const key = shared ? `${JSON.stringify(constants.map((each) => [typeof each, Object.is(each, -0) ? '-0' : String(each)]))}\n${body}` : '';
  const found = kept.get(key);
  if (shared && found) return found;
  try {
    // The text is made of numbers and fixed words alone; names and texts of the program come in as constants.
    const run = new Function('h', 'k', `'use strict';${body}`)(helpers, constants) as Run;
    if (shared && kept.size < MOST_KEPT) kept.set(key, run);
    return run;
  } catch (error) {
    // A host that forbids it says so by an EvalError, each time.
    if (error instanceof EvalError) forbidden = true;
    else faults.push(body);
    return undefined;
  }
}

/** A slice has ended in a code: the loop that it ended in gets warmer, and is translated when it is hot. */
export function warm(engine: Engine, process: ProcessState, frame: Frame, code: Code): void {
  if (forbidden || !engine.hot) return;
  let hot = code.hot as HotCode | undefined;
  if (!hot) {
    const instructions = instructionsOf(code);
    const loops = outermostLoops(instructions, LONGEST_LOOP).map(
      ({ from, to }): Loop => ({ from, to, heat: 0, run: undefined, entered: 0, done: 0 }),
    );
    hot = { instructions, loops, entries: [] };
    code.hot = hot;
  }
  const loop = hot.loops.find(({ from, to }) => frame.pc >= from && frame.pc < to);
  if (!loop || loop.heat >= engine.hot) return;
  loop.heat += engine.limit;
  if (loop.heat >= engine.hot) translate(engine, process.stack, frame, code, hot, loop);
}

function translate(engine: Engine, stack: readonly Slot[], frame: Frame, code: Code, hot: HotCode, loop: Loop): void {
  const layout = layOut(hot.instructions, loop, knownOf(code, hot.instructions, engine.pure));
  const uses = slotUses(code, hot.instructions, stack.slice(frame.base, frame.base + code.slots));
  const { body, constants } = writeLoop(code, loop, layout, uses, folded);
  loop.run = make(body, constants);
  if (!loop.run) return;
  code.live = code.live === code.ops ? code.ops.slice() : code.live;
  for (const pc of layout.entries) {
    code.live[pc] = Op.ENTER;
    hot.entries[pc] = { loop, from: layout.cases.get(pc)! };
  }
}

/** Runs the function that is entered at a place; gives where the interpreter goes on, which is the same place when nothing was done. */
export function runHot(engine: Engine, process: ProcessState, frame: Frame, code: Code, pc: number, left: number): number {
  const { loop, from } = (code.hot as HotCode).entries[pc]!;
  engine.left = left;
  const next = loop.run!(engine, process, frame, from, left);
  loop.done += left - engine.left;
  if (++loop.entered === LOOK) look(code, loop);
  return next < 0 ? pc : next;
}

/** A function that does little each time is given up: to enter it costs more. */
function look(code: Code, loop: Loop): void {
  if (loop.done < ENOUGH * loop.entered) {
    for (let pc = loop.from; pc < loop.to; pc++) code.live[pc] = code.ops[pc];
    loop.run = undefined;
  }
  loop.entered = 0;
  loop.done = 0;
}
