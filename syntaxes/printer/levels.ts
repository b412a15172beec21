import { N, T } from '../tree/kinds.js';
import type { Node, SyntaxTree } from '../tree/tree.js';

/** How far the lines of a method stand in, in levels of one tab. Both arrays are by token, -1 where no line of its own begins. */
export interface Levels {
  /** Of a token that begins a statement, a case, an `Else`, or the words that end a block. */
  readonly of: Int16Array;
  /** Of what stands below that line: comments and blank lines that follow it. */
  readonly below: Int16Array;
}

/**
 * The levels 4D itself writes: one tab a block, a case one further than its `Case of` and its statements one more, the body of a
 * function one tab (facts: language-in-the-wild §1, §5).
 */
export function levelsOf(tree: SyntaxTree): Levels {
  const of = new Int16Array(tree.data.tokenCount).fill(-1);
  const levels = { of, below: of.slice() };
  statements(tree, tree.root, 0, levels);
  return levels;
}

function statements(tree: SyntaxTree, parent: Node, level: number, levels: Levels): void {
  for (let c = tree.firstChild(parent); c >= 0; c = tree.next(c)) statement(tree, c, level, levels);
}

function statement(tree: SyntaxTree, node: Node, level: number, levels: Levels): void {
  const kind = tree.kind(node);
  const first = tree.data.nodeFirst[node];
  if (first >= tree.data.nodeLast[node]) return;
  const inner = level + inside(kind);
  set(levels, first, level, inner);
  if (kind === N.Sql) {
    set(levels, lineStart(tree, node), level, level);
    return;
  }
  if (inner === level) return;
  let behind = first;
  for (let c = tree.firstChild(node); c >= 0; c = tree.next(c)) {
    switch (tree.kind(c)) {
      case N.Block:
        statements(tree, c, inner, levels);
        break;
      case N.Else:
        statement(tree, c, kind === N.CaseOf ? level + 1 : level, levels);
        break;
      case N.Case:
        statement(tree, c, level + 1, levels);
        break;
      case N.Catch:
        statement(tree, c, level, levels);
        break;
      default:
        continue;
    }
    behind = tree.data.nodeLast[c];
  }
  if (endsWithWords(kind)) {
    const end = lineStart(tree, node);
    // the words may be missing
    if (end > first && end >= behind) set(levels, end, level, level);
  }
}

function set(levels: Levels, token: number, of: number, below: number): void {
  levels.of[token] = of;
  levels.below[token] = below;
}

/** How many levels further the statements inside stand. */
function inside(kind: N): number {
  switch (kind) {
    case N.CaseOf:
      return 2;
    case N.If:
    case N.Else:
    case N.Case:
    case N.While:
    case N.Repeat:
    case N.For:
    case N.ForEach:
    case N.Use:
    case N.Try:
    case N.Catch:
    case N.Function:
    case N.Constructor:
      return 1;
    default:
      return 0;
  }
}

function endsWithWords(kind: N): boolean {
  return kind !== N.Else && kind !== N.Case && kind !== N.Catch && kind !== N.Function && kind !== N.Constructor;
}

/** The first token of the statement line that a node ends with. */
function lineStart(tree: SyntaxTree, node: Node): number {
  const { nodeFirst, nodeLast, tokenKind } = tree.data;
  let token = nodeLast[node] - 1;
  while (token > nodeFirst[node] && tokenKind[token - 1] !== T.LineEnd && tokenKind[token - 1] !== T.Sql) token--;
  return token;
}
