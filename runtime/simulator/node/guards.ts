/** What Node can say and stop: how much memory is used, and a regular expression that does not come to an end. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { type Context, createContext, runInNewContext, Script } from 'node:vm';
import type { HostGuards } from '../../edges.js';

/** Milliseconds that a regular expression may take. */
const patience = 1_000;
/** Above this share garbage is collected before it counts, and again when so much has come on top of what was left. */
const much = 0.6;
const more = 0.05;

/** Bytes of the limit that are for new values alone. */
const young = 48 * 1024 * 1024;

const matching = new Script(`(() => {
  const regex = new RegExp(pattern, flags);
  regex.lastIndex = from;
  return regex.exec(text)?.indices.map((pair) => pair ?? [-1, -1]) ?? null;
})()`);

export function nodeGuards(): HostGuards {
  let collect: (() => void) | undefined;
  let threshold = much;
  let context: Context | undefined;
  const share = (): number => {
    const { used_heap_size: used, external_memory: outside, heap_size_limit: limit } = getHeapStatistics();
    return (used + outside) / (limit - young);
  };
  return {
    memory() {
      if (share() < threshold) return 0;
      if (!collect) {
        setFlagsFromString('--expose-gc');
        collect = runInNewContext('gc') as () => void;
      }
      collect();
      const left = share();
      threshold = Math.max(much, left + more);
      return left;
    },
    match(pattern, flags, text, from) {
      context ??= createContext({});
      Object.assign(context, { pattern, flags, text, from });
      try {
        return matching.runInContext(context, { timeout: patience }) as (readonly [number, number])[] | null;
      } catch (error) {
        if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
        throw error;
      }
    },
  };
}
