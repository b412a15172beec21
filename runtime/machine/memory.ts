/** What to do when the host's memory is nearly used up: the process that has taken most of it gets an error, the others go on. */
import { EXTRA } from './core.js';
import type { Engine } from './engine.js';
import { errorOf } from './messages.js';
import type { ProcessState } from './types.js';

/** So much of each process is looked at: the look itself must not take much memory. */
const looked = 100_000;

/** Raises error -108 in the process that holds most among those that run. */
export function relieve(engine: Engine): void {
  let largest: ProcessState | undefined;
  let most = -1;
  for (const number of engine.ready) {
    const process = engine.state.processes.get(number)!;
    const size = engine.ready.size === 1 ? 0 : footprint([process.variables, process.stack.slice(0, process.height), process.frames]);
    if (size > most) [largest, most] = [process, size];
  }
  largest?.extra.set(EXTRA.error, errorOf('memoryFull'));
}

/** About how much plain data holds: items and characters, of the first that it comes to. Walks without calling itself, since data may be nested as deep as it likes. */
function footprint(root: unknown): number {
  const seen = new Set<unknown>();
  const open: unknown[] = [root];
  let size = 0;
  while (open.length && seen.size < looked) {
    const value = open.pop();
    if (typeof value === 'string') size += value.length >> 3;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof Uint8Array) size += value.length >> 3;
    else if (Array.isArray(value)) {
      size += value.length;
      for (let i = 0; i < value.length && i < looked; i++) open.push(value[i]);
    } else if (value instanceof Map) {
      size += value.size;
      for (const item of value.values()) if (open.push(item) > looked) break;
    } else for (const item of Object.values(value)) open.push(item);
  }
  return size;
}
