import { scopeOf } from '#syntaxes/resolution/declarations.js';
import type { Declaration } from '#syntaxes/resolution/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import { spellingsOf } from '#syntaxes/tree/spellings.js';
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

/** The token up to which a scope that holds a token goes on. */
function scopeUntil(tree: SyntaxTree, scope: Node, token: number): number {
  if (scope !== tree.root) return tree.data.nodeLast[scope];
  for (let c = tree.firstChild(tree.root); c >= 0; c = tree.next(c)) {
    const kind = tree.kind(c);
    if ((kind === N.Function || kind === N.Constructor) && tree.data.nodeFirst[c] > token) return tree.data.nodeFirst[c];
  }
  return tree.data.tokenCount;
}

/** Gathers the locals of a tree, each with its declaration, type and occurrences in text order. */
export function collectLocals(tree: SyntaxTree, declarations: readonly Declaration[]): Locals {
  /** Of each scope the places of its variables among all, by their names. */
  const byScope = new Map<Node, Map<string, number>>();
  const { nodeCount, nodeFirst } = tree.data;
  const spellings = spellingsOf(tree);
  const all: LocalVariable[] = [];
  /** By node: one more than the place of its variable. */
  const byNode = new Int32Array(nodeCount);
  const of = (node: Node): LocalVariable | undefined => all[byNode[node] - 1];
  /** Where the next function begins, or the one under way ends: up to there the scope stays the same. */
  let until = -1;
  let scope = tree.root;
  let table = new Map<string, number>();
  /** The same by the numbers of their spellings: each is looked at once. */
  let spelt = new Map<number, number>();
  for (let i = 0; i < spellings.nodes.length; i++) {
    const node = spellings.nodes[i];
    if (tree.kind(node) !== N.Local) continue;
    if (nodeFirst[node] >= until) {
      scope = scopeOf(tree, node);
      until = scopeUntil(tree, scope, nodeFirst[node]);
      table = byScope.get(scope) ?? new Map();
      byScope.set(scope, table);
      spelt = new Map();
    }
    let place = spelt.get(spellings.numbers[i]);
    if (place === undefined) {
      place = placeOf(node);
      spelt.set(spellings.numbers[i], place);
    }
    all[place].occurrences.push(node);
    byNode[node] = place + 1;
  }
  function placeOf(node: Node): number {
    const name = nameText(tree, node);
    const key = fold(name);
    let place = table.get(key);
    if (place === undefined) {
      const kind = /^\$[1-9]\d*$/.test(name) ? 'parameter' : name === '$0' ? 'result' : 'local';
      place = all.push({ name, scope, kind, declaration: node, declared: false, occurrences: [] }) - 1;
      table.set(key, place);
    }
    return place;
  }

  for (const declaration of declarations) {
    const variable = of(declaration.node);
    if (!variable || variable.declared || declaration.ofMethod !== undefined) continue;
    variable.declared = true;
    variable.declaration = declaration.node;
    variable.type = declaration.type;
    if (declaration.kind === 'parameter' || declaration.kind === 'result') variable.kind = declaration.kind;
  }
  return {
    of,
    inScope: (scope) => [...(byScope.get(scope)?.values() ?? [])].map((place) => all[place]),
    all,
  };
}
