import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { Span } from '../analysis/lines.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { Severity } from './ruleSettings.js';

export type { Severity } from './ruleSettings.js';

/** Replaces the text between two UTF-16 offsets. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Fix {
  readonly title: Bilingual;
  readonly edits: readonly TextEdit[];
  /** The one that is meant in nearly all cases; `fourd lint --fix` applies these alone. */
  readonly preferred?: boolean;
}

/** A place that explains a finding, in this document or, by its path, in another file of the project. */
export interface Related {
  readonly file?: string;
  readonly span: Span;
  readonly message: Bilingual;
}

/** What a rule has found, in UTF-16 offsets. The message says what, why and what to do. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly message: Bilingual;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  /** Where it differs from the rule's own: the parser's errors each have theirs. */
  readonly code?: string;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  readonly tag?: 'deprecated' | 'unnecessary';
}

/** One kind of diagnostic. Its page is `docs/<language>/rules/<code>.md`. */
export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  /** About web sessions: no other extension knows of these. */
  readonly aboutSessions: boolean;
  check(snapshot: Snapshot): Iterable<Finding>;
}

/** A finding as it is shown: with its code and severity. */
export interface Problem extends Finding {
  readonly code: string;
  readonly severity: Severity;
}
