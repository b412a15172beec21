/** The lives of processes: begun, called, woken, interrupted, ended. */
import { fold } from '#syntaxes/text/fold.js';
import { qualified } from '../values/owner.js';
import type { Value } from '../values/value.js';
import type { Code } from './code.js';
import { EXTRA } from './core.js';
import type { Engine } from './engine.js';
import { enter, releaseUses, unwind } from './frames.js';
import { beginCall, classCode } from './natives.js';
import { runningComponent } from './owner.js';
import { type Callable, FourDError, type Frame, type Outcome, type PendingCall, type ProcessState, type StartOptions } from './types.js';

export function start(engine: Engine, options: StartOptions): ProcessState {
  const process: ProcessState = {
    number: options.number ?? engine.state.nextProcess++,
    name: options.name,
    kind: options.kind,
    frames: [],
    stack: [],
    height: 0,
    variables: new Map(),
    status: 'idle',
    wakeAt: undefined,
    stays: options.stays ?? false,
    calls: [],
    errorMethod: '',
    errors: [],
    uses: [],
    session: options.session,
    request: options.request,
    result: undefined,
    failure: undefined,
    extra: new Map(),
  };
  engine.state.processes.set(process.number, process);
  engine.trace({ kind: 'process-started', process: process.number, name: process.name });
  if (options.code) call(engine, process, options.code, options.args ?? [], options.token);
  return process;
}

/** At once when the process is idle, else after the calls before it. */
export function call(engine: Engine, process: ProcessState, code: Callable, args: readonly Value[], token?: string): void {
  if (process.status === 'ended') return;
  const pending: PendingCall = { code, args, ...(token === undefined ? {} : { token }) };
  if (process.status === 'idle' && process.calls.length === 0) begin(engine, process, pending);
  else process.calls.push(pending);
}

function begin(engine: Engine, process: ProcessState, { code, args, self, token }: PendingCall): void {
  process.failure = undefined;
  process.result = undefined;
  engine.setStatus(process, 'ready');
  push(engine, process, code, args, self, 'end', token);
}

/** Puts code on top of a process. What is wrong with it is an error that the process raises when it goes on. */
function push(
  engine: Engine,
  process: ProcessState,
  code: Callable,
  args: readonly Value[],
  self: Value,
  purpose: Frame['purpose'],
  token: string | undefined,
): void {
  const { height } = process;
  try {
    const given = beginCall(engine, process, code, args, self, purpose, token);
    if (given) throw new TypeError('a function of the library is called by code only');
  } catch (error) {
    process.height = height;
    if (!(error instanceof FourDError)) throw error;
    enter(engine, process, emptyCode(engine, fileOf(engine, code)), 0, undefined, purpose, token);
    process.extra.set(EXTRA.error, error.error);
  }
}

/** Nothing to run, in a file that errors can name. */
function emptyCode(engine: Engine, file = ''): Code {
  return engine.code.line('', file);
}

/** The file of code that could not begin, where it is known. */
function fileOf(engine: Engine, code: Callable): string {
  if ('file' in code) return code.file;
  return 'method' in code ? (engine.program.methodByName(code.method)?.path ?? '') : '';
}

/** Runs code on top of what the process is doing; it goes on as it was afterwards. */
export function interrupt(engine: Engine, process: ProcessState, code: Callable, args: readonly Value[], token: string): void {
  if (process.status === 'ended') return;
  if (engine.running === process) {
    engine.deferred.push(() => interruptNow(engine, process, code, args, token));
    return;
  }
  interruptNow(engine, process, code, args, token);
}

function interruptNow(engine: Engine, process: ProcessState, code: Callable, args: readonly Value[], token: string): void {
  // A waiting process keeps in its frame what it waits for.
  if (process.status !== 'stopped') engine.setStatus(process, 'ready');
  // One that waits at a Use asks again afterwards.
  process.extra.delete(EXTRA.group);
  engine.blocked.delete(process.number);
  push(engine, process, code, args, undefined, 'interrupt', token);
}

