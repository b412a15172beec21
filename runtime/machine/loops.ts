/** For each over collections, objects, and what libraries make (facts: 4D page `Concepts/flow-control`). */
import { display } from '../values/display.js';
import type { HostValue, Value } from '../values/value.js';
import type { Engine } from './engine.js';
import { fail } from './messages.js';
import { Call } from './nativeCall.js';
import { isPlain } from './natives.js';
import type { Frame, ProcessState } from './types.js';

/** Hidden slots of a loop: what is gone through, names of properties, next index, end. */
const SOURCE = 0;
const NAMES = 1;
const NEXT = 2;
const END = 3;

/** Begins a loop: `range` begin and end are the values behind the source. */
export function eachBegin(
  engine: Engine,
  process: ProcessState,
  frame: Frame,
  slot: number,
  source: Value,
  range: readonly Value[],
): undefined {
  const at = frame.base + slot;
  const { stack } = process;
  stack[at + SOURCE] = source;
  stack[at + NAMES] = undefined;
  stack[at + NEXT] = 0;
  stack[at + END] = undefined;
  if (source === null || source === undefined) {
    stack[at + END] = 0;
    return;
  }
  if (typeof source !== 'object') return fail('each', display(source, 1));
  if (source.t === 'object') stack[at + NAMES] = { t: 'collection', items: [...source.properties.keys()] };
  else if (source.t !== 'collection' && source.t !== 'host') fail('each', display(source, 1));
  if (range.length === 0) return;
  const length = lengthOf(engine, process, frame, source, stack[at + NAMES] as Value);
  const bound = (value: Value) => {
    const number = typeof value === 'number' ? Math.trunc(value) : 0;
    return number < 0 ? Math.max(0, number + length) : Math.min(number, length);
  };
  stack[at + NEXT] = bound(range[0]);
  if (range.length > 1) stack[at + END] = bound(range[1]);
}

/** The next item in a box; undefined when the loop is over. */
export function eachNext(engine: Engine, process: ProcessState, frame: Frame, slot: number): { readonly item: Value } | undefined {
  const at = frame.base + slot;
  const { stack } = process;
  const source = stack[at + SOURCE] as Value;
  const names = stack[at + NAMES] as Value;
  const next = stack[at + NEXT] as number;
  const end = (stack[at + END] as number | undefined) ?? lengthOf(engine, process, frame, source, names);
  if (next >= end) return undefined;
  stack[at + NEXT] = next + 1;
  if (typeof names === 'object' && names?.t === 'collection') return { item: names.items[next] };
  if (typeof source === 'object' && source?.t === 'collection') return { item: source.items[next] };
  return { item: ask(engine, process, frame, source as HostValue, '[]', [next]) };
}

function lengthOf(engine: Engine, process: ProcessState, frame: Frame, source: Value, names: Value): number {
  if (typeof names === 'object' && names?.t === 'collection') return names.items.length;
  if (typeof source === 'object' && source?.t === 'collection') return source.items.length;
  if (typeof source !== 'object' || source?.t !== 'host') return 0;
  const length = ask(engine, process, frame, source, 'length', []);
  return typeof length === 'number' ? length : 0;
}

/** Asks what a library made for its length or an item: those answer at once. */
function ask(engine: Engine, process: ProcessState, frame: Frame, self: HostValue, member: string, args: readonly Value[]): Value {
  const key = `${self.className}.${member}`;
  const native = engine.members.get(key) ?? fail('member', member, self.className);
  const result = native(new Call(engine, engine.services, process, frame, args, key, self, member));
  return isPlain(result) ? result : fail('waits');
}
