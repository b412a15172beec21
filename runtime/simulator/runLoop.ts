import type { Machine } from '../machine/machine.js';
import type { ProcessState } from '../machine/types.js';
import type { WebServers } from '../web/servers.js';
import type { VirtualClock } from './clock.js';
import type { ClockRecord, ClockScript } from './clockReadings.js';
import type { HostEdges } from './types.js';

/** Steps between two looks at the clock and at what has come in. */
const slice = 20_000;
/** Share of the memory from which on the process that holds most of it has to stop. */
const fullMemory = 0.8;

/** Milliseconds for which things that fell due meanwhile happen one after the other; then time moves on to what it is, and the rest happens at once. */
const patience = 1_000;

const soon = Promise.resolve();

export interface RunLoopParts {
  readonly machine: Pick<Machine<unknown>, 'run' | 'runProcess' | 'relieve' | 'position'>;
  readonly web: Pick<WebServers, 'expire' | 'nextExpiry'>;
  readonly clock: VirtualClock;
  readonly host: HostEdges;
  /** Notes what the clock shows, or says it. */
  readonly record?: ClockRecord;
  readonly script?: ClockScript;
  /** True while somebody waits for code to end: then a clock without a speed of its own moves on to what is due next. */
  readonly awaited: () => boolean;
  /** Told before each slice, with its steps and the process that runs alone: nothing runs now, and until the slice ends nothing comes in from outside. */
  readonly beforeSlice?: (steps: number, alone?: ProcessState) => void;
}

/**
 * Lets the machine run whenever something can, and sleep until then. Work outside (a file that is read) holds it, so that the order of events
 * does not depend on how long that takes. A process that the debugger has stopped holds nothing but itself.
 */
export class RunLoop {
  private readonly holds = new Set<Promise<void>>();
  /** It runs, or is about to. */
  private running = false;
  private again = false;
  /** When a process goes on by itself, as it was after the last slice. */
  private nextWake: number | undefined;
  /** Who waits until nothing can run. */
  private waiting: (() => void)[] = [];
  private timer: { readonly at: number; readonly cancel: () => void } | undefined;
  private ended = false;
  /** More time has passed at the host than the clock shows: since when, and who waits until it has caught up. */
  private behind: { readonly since: number; readonly waiting: (() => void)[] } | undefined;

  constructor(private readonly parts: RunLoopParts) {}

  /** Something may be able to run. What comes in at the same moment belongs to the same run. */
  wake(): void {
    this.again = true;
    if (this.ended || this.running) return;
    this.running = true;
    void soon.then(this.begin);
  }

  /**
   * What comes in from outside comes at its own moment, not at the one when code ran last. A promise where something else fell due before it (the
   * computer slept, or had too much to do): it settles when that has happened. Who comes meanwhile waits too, so that all keep their order.
   */
  catchUp(): Promise<void> | undefined {
    if (!this.behind && this.parts.clock.passes(this.nextDue(this.nextWake))) {
      this.behind = { since: this.parts.host.now(), waiting: [] };
      this.wake();
    }
    const { behind } = this;
    if (behind) return new Promise((caughtUp) => behind.waiting.push(caughtUp));
    if (!this.running) this.parts.clock.sync();
    return undefined;
  }

  /** Lets the time pass that has passed at the host, but not beyond what is due next: that happens at its own moment. True when there is more to pass. */
  private passTime(): boolean {
    const { clock, host } = this.parts;
    if (clock.syncTo(this.nextDue(this.nextWake))) {
      this.behind ??= { since: host.now(), waiting: [] };
      if (host.now() - this.behind.since < patience) return true;
      clock.sync();
    }
    return false;
  }

  private caughtUp(): void {
    const { behind } = this;
    this.behind = undefined;
    for (const goOn of behind?.waiting ?? []) goOn();
  }

  /** Nothing runs until the work has settled. */
  hold(work: Promise<void>): void {
    const release = (): void => this.release(held);
    const held: Promise<void> = work.then(release, release);
    this.holds.add(held);
    this.wake();
  }

  private release(held: Promise<void>): void {
    this.holds.delete(held);
    this.wake();
  }

  /** Runs one process while nothing else does, until it stops, waits or ends. */
  alone(process: ProcessState): void {
    this.hold(this.runAlone(process));
  }

