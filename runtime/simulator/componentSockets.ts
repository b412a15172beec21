import type { HttpRequest, HttpResponse } from '../web/http.js';

/** A socket in front of one server. */
export interface Socket {
  readonly url: string;
  close(): Promise<void>;
}

export interface ComponentSocketsParts {
  /** Listens on a free port of the loopback interface. */
  readonly listen: (options: {
    readonly port: 0;
    readonly handle: (request: HttpRequest) => Promise<HttpResponse>;
    readonly maximumBody: () => number;
  }) => Promise<Socket>;
  readonly handle: (request: HttpRequest) => Promise<HttpResponse>;
  /** Bytes of a body that the server of a component takes at most. */
  readonly maximumBody: (component: string) => number;
  /** Told the address of a server once it can be reached. */
  readonly listens: (component: string, url: string) => void;
}

/** Sockets in front of the web servers of components: each gets one on a port of its own when its code first starts it. */
export class ComponentSockets {
  private readonly open = new Map<string, Promise<Socket | undefined>>();

  constructor(private readonly parts: ComponentSocketsParts) {}

  /** A component's server has started; while it is stopped its socket answers 503. */
  started(component: string): void {
    if (this.open.has(component)) return;
    const { listen, handle, maximumBody, listens } = this.parts;
    const opening = listen({
      port: 0,
      handle: (request) => handle({ ...request, server: component }),
      maximumBody: () => maximumBody(component),
    }).then(
      (socket) => {
        listens(component, socket.url);
        return socket;
      },
      () => undefined, // no port is free: the trace tells no address
    );
    this.open.set(component, opening);
  }

  /** Takes no more requests. */
  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map(async (opening) => (await opening)?.close()));
  }
}
