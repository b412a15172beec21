import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { fold } from '#syntaxes/text/fold.js';
import { methodKey } from '../analysis/keys.js';
import type { Snapshot } from '../analysis/snapshot.js';

/** Longest name 4D takes for a variable, method or class, its scope mark left out. */
const LONGEST = 31;

const texts = {
  form: {
    en: '«{0}» cannot be a name in 4D: a name begins with a letter or _ and goes on with letters, digits and _. Choose another one.',
    es: '«{0}» no puede ser un nombre en 4D: un nombre empieza por letra o _ y sigue con letras, cifras y _. Elija otro.',
  },
  long: {
    en: `«{0}» is too long: 4D takes names of up to ${LONGEST} characters. Choose a shorter one.`,
    es: `«{0}» es demasiado largo: 4D admite nombres de hasta ${LONGEST} caracteres. Elija uno más corto.`,
  },
  taken: {
    en: '«{0}» is already the name of {1}. Choose another one.',
    es: '«{0}» ya es el nombre de {1}. Elija otro.',
  },
} satisfies Record<string, Bilingual>;

const things = {
  command: { en: 'a 4D command', es: 'un comando de 4D' },
  constant: { en: 'a 4D constant', es: 'una constante de 4D' },
  keyword: { en: 'a word of the language', es: 'una palabra del lenguaje' },
  method: { en: 'a project method', es: 'un método proyecto' },
  class: { en: 'a class', es: 'una clase' },
  variable: { en: 'a variable of this project', es: 'una variable de este proyecto' },
  local: { en: 'a variable of this method', es: 'una variable de este método' },
  member: { en: 'a member of this class', es: 'un miembro de esta clase' },
} satisfies Record<string, Bilingual>;

function refuse(text: Bilingual, name: string, thing?: Bilingual): Bilingual {
  const fill = (language: 'en' | 'es'): string => text[language].replace('{0}', name).replace('{1}', thing?.[language] ?? '');
  return { en: fill('en'), es: fill('es') };
}

/** What keeps a name from being one at all; undefined where nothing does. `blanks`: names of methods and variables may hold some. */
export function badForm(name: string, blanks: boolean): Bilingual | undefined {
  const good = blanks ? /^[\p{L}_][\p{L}\p{N}_]*( +[\p{L}\p{N}_]+)*$/u : /^[\p{L}_][\p{L}\p{N}_]*$/u;
  if (!good.test(name)) return refuse(texts.form, name);
  return name.length > LONGEST ? refuse(texts.long, name) : undefined;
}

/** What keeps a method or a process variable from having a name. `present` is its name so far, which it may write otherwise. */
export function takenGlobally(snapshot: Snapshot, name: string, present: string): Bilingual | undefined {
  const { catalogue, view } = snapshot;
  if (fold(name) === fold(present)) return undefined;
  if (catalogue.keywordByName(name)) return refuse(texts.taken, name, things.keyword);
  if (catalogue.commandByName(name)?.kind === 'present') return refuse(texts.taken, name, things.command);
  if (catalogue.constantByName(name)?.kind === 'present') return refuse(texts.taken, name, things.constant);
  if (snapshot.methodByName(name)) return refuse(texts.taken, name, things.method);
  if (view && view.index.occurrences([methodKey(name)], 1).length > 0) return refuse(texts.taken, name, things.variable);
  return undefined;
}

export function takenClass(snapshot: Snapshot, name: string, present: string): Bilingual | undefined {
  if (name === present) return undefined;
  const own = snapshot.view?.project.files.find((f) => f.kind === 'class' && fold(f.name) === fold(name) && f.name !== present);
  if (own || snapshot.view?.project.structure.tables.some((t) => fold(t.name) === fold(name)))
    return refuse(texts.taken, name, things.class);
  return undefined;
}

export function takenIn(
  names: Iterable<string>,
  name: string,
  present: string,
  thing: 'local' | 'variable' | 'member',
): Bilingual | undefined {
  if (fold(name) === fold(present)) return undefined;
  for (const other of names) if (fold(other) === fold(name)) return refuse(texts.taken, name, things[thing]);
  return undefined;
}
