import type { SourceFile } from '#syntaxes/project/types.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameRange, nameText, typeName } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { classKey, type Key, methodKey } from '../analysis/keys.js';
import type { Span } from '../analysis/lines.js';
import type { ProjectView } from '../analysis/projectView.js';
import { roleOf } from '../analysis/roles.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { FeatureContext } from './context.js';
import { memberDefinition, memberUses } from './memberUses.js';
import { badForm, takenClass, takenGlobally, takenIn } from './renameNames.js';
import { encodeFileName, type TextPlace, textsNaming } from './textsNaming.js';

/** What a rename does. `unsure` edits are shown for confirmation where the client can, and left out where it cannot. */
export interface Renaming {
  readonly edits: readonly { readonly uri: string; readonly range: Span; readonly newText: string; readonly unsure?: Bilingual }[];
  readonly file?: { readonly from: string; readonly to: string };
}

export interface Refused {
  readonly refused: Bilingual;
}

export interface RenameOptions {
  readonly cancelled: () => boolean;
  /** The client can show doubtful edits for confirmation: look for those too. */
  readonly unsure: boolean;
}

const no = {
  nothing: {
    en: 'There is no name here that could be renamed. Place the cursor in a variable, method, class or class function.',
    es: 'Aquí no hay ningún nombre que se pueda renombrar. Ponga el cursor en una variable, un método, una clase o una función de clase.',
  },
  command: {
    en: 'Commands and constants of 4D have the names 4D gives them.',
    es: 'Los comandos y las constantes de 4D tienen los nombres que 4D les da.',
  },
  structure: {
    en: 'Tables and fields are renamed in 4D’s structure editor: their names are in the structure and in the data, not in the code.',
    es: 'Las tablas y los campos se renombran en el editor de estructura de 4D: sus nombres están en la estructura y en los datos, no en el código.',
  },
  numbered: {
    en: '$0, $1 … are named by their position. Declare the parameters with #DECLARE to give them names.',
    es: '$0, $1 … se llaman por su posición. Declare los parámetros con #DECLARE para darles nombre.',
  },
  unknown: {
    en: 'Nothing in this project has this name; it may be a method of a component or plug-in, which is renamed there.',
    es: 'Nada en este proyecto tiene este nombre; puede ser un método de un componente o plug-in, y se renombra allí.',
  },
  member: {
    en: 'It is not known which class this member belongs to, or it is one of 4D’s own. Declare the type of the object, or rename the function in its class.',
    es: 'No se sabe de qué clase es este miembro, o es una de las de 4D. Declare el tipo del objeto o renombre la función en su clase.',
  },
  system: {
    en: 'System variables have the names 4D gives them.',
    es: 'Las variables sistema tienen los nombres que 4D les da.',
  },
  noProject: {
    en: 'This file belongs to no 4D project, so the other places that use the name are not known. Open it in its project.',
    es: 'Este archivo no es de ningún proyecto 4D, así que no se sabe dónde más se usa el nombre. Ábralo en su proyecto.',
  },
} satisfies Record<string, Bilingual>;

const unsureMember: Bilingual = {
  en: 'a member of this name on an object whose class is not known',
  es: 'un miembro con este nombre en un objeto de clase desconocida',
};
const unsureText: Bilingual = { en: 'a text that is exactly this name', es: 'un texto que es exactamente este nombre' };

type Target =
  | { readonly kind: 'local'; readonly node: Node }
  | { readonly kind: 'process' | 'interprocess'; readonly key: Key; readonly name: string }
  | { readonly kind: 'method' | 'class'; readonly file: SourceFile }
  | { readonly kind: 'member'; readonly source: Snapshot; readonly name: Node };

/** What would be renamed at an offset: its range and present name, or why it cannot be. */
export async function prepareRename(
  snapshot: Snapshot,
  offset: number,
  context: Pick<FeatureContext, 'open'>,
): Promise<{ readonly range: Span; readonly placeholder: string } | Refused> {
  const node = snapshot.nameAt(offset);
  const target = await targetAt(snapshot, node, context);
  if ('refused' in target) return target;
  const { start, end } = rangeOf(snapshot, node);
  return { range: snapshot.span(start, end), placeholder: snapshot.text.slice(start, end) };
}

