import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';

/** The node behind `:=` in a Declarator, or -1. */
export function initialValue(tree: SyntaxTree, declarator: Node): Node {
  for (let c = tree.firstChild(declarator); c >= 0; c = tree.next(c)) {
    const first = tree.data.nodeFirst[c];
    if (c !== tree.firstChild(declarator) && first > 0 && tree.tokenText(first - 1) === ':=') return c;
  }
  return -1;
}
