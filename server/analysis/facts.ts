import type { Catalogue } from '#syntaxes/catalogue/types.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import { nameRole } from '#syntaxes/resolution/resolve.js';
import { compact } from '#syntaxes/text/compact.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameEnd, nameStart, nameText } from '#syntaxes/tree/names.js';
import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';
import { callOf } from './calls.js';
import { declarationsForOthers } from './classFacts.js';
import { heldCalls } from './heldCalls.js';
import { methodKey } from './keys.js';
import type { Encoding, Lines } from './lines.js';
import { methodText } from './methodTexts.js';
import { Numbers } from './numbers.js';
import { type FileFacts, type ProjectIndex, Use } from './projectIndex.js';
import type { ProjectView } from './projectView.js';
import { isDeclared, roleOf } from './roles.js';
import { sessionEvidence } from './sessionEvidence.js';
import { Snapshot } from './snapshot.js';
import { addText } from './textPlaces.js';

const occurrences = new Numbers();

/** The same for a text that is not there as a snapshot. */
export function readFacts(
  path: string,
  text: string,
  catalogue: Catalogue,
  index: ProjectIndex,
  source: SourceFile | undefined,
  encoding: Encoding,
  view?: ProjectView,
): FileFacts {
  return factsOf(new Snapshot({ uri: '', version: 0, text, catalogue, encoding, view, source }), path, index, source);
}

/**
 * The facts of a file for the index. Names are looked up in the catalogue and among the project's methods, no further: facts stay true
 * when the contents of other files change.
 */
export function factsOf(snapshot: Snapshot, path: string, index: ProjectIndex, source: SourceFile | undefined): FileFacts {
  const { tree, lines, spellings } = snapshot;
  const texts: string[] = [];
  const held = /\buse\b/i.test(snapshot.text) ? heldCalls(snapshot) : [];
  occurrences.clear();
  const add = (id: number, start: number, end: number, uses: number): void => {
    const line = lines.lineAt(start);
    const character = lines.character(line, start);
    const length = lines.character(line, Math.min(end, lines.lineEnd(line))) - character;
    occurrences.add(id);
    occurrences.add(line);
    occurrences.add(character);
    occurrences.add((length * 16) | uses);
  };
  let place = 0;
  for (let node = 0; node < tree.data.nodeCount; node++) {
    const kind = tree.kind(node);
    if (kind === N.String) {
      const named = methodText(snapshot, node);
      if (named) add(index.intern(methodKey(named.name), named.name), named.start, named.end, Use.Call | Use.Text);
      else addText(snapshot, node, texts);
      continue;
    }
    if (node !== spellings.nodes[place]) continue;
    const id = kind === N.Local ? -1 : idOf(snapshot, node, place, index);
    place++;
    if (id < 0) continue;
    const start = kind === N.Type ? tree.start(node) : nameStart(tree, node);
    const end = kind === N.Type ? tree.end(node) : nameEnd(tree, node);
    if (end > start) add(id, start, end, snapshot.isDeclaring(node) ? Use.Definition : usesOf(tree, node));
  }
  return {
    path,
    source,
    occurrences: occurrences.copy(),
    evidence: sessionEvidence(snapshot, path, source),
    publishedWeb: snapshot.attributes.publishedWeb,
    ...(texts.length > 0 ? { texts } : {}),
    ...(held.length > 0 ? { held: held.map(compact) } : {}),
    ...declarationsForOthers(snapshot, source),
  };
}

export interface Named {
  readonly start: number;
  readonly end: number;
  /** What is named, by its number in the index. */
  readonly id: number;
  /** Bits of {@link Use}. */
  readonly uses: number;
}

/** Names of a text as the index keeps them ({@link FileFacts.occurrences}), in text order. */
export function occurrencesOf(found: Named[], lines: Lines): Int32Array {
  found.sort((a, b) => a.start - b.start);
  const occurrences = new Int32Array(found.length * 4);
  for (let i = 0; i < found.length; i++) {
    const { start, end, id, uses } = found[i];
    const from = lines.place(start);
    const to = lines.place(end);
    occurrences[i * 4] = id;
    occurrences[i * 4 + 1] = from.line;
    occurrences[i * 4 + 2] = from.character;
    occurrences[i * 4 + 3] = (Math.max(0, to.character - from.character) * 16) | uses;
  }
  return occurrences;
}

/** The number of what a node names, -1 for none. The same words in the same role name the same: looked up once. */
function idOf(snapshot: Snapshot, node: Node, place: number, index: ProjectIndex): number {
  const { tree, spellings } = snapshot;
  const role = tree.kind(node) === N.Name ? roleOf(tree, node) : undefined;
  const known = index.remembered(role === 'free' ? nameRole(tree, node) : (role ?? tree.kind(node)));
  // a field's name alone does not say which it is
  const words = role === 'field' ? tree.textOf(tree.parent(node)) : spellings.text(spellings.numbers[place]);
  let id = known.get(words);
  if (id === undefined) {
    const key = snapshot.key(node);
    id = key === undefined ? -1 : index.intern(key, nameText(tree, node));
    known.set(compact(words), id);
  }
  return id;
}

/** Bits of {@link Use} for a naming node, by its place alone. */
export function usesOf(tree: SyntaxTree, node: Node): number {
  const parent = tree.parent(node);
  if (parent < 0) return 0;
  const kind = tree.kind(parent);
  if (kind === N.Declarator) return isDeclared(tree, parent, node) && tree.kind(node) !== N.Type ? Use.Definition : 0;
  if (kind === N.Parameter || kind === N.Result) return tree.firstChild(parent) === node ? Use.Definition : 0;
  if (tree.kind(node) === N.Name && roleOf(tree, node) === 'memberDefinition') return Use.Definition;
  if (callOf(tree, node) !== node || kind === N.ExpressionStatement) return Use.Call;
  let target = node;
  for (let up = parent; up >= 0; target = up, up = tree.parent(up)) {
    const upKind = tree.kind(up);
    if (upKind === N.Assignment || upKind === N.AssignmentArgument) return tree.firstChild(up) === target ? Use.Write : 0;
    if (upKind === N.For || upKind === N.ForEach) return tree.firstChild(up) === target ? Use.Write : 0;
    const stillTarget = (upKind === N.Element || upKind === N.Character) && tree.firstChild(up) === target;
    if (!stillTarget && !(upKind === N.Field || (upKind === N.Member && tree.child(up, 1) === target))) return 0;
  }
  return 0;
}
