/** `fourd lint`: the diagnostics of whole projects on a terminal and in CI. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { classifyPath, findProjects, projectRootOf } from '#syntaxes/project/project.js';
import { type Bilingual, type Language, say } from '#syntaxes/text/bilingual.js';
import { projectMistakes, Usage, usageMistake } from '#syntaxes/text/commandLine.js';
import { ignoring } from '../rules/patterns.js';
import type { Severity } from '../rules/rule.js';
import { type RuleSettings, rules } from '../rules/rules.js';
import { baselineText, type Known, readBaseline } from './baseline.js';
import { type Found, type LintedProject, lintProject } from './lintProject.js';
import { reporters } from './lintReports.js';
import { processTerminal, type Terminal } from './terminal.js';
import { packageVersion } from './version.js';

const texts = {
  help: {
    en: `fourd lint [path…]   checks 4D projects: the folders named, and every project below them (the present folder without a path)

  --format pretty|json|sarif|github   how to report (pretty)
  --rule CODE           only this rule; may be repeated
  --rule CODE=LEVEL     error, warning, info, hint or off for a rule; may be repeated
  --max-warnings N      warnings that are accepted (0)
  --fix                 apply the fixes that are safe, and report the rest
  --baseline FILE       leave out what the file lists; with --write-baseline, write it
  --ignore-file FILE    patterns of files to leave out, instead of .fourdignore in the project
  --stdin --stdin-path PATH   check standard input as if it were that file of a project
  --lang en|es          language of the report
  --color, --no-color   colours or none, whatever the output is

Exit code: 0 no problems, 1 errors, or more warnings than accepted, 2 wrong usage or nothing to check. Notes and hints do not count.`,
    es: `fourd lint [ruta…]   comprueba proyectos 4D: las carpetas indicadas y todos los proyectos que contengan (sin ruta, la carpeta actual)

  --format pretty|json|sarif|github   forma del informe (pretty)
  --rule CÓDIGO         solo esta regla; se puede repetir
  --rule CÓDIGO=NIVEL   error, warning, info, hint u off para una regla; se puede repetir
  --max-warnings N      avisos que se admiten (0)
  --fix                 aplicar las correcciones seguras e informar del resto
  --baseline ARCHIVO    omitir lo que el archivo enumera; con --write-baseline, escribirlo
  --ignore-file ARCHIVO patrones de archivos que omitir, en lugar del .fourdignore del proyecto
  --stdin --stdin-path RUTA   comprobar la entrada estándar como si fuera ese archivo de un proyecto
  --lang en|es          idioma del informe
  --color, --no-color   con colores o sin ellos, sea cual sea la salida

Código de salida: 0 sin problemas, 1 errores o más avisos de los admitidos, 2 uso incorrecto o nada que comprobar. Notas y sugerencias no cuentan.`,
  },
  usage: { en: '{0}\nRun `fourd lint --help` to see how it is used.', es: '{0}\nEjecute `fourd lint --help` para ver cómo se usa.' },
  format: {
    en: 'There is no format “{0}”: it is pretty, json, sarif or github.',
    es: 'No existe el formato «{0}»: es pretty, json, sarif o github.',
  },
  rule: { en: 'There is no rule “{0}”. The rules: {1}.', es: 'No existe la regla «{0}». Las reglas: {1}.' },
  level: {
    en: '“{0}” is no level of a rule: error, warning, info, hint or off.',
    es: '«{0}» no es un nivel de regla: error, warning, info, hint u off.',
  },
  number: { en: '--max-warnings wants a whole number, not “{0}”.', es: '--max-warnings espera un número entero, no «{0}».' },
  language: { en: 'Reports come in en or es, not “{0}”.', es: 'Los informes se escriben en en o es, no en «{0}».' },
  missing: { en: 'There is nothing at “{0}”.', es: 'No hay nada en «{0}».' },
  baseline: {
    en: '“{0}” is no baseline of fourd lint. Write one with --write-baseline.',
    es: '«{0}» no es una línea base de fourd lint. Escriba una con --write-baseline.',
  },
  unreadable: { en: '“{0}” cannot be read.', es: 'No se puede leer «{0}».' },
  needsBaseline: { en: '--write-baseline needs --baseline FILE.', es: '--write-baseline necesita --baseline ARCHIVO.' },
  stdin: {
    en: '--stdin goes with --stdin-path PATH, without other paths and without --fix.',
    es: '--stdin va con --stdin-path RUTA, sin otras rutas y sin --fix.',
  },
  notInProject: {
    en: '“{0}” is no code file of a 4D project: those lie in Project/Sources and end in .4dm.',
    es: '«{0}» no es un archivo de código de un proyecto 4D: están en Project/Sources y terminan en .4dm.',
  },
  wroteBaseline: { en: '{0} reports written to {1}.', es: '{0} avisos escritos en {1}.' },
  failed: { en: '{0} could not be checked: {1}', es: 'No se ha podido comprobar {0}: {1}' },
} satisfies Record<string, Bilingual>;

interface Options {
  readonly paths: readonly string[];
  readonly format: keyof typeof reporters;
  readonly settings: RuleSettings;
  readonly only: readonly string[];
  readonly maxWarnings: number;
  readonly fix: boolean;
  readonly baseline: string | undefined;
  readonly writeBaseline: boolean;
  readonly ignoreFile: string | undefined;
  /** The path that standard input stands for. */
  readonly stdin: string | undefined;
  readonly language: Language;
  readonly colour: boolean;
}

