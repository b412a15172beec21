import type { HttpRequest, HttpResponse } from '../web/http.js';
import { type HttpServer, serveHttp } from '../web/node/http.js';

export interface ComponentSocketsParts {
  readonly handle: (request: HttpRequest) => Promise<HttpResponse>;
  /** Bytes of a body that the server of a component takes at most. */
  readonly maximumBody: (component: string) => number;
  /** Further names that the servers may be called by. */
  readonly hosts: readonly string[];
  /** Told the address of a server once it can be reached. */
  readonly listens: (component: string, url: string) => void;
}

/** Sockets in front of the web servers of components: each gets one on a free port of the loopback interface when its code first starts it. */
export class ComponentSockets {
  private readonly open = new Map<string, Promise<HttpServer | undefined>>();

  constructor(private readonly parts: ComponentSocketsParts) {}

  /** A component's server has started; while it is stopped its socket answers 503. */
  started(component: string): void {
    if (this.open.has(component)) return;
    const { handle, maximumBody, hosts, listens } = this.parts;
    const opening = serveHttp({
      port: 0,
      handle: (request) => handle({ ...request, server: component }),
      maximumBody: () => maximumBody(component),
      hosts,
    }).then(
      (server) => {
        listens(component, server.url);
        return server;
      },
      () => undefined, // no port is free: the trace tells no address
    );
    this.open.set(component, opening);
  }

  /** Takes no more requests; see {@link HttpServer.close}. */
  async close(patience: number): Promise<void> {
    await Promise.all([...this.open.values()].map(async (opening) => (await opening)?.close(patience)));
  }
}
