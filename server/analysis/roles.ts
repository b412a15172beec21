import { initialValue } from '#syntaxes/resolution/declarator.js';
import { N } from '#syntaxes/tree/kinds.js';
import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';

/** What a Name node is by its place alone. Only `free` names are looked up in catalogue and project. */
export type Role =
  /** A command, constant, method or process variable. */
  | 'free'
  /** Behind a dot, or the key of an object literal. */
  | 'member'
  /** `cs.‸Shop`, or the class that is extended. */
  | 'class'
  /** `4D.‸File` */
  | 'builtInClass'
  /** `ds.‸Shop` */
  | 'dataclass'
  /** `[Shop]‸City` */
  | 'field'
  /** The name a function, property or alias is declared under. */
  | 'memberDefinition';

/** The role of a Name node. */
export function roleOf(tree: SyntaxTree, node: Node): Role {
  const parent = tree.parent(node);
  if (parent < 0) return 'free';
  switch (tree.kind(parent)) {
    case N.Member: {
      if (tree.firstChild(parent) === node) return 'free';
      const object = tree.firstChild(parent);
      if (tree.kind(object) !== N.Name) return 'member';
      const word = tree.token(object);
      if (tree.tokenEnd(word) - tree.tokenStart(word) !== 2) return 'member';
      const store = tree.tokenText(word);
      const plain = /^(cs|4D|ds)$/i.test(store) && isSingleWord(tree, object);
      if (!plain) return 'member';
      return /^cs$/i.test(store) ? 'class' : /^4D$/i.test(store) ? 'builtInClass' : 'dataclass';
    }
    case N.Pair:
      return tree.firstChild(parent) === node ? 'member' : 'free';
    case N.Field:
      return 'field';
    case N.ClassExtends:
      return 'class';
    case N.Function:
    case N.Alias:
      return tree.firstChild(parent) === node ? 'memberDefinition' : tree.kind(parent) === N.Alias ? 'member' : 'free';
    case N.Declarator:
      return tree.kind(tree.parent(parent)) === N.Property && isDeclared(tree, parent, node) ? 'memberDefinition' : 'free';
    default:
      return 'free';
  }
}

/** Whether a name is one that its Declarator declares, not its initial value. */
export function isDeclared(tree: SyntaxTree, declarator: Node, node: Node): boolean {
  return initialValue(tree, declarator) !== node;
}

function isSingleWord(tree: SyntaxTree, node: Node): boolean {
  return !/\s\S/.test(tree.textOf(node).replace(/:.*$/s, ''));
}
