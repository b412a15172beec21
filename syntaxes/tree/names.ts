import { N, T } from './kinds.js';
import type { Node, Suffix, SyntaxTree } from './tree.js';

/** Reads `:C1208`, `:K73:1`, `:P12000:141` or `:4`; undefined for anything else. The letter's case counts. */
export function readSuffix(text: string): Suffix | undefined {
  const m = /^\s*:\s*(?:C(\d+)|K(\d+):(\d+)|P(\d+):(\d+)|(\d+))$/.exec(text);
  if (!m) return undefined;
  if (m[1]) return { kind: 'command', number: Number(m[1]) };
  if (m[2]) return { kind: 'constant', theme: Number(m[2]), index: Number(m[3]) };
  if (m[4]) return { kind: 'plugin', plugin: Number(m[4]), index: Number(m[5]) };
  return { kind: 'number', number: Number(m[6]) };
}

/** The suffix token of a Name, Table, Field or Member name, or -1. */
export function suffixToken(tree: SyntaxTree, node: Node): number {
  const { nodeFirst, nodeLast, tokenKind } = tree.data;
  for (let i = nodeLast[node] - 1; i >= nodeFirst[node]; i--) if (tokenKind[i] === T.Suffix) return i;
  return -1;
}

export function suffixOf(tree: SyntaxTree, node: Node): Suffix | undefined {
  const token = suffixToken(tree, node);
  return token < 0 ? undefined : readSuffix(tree.tokenText(token));
}

/** Offsets of a name without its suffix: from the first word to the end of the last one. */
export function nameRange(tree: SyntaxTree, node: Node): { start: number; end: number } {
  const { nodeFirst, nodeLast, tokenKind, tokenStart, tokenEnd } = tree.data;
  let first = nodeFirst[node];
  let last = nodeLast[node] - 1;
  while (first <= last && !isNamePart(tokenKind[first])) first++;
  while (last >= first && !isNamePart(tokenKind[last])) last--;
  if (first > last) return { start: tree.start(node), end: tree.start(node) };
  return { start: tokenStart[first], end: tokenEnd[last] };
}

/** The text of a name as written, without suffix or brackets; runs of blanks become one. `$x` keeps its `$`, `<>x` its `<>`. */
export function nameText(tree: SyntaxTree, node: Node): string {
  if (tree.kind(node) === N.Field) node = tree.child(node, 1);
  const { start, end } = nameRange(tree, node);
  return tree.text.slice(start, end).replace(/\s+/g, ' ');
}

function isNamePart(kind: T): boolean {
  return kind === T.Word || kind === T.Local || kind === T.Interprocess || kind === T.Number;
}
