/** What a debugger asks of processes that do not run: frames, variables, evaluations; and where it puts them. */
import { fold } from '#syntaxes/text/fold.js';
import type { Reference, Value, Variable } from '../values/value.js';
import { type Code, statementAt } from './code.js';
import { EXTRA } from './core.js';
import type { Engine } from './engine.js';
import { enter, placeOf, releaseUses, unwind } from './frames.js';
import { errorOf } from './messages.js';
import { slotValue } from './places.js';
import { runSteps } from './run.js';
import { FourDError, type Frame, type ProcessState } from './types.js';
import type { EvaluateOptions, EvaluateResult, FrameView, ScopeView, StatementLocation, VariableView } from './views.js';

export function resume(engine: Engine, process: ProcessState): void {
  if (process.status !== 'stopped') return;
  const top = process.frames[process.frames.length - 1] as Frame | undefined;
  if (top && !process.extra.has(EXTRA.error)) engine.passed.set(process.number, { frame: top.id, pc: top.pc });
  if (top?.native?.waits && !top.native.woken) engine.setStatus(process, 'waiting', top.native.until);
  else engine.setStatus(process, 'ready');
}

/** Breakpoints by line and column. */
export function setBreakpoints(engine: Engine, file: string, places: readonly StatementLocation[]): void {
  engine.code.breakpoints.set(file, new Set(places.map(({ line, column }) => line * 10000 + column)));
  for (const code of engine.codes) if (code.file === file) engine.code.arm(code);
}

export function locations(engine: Engine, file: string): readonly StatementLocation[] {
  const found = engine.code.codesOf(file).flatMap((code) =>
    code.statements.map(({ line, column, endLine, endColumn }, statement) => ({
      line,
      column,
      endLine,
      endColumn,
      code: code.name,
      statement,
    })),
  );
  return found.sort((a, b) => a.line - b.line || a.column - b.column);
}

export function frames(engine: Engine, process: ProcessState): readonly FrameView[] {
  return process.frames
    .map((frame): FrameView => {
      if (frame.code < 0) return { id: frame.id, name: frame.native?.command ?? '', place: undefined, statement: -1, native: true };
      const code = engine.codes[frame.code];
      return { id: frame.id, name: code.name, place: placeOf(engine, frame), statement: statementAt(code, frame.pc), native: false };
    })
    .reverse();
}

export function scopes(engine: Engine, process: ProcessState, id: number): readonly ScopeView[] {
  const frame = process.frames.find((each) => each.id === id);
  const parameters: VariableView[] = [];
  const locals: VariableView[] = [];
  if (frame && frame.code >= 0) {
    const code = engine.codes[frame.code];
    for (const [slot, name] of code.slotNames.entries()) {
      if (name === '') continue;
      const value = process.stack[frame.base + slot];
      const type = typeof value === 'object' && value !== null && value.t === 'array' ? 'array' : code.slotTypes[slot];
      const view: VariableView = { name, type, value, reference: { ref: 'local', process: process.number, frame: frame.id, slot } };
      (slot < code.parameters || slot === code.result ? parameters : locals).push(view);
    }
  }
  const { catalogue } = engine.program;
  const own = [...process.variables];
  const system = (name: string) => catalogue.systemVariableByName(name) !== undefined;
  return [
    { kind: 'parameters', variables: parameters },
    { kind: 'locals', variables: locals },
    { kind: 'process', variables: own.filter(([key]) => !system(key)).map(([key, variable]) => view('process', key, variable, '')) },
    { kind: 'interprocess', variables: [...engine.state.interprocess].map(([key, variable]) => view('interprocess', key, variable, '<>')) },
    { kind: 'system', variables: own.filter(([key]) => system(key)).map(([key, variable]) => view('process', key, variable, '')) },
  ];
}

function view(ref: 'process' | 'interprocess', key: string, variable: Variable, prefix: string): VariableView {
  const { value } = variable;
  const type = typeof value === 'object' && value !== null && value.t === 'array' ? 'array' : variable.type;
  return { name: prefix + variable.name, type, value, reference: { ref, name: key } };
}

/** Values of a frame's parameters as they are now, surplus ones too. */
export function parameters(engine: Engine, process: ProcessState, frame: Frame): Value[] {
  const code = engine.codes[frame.code];
  const named = Math.min(frame.argumentCount, code.parameters);
  const slots = process.stack.slice(frame.base, frame.base + named).map(slotValue);
  return [...slots, ...(frame.surplus ?? [])];
}

