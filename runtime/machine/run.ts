/**
 * The dispatch loop: runs the code of one process until it has done its steps, waits, stops or ends.
 * Whatever calls, waits or throws leaves all that counts in the process; the loop then reads it back.
 */
import type { Value } from '../values/value.js';
import { type Code, type CommandTarget, Op } from './code.js';
import { EXTRA } from './core.js';
import type { Engine } from './engine.js';
import { raise, takePending } from './errors.js';
import { enter, resultOf } from './frames.js';
import { general } from './general.js';
import { runHot, warm } from './hot/hot.js';
import { leave } from './leave.js';
import { errorFrom, fail } from './messages.js';
import { Call } from './nativeCall.js';
import { costOf, deliver, isPlain, nativeOf, resumeNative } from './natives.js';
import { isOpen, numbersHold } from './operators.js';
import * as parts from './parts.js';
import { asksAt, stopsAtCommand, stopsAtStatement } from './stops.js';
import type { Argument, Frame, ProcessState } from './types.js';

/** Runs a ready process for at most `limit` steps; gives how many it did. */
export function runSteps(engine: Engine, process: ProcessState, limit: number): number {
  let left = limit;
  engine.limit = limit;
  engine.left = limit;
  engine.running = process;
  while (process.status === 'ready' && left > 0) {
    const top = process.frames[process.frames.length - 1] as Frame | undefined;
    if (!top || engine.evaluation?.outcome) break;
    try {
      if (process.extra.size && process.extra.has(EXTRA.error)) takePending(engine, process);
      else if (top.native) {
        left--;
        const { woken } = top.native;
        resumeNative(engine, process, woken?.result);
      } else {
        engine.left = left;
        loop(engine, process);
        left = engine.left;
      }
    } catch (error) {
      left = Math.min(left, engine.left) - 1;
      if ((process.status as string) !== 'ended') raise(engine, process, errorFrom(error, commandAt(engine, process)));
    }
    left -= engine.cost;
    engine.cost = 0;
  }
  engine.running = undefined;
  return limit - left;
}

/** Name of the command that the process is calling. */
function commandAt(engine: Engine, process: ProcessState): string {
  const frame = process.frames[process.frames.length - 1] as Frame | undefined;
  const code = frame && frame.code >= 0 ? engine.codes[frame.code] : undefined;
  if (!frame || code?.ops[frame.pc - 2] !== Op.CALL_COMMAND) return code?.name ?? '4D';
  return (code.constants[code.ops[frame.pc - 1]] as CommandTarget).name;
}

const none: Argument[] = [];

/** The function of an object's class; undefined for anything that is not simply that. */
function functionOf(engine: Engine, object: Value, name: string): Code | undefined {
  if (typeof object !== 'object' || object === null || object.t !== 'object' || object.className === undefined) return undefined;
  if (engine.evaluation !== undefined || object.properties.get(name) !== undefined) return undefined;
  return engine.classes.find(object.className, 'function', name);
}

/**
 * What is frequent and plain is done here, at once: such a case goes on with the next instruction. A case that is left by `break`, and all others,
 * are done behind the switch. The smaller this function, the sooner and the better the host translates it.
 */
