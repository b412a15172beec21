/** `fourd test`: scenario files played against the simulator. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import process from 'node:process';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { type Bilingual, type Language, say } from '#syntaxes/text/bilingual.js';
import { Usage } from '#syntaxes/text/commandLine.js';
import { openScenario } from '../scenarios/open.js';
import { lineAt } from '../scenarios/places.js';
import { type Played, playScenario } from '../scenarios/play.js';
import { placeOfFailure } from '../scenarios/run.js';
import { guarded, languageFor, opened, parseFlags, wrong } from './usage.js';

/** Problems told of one file. */
const MOST_PROBLEMS = 8;

const texts = {
  help: {
    en: `fourd test [path…]   plays scenario files against the session simulator and compares what happens with what they expect

A path is a scenario, or a folder: then every *.scenario.json in and below it is played (without a path, those of the present folder).

  --mode MODE           play each in this mode only: project, legacy, scalable or none
  --transcript          print what happened, step by step
  --json                one JSON object a scenario and mode
  --lang en|es          language of the report

The form of a scenario file is described by runtime/scenarios/scenario.schema.json. Exit code: 0 all as expected, 1 something was
not, 2 wrong usage, or a file that cannot be played; the others are played all the same.`,
    es: `fourd test [ruta…]   ejecuta escenarios contra el simulador de sesiones y compara lo que ocurre con lo que esperan

Una ruta es un escenario o una carpeta: entonces se ejecutan todos los *.scenario.json que contenga (sin ruta, los de la carpeta actual).

  --mode MODO           ejecutarlos solo en este modo: project, legacy, scalable o none
  --transcript          imprimir lo ocurrido, paso a paso
  --json                un objeto JSON por escenario y modo
  --lang en|es          idioma del informe

La forma de un escenario se describe en runtime/scenarios/scenario.schema.json. Código de salida: 0 todo como se esperaba, 1 algo no lo
fue, 2 uso incorrecto o un archivo que no se puede ejecutar; los demás se ejecutan igualmente.`,
  },
  mode: {
    en: 'There is no session mode “{0}”: it is project, legacy, scalable or none.',
    es: 'No existe el modo de sesión «{0}»: es project, legacy, scalable o none.',
  },
  missing: { en: 'There is nothing at “{0}”.', es: 'No hay nada en «{0}».' },
  nothing: {
    en: 'There is no scenario there: no file that ends with .scenario.json.',
    es: 'No hay ningún escenario: ningún archivo que termine en .scenario.json.',
  },
  noScenario: { en: 'It cannot be played. {0}', es: 'No se puede ejecutar. {0}' },
  more: { en: '… and {0} more', es: '… y {0} más' },
  notPlayed: { en: 'NOT PLAYED', es: 'SIN EJECUTAR' },
  good: { en: 'ok', es: 'bien' },
  bad: { en: 'FAILED', es: 'FALLO' },
  step: { en: '  step {0}, line {1}: {2}', es: '  paso {0}, línea {1}: {2}' },
  sum: { en: '{0} as expected, {1} not', es: '{0} como se esperaba, {1} no' },
  sumNotPlayed: { en: ', {0} not played', es: ', {0} sin ejecutar' },
} satisfies Record<string, Bilingual>;

/** What one scenario came to in one mode. `lines`: where its failures are in the file. */
interface TestedFile {
  readonly title: string;
  readonly played: Played;
  readonly lines: readonly number[];
}

type Mode = 'project' | 'legacy' | 'scalable' | 'none';

/** Runs the command; gives its exit code. */
export function main(args: readonly string[], language: Language): Promise<number> {
  return guarded('test', language, async () => {
    const { values, positionals } = parseFlags(args, language, {
      mode: { type: 'string' },
      transcript: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      lang: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    });
    const speaks = languageFor(values.lang, language);
    if (values.help) {
      process.stdout.write(`${texts.help[speaks]}\n`);
      return 0;
    }
    if (values.mode !== undefined && !/^(project|legacy|scalable|none)$/.test(values.mode)) throw wrong(texts.mode, speaks, values.mode);
    const paths = (positionals.length ? positionals : ['.']).flatMap((path) => scenarioFiles(path, speaks));
    if (!paths.length) throw wrong(texts.nothing, speaks);
    let failed = 0;
    let good = 0;
    let notPlayed = 0;
    for (const path of paths) {
      const file = relative('.', path);
      const results = await playFile(path, values.mode as Mode | undefined, speaks).catch((error: unknown) => {
        if (!(error instanceof Usage)) throw error;
        process.stderr.write(`${texts.notPlayed[speaks]}  ${file}\n  ${error.message}\n`);
        notPlayed++;
        return [];
      });
      for (const { title, played, lines } of results) {
        if (played.failures.length) failed++;
        else good++;
        if (values.json) process.stdout.write(`${JSON.stringify({ file, title, ...played })}\n`);
        else report(file, { title, played, lines }, values.transcript, speaks);
      }
    }
    const sum = say(texts.sum, speaks, good, failed) + (notPlayed ? say(texts.sumNotPlayed, speaks, notPlayed) : '');
    if (!values.json) process.stdout.write(`${sum}\n`);
    return notPlayed ? 2 : failed ? 1 : 0;
  });
}

function scenarioFiles(path: string, language: Language): string[] {
  const absolute = resolve(path);
  if (!existsSync(absolute)) throw wrong(texts.missing, language, path);
  if (statSync(absolute).isFile()) return [absolute];
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.')) walk(join(folder, entry.name));
      else if (entry.name.endsWith('.scenario.json')) found.push(join(folder, entry.name));
    }
  };
  walk(absolute);
  return found;
}

async function playFile(path: string, only: Mode | undefined, language: Language): Promise<TestedFile[]> {
  const text = readFileSync(path, 'utf8');
  const opening = await openScenario(nodeFileSystem, path, text);
  if ('problems' in opening) {
    throw wrong(texts.noScenario, language, listed(opening.problems, language));
  }
  const { scenario, root } = opening;
  const results: TestedFile[] = [];
  for (const mode of only ? [only] : (scenario.modes ?? ['project'])) {
    const played = await opened(playScenario(scenario, nodeFileSystem, root, mode), language);
    const lines = played.failures.map((failure) => lineAt(text, placeOfFailure(text, failure, played.mode).start));
    results.push({ title: scenario.title, played, lines });
  }
  return results;
}

/** Problems of a file, one a line; not all of many, as one mistake may stand in every step. */
function listed(problems: readonly Bilingual[], language: Language): string {
  const [first, ...others] = problems.map((problem) => say(problem, language));
  if (others.length === 0) return first;
  const more = others.length - MOST_PROBLEMS + 1;
  const told = [first, ...others.slice(0, MOST_PROBLEMS - 1), ...(more > 0 ? [say(texts.more, language, more)] : [])];
  return told.map((line) => `\n    ${line}`).join('');
}

function report(file: string, { title, played, lines: places }: TestedFile, all: boolean, language: Language): void {
  const { mode, failures, transcript } = played;
  const verdict = say(failures.length ? texts.bad : texts.good, language);
  const lines = [`${verdict}  ${title} (${mode})${failures.length ? `  ${file}` : ''}`];
  for (const [index, { step, message }] of failures.entries())
    lines.push(say(texts.step, language, step, places[index], say(message, language)));
  if (all) for (const [step, happened] of transcript.entries()) lines.push(`  ${step}`, ...happened.map((line) => `    ${line}`));
  process.stdout.write(`${lines.join('\n')}\n`);
}
