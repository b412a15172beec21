import type { DocumentHighlight, Location } from 'vscode-languageserver';
import { DocumentHighlightKind } from 'vscode-languageserver';
import { N } from '#syntaxes/tree/kinds.js';
import { nameRange } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { type Key, sameAs } from '../analysis/keys.js';
import { Use } from '../analysis/projectIndex.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { usesOf } from '../analysis/uses.js';
import type { FeatureContext } from './context.js';
import { memberDefinition, memberUses } from './memberUses.js';

/**
 * Every place that names what the offset names, by identity: a command under each of its spellings, a function of a class of the project
 * on objects that have the class or may have it. Read from the project's index.
 */
export async function references(
  snapshot: Snapshot,
  offset: number,
  includeDeclaration: boolean,
  context: Pick<FeatureContext, 'open'>,
  cancelled?: () => boolean,
): Promise<Location[]> {
  const node = snapshot.nameAt(offset);
  if (node < 0) return [];
  const { tree, view } = snapshot;
  if (tree.kind(node) === N.Local || !view?.index.has(snapshot.source?.path ?? '')) {
    return occurrencesHere(snapshot, node)
      .filter((n) => includeDeclaration || !isDeclaration(snapshot, n))
      .map((n) => ({ uri: snapshot.uri, range: spanOf(snapshot, n) }));
  }
  const member = await memberDefinition(snapshot, node, context);
  if (member) {
    const uses = await memberUses(member, context, cancelled);
    const own = JSON.stringify(member.source.lines.place(member.source.tree.start(member.name)));
    return [...uses.sure, ...uses.possible]
      .filter((p) => includeDeclaration || p.path !== member.source.source?.path || JSON.stringify(p.span.start) !== own)
      .map((p) => ({ uri: view.uriOf(p.path), range: p.span }));
  }
  const places = view.index
    .occurrences(keysAt(snapshot, node))
    .filter((o) => includeDeclaration || !(o.uses & Use.Definition))
    .map((o) => ({ uri: view.uriOf(o.path), range: o.span }));
  const file = includeDeclaration ? definingFile(snapshot, node) : undefined;
  return file ? [file, ...places] : places;
}

/** A method and a class are declared by their file. */
function definingFile(snapshot: Snapshot, node: Node): Location | undefined {
  const { tree, view } = snapshot;
  if (tree.kind(node) !== N.Name || !view) return undefined;
  const key = snapshot.key(node);
  const resolved = key?.startsWith('n:') ? snapshot.resolve(node) : undefined;
  const file = resolved?.kind === 'method' ? resolved.file : key?.startsWith('cs:') ? view.project.classByName(key.slice(3)) : undefined;
  const zero = { line: 0, character: 0 };
  return file && { uri: view.uriOf(file.path), range: { start: zero, end: zero } };
}

export function highlights(snapshot: Snapshot, offset: number): DocumentHighlight[] {
  const node = snapshot.nameAt(offset);
  if (node < 0) return [];
  return occurrencesHere(snapshot, node).map((n) => ({
    range: spanOf(snapshot, n),
    kind: isWrite(snapshot, n) ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

/** The identities to look for: a table is one thing under its number and its name. */
export function keysAt(snapshot: Snapshot, node: Node): Key[] {
  const key = snapshot.key(node);
  return key === undefined ? [] : sameAs(key, snapshot.view?.project.structure);
}

/** The nodes of this text that name what a node names. */
export function occurrencesHere(snapshot: Snapshot, node: Node): Node[] {
  const { tree } = snapshot;
  if (tree.kind(node) === N.Local) return snapshot.locals.of(node)?.occurrences ?? [];
  const keys = new Set(keysAt(snapshot, node));
  if (keys.size === 0) return [];
  const found: Node[] = [];
  for (let n = 0; n < tree.data.nodeCount; n++) {
    const kind = tree.kind(n);
    if (kind !== N.Name && kind !== N.Interprocess && kind !== N.Table && kind !== N.Type) continue;
    const key = snapshot.key(n);
    if (key !== undefined && keys.has(key)) found.push(n);
  }
  return found.sort((a, b) => tree.start(a) - tree.start(b));
}

/** A local's places are all in its own text. */
export function isLocal(snapshot: Snapshot, offset: number): boolean {
  const node = snapshot.nameAt(offset);
  return node < 0 || snapshot.tree.kind(node) === N.Local;
}

function spanOf(snapshot: Snapshot, node: Node) {
  const { tree } = snapshot;
  const { start, end } = tree.kind(node) === N.Type ? { start: tree.start(node), end: tree.end(node) } : nameRange(tree, node);
  return snapshot.span(start, end);
}

function isDeclaration(snapshot: Snapshot, node: Node): boolean {
  const variable = snapshot.locals.of(node);
  return variable
    ? variable.declared && variable.declaration === node
    : snapshot.isDeclaring(node) || (usesOf(snapshot.tree, node) & Use.Definition) !== 0;
}

function isWrite(snapshot: Snapshot, node: Node): boolean {
  return isDeclaration(snapshot, node) || (usesOf(snapshot.tree, node) & Use.Write) !== 0;
}
