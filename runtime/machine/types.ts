/**
 * The seam between the machine, the command library, the records, the sessions and the debugger.
 * State is plain data (`MachineState` and all below it can be copied); behaviour is in functions that take it.
 */
import type { Clock, RandomSource } from '../edges.js';
import type { Trace } from '../trace.js';
import type { Reference, Value, Variable } from '../values/value.js';

/** A 4D error while code runs. `code` is 4D's own number where the facts give one. */
export interface RuntimeError {
  readonly code: number;
  readonly message: { readonly en: string; readonly es: string };
  /** True when it tells that the simulator does not model something, so that it is never taken for 4D's own error. */
  readonly notModelled?: boolean;
}

/** Thrown by natives to raise a 4D error at the line that called them. Nothing else is ever thrown on purpose. */
export class FourDError extends Error {
  constructor(readonly error: RuntimeError) {
    super(error.message.en);
  }
}

/** One call in progress. */
export interface Frame {
  /** Key of the code: a file path relative to the project root, or `formula:…`. */
  readonly code: string;
  /** What a call stack shows: `Basket_add`, `Shop.total`, `On Web Connection`. */
  readonly name: string;
  /** Next instruction. */
  pc: number;
  /** Number that stays the same while the frame lives; local references carry it. */
  readonly id: number;
  /** Locals and parameters by folded name with `$` (`$1`, `$name`). */
  readonly locals: Map<string, Variable>;
  /** Number of parameters passed (`Count parameters`). */
  readonly argumentCount: number;
  readonly self?: Value;
  result: Value;
  /** Evaluation stack. */
  readonly stack: (Value | Reference)[];
  /** Open Try blocks, innermost last: where to go on an error. */
  readonly handlers: { readonly pc: number; readonly stackDepth: number }[];
}

export type ProcessStatus = 'ready' | 'waiting' | 'stopped' | 'ended';

/** A 4D process. One DAP thread each. */
export interface ProcessState {
  readonly number: number;
  readonly name: string;
  /** `web` runs requests (a legacy session's for its whole life), `user` comes from New process, `worker` from CALL WORKER. */
  readonly kind: 'main' | 'web' | 'user' | 'worker';
  readonly frames: Frame[];
  /** Process variables by folded name. */
  readonly variables: Map<string, Variable>;
  status: ProcessStatus;
  /** Virtual time before which a waiting process does not go on; undefined when something else wakes it. */
  wakeAt?: number;
  /** Name of the ON ERR CALL method, empty for none. */
  errorMethod: string;
  /** Session the process belongs to, legacy or scalable. */
  session?: string;
  /** Number of the request that it serves now. */
  request?: number;
}

export interface MachineState {
  readonly processes: Map<number, ProcessState>;
  readonly interprocess: Map<string, Variable>;
  nextProcess: number;
  nextFrame: number;
}

/**
 * What a native gives back: a value; a wait (the process sleeps, other processes go on, `then` runs afterwards);
 * or a call of 4D code, whose result goes to the continuation `then` with `state` (plain data), since natives keep nothing on the JS stack.
 */
export type NativeResult =
  | Value
  | { readonly native: 'wait'; readonly until: number | undefined; readonly then?: string; readonly state?: unknown }
  | {
      readonly native: 'call';
      readonly code: Callable;
      readonly args: readonly Value[];
      readonly self?: Value;
      readonly then: string;
      readonly state: unknown;
      /** Continuation that takes over when the called code ends by an error nobody handled; its result argument is the error's number. Without it the error goes on to the caller. */
      readonly failed?: string;
    };

/**
 * Something that can be called: a project method by name, any code file by its path relative to the root (database methods),
 * a formula, a class function, or one line of code given as text (its value when it has one; parameters are `$1` …).
 */
export type Callable =
  | { readonly method: string }
  | { readonly file: string }
  | { readonly formula: Value }
  | { readonly className: string; readonly functionName: string }
  | { readonly line: string; readonly name: string };

/** One argument as compiled: a value; a reference where the command's parameter is an output, an array, a table, a field or a variable; a criterion of a query; an operator that stands for itself. */
export type Argument =
  | { readonly a: 'value'; readonly value: Value }
  | { readonly a: 'reference'; readonly reference: Reference }
  | {
      readonly a: 'criterion';
      readonly conjunction: '' | '&' | '|' | '#';
      readonly field: Reference;
      readonly comparator: string;
      readonly value: Value;
    }
  | { readonly a: 'operator'; readonly operator: string }
  | { readonly a: 'missing' };

