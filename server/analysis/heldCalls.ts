import { N } from '#syntaxes/tree/kinds.js';
import type { SyntaxTree } from '#syntaxes/tree/tree.js';
import { classKey, type Key, memberKey, methodKey } from './keys.js';
import type { ProjectIndex } from './projectIndex.js';
import type { ProjectView } from './projectView.js';

/** Callers are followed through no more names than this. */
const FAR = 500;

/** Where a text has a shared object reserved, between `Use` and `End use`: from one token to before another, two numbers a stretch, in order. */
export function heldStretches(tree: SyntaxTree): number[] {
  const { nodeKind, nodeFirst, nodeLast } = tree.data;
  const found: number[] = [];
  for (let use = nodeKind.indexOf(N.Use); use >= 0; use = nodeKind.indexOf(N.Use, use + 1)) {
    const body = tree.child(use, 1);
    // one inside another adds nothing
    if (body >= 0 && nodeLast[body] > (found.at(-1) ?? 0)) found.push(nodeFirst[body], nodeLast[body]);
  }
  return found;
}

/** Methods, functions and classes: what they run has what is reserved around them. */
export function mayBeHeld(key: Key): boolean {
  return /^(n|m|cs):/.test(key);
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
