import { convertTo, defaultValue } from '../values/convert.js';
import { display } from '../values/display.js';
import type { TypeName, Value } from '../values/value.js';
import { type Code, statementAt } from './code.js';
import { type Core, EXTRA } from './core.js';
import { fail } from './messages.js';
import type { Frame, FramePurpose, PendingNative, Place, ProcessState } from './types.js';

/** Converts to a declared type; raises error 54 when it does not go. Objects of classes go into `object`. */
export function coerce(type: TypeName, value: Value): Value {
  const converted = convertTo(type, value);
  if (converted === undefined) return fail('types', display(value, 1), type);
  return converted.value;
}

/**
 * An argument in the type of its parameter. One that does not fit raises error 54 where the parameter has a name; `C_TEXT($1)` and its
 * kind get the empty value of their type instead (4D page `Concepts/parameters`, interpreted code).
 */
function asParameter(code: Code, index: number, value: Value): Value {
  const type = code.slotTypes[index];
  const converted = convertTo(type, value);
  if (converted !== undefined) return converted.value;
  return /^\$\d+$/.test(code.slotNames[index]) ? code.defaults[index] : fail('types', display(value, 1), type);
}

/** Begins a call of code whose arguments lie on the stack. */
export function enter(
  core: Core,
  process: ProcessState,
  code: Code,
  count: number,
  self: Value,
  purpose: FramePurpose = 'value',
  token: string | undefined = undefined,
): Frame {
  const { frames, stack } = process;
  if (frames.length >= core.maximumDepth) fail('deep', core.maximumDepth);
  const base = process.height - count;
  const { parameters, slots, defaults } = code;
  let surplus: Value[] | undefined;
  const args = core.debug === undefined ? undefined : stack.slice(base, process.height);
  if (count > parameters) {
    surplus = stack.slice(base + parameters, process.height) as Value[];
    if (code.variadic !== undefined && code.variadic !== 'variant')
      for (const [i, value] of surplus.entries()) surplus[i] = coerce(code.variadic, value);
  }
  if (code.typed) {
    const { slotTypes } = code;
    for (let i = 0; i < count && i < parameters; i++) {
      if (slotTypes[i] !== 'variant') stack[base + i] = asParameter(code, i, stack[base + i] as Value);
    }
  }
  for (let i = count < parameters ? count : parameters; i < slots; i++) stack[base + i] = defaults[i];
  process.height = base + slots;
  const frame: Frame = {
    id: core.state.nextFrame++,
    code: code.index,
    pc: 0,
    base,
    argumentCount: count,
    surplus,
    self,
    handlers: undefined,
    native: undefined,
    purpose,
    token,
    args,
    deferred: undefined,
  };
  frames.push(frame);
  return frame;
}

/** Takes a shared group; false when another process has it. */
export function hold(core: Core, process: ProcessState, group: number, frame: number): boolean {
  const lock = core.state.locks.get(group);
  if (lock && lock.process !== process.number) return false;
  if (lock) lock.depth++;
  else core.state.locks.set(group, { process: process.number, depth: 1 });
  process.uses.push({ group, frame });
  return true;
}

/** Gives shared groups back until only so many are held; who waits for one goes on. */
export function releaseUses(core: Core, process: ProcessState, count: number): void {
  while (process.uses.length > count) {
    const { group } = process.uses.pop()!;
    const lock = core.state.locks.get(group);
    if (!lock || --lock.depth > 0) continue;
    core.state.locks.delete(group);
    for (const number of core.blocked) {
      const other = core.state.processes.get(number);
      if (other && other.extra.get(EXTRA.group) !== group) continue;
      core.blocked.delete(number);
      other?.extra.delete(EXTRA.group);
      if (other?.status === 'waiting') core.setStatus(other, 'ready');
    }
  }
}

/** A frame for a native that waits or has called code. */
export function enterNative(core: Core, process: ProcessState, native: PendingNative): Frame {
  if (process.frames.length >= core.maximumDepth) fail('deep', core.maximumDepth);
  const frame: Frame = {
    id: core.state.nextFrame++,
    code: -1,
    pc: 0,
    base: process.height,
    argumentCount: 0,
    surplus: undefined,
    self: undefined,
    handlers: undefined,
    native,
    purpose: 'value',
    token: undefined,
    args: undefined,
    deferred: undefined,
  };
  process.frames.push(frame);
  return frame;
}

/** Drops the frames above a number of them, with all they hold. */
export function unwind(core: Core, process: ProcessState, depth: number): void {
  const { frames, uses } = process;
  while (frames.length > depth) {
    const frame = frames.pop()!;
    process.height = frame.base;
    while (uses.length && uses[uses.length - 1].frame === frame.id) releaseUses(core, process, uses.length - 1);
  }
}

/** The result that a frame gives when it returns without a value. */
export function resultOf(process: ProcessState, frame: Frame, code: Code): Value {
  if (code.gives === 'self') return frame.self;
  if (code.result < 0) return code.resultType === 'variant' ? undefined : defaultValue(code.resultType);
  const slot = process.stack[frame.base + code.result];
  return typeof slot === 'object' && slot !== null && slot.t === 'array' ? slot.current : slot;
}

/** Place of the statement that a frame is at; undefined for natives. */
export function placeOf(core: Core, frame: Frame): Place | undefined {
  if (frame.code < 0) return undefined;
  const code = core.codes[frame.code];
  const statement = code.statements[Math.max(0, statementAt(code, frame.pc))];
  return statement ? { file: code.file, line: statement.line, column: statement.column } : { file: code.file, line: 1, column: 1 };
}

/** The innermost frame of 4D code. */
export function codeFrame(process: ProcessState): Frame | undefined {
  for (let i = process.frames.length - 1; i >= 0; i--) if (process.frames[i].code >= 0) return process.frames[i];
  return undefined;
}
