/** `fourd migrate`: what has to be done to leave legacy sessions, and, with `--write`, the edits that are safe. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { findProjects } from '#syntaxes/project/project.js';
import { type Bilingual, type Language, say } from '#syntaxes/text/bilingual.js';
import { projectMistakes, Usage, usageMistake } from '#syntaxes/text/commandLine.js';
import { json, markdown, sarif } from '../migration/reportText.js';
import { type Migration, migrate } from '../migration/run.js';
import { processTerminal, type Terminal } from './terminal.js';
import { packageVersion } from './version.js';

const texts = {
  help: {
    en: `fourd migrate [project]   how a 4D project gets from legacy to scalable sessions (the present folder without a path)

  --format markdown|json|sarif   form of the report (markdown)
  --write               write the edits of the report to the project's files
  --only automatic      only edits that change nothing people notice; the others are reported
  --both-modes          edits for a project that has to run in both modes: calls get a guard, the settings stay
  --lang en|es          language of the report

The report says for every use of legacy sessions whether an edit is automatic, assisted (look at it) or left to you, and why; what is different
afterwards stands at each edit. Without --write nothing is changed. Commit before you write: undo is then one step.

Exit code: 0 nothing is left to do by hand, 1 something is, 2 wrong usage or no project.`,
    es: `fourd migrate [proyecto]   cómo pasa un proyecto 4D de sesiones heredadas a escalables (sin ruta, la carpeta actual)

  --format markdown|json|sarif   forma del informe (markdown)
  --write               escribir las ediciones del informe en los archivos del proyecto
  --only automatic      solo ediciones que no cambian nada perceptible; las demás se informan
  --both-modes          ediciones para un proyecto que debe funcionar en los dos modos: las llamadas reciben una comprobación y los ajustes se quedan
  --lang en|es          idioma del informe

El informe dice de cada uso de sesiones heredadas si la edición es automática, asistida (mírela) o le toca a usted, y por qué; lo que será diferente
figura en cada edición. Sin --write no se cambia nada. Haga un commit antes de escribir: así deshacer es un solo paso.

Código de salida: 0 no queda nada que hacer a mano, 1 queda algo, 2 uso incorrecto o ningún proyecto.`,
  },
  usage: { en: '{0}\nRun `fourd migrate --help` to see how it is used.', es: '{0}\nEjecute `fourd migrate --help` para ver cómo se usa.' },
  value: { en: '“{0}” is no value of {1}: {2}.', es: '«{0}» no es un valor de {1}: {2}.' },
  one: { en: 'Name one project, not {0}.', es: 'Indique un proyecto, no {0}.' },
  written: { en: '{0} files written.', es: '{0} archivos escritos.' },
} satisfies Record<string, Bilingual>;

/** Runs the command; gives its exit code. The report goes to standard output, everything else to standard error. */
export async function main(args: readonly string[], language: Language, terminal: Terminal = processTerminal()): Promise<number> {
  try {
    return await run(args, language, terminal);
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    terminal.err(`${say(texts.usage, language, error.message)}\n`);
    return 2;
  }
}

async function run(args: readonly string[], systemLanguage: Language, terminal: Terminal): Promise<number> {
  const { values, positionals } = parsed(args, systemLanguage);
  const check = (option: 'format' | 'only' | 'lang', allowed: readonly string[]): void => {
    const value = values[option];
    if (value !== undefined && !allowed.includes(value))
      throw new Usage(say(texts.value, systemLanguage, value, `--${option}`, allowed.join(', ')));
  };
  check('lang', ['en', 'es']);
  check('format', ['markdown', 'json', 'sarif']);
  check('only', ['automatic']);
  const language = (values.lang as Language | undefined) ?? systemLanguage;
  if (values.help) {
    terminal.out(`${texts.help[language]}\n`);
    return 0;
  }
  if (positionals.length > 1) throw new Usage(say(texts.one, language, positionals.length));
  const bothModes = values['both-modes'];
  const migration = await migrate(nodeFileSystem, await projectAt(positionals[0] ?? '.', language, terminal.cwd), defaultCatalogue(), {
    bothModes,
    wants: (item) => values.only === undefined || item.kind === values.only,
  });
  const reports = {
    markdown: () => markdown(migration, language, bothModes),
    json: () => json(migration, language),
    sarif: () => sarif(migration, language, bothModes, packageVersion()),
  };
  if (values.write) {
    await write(migration);
    terminal.err(`${say(texts.written, language, migration.changed.length)}\n`);
  }
  terminal.out(reports[values.format as keyof typeof reports]());
  const left = values.write ? migration.rest : migration.plan;
  return left.items.some((item) => item.kind === 'manual') ? 1 : 0;
}

function parsed(args: readonly string[], language: Language) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'markdown' },
        write: { type: 'boolean', default: false },
        only: { type: 'string' },
        'both-modes': { type: 'boolean', default: false },
        lang: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new Usage(usageMistake(error)[language]);
  }
}

async function projectAt(path: string, language: Language, cwd: string): Promise<string> {
  const absolute = resolve(cwd, path).replaceAll('\\', '/');
  const roots = existsSync(absolute) ? await findProjects(nodeFileSystem, absolute) : [];
  if (roots.includes(absolute)) return absolute;
  if (roots.length === 0) throw new Usage(say(projectMistakes.none, language, path));
  if (roots.length > 1) throw new Usage(say(projectMistakes.several, language, path, roots.join(', ')));
  return roots[0];
}

/** Writes the new texts, each with the byte order mark its file had. */
async function write({ plan, changed }: Migration): Promise<void> {
  for (const { path, after } of changed) {
    const file = isAbsolute(path) ? path : `${plan.root}/${path}`;
    const bytes = await readFile(file);
    const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? '\uFEFF' : '';
    await writeFile(file, mark + after);
  }
}
