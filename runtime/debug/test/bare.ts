/** The Debug Adapter Protocol in its barest form: no library, no courtesy, nothing of VS Code. */
import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import { adapterPath } from './adapter.js';

export interface Message {
  readonly type: string;
  readonly command?: string;
  readonly request_seq?: number;
  readonly event?: string;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: Readonly<Record<string, never>>;
}

export class Bare {
  readonly messages: Message[] = [];
  private seq = 1;
  private text = Buffer.alloc(0);
  private readonly waiting = new Set<() => void>();

  constructor(readonly adapter: ChildProcess = spawn(process.execPath, [adapterPath], { stdio: ['pipe', 'pipe', 'inherit'] })) {
    adapter.stdout!.on('data', (piece: Buffer) => {
      this.text = Buffer.concat([this.text, piece]);
      for (let end = this.text.indexOf('\r\n\r\n'); end >= 0; end = this.text.indexOf('\r\n\r\n')) {
        const length = Number(/Content-Length: (\d+)/.exec(this.text.toString('latin1', 0, end))![1]);
        if (this.text.length < end + 4 + length) break;
        this.messages.push(JSON.parse(this.text.toString('utf8', end + 4, end + 4 + length)));
        this.text = this.text.subarray(end + 4 + length);
      }
      for (const look of [...this.waiting]) look();
    });
  }

  /** The response to a request. */
  send(command: string, args: object = {}): Promise<Message> {
    const seq = this.seq++;
    this.write(JSON.stringify({ seq, type: 'request', command, arguments: args }));
    return this.find(({ type, request_seq }) => type === 'response' && request_seq === seq);
  }

  write(json: string): void {
    this.adapter.stdin!.write(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
  }

  /** The first message like this, of those that came and those that come. */
  find(is: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.messages.find(is);
        if (!found) return;
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }

  event = (name: string): Promise<Message> => this.find(({ event }) => event === name);
}
