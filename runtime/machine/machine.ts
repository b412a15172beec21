/**
 * The 4D machine: any number of 4D processes in one JS thread, as plain data, run in slices.
 *
 * Public face for the rooms sessions and debug; natives use the part in `MachineServices`.
 */
import type { Clock, RandomSource } from '../edges.js';
import type { Trace } from '../trace.js';
import type { ArrayValue, Reference, Slot, TypeName } from '../values/value.js';
import type {
  Callable,
  FieldAccess,
  Frame,
  Library,
  MachineHooks,
  MachineServices,
  MachineState,
  Place,
  ProcessState,
  Program,
  RaisedError,
  RuntimeError,
  SliceResult,
  StartOptions,
} from './types.js';

/** What a machine is made of. All of it is passed in; the machine keeps no clock, no random source and no files. */
export interface MachineOptions<Host> {
  /** What natives find as `call.host`: records, sessions, web. */
  readonly host: Host;
  readonly program: Program;
  readonly libraries: readonly Library<Host>[];
  readonly fields: FieldAccess;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly trace: Trace;
  readonly hooks?: MachineHooks;
  /** Deepest nesting of calls in a process before an error; 4096 unless given. */
  readonly maximumDepth?: number;
  /** Steps a process may do before the next one has its turn; 1000 unless given. */
  readonly quantum?: number;
}

/** What the debugger is asked. Set with `Machine.debug`; must not throw. */
export interface DebugHooks {
  /**
   * Before a statement where a breakpoint was set or while its process is being stepped (`Machine.step`).
   * `stop` leaves the process `stopped` in front of it; `go` lets it go on.
   */
  onStatement?(process: ProcessState, frame: Frame, statement: number): 'go' | 'stop';
  /** Before a command whose number was given to `breakOnCommands`. */
  onCommand?(process: ProcessState, frame: Frame, command: number): 'go' | 'stop';
  /** When an error is raised, before it is handled. `caught`: a Try or an ON ERR CALL method waits for it. `stop` leaves the process stopped at the line. */
  onError?(process: ProcessState, error: RaisedError, caught: boolean): 'go' | 'stop';
}

/** A line of a call stack, innermost first. */
export interface FrameView {
  readonly id: number;
  readonly name: string;
  /** Undefined for a native that waits. */
  readonly place: Place | undefined;
  /** Index of the statement in its code, for `jump`. */
  readonly statement: number;
  readonly native: boolean;
}

/** Names and values that can be seen from a frame. */
export interface ScopeView {
  readonly kind: 'parameters' | 'locals' | 'process' | 'interprocess' | 'system';
  readonly variables: readonly VariableView[];
}

export interface VariableView {
  /** As written: `$total`, `$1`, `vBasket`, `<>shops`. */
  readonly name: string;
  readonly type: TypeName | 'array' | undefined;
  readonly value: Slot;
  readonly reference: Reference;
}

/** A place where a breakpoint can be. Lines and columns from 1. */
export interface StatementLocation {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly code: string;
  readonly statement: number;
}

export type EvaluateResult = { readonly ok: true; readonly value: Slot } | { readonly ok: false; readonly error: RuntimeError };

export interface EvaluateOptions {
  /** Refuses assignments to anything but the evaluation's own locals, and commands that are not known to be pure. */
  readonly pure?: boolean;
  /** Steps before it is given up; 100,000 unless given. */
  readonly limit?: number;
}

/** A copy of everything that changes while code runs, the host's part not included. Opaque. */
export interface Snapshot {
  readonly state: MachineState;
}

/** See the head of the file. Signatures are settled; the class of this name takes `MachineOptions`. */
export interface Machine<Host> extends MachineServices {
  readonly host: Host;
  /** The debugger's questions; undefined when none is there. */
  debug: DebugHooks | undefined;

  /** Runs up to `limit` steps, process after process. Deterministic: the same state gives the same run. Returns early when nothing is ready. */
  run(limit: number): SliceResult;
  /** Runs one process alone, for single-thread stepping. */
  runProcess(process: ProcessState, limit: number): SliceResult;

  /** Lets a stopped process go on; it passes the statement it stands at without asking again. */
  resume(process: ProcessState): void;
  /** Stops a process before its next statement. */
  pause(process: ProcessState): void;
  /** Asks `onStatement` before every statement of the process while true. */
  step(process: ProcessState, on: boolean): void;
  /** Replaces the breakpoints of a file (path relative to the project). */
  setBreakpoints(file: string, places: readonly StatementLocation[]): void;
  breakOnCommands(numbers: ReadonlySet<number>): void;
  /** Where breakpoints can be in a file, in order of place. */
  locations(file: string): readonly StatementLocation[];

  frames(process: ProcessState): readonly FrameView[];
  scopes(process: ProcessState, frame: number): readonly ScopeView[];
  /** Runs an expression (or an assignment) in a frame of a process that does not run now. Never leaves a trace in its frames. */
  evaluate(process: ProcessState, frame: number | undefined, expression: string, options?: EvaluateOptions): EvaluateResult;
  /** Starts a frame again from its first statement with the arguments it was called with; frames above are dropped. False when that cannot be. */
  restartFrame(process: ProcessState, frame: number): boolean;
  /** Goes on at another statement of the top frame's code. False when it lies in a deeper block that needs preparation (For each, Use, Try). */
  jump(process: ProcessState, statement: number): boolean;

  snapshot(): Snapshot;
  restore(snapshot: Snapshot): void;

  /** Forgets the compiled code of a file: its next call reads the text again. Frames under way finish with the old code. */
  reload(file: string): void;
}

export type { ArrayValue, Callable, RuntimeError, StartOptions };
