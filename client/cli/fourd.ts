#!/usr/bin/env node
/**
 * `fourd`: everything outside VS Code behind one name. Each subcommand lives in the `cli` folder of the floor that knows about it and exports
 * `main(args, language)`, which takes the arguments after its name and gives the exit code; `lsp` and `dap` are whole programs that start when imported.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { type Bilingual, type Language, languageOf, say } from '#syntaxes/text/bilingual.js';
import { languageAsked } from '#syntaxes/text/commandLine.js';

interface Subcommand {
  readonly usage: string;
  readonly what: Bilingual;
  readonly run: (args: readonly string[], language: Language) => Promise<number | undefined>;
}

const subcommands: Readonly<Record<string, Subcommand>> = {
  lsp: {
    usage: 'lsp --stdio',
    what: { en: 'the language server, for Neovim, Emacs, Helix, Zed …', es: 'el servidor de lenguaje, para Neovim, Emacs, Helix, Zed…' },
    run: () => program(import('#server/cli/lsp.js')),
  },
  dap: {
    usage: 'dap --stdio',
    what: { en: 'the debug adapter, for nvim-dap and others', es: 'el adaptador de depuración, para nvim-dap y otros' },
    run: () => program(import('#runtime/cli/dap.js')),
  },
  lint: {
    usage: 'lint [path…]',
    what: {
      en: 'the diagnostics of whole projects, on a terminal and in CI',
      es: 'los diagnósticos de proyectos enteros, en un terminal y en CI',
    },
    run: async (args, language) => (await import('#server/cli/lint.js')).main(args, language),
  },
  migrate: {
    usage: 'migrate [project]',
    what: {
      en: 'the way from legacy to scalable sessions: report and edits',
      es: 'el paso de sesiones heredadas a escalables: informe y ediciones',
    },
    run: async (args, language) => (await import('#server/cli/migrate.js')).main(args, language),
  },
  serve: {
    usage: 'serve [project]',
    what: { en: 'the session simulator as a local web server', es: 'el simulador de sesiones como servidor web local' },
    run: async (args, language) => (await import('#runtime/cli/serve.js')).main(args, language),
  },
  run: {
    usage: 'run <method> [argument…]',
    what: { en: 'one method in the simulator: what happened, and its result', es: 'un método en el simulador: lo ocurrido y su resultado' },
    run: async (args, language) => (await import('#runtime/cli/run.js')).main(args, language),
  },
  test: {
    usage: 'test [path…]',
    what: { en: 'scenario files played against the simulator', es: 'escenarios ejecutados contra el simulador' },
    run: async (args, language) => (await import('#runtime/cli/test.js')).main(args, language),
  },
};

/** A program that starts when it is imported and ends by itself. */
const program = (started: Promise<unknown>): Promise<undefined> => started.then(() => undefined);

const texts = {
  head: {
    en: 'fourd: 4D code outside VS Code, and the session simulator',
    es: 'fourd: código 4D fuera de VS Code y el simulador de sesiones',
  },
  usage: { en: 'Usage', es: 'Uso' },
  unknown: {
    en: 'fourd knows no subcommand “{0}”. Run `fourd help` to see those it knows.',
    es: 'fourd no conoce el subcomando «{0}». Ejecute `fourd help` para ver los que conoce.',
  },
} satisfies Record<string, Bilingual>;

function help(language: Language): string {
  const width = Math.max(0, ...Object.values(subcommands).map(({ usage }) => usage.length));
  const lines = Object.values(subcommands).map(({ usage, what }) => `  fourd ${usage.padEnd(width)}  ${say(what, language)}`);
  return [say(texts.head, language), '', `${say(texts.usage, language)}:`, ...lines, ''].join('\n');
}

/** The version of the package, whose manifest lies above this file both when bundled and when compiled. */
function version(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')).version;
  }
  return '?';
}

// Who reads has gone (`fourd lint | head`): what is left to say is for nobody, and the command still does its work.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const { env, argv } = process;
const language = languageAsked(argv) ?? languageOf(env.LC_ALL || env.LC_MESSAGES || env.LANG);
const [name = 'help', ...args] = argv.slice(2);
if (/^(help|-h|--help)$/.test(name)) process.stdout.write(help(language));
else if (/^(version|-v|--version)$/.test(name)) process.stdout.write(`${version()}\n`);
else if (name in subcommands) process.exitCode = await subcommands[name].run(args, language);
else {
  process.stderr.write(`${say(texts.unknown, language, name)}\n`);
  process.exitCode = 2;
}
