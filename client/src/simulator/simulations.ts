import * as vscode from 'vscode';
import {
  advanceRequest,
  closeRequest,
  expireRequest,
  reloadRequest,
  type SendParams,
  type SendResult,
  type SimulatorState,
  sendRequest,
  stateRequest,
  type TraceEvent,
  traceEvent,
  traceRequest,
  undoneEvent,
} from '#runtime/protocol.js';
import { uriText } from '../files.js';
import { debugType, languageId } from '../names.js';

/** How long events gather before the state is asked for again (milliseconds). */
const GATHER = 80;

/** One simulator behind a debug session: what happened in it so far, what it looks like now, and what it can be told to do. */
export class Simulation implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onChanged = this.changed.event;
  readonly events: TraceEvent[] = [];
  /** As of the last answer; undefined until there was one. */
  state: SimulatorState | undefined;
  /** How often it went back, so that the end of `events` became another one. */
  timesBack = 0;
  running = true;
  private asking: 'no' | 'yes' | 'again' = 'no';

  constructor(readonly session: vscode.DebugSession) {}

  dispose(): void {
    this.running = false;
    this.changed.dispose();
  }

  /** What happened before this one listened: a simulator that was attached to has a past. */
  async recall(): Promise<void> {
    const { events } = await this.ask<{ events: TraceEvent[] }>(traceRequest);
    this.events.splice(0, this.events.length, ...events);
    this.update();
  }

  /** Takes a message of the debug adapter and looks again where it may have changed something. */
  heard(message: { readonly type: string; readonly event?: string; readonly body?: unknown }): void {
    if (message.type !== 'event') return;
    if (message.event === traceEvent) this.events.push(message.body as TraceEvent);
    else if (message.event === undoneEvent) {
      const { events } = message.body as { readonly events: number };
      this.events.splice(Math.max(0, this.events.length - events));
      this.timesBack++;
    } else if (message.event !== 'stopped' && message.event !== 'continued') return;
    this.update();
  }

  /** Code was saved: the next call runs it. Which project it belongs to the simulator knows. */
  saved(uri: vscode.Uri): void {
    this.ask(reloadRequest, { path: uri.scheme === 'file' ? uri.fsPath : uriText(uri) }).catch(() => undefined);
  }

  ended(): void {
    this.running = false;
    this.state = undefined;
    this.changed.fire();
  }

  /** Asks for the state, once for all that happens within a moment. */
  update(): void {
    if (this.asking !== 'no') {
      this.asking = 'again';
      return;
    }
    this.asking = 'yes';
    setTimeout(() => void this.refresh(), GATHER);
  }

  async close(id: string): Promise<boolean> {
    return (await this.act<{ closed: boolean }>(closeRequest, { session: id })).closed;
  }

  async expire(id: string): Promise<boolean> {
    return (await this.act<{ expired: boolean }>(expireRequest, { session: id })).expired;
  }

  async advance(milliseconds: number): Promise<void> {
    await this.act(advanceRequest, { milliseconds });
  }

  send(params: SendParams): Promise<SendResult> {
    return this.act(sendRequest, params);
  }

  private async act<T>(request: string, params: object): Promise<T> {
    try {
      return await this.ask<T>(request, params);
    } finally {
      this.update();
    }
  }

  private async ask<T>(request: string, params?: object): Promise<T> {
    return (await this.session.customRequest(request, params)) as T;
  }

  private async refresh(): Promise<void> {
    if (this.asking === 'again') this.asking = 'yes';
    try {
      if (this.running) this.state = await this.ask<SimulatorState>(stateRequest);
    } catch {
      // Not ready yet, or at its end: the next event asks again.
    }
    const again = (this.asking as string) === 'again';
    this.asking = 'no';
    this.changed.fire();
    if (again && this.running) this.update();
  }
}

/** The simulators that run, and the last one that ran: its story can still be read. */
export class Simulations implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires when one starts, ends, or looks different. */
  readonly onChanged = this.changed.event;
  private readonly known = new Map<string, Simulation>();
  private readonly subscriptions: vscode.Disposable[];
  private last: Simulation | undefined;

  constructor() {
    this.subscriptions = [
      this.changed,
      vscode.debug.registerDebugAdapterTrackerFactory(debugType, {
        createDebugAdapterTracker: (session) => {
          const simulation = this.add(session);
          return { onDidSendMessage: (message) => simulation.heard(message) };
        },
      }),
      vscode.debug.onDidStartDebugSession((session) => {
        if (session.configuration.type !== debugType) return;
        const simulation = this.add(session);
        if (session.configuration.request === 'attach') simulation.recall().catch(() => undefined);
        else simulation.update();
      }),
      vscode.debug.onDidTerminateDebugSession((session) => {
        this.known.get(session.id)?.ended();
        this.known.delete(session.id);
        this.changed.fire();
      }),
      vscode.debug.onDidChangeActiveDebugSession(() => this.changed.fire()),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (document.languageId === languageId) for (const one of this.running) one.saved(document.uri);
      }),
    ];
  }

  dispose(): void {
    for (const one of [...this.known.values(), ...this.subscriptions]) one.dispose();
  }

  get running(): readonly Simulation[] {
    return [...this.known.values()];
  }

  /** The one that the debugger shows, or the only one that runs. */
  get current(): Simulation | undefined {
    const active = vscode.debug.activeDebugSession;
    return (active && this.known.get(active.id)) ?? [...this.known.values()].at(-1);
  }

  /** The current one, or where none runs the last that did. */
  get latest(): Simulation | undefined {
    return this.current ?? this.last;
  }

  private add(session: vscode.DebugSession): Simulation {
    const known = this.known.get(session.id);
    if (known) return known;
    const simulation = new Simulation(session);
    this.known.set(session.id, simulation);
    this.last = simulation;
    simulation.onChanged(() => this.changed.fire());
    this.changed.fire();
    return simulation;
  }
}
