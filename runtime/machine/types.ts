/**
 * The seam between machine, library, records, sessions and debugger. State is plain data (all below `MachineState` can be copied); behaviour takes it.
 *
 * How code runs: a method is compiled once to a `Code` (flat instructions, `code.ts`). Each process has ONE evaluation stack.
 * A call's arguments become the first slots of its frame where they lie (`base`), its other locals follow, its operands lie above.
 * So a local is `stack[base + slot]`; its name and declared type are in the code. Natives never see any of this: they use `NativeCall`.
 */

import type { Catalogue } from '#syntaxes/catalogue/types.js';
import type { SourceFile, StructureCatalog } from '#syntaxes/project/types.js';
import type { Clock, RandomSource } from '../edges.js';
import type { Trace } from '../trace.js';
import type { ArrayValue, Reference, Slot, TypeName, Value, Variable } from '../values/value.js';
import type { DeclaredClass } from './declared.js';
import type { RuntimeError } from './runtimeError.js';

export { FourDError, type RuntimeError } from './runtimeError.js';

/** Path relative to the project and line and column from 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

/** An open Try block: where to go on an error, how high the stack was, how many shared groups were held by `Use`. */
export interface Handler {
  readonly pc: number;
  readonly height: number;
  /** A `Try(expression)`: the error becomes Null at `pc` instead of running a Catch. */
  readonly expression: boolean;
  readonly uses: number;
}

/** A command or class function that waits for something and goes on by name. Plain data. */
export interface PendingNative {
  /** What a call stack shows: `EXECUTE METHOD`, `Collection.map`. */
  readonly command: string;
  /** Name after the dot as written, for the entries `Class.*`. */
  readonly member: string;
  /** Key of the continuation in the libraries; undefined when the result of the wait or call is the command's. */
  then: string | undefined;
  /** Key of the continuation for an error that nobody handled. */
  failed: string | undefined;
  state: unknown;
  readonly self: Value;
  readonly args: readonly Argument[];
  /** True while it waits for `wake` or for `until`; false while code that it called runs. */
  waits: boolean;
  until: number | undefined;
  /** What `wake` gave while something else ran on top. */
  woken: { readonly result: Value } | undefined;
}

/** One call in progress. Created in one place (`frames.ts`), all fields always present. */
export interface Frame {
  /** Number that stays the same while the frame lives; references to locals carry it. */
  readonly id: number;
  /** Index in `Machine.codes`; -1 for a native that waits (`native`). */
  readonly code: number;
  /** Next instruction. */
  pc: number;
  /** Index in the process's stack of slot 0. */
  readonly base: number;
  /** Number of parameters passed (`Count parameters`). */
  readonly argumentCount: number;
  /** Arguments beyond those that the code has slots for, for `${n}`. */
  readonly surplus: Value[] | undefined;
  /** `This`. */
  readonly self: Value;
  handlers: Handler[] | undefined;
  native: PendingNative | undefined;
  /** What becomes of the result: `value` goes to the caller's stack; `error` was an ON ERR CALL method: the failed statement is left; `end` ends the call of the process; `interrupt` is dropped and the process goes on; `evaluate` is the debugger's. */
  readonly purpose: FramePurpose;
  /** Given back in `MachineHooks.finished` for the purposes `end` and `interrupt`. */
  readonly token: string | undefined;
  /** The arguments as they were passed, kept while a debugger is there (`restartFrame`). */
  readonly args: readonly Slot[] | undefined;
  /** What `throw` has put off, and in how many Try blocks: raised at the end of the block or when the frame returns. */
  deferred: readonly { readonly error: RuntimeError; readonly depth: number }[] | undefined;
}

export type FramePurpose = 'value' | 'error' | 'end' | 'interrupt' | 'evaluate';

/** `idle`: no frames, alive (a legacy session between requests, a worker without work). */
export type ProcessStatus = 'ready' | 'idle' | 'waiting' | 'stopped' | 'ended';

