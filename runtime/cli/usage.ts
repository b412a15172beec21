/** What the subcommands that run a simulator have in common: their options, the project they name, how mistakes in a call are told. */
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { findProjects, projectRootOf } from '#syntaxes/project/project.js';
import { type Bilingual, type Language, say } from '#syntaxes/text/bilingual.js';
import { projectMistakes, Usage, usageMistake } from '#syntaxes/text/commandLine.js';
import { momentOf } from '../simulator/clock.js';
import { UnreadableRecords } from '../simulator/recordsFile.js';
import type { SimulatorOptions, StandIn } from '../simulator/types.js';
import type { SimulatorChoices } from '../web/choices.js';

/** Options of every subcommand with a simulator, for `parseArgs`. */
export const simulatorFlags = {
  mode: { type: 'string', default: 'project' },
  records: { type: 'string' },
  'clock-start': { type: 'string' },
  'clock-speed': { type: 'string' },
  seed: { type: 'string' },
  'stand-in': { type: 'string', multiple: true },
  choice: { type: 'string', multiple: true },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options'];

/** Their part of the help. */
export const simulatorHelp = {
  en: `  --mode project|legacy|scalable|none   how sessions are kept: as the settings say (project), or as if they said so
  --records FILE        records to begin with, {"Table": [{"Field": value}]}; records.json beside the project when not given
  --clock-start TIME    the simulator's time at the start, 2026-01-15T08:30:00; now when not given
  --clock-speed N       simulated seconds in a real one; 0: time moves only where everything waits
  --seed N              makes the run repeatable, session IDs included (such IDs are no secrets)
  --stand-in NAME=VALUE     a value (JSON or text) in place of a command; NAME=method:Name calls a project method; may be repeated
  --choice NAME=VALUE   what 4D does not document: release, ownClose, closeOnStop, refusedStatus, staticFilesOpenSessions
  --lang en|es          language of what is printed`,
  es: `  --mode project|legacy|scalable|none   cómo se llevan las sesiones: como digan los ajustes (project), o como si lo dijeran
  --records ARCHIVO     registros iniciales, {"Tabla": [{"Campo": valor}]}; si no se indica, records.json junto al proyecto
  --clock-start HORA    hora del simulador al empezar, 2026-01-15T08:30:00; si no se indica, la actual
  --clock-speed N       segundos simulados en uno real; 0: el tiempo solo avanza cuando todo espera
  --seed N              hace repetible la ejecución, incluidos los ID de sesión (esos ID no son secretos)
  --stand-in NOMBRE=VALOR   un valor (JSON o texto) en lugar de un comando; NOMBRE=method:Nombre llama a un método del proyecto; se puede repetir
  --choice NOMBRE=VALOR     lo que 4D no documenta: release, ownClose, closeOnStop, refusedStatus, staticFilesOpenSessions
  --lang en|es          idioma de lo que se imprime`,
} satisfies Bilingual;

const texts = {
  usage: { en: '{0}\nRun `fourd {1} --help` to see how it is used.', es: '{0}\nEjecute `fourd {1} --help` para ver cómo se usa.' },
  mode: {
    en: 'There is no session mode “{0}”: it is project, legacy, scalable or none.',
    es: 'No existe el modo de sesión «{0}»: es project, legacy, scalable o none.',
  },
  number: { en: '--{0} wants a whole number from {1} to {2}, not “{3}”.', es: '--{0} espera un número entero de {1} a {2}, no «{3}».' },
  speed: {
    en: '--clock-speed wants a number that is not negative, not “{0}”.',
    es: '--clock-speed espera un número no negativo, no «{0}».',
  },
  start: {
    en: '--clock-start wants a moment such as 2026-01-15T08:30:00, not “{0}”.',
    es: '--clock-start espera un momento como 2026-01-15T08:30:00, no «{0}».',
  },
  language: { en: 'It speaks en or es, not “{0}”.', es: 'Habla en o es, no «{0}».' },
  pair: { en: '--{0} wants NAME=VALUE, not “{1}”.', es: '--{0} espera NOMBRE=VALOR, no «{1}».' },
  choice: {
    en: 'There is no choice “{0}”. The choices: {1}.',
    es: 'No existe la opción «{0}». Las opciones: {1}.',
  },
  choiceValue: { en: '“{1}” is no value of choice {0}: it takes {2}.', es: '«{1}» no es un valor de la opción {0}: admite {2}.' },
  missing: { en: 'There is nothing at “{0}”.', es: 'No hay nada en «{0}».' },
} satisfies Record<string, Bilingual>;

/** A usage mistake in a language. */
export function wrong(text: Bilingual, language: Language, ...values: readonly (string | number)[]): Usage {
  return new Usage(say(text, language, ...values));
}

/** Runs a subcommand; a mistake in its call is told on standard error and gives exit code 2. */
export async function guarded(name: string, language: Language, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    process.stderr.write(`${say(texts.usage, language, error.message, name)}\n`);
    return 2;
  }
}

/** Waits for a simulator that opens: records that cannot be had are a mistake in the call. */
export async function opened<T>(simulator: Promise<T>, language: Language): Promise<T> {
  try {
    return await simulator;
  } catch (error) {
    throw error instanceof UnreadableRecords ? new Usage(say(error.text, language)) : error;
  }
}

