import type { DebugProtocol as P } from '@vscode/debugprotocol';
import type { DebugHooks, EvaluateResult } from '../machine/machine.js';
import type { Frame, ProcessState, RaisedError } from '../machine/types.js';
import type { TraceEvent } from '../trace.js';
import { traceText } from '../traceText.js';
import { Breakpoints, type Hit, type Point } from './breakpoints.js';
import { type Debugged, processOf } from './debugged.js';
import { Exceptions, type Trouble } from './exceptions.js';
import { type Handlers, Refusal } from './handlers.js';
import { type CallWanted, type StepKind, Stepping } from './stepping.js';
import type { Variables } from './variables.js';
import { Watches } from './watches.js';

/** Why a process stopped. */
type Reason = 'step' | 'breakpoint' | 'exception' | 'pause' | 'entry' | 'goto' | 'function breakpoint' | 'data breakpoint' | 'restart';

const reasonOfStep: Record<StepKind, Reason> = { over: 'step', in: 'step', out: 'step', entry: 'entry', pause: 'pause', goto: 'goto' };

const texts = {
  running: {
    en: 'Process {0} is not stopped. Pause it first.',
    es: 'El proceso {0} no está detenido. Páuselo primero.',
  },
};

/** Something that happened while code ran: whatever runs next stops for it. */
interface Pending {
  readonly at: number;
  readonly reason: Reason;
  readonly trouble?: Trouble;
  readonly text: string;
  /** Breakpoints that wait for it, whose conditions are looked at where it stops. */
  readonly points?: readonly Point[];
}

/** What happened stops code that follows at once, not some request minutes later. Virtual milliseconds. */
const patience = 1_000;

/** What the machine asked when a process stopped: a statement, a command, an error. */
export type Question = '.' | '(' | '!';

/** What lets code run. */
export interface ControlHost {
  /** Something can run again. */
  wake(): void;
  /** Runs one process; nothing else runs until it stops, waits or ends. */
  runAlone(process: ProcessState): void;
}

/**
 * Who runs and who stands still: answers the machine's questions, and lets processes go on when the client says so.
 * Each process stops and goes on by itself; the others never wait for it.
 */
export class Control implements DebugHooks {
  readonly breakpoints: Breakpoints;
  readonly exceptions: Exceptions;
  readonly stepping = new Stepping();
  readonly watches: Watches;
  /** Stops at the first statement: of this file, when it names one. */
  entry: { readonly file: string | undefined } | undefined;
  /** True while every statement of every process is to be asked about. */
  askAlways = false;
  /** Told where processes stop. */
  onStop: ((process: number, question: Question, position: number) => void) | undefined;
  private question: Question = '.';
  private readonly stopped = new Map<number, { readonly trouble: Trouble | undefined; readonly position: number }>();
  private readonly waiting: (() => void)[] = [];
  private pending: Pending | undefined;
  /** Above 0 while something is evaluated, or the past is gone through again: nothing stops then. */
  private quiet = 0;

  constructor(
    private readonly on: Debugged,
    private readonly variables: Variables,
    private readonly host: ControlHost,
  ) {
    this.breakpoints = new Breakpoints(on, (process, frame, expression) => this.evaluate(process, frame, expression));
    this.exceptions = new Exceptions(
      on.client,
      (process, expression) => this.evaluate(process, process.frames.at(-1)?.id, expression),
      (thread) => this.stopped.get(thread)?.trouble,
    );
    this.watches = new Watches(
      on,
      (process, frame, expression) => this.evaluate(process, frame, expression),
      (reference, name) => variables.entryNamed(reference, name),
      () => this.askAll(),
      (wanted) => this.breakpoints.setDataHappenings(wanted),
    );
  }

  readonly handlers: Handlers = {
    continue: ({ threadId, singleThread }) => {
      this.release(this.stoppedProcess(threadId), singleThread);
      return { allThreadsContinued: false };
    },
    next: (args) => this.step(args, 'over'),
    stepOut: (args) => this.step(args, 'out'),
    pause: ({ threadId }) => this.pause(threadId),
  };

  // ---- what the machine asks

