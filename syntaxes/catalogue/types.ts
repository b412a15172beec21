/** Facts about the 4D language: names, numbers, types. Read from the data in this folder; looked up through `catalogue.ts`. */

export type Direction = 'in' | 'out' | 'inout';

export interface CatalogueParameter {
  readonly name: string;
  /** `Text`, `Integer, Text`, `Text array`, `Table`, `Field`, `Variable`, `Operator` (always `*`) … */
  readonly type: string;
  readonly direction: Direction;
  readonly optional: boolean;
  readonly repeatable: boolean;
  /** Parameters with the same group repeat together. */
  readonly group?: number;
}

export interface Signature {
  /** As 4D prints it: `WEB LEGACY CLOSE SESSION ( sessionID : Text )`. */
  readonly text: string;
  readonly parameters: readonly CatalogueParameter[];
  readonly result?: string;
  readonly minimum: number;
  /** Undefined: no limit. */
  readonly maximum?: number;
}

export interface Command {
  readonly name: string;
  /** Undefined for 4D View Pro, whose commands are component methods. */
  readonly number?: number;
  readonly theme?: string;
  readonly section: 'Language' | 'WritePro' | 'ViewPro' | 'Undocumented';
  /** Slug of 4D's page, `commands/web-legacy-close-session`. */
  readonly slug?: string;
  readonly threadSafe?: boolean;
  readonly isFunction: boolean;
  readonly signatures: readonly Signature[];
  /** Parameter names in Spanish, aligned with the page's table; absent where unknown. */
  readonly parameterNamesEs?: readonly string[];
  readonly history: readonly { readonly release: string; readonly change: 'Created' | 'Modified' | 'Renamed' }[];
  readonly deprecated?: { readonly kind?: string; readonly since?: string };
  readonly legacySessionsOnly: boolean;
  readonly formerNames: readonly string[];
  readonly frenchNames: readonly string[];
  /** The `C_TEXT` family: the type it declares. */
  readonly declares?: string;
}

export interface Constant {
  readonly name: string;
  readonly type?: string;
  readonly value?: number | string;
  /** `theme` and `index` of its token `:K73:1`. */
  readonly token?: { readonly theme: number; readonly index: number };
  readonly theme?: string;
  readonly frenchNames: readonly string[];
  readonly formerNames: readonly string[];
  readonly deprecated: boolean;
}

export interface ClassMember {
  readonly name: string;
  readonly kind: 'property' | 'function' | 'constructor' | 'indexer';
  readonly signatures: readonly Signature[];
  readonly type?: string;
  readonly readOnly?: boolean;
  readonly since?: string;
}

export interface CatalogueClass {
  /** `4D.Session`, `Collection`, `cs.AIKit.OpenAI` … */
  readonly name: string;
  readonly slug?: string;
  readonly extends?: string;
  readonly members: readonly ClassMember[];
}

export interface DatabaseMethod {
  /** `On Web Legacy Close Session` */
  readonly name: string;
  /** `onWebSessionSuspend.4dm` */
  readonly file: string;
  readonly slug?: string;
  readonly formerNames: readonly string[];
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly result?: string;
}

/** How a name came to be known. */
export type NameKind = 'present' | 'former' | 'french';

/** All look-ups ignore case and diacritics. */
export interface Catalogue {
  readonly commands: readonly Command[];
  readonly constants: readonly Constant[];
  readonly classes: readonly CatalogueClass[];
  readonly databaseMethods: readonly DatabaseMethod[];
  commandByNumber(number: number): Command | undefined;
  /** By present, former or French name, without suffix. */
  commandByName(name: string): { readonly command: Command; readonly kind: NameKind } | undefined;
  constantByToken(theme: number, index: number): Constant | undefined;
  constantByName(name: string): { readonly constant: Constant; readonly kind: NameKind } | undefined;
  classByName(name: string): CatalogueClass | undefined;
  databaseMethodByFile(file: string): DatabaseMethod | undefined;
  databaseMethodByName(name: string): DatabaseMethod | undefined;
  /** Commands whose name starts with the words, or whose words start with the initials or pieces typed: `wlcs`, `web cl`, `close ses`. Best first. */
  searchCommands(typed: string, limit: number): readonly Command[];
  searchConstants(typed: string, limit: number): readonly Constant[];
}
