import { N, T } from '../tree/kinds.js';
import type { Node, SyntaxTree } from '../tree/tree.js';
import { walk } from '../tree/walk.js';
import type { Random } from './generated.js';

/** A clean text broken in one way, and where a report of it may stand. */
export interface Broken {
  readonly text: string;
  /** Lines from 0 of the broken text: the broken line, or what belongs to the line that is gone. */
  readonly places: readonly number[];
}

/** One way to break a file, at a place chosen by chance; undefined when the file offers none. */
export type Breaker = (tree: SyntaxTree, random: Random) => Broken | undefined;

const blockKinds: Readonly<Record<string, readonly N[]>> = {
  If: [N.If],
  'Case of': [N.CaseOf],
  'For, For each': [N.For, N.ForEach],
  'While, Repeat, Use, Try': [N.While, N.Repeat, N.Use, N.Try],
};

/** All ways, by name. */
export const breakers: Readonly<Record<string, Breaker>> = {
  ...Object.fromEntries(Object.entries(blockKinds).map(([name, kinds]) => [`line of ${name} removed`, removeOpening(kinds)])),
  ...Object.fromEntries(Object.entries(blockKinds).map(([name, kinds]) => [`end of ${name} removed`, removeEnd(kinds)])),
  '`)` removed': removeToken((tree, i) => tree.tokenKind(i) === T.CloseParen),
  '`(` removed': removeToken((tree, i) => tree.tokenKind(i) === T.OpenParen),
  'first `"` removed': (tree, random) => {
    const token = choose(tokens(tree, isText), random);
    return token === undefined ? undefined : replaced(tree, tree.tokenStart(token), tree.tokenStart(token) + 1, '');
  },
  'last `"` removed': (tree, random) => {
    const token = choose(tokens(tree, isText), random);
    return token === undefined ? undefined : replaced(tree, tree.tokenEnd(token) - 1, tree.tokenEnd(token), '');
  },
  'operand removed': (tree, random) => {
    const right = choose(
      nodes(tree, N.Binary)
        .map((n) => tree.child(n, 1))
        .filter((n) => !goesOnWithSign(tree, n)),
      random,
    );
    return right === undefined ? undefined : replaced(tree, tree.start(right), tree.end(right), '');
  },
  'right side removed': (tree, random) => {
    const value = choose(
      nodes(tree, N.Assignment).map((n) => tree.child(n, 1)),
      random,
    );
    return value === undefined ? undefined : replaced(tree, tree.start(value), tree.end(value), '');
  },
  'operator doubled': (tree, random) => {
    const operator = choose(
      nodes(tree, N.Binary)
        .map((n) => tree.token(n))
        .filter((i) => !/^[+-]$/.test(tree.tokenText(i))),
      random,
    );
    return operator === undefined
      ? undefined
      : replaced(tree, tree.tokenEnd(operator), tree.tokenEnd(operator), ` ${tree.tokenText(operator)}`);
  },
  'three operands in a row': (tree, random) => {
    const operand = choose(
      [...nodes(tree, N.Number), ...nodes(tree, N.Local)].filter((n) => isValue(tree, n)),
      random,
    );
    return operand === undefined ? undefined : replaced(tree, tree.end(operand), tree.end(operand), ' 12 "x"');
  },
};

/** With an escaped quote inside, the rest of a text can be code: `"a \\"b"` without its first quote divides `a` by `"b"`. */
function isText(tree: SyntaxTree, token: number): boolean {
  return tree.tokenKind(token) === T.String && !tree.tokenText(token).includes('\\');
}

function isValue(tree: SyntaxTree, node: Node): boolean {
  const parent = tree.kind(tree.parent(node));
  return parent === N.Binary || parent === N.Arguments || parent === N.Assignment || parent === N.Parenthesized;
}

/** Behind the removed operand a `-` or `+` could become a sign. */
function goesOnWithSign(tree: SyntaxTree, node: Node): boolean {
  const next = tree.data.nodeLast[node];
  return tree.tokenKind(next) === T.Operator && /^(\+|-|->)$/.test(tree.tokenText(next));
}

