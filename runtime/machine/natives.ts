/** Running natives and what they give back: a value, a wait, or a call of 4D code. */

import { ownerOf, plainName } from '../values/owner.js';
import type { FormulaValue, Value } from '../values/value.js';
import type { Code, CommandTarget } from './code.js';
import type { FunctionKind } from './declared.js';
import type { Engine } from './engine.js';
import { enter, enterNative } from './frames.js';
import { errorFrom, fail } from './messages.js';
import { Call } from './nativeCall.js';
import { runningComponent } from './owner.js';
import {
  type Argument,
  type Callable,
  FourDError,
  type Frame,
  type Native,
  type NativeCallOut,
  type NativeResult,
  type NativeWait,
  type PendingNative,
  type ProcessState,
} from './types.js';

/** Who a result belongs to. */
export interface Served {
  readonly command: string;
  readonly member: string;
  readonly self: Value;
  readonly args: readonly Argument[];
}

/** Runs a native and does what its result asks for. */
export function runNative(engine: Engine, process: ProcessState, frame: Frame | undefined, native: Native<unknown>, served: Served): void {
  const call = new Call(engine, engine.services, process, frame, served.args, served.command, served.self, served.member);
  deliver(
    engine,
    process,
    guarded(served, () => native(call)),
    served,
  );
}

function guarded(served: Served, run: () => NativeResult): NativeResult {
  try {
    return run();
  } catch (error) {
    throw error instanceof FourDError ? error : new FourDError(errorFrom(error, served.command));
  }
}

/** A large value takes time and memory: the steps it stands for, so that a slice of code stays short whatever its natives make. */
export function costOf(value: Value): number {
  if (typeof value === 'string') return value.length >> 12;
  if (typeof value !== 'object' || value === null) return 0;
  return value.t === 'collection' ? value.items.length >> 8 : value.t === 'blob' ? value.bytes.length >> 12 : 0;
}

export function isPlain(result: NativeResult): result is Value {
  return typeof result !== 'object' || result === null || !('native' in result);
}

/** Does what a result asks for: the value goes to whoever waits for it on the process's stack. */
export function deliver(engine: Engine, process: ProcessState, first: NativeResult, served: Served): void {
  let result = first;
  let owner: Served = served;
  for (;;) {
    if (isPlain(result)) {
      const top = process.frames[process.frames.length - 1];
      if (top === undefined) return;
      if (!top.native) {
        process.stack[process.height++] = result;
        engine.cost += costOf(result);
        break;
      }
      const pending = top.native;
      owner = pending;
      process.frames.pop();
      process.height = top.base;
      result = continued(engine, process, pending, pending.then, result);
    } else if (result.native === 'wait') {
      if (engine.evaluation) fail('waits');
      enterNative(engine, process, pendingOf(owner, result, true));
      engine.setStatus(process, 'waiting', result.until);
      break;
    } else {
      if (engine.evaluation?.pure) fail('pure', owner.command);
      enterNative(engine, process, pendingOf(owner, result, false));
      const next = beginCall(engine, process, result.code, result.args, result.self);
      if (!next) break;
      result = next.result;
      owner = next.served;
    }
  }
  if (engine.deferred.length) for (const begin of engine.deferred.splice(0)) begin();
}

function pendingOf(served: Served, result: NativeWait | NativeCallOut, waits: boolean): PendingNative {
  return {
    command: served.command,
    member: served.member,
    then: result.then,
    failed: result.native === 'call' ? result.failed : undefined,
    state: result.state,
    self: served.self,
    args: served.args,
    waits,
    until: result.native === 'wait' ? result.until : undefined,
    woken: undefined,
  };
}

/** Runs a continuation whose native frame is gone; without one the result is the command's. */
export function continued(
  engine: Engine,
  process: ProcessState,
  pending: PendingNative,
  then: string | undefined,
  value: Value,
): NativeResult {
  if (then === undefined) return value;
  const go = engine.continuations.get(then);
  if (!go) return fail('internal', pending.command, `no continuation ${then}`);
  const frame = process.frames[process.frames.length - 1];
  const call = new Call(engine, engine.services, process, frame, pending.args, pending.command, pending.self, pending.member);
  return guarded(pending, () => go(call, pending.state, value));
}

/** Goes on with the native on top, which waited or whose call gave a value. */
export function resumeNative(engine: Engine, process: ProcessState, value: Value): void {
  const frame = process.frames.pop()!;
  const pending = frame.native!;
  process.height = frame.base;
  deliver(engine, process, continued(engine, process, pending, pending.then, value), pending);
}

