import type { TokenContext } from './tokens.types.js';

/** Text to put between two offsets of the source. */
export interface FormatEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** How a file is to look; what is left out is as 4D writes it. */
export interface FormatOptions {
  /** One level of indentation: a tab. */
  readonly indent?: string;
  /** Remove blanks at the ends of lines. 4D writes one behind `Else`, `End if` and their like. */
  readonly trimLineEnds?: boolean;
  /** Whether names carry their tokens (`:C1208`); left out, they stay as they are. Needs `names`. */
  readonly tokens?: 'add' | 'remove';
  /** What the tokens of names are looked up in. */
  readonly names?: TokenContext;
  /** While somebody types: the ends of blocks may still be missing, and blank lines get the indentation of what will stand there. */
  readonly typing?: boolean;
  /** Only the lines of these offsets. */
  readonly range?: { readonly start: number; readonly end: number };
}
