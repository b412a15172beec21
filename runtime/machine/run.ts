/**
 * The dispatch loop: runs the code of one process until it has done its steps, waits, stops or ends.
 * Whatever calls, waits or throws leaves all that counts in the process; the loop then reads it back.
 */
import type { CollectionValue, ObjectValue, Slot, Value } from '../values/value.js';
import { type Code, type CommandTarget, Comparison, Op } from './code.js';
import { EXTRA } from './core.js';
import type { Engine } from './engine.js';
import { raise, takePending } from './errors.js';
import { enter, resultOf } from './frames.js';
import { leave } from './leave.js';
import { getIndex, getMember, setIndex, setMember } from './members.js';
import { errorFrom, fail } from './messages.js';
import { Call } from './nativeCall.js';
import { costOf, deliver, isPlain, resumeNative } from './natives.js';
import * as operators from './operators.js';
import * as parts from './parts.js';
import { elementOf, isArray, processVariable, readSlot, setElement, slotValue, storeVariable } from './places.js';
import { callPart, seldom } from './seldom.js';
import { asksAt, stopsAtCommand, stopsAtStatement } from './stops.js';
import type { Argument, Frame, Native, ProcessState } from './types.js';

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

/** The native behind a command; looked up once for each place that calls it. */
function nativeOf(engine: Engine, target: CommandTarget): Native<unknown> {
  target.native = engine.commands.get(target.number) ?? fail('command', target.name);
  return target.native;
}

/** A plain object that anybody may change. */
function isOpen(value: Value): value is ObjectValue {
  return typeof value === 'object' && value !== null && value.t === 'object' && value.className === undefined && value.shared === undefined;
}

/** Whether a comparison holds; numbers are compared here. */
/** Only equality looks at the level (4D page `commands/set-real-comparison-level`). */
function holds(engine: Engine, comparison: Comparison, a: Value, b: Value): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return operators.compare(comparison, a, b);
  if (comparison === Comparison.EQUAL) return a === b || Math.abs(a - b) <= engine.state.realLevel;
  if (comparison === Comparison.UNEQUAL) return a !== b && !(Math.abs(a - b) <= engine.state.realLevel);
  return (comparison & (a < b ? 1 : a > b ? 4 : a === b ? 2 : 8)) !== 0;
}

