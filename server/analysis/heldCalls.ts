import { N } from '#syntaxes/tree/kinds.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { classKey, type Key, memberKey, methodKey } from './keys.js';
import type { ProjectIndex } from './projectIndex.js';
import type { ProjectView } from './projectView.js';
import type { Snapshot } from './snapshot.js';

/** Callers are followed through no more names than this. */
const FAR = 500;

/** Methods, functions and classes that a text names between `Use` and `End use`: what they run has the shared object reserved. */
export function heldCalls(snapshot: Snapshot): Key[] {
  const { tree } = snapshot;
  const held = new Set<Key>();
  for (let use = 0; use < tree.data.nodeCount; use++) {
    if (tree.kind(use) !== N.Use) continue;
    const stack: Node[] = [tree.child(use, 1)];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      const key = tree.kind(node) === N.Name ? snapshot.key(node) : undefined;
      if (key && /^(n|m|cs):/.test(key)) held.add(key);
      for (let c = tree.firstChild(node); c >= 0; c = tree.next(c)) stack.push(c);
    }
  }
  return [...held];
}

/** Whether code that bears one of the names may run inside somebody's `Use`, through however many calls. */
export function mayRunHeld(view: ProjectView, names: Iterable<Key>): boolean {
  const { index } = view;
  const held = allHeld(index);
  if (held.size === 0) return false;
  const seen = new Set(names);
  for (const key of seen) {
    if (held.has(key) || seen.size > FAR) return true;
    for (const path of index.filesNaming([key]).get(key) ?? []) for (const caller of namesOf(index, path)) seen.add(caller);
  }
  return false;
}

/** The names by which others run what a file holds. */
function namesOf(index: ProjectIndex, path: string): Key[] {
  const { source, members } = index.get(path) ?? {};
  if (source?.kind === 'method') return [methodKey(source.name)];
  return source?.kind === 'class' ? [classKey(source.name), ...[...(members?.values() ?? [])].map((m) => memberKey(m.name))] : [];
}

const known = new WeakMap<ProjectIndex, { readonly revision: number; readonly held: ReadonlySet<Key> }>();

function allHeld(index: ProjectIndex): ReadonlySet<Key> {
  const found = known.get(index);
  if (found?.revision === index.revision) return found.held;
  const held = new Set(index.paths().flatMap((path) => index.get(path)?.held ?? []));
  known.set(index, { revision: index.revision, held });
  return held;
}
