/** Facts about the 4D language: names, numbers, types. Read from the data in this folder; looked up through `catalogue.ts`. */

export type Direction = 'in' | 'out' | 'inout';

export interface CatalogueParameter {
  readonly name: string;
  /** The name on 4D's Spanish page, where it differs. */
  readonly nameEs?: string;
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

export interface Release {
  readonly release: string;
  readonly change: 'Created' | 'Modified' | 'Renamed';
}

export interface Command {
  readonly name: string;
  /** Undefined for 4D View Pro, whose commands are component methods. */
  readonly number?: number;
  /** Further numbers of the same name (`Super`). */
  readonly otherNumbers: readonly number[];
  readonly theme?: string;
  readonly section: 'Language' | 'WritePro' | 'ViewPro' | 'Undocumented';
  /** Slug of 4D's page, `commands/web-legacy-close-session`. */
  readonly slug?: string;
  /** Undefined: 4D's page does not say. */
  readonly threadSafe?: boolean;
  readonly isFunction: boolean;
  /** Empty for `Undocumented` commands. */
  readonly signatures: readonly Signature[];
  /** Argument counts that no signature allows and that code 4D accepts nevertheless has (`QUERY` with its criterion split). */
  readonly alsoSeenWith: readonly number[];
  /** Newest first. */
  readonly history: readonly Release[];
  readonly deprecated?: { readonly kind?: string; readonly since?: string };
  readonly legacySessionsOnly: boolean;
  readonly formerNames: readonly string[];
  readonly frenchNames: readonly string[];
  /** System variables it sets: `OK`, `Document`, `error`. */
  readonly sets: readonly string[];
  readonly changesCurrentRecord: boolean;
  readonly changesCurrentSelection: boolean;
  readonly forbiddenOnServer: boolean;
  readonly binaryDatabaseOnly: boolean;
  /** The `C_TEXT` family: the type it declares. */
  readonly declares?: string;
  /** How often it was met in public code: for ranking only. */
  readonly uses: number;
}

export interface Constant {
  readonly name: string;
  readonly type?: string;
  readonly value?: number | string;
  /** No documentation that was read prints the value: it is taken from general knowledge. */
  readonly assumed: boolean;
  /** `theme` and `index` of its token `:K73:1`. */
  readonly token?: { readonly theme: number; readonly index: number };
  readonly otherTokens: readonly { readonly theme: number; readonly index: number }[];
  readonly theme?: string;
  /** Slugs of the pages that list it: the commands it is meant for among them. */
  readonly pages: readonly string[];
  /** Further English names in use at the same time. */
  readonly otherNames: readonly string[];
  readonly frenchNames: readonly string[];
  readonly formerNames: readonly string[];
  readonly deprecated: boolean;
  /** The plug-in of old that it belongs to. */
  readonly plugin?: string;
  readonly uses: number;
}

export interface ClassMember {
  readonly name: string;
  readonly kind: 'property' | 'function' | 'constructor' | 'indexer';
  readonly signatures: readonly Signature[];
  readonly type?: string;
  /** Undefined: 4D's page does not say. */
  readonly readOnly?: boolean;
  /** The name stands for names that the developer gives (`.attributeName`). */
  readonly placeholder: boolean;
  readonly history: readonly Release[];
  readonly since?: string;
}

export interface CatalogueClass {
  /** `4D.Session`, `Collection`, `cs.AIKit.OpenAI` … */
  readonly name: string;
  readonly slug?: string;
  readonly extends?: string;
  readonly aliases: readonly string[];
  /** False for plain objects and shared member lists that have a page (`Email`, `4D.Document`). */
  readonly isClass: boolean;
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
  readonly deprecatedSince?: string;
  readonly legacySessionsOnly: boolean;
}

export interface Keyword {
  /** As 4D writes it: `End if`, `Function get`, `#DECLARE`. */
  readonly name: string;
  readonly role:
    | 'block-open'
    | 'block-middle'
    | 'block-close'
    | 'case-label'
    | 'statement'
    | 'declaration'
    | 'class-declaration'
    | 'modifier'
    | 'special-command'
    | 'class-store'
    | 'datastore'
    | 'literal-command';
  /** The keyword that ends the block. */
  readonly close?: string;
  readonly form?: string;
  readonly since?: string;
  /** Number of the command that the keyword also is: `This` is 1470. */
  readonly command?: number;
  readonly french: readonly string[];
}

export interface SystemVariable {
  readonly name: string;
  readonly type: string;
}

export interface Operator {
  readonly text: string;
  readonly kind: string;
  readonly signatures?: readonly string[];
  readonly since?: string;
}

/** How a name came to be known. */
export type NameKind = 'present' | 'former' | 'french';

/** All look-ups by name ignore case and diacritics. Where two bear a name, present names go before former and French ones. */
export interface Catalogue {
  readonly commands: readonly Command[];
  readonly constants: readonly Constant[];
  readonly classes: readonly CatalogueClass[];
  readonly databaseMethods: readonly DatabaseMethod[];
  readonly keywords: readonly Keyword[];
  readonly operators: readonly Operator[];
  readonly systemVariables: readonly SystemVariable[];
  /** `UserSet`, `LockedSet` */
  readonly systemSets: readonly string[];
  /** Types a variable may be declared with: `Text`, `Integer` … */
  readonly types: readonly string[];
  /** Element type by declaring command: `ARRAY TEXT` → `Text`. */
  readonly arrayTypes: ReadonlyMap<string, string>;
  /** `4DTEXT`, `4DSCRIPT` … */
  readonly tags: readonly string[];
  /** Name of a constant theme by the number in its tokens: 73 → `Web Server`. */
  readonly constantThemes: ReadonlyMap<number, string>;
  commandByNumber(number: number): Command | undefined;
  /** By present, former or French name, without suffix. */
  commandByName(name: string): { readonly command: Command; readonly kind: NameKind } | undefined;
  constantByToken(theme: number, index: number): Constant | undefined;
  constantByName(name: string): { readonly constant: Constant; readonly kind: NameKind } | undefined;
  classByName(name: string): CatalogueClass | undefined;
  /** The classes that themselves have a member of a name. */
  classesWithMember(name: string): readonly CatalogueClass[];
  databaseMethodByFile(file: string): DatabaseMethod | undefined;
  databaseMethodByName(name: string): DatabaseMethod | undefined;
  keywordByName(name: string): { readonly keyword: Keyword; readonly kind: NameKind } | undefined;
  systemVariableByName(name: string): SystemVariable | undefined;
  /** Commands whose name starts with the words, or whose words start with the initials or pieces typed: `wlcs`, `web cl`, `close ses`. Best first. */
  searchCommands(typed: string, limit: number): readonly Command[];
  searchConstants(typed: string, limit: number): readonly Constant[];
}
