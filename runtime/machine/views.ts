/** What a machine is made of, and what it shows of itself. */
import type { Clock, RandomSource } from '../edges.js';
import type { Trace } from '../trace.js';
import type { Reference, Slot, TypeName, Value } from '../values/value.js';
import type {
  FieldAccess,
  Frame,
  Library,
  MachineHooks,
  MachineState,
  Place,
  ProcessState,
  Program,
  RaisedError,
  RuntimeError,
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
  /** Where the session singletons of a process's session are kept, by `cs.Name`; undefined outside a session. */
  readonly sessionSingletons?: (process: ProcessState) => Map<string, Value> | undefined;
  /** Deepest nesting of calls in a process before an error; 4096 unless given. */
  readonly maximumDepth?: number;
  /** Steps a process may do before the next one has its turn; 1000 unless given. */
  readonly quantum?: number;
  /** Steps after which a loop becomes JavaScript; 0 for never. Changes nothing of what a program does. */
  readonly hot?: number;
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

/** What a slice (`run`) came to: whether some process can go on now, and when the next waiting one wakes (virtual milliseconds). */
export interface SliceResult {
  readonly ready: boolean;
  readonly nextWake: number | undefined;
  /** Steps done: statements, turns of loops, calls. */
  readonly steps: number;
}
