import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';
import { nameRole, resolveName } from './resolve.js';
import type { CalleeOfCall, CallSite, NameContext, Resolved } from './types.js';

/** A name of the tree that is looked up, and what it stands for. */
export interface NameUse {
  readonly node: Node;
  readonly resolved: Resolved;
}

/** Every Name that is looked up (no properties, keys, fields, types), with what it stands for, in the order of the text. */
export function namesOf(tree: SyntaxTree, context: NameContext): NameUse[] {
  const uses: NameUse[] = [];
  for (let node = 0; node < tree.data.nodeCount; node++) {
    if (tree.kind(node) !== N.Name || nameRole(tree, node) === 'member') continue;
    uses.push({ node, resolved: resolveName(tree, node, context) });
  }
  return uses.sort((a, b) => tree.start(a.node) - tree.start(b.node));
}

/**
 * The calls of a tree in the order of the text: everything with parentheses, and the commands, methods and plug-in commands that
 * stand without them, alone as a statement or as a value (`Current date`, `Session`). An unknown name alone as a statement is a
 * call too: of a component's method, most likely.
 */
export function callsOf(tree: SyntaxTree, context: NameContext): CallSite[] {
  const calls: CallSite[] = [];
  for (let node = 0; node < tree.data.nodeCount; node++) {
    const kind = tree.kind(node);
    if (kind === N.Call) calls.push(parenthesised(tree, node, context));
    else if (kind === N.Name) {
      const call = bare(tree, node, context);
      if (call) calls.push(call);
    }
  }
  return calls.sort((a, b) => tree.start(a.node) - tree.start(b.node) || tree.end(b.node) - tree.end(a.node));
}

/** The call a node is part of as its callee or the node of: what a hover over a name, or a step into it, is about. */
export function callAt(tree: SyntaxTree, node: Node, context: NameContext): CallSite | undefined {
  if (tree.kind(node) === N.Call) return parenthesised(tree, node, context);
  const parent = tree.parent(node);
  if (parent >= 0 && tree.kind(parent) === N.Call && tree.firstChild(parent) === node) return parenthesised(tree, parent, context);
  return tree.kind(node) === N.Name ? bare(tree, node, context) : undefined;
}

function parenthesised(tree: SyntaxTree, node: Node, context: NameContext): CallSite {
  const calleeNode = tree.firstChild(node);
  const list = tree.child(node, 1);
  return {
    node,
    calleeNode,
    callee: calleeOf(tree, calleeNode, context),
    arguments: list < 0 ? [] : tree.children(list),
    parenthesised: true,
    statement: isStatement(tree, node),
  };
}

function calleeOf(tree: SyntaxTree, node: Node, context: NameContext): CalleeOfCall {
  if (tree.kind(node) === N.Name) return resolveName(tree, node, context);
  if (tree.kind(node) === N.Member) return { kind: 'member', object: tree.child(node, 0), name: nameText(tree, tree.child(node, 1)) };
  return { kind: 'expression', expression: node };
}

function bare(tree: SyntaxTree, node: Node, context: NameContext): CallSite | undefined {
  const parent = tree.parent(node);
  if (parent >= 0 && tree.kind(parent) === N.Call && tree.firstChild(parent) === node) return undefined;
  const role = nameRole(tree, node);
  if (role === 'member' || role === 'variable') return undefined;
  const callee = resolveName(tree, node, context);
  if (callee.kind === 'variable' || callee.kind === 'constant' || (callee.kind === 'unknown' && role !== 'call')) return undefined;
  return { node, calleeNode: node, callee, arguments: [], parenthesised: false, statement: isStatement(tree, node) };
}

function isStatement(tree: SyntaxTree, node: Node): boolean {
  const parent = tree.parent(node);
  return parent >= 0 && tree.kind(parent) === N.ExpressionStatement;
}