function loop(engine: Engine, process: ProcessState): void {
  let left = engine.left;
  const { frames, variables } = process;
  const stack = process.stack as Value[];
  let frame: Frame = frames[frames.length - 1];
  let code: Code = engine.codes[frame.code];
  let ops = code.ops;
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
        case Op.STATEMENT:
          if (left <= 0) {
            pc--;
            break run;
          }
          if (asked) {
            engine.left = left;
            if (stopsAtStatement(engine, process, frame, code, ops[pc], pc - 1)) {
              pc--;
              break run;
            }
          }
          left--;
          pc++;
          break;
        case Op.CONSTANT:
          stack[sp++] = constants[ops[pc++]] as Value;
          break;
        case Op.POP:
          sp--;
          break;
        case Op.DUPLICATE:
          stack[sp] = stack[sp - 1];
          sp++;
          break;
        case Op.LOCAL:
        case Op.LOCAL_RAW:
          stack[sp++] = stack[base + ops[pc++]];
          break;
        case Op.LOCAL_VALUE:
          stack[sp++] = slotValue(stack[base + ops[pc++]]);
          break;
        case Op.STORE_LOCAL:
          stack[base + ops[pc++]] = stack[--sp];
          break;
        case Op.STORE_NUMBER: {
          const value = stack[--sp];
          if (typeof value === 'number') stack[base + ops[pc]] = value;
          else parts.storeLocal(process, frame, code, ops[pc], value);
          pc++;
          break;
        }
        case Op.STORE_INTEGER: {
          const value = stack[--sp];
          if (typeof value === 'number' && (value | 0) === value) stack[base + ops[pc]] = value;
          else parts.storeLocal(process, frame, code, ops[pc], value);
          pc++;
          break;
        }
        case Op.STORE_TEXT: {
          const value = stack[--sp];
          if (typeof value === 'string') stack[base + ops[pc]] = value;
          else parts.storeLocal(process, frame, code, ops[pc], value);
          pc++;
          break;
        }
        case Op.STORE_BOOLEAN:
        case Op.STORE_TYPED:
          parts.storeLocal(process, frame, code, ops[pc++], stack[--sp]);
          break;
        case Op.REFER_LOCAL:
          stack[sp++] = { ref: 'local', process: process.number, frame: frame.id, slot: ops[pc++] } as never;
          break;
        case Op.PROCESS: {
          const name = constants[ops[pc++]] as string;
          const variable = variables.get(name) ?? processVariable(engine, process, name);
          stack[sp++] = variable === undefined ? undefined : slotValue(variable.value);
          break;
        }
        case Op.PROCESS_RAW: {
          const name = constants[ops[pc++]] as string;
          stack[sp++] = (variables.get(name) ?? processVariable(engine, process, name))?.value as Value;
          break;
        }
        case Op.STORE_PROCESS: {
          const name = constants[ops[pc++]] as string;
          const key = parts.folded(name);
          storeVariable(variables, variables.get(key) ?? processVariable(engine, process, key), key, name, stack[--sp]);
          break;
        }
        case Op.ELEMENT:
          sp--;
          stack[sp - 1] = slotValue(elementOf(stack[sp - 1] as Slot, parts.index(stack[sp])));
          break;
        case Op.ELEMENT_RAW:
          sp--;
          stack[sp - 1] = elementOf(stack[sp - 1] as Slot, parts.index(stack[sp])) as Value;
          break;
        case Op.STORE_ELEMENT:
          sp -= 3;
          setElement(stack[sp] as Slot, parts.index(stack[sp + 1]), stack[sp + 2]);
          break;
        case Op.MEMBER: {
          const object = stack[sp - 1];
          const name = constants[ops[pc++]] as string;
          if (typeof object === 'object' && object !== null && object.t === 'object') {
            const value = object.properties.get(name);
            if (value !== undefined || object.className === undefined) {
              stack[sp - 1] = value;
              break;
            }
          }
          frame.pc = pc;
          process.height = sp - 1;
          getMember(engine, process, frame, object, name);
          sp = process.height;
          if (frames[frames.length - 1] !== frame || process.status !== 'ready') break run;
          break;
        }
        case Op.STORE_MEMBER: {
          sp -= 2;
          const object = stack[sp];
          const name = constants[ops[pc++]] as string;
          const value = stack[sp + 1];
          if (isOpen(object) && value !== undefined && engine.evaluation === undefined) {
            object.properties.set(name, value);
            pc++;
            break;
          }
          frame.pc = pc;
          process.height = sp;
          setMember(engine, process, frame, object, name, value);
          sp = process.height;
          if (frames[frames.length - 1] !== frame || process.status !== 'ready') break run;
          break;
        }
        case Op.INDEX: {
          sp--;
          const object = stack[sp - 1];
          const index = stack[sp];
          if (typeof object === 'object' && object !== null && object.t === 'collection' && typeof index === 'number') {
            stack[sp - 1] = object.items[index | 0];
            break;
          }
          frame.pc = pc;
          process.height = sp - 1;
          getIndex(engine, process, frame, object, index);
          sp = process.height;
          if (frames[frames.length - 1] !== frame || process.status !== 'ready') break run;
          break;
        }
        case Op.STORE_INDEX:
          sp -= 3;
          frame.pc = pc;
          process.height = sp;
          setIndex(engine, process, frame, stack[sp], stack[sp + 1], stack[sp + 2]);
          sp = process.height;
          if (frames[frames.length - 1] !== frame || process.status !== 'ready') break run;
          break;
        case Op.DEREFERENCE:
          stack[sp - 1] = slotValue(readSlot(engine, process, parts.target(stack[sp - 1])));
          break;
        case Op.OBJECT: {
          const names = constants[ops[pc++]] as readonly string[];
          const properties = new Map<string, Value>();
          sp -= names.length;
          for (let i = 0; i < names.length; i++) properties.set(names[i], stack[sp + i]);
          stack[sp++] = { t: 'object', properties } satisfies ObjectValue;
          break;
        }
        case Op.COLLECTION: {
          const count = ops[pc++];
          sp -= count;
          stack[sp] = { t: 'collection', items: stack.slice(sp, sp + count) } satisfies CollectionValue;
          sp++;
          break;
        }
        case Op.ADD: {
          sp--;
          const a = stack[sp - 1];
          const b = stack[sp];
          if (typeof a === 'number' && typeof b === 'number') stack[sp - 1] = a + b;
          else if (typeof a === 'string' && typeof b === 'string') stack[sp - 1] = operators.joinTexts(a, b);
          else stack[sp - 1] = operators.add(a, b);
          break;
        }
        case Op.SUBTRACT: {
          sp--;
          const a = stack[sp - 1];
          const b = stack[sp];
          stack[sp - 1] = typeof a === 'number' && typeof b === 'number' ? a - b : operators.subtract(a, b);
          break;
        }
        case Op.COMPARE:
          sp--;
          stack[sp - 1] = holds(engine, ops[pc++], stack[sp - 1], stack[sp]);
          break;
        case Op.MULTIPLY: {
          sp--;
          const a = stack[sp - 1];
          const b = stack[sp];
          stack[sp - 1] = typeof a === 'number' && typeof b === 'number' ? a * b : operators.multiply(a, b);
          break;
        }
        case Op.MODULO: {
          sp--;
          const a = stack[sp - 1];
          const b = stack[sp];
          if (typeof a === 'number' && typeof b === 'number' && (a | 0) === a && (b | 0) === b && b !== 0) stack[sp - 1] = a % b;
          else stack[sp - 1] = operators.modulo(a, b);
          break;
        }
        case Op.MODULO_SLOTS: {
          const a = stack[base + ops[pc]];
          const b = stack[base + ops[pc + 1]];
          pc += 2;
          if (typeof a === 'number' && typeof b === 'number' && (a | 0) === a && (b | 0) === b && b !== 0) stack[sp++] = a % b;
          else stack[sp++] = operators.modulo(a, b);
          break;
        }
        case Op.ADD_SLOTS: {
          const a = stack[base + ops[pc]];
          const b = stack[base + ops[pc + 1]];
          pc += 2;
          stack[sp++] = typeof a === 'number' && typeof b === 'number' ? a + b : operators.add(a, b);
          break;
        }
        case Op.SUBTRACT_SLOTS: {
          const a = stack[base + ops[pc]];
          const b = stack[base + ops[pc + 1]];
          pc += 2;
          stack[sp++] = typeof a === 'number' && typeof b === 'number' ? a - b : operators.subtract(a, b);
          break;
        }
        case Op.MULTIPLY_SLOTS: {
          const a = stack[base + ops[pc]];
          const b = stack[base + ops[pc + 1]];
          pc += 2;
          stack[sp++] = typeof a === 'number' && typeof b === 'number' ? a * b : operators.multiply(a, b);
          break;
        }
        case Op.ADD_INTEGERS: {
          const slots = ops[pc++];
          const a = stack[base + (slots & 1023)];
          const b = stack[base + ((slots >> 10) & 1023)];
          const value = typeof a === 'number' && typeof b === 'number' ? a + b : operators.add(a, b);
          const whole = (value as number) | 0;
          if (whole === value) stack[base + (slots >> 20)] = whole;
          else parts.storeLocal(process, frame, code, slots >> 20, value);
          break;
        }
        case Op.SUBTRACT_INTEGERS: {
          const slots = ops[pc++];
          const a = stack[base + (slots & 1023)];
          const b = stack[base + ((slots >> 10) & 1023)];
          const value = typeof a === 'number' && typeof b === 'number' ? a - b : operators.subtract(a, b);
          const whole = (value as number) | 0;
          if (whole === value) stack[base + (slots >> 20)] = whole;
          else parts.storeLocal(process, frame, code, slots >> 20, value);
          break;
        }
        case Op.ADD_INTO: {
          const slots = ops[pc++];
          const a = stack[base + (slots & 1023)];
          const b = stack[base + ((slots >> 10) & 1023)];
          if (typeof a === 'number' && typeof b === 'number') stack[base + (slots >> 20)] = a + b;
          else parts.storeLocal(process, frame, code, slots >> 20, operators.add(a, b));
          break;
        }
        case Op.SUBTRACT_INTO: {
          const slots = ops[pc++];
          const a = stack[base + (slots & 1023)];
          const b = stack[base + ((slots >> 10) & 1023)];
          if (typeof a === 'number' && typeof b === 'number') stack[base + (slots >> 20)] = a - b;
          else parts.storeLocal(process, frame, code, slots >> 20, operators.subtract(a, b));
          break;
        }
        case Op.MULTIPLY_INTO: {
          const slots = ops[pc++];
          const a = stack[base + (slots & 1023)];
          const b = stack[base + ((slots >> 10) & 1023)];
          if (typeof a === 'number' && typeof b === 'number') stack[base + (slots >> 20)] = a * b;
          else parts.storeLocal(process, frame, code, slots >> 20, operators.multiply(a, b));
          break;
        }
        case Op.MODULO_INTO: {
          const slots = ops[pc++];
          const a = stack[base + (slots & 1023)];
          const b = stack[base + ((slots >> 10) & 1023)];
          if (typeof a === 'number' && typeof b === 'number' && (a | 0) === a && (b | 0) === b && b !== 0)
            stack[base + (slots >> 20)] = a % b;
          else parts.storeLocal(process, frame, code, slots >> 20, operators.modulo(a, b));
          break;
        }
        case Op.JUMP_COMPARE: {
          sp -= 2;
          pc = holds(engine, ops[pc], stack[sp], stack[sp + 1]) ? pc + 2 : ops[pc + 1];
          break;
        }
        case Op.JUMP_COMPARE_SLOT:
          sp--;
          pc = holds(engine, ops[pc], stack[sp], stack[base + ops[pc + 1]]) ? pc + 3 : ops[pc + 2];
          break;
        case Op.JUMP_COMPARE_SLOTS: {
          const slots = ops[pc];
          pc = holds(engine, slots >> 20, stack[base + (slots & 1023)], stack[base + ((slots >> 10) & 1023)]) ? pc + 2 : ops[pc + 1];
          break;
        }
        case Op.ELEMENT_SLOTS: {
          const array = stack[base + ops[pc]] as Slot;
          const at = stack[base + ops[pc + 1]];
          pc += 2;
          if (isArray(array) && typeof at === 'number' && at >= 0 && at < array.items.length && (at | 0) === at) {
            stack[sp++] = slotValue(array.items[at]);
          } else stack[sp++] = slotValue(elementOf(array, parts.index(at)));
          break;
        }
        case Op.STORE_ELEMENT_SLOTS: {
          const array = stack[base + ops[pc]] as Slot;
          const at = stack[base + ops[pc + 1]];
          const value = stack[--sp];
          pc += 2;
          if (
            isArray(array) &&
            typeof value === 'number' &&
            (array.type === 'real' || (array.type === 'integer' && (value | 0) === value)) &&
            array.dimensions === 1 &&
            typeof at === 'number' &&
            at >= 0 &&
            at < array.items.length &&
            (at | 0) === at
          ) {
            array.items[at] = value;
          } else setElement(array, parts.index(at), value);
          break;
        }
        case Op.MEMBER_SLOT: {
          const object = stack[base + ops[pc]];
          const name = constants[ops[pc + 1]] as string;
          pc += 2;
          if (typeof object === 'object' && object !== null && object.t === 'object') {
            const value = object.properties.get(name);
            if (value !== undefined || object.className === undefined) {
              stack[sp++] = value;
              break;
            }
          }
          frame.pc = pc;
          process.height = sp;
          getMember(engine, process, frame, object, name);
          sp = process.height;
          if (frames[frames.length - 1] !== frame || process.status !== 'ready') break run;
          break;
        }
        case Op.STORE_MEMBER_SLOT: {
          const object = stack[base + ops[pc]];
          const name = constants[ops[pc + 1]] as string;
          pc += 2;
          const value = stack[--sp];
          if (isOpen(object) && value !== undefined && engine.evaluation === undefined) {
            object.properties.set(name, value);
            pc++;
            break;
          }
          frame.pc = pc;
          process.height = sp;
          setMember(engine, process, frame, object, name, value);
          sp = process.height;
          if (frames[frames.length - 1] !== frame || process.status !== 'ready') break run;
          break;
        }
        case Op.AND:
          sp--;
          stack[sp - 1] = operators.and(stack[sp - 1], stack[sp]);
          break;
        case Op.OR:
          sp--;
          stack[sp - 1] = operators.or(stack[sp - 1], stack[sp]);
          break;
        case Op.NOT:
          stack[sp - 1] = operators.not(stack[sp - 1]);
          break;
        case Op.TRUTH:
          stack[sp - 1] = operators.truthy(stack[sp - 1]);
          break;
        case Op.JUMP:
          pc = ops[pc];
          break;
        case Op.JUMP_FALSE: {
          const value = stack[--sp];
          if (value === true || (value !== false && operators.condition(value))) pc++;
          else pc = ops[pc];
          break;
        }
        case Op.JUMP_TRUE:
          pc = operators.condition(stack[--sp]) ? ops[pc] : pc + 1;
          break;
        case Op.JUMP_FALSY_KEEP:
          if (operators.truthy(stack[sp - 1])) {
            sp--;
            pc++;
          } else pc = ops[pc];
          break;
        case Op.JUMP_TRUTHY_KEEP:
          if (operators.truthy(stack[sp - 1])) pc = ops[pc];
          else {
            sp--;
            pc++;
          }
          break;
        case Op.LOOP:
          if (left <= 0) {
            pc--;
            break run;
          }
          left--;
          pc = ops[pc];
          break;
        case Op.FOR_BEGIN: {
          const step = ops[pc + 2] < 0 ? 1 : parts.number(stack[base + ops[pc + 2]]);
          const counter = parts.number(stack[base + ops[pc]]);
          const end = parts.number(stack[base + ops[pc + 1]]);
          pc = (step >= 0 ? counter <= end : counter >= end) ? pc + 4 : ops[pc + 3];
          break;
        }
        case Op.FOR_NEXT: {
          if (left <= 0) {
            pc--;
            break run;
          }
          left--;
          const slots = ops[pc];
          const at = base + (slots & 1023);
          const before = stack[at];
          const end = stack[base + (slots >> 10)];
          const counter = (typeof before === 'number' ? before : parts.number(before)) + 1;
          const whole = counter | 0;
          if (whole === counter) stack[at] = whole;
          else stack[at] = counter;
          pc = counter <= (typeof end === 'number' ? end : parts.number(end)) ? ops[pc + 1] : pc + 2;
          break;
        }
        case Op.CALL_METHOD: {
          if (left <= 0) {
            pc--;
            break run;
          }
          left--;
          const name = constants[ops[pc]] as string;
          const count = ops[pc + 1];
          frame.pc = pc + 2;
          process.height = sp;
          const called = engine.code.method(name) ?? fail('noMethod', name);
          frame = enter(engine, process, called, count, code.formula ? frame.self : undefined);
          code = called;
          ops = code.ops;
          constants = code.constants;
          pc = 0;
          sp = process.height;
          base = frame.base;
          asked = asksAt(engine, code);
          break;
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
            if (typeof result === 'string' || typeof result === 'object') left -= costOf(result) + engine.cost;
            engine.cost = 0;
            break;
          }
          deliver(engine, process, result, { command: target.name, member: '', self: undefined, args });
          sp = process.height;
          if (frames[frames.length - 1] !== frame || process.status !== 'ready') break run;
          break;
        }
        case Op.CALL_MEMBER:
        case Op.CALL_VALUE:
        case Op.CALL_SUPER:
        case Op.CALL_SUPER_MEMBER: {
          const op = ops[pc - 1];
          const named = op === Op.CALL_MEMBER || op === Op.CALL_SUPER_MEMBER;
          const name = named ? (constants[ops[pc]] as string) : '';
          const count = ops[named ? pc + 1 : pc];
          pc += named ? 2 : 1;
          frame.pc = pc;
          process.height = sp;
          callPart(engine, process, frame, code, op, name, count);
          sp = process.height;
          asked = asksAt(engine, code);
          left -= engine.cost;
          engine.cost = 0;
          if (frames[frames.length - 1] !== frame || process.status !== 'ready') break run;
          break;
        }
        case Op.RETURN_VALUE:
        case Op.RETURN: {
          frame.pc = pc;
          process.height = sp;
          const value = ops[pc - 1] === Op.RETURN ? resultOf(process, frame, code) : parts.returned(code, stack[sp - 1], frame);
          const next = frames[frames.length - 2];
          if (frame.purpose === 'value' && next.code >= 0 && process.uses.length === 0 && frame.deferred === undefined) {
            frames.pop();
            sp = base;
            stack[sp++] = value;
            frame = next;
            code = engine.codes[frame.code];
            ops = code.ops;
            constants = code.constants;
            pc = frame.pc;
            base = frame.base;
            asked = asksAt(engine, code);
            break;
          }
          leave(engine, process, value);
          sp = process.height;
          break run;
        }
        default:
          // The seldom ones.
          frame.pc = pc;
          process.height = sp;
          pc = seldom(engine, process, frame, code, pc);
          sp = process.height;
          asked = asksAt(engine, code);
          if (process.status !== 'ready') break run;
      }
    }
    engine.left = left;
    frame.pc = pc;
    process.height = sp;
  } catch (error) {
    engine.left = left;
    // Inside the instruction that failed, so that its statement is known.
    frame.pc = pc - 1;
    process.height = sp;
    throw error;
  }
}
