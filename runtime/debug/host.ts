import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import type { HttpRequest, HttpResponse } from '../web/http.js';

/** What the debug adapter needs of where it runs: a process with sockets, or a worker without. */
export interface DebugHost {
  readonly files: FileSystem;
  /** Listens on the loopback interface; left out where there are no sockets. Rejects when the port is taken. */
  readonly listen?: (options: ListenOptions) => Promise<Listener>;
  /** True where `a.4dm` and `A.4dm` are one file. */
  readonly ignoresCase: boolean;
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
