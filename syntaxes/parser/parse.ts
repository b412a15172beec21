import { scan } from '../scanner/scanner.js';
import { N, T } from '../tree/kinds.js';
import type { SyntaxTree } from '../tree/tree.js';
import { arrange } from './blocks.js';
import { lineKeyword } from './keywords.js';
import { Lines } from './lines.js';
import { ParseState } from './state.js';
import { statement } from './statements.js';

/** What all parses use, one after the other. */
export const state = new ParseState();
export const lines = new Lines();

/**
 * The syntax tree of one 4D method or class, with its mistakes in `tree.errors`. Never throws, for any text.
 * Two passes: lines become statements, then statements become blocks.
 */
export function parse(text: string): SyntaxTree {
  scan(text, state.tokens);
  begin(text);
  readLines(state.tokens.count - 1);
  return finish();
}

/** Begins a tree over the tokens there are. */
export function begin(text: string): void {
  state.begin(text);
  lines.clear();
  state.open(N.File, 0);
}

/** Makes statements of the lines before a token. */
export function readLines(until: number): void {
  while (state.pos < until) {
    if (state.at() === T.LineEnd) state.pos++;
    else line(state);
  }
}

/** Makes blocks of the lines, and gives the tree. */
export function finish(): SyntaxTree {
  const s = state;
  const root = 0;
  arrange(s, lines, root);
  s.pos = s.tokens.count;
  s.close(root);
  const lexical = s.tokens.errors;
  while (s.lexical < lexical.length) s.errors.push(lexical[s.lexical++]);
  if (s.errors.length > 1) s.errors.sort((a, b) => a.start - b.start);
  return s.tree();
}

function line(s: ParseState): void {
  const first = s.pos;
  const known = s.errors.length;
  const own = s.nodeCount;
  s.broken = false;
  const keyword = lineKeyword(s, first);
  const node = statement(s, keyword);
  lines.add(keyword, node, first, s.pos, own);
  // A text, date or time without end is the cause of whatever else looks wrong on its line.
  const lexical = s.tokens.errors;
  const end = s.start[s.pos];
  if (s.lexical < lexical.length && lexical[s.lexical].start < end) {
    s.errors.length = known;
    s.errors.push(lexical[s.lexical++]);
    while (s.lexical < lexical.length && lexical[s.lexical].start < end) s.lexical++;
  }
}
