import type { StructureCatalog } from '#syntaxes/project/types.js';
import type { NameContext } from '#syntaxes/resolution/types.js';

/** What the tokens of names are looked up in. */
export interface TokenContext extends NameContext {
  /** Tables and fields, for `[Shop:2]City:3`; without it they stay as they are. */
  readonly structure?: StructureCatalog;
}