/** Runs the command; gives its exit code. Reports go to standard output, mistakes in the call to standard error. */
export async function main(args: readonly string[], language: Language, terminal: Terminal = processTerminal()): Promise<number> {
  try {
    const options = readOptions(args, language, terminal);
    if (options === 'help') {
      terminal.out(`${texts.help[language]}\n`);
      return 0;
    }
    return await run(options, terminal);
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    terminal.err(`${say(texts.usage, language, error.message)}\n`);
    return 2;
  }
}

function readOptions(args: readonly string[], language: Language, terminal: Terminal): Options | 'help' {
  const { values, positionals } = parsed(args, language);
  if (values.help) return 'help';
  const say_ = (text: Bilingual, ...rest: (string | number)[]): Usage => new Usage(say(text, language, ...rest));
  if (values.lang !== undefined && values.lang !== 'en' && values.lang !== 'es') throw say_(texts.language, values.lang);
  if (!(values.format in reporters)) throw say_(texts.format, values.format);
  const maxWarnings = Number(values['max-warnings']);
  if (!Number.isInteger(maxWarnings) || maxWarnings < 0) throw say_(texts.number, values['max-warnings']);
  const settings: Record<string, Severity | 'off'> = {};
  const only: string[] = [];
  for (const rule of values.rule ?? []) {
    const [code, level] = rule.split('=', 2);
    if (!rules.some((r) => r.code === code) && !code.startsWith('syntax-'))
      throw say_(texts.rule, code, rules.map((r) => r.code).join(', '));
    if (level === undefined) only.push(code);
    else if (/^(error|warning|info|hint|off)$/.test(level)) settings[code] = level as Severity | 'off';
    else throw say_(texts.level, level);
  }
  if (values['write-baseline'] && values.baseline === undefined) throw say_(texts.needsBaseline);
  const stdin = values.stdin ? values['stdin-path'] : undefined;
  if ((values.stdin || values['stdin-path'] !== undefined) && (!values.stdin || !stdin || positionals.length > 0 || values.fix))
    throw say_(texts.stdin);
  return {
    paths: positionals.length > 0 ? positionals : ['.'],
    format: values.format as keyof typeof reporters,
    settings,
    only,
    maxWarnings,
    fix: values.fix,
    baseline: values.baseline,
    writeBaseline: values['write-baseline'],
    ignoreFile: values['ignore-file'],
    stdin,
    language: (values.lang as Language | undefined) ?? language,
    colour: values.color ?? (values['no-color'] ? false : terminal.colours),
  };
}

function parsed(args: readonly string[], language: Language) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'pretty' },
        rule: { type: 'string', multiple: true },
        'max-warnings': { type: 'string', default: '0' },
        fix: { type: 'boolean', default: false },
        baseline: { type: 'string' },
        'write-baseline': { type: 'boolean', default: false },
        'ignore-file': { type: 'string' },
        stdin: { type: 'boolean', default: false },
        'stdin-path': { type: 'string' },
        lang: { type: 'string' },
        color: { type: 'boolean' },
        'no-color': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new Usage(usageMistake(error)[language]);
  }
}