  onStatement(process: ProcessState, frame: Frame, statement: number): 'go' | 'stop' {
    this.question = '.';
    if (this.quiet) return 'go';
    const { pending } = this;
    this.pending = undefined;
    if (pending && this.stopsFor(pending, process, frame)) return 'stop';
    const change = this.watches.watching ? this.watches.look(process, frame) : undefined;
    if (change) return this.stop(process, change.reason, undefined, { text: change.text, hitBreakpointIds: [...change.ids] });
    const hit = this.breakpoints.atStatement(process, frame, statement);
    if (hit) return this.stopAtBreakpoint(process, hit);
    if (this.entry && this.entryIsHere(process)) {
      this.entry = undefined;
      return this.stop(process, 'entry');
    }
    const step = this.stepping.reached(process, frame, () => this.on.machine.frames(process)[0]?.name ?? '');
    if (step) return this.stop(process, reasonOfStep[step]);
    this.ask(process);
    return 'go';
  }

  onCommand(process: ProcessState, frame: Frame, command: number): 'go' | 'stop' {
    this.question = '(';
    if (this.quiet) return 'go';
    const hit = this.breakpoints.atCommand(process, frame, command);
    return hit ? this.stopAtBreakpoint(process, hit) : 'go';
  }

  onError(process: ProcessState, error: RaisedError, caught: boolean): 'go' | 'stop' {
    this.question = '!';
    if (this.quiet || !this.exceptions.stopsAt(process, error, caught)) return 'go';
    return this.stop(process, 'exception', { kind: 'error', error, caught });
  }

  /** A process has begun: the machine asks about it like about the others. */
  begins(event: TraceEvent): void {
    const process = event.kind === 'process-started' ? this.on.machine.state.processes.get(event.process) : undefined;
    if (process) this.ask(process);
  }

  /** What the simulator tells. */
  trace(event: TraceEvent): void {
    if (event.kind === 'process-ended') {
      this.drop(event.process);
      this.stepping.forget(event.process);
    }
    if (this.quiet) return;
    const text = traceText(event, this.on.client.language);
    if (event.kind === 'close-ignored' && this.exceptions.stopsAtIgnoredClose) {
      this.expect({ at: event.at, reason: 'exception', trouble: { kind: 'close-ignored', text }, text });
    }
    const points = this.breakpoints.atEvent(event);
    if (points.length) this.expect({ at: event.at, reason: 'function breakpoint', text, points });
  }

  // ---- what others ask

  /** How many steps had been done when the process of a thread stopped. */
  positionOf(thread: number): number | undefined {
    return this.stopped.get(thread)?.position;
  }

  /** The state is one that was before: processes that stood still then stand still again, but for one that is told of otherwise. */
  wentBack(except: number | undefined): void {
    const { machine } = this.on;
    this.variables.forgetAll();
    this.stepping.clear();
    for (const number of [...this.stopped.keys()])
      if (machine.state.processes.get(number)?.status !== 'stopped') this.stopped.delete(number);
    for (const process of machine.state.processes.values()) {
      if (process.status === 'stopped' && process.number !== except && !this.stopped.has(process.number)) this.stop(process, 'pause');
    }
    this.tellWaiting();
  }

  get someStopped(): boolean {
    return this.stopped.size > 0;
  }

  /** Settles when no process is stopped any more. */
  allGo(): Promise<void> {
    return this.someStopped ? new Promise((go) => this.waiting.push(go)) : Promise.resolve();
  }

  /** The process of a thread, which must be stopped. */
  stoppedProcess(thread: number): ProcessState {
    const process = processOf(this.on, thread);
    if (process.status !== 'stopped') throw new Refusal(texts.running, thread);
    return process;
  }

  /** Evaluates without stopping anywhere and without changing anything. */
  evaluate(process: ProcessState, frame: number | undefined, expression: string): EvaluateResult {
    return this.quietly(() => this.on.machine.evaluate(process, frame, expression, { pure: true }));
  }

  /** Runs something during which no question of the machine stops a process. */
  quietly<T>(run: () => T): T {
    this.quiet++;
    try {
      return run();
    } finally {
      this.quiet--;
    }
  }

  /** Lets a stopped process go on; `alone` while all others stand still until it stops, waits or ends. */
  release(process: ProcessState, alone = false): void {
    this.drop(process.number);
    this.watches.refresh();
    this.on.machine.resume(process);
    this.ask(process);
    if (alone) this.host.runAlone(process);
    else this.host.wake();
  }

