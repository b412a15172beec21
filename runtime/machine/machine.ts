/**
 * The 4D machine: any number of 4D processes in one JS thread, as plain data, run in slices.
 *
 * Public face for the rooms sessions and debug; natives use the part in `MachineServices`.
 */
import type { Clock, RandomSource } from '../edges.js';
import type { Trace } from '../trace.js';
import type { ArrayValue, Reference, TypeName, Value } from '../values/value.js';
import { EXTRA } from './core.js';
import { Engine } from './engine.js';
import { chainOf } from './errors.js';
import * as inspect from './inspect.js';
import { relieve } from './memory.js';
import { runningComponent } from './owner.js';
import * as places from './places.js';
import * as processes from './processes.js';
import { runAlone, runSlice } from './schedule.js';
import { copyState } from './snapshot.js';
import type {
  Callable,
  Frame,
  MachineServices,
  MachineState,
  ProcessState,
  Program,
  RaisedError,
  RuntimeError,
  StartOptions,
} from './types.js';
import type {
  DebugHooks,
  EvaluateOptions,
  EvaluateResult,
  FrameView,
  MachineOptions,
  ScopeView,
  SliceResult,
  Snapshot,
  StatementLocation,
} from './views.js';

export type * from './views.js';

/** See the head of the file. Natives see it as `MachineServices`. */
export class Machine<Host> implements MachineServices {
  readonly host: Host;
  readonly state: MachineState;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly trace: Trace;
  readonly program: Program;
  private readonly engine: Engine;

  constructor(options: MachineOptions<Host>) {
    this.host = options.host;
    this.engine = new Engine(options as MachineOptions<unknown>, this);
    this.state = this.engine.state;
    this.clock = options.clock;
    this.random = options.random;
    this.trace = options.trace;
    this.program = options.program;
  }

  /** The debugger's questions; undefined when none is there. */
  get debug(): DebugHooks | undefined {
    return this.engine.debug;
  }
  set debug(hooks: DebugHooks | undefined) {
    this.engine.debug = hooks;
  }

  /** Runs up to `limit` steps, process after process. Deterministic: the same state gives the same run. Returns early when nothing is ready. */
  run(limit: number): SliceResult {
    return runSlice(this.engine, limit);
  }
  /** Runs one process alone, for single-thread stepping. */
  runProcess(process: ProcessState, limit: number): SliceResult {
    return runAlone(this.engine, process, limit);
  }

  /** The process whose code runs at this moment. */
  get running(): ProcessState | undefined {
    return this.engine.running;
  }

  /** Steps done since the start, also in the middle of a slice: where a debugger's question is asked. */
  get position(): number {
    const { state, running, limit, left } = this.engine;
    return state.steps + (running ? limit - left : 0);
  }

  // ---- processes

  start(options: StartOptions): ProcessState {
    return processes.start(this.engine, options);
  }
  call(process: ProcessState, code: Callable, args: readonly Value[], token?: string): void {
    processes.call(this.engine, process, code, args, token);
  }
  interrupt(process: ProcessState, code: Callable, args: readonly Value[], token: string): void {
    processes.interrupt(this.engine, process, code, args, token);
  }
  wake(process: ProcessState, result?: Value): void {
    processes.wake(this.engine, process, result);
  }
  end(process: ProcessState): void {
    processes.end(this.engine, process);
  }
  abort(process: ProcessState): void {
    processes.abort(this.engine, process);
  }
  clearVariables(process: ProcessState): number {
    return processes.clearVariables(this.engine, process);
  }
  processByName(name: string): ProcessState | undefined {
    return processes.byName(this.engine, name);
  }
  raise(process: ProcessState, error: RuntimeError): void {
    process.extra.set(EXTRA.error, error);
  }
  /** To be called between slices when the host's memory is nearly used up: the process that holds most of it gets an error. */
  relieve(): void {
    relieve(this.engine);
  }
  newGroup(): number {
    return this.state.nextGroup++;
  }
  callChain(process: ProcessState): RaisedError['chain'] {
    return chainOf(this.engine, process);
  }
  parameters(process: ProcessState, frame: Frame): Value[] {
    return inspect.parameters(this.engine, process, frame);
  }
  classInfo(name: string): ReturnType<MachineServices['classInfo']> {
    return this.engine.classes.get(name);
  }
  hasMethod(name: string): boolean {
    return processes.exists(this.engine, { method: name });
  }
  methodKey(process: ProcessState, name: string): string {
    return processes.methodKey(this.engine, process, name);
  }
  componentOf(process: ProcessState): string | undefined {
    return runningComponent(this.engine, process);
  }
  exists(code: Callable): boolean {
    return processes.exists(this.engine, code);
  }

