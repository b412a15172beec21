import type { DebugProtocol as P } from '@vscode/debugprotocol';
import type { Line } from './host.js';

/** Passes the protocol's messages on to a debug adapter in another process, which does the work. */
export class Relay {
  private rest = new Uint8Array();
  /** Answers to requests of our own, by their number. */
  private readonly own = new Map<number, (response: P.Response) => void>();
  private next = -1;

  constructor(
    private readonly line: Line,
    /** Gets every message that is no answer to a request of our own. */
    take: (message: P.ProtocolMessage) => void,
    ended: () => void,
  ) {
    line.onData((data) => {
      for (const message of this.read(data)) {
        const response = message as P.Response;
        const mine = message.type === 'response' ? this.own.get(response.request_seq) : undefined;
        if (!mine) take(message);
        else {
          this.own.delete(response.request_seq);
          mine(response);
        }
      }
    });
    line.onEnd(() => {
      for (const settle of this.own.values()) settle({ seq: 0, type: 'response', request_seq: 0, command: '', success: false });
      ended();
    });
  }

  /** Asks something for ourselves. */
  ask(command: string, args: object): Promise<P.Response> {
    const seq = this.next--;
    this.send({ seq, type: 'request', command, arguments: args } as P.Request);
    return new Promise((resolve) => this.own.set(seq, resolve));
  }

  send(message: P.ProtocolMessage): void {
    const body = new TextEncoder().encode(JSON.stringify(message));
    this.line.send(new TextEncoder().encode(`Content-Length: ${body.length}\r\n\r\n`));
    this.line.send(body);
  }

  end(): void {
    this.line.end();
  }

  private *read(data: Uint8Array): Iterable<P.ProtocolMessage> {
    const joined = new Uint8Array(this.rest.length + data.length);
    joined.set(this.rest);
    joined.set(data, this.rest.length);
    this.rest = joined;
    for (;;) {
      const head = new TextDecoder().decode(this.rest.subarray(0, 64));
      const match = /^Content-Length: (\d+)\r\n\r\n/.exec(head);
      const length = match ? Number(match[1]) : 0;
      if (!match || this.rest.length < match[0].length + length) return;
      const body = this.rest.subarray(match[0].length, match[0].length + length);
      this.rest = this.rest.slice(match[0].length + length);
      yield JSON.parse(new TextDecoder().decode(body));
    }
  }
}
