import type { DebugHooks } from '../machine/machine.js';
import type { Frame, ProcessState } from '../machine/types.js';
import type { SimulatorSnapshot } from '../simulator/snapshot.js';
import type { Simulator } from '../simulator.js';
import type { Control, Question } from './control.js';
import { type Handlers, Refusal } from './handlers.js';

/** The state before a slice of code, and where processes were stopped in it: enough to run it again in the same way. */
interface Checkpoint {
  readonly snapshot: SimulatorSnapshot;
  /** Steps done before it. */
  readonly position: number;
  /** Steps of the slice. */
  readonly steps: number;
  /** Number of the process that ran alone. */
  readonly alone: number | undefined;
  /** Events that had been told before it. */
  readonly told: number;
  /** Requests under way. */
  readonly requests: ReadonlySet<number>;
  readonly stops: Set<string>;
}

/** A statement that a process came to when a slice was run again. */
interface Visit {
  readonly position: number;
  readonly frame: number;
  readonly breakpoint: boolean;
}

const texts = {
  beginning: {
    en: 'There is nothing before this statement: it is where the request or method began, or as far back as is kept.',
    es: 'No hay nada antes de esta instrucción: es donde empezó la petición o el método, o hasta donde se guarda.',
  },
  lost: {
    en: 'The way back is not known: the code ran differently when it was run again.',
    es: 'No se conoce el camino de vuelta: el código se ejecutó de otra manera al repetirlo.',
  },
};

/** Slices that are kept. */
const most = 200;
/** Share of the time that keeping them may take, and milliseconds that it may take in any case. */
const share = 0.1;
const allowance = 300;

/**
 * The past of a run: a copy of the simulator's state before each slice of code. A slice runs the same way again, so every statement in it can be
 * found and gone back to. While copies would take too much of the time, as under load, none are made, and what lies before is forgotten.
 */
export class History {
  private checkpoints: Checkpoint[] = [];
  private spent = 0;
  /** Events told on the way to the present. */
  private told = 0;
  private readonly began: number;

  constructor(
    private readonly simulator: Simulator,
    private readonly control: Control,
    /** Nothing that happens meanwhile is told. */
    private readonly silently: <T>(run: () => T) => T,
    private readonly now: () => number,
    private readonly wake: () => void,
    /** So many of the last events have not happened, now that the present is another one. */
    private readonly undone: (events: number) => void,
  ) {
    this.began = now();
  }

  readonly handlers: Handlers = {
    stepBack: ({ threadId }) => this.back(threadId, 'step'),
    reverseContinue: ({ threadId }) => this.back(threadId, 'breakpoint'),
  };

  /** The simulator has told something, also while the past is gone through again. */
  heard(): void {
    this.told++;
  }

  /** Keeps the state before a slice in which something will run. */
  keep(steps: number, alone: ProcessState | undefined): void {
    const { machine, web } = this.simulator;
    let runs = false;
    for (const { status } of machine.state.processes.values()) {
      runs = status === 'ready' || status === 'waiting';
      if (runs) break;
    }
    if (!runs) return;
    const before = this.now();
    if (this.spent > allowance + share * (before - this.began)) {
      this.checkpoints = [];
      return;
    }
    this.checkpoints.push({
      snapshot: this.simulator.snapshot(),
      position: machine.position,
      steps,
      alone: alone?.number,
      told: this.told,
      requests: new Set(web.state.requests.keys()),
      stops: new Set(),
    });
    if (this.checkpoints.length > most) this.checkpoints.shift();
    this.spent += this.now() - before;
  }

  /** What lies before cannot be run again in the same way: the code is another one. */
  forget(): void {
    this.checkpoints = [];
  }

  /** A process stops at one of the machine's questions. */
  stops(process: number, question: Question, position: number): void {
    this.checkpoints.at(-1)?.stops.add(`${process}${question}${position}`);
  }