function loop(engine: Engine, process: ProcessState): void {
  let left = engine.left;
  const { frames } = process;
  const stack = process.stack as Value[];
  let frame: Frame = frames[frames.length - 1];
  let code: Code = engine.codes[frame.code];
  let ops = code.live;
  let constants = code.constants;
  let pc = frame.pc;
  let sp = process.height;
  let base = frame.base;
  let asked = asksAt(engine, code);
  try {
    run: for (;;) {
      let op: Op = ops[pc++];
      if (op === Op.STATEMENT && left > 0 && !asked) {
        left--;
        op = ops[pc + 1];
        pc += 2;
      }
      switch (op) {
        case Op.CONSTANT:
          stack[sp++] = constants[ops[pc++]] as Value;
          continue;
        case Op.POP:
          sp--;
          continue;
        case Op.LOCAL:
        case Op.LOCAL_RAW:
          stack[sp++] = stack[base + ops[pc++]];
          continue;
        case Op.STORE_LOCAL:
          stack[base + ops[pc++]] = stack[--sp];
          continue;
        case Op.STORE_NUMBER: {
          const value = stack[sp - 1];
          if (typeof value !== 'number') break;
          stack[base + ops[pc++]] = value;
          sp--;
          continue;
        }
        case Op.STORE_INTEGER: {
          const value = stack[sp - 1];
          if (typeof value !== 'number' || (value | 0) !== value) break;
          stack[base + ops[pc++]] = value | 0;
          sp--;
          continue;
        }
        case Op.STORE_TEXT: {
          const value = stack[sp - 1];
          if (typeof value !== 'string') break;
          stack[base + ops[pc++]] = value;
          sp--;
          continue;
        }
        case Op.SELF:
          stack[sp++] = frame.self;
          continue;
        case Op.MEMBER: {
          const object = stack[sp - 1];
          if (typeof object !== 'object' || object === null || object.t !== 'object') break;
          const value = object.properties.get(constants[ops[pc]] as string);
          if (value === undefined && object.className !== undefined) break;
          stack[sp - 1] = value;
          pc++;
          continue;
        }
        case Op.STORE_MEMBER: {
          const object = stack[sp - 2];
          const name = constants[ops[pc]] as string;
          const value = stack[sp - 1];
          if (value === undefined || engine.evaluation !== undefined || !isOpen(object, name)) break;
          object.properties.set(name, value);
          sp -= 2;
          // The POP behind is passed: nothing was put there.
          pc += 2;
          continue;
        }
        case Op.ADD: {
          const a = stack[sp - 2];
          const b = stack[sp - 1];
          if (typeof a !== 'number' || typeof b !== 'number') break;
          stack[--sp - 1] = a + b;
          continue;
        }
        case Op.SUBTRACT:
        case Op.MULTIPLY: {
          const a = stack[sp - 2];
          const b = stack[sp - 1];
          if (typeof a !== 'number' || typeof b !== 'number') break;
          stack[--sp - 1] = op === Op.SUBTRACT ? a - b : a * b;
          continue;
        }
        case Op.ADD_SLOTS:
        case Op.SUBTRACT_SLOTS:
        case Op.MULTIPLY_SLOTS: {
          const a = stack[base + ops[pc]];
          const b = stack[base + ops[pc + 1]];
          if (typeof a !== 'number' || typeof b !== 'number') break;
          stack[sp++] = op === Op.ADD_SLOTS ? a + b : op === Op.SUBTRACT_SLOTS ? a - b : a * b;
          pc += 2;
          continue;
        }
        case Op.ADD_INTEGERS:
        case Op.SUBTRACT_INTEGERS: {
          const slots = ops[pc];
          const a = stack[base + (slots & 1023)];
          const b = stack[base + ((slots >> 10) & 1023)];
          if (typeof a !== 'number' || typeof b !== 'number') break;
          const value = op === Op.ADD_INTEGERS ? a + b : a - b;
          const whole = value | 0;
          if (whole !== value) break;
          stack[base + (slots >> 20)] = whole;
          pc++;
          continue;
        }
        case Op.ADD_INTO:
        case Op.SUBTRACT_INTO:
        case Op.MULTIPLY_INTO: {
          const slots = ops[pc];
          const a = stack[base + (slots & 1023)];
          const b = stack[base + ((slots >> 10) & 1023)];
          if (typeof a !== 'number' || typeof b !== 'number') break;
          stack[base + (slots >> 20)] = op === Op.ADD_INTO ? a + b : op === Op.SUBTRACT_INTO ? a - b : a * b;
          pc++;
          continue;
        }
        case Op.MODULO_INTO: {
          const slots = ops[pc];
          const a = stack[base + (slots & 1023)];
          const b = stack[base + ((slots >> 10) & 1023)];
          if (typeof a !== 'number' || typeof b !== 'number' || (a | 0) !== a || (b | 0) !== b || b === 0) break;
          stack[base + (slots >> 20)] = (a % b) | 0;
          pc++;
          continue;
        }
        case Op.COMPARE: {
          const a = stack[sp - 2];
          const b = stack[sp - 1];
          if (typeof a !== 'number' || typeof b !== 'number') break;
          stack[--sp - 1] = numbersHold(engine.state.realLevel, ops[pc++], a, b);
          continue;
        }
        case Op.JUMP_COMPARE: {
          const a = stack[sp - 2];
          const b = stack[sp - 1];
          if (typeof a !== 'number' || typeof b !== 'number') break;
          sp -= 2;
          pc = numbersHold(engine.state.realLevel, ops[pc], a, b) ? pc + 2 : ops[pc + 1];
          continue;
        }
        case Op.JUMP_COMPARE_SLOT: {
          const a = stack[sp - 1];
          const b = stack[base + ops[pc + 1]];
          if (typeof a !== 'number' || typeof b !== 'number') break;
          sp--;
          pc = numbersHold(engine.state.realLevel, ops[pc], a, b) ? pc + 3 : ops[pc + 2];
          continue;
        }
        case Op.JUMP_COMPARE_SLOTS: {
          const slots = ops[pc];
          const a = stack[base + (slots & 1023)];
          const b = stack[base + ((slots >> 10) & 1023)];
          if (typeof a !== 'number' || typeof b !== 'number') break;
          pc = numbersHold(engine.state.realLevel, slots >> 20, a, b) ? pc + 2 : ops[pc + 1];
          continue;
        }
        case Op.JUMP:
          pc = ops[pc];
          continue;
        case Op.JUMP_FALSE: {
          const value = stack[sp - 1];
          if (typeof value !== 'boolean') break;
          sp--;
          pc = value ? pc + 1 : ops[pc];
          continue;
        }
        case Op.LOOP:
          if (left <= 0) break;
          left--;
          pc = ops[pc];
          continue;
        case Op.FOR_NEXT: {
          const slots = ops[pc];
          const counter = stack[base + (slots & 1023)];
          const end = stack[base + (slots >> 10)];
          if (left <= 0 || typeof counter !== 'number' || typeof end !== 'number') break;
          left--;
          stack[base + (slots & 1023)] = counter + 1;
          pc = counter + 1 <= end ? ops[pc + 1] : pc + 2;
          continue;
        }
        case Op.CALL_METHOD:
        case Op.CALL_MEMBER: {
          const name = constants[ops[pc]] as string;
          const count = ops[pc + 1];
          let self: Value;
          let called: Code | undefined;
          if (op === Op.CALL_METHOD) {
            if (left <= 0) break;
            left--;
            called = engine.code.method(name) ?? fail('noMethod', name);
            self = code.formula ? frame.self : undefined;
          } else {
            self = stack[sp - count - 1];
            called = functionOf(engine, self, name);
            if (called === undefined) break;
            // What it is called of lies below the arguments: they move down over it.
            for (let i = sp - count; i < sp; i++) stack[i - 1] = stack[i];
            sp--;
          }
          frame.pc = pc + 2;
          process.height = sp;
          frame = enter(engine, process, called, count, self);
          code = called;
          ops = code.live;
          constants = code.constants;
          pc = 0;
          sp = process.height;
          base = frame.base;
          asked = asksAt(engine, code);
          continue;
        }
        case Op.CALL_COMMAND: {
          const target = constants[ops[pc]] as CommandTarget;
          if (engine.commandBreaks.size) {
            process.height = sp;
            engine.left = left;
            if (stopsAtCommand(engine, process, frame, target.number, pc - 1)) {
              pc--;
              break run;
            }
          }
          const count = ops[pc + 1];
          pc += 2;
          frame.pc = pc;
          sp -= count;
          process.height = sp;
          const native = target.native ?? nativeOf(engine, target);
          const args: Argument[] = count === 0 ? none : (stack.slice(sp, sp + count) as Argument[]);
          const result = native(new Call(engine, engine.services, process, frame, args, target.name, undefined, ''));
          asked = asksAt(engine, code);
          if (isPlain(result) && engine.deferred.length === 0 && frames[frames.length - 1] === frame && process.status === 'ready') {
            stack[sp++] = result;
            if (typeof result === 'string' || typeof result === 'object') left -= costOf(result);
            if (engine.cost !== 0) {
              left -= engine.cost;
              engine.cost = 0;
            }
            continue;
          }
          deliver(engine, process, result, { command: target.name, member: '', self: undefined, args });
          sp = process.height;
          if (frames[frames.length - 1] !== frame || process.status !== 'ready') break run;
          continue;
        }
        case Op.RETURN_VALUE:
        case Op.RETURN: {
          frame.pc = pc;
          process.height = sp;
          const value = op === Op.RETURN ? resultOf(process, frame, code) : parts.returned(code, stack[sp - 1], frame);
          const next = frames[frames.length - 2];
          if (frame.purpose === 'value' && next.code >= 0 && process.uses.length === 0 && frame.deferred === undefined) {
            frames.pop();
            sp = base;
            stack[sp++] = value;
            frame = next;
            code = engine.codes[frame.code];
            ops = code.live;
            constants = code.constants;
            pc = frame.pc;
            base = frame.base;
            asked = asksAt(engine, code);
            continue;
          }
          leave(engine, process, value);
          sp = process.height;
          break run;
        }
        case Op.ENTER: {
          const at = pc - 1;
          if (left <= 0 || asked || engine.evaluation !== undefined || sp !== base + code.slots) break;
          pc = runHot(engine, process, frame, code, at, left);
          left = engine.left;
          if (pc !== at) {
            sp = process.height;
            continue;
          }
          pc++;
        }
      }
      // Where a hot loop is entered stands the instruction itself in the code as it was.
      if (op === Op.ENTER) op = code.ops[pc - 1];
      if (op === Op.STATEMENT || op === Op.LOOP || op === Op.FOR_NEXT || op === Op.CALL_METHOD) {
        engine.left = left;
        if (left <= 0 || (asked && op === Op.STATEMENT && stopsAtStatement(engine, process, frame, code, ops[pc], pc - 1))) {
          pc--;
          break;
        }
        left--;
      }
      frame.pc = pc;
      process.height = sp;
      pc = general(engine, process, frame, code, pc);
      sp = process.height;
      asked = asksAt(engine, code);
      left -= engine.cost;
      engine.cost = 0;
      if (frames[frames.length - 1] !== frame || process.status !== 'ready') break;
    }
    engine.left = left;
    frame.pc = pc;
    process.height = sp;
    if (left <= 0) warm(engine, process, frame, code);
  } catch (error) {
    engine.left = left;
    // Inside the instruction that failed, so that its statement is known.
    frame.pc = pc - 1;
    process.height = sp;
    throw error;
  }
}
