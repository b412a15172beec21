import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import type { HttpRequest, HttpResponse } from '../web/http.js';

/** What the debug adapter needs of where it runs: a process with sockets, or a worker without. */
export interface DebugHost {
  readonly files: FileSystem;
  /** Listens on the loopback interface; left out where there are no sockets. Rejects when the port is taken. */
  readonly listen?: (port: number, handle: (request: HttpRequest) => Promise<HttpResponse>) => Promise<Listener>;
  /** True where `a.4dm` and `A.4dm` are one file. */
  readonly ignoresCase: boolean;
  /** Milliseconds since 1970, for the time since a run began. */
  now(): number;
  /** The client has gone or wants the adapter to end: nothing may be left. */
  exit(): void;
}

/** A socket in front of the simulator. */
export interface Listener {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}
