/** Copies of plain data: objects, arrays, maps, sets and bytes, with aliases and circles kept. */
import type { MachineState, ProcessState } from './types.js';

/** A copy of the machine's state. What `seen` knows already is used as it is there. */
export function copyState(state: MachineState, seen: Map<unknown, unknown>): MachineState {
  const processes = new Map<number, ProcessState>();
  for (const [number, process] of state.processes) {
    // What lies above the height is nobody's.
    const { stack, ...rest } = process;
    const copy = copyPlain(rest, seen) as ProcessState;
    processes.set(number, Object.assign(copy, { stack: copyPlain(stack.slice(0, process.height), seen) }));
  }
  const { processes: _, ...others } = state;
  return { ...(copyPlain(others, seen) as MachineState), processes };
}

export function copyPlain(value: unknown, seen: Map<unknown, unknown> = new Map()): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const done = seen.get(value);
  if (done !== undefined) return done;
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    seen.set(value, copy);
    for (const item of value) copy.push(copyPlain(item, seen));
    return copy;
  }
  if (value instanceof Map) {
    const copy = new Map<unknown, unknown>();
    seen.set(value, copy);
    for (const [key, item] of value) copy.set(copyPlain(key, seen), copyPlain(item, seen));
    return copy;
  }
  if (value instanceof Set) {
    const copy = new Set<unknown>();
    seen.set(value, copy);
    for (const item of value) copy.add(copyPlain(item, seen));
    return copy;
  }
  if (value instanceof Uint8Array) {
    // Bytes never change: whoever changes a BLOB makes a new one.
    return value;
  }
  const copy: Record<string, unknown> = {};
  seen.set(value, copy);
  for (const key of Object.keys(value)) copy[key] = copyPlain((value as Record<string, unknown>)[key], seen);
  return copy;
}
