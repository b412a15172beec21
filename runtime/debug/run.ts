import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { simulatorFor } from '../scenarios/play.js';
import { ComponentSockets } from '../simulator/componentSockets.js';
import { UnreadableRecords } from '../simulator/recordsFile.js';
import { Simulator } from '../simulator.js';
import type { Client } from './client.js';
import { Debuggee } from './debuggee.js';
import { Refusal } from './handlers.js';
import type { DebugHost, Listener } from './host.js';
import { type LaunchConfiguration, type Opened, openConfiguration } from './launch.js';
import { DebuggedScenario } from './scenario.js';
import { Sources } from './sources.js';

const texts = {
  serves: {
    en: 'The project is served at {0}',
    es: 'El proyecto se sirve en {0}',
  },
  noSockets: {
    en: 'There are no sockets in a browser: play requests with “request GET /…” in this console, or list them in the launch configuration.',
    es: 'En un navegador no hay sockets: haga peticiones con «request GET /…» en esta consola o indíquelas en la configuración de inicio.',
  },
  portTaken: {
    en: 'Port {0} cannot be listened on: {1}. Choose another one, or 0 for one that is free.',
    es: 'No se puede escuchar en el puerto {0}: {1}. Elija otro, o 0 para uno libre.',
  },
  notAMethod: {
    en: '“{0}” is no project method, so it cannot run by itself. Run a method that uses it, or leave out “program” and play requests.',
    es: '«{0}» no es un método proyecto, así que no puede ejecutarse solo. Ejecute un método que lo use, o no indique «program» y haga peticiones.',
  },
  result: { en: '{0} has ended.', es: '{0} ha terminado.' },
  failed: { en: '{0} was ended by an error: {1}', es: 'Un error terminó {0}: {1}' },
} satisfies Record<string, Bilingual>;

/** The method that is run. */
interface Program {
  readonly name: string;
  readonly path: string;
  /** False for what the simulator runs by itself. */
  readonly runs: boolean;
}

/** One launched project: from its start to the end of its last request. */
export class Run {
  private listener: Listener | undefined;
  /** Those of components, where the project is served. */
  private sockets: ComponentSockets | undefined;
  private over = false;
  private ended = false;

  private constructor(
    readonly debuggee: Debuggee,
    private readonly configuration: LaunchConfiguration,
    private readonly what: { readonly program: Program | undefined; readonly scenario: DebuggedScenario | undefined },
    private readonly client: Client,
    private readonly host: DebugHost,
  ) {}

  /** Opens the project. Throws a `Refusal` when there is nothing to run. */
  static async open(configuration: LaunchConfiguration, client: Client, host: DebugHost): Promise<Run> {
    const opened = await openConfiguration(configuration, host.files);
    const scenario = opened.scenario && new DebuggedScenario(opened.scenario, client);
    let debuggee: Debuggee | undefined;
    let run: Run | undefined;
    const creating = Simulator.create({
      files: opened.files,
      root: opened.root,
      ...(opened.scenario ? simulatorFor(opened.scenario.scenario) : fromConfiguration(configuration)),
      mode: configuration.sessionMode ?? opened.scenario?.scenario.modes?.[0] ?? 'project',
      host: host.guards,
      trace: (event) => {
        if (!debuggee?.silent) scenario?.take(event);
        debuggee?.trace(event);
        if (event.kind === 'server-started' && event.server !== undefined) run?.sockets?.started(event.server);
      },
    });
    const simulator = await creating.catch((error) => {
      throw error instanceof UnreadableRecords ? new Refusal(error.text) : error;
    });
    const program = programOf(simulator, opened);
    const sources = new Sources(opened.sources, client, host.ignoresCase);
    debuggee = new Debuggee(simulator, client, sources, {
      url: () => run?.listener?.url,
      clientWith: scenario && ((cookie, value) => scenario.clientWith(cookie, value)),
      soon: host.soon,
      now: host.now,
      guards: host.guards,
      undone: (events) => scenario?.undone(events),
    });
    run = new Run(debuggee, configuration, { program, scenario }, client, host);
    if (!configuration.noDebug) debuggee.attach();
    return run;
  }

