import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import type { Snapshot } from './snapshot.js';

/** 4D's numbers of the commands that stand for literal values. */
const TRUE = 214;
const FALSE = 215;
const NULL = 1517;
const NOT = 34;

/** An expression without the parentheses around it. */
export function bare(snapshot: Snapshot, node: Node): Node {
  while (node >= 0 && snapshot.tree.kind(node) === N.Parenthesized) node = snapshot.tree.firstChild(node);
  return node;
}

/** The command that an expression is a use of: `Null`, `Session`, `True:C214`, `Session()`; undefined for other expressions. */
export function commandNumber(snapshot: Snapshot, node: Node): number | undefined {
  const { tree } = snapshot;
  node = bare(snapshot, node);
  if (node >= 0 && tree.kind(node) === N.Call) node = tree.firstChild(node);
  if (node < 0 || tree.kind(node) !== N.Name) return undefined;
  const resolved = snapshot.resolve(node);
  return resolved.kind === 'command' ? resolved.command.number : undefined;
}

/** True or False where the expression is one of the two, undefined elsewhere. */
export function booleanLiteral(snapshot: Snapshot, node: Node): boolean | undefined {
  const number = commandNumber(snapshot, node);
  return number === TRUE ? true : number === FALSE ? false : undefined;
}

export function isNull(snapshot: Snapshot, node: Node): boolean {
  return commandNumber(snapshot, node) === NULL;
}

export function isNot(snapshot: Snapshot, node: Node): boolean {
  return snapshot.tree.kind(bare(snapshot, node)) === N.Call && commandNumber(snapshot, node) === NOT;
}

/** A number where the expression is a literal or a constant whose value is known; a sign before it is read too. */
export function numberValue(snapshot: Snapshot, node: Node): number | undefined {
  const { tree } = snapshot;
  node = bare(snapshot, node);
  if (node < 0) return undefined;
  switch (tree.kind(node)) {
    case N.Number: {
      const value = Number(tree.textOf(node).replace(',', '.'));
      return Number.isNaN(value) ? undefined : value;
    }
    case N.Unary: {
      const value = numberValue(snapshot, tree.firstChild(node));
      return value === undefined ? undefined : tree.tokenText(tree.token(node)) === '-' ? -value : value;
    }
    case N.Name: {
      const resolved = snapshot.resolve(node);
      return resolved.kind === 'constant' && typeof resolved.constant.value === 'number' ? resolved.constant.value : undefined;
    }
    default:
      return undefined;
  }
}

/** The value of a text literal, its quotes and escapes resolved. */
export function textValue(snapshot: Snapshot, node: Node): string | undefined {
  const { tree } = snapshot;
  node = bare(snapshot, node);
  if (node < 0 || tree.kind(node) !== N.String) return undefined;
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t' };
  return tree
    .textOf(node)
    .replace(/^"|"$/g, '')
    .replace(/\\(.)/gs, (_, c: string) => escapes[c] ?? c);
}

/** The key of a Pair as text. */
export function pairKey(snapshot: Snapshot, pair: Node): string {
  const key = snapshot.tree.firstChild(pair);
  return snapshot.tree.kind(key) === N.String ? (textValue(snapshot, key) ?? '') : nameText(snapshot.tree, key);
}
