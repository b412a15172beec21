import type { OutsideWork } from '../machine/types.js';
import type { WebServer } from './webServer.js';

/** What the web and session themes of the library find as `call.host`. */
export interface WebHost {
  /** The host application's web server. */
  readonly web: WebServer;
  readonly outside: OutsideWork;
}
