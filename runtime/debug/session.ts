import { DebugSession, Event, Response } from '@vscode/debugadapter';
import type { DebugProtocol as P } from '@vscode/debugprotocol';
import { languageOf } from '#syntaxes/text/bilingual.js';
import { argumentsOf } from './arguments.js';
import { Attachment } from './attached.js';
import { capabilities } from './capabilities.js';
import { Client } from './client.js';
import { Cancelled, type CustomHandlers, type Handlers, Refusal } from './handlers.js';
import type { DebugHost } from './host.js';
import { readLaunch } from './launch.js';
import { Relay } from './relay.js';
import { Run } from './run.js';

const texts = {
  opens: { en: 'Opening the 4D project', es: 'Abriendo el proyecto 4D' },
  unknown: { en: 'The simulator’s debugger knows no request “{0}”.', es: 'El depurador del simulador no conoce la petición «{0}».' },
  notRunning: { en: 'Nothing runs yet: “launch” comes first.', es: 'Todavía no se ejecuta nada: primero va «launch».' },
  failure: { en: 'The debugger failed at “{0}”: {1}', es: 'El depurador falló en «{0}»: {1}' },
  runsAlready: {
    en: 'This debug session runs something already. Use “restart”, or begin another session.',
    es: 'Esta sesión de depuración ya ejecuta algo. Use «restart» o comience otra sesión.',
  },
  noDoor: {
    en: 'In a browser there is no “fourd serve” to join. Use “launch” with the project’s folder.',
    es: 'En un navegador no hay ningún «fourd serve» al que unirse. Use «launch» con la carpeta del proyecto.',
  },
  nothingToJoin: {
    en: 'No “fourd serve” of yours runs with {0} {1}. Start one with “fourd serve” and take the port of its address, or use “launch” with the project’s folder.',
    es: 'Ningún «fourd serve» suyo se ejecuta con {0} {1}. Inicie uno con «fourd serve» y tome el puerto de su dirección, o use «launch» con la carpeta del proyecto.',
  },
  portOrPid: {
    en: '“attach” needs the “port” or the “pid” of a running “fourd serve”, as a number.',
    es: '«attach» necesita el «port» o el «pid» de un «fourd serve» en marcha, como número.',
  },
  onlyAttach: {
    en: 'This simulator runs already: join it with “attach”.',
    es: 'Este simulador ya se ejecuta: únase a él con «attach».',
  },
};

interface AttachArguments {
  readonly port?: number;
  readonly pid?: number;
}

