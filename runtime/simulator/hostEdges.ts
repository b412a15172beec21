import { hostRandom } from './random.js';
import type { HostEdges } from './types.js';

/** The world outside as every JavaScript host has it: browsers and Node alike. */
export function defaultHostEdges(): HostEdges {
  return {
    now: () => Date.now(),
    timer(milliseconds, callback) {
      // Longer waits than a timer can hold are taken in pieces: who waits looks again.
      const timer = setTimeout(callback, Math.min(milliseconds, 2_000_000_000));
      return () => clearTimeout(timer);
    },
    breathe: () => new Promise((resolve) => setTimeout(resolve, 0)),
    random: hostRandom(),
    keys: globalThis.crypto?.subtle,
  };
}
