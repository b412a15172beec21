/** The compiled debug adapter as a client outside VS Code drives it, over standard streams. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import type { TestContext } from 'node:test';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import type { DebugProtocol as P } from '@vscode/debugprotocol';

export const adapterPath = resolve(import.meta.dirname, '../node/main.js');
export const tutorial = resolve('docs/tutorial');

/** Writes a project into a folder of its own: methods by name, other files by their path below the project's root. */
export function project(t: TestContext, methods: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), '4d-debug-')));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('Project/Test.4DProject', '{}');
  for (const [name, text] of Object.entries(methods)) write(name.includes('/') ? name : `Project/Sources/Methods/${name}.4dm`, text);
  return root;
}

export const methodPath = (root: string, name: string): string => join(root, 'Project/Sources/Methods', `${name}.4dm`);

/** A client with what a test needs: events in the order they came, and short ways to look at a stopped process. */
export class Adapter {
  readonly client = new DebugClient(process.execPath, adapterPath, '4d-simulator', undefined, true);
  readonly output: string[] = [];
  private left: Promise<void> | undefined;
  private readonly events = new Map<string, P.Event[]>();
  private readonly waiting = new Map<string, ((event: P.Event) => void)[]>();

  constructor(t: TestContext) {
    this.client.defaultTimeout = 30_000;
    const names = ['initialized', 'stopped', 'terminated', 'exited', 'thread', 'breakpoint', 'invalidated', '4d/traced', '4d/played'];
    for (const name of [...names, 'progressStart', 'progressEnd']) {
      this.client.on(name, (event: P.Event) => this.take(event));
    }
    this.client.on('output', (event: P.OutputEvent) => this.output.push(event.body.output));
    t.after(() => this.stop());
  }

  /** Disconnects, once. */
  stop(): Promise<void> {
    this.left ??= this.client.stop();
    return this.left;
  }

  /** Starts the adapter and a run; `configure` sets breakpoints before anything runs. */
  async launch(configuration: object, configure: () => Promise<unknown> = async () => undefined, initialize: object = {}): Promise<void> {
    await this.client.start();
    await this.client.initializeRequest({
      adapterID: '4d-simulator',
      linesStartAt1: true,
      columnsStartAt1: true,
      pathFormat: 'path',
      ...initialize,
    });
    await this.client.launchRequest(configuration as P.LaunchRequestArguments);
    await this.next('initialized');
    await configure();
    await this.client.configurationDoneRequest();
  }

  /** The next event of this name that was not taken yet. */
  next(name: string): Promise<P.Event> {
    const event = this.events.get(name)?.shift();
    if (event) return Promise.resolve(event);
    return new Promise((take) => this.waiting.set(name, [...(this.waiting.get(name) ?? []), take]));
  }

  async stopped(): Promise<P.StoppedEvent['body']> {
    return (await this.next('stopped')).body;
  }

  /** Sets breakpoints at lines, found by what they contain. */
  async breakAt(path: string, ...breakpoints: readonly (number | P.SourceBreakpoint)[]): Promise<P.Breakpoint[]> {
    const wanted = breakpoints.map((each) => (typeof each === 'number' ? { line: each } : each));
    return (await this.client.setBreakpointsRequest({ source: { path }, breakpoints: wanted })).body.breakpoints;
  }

  async stack(threadId: number): Promise<P.StackFrame[]> {
    return (await this.client.stackTraceRequest({ threadId })).body.stackFrames;
  }

  /** `Method:line` of each frame, innermost first. */
  async where(threadId: number): Promise<string> {
    return (await this.stack(threadId)).map(({ name, line }) => `${name}:${line}`).join(' < ');
  }

  /** Everything that is visible from a frame, by name. */
  async values(frameId: number): Promise<Map<string, P.Variable>> {
    const { scopes } = (await this.client.scopesRequest({ frameId })).body;
    const values = new Map<string, P.Variable>();
    for (const { variablesReference } of scopes) {
      for (const variable of (await this.client.variablesRequest({ variablesReference })).body.variables)
        values.set(variable.name, variable);
    }
    return values;
  }

  async children(variablesReference: number, page: Partial<P.VariablesArguments> = {}): Promise<string[]> {
    const { variables } = (await this.client.variablesRequest({ variablesReference, ...page })).body;
    return variables.map(({ name, value }) => `${name}=${value}`);
  }

  async evaluate(expression: string, frameId: number | undefined, context = 'watch'): Promise<string> {
    return (await this.client.evaluateRequest({ expression, ...(frameId !== undefined && { frameId }), context })).body.result;
  }

  /** Text of the refusal of a request. */
  async refusal(request: Promise<unknown>): Promise<string> {
    return request.then(
      () => '',
      (error: Error) => error.message,
    );
  }

  private take(event: P.Event): void {
    const waiting = this.waiting.get(event.event)?.shift();
    if (waiting) waiting(event);
    else this.events.set(event.event, [...(this.events.get(event.event) ?? []), event]);
  }
}
