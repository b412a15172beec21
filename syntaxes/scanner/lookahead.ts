import { T } from '../tree/kinds.js';
import { codeAt, isTheWord, isWord } from './characters.js';
import { numberSuffixEnd, sqlEnd } from './literals.js';
import type { TokenBuffer } from './tokens.js';

/** Property names may hold `$` (facts: keywords.json, identifiers). */
export function propertyEnd(text: string, at: number): number {
  let end = at;
  while (codeAt(text, end) === 36 || isWord(codeAt(text, end))) end++;
  return end;
}

/** Whether the `[` at `at`, behind another `[`, begins a field: `o[[Shop:2]Name:1]`, against the character of `t[[n]]`. */
export function isFieldInside(text: string, at: number): boolean {
  let i = at + 1;
  while (isWord(codeAt(text, i)) || codeAt(text, i) === 32) i++;
  if (codeAt(text, i) === 58) i = numberSuffixEnd(text, i);
  return i > at + 1 && codeAt(text, i) === 93 && isWord(codeAt(text, i + 1));
}

/** Whether the statement that just ended is `Begin SQL` with or without its token. */
export function isSqlOpening(text: string, out: TokenBuffer, first: number): boolean {
  const { kind, start, end } = out;
  return (
    end[first] - start[first] === 5 &&
    kind[first] === T.Word &&
    first + 1 < out.count &&
    kind[first + 1] === T.Word &&
    isTheWord(text, start[first], 'begin') &&
    isTheWord(text, start[first + 1], 'sql')
  );
}

/** Takes an SQL block as one token, and gives the offset where 4D goes on. */
export function takeSql(text: string, at: number, out: TokenBuffer): number {
  const close = sqlEnd(text, at);
  const next = close < 0 ? text.length : close;
  const body = text.slice(at, next);
  const start = at + body.length - body.trimStart().length;
  const end = at + body.trimEnd().length;
  if (end > start) out.add(T.Sql, start, end);
  return next;
}
