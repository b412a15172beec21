import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { commandNumber } from '../analysis/literals.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { number } from './mode.js';

/** 4D's number of `Storage`. */
const STORAGE = 1525;

/** An assignment to a member of a shared store, however deep. */
export interface StorageWrite {
  readonly assignment: Node;
  readonly target: Node;
  /** As written without tokens: `Session.storage`, `Storage`, `Session storage($id)`. */
  readonly store: string;
}

/** Assignments to `Session.storage.…`, `Session storage(id).…` and `Storage.…`: shared objects all three (facts: `web-sessions` section 9.4). */
export function storageWrites(snapshot: Snapshot): readonly StorageWrite[] {
  let writes = writesOf.get(snapshot);
  if (!writes) {
    writes = /storage/i.test(snapshot.text) ? findWrites(snapshot) : [];
    writesOf.set(snapshot, writes);
  }
  return writes;
}

const writesOf = new WeakMap<Snapshot, readonly StorageWrite[]>();

function findWrites(snapshot: Snapshot): StorageWrite[] {
  const { tree } = snapshot;
  const writes: StorageWrite[] = [];
  for (let node = 0; node < tree.data.nodeCount; node++) {
    if (tree.kind(node) !== N.Assignment) continue;
    const target = tree.firstChild(node);
    const store = target < 0 ? -1 : storeOf(snapshot, target);
    if (store >= 0 && store !== target)
      writes.push({ assignment: node, target, store: tree.textOf(store).replace(/:C\d+/g, '').replace(/\s+/g, ' ') });
  }
  return writes;
}

/** The store that a chain of members leads into: the node of `Session.storage` in `Session.storage.basket.lines`; -1 for other chains. */
export function storeOf(snapshot: Snapshot, node: Node): Node {
  const { tree } = snapshot;
  for (;;) {
    const kind = tree.kind(node);
    if (isStore(snapshot, node)) return node;
    if (kind !== N.Member && kind !== N.Index && kind !== N.Parenthesized) return -1;
    node = tree.firstChild(node);
    if (node < 0) return -1;
  }
}

function isStore(snapshot: Snapshot, node: Node): boolean {
  const { tree } = snapshot;
  switch (tree.kind(node)) {
    case N.Name:
      return commandNumber(snapshot, node) === STORAGE;
    case N.Call:
      return commandNumber(snapshot, node) === number.sessionStorage;
    case N.Member:
      return commandNumber(snapshot, tree.firstChild(node)) === number.session && fold(nameText(tree, tree.child(node, 1))) === 'storage';
    default:
      return false;
  }
}
