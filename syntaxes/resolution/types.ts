import type { Catalogue, Command, Constant, NameKind } from '#syntaxes/catalogue/types.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import type { Node } from '#syntaxes/tree/tree.js';

/** What a Name node stands for. A token settles it whatever the spelling (facts: `language-in-the-wild`, section 2). */
export type Resolved =
  | { readonly kind: 'command'; readonly command: Command; readonly byToken: boolean; readonly spelling: NameKind | 'other' }
  | { readonly kind: 'constant'; readonly constant: Constant; readonly byToken: boolean; readonly spelling: NameKind | 'other' }
  | { readonly kind: 'plugin'; readonly plugin: number; readonly index: number }
  | { readonly kind: 'method'; readonly file: SourceFile }
  /** Not a command, constant or method: a process variable where a value is read or written. */
  | { readonly kind: 'variable'; readonly name: string }
  /** A name called or standing alone that nothing known bears: a component's method, perhaps. */
  | { readonly kind: 'unknown'; readonly name: string };

/** What names are looked up in. */
export interface NameContext {
  readonly catalogue: Catalogue;
  methodByName(name: string): SourceFile | undefined;
  /** What a Name stands for, where that is known already. */
  resolve?(node: Node): Resolved;
}

/** What stands before the parentheses of a call, when it is no name of its own. */
export type CalleeOfCall =
  | Resolved
  /** `Session.clearPrivileges()`: a function of an object. */
  | { readonly kind: 'member'; readonly object: Node; readonly name: string }
  /** `Super(…)` is a command; this is `$formula(…)`, `(expr)(…)`. */
  | { readonly kind: 'expression'; readonly expression: Node };

/** A call of a tree, with or without parentheses. */
export interface CallSite {
  /** The Call; the Name itself where there are no parentheses. */
  readonly node: Node;
  /** What stands before the parentheses. */
  readonly calleeNode: Node;
  readonly callee: CalleeOfCall;
  /** One node an argument; an empty one is a Missing. */
  readonly arguments: readonly Node[];
  readonly parenthesised: boolean;
  /** The call is a statement of its own: a result, if there is one, is not used. */
  readonly statement: boolean;
}

/** A variable's declaration. */
export interface Declaration {
  /** As written: `$total`, `<>count`, `vtTitle`; for a `property` its plain name. */
  readonly name: string;
  /** The node that names it. */
  readonly node: Node;
  readonly kind: 'local' | 'parameter' | 'result' | 'process' | 'interprocess' | 'property';
  /** `Text`, `cs.Shop`, `Text array` …; undefined where none is said. */
  readonly type?: string;
  readonly how: 'var' | 'property' | 'parameter' | 'result' | 'directive' | 'array';
  /** Node whose names it belongs to: the File of a method, a Function or Constructor. */
  readonly scope: Node;
  /** `C_TEXT(Method; $1)`: the method whose parameter is declared from outside. */
  readonly ofMethod?: string;
}