type Parsed<T extends NonNullable<ParseArgsConfig['options']>> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: true; options: T }>
>;

/** `parseArgs` whose mistakes are usage mistakes. */
export function parseFlags<const T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  language: Language,
  options: T,
): Parsed<T> {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new Usage(usageMistake(error)[language]);
  }
}

/** The language asked for, or the one the terminal speaks. */
export function languageFor(asked: string | undefined, language: Language): Language {
  if (asked === undefined) return language;
  if (asked !== 'en' && asked !== 'es') throw wrong(texts.language, language, asked);
  return asked;
}

/** A whole number of an option. */
export function wholeNumber(name: string, text: string, from: number, to: number, language: Language): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isInteger(number) || number < from || number > to) {
    throw wrong(texts.number, language, name, from, to, text);
  }
  return number;
}

interface SimulatorValues {
  readonly mode: string;
  readonly records?: string;
  readonly 'clock-start'?: string;
  readonly 'clock-speed'?: string;
  readonly seed?: string;
  readonly 'stand-in'?: string[];
  readonly choice?: string[];
}

/** The simulator's options from those of the command line. `speed` when no speed is given. */
export function simulatorOptions(
  values: SimulatorValues,
  speed: number,
  language: Language,
): Pick<SimulatorOptions, 'mode' | 'records' | 'clock' | 'seed' | 'standIns' | 'choices'> {
  if (!/^(project|legacy|scalable|none)$/.test(values.mode)) throw wrong(texts.mode, language, values.mode);
  const start = values['clock-start'];
  if (start !== undefined && momentOf(start) === undefined) throw wrong(texts.start, language, start);
  const asked = values['clock-speed'];
  if (asked !== undefined && !(Number(asked) >= 0 && asked.trim() !== '' && Number.isFinite(Number(asked)))) {
    throw wrong(texts.speed, language, asked);
  }
  const records = values.records === undefined ? undefined : resolve(values.records).replaceAll('\\', '/');
  if (records !== undefined && !existsSync(records)) throw wrong(texts.missing, language, values.records!);
  return {
    mode: values.mode as NonNullable<SimulatorOptions['mode']>,
    clock: { speed: asked === undefined ? speed : Number(asked), ...(start !== undefined && { start }) },
    ...(records !== undefined && { records }),
    ...(values.seed !== undefined && { seed: wholeNumber('seed', values.seed, 0, Number.MAX_SAFE_INTEGER, language) }),
    standIns: Object.fromEntries((values['stand-in'] ?? []).map((text) => standIn(text, language))),
    choices: Object.fromEntries((values.choice ?? []).map((text) => choice(text, language))),
  };
}

function pair(flag: string, text: string, language: Language): [name: string, value: string] {
  const equals = text.indexOf('=');
  if (equals < 1) throw wrong(texts.pair, language, flag, text);
  return [text.slice(0, equals).trim(), text.slice(equals + 1)];
}

function standIn(text: string, language: Language): [string, StandIn] {
  const [name, value] = pair('stand-in', text, language);
  return [name, value.startsWith('method:') ? { method: value.slice(7) } : { value: jsonOrText(value) }];
}

/** A value as JSON writes it, or the text itself. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What each choice takes. */
const choices: Readonly<Record<keyof SimulatorChoices, { readonly takes: string; readonly test: (value: unknown) => boolean }>> = {
  release: { takes: '13 … 21', test: (value) => Number.isInteger(value) && (value as number) >= 13 && (value as number) <= 99 },
  ownClose: { takes: 'end, at-once', test: (value) => value === 'end' || value === 'at-once' },
  closeOnStop: { takes: 'true, false', test: (value) => typeof value === 'boolean' },
  refusedStatus: { takes: '400 … 599', test: (value) => Number.isInteger(value) && (value as number) >= 400 && (value as number) <= 599 },
  staticFilesOpenSessions: { takes: 'true, false', test: (value) => typeof value === 'boolean' },
};

function choice(text: string, language: Language): [string, unknown] {
  const [name, written] = pair('choice', text, language);
  if (!Object.hasOwn(choices, name)) throw wrong(texts.choice, language, name, Object.keys(choices).join(', '));
  const { takes, test } = choices[name as keyof SimulatorChoices];
  const value = jsonOrText(written);
  if (!test(value)) throw wrong(texts.choiceValue, language, name, written, takes);
  return [name, value];
}

/** Root of the one project that a path names: around a file or folder, or below the folder. */
export async function projectAt(path: string, language: Language): Promise<string> {
  const absolute = resolve(path).replaceAll('\\', '/');
  if (!existsSync(absolute)) throw wrong(texts.missing, language, path);
  const folder = statSync(absolute).isFile() ? dirname(absolute).replaceAll('\\', '/') : absolute;
  const around = await projectRootOf(nodeFileSystem, folder);
  if (around !== undefined) return around;
  const roots = await findProjects(nodeFileSystem, folder);
  if (roots.length === 0) throw wrong(projectMistakes.none, language, path);
  if (roots.length > 1) throw wrong(projectMistakes.several, language, path, roots.join(', '));
  return roots[0];
}
