/** Errors while code runs: who hears of them, and where the process goes on (facts: 4D page `Concepts/error-handling`). */
import { fold } from '#syntaxes/text/fold.js';
import { statementAt } from './code.js';
import { EXTRA } from './core.js';
import { takeDeferred } from './deferred.js';
import type { Engine } from './engine.js';
import { errorMethodOf } from './errorMethods.js';
import { enter, placeOf, releaseUses, unwind } from './frames.js';
import { errorFrom } from './messages.js';
import { continued, deliver } from './natives.js';
import { runningComponent } from './owner.js';
import { processVariable, storeVariable } from './places.js';
import { callEnded, interruptEnded } from './processes.js';
import { FourDError, type Frame, type ProcessState, type RaisedError, type RuntimeError } from './types.js';

/** Who takes an error: a Try, a native that asked for it, the ON ERR CALL method, or nobody. */
type Taker = { readonly kind: 'try' | 'native' | 'boundary'; readonly at: number } | { readonly kind: 'method'; readonly at: number };

/** Calls in progress, innermost first. */
export function chainOf(engine: Engine, process: ProcessState): RaisedError['chain'] {
  const chain: { name: string; place: ReturnType<typeof placeOf> }[] = [];
  for (let i = process.frames.length - 1; i >= 0 && chain.length < 100; i--) {
    const frame = process.frames[i];
    chain.push({ name: frame.native?.command ?? engine.codes[frame.code].name, place: placeOf(engine, frame) });
  }
  return chain;
}

/** Adds place and call chain to an error. */
export function raised(engine: Engine, process: ProcessState, error: RuntimeError): RaisedError {
  const chain = chainOf(engine, process);
  return { ...error, place: chain.find(({ place }) => place)?.place, chain };
}

function takerOf(engine: Engine, process: ProcessState): Taker {
  const { frames } = process;
  let boundary = 0;
  for (let i = frames.length - 1; i >= 0; i--) {
    const frame = frames[i];
    if (frame.handlers?.length) return { kind: 'try', at: i };
    if (frame.native?.failed !== undefined && i < frames.length - 1) return { kind: 'native', at: i };
    if (frame.purpose !== 'value') {
      boundary = i;
      break;
    }
  }
  const inMethod = frames.some((frame) => frame.purpose === 'error');
  const name = errorMethodOf(engine.state, process, runningComponent(engine, process));
  if (name !== '' && !inMethod && frames[boundary]?.purpose !== 'evaluate' && engine.code.method(name))
    return { kind: 'method', at: boundary };
  return { kind: 'boundary', at: boundary };
}

/** An error of the statement that runs. The debugger hears of it first. */
export function raise(engine: Engine, process: ProcessState, error: RuntimeError): void {
  const full = raised(engine, process, error);
  process.errors = [full, ...(error.others ?? []).map((other) => raised(engine, process, other))];
  const taker = takerOf(engine, process);
  const evaluating = engine.evaluation !== undefined;
  const caught = taker.kind !== 'boundary';
  if (!evaluating) {
    const { place } = full;
    engine.trace({
      kind: caught ? 'error-handled' : 'error',
      process: process.number,
      message: full.message.en,
      messages: full.message,
      ...(place ? { file: place.file, line: place.line } : {}),
    });
  }
  if (!evaluating && engine.debug?.onError?.(process, full, caught) === 'stop') {
    process.extra.set(EXTRA.error, full);
    engine.setStatus(process, 'stopped');
    return;
  }
  handle(engine, process, full, taker);
}

/** An error that waited for the process: raised from outside, or shown by the debugger. */
export function takePending(engine: Engine, process: ProcessState): void {
  const error = process.extra.get(EXTRA.error) as RuntimeError | RaisedError;
  process.extra.delete(EXTRA.error);
  if ('chain' in error) handle(engine, process, error, takerOf(engine, process));
  else raise(engine, process, error);
}

function handle(engine: Engine, process: ProcessState, error: RaisedError, taker: Taker): void {
  const { frames } = process;
  switch (taker.kind) {
    case 'try': {
      unwind(engine, process, taker.at + 1);
      const frame = frames[taker.at];
      const handler = frame.handlers!.pop()!;
      const left = takeDeferred(frame, frame.handlers!.length + 1).map((each) => raised(engine, process, each));
      if (left.length) process.errors = [...process.errors, ...left];
      releaseUses(engine, process, handler.uses);
      process.height = handler.height;
      frame.pc = handler.pc;
      if (handler.expression) process.stack[process.height++] = null;
      break;
    }
    case 'native': {
      unwind(engine, process, taker.at + 1);
      const frame = frames.pop()!;
      const pending = frame.native!;
      process.height = frame.base;
      let next: RuntimeError | undefined;
      try {
        deliver(engine, process, continued(engine, process, pending, pending.failed, error.code), pending);
      } catch (thrown) {
        // The command makes an error of its own of it.
        next = thrown instanceof FourDError ? thrown.error : errorFrom(thrown, pending.command);
      }
      if (next) raise(engine, process, next);
      break;
    }
    case 'method':
      callErrorMethod(engine, process, error);
      break;
    case 'boundary':
      abortTo(engine, process, taker.at, error);
  }
}

/** The failed statement is left; the ON ERR CALL method runs, and then the next statement. */
function callErrorMethod(engine: Engine, process: ProcessState, error: RaisedError): void {
  const { frames } = process;
  let at = frames.length - 1;
  while (frames[at].code < 0) at--;
  unwind(engine, process, at + 1);
  const frame = frames[at];
  leaveStatement(engine, process, frame);
  setSystem(engine, process, 'Error', error.code);
  setSystem(engine, process, 'Error method', engine.codes[frame.code].name);
  setSystem(engine, process, 'Error line', error.place?.line ?? 0);
  setSystem(engine, process, 'Error formula', '');
  enter(
    engine,
    process,
    engine.code.method(errorMethodOf(engine.state, process, runningComponent(engine, process)))!,
    0,
    undefined,
    'error',
  );
}

function setSystem(engine: Engine, process: ProcessState, name: string, value: number | string): void {
  const key = fold(name);
  storeVariable(process.variables, processVariable(engine, process, key), key, name, value);
}

/** Puts a frame behind the statement it is at. */
export function leaveStatement(engine: Engine, process: ProcessState, frame: Frame): void {
  const code = engine.codes[frame.code];
  const statement = code.statements[statementAt(code, frame.pc)];
  if (statement) frame.pc = statement.after;
  process.height = frame.base + code.slots;
}

/** Nobody takes it: the call ends, up to the frame that began it. */
function abortTo(engine: Engine, process: ProcessState, at: number, error: RaisedError): void {
  const frame = process.frames[at] as Frame | undefined;
  unwind(engine, process, at);
  process.failure = error;
  switch (frame?.purpose) {
    case 'end':
      callEnded(engine, process, { error }, frame.token);
      break;
    case 'interrupt':
      interruptEnded(engine, process, { error }, frame.token);
      break;
    case 'evaluate':
      engine.evaluation!.outcome = { error };
      break;
    case 'error': {
      // An error in the ON ERR CALL method: nothing can take it but the debugger, so the whole call ends.
      let below = at - 1;
      while (below > 0 && process.frames[below].purpose === 'value') below--;
      abortTo(engine, process, Math.max(0, below), error);
      break;
    }
  }
}
