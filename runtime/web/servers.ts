import type { ProcessState } from '../machine/types.js';
import { SERVER } from './context.js';
import type { WebServer } from './webServer.js';

/** The web servers of a simulated 4D: the host's, and one for each component, which starts only when its code asks for that (facts: web-sessions §11). */
export class WebServers {
  readonly all: readonly WebServer[];

  constructor(
    readonly host: WebServer,
    private readonly components: ReadonlyMap<string, WebServer> = new Map(),
  ) {
    this.all = [host, ...components.values()];
  }

  /** The server of a component by its name, the host's without one; undefined when there is no such component. */
  named(component: string | undefined): WebServer | undefined {
    return component === undefined ? this.host : this.components.get(component);
  }

  /** The server whose request or session a process serves; the host's for any other. */
  of(process: ProcessState | undefined): WebServer {
    const component = process?.extra.get(SERVER);
    return (typeof component === 'string' && this.components.get(component)) || this.host;
  }

  /** Ends what has been idle for too long; to be called whenever virtual time has moved. */
  expire(): void {
    for (const server of this.all) server.expire();
  }

  /** When `expire` has something to do next, in virtual milliseconds. */
  nextExpiry(): number | undefined {
    let next: number | undefined;
    for (const server of this.all) {
      const expiry = server.nextExpiry();
      if (expiry !== undefined && (next === undefined || expiry < next)) next = expiry;
    }
    return next;
  }
}