  /** Begins a step and lets the process go on; `alone` while all others stand still. */
  stepFrom(process: ProcessState, kind: StepKind, { target, alone }: { target?: CallWanted; alone?: boolean } = {}): void {
    this.stepping.begin(process, kind, target);
    this.release(process, alone);
  }

  /** Tells that a process stands somewhere else now: after a jump, a step back, a restarted frame. */
  stands(process: ProcessState, reason: Reason, position?: number): void {
    this.variables.forget(process.number);
    this.stepping.forget(process.number);
    this.question = '.';
    this.stop(process, reason, undefined, {}, position);
  }

  /** Asks the machine for its questions about every process, as far as somebody needs them. */
  askAll(): void {
    for (const process of this.on.machine.state.processes.values()) this.ask(process);
  }

  /** Lets everything go: no breakpoints, no steps, nothing stopped. */
  letGo(): void {
    const { machine } = this.on;
    machine.debug = undefined;
    this.stepping.clear();
    this.entry = undefined;
    this.pending = undefined;
    this.watches.clear();
    for (const { path } of this.on.files) machine.setBreakpoints(path, []);
    machine.breakOnCommands(new Set());
    for (const process of machine.state.processes.values()) {
      machine.step(process, false);
      if (process.status === 'stopped') machine.resume(process);
    }
    this.stopped.clear();
    this.tellWaiting();
    this.host.wake();
  }

  // ---- parts

  private step({ threadId, singleThread }: P.NextArguments, kind: StepKind): void {
    this.stepFrom(this.stoppedProcess(threadId), kind, { alone: singleThread });
  }

  /** A process stops at its next statement; one that is idle when something runs in it again. */
  private pause(threadId: number): void {
    const all = threadId === 0 ? [...this.on.machine.state.processes.values()] : [processOf(this.on, threadId)];
    const wanted = all.filter(({ status }) => status !== 'stopped');
    for (const process of wanted) {
      this.stepping.begin(process, 'pause');
      this.ask(process);
    }
    this.host.wake();
  }

  private stop(
    process: ProcessState,
    reason: Reason,
    trouble?: Trouble,
    more: Partial<P.StoppedEvent['body']> = {},
    position = this.on.machine.position,
  ): 'stop' {
    this.stepping.forget(process.number);
    this.ask(process);
    this.stopped.set(process.number, { trouble, position });
    this.onStop?.(process.number, this.question, position);
    this.on.client.send('stopped', {
      reason,
      threadId: process.number,
      allThreadsStopped: false,
      ...(trouble && this.exceptions.describe(trouble)),
      ...more,
    });
    return 'stop';
  }

  private stopAtBreakpoint(process: ProcessState, { ids, kind }: Hit): 'stop' {
    return this.stop(process, kind === 'line' ? 'breakpoint' : 'function breakpoint', undefined, { hitBreakpointIds: [...ids] });
  }

  /** Stops in front of the statement that follows what happened, unless that was long ago or a condition does not hold. */
  private stopsFor({ at, reason, trouble, text, points }: Pending, process: ProcessState, frame: Frame): boolean {
    if (this.on.machine.clock.now() - at > patience) return false;
    if (!points) this.stop(process, reason, trouble, { text });
    else {
      const hit = this.breakpoints.afterEvent(points, process, frame);
      if (!hit) return false;
      this.stop(process, hit.kind === 'data' ? 'data breakpoint' : reason, trouble, { text, hitBreakpointIds: [...hit.ids] });
    }
    return true;
  }

  private expect(pending: Pending): void {
    this.pending = pending;
    this.askAll();
  }

  private entryIsHere(process: ProcessState): boolean {
    const file = this.entry?.file;
    return file === undefined || this.on.machine.frames(process)[0]?.place?.file === file;
  }

  /** The machine asks about every statement of a process only while somebody wants to know. */
  private ask(process: ProcessState): void {
    const wanted =
      this.askAlways ||
      this.entry !== undefined ||
      this.pending !== undefined ||
      this.watches.watching ||
      this.stepping.active(process.number);
    this.on.machine.step(process, wanted);
  }

  private drop(process: number): void {
    this.stopped.delete(process);
    this.variables.forget(process);
    this.tellWaiting();
  }

  private tellWaiting(): void {
    if (!this.someStopped) for (const go of this.waiting.splice(0)) go();
  }
}