/** The edits that give the name at an offset a new one everywhere. */
export async function rename(
  snapshot: Snapshot,
  offset: number,
  newName: string,
  context: Pick<FeatureContext, 'open'>,
  options: RenameOptions,
): Promise<Renaming | Refused> {
  const target = await targetAt(snapshot, snapshot.nameAt(offset), context);
  if ('refused' in target) return target;
  const name = newName.trim();
  switch (target.kind) {
    case 'local':
      return renameLocal(snapshot, target.node, name.startsWith('$') ? name : `$${name}`);
    case 'process':
    case 'interprocess':
      return renameVariable(snapshot, target.kind, target, name);
    case 'member':
      return renameMember(target, name, context, options);
    default: {
      const blocked =
        target.kind === 'class'
          ? (badForm(name, false) ?? takenClass(snapshot, name, target.file.name))
          : (badForm(name, true) ?? takenGlobally(snapshot, name, target.file.name));
      if (blocked) return { refused: blocked };
      const folder = target.file.path.slice(0, target.file.path.lastIndexOf('/') + 1);
      const to = `${folder}${encodeFileName(name)}.4dm`;
      const view = snapshot.view!;
      const { edits } = await renameFile(view, target.file, name, context, options);
      return { edits, file: { from: view.uriOf(target.file.path), to: view.uriOf(to) } };
    }
  }
}

/** The edits that follow from a method's or class's file having another name, the file itself left out. */
export async function renameFile(
  view: ProjectView,
  file: SourceFile,
  name: string,
  context: Pick<FeatureContext, 'open'>,
  options: RenameOptions,
): Promise<Renaming> {
  const isClass = file.kind === 'class';
  const key = isClass ? classKey(file.name) : methodKey(file.name);
  const edits: Renaming['edits'][number][] = view.index.occurrences([key]).map(({ path, span }) => ({
    uri: view.uriOf(path),
    // `cs.Shop` is one place: its last word is the class
    range: isClass ? { start: { ...span.end, character: span.end.character - file.name.length }, end: span.end } : span,
    newText: name,
  }));
  const add = (place: TextPlace, unsure?: Bilingual): void => {
    edits.push({ uri: place.uri, range: place.span, newText: name, ...(unsure ? { unsure } : {}) });
  };
  const listed = await context.open(`${view.project.sources}/folders.json`);
  if (listed) for (const place of textsNaming(listed, file.name, true)) add(place);
  if (options.unsure && !isClass) {
    for (const { path } of view.project.files) {
      if (options.cancelled()) break;
      const other = await context.open(path);
      if (other)
        for (const place of textsNaming(other, file.name, false)) if (!edits.some((e) => samePlace(e, place))) add(place, unsureText);
    }
  }
  return { edits };
}

function samePlace(edit: Renaming['edits'][number], place: TextPlace): boolean {
  const { start } = edit.range;
  return edit.uri === place.uri && start.line === place.span.start.line && start.character === place.span.start.character;
}

function renameLocal(snapshot: Snapshot, node: Node, name: string): Renaming | Refused {
  const variable = snapshot.locals.of(node)!;
  const others = snapshot.locals.inScope(variable.scope).map((v) => v.name);
  const blocked = badForm(name.slice(1), true) ?? takenIn(others, name, variable.name, 'local');
  if (blocked) return { refused: blocked };
  return {
    edits: variable.occurrences.map((n) => {
      const { start, end } = nameRange(snapshot.tree, n);
      return { uri: snapshot.uri, range: snapshot.span(start, end), newText: name };
    }),
  };
}