/** Runs a text in a frame. Everything of the process that the run itself changes is put back. */
export function evaluate(
  engine: Engine,
  process: ProcessState,
  id: number | undefined,
  text: string,
  options: EvaluateOptions,
): EvaluateResult {
  const work = evaluating(engine, process, id, text, options, Number.POSITIVE_INFINITY);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The same in slices of so many steps: the machine is as if nothing ran in between. `return` gives the evaluation up. */
export function* evaluating(
  engine: Engine,
  process: ProcessState,
  id: number | undefined,
  text: string,
  options: EvaluateOptions,
  slice: number,
): Generator<undefined, EvaluateResult, undefined> {
  const frame = id === undefined ? undefined : process.frames.find((each) => each.id === id);
  if (text.trim() === '') return { ok: false, error: errorOf('evaluateEmpty') };
  if (id !== undefined && !frame) return { ok: false, error: errorOf('noProcess') };
  const pure = options.pure ?? false;
  const limit = options.limit ?? 100_000;
  const outer = frame && frame.code >= 0 ? localsOf(engine.codes[frame.code], process, frame) : new Map<string, Reference>();
  const more = {
    outer,
    ...(frame ? { outerCount: frame.argumentCount } : {}),
    ...(pure ? { pure: (command: number | string) => engine.pure.has(command) } : {}),
  };
  const code = engine.code.compileLine(text, 'Evaluate', more, frame && frame.code >= 0 ? engine.codes[frame.code].component : undefined);
  const { status, wakeAt, errors, failure, height, errorMethod } = process;
  const pending = process.extra.get(EXTRA.error);
  const depth = process.frames.length;
  const held = process.uses.length;
  const { nextFrame } = engine.state;
  const mine: NonNullable<Engine['evaluation']> = { pure, outcome: undefined };
  let left = limit;
  const runSlice = (): ProcessState['status'] => {
    const { left: leftThere, limit: given, running } = engine;
    engine.evaluation = mine;
    engine.setStatus(process, 'ready');
    try {
      left -= runSteps(engine, process, Math.min(slice, left));
      return process.status;
    } finally {
      engine.evaluation = undefined;
      Object.assign(engine, { left: leftThere, limit: given, running });
      if (process.status !== 'ended') engine.setStatus(process, status, wakeAt);
    }
  };
  try {
    process.extra.delete(EXTRA.error);
    enter(engine, process, code, 0, frame?.self, 'evaluate');
    for (;;) {
      if (process.status === 'ended') return { ok: false, error: errorOf('noProcess') };
      const now = runSlice();
      const { outcome } = mine;
      if (outcome) return 'value' in outcome ? { ok: true, value: outcome.value } : { ok: false, error: outcome.error };
      if (left <= 0) return { ok: false, error: errorOf('limit', limit) };
      if (now !== 'ready') return { ok: false, error: errorOf('waits') };
      yield;
    }
  } catch (error) {
    if (error instanceof FourDError) return { ok: false, error: error.error };
    throw error;
  } finally {
    if ((process.status as string) !== 'ended') {
      unwind(engine, process, depth);
      releaseUses(engine, process, held);
      process.height = height;
      Object.assign(process, { errors, failure, errorMethod });
      if (pending !== undefined) process.extra.set(EXTRA.error, pending);
      engine.setStatus(process, status, wakeAt);
    }
    if (pure) engine.state.nextFrame = nextFrame;
    engine.code.dropLast(code);
  }
}

/** Locals of a frame by folded name, `$1` and `$0` too. */
function localsOf(code: Code, process: ProcessState, frame: Frame): Map<string, Reference> {
  const found = new Map<string, Reference>();
  const refer = (slot: number): Reference => ({ ref: 'local', process: process.number, frame: frame.id, slot });
  for (const [slot, name] of code.slotNames.entries()) if (name !== '') found.set(fold(name), refer(slot));
  for (let i = 0; i < code.parameters; i++) found.set(`$${i + 1}`, refer(i));
  if (code.result >= 0) found.set('$0', refer(code.result));
  return found;
}

export function restartFrame(engine: Engine, process: ProcessState, id: number): boolean {
  const at = process.frames.findIndex((each) => each.id === id);
  const frame = process.frames[at] as Frame | undefined;
  if (!frame || frame.code < 0 || process.status === 'ended') return false;
  const code = engine.codes[frame.code];
  const args = frame.args ?? [
    ...process.stack.slice(frame.base, frame.base + Math.min(frame.argumentCount, code.parameters)),
    ...(frame.surplus ?? []),
  ];
  unwind(engine, process, at);
  for (const value of args) process.stack[process.height++] = value;
  const fresh = enter(engine, process, code, args.length, frame.self, frame.purpose, frame.token);
  for (const { slot } of code.captures)
    process.stack[fresh.base + slot] = frame.args === undefined ? process.stack[frame.base + slot] : undefined;
  process.extra.delete(EXTRA.error);
  if (process.status === 'waiting') engine.setStatus(process, 'ready');
  return true;
}

export function jump(engine: Engine, process: ProcessState, statement: number): boolean {
  const frame = process.frames[process.frames.length - 1] as Frame | undefined;
  if (!frame || frame.code < 0) return false;
  const code = engine.codes[frame.code];
  const target = code.statements[statement];
  const from = code.statements[statementAt(code, frame.pc)];
  if (!target || !from) return false;
  const left: number[] = [];
  let block = from.block;
  while (block !== target.block) {
    if (block < 0) return false;
    left.push(block);
    block = code.blocks[block].parent;
  }
  for (const each of left) {
    if (code.blocks[each].kind === 'use') releaseUses(engine, process, process.uses.length - 1);
    else if (code.blocks[each].kind === 'try') frame.handlers?.pop();
  }
  frame.pc = target.pc;
  process.height = frame.base + code.slots;
  process.extra.delete(EXTRA.error);
  engine.passed.delete(process.number);
  return true;
}
