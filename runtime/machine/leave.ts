import type { Value } from '../values/value.js';
import { EXTRA } from './core.js';
import { takeDeferred, together } from './deferred.js';
import type { Engine } from './engine.js';
import { releaseUses } from './frames.js';
import { deliver } from './natives.js';
import { callEnded, interruptEnded } from './processes.js';
import { FourDError, type ProcessState } from './types.js';

const nobody = { command: '', member: '', self: undefined, args: [] };

/** Ends the frame on top with a value, which goes where the frame's purpose says. */
export function leave(engine: Engine, process: ProcessState, value: Value): void {
  const frame = process.frames[process.frames.length - 1];
  const deferred = frame.deferred && together(takeDeferred(frame, 0));
  // The caller gets it; where there is none, it is as if it had been raised here.
  if (deferred && frame.purpose === 'value') process.extra.set(EXTRA.error, deferred);
  else if (deferred) throw new FourDError(deferred);
  process.frames.pop();
  process.height = frame.base;
  const { uses } = process;
  while (uses.length && uses[uses.length - 1].frame === frame.id) releaseUses(engine, process, uses.length - 1);
  switch (frame.purpose) {
    case 'value':
      if (!deferred) deliver(engine, process, value, nobody);
      break;
    case 'end':
      callEnded(engine, process, { value }, frame.token);
      break;
    case 'interrupt':
      interruptEnded(engine, process, { value }, frame.token);
      break;
    case 'evaluate':
      if (engine.evaluation) engine.evaluation.outcome = { value };
      break;
    case 'error':
      break;
  }
}