function choose<A>(from: readonly A[], random: Random): A | undefined {
  return from.length === 0 ? undefined : from[random(from.length)];
}

function nodes(tree: SyntaxTree, kind: N): Node[] {
  const found: Node[] = [];
  walk(tree, tree.root, (node) => {
    if (tree.kind(node) === kind) found.push(node);
  });
  return found;
}

function tokens(tree: SyntaxTree, fits: (tree: SyntaxTree, token: number) => boolean): number[] {
  const found: number[] = [];
  for (let i = 0; i < tree.data.tokenCount; i++) if (fits(tree, i)) found.push(i);
  return found;
}

function removeToken(fits: (tree: SyntaxTree, token: number) => boolean): Breaker {
  return (tree, random) => {
    const token = choose(tokens(tree, fits), random);
    return token === undefined ? undefined : replaced(tree, tree.tokenStart(token), tree.tokenEnd(token), '');
  };
}

function replaced(tree: SyntaxTree, start: number, end: number, by: string): Broken {
  const { text } = tree;
  // A statement that goes on over several lines is one line to 4D.
  const first = statementStart(tree, start);
  const last = statementEnd(tree, start);
  const places: number[] = [];
  for (let line = lineOf(text, first); line <= lineOf(text, last); line++) places.push(line);
  return { text: text.slice(0, start) + by + text.slice(end), places };
}

function statementStart(tree: SyntaxTree, offset: number): number {
  let token = tree.tokenAt(offset);
  while (token > 0 && tree.tokenKind(token - 1) !== T.LineEnd) token--;
  return tree.tokenStart(token);
}

function statementEnd(tree: SyntaxTree, offset: number): number {
  let token = tree.tokenAt(offset);
  while (tree.tokenKind(token) !== T.LineEnd && tree.tokenKind(token) !== T.Eof) token++;
  return tree.tokenStart(token);
}

function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let i = 0; i < offset; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) line++;
  }
  return line;
}

/** Blocks of these kinds whose lines stand for themselves and have no other code on them. */
function blocks(tree: SyntaxTree, kinds: readonly N[]): Node[] {
  return kinds.flatMap((kind) => nodes(tree, kind));
}

function removeOpening(kinds: readonly N[]): Breaker {
  return (tree, random) => {
    const node = choose(blocks(tree, kinds), random);
    if (node === undefined) return undefined;
    return lineRemoved(tree, tree.start(node), [tree.end(node), ...parts(tree, node)]);
  };
}

/** The line that ends a block goes: the report stands at the line that opens it. */
function removeEnd(kinds: readonly N[]): Breaker {
  return (tree, random) => {
    const node = choose(blocks(tree, kinds), random);
    return node === undefined ? undefined : lineRemoved(tree, tree.end(node) - 1, [tree.start(node)]);
  };
}

/** Where `Else`, the cases and `Catch` of a block stand. */
function parts(tree: SyntaxTree, node: Node): number[] {
  return tree
    .children(node)
    .filter((n) => [N.Else, N.Case, N.Catch].includes(tree.kind(n)))
    .map((n) => tree.start(n));
}

function lineRemoved(tree: SyntaxTree, offset: number, related: readonly number[]): Broken {
  const { text } = tree;
  const start = statementStart(tree, offset);
  const end = statementEnd(tree, offset);
  const line = lineOf(text, start);
  const gone = lineOf(text, end) - line;
  const shift = (at: number) => (at > end ? lineOf(text, at) - gone - 1 : lineOf(text, at));
  let from = start;
  while (from > 0 && /[ \t]/.test(text[from - 1])) from--;
  const to = text.startsWith('\r\n', end) ? end + 2 : end + 1;
  const broken = text.slice(0, from) + text.slice(to);
  const places = [line - 1, line, ...related.map(shift)];
  // What was the first line of the block, behind blank lines and comments, shows that its opening is gone.
  const rest = broken.split(/\r\n|\n|\r/);
  for (let at = line; at < rest.length && /^\s*($|\/)/.test(rest[at]); at++) places.push(at + 1);
  return { text: broken, places };
}
