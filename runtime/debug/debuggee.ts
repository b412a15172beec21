import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import type { Simulator } from '../simulator.js';
import type { TraceEvent } from '../trace.js';
import type { Client } from './client.js';
import { Completions } from './completions.js';
import { Console } from './console.js';
import { Control } from './control.js';
import type { Debugged } from './debugged.js';
import { Evaluation } from './evaluate.js';
import { Explorer } from './explorer.js';
import type { CustomHandlers, Handlers } from './handlers.js';
import { History } from './history.js';
import type { DebugHost } from './host.js';
import { Jumps } from './jumps.js';
import { loadedSources } from './loadedSources.js';
import { Output } from './output.js';
import { Reloading } from './reloading.js';
import { RequestPlayer } from './requests.js';
import type { Sources } from './sources.js';
import { Threads } from './threads.js';
import { Variables } from './variables.js';

/** What a debuggee is told of its surroundings. */
export interface DebuggeeHost extends Pick<DebugHost, 'soon' | 'now' | 'guards'> {
  readonly url: () => string | undefined;
  /** Name of a client, beside those of requests, that holds this value in the cookie of this name. */
  readonly clientWith?: (cookie: string, value: string) => string | undefined;
  /** What the simulator tells is for nobody: the past is gone through again. */
  readonly mute?: (on: boolean) => void;
  /** So many of the last things that the simulator told have not happened: it went back. */
  readonly undone?: (events: number) => void;
}

/** A simulator with a debugger in front of it: all rooms of the debugger, put together. */
export class Debuggee implements Debugged {
  readonly catalogue = defaultCatalogue();
  readonly machine;
  readonly project;
  readonly files;
  readonly control: Control;
  readonly player: RequestPlayer;
  readonly handlers: Handlers;
  readonly customHandlers: CustomHandlers;
  /** Tells the client nothing any more. */
  silent = false;
  private readonly evaluation: Evaluation;
  private readonly history: History;
  private readonly output: Output;
  private readonly threads: Threads;

  constructor(
    readonly simulator: Simulator,
    readonly client: Client,
    readonly sources: Sources,
    private readonly host: DebuggeeHost,
  ) {
    this.machine = simulator.machine;
    this.project = simulator.project;
    this.files = simulator.sourceFiles;
    this.output = new Output(client, sources);
    this.threads = new Threads(this);
    const variables = new Variables(this);
    this.control = new Control(this, variables, {
      // The client hears that a process goes on before it hears that it has stopped again.
      wake: () => host.soon(() => simulator.resume()),
      runAlone: (process) => simulator.runAlone(process),
    });
    this.player = new RequestPlayer(simulator);
    const clientWith = (cookie: string, value: string) => this.player.clientWith(cookie, value) ?? host.clientWith?.(cookie, value);
    const explorer = new Explorer(simulator, this.player, this.output.events, host.url, clientWith);
    const verbs = new Console(client, explorer, this.output);
    this.evaluation = new Evaluation(this, this.control, variables, verbs, {
      soon: host.soon,
      hold: (work) => simulator.hold(work),
      memory: () => host.guards?.memory?.() ?? 0,
    });
    const reloading = new Reloading(this, simulator, (file) => {
      this.history.forget();
      this.control.breakpoints.replace(file);
    });
    this.control.breakpoints.reload = (source) => reloading.reload(source);
    this.history = new History(
      simulator,
      this.control,
      (run) => this.silently(run),
      host.now,
      () => host.soon(() => simulator.resume()),
      (events) => {
        this.output.undone(events);
        host.undone?.(events);
      },
    );
    this.handlers = {
      ...this.history.handlers,
      ...this.control.breakpoints.handlers,
      ...this.control.exceptions.handlers,
      ...this.control.handlers,
      ...this.control.watches.handlers,
      ...this.threads.handlers,
      ...variables.handlers,
      ...this.evaluation.handlers,
      ...new Jumps(this, this.control, (file, frame) => reloading.isOutdated(file, frame)).handlers,
      ...new Completions(this, this.control, verbs).handlers,
      ...loadedSources(this),
    };
    this.customHandlers = { ...explorer.handlers, ...reloading.handlers };
    this.control.onStop = (process, question, position) => this.history.stops(process, question, position);
  }

  /** While a line of the console runs, requests wait for it, and those that are to stop something end it. Undefined when there is nothing to wait for. */
  busy(command: string): Promise<void> | undefined {
    if (command === 'cancel') return undefined;
    if (/^(pause|terminate|disconnect|terminateThreads|restart)$/.test(command)) this.evaluation.giveUp();
    return this.evaluation.busy;
  }

  /** The machine asks from now on. */
  attach(): void {
    this.machine.debug = this.control;
    this.simulator.beforeSlice = (steps, alone) => this.history.keep(steps, alone);
  }

  /** Breakpoints and filters of a former run hold for this one. */
  takeOver({ control }: Debuggee): void {
    this.control.exceptions.takeOver(control.exceptions);
    this.control.breakpoints.takeOver(control.breakpoints);
  }

  /** Leaves the simulator as if no debugger had been there. */
  detach(): void {
    this.evaluation.giveUp();
    if (this.machine.debug !== this.control) return;
    this.silent = true;
    this.simulator.beforeSlice = undefined;
    this.control.letGo();
  }

  private silently<T>(run: () => T): T {
    this.silent = true;
    this.host.mute?.(true);
    try {
      return this.control.quietly(run);
    } finally {
      this.host.mute?.(false);
      this.silent = false;
    }
  }

  /** Takes note of what was told before. */
  recall(events: readonly TraceEvent[]): void {
    this.output.events.push(...events);
  }

  trace(event: TraceEvent): void {
    this.history.heard();
    this.control.begins(event);
    if (this.silent) return;
    this.output.trace(event);
    this.control.trace(event);
    this.threads.trace(event);
  }
}