  private back(thread: number, to: 'step' | 'breakpoint'): void {
    const process = this.control.stoppedProcess(thread);
    const frames = new Set(process.frames.map(({ id }) => id));
    const pending = [...this.simulator.web.state.requests.keys()];
    let until = this.control.positionOf(thread) ?? this.simulator.machine.position;
    const present = this.simulator.snapshot();
    const { told } = this;
    let earliest: { checkpoint: Checkpoint; visit: Visit } | undefined;
    for (let i = this.checkpoints.length - 1; i >= 0; i--) {
      const checkpoint = this.checkpoints[i];
      // Not beyond the arrival of a request that is under way: nobody would answer it.
      if (!pending.every((request) => checkpoint.requests.has(request))) break;
      const visits = this.visits(checkpoint, thread, until).filter(({ frame }) => to === 'breakpoint' || frames.has(frame));
      const wanted = to === 'breakpoint' ? visits.filter(({ breakpoint }) => breakpoint) : visits;
      const visit = wanted.at(-1);
      if (visit) {
        this.goTo(i, thread, visit, to);
        this.undone(told - this.told);
        return;
      }
      if (visits.length) earliest = { checkpoint, visit: visits[0] };
      until = checkpoint.position;
    }
    if (to === 'breakpoint' && earliest) {
      this.goTo(this.checkpoints.indexOf(earliest.checkpoint), thread, earliest.visit, 'entry');
      this.undone(told - this.told);
    } else {
      this.silently(() => this.simulator.restore(present, false));
      this.told = told;
      throw new Refusal(texts.beginning);
    }
  }

  /** Runs a slice again and gives the statements of a process in it that lie before a position. */
  private visits(checkpoint: Checkpoint, thread: number, until: number): Visit[] {
    const { machine } = this.simulator;
    const visits: Visit[] = [];
    this.replay(checkpoint, {
      onStatement: (process, frame, statement) => {
        const { position } = machine;
        if (process.number === thread && position < until) {
          visits.push({ position, frame: frame.id, breakpoint: this.isBreakpoint(process, frame, statement) });
        }
        return this.stopped(checkpoint, process, '.');
      },
      onCommand: (process) => this.stopped(checkpoint, process, '('),
      onError: (process) => this.stopped(checkpoint, process, '!'),
    });
    return visits;
  }

  /** Puts the state back to the moment before a statement; what came later is forgotten. */
  private goTo(index: number, thread: number, { position }: Visit, to: 'step' | 'breakpoint' | 'entry'): void {
    const { machine } = this.simulator;
    const checkpoint = this.checkpoints[index];
    const others: ProcessState[] = [];
    let reached: ProcessState | undefined;
    this.replay(checkpoint, {
      onStatement: (process) => {
        // Once there, nobody else goes on either.
        if (reached) others.push(process);
        else if (process.number === thread && machine.position === position) reached = process;
        return reached ? 'stop' : this.stopped(checkpoint, process, '.');
      },
      onCommand: (process) => this.stopped(checkpoint, process, '('),
      onError: (process) => this.stopped(checkpoint, process, '!'),
    });
    this.checkpoints = this.checkpoints.slice(0, index + 1);
    for (const other of others) machine.resume(other);
    this.control.wentBack(reached?.number);
    if (!reached) throw new Refusal(texts.lost);
    this.control.stands(reached, to, position);
    this.wake();
  }

  private replay(checkpoint: Checkpoint, hooks: DebugHooks): void {
    const { machine } = this.simulator;
    this.silently(() => {
      this.simulator.restore(checkpoint.snapshot, false);
      this.told = checkpoint.told;
      const { debug } = machine;
      machine.debug = hooks;
      this.control.askAlways = true;
      this.control.askAll();
      try {
        const alone = checkpoint.alone === undefined ? undefined : machine.state.processes.get(checkpoint.alone);
        if (alone) machine.runProcess(alone, checkpoint.steps);
        else machine.run(checkpoint.steps);
      } finally {
        machine.debug = debug;
        this.control.askAlways = false;
        this.control.askAll();
      }
    });
  }

  private stopped({ stops }: Checkpoint, process: ProcessState, question: Question): 'go' | 'stop' {
    return stops.has(`${process.number}${question}${this.simulator.machine.position}`) ? 'stop' : 'go';
  }

  private isBreakpoint(process: ProcessState, frame: Frame, statement: number): boolean {
    return this.control.breakpoints.wouldStop(process, frame, statement);
  }
}