/** The code of an interrupt has ended: the process is again what it was. */
export function interruptEnded(engine: Engine, process: ProcessState, outcome: Outcome, token: string | undefined): void {
  const top = process.frames[process.frames.length - 1] as Frame | undefined;
  if (!top) engine.setStatus(process, 'idle');
  else if (top.native?.waits && !top.native.woken) engine.setStatus(process, 'waiting', top.native.until);
  engine.hooks.finished?.(process, outcome, token);
  if (process.status === 'idle' && process.frames.length === 0) nextCall(engine, process);
}

/** A call has come to its end. */
export function callEnded(engine: Engine, process: ProcessState, outcome: Outcome, token: string | undefined): void {
  if ('value' in outcome) process.result = outcome.value;
  engine.setStatus(process, 'idle');
  process.stack.length = 0;
  process.height = 0;
  engine.hooks.finished?.(process, outcome, token);
  if ((process.status as string) === 'idle') nextCall(engine, process);
}

function nextCall(engine: Engine, process: ProcessState): void {
  const next = process.calls.shift();
  if (next) begin(engine, process, next);
  else if (!process.stays) end(engine, process);
}

/** Wakes a process that waits, also below code that runs on top of it. */
export function wake(engine: Engine, process: ProcessState, result: Value): void {
  for (let i = process.frames.length - 1; i >= 0; i--) {
    const { native } = process.frames[i];
    if (!native?.waits || native.woken) continue;
    native.woken = { result };
    if (process.status === 'waiting' && i === process.frames.length - 1) engine.setStatus(process, 'ready');
    return;
  }
}

export function end(engine: Engine, process: ProcessState): void {
  if (process.status === 'ended') return;
  unwind(engine, process, 0);
  releaseUses(engine, process, 0);
  process.calls.length = 0;
  process.stack.length = 0;
  process.height = 0;
  process.variables.clear();
  for (const [name, owner] of engine.state.semaphores) if (owner === process.number) engine.state.semaphores.delete(name);
  engine.setStatus(process, 'ended');
  engine.state.processes.delete(process.number);
  engine.stepping.delete(process.number);
  engine.pausing.delete(process.number);
  engine.passed.delete(process.number);
  engine.trace({ kind: 'process-ended', process: process.number, name: process.name });
  engine.hooks.ended?.(process);
}

/** Drops the frames of the call in progress. */
export function abort(engine: Engine, process: ProcessState): void {
  if (process.status === 'ended' || process.frames.length === 0) return;
  const { token } = process.frames[0];
  unwind(engine, process, 0);
  process.extra.delete(EXTRA.error);
  process.extra.delete(EXTRA.group);
  callEnded(engine, process, { value: undefined }, token);
}

export function byName(engine: Engine, name: string): ProcessState | undefined {
  const key = fold(name);
  for (const process of engine.state.processes.values()) if (fold(process.name) === key) return process;
  return undefined;
}

/** A method's name as a process calls it, for a call that another process or a later moment makes. */
export function methodKey(engine: Engine, process: ProcessState, name: string): string {
  const component = runningComponent(engine, process);
  return component === undefined || !engine.program.methodByName(name, component) ? name : qualified(component, name);
}

/** Whether a callable exists in the project. */
export function exists(engine: Engine, code: Callable): boolean {
  if ('method' in code) return engine.code.method(code.method) !== undefined;
  if ('file' in code) return engine.program.fileByPath(code.file) !== undefined;
  if ('className' in code) return classCode(engine, code) !== undefined;
  return true;
}

export function clearVariables(engine: Engine, process: ProcessState): number {
  let count = 0;
  for (const name of process.variables.keys()) if (!engine.program.catalogue.systemVariableByName(name)) count++;
  process.variables.clear();
  return count;
}
