import { CompletionItemKind } from 'vscode-languageserver';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { tableOfClass, typeOf } from '../analysis/expressionType.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { formPlace, textPlace, textsAt } from '../analysis/textPlaces.js';
import type { Choice } from './completion.types.js';
import { guesses, storedChoices } from './completionOfMembers.js';
import type { TypedName } from './typedName.js';

/** No more texts than this. */
const TEXTS = 80;

/**
 * Texts that stand in the same place elsewhere: what the same variable, field or member is compared with or given, what is passed to the
 * same parameter, names of the same kind of thing. Those of this text first.
 */
export function texts(snapshot: Snapshot, name: TypedName): Choice[] {
  const node = snapshot.tree.nodeAt(name.start - 1);
  const place = snapshot.tree.kind(node) === N.String ? textPlace(snapshot, node) : undefined;
  if (place === undefined) return [];
  const key = fold(name.typed);
  const found = new Map<string, Choice>();
  const fits = (label: string): boolean => fold(label).includes(key);
  const add = (labels: Iterable<string>, rank: number): void => {
    for (const label of labels) {
      if (found.has(label) || !fits(label)) continue;
      const begins = fold(label).startsWith(key);
      found.set(label, { label, text: label, kind: CompletionItemKind.Value, rank: begins ? rank : rank + 4 });
    }
  };
  add(textsAt(snapshot, place, node, fits), 0);
  if (place === formPlace) add(forms(snapshot), 1);
  add(snapshot.view?.index.textsAt(place, snapshot.source?.path) ?? [], 2);
  return [...found.values()].sort((a, b) => a.rank - b.rank).slice(0, TEXTS);
}

/** The project's forms that have a method; those without are known by their files. */
function forms({ view }: Snapshot): string[] {
  return [
    ...new Set(
      view?.project.files.flatMap(({ kind, path }) => (kind === 'formMethod' ? (/\/Forms\/([^/]+)\//.exec(path)?.[1] ?? []) : [])),
    ),
  ];
}

/** Attributes in a text that `query`, `orderBy` and their like take: of the table the object is of, else of any object. */
export function attributes(snapshot: Snapshot, name: TypedName): Choice[] {
  const key = fold(name.typed);
  const node = snapshot.tree.nodeAt(name.start - 1);
  const fields = storedChoices(snapshot, rowType(snapshot, node)).filter((c) => fold(c.label).startsWith(key));
  return fields.length > 0 ? fields : guesses(snapshot, key, name);
}

/** The class of what a function goes through, the function's argument given: entities of a data class or a selection. */
function rowType(snapshot: Snapshot, argument: Node): string {
  const { tree } = snapshot;
  const callee = tree.firstChild(tree.parent(tree.parent(argument)));
  const type = tree.kind(callee) === N.Member ? (typeOf(snapshot, tree.firstChild(callee)) ?? '') : '';
  const table = tableOfClass(snapshot, type);
  return table ? `cs.${table.name}Entity` : '';
}
