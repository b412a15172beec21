import type { Clock, RandomSource } from '../edges.js';
import type { Trace } from '../trace.js';
import { REAL_LEVEL } from '../values/compare.js';
import type { Value } from '../values/value.js';
import type { Code } from './code.js';
import { Turns } from './turns.js';
import type {
  Continuation,
  FieldAccess,
  MachineHooks,
  MachineState,
  Native,
  ProcessState,
  ProcessStatus,
  Program,
  RaisedError,
} from './types.js';
import type { DebugHooks, MachineOptions } from './views.js';

/** What the machine's rooms share: what was passed in, its state, and tables that follow from them. */
export class Core {
  readonly program: Program;
  readonly fields: FieldAccess;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly trace: Trace;
  readonly hooks: MachineHooks;
  readonly maximumDepth: number;
  readonly quantum: number;
  /** Steps after which a loop becomes JavaScript; 0 for never. */
  readonly hot: number;
  readonly sessionSingletons: (process: ProcessState) => Map<string, Value> | undefined;
  readonly commands = new Map<number, Native<unknown>>();
  readonly members = new Map<string, Native<unknown>>();
  readonly continuations = new Map<string, Continuation<unknown>>();
  readonly pure = new Set<number | string>();
  readonly state: MachineState;
  /** All compiled code by index; frames name it. Only grows. */
  readonly codes: Code[] = [];
  /** How variables are first written in the code, by folded name: references know only the latter. */
  readonly written = new Map<string, string>();
  debug: DebugHooks | undefined;
  /** Numbers of processes that can go on now, and of those that wait for a moment: both follow from the state. */
  readonly ready = new Turns();
  readonly timed = new Set<number>();
  /** Numbers of processes that wait for a shared group at a `Use`. */
  readonly blocked = new Set<number>();
  /** Processes whose every statement is asked about. */
  readonly stepping = new Set<number>();
  /** Process that stops before its next statement. */
  readonly pausing = new Set<number>();
  /** Where a resumed process stood: that statement or command is passed without asking. */
  readonly passed = new Map<number, { readonly frame: number; readonly pc: number }>();
  commandBreaks: ReadonlySet<number> = new Set();
  /** The debugger's evaluation that runs. */
  evaluation: { readonly pure: boolean; outcome: { readonly value: Value } | { readonly error: RaisedError } | undefined } | undefined;
  /** Calls on top of the process that runs, made by a native: they begin when it has given its result. */
  readonly deferred: (() => void)[] = [];
  /** Steps that the process which runs may still do. */
  left = 0;
  /** Steps that large values made by natives stand for; taken off `left`. */
  cost = 0;
  /** Steps that the running process was given. */
  limit = 0;
  /** The process whose code runs at this moment. */
  running: ProcessState | undefined;

  constructor(
    readonly host: unknown,
    options: MachineOptions<unknown>,
  ) {
    this.program = options.program;
    this.fields = options.fields;
    this.clock = options.clock;
    this.random = options.random;
    this.trace = options.trace;
    this.hooks = options.hooks ?? {};
    this.maximumDepth = options.maximumDepth ?? 4096;
    this.quantum = options.quantum ?? 1000;
    this.hot = options.hot ?? 100_000;
    this.sessionSingletons = options.sessionSingletons ?? (() => undefined);
    for (const library of options.libraries) {
      // The first library that has a command is the one that counts.
      for (const [number, native] of library.commands) if (!this.commands.has(number)) this.commands.set(number, native);
      for (const [key, native] of library.members) if (!this.members.has(key)) this.members.set(key, native);
      for (const [key, go] of library.continuations) if (!this.continuations.has(key)) this.continuations.set(key, go);
      for (const key of library.pure ?? []) this.pure.add(key);
    }
    this.state = {
      processes: new Map(),
      interprocess: new Map(),
      locks: new Map(),
      singletons: new Map(),
      semaphores: new Map(),
      nextProcess: 1,
      nextFrame: 1,
      nextGroup: 1,
      realLevel: REAL_LEVEL,
      turn: 1,
      steps: 0,
    };
  }

  /** Changes a process's status; keeps the tables of who can go on. */
  setStatus(process: ProcessState, status: ProcessStatus, wakeAt?: number): void {
    process.status = status;
    process.wakeAt = status === 'waiting' ? wakeAt : undefined;
    if (status === 'ready') this.ready.add(process.number);
    else this.ready.delete(process.number);
    if (process.wakeAt !== undefined) this.timed.add(process.number);
    else this.timed.delete(process.number);
  }

  /** After the state was replaced: the tables follow. */
  recount(): void {
    this.ready.clear();
    this.timed.clear();
    this.blocked.clear();
    for (const process of this.state.processes.values()) {
      this.setStatus(process, process.status, process.wakeAt);
      if (process.extra.has(EXTRA.group)) this.blocked.add(process.number);
    }
  }
}

/** Keys of what the machine keeps in `ProcessState.extra`. */
export const EXTRA = {
  /** An error that is raised when the process goes on. */
  error: 'machine.error',
  /** Shared group that it waits for at a `Use`. */
  group: 'machine.group',
} as const;
