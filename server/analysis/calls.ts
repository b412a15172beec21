import type { Command } from '#syntaxes/catalogue/types.js';
import type { Resolved } from '#syntaxes/resolution/types.js';
import { N } from '#syntaxes/tree/kinds.js';
import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';

/** A command where it is used. */
export interface CommandUse {
  readonly command: Command;
  readonly spelling: 'present' | 'former' | 'french' | 'other';
  readonly byToken: boolean;
  /** The Name node. */
  readonly name: Node;
  /** The Call node; the Name itself where there are no parentheses. */
  readonly call: Node;
  readonly parenthesised: boolean;
  /** One node an argument; a Missing one between two semicolons. Empty for `NAME()` and `NAME`. */
  readonly args: readonly Node[];
  /** It stands alone, its result (if any) goes nowhere. */
  readonly statement: boolean;
}

/** The Call that a name is the callee of, or the name itself. */
export function callOf(tree: SyntaxTree, name: Node): Node {
  const parent = tree.parent(name);
  return parent >= 0 && tree.kind(parent) === N.Call && tree.firstChild(parent) === name ? parent : name;
}

/** The arguments of a Call node; empty for other nodes and for empty parentheses. */
export function argumentsOf(tree: SyntaxTree, call: Node): Node[] {
  if (tree.kind(call) !== N.Call) return [];
  const list = tree.child(call, 1);
  if (list < 0) return [];
  const args = tree.kind(list) === N.Arguments ? tree.children(list) : [list];
  return args.length === 1 && tree.kind(args[0]) === N.Missing ? [] : args;
}

export function commandUse(tree: SyntaxTree, name: Node, resolved: Resolved & { kind: 'command' }): CommandUse {
  return new UseInTree(tree, name, resolved);
}

/** A long method has thousands of uses, and few are asked for their arguments. */
class UseInTree implements CommandUse {
  readonly command: Command;
  readonly spelling: CommandUse['spelling'];
  readonly byToken: boolean;
  readonly call: Node;
  readonly statement: boolean;
  private list: readonly Node[] | undefined;

  constructor(
    private readonly tree: SyntaxTree,
    readonly name: Node,
    resolved: Resolved & { kind: 'command' },
  ) {
    this.command = resolved.command;
    this.spelling = resolved.spelling;
    this.byToken = resolved.byToken;
    this.call = callOf(tree, name);
    const parent = tree.parent(this.call);
    this.statement = parent >= 0 && tree.kind(parent) === N.ExpressionStatement;
    this.list = undefined;
  }

  get parenthesised(): boolean {
    return this.call !== this.name;
  }

  get args(): readonly Node[] {
    this.list ??= argumentsOf(this.tree, this.call);
    return this.list;
  }
}
