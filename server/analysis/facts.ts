import type { Catalogue } from '#syntaxes/catalogue/types.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import { compact } from '#syntaxes/text/compact.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameEnd, nameStart, nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { declarationsForOthers } from './classFacts.js';
import { heldStretches, mayBeHeld } from './heldCalls.js';
import { methodKey } from './keys.js';
import type { Encoding, Lines } from './lines.js';
import { methodText } from './methodTexts.js';
import { markAt, partIn, roleAndPartIn, roleIn, usesIn } from './nameMarks.js';
import { Numbers } from './numbers.js';
import { type FileFacts, type ProjectIndex, Use } from './projectIndex.js';
import type { ProjectView } from './projectView.js';
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
  const held = heldStretches(tree);
  const heldIds = new Set<number>();
  const idOf = numbering(snapshot, index);
  occurrences.clear();
  const add = (id: number, start: number, end: number, uses: number): void => {
    const line = lines.lineAt(start);
    const character = lines.character(line, start);
    const within = line + 1 === lines.lineCount || end < lines.lineStart(line + 1) - 1 ? end : Math.min(end, lines.lineEnd(line));
    const length = lines.character(line, within) - character;
    occurrences.add(id);
    occurrences.add(line);
    occurrences.add(character);
    occurrences.add((length * 16) | uses);
  };
  let place = 0;
  let stretch = 0;
  const { nodeKind, nodeFirst } = tree.data;
  for (let node = 0; node < nodeKind.length; node++) {
    const kind = nodeKind[node];
    if (kind === N.String) {
      const named = methodText(snapshot, node);
      if (named) add(index.intern(methodKey(named.name), named.name), named.start, named.end, Use.Call | Use.Text);
      else addText(snapshot, node, texts);
      continue;
    }
    if (node !== spellings.nodes[place]) continue;
    const here = place++;
    if (kind === N.Local) continue;
    const id = idOf(node, here);
    if (id < 0) continue;
    if (kind === N.Name) {
      const token = nodeFirst[node];
      while (stretch < held.length && held[stretch + 1] <= token) stretch += 2;
      if (stretch < held.length && held[stretch] <= token) heldIds.add(id);
    }
    const start = kind === N.Type ? tree.start(node) : nameStart(tree, node);
    const end = kind === N.Type ? tree.end(node) : nameEnd(tree, node);
    if (end > start) add(id, start, end, snapshot.isDeclaring(node) ? Use.Definition : usesIn(markAt(tree, spellings, here)));
  }
  const heldKeys = [...heldIds].map(index.keyOf).filter(mayBeHeld);
  return {
    path,
    source,
    occurrences: occurrences.copy(),
    evidence: sessionEvidence(snapshot, path, source),
    publishedWeb: snapshot.attributes.publishedWeb,
    ...(texts.length > 0 ? { texts } : {}),
    ...(heldKeys.length > 0 ? { held: heldKeys } : {}),
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

/** Finds the numbers of what the names of a text name, -1 for none. The same words in the same role name the same: looked up once. */
function numbering(snapshot: Snapshot, index: ProjectIndex): (node: Node, place: number) => number {
  const { tree, spellings } = snapshot;
  /** By role, part and kind, then by the number of the spelling. */
  const known: number[][] = [];
  return (node, place) => {
    const kind = tree.kind(node);
    const mark = kind === N.Name ? markAt(tree, spellings, place) : 0;
    const slot = mark === 0 ? ROLES + kind : roleAndPartIn(mark);
    // a field's name alone does not say which it is
    if (mark !== 0 && roleIn(mark) === 'field') return lookUp(snapshot, node, 'field', tree.textOf(tree.parent(node)), index);
    const number = spellings.numbers[place];
    known[slot] ??= new Array<number>(spellings.count);
    known[slot][number] ??= lookUp(snapshot, node, partOf(kind, mark), spellings.text(number), index);
    return known[slot][number];
  };
}

function partOf(kind: N, mark: number): unknown {
  if (mark === 0) return kind;
  const role = roleIn(mark);
  return role === 'free' ? partIn(mark) : role;
}

function lookUp(snapshot: Snapshot, node: Node, part: unknown, words: string, index: ProjectIndex): number {
  const remembered = index.remembered(part);
  let id = remembered.get(words);
  if (id === undefined) {
    const key = snapshot.key(node);
    id = key === undefined ? -1 : index.intern(key, nameText(snapshot.tree, node));
    remembered.set(compact(words), id);
  }
  return id;
}

/** Roles and parts of names are smaller numbers. */
const ROLES = 32;
