import { CompletionItemKind } from 'vscode-languageserver';
import { fold } from '#syntaxes/text/fold.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { Choice } from './completion.types.js';
import type { TypedName } from './typedName.js';

function choose(labels: Iterable<string>, typed: string, kind: CompletionItemKind, rank = 0): Choice[] {
  const key = fold(typed);
  const found: Choice[] = [];
  for (const label of labels) {
    const folded = fold(label);
    if (folded.startsWith(key)) found.push({ label, text: label, kind, rank });
    else if (key !== '' && folded.includes(key)) found.push({ label, text: label, kind, rank: rank + 1 });
  }
  return found;
}

/** Behind `cs.`, and what a class may extend: classes of the project, and those that the tables make. */
export function classes(snapshot: Snapshot, name: TypedName): Choice[] {
  const { project } = snapshot.view ?? {};
  const own = project?.files.filter((f) => f.kind === 'class').map((f) => f.name) ?? [];
  const ofTables = project?.structure.tables.flatMap((t) => [t.name, `${t.name}Entity`, `${t.name}Selection`]) ?? [];
  return [
    ...choose(own, name.typed, CompletionItemKind.Class),
    ...choose(
      ofTables.filter((t) => !own.includes(t)),
      name.typed,
      CompletionItemKind.Class,
      2,
    ),
    ...choose(elsewhere(snapshot, [...own, ...ofTables, name.typed]), name.typed, CompletionItemKind.Module, 4),
  ];
}

/** Names behind `cs.` that the project does not have: the name spaces of components, as they say themselves or its code writes them. */
function elsewhere({ view }: Snapshot, known: readonly string[]): string[] {
  const folded = new Set(known.map(fold));
  const names = [...(view?.index.keysOf('cs:') ?? [])].map(({ spelling }) =>
    spelling
      .replace(/^cs\s*\.\s*/i, '')
      .split('.')[0]
      .trim(),
  );
  const said = [...(view?.componentClasses.values() ?? [])].map(({ file }) => file.name.split('.')[0]);
  const spaces = new Map([...names, ...said].map((name) => [fold(name), name]));
  return [...spaces.values()].filter((name) => name !== '' && !folded.has(fold(name)));
}

/** Behind `4D.`. */
export function builtInClasses({ catalogue }: Snapshot, name: TypedName): Choice[] {
  const names = catalogue.classes.filter((c) => c.isClass && c.name.startsWith('4D.')).map((c) => c.name.slice(3));
  return choose(names, name.typed, CompletionItemKind.Class);
}

/** Behind the colon of a declaration: 4D's types and the two stores of classes. */
export function types({ catalogue }: Snapshot, name: TypedName): Choice[] {
  return [
    ...choose(catalogue.types, name.typed, CompletionItemKind.TypeParameter),
    ...choose(['cs', '4D'], name.typed, CompletionItemKind.Module),
  ];
}