function renameVariable(
  snapshot: Snapshot,
  kind: 'process' | 'interprocess',
  { key, name: present }: { readonly key: Key; readonly name: string },
  name: string,
): Renaming | Refused {
  const view = snapshot.view!;
  const bare = kind === 'interprocess' ? name.replace(/^(<>|◊)/, '') : name;
  const others = kind === 'interprocess' ? [...view.index.keysOf('i:')].map((k) => k.key.slice(2)) : [];
  const blocked =
    badForm(bare, true) ?? (kind === 'interprocess' ? takenIn(others, bare, present, 'variable') : takenGlobally(snapshot, bare, present));
  if (blocked) return { refused: blocked };
  return {
    edits: view.index
      .occurrences([key])
      .map(({ path, span }) => ({ uri: view.uriOf(path), range: span, newText: kind === 'interprocess' ? `<>${bare}` : bare })),
  };
}

async function renameMember(
  target: { readonly source: Snapshot; readonly name: Node },
  name: string,
  context: Pick<FeatureContext, 'open'>,
  options: RenameOptions,
): Promise<Renaming | Refused> {
  const { source } = target;
  const view = source.view!;
  const present = nameText(source.tree, target.name);
  const { tree } = source;
  const others: string[] = [];
  for (let n = 0; n < tree.data.nodeCount; n++)
    if (tree.kind(n) === N.Name && roleOf(tree, n) === 'memberDefinition') others.push(nameText(tree, n));
  const blocked = badForm(name, false) ?? takenIn(others, name, present, 'member');
  if (blocked) return { refused: blocked };
  const uses = await memberUses(target, context, options.cancelled);
  const edit = (unsure?: Bilingual) => (place: { path: string; span: Span }) => ({
    uri: view.uriOf(place.path),
    range: place.span,
    newText: name,
    ...(unsure ? { unsure } : {}),
  });
  return { edits: [...uses.sure.map(edit()), ...(options.unsure ? uses.possible.map(edit(unsureMember)) : [])] };
}

async function targetAt(snapshot: Snapshot, node: Node, context: Pick<FeatureContext, 'open'>): Promise<Target | Refused> {
  const { tree, view } = snapshot;
  if (node < 0) return { refused: no.nothing };
  const kind = tree.kind(node);
  if (kind === N.Local) return /^\$\d+$/.test(nameText(tree, node)) ? { refused: no.numbered } : { kind: 'local', node };
  if (kind === N.Table) return { refused: no.structure };
  if (!view || !snapshot.source) return { refused: no.noProject };
  const key = snapshot.key(node);
  if (kind === N.Interprocess) return { kind: 'interprocess', key: key!, name: nameText(tree, node).replace(/^(<>|◊)/, '') };
  const className = kind === N.Type ? /^cs\.(.+)$/i.exec(typeName(tree, node))?.[1] : undefined;
  if (kind === N.Type && !className) return { refused: no.command };
  const role = kind === N.Type ? 'class' : roleOf(tree, node);
  switch (role) {
    case 'class': {
      const file = view.project.classByName(className ?? nameText(tree, node));
      return file ? { kind: 'class', file } : { refused: no.structure };
    }
    case 'builtInClass':
      return { refused: no.command };
    case 'dataclass':
    case 'field':
      return { refused: no.structure };
    case 'member':
    case 'memberDefinition': {
      const found = await memberDefinition(snapshot, node, context);
      return found ? { kind: 'member', ...found } : { refused: no.member };
    }
    default:
      break;
  }
  const resolved = snapshot.resolve(node);
  switch (resolved.kind) {
    case 'method':
      return resolved.file.component === undefined ? { kind: 'method', file: resolved.file } : { refused: no.unknown };
    case 'variable':
      if (snapshot.catalogue.systemVariableByName(resolved.name)) return { refused: no.system };
      return { kind: 'process', key: key!, name: resolved.name };
    case 'unknown':
    case 'plugin':
      return { refused: no.unknown };
    default:
      return { refused: no.command };
  }
}

function rangeOf(snapshot: Snapshot, node: Node): { start: number; end: number } {
  const { tree } = snapshot;
  if (tree.kind(node) !== N.Type) return nameRange(tree, node);
  const end = tree.end(node);
  return { start: end - /[^.\s]*$/.exec(tree.textOf(node))![0].length, end };
}
