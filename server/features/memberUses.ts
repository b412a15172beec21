import { N } from '#syntaxes/tree/kinds.js';
import { nameRange, nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { typeOf } from '../analysis/expressionType.js';
import { memberKey } from '../analysis/keys.js';
import type { FilePlace } from '../analysis/projectView.js';
import { roleOf } from '../analysis/roles.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { FeatureContext } from './context.js';
import { ownMember } from './describeSource.js';

export interface MemberUses {
  /** The definition, and the uses on objects that are known to have this class. */
  readonly sure: readonly FilePlace[];
  /** The uses on objects of which no type is known. */
  readonly possible: readonly FilePlace[];
}

/** The member of a class of the project that a name stands for: where it is defined. Undefined for members of anything else. */
export async function memberDefinition(
  snapshot: Snapshot,
  node: Node,
  context: Pick<FeatureContext, 'open'>,
): Promise<{ readonly source: Snapshot; readonly name: Node } | undefined> {
  const { tree } = snapshot;
  const role = tree.kind(node) === N.Name ? roleOf(tree, node) : undefined;
  if (role === 'memberDefinition') return snapshot.source?.kind === 'class' ? { source: snapshot, name: node } : undefined;
  const parent = tree.parent(node);
  return role === 'member' && tree.kind(parent) === N.Member ? ownMember(snapshot, parent, context) : undefined;
}

/** The uses in the whole project of a member of one of its classes. Members are named alike in many classes: the objects' types decide. */
export async function memberUses(
  definition: { readonly source: Snapshot; readonly name: Node },
  context: Pick<FeatureContext, 'open'>,
  cancelled: () => boolean = () => false,
): Promise<MemberUses> {
  const { source, name } = definition;
  const { view } = source;
  const key = memberKey(nameText(source.tree, name));
  const sure: FilePlace[] = [];
  const possible: FilePlace[] = [];
  const paths = new Set(view?.index.occurrences([key]).map((o) => o.path) ?? []);
  const own = source.source?.path;
  if (own) paths.add(own);
  for (const path of paths) {
    if (cancelled()) break;
    const file = path === own ? source : await context.open(path);
    if (!file) continue;
    const { tree } = file;
    for (let node = 0; node < tree.data.nodeCount; node++) {
      if (tree.kind(node) !== N.Name || file.key(node) !== key) continue;
      const belongs = await belongsTo(file, node, definition, context);
      if (belongs === 'no') continue;
      const { start, end } = nameRange(tree, node);
      (belongs === 'yes' ? sure : possible).push({ path, span: file.span(start, end) });
    }
  }
  return { sure, possible };
}

async function belongsTo(
  file: Snapshot,
  node: Node,
  { source, name }: { readonly source: Snapshot; readonly name: Node },
  context: Pick<FeatureContext, 'open'>,
): Promise<'yes' | 'no' | 'perhaps'> {
  const { tree } = file;
  const role = roleOf(tree, node);
  if (role === 'memberDefinition') return file.source?.path === source.source?.path && sameMember(file, node, source, name) ? 'yes' : 'no';
  const member = tree.parent(node);
  if (role !== 'member' || tree.kind(member) !== N.Member) return 'no';
  const type = typeOf(file, tree.firstChild(member));
  if (type === undefined || /^(object|variant)$/i.test(type)) return 'perhaps';
  const found = await ownMember(file, member, { open: async (p) => (p === source.source?.path ? source : context.open(p)) });
  return found && found.source.source?.path === source.source?.path && sameMember(found.source, found.name, source, name) ? 'yes' : 'no';
}

/** `Function get x` and `Function set x` are one member. */
function sameMember(a: Snapshot, nodeA: Node, b: Snapshot, nodeB: Node): boolean {
  return a.key(nodeA) === b.key(nodeB);
}
