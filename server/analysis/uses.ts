import { N } from '#syntaxes/tree/kinds.js';
import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';
import { callOf } from './calls.js';
import { Use } from './projectIndex.js';
import { isDeclared, roleOf } from './roles.js';

/** Bits of {@link Use} for a naming node, by its place alone. */
export function usesOf(tree: SyntaxTree, node: Node): number {
  const parent = tree.parent(node);
  if (parent < 0) return 0;
  const kind = tree.kind(parent);
  if (kind === N.Declarator) return isDeclared(tree, parent, node) && tree.kind(node) !== N.Type ? Use.Definition : 0;
  if (kind === N.Parameter || kind === N.Result) return tree.firstChild(parent) === node ? Use.Definition : 0;
  if (tree.kind(node) === N.Name && roleOf(tree, node) === 'memberDefinition') return Use.Definition;
  if (callOf(tree, node) !== node || kind === N.ExpressionStatement) return Use.Call;
  let target = node;
  for (let up = parent; up >= 0; target = up, up = tree.parent(up)) {
    const upKind = tree.kind(up);
    if (upKind === N.Assignment || upKind === N.AssignmentArgument) return tree.firstChild(up) === target ? Use.Write : 0;
    if (upKind === N.For || upKind === N.ForEach) return tree.firstChild(up) === target ? Use.Write : 0;
    const stillTarget = (upKind === N.Element || upKind === N.Character) && tree.firstChild(up) === target;
    if (!stillTarget && !(upKind === N.Field || (upKind === N.Member && tree.child(up, 1) === target))) return 0;
  }
  return 0;
}
