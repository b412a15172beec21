/**
 * Clients that hold the same conversation with the adapter: VS Code's own test library, a bare client of our own that knows no library, and
 * nvim-dap, which Mathias Fußenegger wrote for Neovim and which shares no code with VS Code or with us.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { resolve } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import type { DebugProtocol as P } from '@vscode/debugprotocol';
import { adapterPath } from './adapter.js';
import { Bare } from './bare.js';

// biome-ignore lint/suspicious/noExplicitAny: bodies of answers and events are what the transcripts show.
type Body = any;

export interface Start {
  readonly request?: 'launch' | 'attach';
  readonly configuration: object;
  /** Sets breakpoints before anything runs. */
  readonly configure?: () => Promise<unknown>;
  /** What this client says it can do. */
  readonly can?: Partial<P.InitializeRequestArguments>;
}

export interface Talk {
  start(start: Start): Promise<void>;
  /** The body of the answer; of a refusal its text, as `refused`. */
  ask(command: string, args?: object): Promise<Body>;
  /** The body of the next event of this name that was not taken yet. */
  event(name: string): Promise<Body>;
  /** Leaves as the client does when its user leaves; once. */
  end(): Promise<void>;
}

/** Events by name, in the order they came. */
class Events {
  private readonly came = new Map<string, Body[]>();
  private readonly wanted = new Map<string, ((body: Body) => void)[]>();

  take(name: string, body: Body): void {
    const next = this.wanted.get(name)?.shift();
    if (next) next(body);
    else this.came.set(name, [...(this.came.get(name) ?? []), body]);
  }

  next(name: string): Promise<Body> {
    const bodies = this.came.get(name);
    if (bodies?.length) return Promise.resolve(bodies.shift());
    return new Promise((done) => this.wanted.set(name, [...(this.wanted.get(name) ?? []), done]));
  }
}

const initialize = { adapterID: '4d-simulator', linesStartAt1: true, columnsStartAt1: true, pathFormat: 'path', locale: 'en' };
const eventNames = ['initialized', 'stopped', 'continued', 'terminated', 'exited', 'thread', 'breakpoint', 'invalidated', 'output'];

/** `@vscode/debugadapter-testsupport`. */
export class TestSupport implements Talk {
  private readonly client = new DebugClient(process.execPath, adapterPath, '4d-simulator', undefined, true);
  private readonly events = new Events();
  private left: Promise<void> | undefined;

  async start({ request = 'launch', configuration, configure, can }: Start): Promise<void> {
    this.client.defaultTimeout = 30_000;
    for (const name of [...eventNames, 'progressStart', 'progressEnd'])
      this.client.on(name, ({ body }: P.Event) => this.events.take(name, body));
    await this.client.start();
    await this.client.initializeRequest({ ...initialize, ...can });
    await this.client.customRequest(request, configuration);
    await this.event('initialized');
    await configure?.();
    await this.client.configurationDoneRequest();
  }

  ask(command: string, args: object = {}): Promise<Body> {
    return this.client.customRequest(command, args).then(
      ({ body }) => body,
      ({ message }: Error) => ({ refused: message }),
    );
  }

  event = (name: string): Promise<Body> => this.events.next(name);
  end(): Promise<void> {
    this.left ??= this.client.stop();
    return this.left;
  }
}

/** A client without a library: it asks on before it has heard the answer to `launch`, and knows no more than the standard demands. */
export class BareTalk implements Talk {
  private readonly bare = new Bare();
  private readonly taken = new Set<object>();

  async start({ request = 'launch', configuration, configure, can }: Start): Promise<void> {
    void this.bare.send('initialize', { ...initialize, ...can });
    void this.bare.send(request, configuration);
    await this.event('initialized');
    await configure?.();
    await this.bare.send('configurationDone');
  }

  async ask(command: string, args: object = {}): Promise<Body> {
    const { success, message, body } = await this.bare.send(command, args);
    return success ? body : { refused: message };
  }

  async event(name: string): Promise<Body> {
    const found = await this.bare.find((message) => message.event === name && !this.taken.has(message));
    this.taken.add(found);
    return found.body;
  }

  async end(): Promise<void> {
    const { adapter } = this.bare;
    if (adapter.stdin!.writableEnded) return;
    const gone = adapter.exitCode === null ? once(adapter, 'exit') : undefined;
    adapter.stdin!.end();
    await gone;
  }
}

/** nvim-dap, whose folder is in `NVIM_DAP`: it starts the adapter, greets it and ends the configuration by itself. */
export class NeovimTalk implements Talk {
  private readonly events = new Events();
  private readonly answers = new Map<number, (body: Body) => void>();
  private next = 1;
  private socket: Socket | undefined;
  private nvim: ChildProcess | undefined;
  private readonly server = createServer();

  async start({ request = 'launch', configuration, configure }: Start): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address() as { port: number };
    const lua = resolve('runtime/debug/test/nvimDap.lua');
    const env = {
      ...process.env,
      FOURD_PORT: String(address.port),
      FOURD_NODE: process.execPath,
      FOURD_ADAPTER: adapterPath,
      LANG: 'C.UTF-8',
    };
    const nvim = spawn('nvim', ['--clean', '--headless', '-u', lua], { stdio: ['ignore', 'inherit', 'inherit'], env });
    this.nvim = nvim;
    const [socket] = (await Promise.race([
      once(this.server, 'connection'),
      once(nvim, 'exit').then(() => Promise.reject(new Error('Neovim has ended'))),
    ])) as [Socket];
    this.socket = socket;
    createInterface(socket).on('line', (line) => {
      const { id, event, body, refused } = JSON.parse(line);
      if (event !== undefined) this.events.take(event, body);
      else this.answers.get(id)?.(refused === undefined ? body : { refused });
    });
    this.say({ run: { type: '4d-simulator', name: 'row', request, ...configuration } });
    await this.event('initialized');
    await configure?.();
    this.say({ configured: true });
  }

  ask(command: string, args: object = {}): Promise<Body> {
    const id = this.next++;
    const answer = new Promise<Body>((done) => this.answers.set(id, done));
    this.say({ id, command, arguments: args });
    return answer;
  }

  event = (name: string): Promise<Body> => this.events.next(name);

  async end(): Promise<void> {
    if (!this.server.listening) return;
    this.server.close();
    const gone = this.nvim?.exitCode === null ? once(this.nvim, 'exit') : undefined;
    this.say({ leave: true });
    await gone;
    this.socket?.end();
  }

  private say(message: object): void {
    this.socket?.write(`${JSON.stringify(message)}\n`);
  }
}
