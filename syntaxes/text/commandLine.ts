import type { Bilingual, Language } from './bilingual.js';

/** The language that a command line asks for, `--lang es` or `--lang=es`; undefined where it asks for none that is spoken. */
export function languageAsked(args: readonly string[]): Language | undefined {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const asked = at < 0 ? undefined : args[at] === '--lang' ? args[at + 1] : args[at].slice('--lang='.length);
  return asked === 'en' || asked === 'es' ? asked : undefined;
}

/** A mistake in how a command was called. */
export class Usage extends Error {}

/** Why a path names no project to work on. */
export const projectMistakes = {
  none: {
    en: 'There is no 4D project at or below “{0}”: no folder “Project” or “Sources” with 4D code. Name the folder that holds one.',
    es: 'No hay ningún proyecto 4D en «{0}» ni más abajo: ninguna carpeta «Project» o «Sources» con código 4D. Indique la carpeta que la contiene.',
  },
  several: {
    en: 'There are several 4D projects below “{0}”. Name the folder of one of them: {1}',
    es: 'Hay varios proyectos 4D en «{0}». Indique la carpeta de uno de ellos: {1}',
  },
} satisfies Record<string, Bilingual>;

/** What is wrong with a command line, in both languages, from what `parseArgs` of Node throws. */
export function usageMistake(error: unknown): Bilingual {
  const message = error instanceof Error ? error.message : String(error);
  const option = /'(-{1,2}[^\s',]*)/.exec(message)?.[1];
  if (option === undefined) return { en: message, es: message };
  if (/^Unknown option/.test(message)) return { en: `There is no option “${option}”.`, es: `No existe la opción «${option}».` };
  if (/does not take an argument/.test(message)) return { en: `${option} takes no value.`, es: `${option} no lleva valor.` };
  return { en: `${option} wants a value behind it.`, es: `${option} espera un valor detrás.` };
}
