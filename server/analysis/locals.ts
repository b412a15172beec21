import { scopeOf } from '#syntaxes/resolution/declarations.js';
import type { Declaration } from '#syntaxes/resolution/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';

/** A local variable or parameter of one method or class function. */
export interface LocalVariable {
  /** As first written, with its `$`. */
  readonly name: string;
  readonly scope: Node;
  kind: 'parameter' | 'local' | 'result';
  /** The Local node that declares it; its first occurrence when nothing does. */
  declaration: Node;
  declared: boolean;
  type?: string;
  readonly occurrences: Node[];
}

export interface Locals {
  /** The variable of a Local node. */
  of(node: Node): LocalVariable | undefined;
  /** All variables of a scope (a Function, a Constructor, or the File). */
  inScope(scope: Node): readonly LocalVariable[];
  readonly all: readonly LocalVariable[];
}

/** The node whose locals an offset sees: a class function, a constructor, or the whole file. */
export function scopeAt(tree: SyntaxTree, offset: number): Node {
  for (let c = tree.firstChild(tree.root); c >= 0; c = tree.next(c)) {
    const kind = tree.kind(c);
    if (kind !== N.Function && kind !== N.Constructor) continue;
    if (offset < tree.start(c)) break;
    const next = nextFunction(tree, c);
    if (offset <= tree.end(c) || (offset < (next < 0 ? tree.text.length + 1 : tree.start(next)) && offset > tree.end(c))) return c;
  }
  return tree.root;
}

function nextFunction(tree: SyntaxTree, node: Node): Node {
  for (let c = tree.next(node); c >= 0; c = tree.next(c)) {
    const kind = tree.kind(c);
    if (kind === N.Function || kind === N.Constructor || kind === N.Property || kind === N.Alias) return c;
  }
  return -1;
}

/** Gathers the locals of a tree, each with its declaration, type and occurrences in text order. */
export function collectLocals(tree: SyntaxTree, declarations: readonly Declaration[]): Locals {
  const byScope = new Map<Node, Map<string, LocalVariable>>();
  const byNode = new Map<Node, LocalVariable>();
  const all: LocalVariable[] = [];
  const nodes: Node[] = [];
  for (let node = 0; node < tree.data.nodeCount; node++) if (tree.kind(node) === N.Local) nodes.push(node);
  nodes.sort((a, b) => tree.start(a) - tree.start(b));
  for (const node of nodes) {
    const scope = scopeOf(tree, node);
    let table = byScope.get(scope);
    if (!table) {
      table = new Map();
      byScope.set(scope, table);
    }
    const name = nameText(tree, node);
    const key = fold(name);
    let variable = table.get(key);
    if (!variable) {
      const kind = /^\$[1-9]\d*$/.test(name) ? 'parameter' : name === '$0' ? 'result' : 'local';
      variable = { name, scope, kind, declaration: node, declared: false, occurrences: [] };
      table.set(key, variable);
      all.push(variable);
    }
    variable.occurrences.push(node);
    byNode.set(node, variable);
  }
  for (const declaration of declarations) {
    const variable = byNode.get(declaration.node);
    if (!variable || variable.declared || declaration.ofMethod !== undefined) continue;
    variable.declared = true;
    variable.declaration = declaration.node;
    variable.type = declaration.type;
    if (declaration.kind === 'parameter' || declaration.kind === 'result') variable.kind = declaration.kind;
  }
  return {
    of: (node) => byNode.get(node),
    inScope: (scope) => [...(byScope.get(scope)?.values() ?? [])],
    all,
  };
}
