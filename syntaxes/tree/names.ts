import { codeAt } from '../scanner/characters.js';
import { N, T } from './kinds.js';
import type { Node, Suffix, SyntaxTree } from './tree.js';

/** Reads `:C1208`, `:K73:1`, `:P12000:141` or `:4`; undefined for anything else. The letter's case counts. */
export function readSuffix(text: string): Suffix | undefined {
  let at = 0;
  let end = 0;
  const blanks = () => {
    while (at < text.length && text.charCodeAt(at) <= 32) at++;
  };
  const number = (): number => {
    let value = 0;
    const start = at;
    for (let c = codeAt(text, at); c >= 48 && c <= 57; c = codeAt(text, ++at)) value = value * 10 + c - 48;
    end = at;
    return at > start ? value : -1;
  };
  blanks();
  if (codeAt(text, at++) !== 58) return undefined;
  blanks();
  const letter = codeAt(text, at);
  if (letter === 67 || letter === 75 || letter === 80) at++;
  const first = number();
  if (first < 0) return undefined;
  if (letter === 75 || letter === 80) {
    if (codeAt(text, at++) !== 58) return undefined;
    const index = number();
    if (index < 0 || end !== text.length) return undefined;
    return letter === 75 ? { kind: 'constant', theme: first, index } : { kind: 'plugin', plugin: first, index };
  }
  if (end !== text.length) return undefined;
  return letter === 67 ? { kind: 'command', number: first } : { kind: 'number', number: first };
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

/** What a Type node says, without blanks and tokens: `Text`, `cs.Shop`, `4D.File`. */
export function typeName(tree: SyntaxTree, node: Node): string {
  return tree.textOf(node).replace(/\s+|:C\d+/g, '');
}

/** Offsets of a name without its suffix: from the first word to the end of the last one. */
export function nameRange(tree: SyntaxTree, node: Node): { start: number; end: number } {
  return { start: nameStart(tree, node), end: nameEnd(tree, node) };
}

/** The first of {@link nameRange}. */
export function nameStart(tree: SyntaxTree, node: Node): number {
  const { nodeFirst, nodeLast, tokenKind, tokenStart } = tree.data;
  const end = nodeLast[node];
  for (let i = nodeFirst[node]; i < end; i++) if (isNamePart(tokenKind[i])) return tokenStart[i];
  return tree.start(node);
}

/** The second of {@link nameRange}. */
export function nameEnd(tree: SyntaxTree, node: Node): number {
  const { nodeFirst, nodeLast, tokenKind, tokenEnd } = tree.data;
  const first = nodeFirst[node];
  for (let i = nodeLast[node] - 1; i >= first; i--) if (isNamePart(tokenKind[i])) return tokenEnd[i];
  return tree.start(node);
}

/** The text of a name as written, without suffix or brackets; runs of blanks become one. `$x` keeps its `$`, `<>x` its `<>`. */
export function nameText(tree: SyntaxTree, node: Node): string {
  if (tree.kind(node) === N.Field) node = tree.child(node, 1);
  const text = tree.text.slice(nameStart(tree, node), nameEnd(tree, node));
  return text.includes('  ') || unusualBlank.test(text) ? text.replace(/\s+/g, ' ') : text;
}

/** Blanks that are to become plain ones. */
const unusualBlank = /[^\S ]/;

function isNamePart(kind: T): boolean {
  return kind === T.Word || kind === T.Local || kind === T.Interprocess || kind === T.Number;
}