/** A 4D process. One DAP thread each. */
export interface ProcessState {
  readonly number: number;
  readonly name: string;
  /** `web` runs requests (a legacy session's for its whole life), `user` comes from New process, `worker` from CALL WORKER. */
  readonly kind: ProcessKind;
  /** Outermost first. */
  readonly frames: Frame[];
  /** The evaluation stack; valid below `height`. */
  readonly stack: Slot[];
  height: number;
  /** Process variables by folded name. */
  readonly variables: Map<string, Variable>;
  status: ProcessStatus;
  /** Virtual time before which a waiting process does not go on; undefined when something else wakes it. */
  wakeAt: number | undefined;
  /** Goes to idle, not to ended, when its call returns. */
  stays: boolean;
  /** Calls that wait for their turn (workers, requests of a session). */
  readonly calls: PendingCall[];
  /** Name of the ON ERR CALL method, empty for none. */
  errorMethod: string;
  /** Errors of the last failed line and their call chain, for `Last errors`. */
  errors: RaisedError[];
  /** Shared groups it holds by `Use`, innermost last, with the frame that entered. */
  readonly uses: { readonly group: number; readonly frame: number }[];
  /** Session the process belongs to, legacy or scalable. */
  session: string | undefined;
  /** Number of the request that it serves now. */
  request: number | undefined;
  /** What the last finished call gave; undefined before. */
  result: Value;
  /** The error that aborted the last call, when one did. */
  failure: RaisedError | undefined;
  /** Anything another room keeps for a process, under its own name. Plain data. */
  readonly extra: Map<string, unknown>;
}

export type ProcessKind = 'main' | 'web' | 'user' | 'worker';

export interface PendingCall {
  readonly code: Callable;
  readonly args: readonly Value[];
  readonly self?: Value;
  /** Given back in `MachineHooks.finished`. */
  readonly token?: string;
}

export interface RaisedError extends RuntimeError {
  readonly place: Place | undefined;
  /** Calls, innermost first. */
  readonly chain: readonly { readonly name: string; readonly place: Place | undefined }[];
}

export interface MachineState {
  readonly processes: Map<number, ProcessState>;
  /** By folded name without `<>`. */
  readonly interprocess: Map<string, Variable>;
  /** Owner of each shared group that is in use, and how deep. */
  readonly locks: Map<number, { process: number; depth: number }>;
  /** Project singletons and `Storage` by key; session singletons belong to the sessions. */
  readonly singletons: Map<string, Value>;
  /** Named semaphores: the process that holds each. */
  readonly semaphores: Map<string, number>;
  nextProcess: number;
  nextFrame: number;
  nextGroup: number;
  /** Reals that differ by no more are equal: `SET REAL COMPARISON LEVEL`. */
  realLevel: number;
  /** Process that runs next: the scheduler goes round. */
  turn: number;
  /** Steps done since the start: the measure of time for step back. */
  steps: number;
}

/**
 * What a native gives back: a value; a wait (the process sleeps, other processes go on, `then` runs afterwards);
 * or a call of 4D code, whose result goes to the continuation `then` with `state` (plain data), since natives keep nothing on the JS stack.
 */
export type NativeResult = Value | NativeWait | NativeCallOut;

/** Without `then` the command's result is what `wake` gave (undefined at a timeout). */
export interface NativeWait {
  readonly native: 'wait';
  readonly until: number | undefined;
  readonly then?: string;
  readonly state?: unknown;
}

/** Without `then` the command's result is what the call gave. */
export interface NativeCallOut {
  readonly native: 'call';
  readonly code: Callable;
  readonly args: readonly Value[];
  readonly self?: Value;
  readonly then?: string;
  readonly state?: unknown;
  /** Continuation that takes over when the called code ends by an error nobody handled; its result argument is the error's number. Without it the error goes on to the caller. */
  readonly failed?: string;
}

/** Something that can be called. */
export type Callable =
  /** A project method by name. */
  | { readonly method: string }
  /** Any code file by its path relative to the root: database methods, triggers. */
  | { readonly file: string }
  | { readonly formula: Value }
  /** A function of a class file of the project (`get label` and `query label` for a computed property's), or its `Class constructor`; `self` is its `This`. */
  | { readonly className: string; readonly functionName: string }
  /** Code given as text: an expression (its value is the result) or statements; parameters are `$1` …; `name` is what a call stack shows. */
  | { readonly line: string; readonly name: string /** Whose names it means: those of a component. */; readonly component?: string };

/** A criterion of a query, `& [Shop]City="Ly@"`, not evaluated as a comparison. */
export interface Criterion {
  readonly a: 'criterion';
  readonly conjunction: '' | '&' | '|' | '#';
  readonly field: Reference;
  /** Path below an object field, `address.city`; empty for the field itself. */
  readonly path: string;
  readonly comparator: string;
  readonly value: Value;
}

/**
 * One argument as compiled: a plain value; a reference (recognised by its `ref`) where the command's parameter is an output, an array, a table,
 * a field or a variable and the argument is such a place; a criterion; an operator that stands for itself; or nothing between two semicolons.
 * An assignment as an argument (`APPLY TO SELECTION`) comes as a formula.
 */
export type Argument = Value | Reference | Criterion | { readonly a: 'operator'; readonly operator: string } | { readonly a: 'missing' };