async function run(options: Options, terminal: Terminal): Promise<number> {
  const { language } = options;
  const selected =
    options.only.length === 0
      ? rules
      : rules.filter((r) => options.only.some((o) => o === r.code || (r.code === 'syntax' && o.startsWith('syntax'))));
  const projects: LintedProject[] = [];
  let failed = false;
  const text = options.stdin === undefined ? undefined : await standardInput(options.stdin, language, terminal);
  const ignored = options.ignoreFile === undefined ? undefined : ignoring(read(resolve(terminal.cwd, options.ignoreFile), language));
  const known =
    options.baseline !== undefined && !options.writeBaseline ? knownBy(resolve(terminal.cwd, options.baseline), language) : undefined;
  for (const [root, only] of text ? [[text.root, new Set([text.path])] as const] : await targets(options.paths, language, terminal.cwd)) {
    try {
      const { settings: rules_, fix } = options;
      projects.push(await lintProject(root, { rules: rules_, selected, only, fix, text, ignored, known, progress: progress(terminal) }));
    } catch (error) {
      failed = true;
      terminal.err(`${say(texts.failed, language, root, error instanceof Error ? error.message : String(error))}\n`);
    }
  }
  if (terminal.interactive) terminal.err('\r\u001B[K');
  if (options.writeBaseline) {
    const file = resolve(terminal.cwd, options.baseline!);
    const folder = dirname(file);
    const reports = projects.flatMap((p) => p.problems.map((found) => reportOf(found, p.root, folder)));
    writeFileSync(file, baselineText(reports));
    terminal.err(`${say(texts.wroteBaseline, language, reports.length, options.baseline!)}\n`);
    return failed ? 1 : 0;
  }
  terminal.out(reporters[options.format](projects, { language, colour: options.colour, cwd: terminal.cwd, version: packageVersion() }));
  const count = (severity: Severity): number => projects.reduce((n, p) => n + p.problems.filter((d) => d.severity === severity).length, 0);
  return failed || count('error') > 0 || count('warning') > options.maxWarnings ? 1 : 0;
}

function read(path: string, language: Language): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Usage(say(texts.unreadable, language, path));
  }
}

const reportOf = ({ file, code, source }: Found, root: string, folder: string): Known => ({
  file: relative(folder, `${root}/${file}`).replaceAll('\\', '/'),
  code,
  line: source,
});

/** Whether a report is one that the baseline lists. Paths in it are seen from its own folder. */
function knownBy(path: string, language: Language): (found: Found, root: string) => boolean {
  const baseline = readBaseline(read(path, language));
  if (!baseline) throw new Usage(say(texts.baseline, language, path));
  const folder = dirname(path);
  return (found, root) => baseline.takes(reportOf(found, root, folder));
}

/** Standard input as a file of the project that its path lies in. */
async function standardInput(
  path: string,
  language: Language,
  terminal: Terminal,
): Promise<{ root: string; path: string; content: string }> {
  const absolute = resolve(terminal.cwd, path).replaceAll('\\', '/');
  const root = await projectRootOf(nodeFileSystem, dirname(absolute));
  if (root === undefined || classifyPath(absolute.slice(root.length + 1)) === undefined)
    throw new Usage(say(texts.notInProject, language, path));
  return { root, path: absolute, content: terminal.input() };
}

/** The projects that the paths name, each with the files to keep to; a folder stands for every project below it. */
async function targets(paths: readonly string[], language: Language, cwd: string): Promise<Map<string, Set<string> | undefined>> {
  const found = new Map<string, Set<string> | undefined>();
  for (const path of paths) {
    const absolute = resolve(cwd, path).replaceAll('\\', '/');
    if (!existsSync(absolute)) throw new Usage(say(texts.missing, language, path));
    const isFile = statSync(absolute).isFile();
    const roots = isFile
      ? [await projectRootOf(nodeFileSystem, dirname(absolute).replaceAll('\\', '/'))]
      : await findProjects(nodeFileSystem, absolute);
    if (roots.length === 0 || roots[0] === undefined) throw new Usage(say(projectMistakes.none, language, path));
    for (const root of roots as string[]) {
      if (!isFile || !/\.4dm$/i.test(absolute)) found.set(root, undefined);
      else if (!found.has(root)) found.set(root, new Set([absolute]));
      else found.get(root)?.add(absolute);
    }
  }
  return found;
}

/** How far reading is, on a terminal only. */
function progress(terminal: Terminal): ((done: number, total: number) => void) | undefined {
  if (!terminal.interactive) return undefined;
  return (done, total) => terminal.err(`\r\u001B[K${done} / ${total}`);
}