/** The debug adapter for one client: it knows the life of a session, everything else is served by the rooms of the debuggee. */
export class SimulatorDebugSession extends DebugSession {
  private readonly client = new Client((event, body) => this.sendEvent(new Event(event, body)));
  private run: Run | Attachment | undefined;
  /** Set while another process does the work. */
  private relay: Relay | undefined;
  private launched: unknown;
  /** What goes on since the configuration is done; saying so twice changes nothing. */
  private playing: Run | Attachment | undefined;
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
      launch: (args) => this.begin(() => this.launch(args)),
      attach: (args) => this.begin(() => this.attach(args as AttachArguments)),
      configurationDone: () => this.play(),
      restart: (args) => this.begin(() => this.restart(args?.arguments)),
      terminate: () => void this.run?.stop(),
      disconnect: (args) => this.run?.end(args?.terminateDebuggee),
    };
  }

  /** The client has gone. */
  override shutdown(): void {
    void this.run?.end();
    this.relay?.end();
    this.host.exit();
  }

  protected override dispatchRequest(request: P.Request): void {
    void this.answer(request);
  }

  private async answer(request: P.Request): Promise<void> {
    // Clients that do not wait for an answer before they go on: what they ask next is about the run that opens.
    if (!/^(initialize|launch|attach|disconnect)$/.test(request.command)) await this.opening;
    if (this.relay) {
      this.relay.send(request);
      return;
    }
    const response: P.Response = new Response(request);
    try {
      for (let busy = this.busy(request); busy; busy = this.busy(request)) await busy;
      response.body = await this.serve(request);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(texts.failure, request.command, String(error));
      const format = this.client.say(refusal.text, ...refusal.values);
      const wanted = refusal instanceof Cancelled;
      response.success = false;
      response.message = wanted ? 'cancelled' : format;
      response.body = { error: { id: 1, format, showUser: !wanted } };
    }
    this.sendResponse(response);
    if (request.command === 'disconnect') this.host.exit();
  }

  private busy({ command }: P.Request): Promise<void> | undefined {
    return this.run?.debuggee.busy(command);
  }

  private serve({ command, seq, arguments: given }: P.Request): unknown {
    const args = argumentsOf(command, given);
    const own = handlerIn(this.life, command);
    if (own) return own(args, seq);
    const { debuggee } = this.run ?? {};
    if (!debuggee) throw new Refusal(texts.notRunning);
    const handler = handlerIn(debuggee.handlers, command) ?? handlerIn(debuggee.customHandlers, command);
    if (!handler) throw new Refusal(texts.unknown, command);
    return handler(args, seq);
  }

  private initialize(args: P.InitializeRequestArguments): P.Capabilities {
    this.client.can = args;
    this.client.language = languageOf(args.locale);
    this.client.firstLine = args.linesStartAt1 === false ? 0 : 1;
    this.client.firstColumn = args.columnsStartAt1 === false ? 0 : 1;
    this.client.pathsAreUris = args.pathFormat === 'uri';
    return capabilities(this.client);
  }

  /** One after the other: the second of two finds the first one's run. */
  private begin(open: () => Promise<void>): Promise<void> {
    const opened = this.opening.then(open);
    this.opening = opened.catch(() => undefined);
    return opened;
  }

  private async launch(args: unknown): Promise<void> {
    if (this.host.joined) throw new Refusal(texts.onlyAttach);
    if (this.run || this.relay) throw new Refusal(texts.runsAlready);
    this.launched = args;
    this.run = await this.open(args);
    this.client.send('initialized');
  }

  private open(args: unknown): Promise<Run> {
    return this.client.during(texts.opens, () => Run.open(readLaunch(args), this.client, this.host));
  }

  private async attach(args: AttachArguments): Promise<void> {
    if (this.run) throw new Refusal(texts.runsAlready);
    if (this.host.joined) {
      this.run = new Attachment(this.host.joined, this.client, this.host);
      this.client.send('initialized');
      return;
    }
    if (!this.host.join) throw new Refusal(texts.noDoor);
    const { port, pid } = args;
    if (typeof port !== 'number' && typeof pid !== 'number') throw new Refusal(texts.portOrPid);
    const line = await this.host.join({ port, pid });
    if (!line) throw new Refusal(texts.nothingToJoin, pid === undefined ? 'port' : 'pid', pid ?? port!);
    const relay = new Relay(
      line,
      (message) => this.pass(message),
      () => this.lost(),
    );
    await relay.ask('initialize', this.client.can);
    const { success, message } = await relay.ask('attach', args);
    if (!success) throw new Refusal({ en: message ?? '', es: message ?? '' });
    this.relay = relay;
  }

  /** A message of the adapter behind the line. */
  private pass(message: P.ProtocolMessage): void {
    if (message.type === 'event') this.sendEvent(message as P.Event);
    else this.sendResponse({ ...(message as P.Response), seq: 0 });
    if (message.type === 'response' && (message as P.Response).command === 'disconnect') this.host.exit();
  }

  /** The simulator that was joined has ended. */
  private lost(): void {
    if (this.relay) this.client.send('terminated');
    this.relay = undefined;
  }

  private play(): void {
    const { run } = this;
    if (!run) throw new Refusal(texts.notRunning);
    if (this.playing === run) return;
    this.playing = run;
    run.play().catch((error) => {
      const refusal = error instanceof Refusal ? error : new Refusal(texts.failure, 'launch', String(error));
      this.client.print(this.client.say(refusal.text, ...refusal.values), 'stderr');
      return run.stop(1);
    });
  }

  /** Starts again, with the breakpoints as they are. */
  private async restart(args: unknown): Promise<void> {
    const former = this.run;
    if (this.host.joined) throw new Refusal(texts.onlyAttach);
    const launched = args ?? this.launched;
    const run = await this.open(launched);
    await former?.end();
    this.launched = launched;
    if (former) run.debuggee.takeOver(former.debuggee);
    this.run = run;
    this.play();
  }
}

type Handler = (args: unknown, request: number) => unknown;

/** The function that serves a request; what every object has by nature serves none. */
function handlerIn(handlers: Handlers | CustomHandlers, command: string): Handler | undefined {
  return Object.hasOwn(handlers, command) ? (handlers as Readonly<Record<string, Handler>>)[command] : undefined;
}
