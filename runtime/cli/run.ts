/** `fourd run`: one method in the simulator, what happened meanwhile, and its result. */
import process from 'node:process';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { type Bilingual, type Language, say } from '#syntaxes/text/bilingual.js';
import { nodeGuards } from '../simulator/node/guards.js';
import type { RunResult } from '../simulator/types.js';
import { Simulator } from '../simulator.js';
import type { TraceEvent } from '../trace.js';
import { clockText, isDetail, traceText } from '../traceText.js';
import { display } from '../values/display.js';
import { stringify } from '../values/json.js';
import { argumentsFor } from './arguments.js';
import { guarded, languageFor, opened, parseFlags, projectAt, simulatorFlags, simulatorHelp, simulatorOptions, wrong } from './usage.js';

const texts = {
  help: {
    en: `fourd run <method> [argument…]   runs one project method in the simulator, and prints what happened and its result

  --project FOLDER      the project; the one around or below the present folder when not given
${simulatorHelp.en}
  --trace               tell also which methods run, which processes start and end, which records are locked
  --quiet               print nothing but the result
  --json                the trace and the result as JSON, one a line

An argument is a text where the method declares a Text parameter; elsewhere it is read as JSON (12, true, {"a": 1}) if it is some.
Arguments that begin with a dash stand behind --. On Startup runs before the method and On Exit after it; time moves on by itself
where the method waits (--clock-speed 0).

Exit code: 0 the method came to its end, 1 it ended with an error, 2 wrong usage, no project or no such method.`,
    es: `fourd run <método> [argumento…]   ejecuta un método del proyecto en el simulador e imprime lo ocurrido y su resultado

  --project CARPETA     el proyecto; si no se indica, el que contenga la carpeta actual o esté en ella
${simulatorHelp.es}
  --trace               contar también qué métodos se ejecutan, qué procesos empiezan y terminan y qué registros se bloquean
  --quiet               imprimir solo el resultado
  --json                la traza y el resultado en JSON, uno por línea

Un argumento es un texto donde el método declara un parámetro Text; en los demás se lee como JSON (12, true, {"a": 1}) si lo es.
Los argumentos que empiezan por guion van detrás de --. On Startup se ejecuta antes del método y On Exit después; el tiempo avanza por
sí solo cuando el método espera (--clock-speed 0).

Código de salida: 0 el método llegó a su fin, 1 terminó con un error, 2 uso incorrecto, ningún proyecto o ningún método con ese nombre.`,
  },
  noMethod: { en: 'Name the method to run.', es: 'Indique el método que ejecutar.' },
  unknown: {
    en: 'The project “{0}” has no method “{1}”.{2}',
    es: 'El proyecto «{0}» no tiene ningún método «{1}».{2}',
  },
  similar: { en: ' Did you mean {0}?', es: ' ¿Quería decir {0}?' },
  result: { en: 'Result: {0}', es: 'Resultado: {0}' },
  noResult: { en: '{0} came to its end, without a result.', es: '{0} ha terminado, sin resultado.' },
  failed: { en: '{0} ended with an error: {1}{2}', es: '{0} ha terminado con un error: {1}{2}' },
} satisfies Record<string, Bilingual>;

/** Runs the command; gives its exit code. */
export function main(args: readonly string[], language: Language): Promise<number> {
  return guarded('run', language, async () => {
    const { values, positionals } = parseFlags(args, language, {
      ...simulatorFlags,
      project: { type: 'string', default: '.' },
      trace: { type: 'boolean', default: false },
      quiet: { type: 'boolean', short: 'q', default: false },
      json: { type: 'boolean', default: false },
    });
    const speaks = languageFor(values.lang, language);
    if (values.help) {
      process.stdout.write(`${texts.help[speaks]}\n`);
      return 0;
    }
    const [method, ...texts_] = positionals;
    if (method === undefined) throw wrong(texts.noMethod, speaks);
    const options = simulatorOptions(values, 0, speaks);
    const root = await projectAt(values.project, speaks);
    const tell = (event: TraceEvent): void => {
      if (values.quiet) return;
      if (values.json) process.stdout.write(`${JSON.stringify(event)}\n`);
      else if (values.trace || !isDetail(event)) process.stdout.write(`${clockText(event.at).slice(11)} ${traceText(event, speaks)}\n`);
    };
    const simulator = await opened(Simulator.create({ ...options, files: nodeFileSystem, root, trace: tell, host: nodeGuards() }), speaks);
    const file = simulator.project.methodByName(method);
    if (!file) throw wrong(texts.unknown, speaks, simulator.project.name, method, similar(simulator, method, speaks));
    await simulator.start();
    const result = await simulator.run(file.name, argumentsFor(simulator.machine.program, file.path, texts_));
    await simulator.stop();
    if (values.json) process.stdout.write(`${jsonOf(result)}\n`);
    else ('value' in result ? process.stdout : process.stderr).write(`${textOf(result, file.name, values.quiet, speaks)}\n`);
    return 'value' in result ? 0 : 1;
  });
}

/** Names like the one that does not exist: those that begin with it, or hold it. */
function similar(simulator: Simulator, wanted: string, language: Language): string {
  const names = simulator.project.files.filter(({ kind }) => kind === 'method').map(({ name }) => name);
  const near = names.filter((name) => name.toLowerCase().includes(wanted.toLowerCase().slice(0, 4))).slice(0, 3);
  return near.length ? say(texts.similar, language, near.join(', ')) : '';
}

function textOf(result: RunResult, name: string, quiet: boolean, language: Language): string {
  if ('value' in result) {
    if (result.value === undefined) return quiet ? '' : say(texts.noResult, language, name);
    return quiet ? display(result.value, 8) : say(texts.result, language, display(result.value, 8));
  }
  const place = result.place ? ` (${result.place.file}:${result.place.line})` : '';
  return say(texts.failed, language, name, say(result.messages, language), place);
}

function jsonOf(result: RunResult): string {
  if (!('value' in result)) return JSON.stringify({ error: result.error, ...(result.place && { place: result.place }) });
  return result.value === undefined ? '{}' : `{"value":${stringify(result.value)}}`;
}
