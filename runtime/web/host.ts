import type { OutsideWork } from '../machine/types.js';
import type { WebServers } from './servers.js';
import type { WebServer } from './webServer.js';

/** What the web and session themes of the library find as `call.host`. */
export interface WebHost {
  /** The web server whose request the running process serves; the host's for any other. */
  readonly web: WebServer;
  readonly servers: WebServers;
  readonly outside: OutsideWork;
}
