/** A bare LSP client on the server's standard streams: JSON-RPC and nothing more, so that what is tested is what goes over the wire. */
import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createMessageConnection, type MessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import type { Diagnostic, InitializeResult, PublishDiagnosticsParams } from 'vscode-languageserver';

export interface WireOptions {
  readonly capabilities?: unknown;
  readonly rootUri?: string;
  readonly locale?: string;
  readonly initializationOptions?: unknown;
  /** Answers `workspace/configuration`, one item a section asked for. */
  configuration?(section: string, scopeUri: string | undefined): unknown;
}

export class WireClient {
  readonly #server: ChildProcess;
  readonly rpc: MessageConnection;
  initialized!: InitializeResult;
  /** Everything the server published, the newest last. */
  readonly published: PublishDiagnosticsParams[] = [];
  /** Messages the server showed or logged. */
  readonly shown: { readonly method: string; readonly message: string }[] = [];
  readonly registered: string[] = [];
  /** Requests and notifications of the server by method, counted. */
  readonly received = new Map<string, number>();
  #waiting: (() => void)[] = [];
  #stderr = '';
  #ended = false;
  #stopping = false;

  private constructor() {
    this.#server = spawn(process.execPath, [fileURLToPath(new URL('../node/main.js', import.meta.url)), '--stdio'], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#server.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    this.#server.on('exit', () => {
      this.#ended = true;
      this.#wake();
    });
    this.rpc = createMessageConnection(new StreamMessageReader(this.#server.stdout!), new StreamMessageWriter(this.#server.stdin!));
  }

  static async start(options: WireOptions = {}): Promise<WireClient> {
    const client = new WireClient();
    const { rpc } = client;
    const count = (method: string): void => {
      client.received.set(method, (client.received.get(method) ?? 0) + 1);
      client.#wake();
    };
    rpc.onNotification((method: string, params: unknown) => {
      if (method === 'textDocument/publishDiagnostics') client.published.push(params as PublishDiagnosticsParams);
      if (method === 'window/showMessage' || method === 'window/logMessage')
        client.shown.push({ method, message: (params as { message: string }).message });
      count(method);
    });
    rpc.onRequest((method: string, params: unknown) => {
      count(method);
      if (method === 'workspace/configuration')
        return (params as { items: { section: string; scopeUri?: string }[] }).items.map(
          (i) => options.configuration?.(i.section, i.scopeUri) ?? null,
        );
      if (method === 'client/registerCapability')
        client.registered.push(...(params as { registrations: { method: string }[] }).registrations.map((r) => r.method));
      if (method === 'workspace/workspaceFolders') return [];
      return null;
    });
    rpc.listen();
    client.initialized = await rpc.sendRequest('initialize', {
      processId: process.pid,
      rootUri: options.rootUri ?? null,
      capabilities: options.capabilities ?? {},
      locale: options.locale,
      initializationOptions: options.initializationOptions,
    });
    await rpc.sendNotification('initialized', {});
    return client;
  }

  request<R = never>(method: string, params: unknown): Promise<R> {
    return this.rpc.sendRequest(method, params);
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.rpc.sendNotification(method, params);
  }

  open(uri: string, text: string, version = 1): Promise<void> {
    return this.notify('textDocument/didOpen', { textDocument: { uri, languageId: '4d', version, text } });
  }

  /** The whole text replaced. */
  change(uri: string, version: number, text: string): Promise<void> {
    return this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
  }

  /** The diagnostics of a version of a document that satisfy a condition, as soon as they are published. */
  async diagnostics(uri: string, wanted: (found: readonly Diagnostic[]) => boolean = () => true, version?: number): Promise<Diagnostic[]> {
    let found: Diagnostic[] | undefined;
    await this.until(
      () => {
        const last = this.published.findLast((p) => p.uri === uri && (version === undefined || p.version === version));
        found = last && wanted(last.diagnostics) ? last.diagnostics : undefined;
        return found !== undefined;
      },
      `diagnostics of ${uri}; last: ${JSON.stringify(this.published.at(-1))}`,
    );
    return found!;
  }

  /** Waits for messages until a condition holds. The test runner's own limit ends a wait that never does. */
  async until(holds: () => boolean, what: string): Promise<void> {
    while (!holds()) {
      if (this.#ended) throw new Error(`the server ended while waiting for ${what}\n${this.#stderr}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Ends the server in order; gives its exit code. */
  async stop(): Promise<number | null> {
    const exit = new Promise<number | null>((resolve) => {
      if (this.#server.exitCode !== null) resolve(this.#server.exitCode);
      else this.#server.once('exit', resolve);
    });
    if (!this.#ended && !this.#stopping) {
      this.#stopping = true;
      await this.rpc.sendRequest('shutdown');
      await this.rpc.sendNotification('exit');
    }
    const code = await exit;
    this.rpc.dispose();
    return code;
  }
}
