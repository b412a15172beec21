import { N } from '#syntaxes/tree/kinds.js';
import type { Node } from '#syntaxes/tree/tree.js';
import type { Snapshot } from '../analysis/snapshot.js';

/** Nodes below a node, itself first, in no order that matters. */
export function* nodesBelow(snapshot: Snapshot, node: Node): Iterable<Node> {
  const { tree } = snapshot;
  const stack = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    yield next;
    for (let child = tree.firstChild(next); child >= 0; child = tree.next(child)) stack.push(child);
  }
}

/** Whether a node holds a list of statements. */
export function isStatementList(kind: N): boolean {
  return kind === N.Block || kind === N.File;
}

/** The nearest node of one of the kinds around a node; -1 when there is none. */
export function around(snapshot: Snapshot, node: Node, ...kinds: readonly N[]): Node {
  const { tree } = snapshot;
  for (let up = tree.parent(node); up >= 0; up = tree.parent(up)) if (kinds.includes(tree.kind(up))) return up;
  return -1;
}

/** What a chain of members, indexes and calls begins with: the `Session` of `Session.storage.basket[0]`. */
export function rootOf(snapshot: Snapshot, node: Node): Node {
  const { tree } = snapshot;
  for (;;) {
    const kind = tree.kind(node);
    if (kind !== N.Member && kind !== N.Index && kind !== N.Parenthesized && kind !== N.Call) return node;
    const first = tree.firstChild(node);
    if (first < 0) return node;
    node = first;
  }
}