/** What a native sees of the call it serves. Accessors convert as 4D does and raise a 4D error where it would. */
export interface NativeCall<Host> {
  readonly host: Host;
  readonly process: ProcessState;
  readonly machine: MachineServices;
  readonly args: readonly Argument[];
  readonly command: string;
  /** The value whose member is called, read or written; undefined for commands. */
  readonly self?: Value;
  /** Path relative to the project and line from 1 of the calling statement. */
  readonly place: { readonly file: string; readonly line: number };
  count(): number;
  has(index: number): boolean;
  value(index: number): Value;
  text(index: number): string;
  number(index: number): number;
  integer(index: number): number;
  boolean(index: number): boolean;
  reference(index: number): Reference;
  /** True when the argument is the operator `*` (or the one given). */
  isOperator(index: number, operator?: string): boolean;
  /** Writes an output parameter, converted to its declared type; creates an undeclared variable. */
  set(index: number, value: Value): void;
  /** The array variable behind an argument; raises an error when it is none. Creates it when `create` gives its type. */
  array(index: number, create?: Variable['type']): Extract<Variable, { array: true }>;
  /** Sets system variables: `OK`, `Error`, `Document`. */
  setSystem(name: string, value: Value): void;
}

export type Native<Host> = (call: NativeCall<Host>) => NativeResult;
/** Goes on after a wait or a call: `result` is what the called code gave. */
export type Continuation<Host> = (call: NativeCall<Host>, state: unknown, result: Value) => NativeResult;

/**
 * A theme of the library: natives by command number, by `className.member`, and their continuations by name.
 * A function and a read property are `4D.Session.isGuest`; a property that can be written has `4D.Session.idleTimeout=` besides, its only argument the new value.
 */
export interface Library<Host> {
  readonly commands: ReadonlyMap<number, Native<Host>>;
  readonly members: ReadonlyMap<string, Native<Host>>;
  readonly continuations: ReadonlyMap<string, Continuation<Host>>;
}

/** The machine as natives, sessions and the debugger use it. */
export interface MachineServices {
  readonly state: MachineState;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly trace: Trace;
  /** Starts a process that will call the code; it runs when the scheduler reaches it. */
  start(options: { name: string; kind: ProcessState['kind']; code: Callable; args: readonly Value[]; session?: string }): ProcessState;
  /** Makes an idle process (no frames) call some code next: the next request of a legacy session, its close method. `token` comes back in `MachineHooks.finished`. */
  call(process: ProcessState, code: Callable, args: readonly Value[], token?: string): void;
  /**
   * Runs some code in a process on top of what it is doing: the close method of a session whose method is running. Its result is dropped,
   * and then the process goes on as it was (a waiting one goes on waiting; a wake that came meanwhile counts).
   */
  interrupt(process: ProcessState, code: Callable, args: readonly Value[], token: string): void;
  /** Wakes a waiting process. */
  wake(process: ProcessState, result?: Value): void;
  end(process: ProcessState): void;
  hasMethod(name: string): boolean;
  read(process: ProcessState, reference: Reference): Value;
  write(process: ProcessState, reference: Reference, value: Value): void;
  /** The variable behind a reference to a variable, made on demand when `create` is given. */
  variable(process: ProcessState, reference: Reference, create?: Variable['type']): Variable | undefined;
}

/** How some code that was started by `start`, `call` or `interrupt` came to its end. */
export type Outcome = { readonly value: Value } | { readonly error: RuntimeError };

/** What the machine tells its owner; given to its constructor. */
export interface MachineHooks {
  /**
   * The code behind `token` (undefined for `start`) has ended. After `call` the process stays idle with its variables until `call` or `end`;
   * after `start` it ends by itself when this returns (facts: web-sessions §6.3).
   */
  finished(process: ProcessState, outcome: Outcome, token: string | undefined): void;
  /** A process has ended, for whatever reason: what it holds (records, selections) is to be freed. */
  ended(process: ProcessState): void;
}

/** What a slice (`run`) came to: whether some process can go on now, and when the next waiting one wakes (virtual milliseconds). */
export interface SliceResult {
  readonly ready: boolean;
  readonly nextWake?: number;
}

/**
 * Work outside the simulator (reading a file) that a native waits for. Nothing else runs and no virtual time passes until it is done,
 * so that a run stays the same each time. The native returns what `start` gives: a wait whose continuation `then` gets the work's result.
 */
export interface OutsideWork {
  start(process: ProcessState, work: () => Promise<Value>, then: string, state?: unknown): NativeResult;
}
