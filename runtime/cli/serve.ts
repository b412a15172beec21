/** `fourd serve`: the session simulator as a local web server. */
import { existsSync, fstatSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import process from 'node:process';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { type Bilingual, type Language, say } from '#syntaxes/text/bilingual.js';
import { Usage } from '#syntaxes/text/commandLine.js';
import { openDoor, Telling } from '../debug/node/door.js';
import { ScenarioPlay } from '../scenarios/play.js';
import { readScenario } from '../scenarios/read.js';
import { Recorder } from '../scenarios/record.js';
import { Transcript } from '../scenarios/transcript.js';
import type { Scenario } from '../scenarios/types.js';
import { ComponentSockets } from '../simulator/componentSockets.js';
import { nodeGuards } from '../simulator/node/guards.js';
import { Simulator } from '../simulator.js';
import type { TraceEvent } from '../trace.js';
import { clockText, isDetail, traceText } from '../traceText.js';
import { type HttpServer, serveHttp } from '../web/node/http.js';
import { RecordFile } from './recordFile.js';
import {
  guarded,
  languageFor,
  opened,
  parseFlags,
  projectAt,
  simulatorFlags,
  simulatorHelp,
  simulatorOptions,
  wholeNumber,
  wrong,
} from './usage.js';

const texts = {
  help: {
    en: `fourd serve [project]   serves a 4D project on 127.0.0.1 with simulated sessions (the present folder without a project)

  --port N              port to listen on; 0, the default, takes a free one
  --host NAME           a further name by which browsers may call it, shop.test; may be repeated
${simulatorHelp.en}
  --trace               tell also which methods run, which processes start and end, which records are locked
  --json                the trace as JSON, one event a line
  --record FILE         write all requests and answers as a scenario, while it runs; fourd test FILE plays it again
                        (session IDs come from a seed then and are no secrets)
  --replay FILE         play a scenario first, so that sessions, variables and records are where it ends; what differs is told

The first line of standard output is the address, http://127.0.0.1:PORT/; what happens follows.
Ctrl-C ends it, and so does the end of the program that started it (standard input is closed). On Startup runs before the first
request, On Exit after the last. Only this machine can connect, and nothing outside the project's web folder is served.
A debugger can join: “attach” with the port of the address, or with the process number.

Exit code: 0 ended as asked, 1 the port is taken, 2 wrong usage or no project.`,
    es: `fourd serve [proyecto]   sirve un proyecto 4D en 127.0.0.1 con sesiones simuladas (sin proyecto, la carpeta actual)

  --port N              puerto en el que escuchar; 0, el valor por omisión, toma uno libre
  --host NOMBRE         otro nombre con el que los navegadores pueden llamarlo, tienda.test; se puede repetir
${simulatorHelp.es}
  --trace               contar también qué métodos se ejecutan, qué procesos empiezan y terminan y qué registros se bloquean
  --json                la traza en JSON, un suceso por línea
  --record ARCHIVO      escribir todas las peticiones y respuestas como un escenario mientras funciona; fourd test ARCHIVO lo repite
                        (los ID de sesión salen entonces de una semilla y no son secretos)
  --replay ARCHIVO      ejecutar antes un escenario, para que sesiones, variables y registros estén donde termina; se dice lo que difiera

La primera línea de la salida es la dirección, http://127.0.0.1:PUERTO/; después, lo que va ocurriendo.
Ctrl-C lo termina, y también el final del programa que lo inició (se cierra la entrada estándar). On Startup se ejecuta antes de la
primera petición y On Exit después de la última. Solo puede conectarse este equipo, y no se sirve nada fuera de la carpeta web del proyecto.
Un depurador puede unirse: «attach» con el puerto de la dirección o con el número de proceso.

Código de salida: 0 terminado como se pidió, 1 el puerto está ocupado, 2 uso incorrecto o ningún proyecto.`,
  },
  one: { en: 'It serves one project, not {0}.', es: 'Sirve un proyecto, no {0}.' },
  taken: {
    en: 'Port {0} is taken. Choose another one, or leave out --port to get one that is free.',
    es: 'El puerto {0} está ocupado. Elija otro, o no indique --port para obtener uno libre.',
  },
  refused: { en: 'Port {0} cannot be listened on: {1}.', es: 'No se puede escuchar en el puerto {0}: {1}.' },
  differs: { en: 'replay, step {0}: {1}', es: 'repetición, paso {0}: {1}' },
  noRecord: {
    en: 'The recording cannot be written to “{0}”: {1}.',
    es: 'No se puede escribir la grabación en «{0}»: {1}.',
  },
  nothing: { en: 'There is nothing at “{0}”.', es: 'No hay nada en «{0}».' },
  noScenario: { en: '“{0}” is no scenario. {1}', es: '«{0}» no es un escenario. {1}' },
  hanging: {
    en: 'Some code did not come to its end in time and was left.',
    es: 'Parte del código no terminó a tiempo y se abandonó.',
  },
} satisfies Record<string, Bilingual>;

/** Milliseconds that closing the open connections and On Exit may take. */
const patience = 5_000;

/** Runs the command; gives its exit code once the server has ended. */
export function main(args: readonly string[], language: Language): Promise<number> {
  return guarded('serve', language, async () => {
    const { values, positionals } = parseFlags(args, language, {
      ...simulatorFlags,
      port: { type: 'string', default: '0' },
      host: { type: 'string', multiple: true },
      trace: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      record: { type: 'string' },
      replay: { type: 'string' },
    });
    const speaks = languageFor(values.lang, language);
    if (values.help) {
      process.stdout.write(`${texts.help[speaks]}\n`);
      return 0;
    }
    if (positionals.length > 1) throw new Usage(say(texts.one, speaks, positionals.length));
    const port = wholeNumber('port', values.port, 0, 65_535, speaks);
    const options = simulatorOptions(values, 1, speaks);
    const root = await projectAt(positionals[0] ?? '.', speaks);
    const output = new Output(values.json, values.trace, speaks);
    const replay = values.replay === undefined ? undefined : readScenarioFile(values.replay, speaks);
    const seed = options.seed ?? (values.record === undefined ? replay?.seed : Math.floor(Math.random() * 0x1_0000_0000));
    const transcript = new Transcript();
    const telling = new Telling();
    const simulator = await opened(
      Simulator.create({
        ...options,
        ...(seed !== undefined && { seed }),
        clock: { ...options.clock, record: values.record !== undefined },
        files: nodeFileSystem,
        root,
        host: nodeGuards(),
        trace: (event) => {
          telling.take(event);
          if (telling.muted) return;
          transcript.take(event);
          // Only the names of sessions are wanted of it: its lines would pile up.
          if (!replay) transcript.drain();
          output.tell(event);
          if (event.kind === 'server-started' && event.server !== undefined) sockets.started(event.server);
        },
      }),
      speaks,
    );
    const recorder = values.record === undefined ? undefined : new Recorder(simulator, transcript);
    const sockets = new ComponentSockets({
      async listen(options) {
        const server = await serveHttp({ ...options, hosts: values.host });
        return { url: server.url, close: () => server.close(patience / 2) };
      },
      handle: (request) => (recorder ?? simulator).handle(request),
      maximumBody: (component) => simulator.servers.named(component)!.state.options.maxRequestSize,
      listens(server, url) {
        simulator.servers.named(server)!.state.port = Number(new URL(url).port);
        output.tell({ at: simulator.now(), server, kind: 'server-listens', url });
      },
    });
    const record = recorder && recordFile(values.record!, speaks, root, values.records, simulator, recorder, seed!);
    const code = await serve(simulator, {
      port,
      hosts: values.host ?? [],
      output,
      language: speaks,
      recorder,
      replay,
      transcript,
      telling,
      sockets,
    });
    record?.close(code === 0);
    return code;
  });
}

function recordFile(
  path: string,
  language: Language,
  root: string,
  records: string | undefined,
  simulator: Simulator,
  recorder: Recorder,
  seed: number,
): RecordFile {
  const project = relative(dirname(resolve(path)), root).replaceAll('\\', '/') || '.';
  const { mode } = simulator.mode;
  const given = records === undefined ? {} : { records: relative(root, resolve(records)).replaceAll('\\', '/') };
  const scenario = (): Scenario => recorder.scenario({ project, mode, seed, ...given });
  try {
    return new RecordFile(path, scenario, () => recorder.progress);
  } catch (error) {
    throw wrong(texts.noRecord, language, path, (error as Error).message);
  }
}

interface Serving {
  readonly port: number;
  readonly hosts: readonly string[];
  readonly output: Output;
  readonly language: Language;
  readonly recorder: Recorder | undefined;
  readonly replay: Scenario | undefined;
  readonly transcript: Transcript;
  readonly telling: Telling;
  readonly sockets: ComponentSockets;
}

async function serve(simulator: Simulator, serving: Serving): Promise<number> {
  const { port, hosts, output, language, recorder, replay, transcript, telling, sockets } = serving;
  let end = (): void => undefined;
  const over = Promise.race([endAsked(), new Promise<void>((resolve) => (end = resolve))]);
  let server: HttpServer;
  try {
    server = await serveHttp({
      port,
      handle: (request) => (recorder ?? simulator).handle(request),
      maximumBody: () => simulator.web.state.options.maxRequestSize,
      hosts,
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    process.stderr.write(`${code === 'EADDRINUSE' ? say(texts.taken, language, port) : say(texts.refused, language, port, message)}\n`);
    return 1;
  }
  const door = await openDoor(simulator, telling, server.port, server.url, () => end());
  output.begin(server.url);
  const started = simulator.start(server.url);
  if (replay) {
    await started;
    const play = new ScenarioPlay(simulator, transcript);
    await play.steps(replay.steps);
    for (const { step, message } of (await play.end()).failures) {
      process.stderr.write(`${say(texts.differs, language, step, say(message, language))}\n`);
    }
  }
  await over;
  // Nothing more is read: what stays open would keep the program alive.
  process.stdin.destroy();
  door.close();
  const whole = Promise.all([server.close(patience / 2), sockets.close(), simulator.stop()]).then(() => true);
  if (!(await withinTime(whole))) process.stderr.write(`${say(texts.hanging, language)}\n`);
  // Whatever may still be open (a pipe that is being read): asked to end, it ends.
  setTimeout(() => process.exit(0), 1_000).unref();
  return 0;
}

function readScenarioFile(path: string, language: Language): Scenario {
  if (!existsSync(path)) throw wrong(texts.nothing, language, path);
  const read = readScenario(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  if ('scenario' in read) return read.scenario;
  throw wrong(texts.noScenario, language, path, read.problems.map((problem) => say(problem, language)).join(' '));
}

/** False when the work takes longer than it may. */
async function withinTime(work: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, patience, false);
  });
  const ended = await Promise.race([work, late]);
  clearTimeout(timer);
  return ended;
}

/** Settles when the server is to end: a signal, or the end of the program that started it. A second signal ends the process at once. */
function endAsked(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = (): void => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
    if (isPipe(0)) {
      process.stdin.on('end', resolve).on('close', resolve).on('error', resolve).resume();
    }
    process.stdout.on('error', () => resolve());
  });
}

/** True when the other end is a program. */
function isPipe(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

/** Standard output: the address first, then what happens. What happens before the address is known waits for it. */
class Output {
  private waiting: TraceEvent[] | undefined = [];

  constructor(
    private readonly json: boolean,
    private readonly all: boolean,
    private readonly language: Language,
  ) {}

  begin(url: string): void {
    process.stdout.write(`${url}\n`);
    const before = this.waiting ?? [];
    this.waiting = undefined;
    for (const event of before) this.tell(event);
  }

  readonly tell = (event: TraceEvent): void => {
    if (this.waiting) this.waiting.push(event);
    else if (this.json) process.stdout.write(`${JSON.stringify(event)}\n`);
    // The response tells its cookie already.
    else if (event.kind !== 'cookie' && (this.all || !isDetail(event)))
      process.stdout.write(`${clockText(event.at).slice(11)} ${traceText(event, this.language)}\n`);
  };
}