/** A function of a class of the project, `get label` for a computed property's; `Class constructor` for that. */
export function classCode(engine: Engine, { className, functionName }: Extract<Callable, { className: string }>): Code | undefined {
  if (functionName === 'Class constructor') {
    const info = engine.classes.get(className);
    return info && engine.classes.constructorOf(info);
  }
  const [, kind = 'function', name] = /^(?:(get|set) )?(.*)$/.exec(functionName) as unknown as [string, FunctionKind?, string?];
  return engine.classes.find(className, kind, name ?? '');
}

/** The code behind a callable and its `This`; undefined for a function of the library. */
export function codeOf(
  engine: Engine,
  callable: Callable,
  component?: string,
): { readonly code: Code; readonly formula: FormulaValue | undefined } | undefined {
  if ('method' in callable)
    return { code: engine.code.method(callable.method, component) ?? fail('noMethod', plainName(callable.method)), formula: undefined };
  if ('file' in callable) return { code: engine.code.file(callable.file) ?? fail('noFile', callable.file), formula: undefined };
  if ('line' in callable)
    return { code: engine.code.line(callable.line, callable.name, [], callable.component ?? component), formula: undefined };
  if ('className' in callable) {
    const code = classCode(engine, callable);
    return { code: code ?? fail('noFunction', callable.functionName, callable.className), formula: undefined };
  }
  const { formula } = callable;
  if (typeof formula !== 'object' || formula?.t !== 'formula') return fail('noFormula');
  switch (formula.code.kind) {
    case 'source': {
      const { text, component: owner } = formula.code;
      // A formula of nothing but a method is the method: it gets the arguments and the `This` of the call (4D page `API/FormulaClass`).
      const method = engine.program.methodByName(text.trim(), owner) && engine.code.method(text.trim(), owner);
      return { code: method || engine.code.line(text, 'Formula', [...(formula.captured?.keys() ?? [])], owner), formula };
    }
    case 'function': {
      const { className, name } = formula.code;
      return { code: engine.classes.find(className, 'function', name) ?? fail('noFunction', name, className), formula };
    }
    case 'native':
      return undefined;
  }
}

/**
 * Begins a call of some code from a native or a formula: its frame is on top then. Gives a result at once only for a function of
 * the library that is called as a value.
 */
export function beginCall(
  engine: Engine,
  process: ProcessState,
  callable: Callable,
  args: readonly Value[],
  self: Value,
  purpose: Frame['purpose'] = 'value',
  token?: string,
): { readonly result: NativeResult; readonly served: Served } | undefined {
  const asIs = 'method' in callable && ownerOf(callable.method) !== undefined;
  const target = codeOf(engine, callable, asIs ? undefined : runningComponent(engine, process));
  if (!target) return nativeFormula(engine, process, (callable as { formula: FormulaValue }).formula, args);
  for (const value of args) process.stack[process.height++] = value;
  const frame = enter(engine, process, target.code, args.length, self === undefined ? target.formula?.self : self, purpose, token);
  capture(process, frame, target.code, target.formula);
  return undefined;
}

/** Puts the values that a formula took along into their slots. */
export function capture(process: ProcessState, frame: Frame, code: Code, formula: FormulaValue | undefined): void {
  if (!formula?.captured) return;
  for (const { name, slot } of code.captures) process.stack[frame.base + slot] = formula.captured.get(name);
}

function nativeFormula(
  engine: Engine,
  process: ProcessState,
  formula: FormulaValue,
  args: readonly Value[],
): { result: NativeResult; served: Served } {
  const { code } = formula;
  if (code.kind !== 'native') return fail('noFormula');
  const key = `${code.className}.${code.name}`;
  const native = engine.members.get(key);
  if (!native) return fail('member', code.name, code.className);
  const served: Served = { command: key, member: code.name, self: formula.self, args };
  const frame = process.frames[process.frames.length - 1];
  const call = new Call(engine, engine.services, process, frame, args, key, formula.self, code.name);
  return { result: guarded(served, () => native(call)), served };
}

/** The native behind a command; looked up once for each place that calls it. */
export function nativeOf(engine: Engine, target: CommandTarget): Native<unknown> {
  target.native = engine.commands.get(target.number) ?? fail('command', target.name);
  return target.native;
}
