/** Errors that `throw` puts off until the end of the Try block or of the method, all of them at once (facts: 4D page `commands/throw`). */
import type { Frame, RuntimeError } from './types.js';

export function putOff(frame: Frame, errors: readonly RuntimeError[]): void {
  const depth = frame.handlers?.length ?? 0;
  frame.deferred = [...(frame.deferred ?? []), ...errors.map((error) => ({ error, depth }))];
}

/** Takes the errors that were put off in a frame's Try blocks from `depth` on, in their order; 0 takes all. */
export function takeDeferred(frame: Frame, depth: number): RuntimeError[] {
  const { deferred } = frame;
  if (!deferred) return [];
  const left = deferred.filter((each) => each.depth < depth);
  frame.deferred = left.length ? left : undefined;
  return deferred.filter((each) => each.depth >= depth).map(({ error }) => error);
}

/** Several errors as the one that is raised, which brings the others along; undefined for none. */
export function together([first, ...others]: readonly RuntimeError[]): RuntimeError | undefined {
  return first && others.length ? { ...first, others } : first;
}
