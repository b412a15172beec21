import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import type { HostGuards } from '../edges.js';
import type { Simulator } from '../simulator.js';
import type { TraceEvent } from '../trace.js';
import type { HttpRequest, HttpResponse } from '../web/http.js';
import type { SourceRoot } from './sources.js';

/** What the debug adapter needs of where it runs: a process with sockets, or a worker without. */
export interface DebugHost {
  readonly files: FileSystem;
  /** Listens on the loopback interface; left out where there are no sockets. Rejects when the port is taken. */
  readonly listen?: (options: ListenOptions) => Promise<Listener>;
  /** A line to a running `fourd serve` that can be joined, by its web port or process number; undefined when there is none. */
  readonly join?: (wanted: { readonly port?: number; readonly pid?: number }) => Promise<Line | undefined>;
  /** The simulator of this very process: `attach` joins it. */
  readonly joined?: Joined;
  /** True where `a.4dm` and `A.4dm` are one file. */
  readonly ignoresCase: boolean;
  /** What this host can do against code that would take all of it. */
  readonly guards?: HostGuards;
  /** Milliseconds, to see how long something takes. */
  now(): number;
  /** Runs something once the answer under way has been sent. */
  soon(run: () => void): void;
  /** The client has gone or wants the adapter to end: nothing may be left. */
  exit(): void;
}

export interface ListenOptions {
  /** 0 for one that is free. */
  readonly port: number;
  readonly handle: (request: HttpRequest) => Promise<HttpResponse>;
  /** Bytes of a body that are taken at most. */
  readonly maximumBody: () => number;
}

/** A socket in front of the simulator. */
export interface Listener {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** A simulator that runs anyway. */
export interface Joined {
  readonly simulator: Simulator;
  readonly sources: SourceRoot;
  readonly url: () => string | undefined;
  /** What it has told so far. */
  readonly events: readonly TraceEvent[];
  /** Hears what it tells from now on; gives what ends that. */
  listen(listener: (event: TraceEvent) => void): () => void;
  /** While true, what it tells is for nobody. */
  readonly mute: (on: boolean) => void;
  /** So many of the last things that it told have not happened: it went back. */
  readonly undone: (events: number) => void;
  /** Ends it, as Ctrl-C does. */
  stop(): void;
}

/** Bytes to and from another process. */
export interface Line {
  send(data: Uint8Array): void;
  onData(take: (data: Uint8Array) => void): void;
  onEnd(ended: () => void): void;
  end(): void;
}
