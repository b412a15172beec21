import { N, T } from './kinds.js';
import type { Node, SyntaxTree } from './tree.js';

/**
 * Visits a node and everything below it, parents first, children in order, without recursion (trees of long sums are deep).
 * A visit that returns `false` leaves out what lies below that node.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: a visitor without a result goes on
export function walk(tree: SyntaxTree, root: Node, visit: (node: Node) => boolean | void): void {
  const { nodeParent, nodeFirstChild, nodeNext } = tree.data;
  let node = root;
  for (;;) {
    const below = visit(node) !== false ? nodeFirstChild[node] : -1;
    if (below >= 0) {
      node = below;
      continue;
    }
    while (node !== root && nodeNext[node] < 0) node = nodeParent[node];
    if (node === root) return;
    node = nodeNext[node];
  }
}

/** The nearest node of one of the kinds, from the node itself upwards; -1 when there is none. */
export function enclosing(tree: SyntaxTree, node: Node, ...kinds: readonly N[]): Node {
  for (let n = node; n >= 0; n = tree.parent(n)) if (kinds.includes(tree.kind(n))) return n;
  return -1;
}

const withText = new Set<N>([N.Name, N.Local, N.Interprocess, N.Number, N.String, N.Date, N.Time, N.Type, N.Skipped]);
const withOperator = new Set<N>([N.Binary, N.Unary, N.Assignment, N.AssignmentArgument, N.OperatorArgument]);

/**
 * The tree as text, one node a line, indented by depth: kind, then the source of names and literals or the operator.
 * Equal for texts that differ only in blanks, comments and line ends.
 */
export function toSexp(tree: SyntaxTree, root: Node = tree.root): string {
  const lines: string[] = [];
  const depths: number[] = [0];
  walk(tree, root, (node) => {
    const kind = tree.kind(node);
    const depth = node === root ? 0 : depths[tree.parent(node)] + 1;
    depths[node] = depth;
    let line = `${'  '.repeat(depth)}${N[kind]}`;
    if (withText.has(kind)) line += ` ${tokenTexts(tree, node)}`;
    else if (withOperator.has(kind)) line += ` ${tree.tokenText(tree.token(node))}`;
    lines.push(line);
  });
  return `${lines.join('\n')}\n`;
}

function tokenTexts(tree: SyntaxTree, node: Node): string {
  const { nodeFirst, nodeLast, tokenKind } = tree.data;
  const texts: string[] = [];
  for (let i = nodeFirst[node]; i < nodeLast[node]; i++) {
    if (tokenKind[i] === T.Suffix && texts.length) texts.push(texts.pop() + tree.tokenText(i));
    else if (tokenKind[i] !== T.LineEnd) texts.push(tree.tokenText(i));
  }
  return texts.join(' ');
}
