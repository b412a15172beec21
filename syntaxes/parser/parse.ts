import { scan } from '../scanner/scanner.js';
import { N, T } from '../tree/kinds.js';
import type { SyntaxTree } from '../tree/tree.js';
import { arrange } from './blocks.js';
import { lineKeyword } from './keywords.js';
import { Lines } from './lines.js';
import { ParseState } from './state.js';
import { statement } from './statements.js';

const state = new ParseState();
const lines = new Lines();

/**
 * The syntax tree of one 4D method or class, with its mistakes in `tree.errors`. Never throws, for any text.
 * Two passes: lines become statements, then statements become blocks.
 */
export function parse(text: string): SyntaxTree {
  const s = state;
  scan(text, s.tokens);
  s.begin(text);
  lines.clear();
  const root = s.open(N.File, 0);
  while (s.at() !== T.Eof) {
    if (s.at() === T.LineEnd) {
      s.pos++;
      continue;
    }
    line(s);
  }
  arrange(s, lines, root);
  s.pos++;
  s.close(root);
  const lexical = s.tokens.errors;
  while (s.lexical < lexical.length) s.errors.push(lexical[s.lexical++]);
  if (s.errors.length > 1) s.errors.sort((a, b) => a.start - b.start);
  return s.tree();
}

function line(s: ParseState): void {
  const first = s.pos;
  const known = s.errors.length;
  s.broken = false;
  const keyword = lineKeyword(s, first);
  const node = statement(s, keyword);
  lines.add(keyword, node, first, s.pos);
  // A text, date or time without end is the cause of whatever else looks wrong on its line.
  const lexical = s.tokens.errors;
  const end = s.start[s.pos];
  if (s.lexical < lexical.length && lexical[s.lexical].start < end) {
    s.errors.length = known;
    s.errors.push(lexical[s.lexical++]);
    while (s.lexical < lexical.length && lexical[s.lexical].start < end) s.lexical++;
  }
}
