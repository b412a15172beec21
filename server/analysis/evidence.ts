import type { Span } from './lines.js';

/** A place in code that sets one of the two session options (facts: `web-sessions`, section 12.5). */
export interface CodeEvidence {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly span: Span;
  readonly by: 'option' | 'start';
  /** Undefined: a selector that is computed, it may be any. */
  readonly option: 'legacy' | 'scalable' | undefined;
  /** Undefined: the value is computed. */
  readonly value: boolean | undefined;
  /** It runs at each start, whatever happens: stands in On Startup or On Server Startup under no condition. */
  readonly always: boolean;
  /** The source text, shortened. */
  readonly text: string;
}
