import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { Span } from '../analysis/lines.js';
import type { TextEdit } from '../rules/rule.js';

/** How a use of legacy sessions gets to scalable ones. */
export type MigrationKind =
  /** An edit that changes nothing people notice, or nothing to do at all. */
  | 'automatic'
  /** An edit to look at: what is different afterwards is said in `change`. */
  | 'assisted'
  /** No edit: the reason and the steps. */
  | 'manual';

/** Edits of files of the project, by their path below its root. */
export type FileEdits = Readonly<Record<string, readonly TextEdit[]>>;

/** One use of legacy sessions, and what becomes of it (facts: `web-sessions` section 13). */
export interface MigrationItem {
  /** The idiom, in kebab-case: `close-own-session`. */
  readonly idiom: string;
  readonly kind: MigrationKind;
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly span: Span;
  /** What stands there, shortened. */
  readonly text: string;
  /** Why it is of this kind. */
  readonly reason: Bilingual;
  /** What the edit does. */
  readonly title?: Bilingual;
  /** What is different afterwards; never left out where something is. */
  readonly change?: Bilingual;
  readonly edits?: FileEdits;
  /** Code that runs in both modes, for projects that have to serve both for a while. */
  readonly bothModes?: { readonly title: Bilingual; readonly edits: FileEdits };
}

/** What an idiom finds, before it is given its place in lines. */
export type Found = Omit<MigrationItem, 'path' | 'span' | 'text' | 'edits' | 'bothModes'> & {
  /** In the same file. */
  readonly edits?: readonly TextEdit[];
  readonly bothModes?: { readonly title: Bilingual; readonly edits: readonly TextEdit[] };
};
