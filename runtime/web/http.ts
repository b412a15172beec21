/** An HTTP request and response as data: the simulator's core takes and gives these, sockets are outside it. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query as sent: `/4DACTION/Hello?x=1`. */
  readonly target: string;
  /** In the order and case they were sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** There is more of the body than the server takes; `body` is not all of it. */
  readonly tooLarge?: boolean;
  /** Address of the client, `127.0.0.1`. */
  readonly remoteAddress: string;
  /** Address the client called. */
  readonly localAddress: string;
  readonly secure: boolean;
  /** It stands for a request of 4D Mobile: it runs in a process of its own beside the others of its session. Only scenarios say so. */
  readonly mobile?: boolean;
  /** The component whose web server it goes to; to that of the host without it. */
  readonly server?: string;
  /** Name of the client for the trace; an address when it has none. */
  readonly client?: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}
