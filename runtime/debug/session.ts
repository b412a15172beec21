import { DebugSession, Event, Response } from '@vscode/debugadapter';
import type { DebugProtocol as P } from '@vscode/debugprotocol';
import { languageOf } from '#syntaxes/text/bilingual.js';
import { capabilities } from './capabilities.js';
import { Client } from './client.js';
import { type CustomHandlers, type Handlers, Refusal } from './handlers.js';
import type { DebugHost } from './host.js';
import { readLaunch } from './launch.js';
import { Run } from './run.js';

const texts = {
  unknown: { en: 'The simulator’s debugger knows no request “{0}”.', es: 'El depurador del simulador no conoce la petición «{0}».' },
  notRunning: { en: 'Nothing runs yet: “launch” comes first.', es: 'Todavía no se ejecuta nada: primero va «launch».' },
  failure: { en: 'The debugger failed at “{0}”: {1}', es: 'El depurador falló en «{0}»: {1}' },
  attach: {
    en: 'Joining a running “fourd serve” is not possible yet. Use “launch” with the project’s folder: it serves the project, too.',
    es: 'Todavía no es posible unirse a un «fourd serve» en marcha. Use «launch» con la carpeta del proyecto: también lo sirve.',
  },
};

/** The debug adapter for one client: it knows the life of a session, everything else is served by the rooms of the debuggee. */
export class SimulatorDebugSession extends DebugSession {
  private readonly client = new Client((event, body) => this.sendEvent(new Event(event, body)));
  private run: Run | undefined;
  private launched: unknown;
  /** Settles when the launch under way has succeeded or failed. */
  private opening: Promise<void> = Promise.resolve();
  private readonly life: Handlers;

  constructor(private readonly host: DebugHost) {
    super();
    // A message that cannot be read is no reason to end the session.
    this.removeAllListeners('error');
    this.on('error', () => undefined);
    this.life = {
      initialize: (args) => this.initialize(args),
      launch: (args) => this.launch(args),
      attach: () => {
        throw new Refusal(texts.attach);
      },
      configurationDone: () => this.play(),
      restart: (args) => this.restart(args?.arguments),
      terminate: () => void this.run?.stop(),
      disconnect: () => this.disconnect(),
    };
  }

  /** The client has gone. */
  override shutdown(): void {
    void this.run?.end();
    this.host.exit();
  }

  protected override dispatchRequest(request: P.Request): void {
    void this.answer(request);
  }

  private async answer(request: P.Request): Promise<void> {
    const response: P.Response = new Response(request);
    try {
      // Clients that do not wait for an answer before they go on: what they ask next is about the run that opens.
      if (!/^(initialize|launch|attach|disconnect)$/.test(request.command)) await this.opening;
      response.body = await this.serve(request.command, request.arguments ?? {});
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(texts.failure, request.command, String(error));
      response.success = false;
      response.message = this.client.say(refusal.text, ...refusal.values);
      response.body = { error: { id: 1, format: response.message, showUser: true } };
    }
    this.sendResponse(response);
    if (request.command === 'disconnect') this.host.exit();
  }

  private serve(command: string, args: Readonly<Record<string, unknown>>): unknown {
    const own = this.life[command as keyof Handlers] as ((args: unknown) => unknown) | undefined;
    if (own) return own(args);
    const { debuggee } = this.run ?? {};
    if (!debuggee) throw new Refusal(texts.notRunning);
    const standard = debuggee.handlers[command as keyof Handlers] as ((args: unknown) => unknown) | undefined;
    const custom: CustomHandlers[string] | undefined = debuggee.customHandlers[command];
    if (!standard && !custom) throw new Refusal(texts.unknown, command);
    return standard ? standard(args) : custom(args);
  }

  private initialize(args: P.InitializeRequestArguments): P.Capabilities {
    this.client.can = args;
    this.client.language = languageOf(args.locale);
    this.client.firstLine = args.linesStartAt1 === false ? 0 : 1;
    this.client.firstColumn = args.columnsStartAt1 === false ? 0 : 1;
    this.client.pathsAreUris = args.pathFormat === 'uri';
    return capabilities(this.client);
  }

  private launch(args: unknown): Promise<void> {
    this.launched = args;
    const opened = this.open(args);
    this.opening = opened.catch(() => undefined);
    return opened;
  }

  private async open(args: unknown): Promise<void> {
    this.run = await Run.open(readLaunch(args), this.client, this.host);
    this.client.send('initialized');
  }

  private play(): void {
    const { run } = this;
    if (!run) throw new Refusal(texts.notRunning);
    run.play().catch((error) => {
      const refusal = error instanceof Refusal ? error : new Refusal(texts.failure, 'launch', String(error));
      this.client.print(this.client.say(refusal.text, ...refusal.values), 'stderr');
      return run.stop(1);
    });
  }

  /** Starts again, with the breakpoints as they are. */
  private async restart(args: unknown): Promise<void> {
    const former = this.run;
    await former?.end();
    const run = await Run.open(readLaunch(args ?? this.launched), this.client, this.host);
    if (former) run.debuggee.takeOver(former.debuggee);
    this.run = run;
    this.play();
  }

  private async disconnect(): Promise<void> {
    await this.run?.end();
  }
}