  // ---- places

  read(process: ProcessState, reference: Reference): Value {
    return places.slotValue(places.readSlot(this.engine, process, reference));
  }
  write(process: ProcessState, reference: Reference, value: Value): void {
    places.write(this.engine, process, reference, value);
  }
  typeOf(process: ProcessState, reference: Reference): TypeName | 'array' | undefined {
    return places.typeOfPlace(this.engine, process, reference);
  }
  arrayAt(process: ProcessState, reference: Reference, create?: TypeName, dimensions?: 1 | 2): ArrayValue | undefined {
    return places.arrayAt(this.engine, process, reference, create, dimensions);
  }
  declare(process: ProcessState, reference: Reference, type: TypeName): void {
    places.declare(this.engine, process, reference, type);
  }
  undefine(process: ProcessState, reference: Reference): void {
    places.undefine(this.engine, process, reference);
  }
  find(process: ProcessState, name: string): Reference | undefined {
    return places.find(this.engine, process, name);
  }
  named(process: ProcessState, name: string): Reference {
    return places.named(this.engine, process, name);
  }

  // ---- the debugger

  /** Lets a stopped process go on; it passes the statement it stands at without asking again. */
  resume(process: ProcessState): void {
    inspect.resume(this.engine, process);
  }
  /** Stops a process before its next statement; `onStatement` is asked then, whatever it answers. */
  pause(process: ProcessState): void {
    this.engine.pausing.add(process.number);
  }
  /** Asks `onStatement` before every statement of the process while true. */
  step(process: ProcessState, on: boolean): void {
    if (on) this.engine.stepping.add(process.number);
    else this.engine.stepping.delete(process.number);
  }
  /** Replaces the breakpoints of a file (path relative to the project). */
  setBreakpoints(file: string, locations: readonly StatementLocation[]): void {
    inspect.setBreakpoints(this.engine, file, locations);
  }
  breakOnCommands(numbers: ReadonlySet<number>): void {
    this.engine.commandBreaks = numbers;
  }
  /** Where breakpoints can be in a file, in order of place. */
  locations(file: string): readonly StatementLocation[] {
    return inspect.locations(this.engine, file);
  }
  frames(process: ProcessState): readonly FrameView[] {
    return inspect.frames(this.engine, process);
  }
  scopes(process: ProcessState, frame: number): readonly ScopeView[] {
    return inspect.scopes(this.engine, process, frame);
  }
  /** Runs an expression (or an assignment) in a frame of a process that does not run now. Never leaves a trace in its frames. */
  evaluate(process: ProcessState, frame: number | undefined, expression: string, options?: EvaluateOptions): EvaluateResult {
    return inspect.evaluate(this.engine, process, frame, expression, options ?? {});
  }
  /** The same in slices of so many steps, between which the machine may be asked anything; `return` gives it up. Nothing else may run until its end. */
  evaluating(process: ProcessState, frame: number | undefined, expression: string, options: EvaluateOptions, slice: number) {
    return inspect.evaluating(this.engine, process, frame, expression, options, slice);
  }
  /** Starts a frame again from its first statement with the arguments it was called with; frames above are dropped. False when that cannot be. */
  restartFrame(process: ProcessState, frame: number): boolean {
    return inspect.restartFrame(this.engine, process, frame);
  }
  /** Goes on at another statement of the top frame's code. False when it lies in a deeper block that needs preparation (For, For each, Use, Try). */
  jump(process: ProcessState, statement: number): boolean {
    return inspect.jump(this.engine, process, statement);
  }

  /** Copies the state. With `seen`, what other rooms copied with the same map stays the same thing in both copies. */
  snapshot(seen: Map<unknown, unknown> = new Map()): Snapshot {
    return { state: copyState(this.state, seen) };
  }
  /** Puts a snapshot's state back; it can be put back again later. */
  restore(snapshot: Snapshot, seen: Map<unknown, unknown> = new Map()): void {
    Object.assign(this.state, copyState(snapshot.state, seen));
    this.engine.passed.clear();
    this.engine.recount();
  }

  /** Forgets the compiled code of a file: its next call reads the text again. Frames under way finish with the old code, whose numbers lie below {@link codes}. */
  reload(file: string): void {
    this.engine.code.forget(file);
    this.engine.classes.forget();
  }
  /** How many codes there have been. */
  get codes(): number {
    return this.engine.codes.length;
  }
}

export type { ArrayValue, Callable, RuntimeError, StartOptions };