  /** Runs On Startup, then the program, the requests or the scenario; ends the run after the last one unless it goes on serving. */
  async play(): Promise<void> {
    const { configuration, debuggee, client } = this;
    const { program, scenario } = this.what;
    const { simulator, control, player } = debuggee;
    if (configuration.stopOnEntry && !configuration.noDebug) control.entry = { file: program?.path };
    await this.listen();
    scenario?.prepare(debuggee, () => !this.over);
    await simulator.start(this.listener?.url ?? '');
    let exitCode = 0;
    if (program?.runs && !this.over) {
      const result = await simulator.run(program.name);
      if ('error' in result) {
        exitCode = 1;
        client.print(client.say(texts.failed, program.name, client.say(result.messages)), 'stderr');
      } else client.print(client.say(texts.result, program.name));
    }
    for (const request of configuration.requests) if (!this.over) await player.send(request);
    if (scenario && !this.over && !(await scenario.play())) exitCode = 1;
    if (!configuration.keepAlive && !this.over) await this.stop(exitCode);
  }

  /** The end in good order: On Exit runs, open requests are answered. Asked for a second time while that goes on, it is the end at once. */
  async stop(exitCode = 0): Promise<void> {
    if (this.over) {
      await this.end();
      this.told(exitCode);
      return;
    }
    this.over = true;
    await this.debuggee.simulator.stop();
    await this.close();
    this.told(exitCode);
  }

  /** Tells the client of the end, once. */
  private told(exitCode: number): void {
    if (this.ended) return;
    this.ended = true;
    this.client.send('exited', { exitCode });
    this.client.send('terminated');
  }

  /** The end at once: no code runs any more. */
  async end(_terminate?: boolean): Promise<void> {
    this.over = true;
    this.debuggee.silent = true;
    const { machine, simulator } = this.debuggee;
    machine.debug = undefined;
    simulator.beforeSlice = undefined;
    for (const process of [...machine.state.processes.values()]) machine.end(process);
    await this.close();
  }

  private async close(): Promise<void> {
    const { listener, sockets } = this;
    this.listener = undefined;
    this.sockets = undefined;
    await Promise.all([listener?.close(), sockets?.close()]);
  }

  /** Opens the port where requests can come from outside: only when the run goes on serving, or a port is asked for. */
  private async listen(): Promise<void> {
    const { configuration, client, host, debuggee } = this;
    if (!configuration.keepAlive && configuration.port === 0) return;
    if (!host.listen) {
      client.print(client.say(texts.noSockets));
      return;
    }
    try {
      const { simulator } = debuggee;
      this.listener = await host.listen({
        port: configuration.port,
        handle: (request) => simulator.handle(request),
        maximumBody: () => simulator.web.state.options.maxRequestSize,
      });
      client.print(client.say(texts.serves, this.listener.url), 'important');
      this.sockets = new ComponentSockets({
        listen: host.listen,
        handle: (request) => simulator.handle(request),
        maximumBody: (component) => simulator.servers.named(component)!.state.options.maxRequestSize,
        listens(server, url) {
          simulator.servers.named(server)!.state.port = Number(new URL(url).port);
          debuggee.trace({ at: simulator.now(), server, kind: 'server-listens', url });
        },
      });
    } catch (error) {
      throw new Refusal(texts.portTaken, configuration.port, (error as Error).message);
    }
  }
}

const fromConfiguration = ({ clock, records, standIns }: LaunchConfiguration) => ({ clock, records, standIns });

/** The method to run: On Startup and On Exit run anyway, everything else that is no project method is refused. */
function programOf({ project }: Simulator, { program }: Opened): Program | undefined {
  if (program === undefined) return undefined;
  const lower = program.toLowerCase();
  const file = project.files.find(({ path }) => path.toLowerCase() === lower);
  if (file?.kind === 'method') return { name: file.name, path: file.path, runs: true };
  if (file?.kind === 'databaseMethod' && /^on(startup|exit)$/i.test(file.name)) return { name: file.name, path: file.path, runs: false };
  throw new Refusal(texts.notAMethod, program);
}