/** What a native sees of the call it serves. Accessors count from 0, convert as 4D does, read references, and raise a 4D error where it would. */
export interface NativeCall<Host> {
  readonly host: Host;
  readonly process: ProcessState;
  readonly machine: MachineServices;
  readonly args: readonly Argument[];
  /** `WEB SEND TEXT`, `Collection.push`. */
  readonly command: string;
  /** The value before the dot for members; undefined for commands. */
  readonly self: Value;
  /** Name after the dot as written, for the entries `Class.*`. */
  readonly member: string;
  /** The calling statement. */
  readonly place: Place;
  /** The frame that called: for `This`, `Count parameters` … */
  readonly frame: Frame | undefined;
  count(): number;
  /** True when the argument was given and is not empty between semicolons. */
  has(index: number): boolean;
  /** The value of an argument; of an array's name, its current number. */
  value(index: number): Value;
  text(index: number): string;
  number(index: number): number;
  integer(index: number): number;
  boolean(index: number): boolean;
  object(index: number): Extract<Value, { t: 'object' }>;
  collection(index: number): Extract<Value, { t: 'collection' }>;
  /** Raises an error when the argument is no place; follows a pointer that stands where a table, field or array is expected. */
  reference(index: number): Reference;
  /** Table number of a table argument (or pointer to one), undefined when it is none: then the default table or the field's table counts. */
  table(index: number): number | undefined;
  /** True when the argument is the operator `*` (or the one given). */
  isOperator(index: number, operator?: string): boolean;
  /** The command takes as long as so many steps: the slice of code ends sooner, and others have their turn. */
  spend(steps: number): void;
  /** Writes an output parameter, converted to its declared type; creates an undeclared variable. */
  set(index: number, value: Value): void;
  /** The array behind an argument; raises an error when there is none. Makes it when `create` gives its type. */
  array(index: number, create?: TypeName, dimensions?: 1 | 2): ArrayValue;
  /** The array behind an argument, or undefined. */
  arrayOrNone(index: number): ArrayValue | undefined;
  /** Sets system variables: `OK`, `Error`, `Document`. */
  setSystem(name: string, value: Value): void;
}

export type Native<Host> = (call: NativeCall<Host>) => NativeResult;
/** Goes on after a wait or a call: `result` is what the called code (or `wake`) gave. */
export type Continuation<Host> = (call: NativeCall<Host>, state: unknown, result: Value) => NativeResult;

/**
 * A theme of the library: natives by command number, by `Class.member`, and their continuations by name.
 * Member keys: `Collection.push`, `4D.File.getText`, `4D.File.new` (a class's own function), `4D.Entity.*` (any other name: see `call.member`), `4D.Entity.[]` (an index, argument 0).
 * A function and a read property are `4D.Session.isGuest`; a property that can be written has `4D.Session.idleTimeout=` besides, its last argument the new value (`4D.Entity.*=`, `4D.Entity.[]=`).
 * `4D.Entity.get *` and `4D.Entity.set *` (`call.member` is `get label`) call the functions of computed properties of the project's class themselves.
 * Which of both a member is, the catalogue says; what it does not know is a function when called and a property otherwise.
 * Classes are searched along `extends` of the catalogue. `For each` over a host value asks `length` and `[]`.
 */
export interface Library<Host> {
  readonly commands: ReadonlyMap<number, Native<Host>>;
  readonly members: ReadonlyMap<string, Native<Host>>;
  readonly continuations: ReadonlyMap<string, Continuation<Host>>;
  /** Commands and members without any effect: what the debugger may call while it evaluates a hover. */
  readonly pure?: ReadonlySet<number | string>;
}

/** What the machine reads of a project. `Project` gives most of it; `text` is synchronous: read the sources before. */
export interface Program {
  readonly catalogue: Catalogue;
  readonly structure: StructureCatalog;
  /** As the code of the host, or of a component, calls it: its own, then the shared ones of the others. */
  methodByName(name: string, component?: string): SourceFile | undefined;
  /** A class of the host, or of a component. */
  classByName(name: string, component?: string): SourceFile | undefined;
  /** The component that gives its classes under a name behind `cs.`. */
  componentOfNamespace?(name: string): string | undefined;
  databaseMethod(name: string): SourceFile | undefined;
  fileByPath(path: string): SourceFile | undefined;
  text(path: string): string | undefined;
}

/** Current record's fields, as room *records* keeps them. */
export interface FieldAccess {
  readField(process: ProcessState, table: number, field: number): Value;
  writeField(process: ProcessState, table: number, field: number, value: Value): void;
}

