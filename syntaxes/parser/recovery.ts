import { N, T } from '../tree/kinds.js';
import type { Node } from '../tree/tree.js';
import type { ParseState } from './state.js';
import type { SyntaxCode } from './syntaxErrors.js';

/** The statement under way ends here. */
export function atStatementEnd(s: ParseState, token = s.pos): boolean {
  const kind = s.kind[token];
  return kind === T.LineEnd || kind === T.Eof;
}

/** Reports a mistake at tokens; only the first in a statement counts, what follows from it would only confuse. */
export function report(s: ParseState, code: SyntaxCode, first: number, last: number, args: readonly string[] = [], related = -1): void {
  if (s.broken) return;
  s.broken = true;
  s.errors.push({
    code,
    start: s.start[first],
    end: s.end[last],
    args,
    related: related < 0 ? undefined : { start: s.start[related], end: s.end[related] },
  });
}

/** A `;` with nothing behind it. Harmless, so that it hides no mistake of the same statement. */
export function reportSpare(s: ParseState, token: number): void {
  const { broken } = s;
  report(s, 'syntax-spare-separator', token, token);
  s.broken = broken;
}

/** Reports at the present token; at the end of a statement, at the last token before it. */
export function reportHere(s: ParseState, code: SyntaxCode, args: readonly string[] = [], related = -1): void {
  const token = atStatementEnd(s) && s.pos > 0 && s.kind[s.pos - 1] !== T.LineEnd ? s.pos - 1 : s.pos;
  report(s, code, token, token, args, related);
}

/** A node for something demanded that is not there. */
export function missing(s: ParseState): Node {
  return s.open(N.Missing, s.pos);
}

/** Puts the rest of a statement into a node of skipped tokens, which must not be empty. */
export function skipStatement(s: ParseState): Node {
  const node = s.open(N.Skipped, s.pos, s.pos);
  while (!atStatementEnd(s)) s.pos++;
  return s.close(node);
}

/**
 * Skips to the next `;` or closing bracket of the list under way, over whole brackets, and gives the skipped tokens;
 * -1 when there was nothing to skip.
 */
export function skipInList(s: ParseState): Node {
  const first = s.pos;
  let inside = 0;
  for (; !atStatementEnd(s); s.pos++) {
    const kind = s.kind[s.pos];
    if (isOpening(kind)) inside++;
    else if (isClosing(kind)) {
      if (inside > 0) inside--;
      else if (closesSomething(s, kind)) break;
    } else if (kind === T.Semicolon && inside === 0) break;
  }
  if (s.pos === first) return -1;
  return s.close(s.open(N.Skipped, first, first));
}

export function isOpening(kind: T): boolean {
  return kind === T.OpenParen || kind === T.OpenBracket || kind === T.OpenDouble || kind === T.OpenBrace || kind === T.DollarBrace;
}

export function isClosing(kind: T): boolean {
  return kind === T.CloseParen || kind === T.CloseBracket || kind === T.CloseDouble || kind === T.CloseBrace;
}

/** Whether a closing bracket fits one that is open around the place. */
export function closesSomething(s: ParseState, kind: T): boolean {
  switch (kind) {
    case T.CloseParen:
      return s.parens > 0;
    case T.CloseBracket:
      return s.brackets > 0;
    case T.CloseDouble:
      return s.doubles > 0;
    default:
      return s.braces > 0;
  }
}

/** Whether a token can begin an operand. */
export function startsOperand(kind: T): boolean {
  switch (kind) {
    case T.Word:
    case T.Local:
    case T.Interprocess:
    case T.Number:
    case T.String:
    case T.Date:
    case T.Time:
    case T.DollarBrace:
    case T.OpenParen:
    case T.OpenBrace:
    case T.OpenBracket:
      return true;
    default:
      return false;
  }
}

/** Says what is wrong with a token that cannot stand where it stands, behind a complete expression. */
export function reportUnexpected(s: ParseState): void {
  const kind = s.at();
  const text = s.textOf(s.pos);
  if (startsOperand(kind)) reportHere(s, 'syntax-operator-missing', [shown(text)]);
  else if (isClosing(kind)) reportHere(s, 'syntax-stray-closing', [text, openingOf(kind)]);
  else if (kind === T.Assign) reportHere(s, 'syntax-second-assignment', [text]);
  else if (kind === T.Unknown) reportHere(s, 'syntax-unknown-sign', [text]);
  else reportHere(s, 'syntax-unexpected', [shown(text)]);
}

/** A token's text, short enough for a message. */
export function shown(text: string): string {
  return text.length > 32 ? `${text.slice(0, 31)}…` : text;
}

function openingOf(kind: T): string {
  switch (kind) {
    case T.CloseParen:
      return '(';
    case T.CloseBracket:
      return '[';
    case T.CloseDouble:
      return '[[';
    default:
      return '{';
  }
}
