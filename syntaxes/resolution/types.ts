import type { Catalogue, Command, Constant, NameKind } from '#syntaxes/catalogue/types.js';
import type { SourceFile } from '#syntaxes/project/types.js';

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
}