/** The machine as natives, sessions and the debugger use it. */
export interface MachineServices {
  readonly state: MachineState;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly trace: Trace;
  readonly program: Program;
  /**
   * Makes a process. With `code` it will call it when the scheduler reaches it; without, it is idle.
   * `stays`: it goes idle instead of ending when a call returns (a legacy session's process, a worker).
   */
  start(options: StartOptions): ProcessState;
  /** Queues a call in a process: at once when it is idle, else after those before it. `token` comes back in `MachineHooks.finished`. */
  call(process: ProcessState, code: Callable, args: readonly Value[], token?: string): void;
  /**
   * Runs some code in a process on top of what it is doing: the close method of a session whose method is running. Its result is dropped,
   * and then the process goes on as it was (a waiting one goes on waiting; a wake that came meanwhile counts).
   */
  interrupt(process: ProcessState, code: Callable, args: readonly Value[], token: string): void;
  /** Wakes a waiting process; the command that waited gives `result`. */
  wake(process: ProcessState, result?: Value): void;
  /** Ends a process at once: frames, queued calls, `Use` locks and variables are gone. Never runs code. */
  end(process: ProcessState): void;
  /** Drops the frames of the call in progress; a process that stays goes idle. */
  abort(process: ProcessState): void;
  /** Takes back all process variables of a process (what the end of a legacy session does); returns how many there were. */
  clearVariables(process: ProcessState): number;
  processByName(name: string): ProcessState | undefined;
  hasMethod(name: string): boolean;
  /** What the file of a class of the project declares, without what it extends; undefined when there is none. */
  classInfo(name: string): DeclaredClass | undefined;
  exists(code: Callable): boolean;
  read(process: ProcessState, reference: Reference): Value;
  /** Converts to the declared type of the place. */
  write(process: ProcessState, reference: Reference, value: Value): void;
  /** Declared type of the place; `array` when it holds one; undefined when there is nothing yet. */
  typeOf(process: ProcessState, reference: Reference): TypeName | 'array' | undefined;
  /** The array in a place; made when `create` is given and there is none. */
  arrayAt(process: ProcessState, reference: Reference, create?: TypeName, dimensions?: 1 | 2): ArrayValue | undefined;
  /** Declares a place: gives it its default value unless it has that type already. */
  declare(process: ProcessState, reference: Reference, type: TypeName): void;
  /** Makes a variable undefined again (`CLEAR VARIABLE` does that to undeclared ones). */
  undefine(process: ProcessState, reference: Reference): void;
  /** A process variable by name (any case), or undefined: what `WEB GET VARIABLES` and tags look for. `<>x` and `$x` (in the top frame) too. */
  find(process: ProcessState, name: string): Reference | undefined;
  /** A reference to a process or interprocess variable by name, existing or not. */
  named(process: ProcessState, name: string): Reference;
  /** The component whose code a process runs; undefined for the host's. */
  componentOf(process: ProcessState): string | undefined;
  /** A method's name as a process calls it, for a call that another process or a later moment makes. */
  methodKey(process: ProcessState, name: string): string;
  /** Raises an error in no process's code: for those who write output (`4D tags`); at the process's next step. */
  raise(process: ProcessState, error: RuntimeError): void;
  newGroup(): number;
  /** Calls in progress, innermost first. */
  callChain(process: ProcessState): RaisedError['chain'];
  /** Values of a frame's parameters as they are now. */
  parameters(process: ProcessState, frame: Frame): Value[];
}

export interface StartOptions {
  /** For the main process, 1; the next free one otherwise. */
  readonly number?: number;
  readonly name: string;
  readonly kind: ProcessKind;
  readonly code?: Callable;
  readonly args?: readonly Value[];
  readonly token?: string;
  readonly session?: string;
  readonly request?: number;
  readonly stays?: boolean;
}

/** How some code that was started by `start`, `call` or `interrupt` came to its end. */
export type Outcome = { readonly value: Value } | { readonly error: RaisedError };

/** What the machine tells its owner; given to its constructor. Hooks must not throw. */
export interface MachineHooks {
  /**
   * The code behind `token` has ended. A process that `stays` is idle with its variables until `call` or `end`;
   * any other ends by itself when this returns (facts: web-sessions §6.3).
   */
  finished?(process: ProcessState, outcome: Outcome, token: string | undefined): void;
  /** A process has ended, for whatever reason: what it holds (records, selections) is to be freed. */
  ended?(process: ProcessState): void;
}

/**
 * Work outside the simulator (reading a file) that a native waits for. Nothing else runs and no virtual time passes until it is done,
 * so that a run stays the same each time. The native returns what `start` gives: a wait whose continuation `then` gets the work's result.
 */
export interface OutsideWork {
  start(process: ProcessState, work: () => Promise<Value>, then: string, state?: unknown): NativeResult;
}