  private async runAlone(process: ProcessState): Promise<void> {
    const { machine, clock, host } = this.parts;
    do {
      await host.breathe();
      if (this.ended || process.status !== 'ready') return;
      clock.sync();
      this.parts.beforeSlice?.(slice, process);
      machine.runProcess(process, slice);
    } while (process.status === 'ready');
  }

  /** Settles when nothing can run. */
  async settled(): Promise<void> {
    while (this.running) await new Promise<void>((quiet) => this.waiting.push(quiet));
  }

  /** Moves the clock on, stopping wherever something is due. */
  async advance(milliseconds: number): Promise<void> {
    const { clock, machine, script } = this.parts;
    const target = clock.now() + Math.max(0, milliseconds);
    for (;;) {
      this.wake();
      await this.settled();
      const due = script?.waiting(machine.position, clock.now(), target) ?? this.nextDue(machine.run(0).nextWake);
      clock.moveTo(due === undefined ? target : Math.min(due, target));
      this.wake();
      await this.settled();
      if (clock.now() >= target) return;
    }
  }

  /** Stops for good. */
  end(): void {
    this.ended = true;
    this.timer?.cancel();
    this.caughtUp();
  }

  /** Most runs are one slice that waits for nothing, and need no promise of their own. */
  private readonly begin = (): void => {
    let more = false;
    try {
      this.again = false;
      more = !this.ended && (this.holds.size > 0 || this.turn());
    } finally {
      if (more) void this.run();
      else this.rest();
    }
  };

  private async run(): Promise<void> {
    const { host } = this.parts;
    let lastBreath = host.now();
    try {
      do {
        if (host.now() - lastBreath >= 10) {
          await host.breathe();
          lastBreath = host.now();
        }
        this.again = false;
        while (this.holds.size) await Promise.all(this.holds);
      } while (!this.ended && this.turn());
    } finally {
      this.rest();
    }
  }

  /** One slice of code; true when there is more to run. */
  private turn(): boolean {
    const { machine, web, clock, host, record, script, beforeSlice } = this.parts;
    const behind = this.passTime();
    record?.note(machine.position, clock.now());
    if (script && machine.run(0).ready) clock.moveTo(script.goingOn(machine.position, clock.now()) ?? clock.now());
    web.expire();
    const limit = Math.min(slice, script?.stepsLeft(machine.position, clock.now()) ?? slice);
    beforeSlice?.(limit);
    const { ready, nextWake, steps } = machine.run(limit);
    if (steps >= slice && (host.memory?.() ?? 0) > fullMemory) machine.relieve();
    this.nextWake = nextWake;
    if (this.behind && !behind) this.caughtUp();
    return ready || behind || this.holds.size > 0 || this.again || this.moveOn(nextWake);
  }

  private rest(): void {
    if (!this.ended) this.sleep(this.nextWake);
    this.running = false;
    if (this.again) this.wake();
    if (this.running || !this.waiting.length) return;
    const { waiting } = this;
    this.waiting = [];
    for (const quiet of waiting) quiet();
  }

  /** A clock that stands still moves on by itself only while somebody waits for something that waits for it. */
  private moveOn(nextWake: number | undefined): boolean {
    const { clock, awaited, machine, script } = this.parts;
    if (clock.speed > 0 || nextWake === undefined || !awaited()) return false;
    const before = clock.now();
    clock.moveTo(script?.waiting(machine.position, clock.now()) ?? this.nextDue(nextWake) ?? before);
    return clock.now() > before;
  }

  /** The next moment at which something happens by itself, `nextWake` being that of a process; undefined when none is in sight. */
  private nextDue(nextWake: number | undefined): number | undefined {
    const now = this.parts.clock.now();
    const wake = nextWake !== undefined && nextWake > now ? nextWake : undefined;
    const expiry = this.parts.web.nextExpiry();
    if (expiry === undefined || expiry <= now) return wake;
    return wake === undefined || expiry < wake ? expiry : wake;
  }

  /** Until something is due. A timer that wakes it sooner than that is left: nothing happens then. */
  private sleep(nextWake: number | undefined): void {
    const { clock, host } = this.parts;
    const due = this.nextDue(nextWake);
    const wait = due === undefined ? undefined : clock.hostMillisecondsTo(due);
    if (wait === undefined) return;
    const at = host.now() + wait;
    if (this.timer && this.timer.at <= at) return;
    this.timer?.cancel();
    const cancel = host.timer(wait, () => {
      this.timer = undefined;
      this.wake();
    });
    this.timer = { at, cancel };
  }
}
