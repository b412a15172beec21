/** Small pieces of instructions: parameters by number, pointers, indexes. */
import { fold } from '#syntaxes/text/fold.js';
import { display } from '../values/display.js';
import type { Reference, Slot, Value } from '../values/value.js';
import type { Code } from './code.js';
import { coerce } from './frames.js';
import { fail } from './messages.js';
import { slotValue, stored } from './places.js';
import type { Frame, ProcessState } from './types.js';

const keys = new Map<string, string>();

/** The key of a variable's name; names in code are few, so each is folded once. */
export function folded(name: string): string {
  let key = keys.get(name);
  if (key === undefined) {
    key = fold(name);
    keys.set(name, key);
  }
  return key;
}

/** A number for counting and indexing. */
export function number(value: Value): number {
  if (typeof value === 'number') return value;
  if (value === undefined || value === null) return 0;
  if (typeof value === 'object' && value.t === 'time') return value.seconds;
  return fail('types', display(value, 1), 'real');
}

/** An index as 4D takes it: rounded. */
export function index(value: Value): number {
  const at = number(value);
  return (at | 0) === at ? at : Math.round(at);
}

/** What a pointer points to. */
export function target(value: Value): Reference {
  if (typeof value === 'object' && value !== null && value.t === 'pointer') return value.target ?? fail('nilPointer');
  return fail(value === undefined || value === null ? 'nilPointer' : 'noPointer');
}

/** Puts a value into a local, converted to its type. */
export function storeLocal(process: ProcessState, frame: Frame, code: Code, slot: number, value: Value): void {
  const at = frame.base + slot;
  process.stack[at] = stored(process.stack[at] as Slot, code.slotTypes[slot], value);
}

/** `${n}` */
export function parameter(process: ProcessState, frame: Frame, code: Code, position: Value): Value {
  const at = index(position);
  if (at === 0 && code.result >= 0) return slotValue(process.stack[frame.base + code.result]);
  if (at >= 1 && at <= code.parameters) return slotValue(process.stack[frame.base + at - 1]);
  return frame.surplus?.[at - 1 - code.parameters];
}

export function setParameter(process: ProcessState, frame: Frame, code: Code, position: Value, value: Value): void {
  const at = index(position);
  const slot = at === 0 ? code.result : at - 1;
  if (slot >= 0 && (at === 0 || at <= code.parameters)) {
    const place = frame.base + slot;
    process.stack[place] = stored(process.stack[place] as Slot, code.slotTypes[slot], value);
  } else if (frame.surplus && at >= 1 && at - 1 - code.parameters < frame.surplus.length) frame.surplus[at - 1 - code.parameters] = value;
  else fail('notAssignable', `\${${at}}`);
}

/** A reference to a parameter by number; one that holds a pointer is what a command wants. */
export function referParameter(process: ProcessState, frame: Frame, code: Code, position: Value): Reference | Value {
  const at = index(position);
  if (at >= 1 && at <= code.parameters) return { ref: 'local', process: process.number, frame: frame.id, slot: at - 1 };
  return parameter(process, frame, code, position);
}

/** What `return value` gives: converted to the declared result, or a constructor's This. */
export function returned(code: Code, value: Value, frame: Frame): Value {
  if (code.gives === 'self') return frame.self;
  return code.resultType === 'variant' ? value : coerce(code.resultType, value);
}
