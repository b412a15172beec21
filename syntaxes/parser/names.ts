import { N, T } from '../tree/kinds.js';
import type { Node } from '../tree/tree.js';
import { endsName, isWordAt } from './keywords.js';
import { missing, reportHere } from './recovery.js';
import type { ParseState } from './state.js';

/**
 * The longest run of words with an optional token suffix behind it: what it names is settled elsewhere. Whole numbers may be words of it
 * (`Is integer 64 bits`); a block's keyword ends it (facts: language-in-the-wild §8).
 */
export function name(s: ParseState): Node {
  const first = s.pos++;
  while (s.kind[s.pos] === T.Word ? !endsName(s, s.pos) : s.kind[s.pos] === T.Number && isWholeNumber(s, s.pos)) s.pos++;
  if (s.kind[s.pos] === T.Suffix) s.pos++;
  return s.open(N.Name, first, first);
}

/** `64 bit version:K5:25`: only a token makes a name of words that begin with a number. */
export function numberBeginsName(s: ParseState): boolean {
  let i = s.pos + 1;
  while (s.kind[i] === T.Word || s.kind[i] === T.Number) i++;
  return s.kind[i] === T.Suffix;
}

function isWholeNumber(s: ParseState, token: number): boolean {
  for (let i = s.start[token]; i < s.end[token]; i++) {
    const c = s.text.charCodeAt(i);
    if (c < 48 || c > 57) return false;
  }
  return true;
}

/** `$name` or `<>name`; both may hold blanks (facts: language-in-the-wild §8). */
export function local(s: ParseState, kind: N): Node {
  const first = s.pos++;
  while (s.kind[s.pos] === T.Word && !endsName(s, s.pos)) s.pos++;
  return s.open(kind, first, first);
}

/** The key of a pair: a name or a text. Keywords are names here. */
export function pairKey(s: ParseState): Node {
  const first = s.pos;
  switch (s.at()) {
    case T.String:
      return s.leaf(N.String);
    case T.Local:
      return s.leaf(N.Local);
    case T.Number:
      return s.leaf(N.Number);
    case T.Word:
      s.pos++;
      while (s.at() === T.Word) s.pos++;
      if (s.at() === T.Suffix) s.pos++;
      return s.open(N.Name, first, first);
    default:
      reportHere(s, 'syntax-key-missing');
      return missing(s);
  }
}

/** `[Shop:2]` or `[Shop:2]City:3`: words alone between the brackets name a table. -1, and nothing read, when it is a collection. */
export function tableOrField(s: ParseState): Node {
  const open = s.pos;
  let i = open + 1;
  // A deleted table is written `[(Shop)]`: with a field behind it, it is no collection.
  if (s.kind[i] === T.OpenParen) {
    do i++;
    while (s.kind[i] === T.Word);
    if (s.kind[i] === T.CloseParen && s.kind[i + 1] === T.CloseBracket && s.kind[i + 2] === T.Word) {
      s.pos = i + 2;
      return field(s, s.open(N.Table, open, open + 2));
    }
    i = open + 1;
  }
  while (s.kind[i] === T.Word || (i > open + 1 && s.kind[i] === T.Number)) i++;
  const words = i - open - 1;
  if (words > 0 && s.kind[i] === T.Suffix && s.kind[i + 1] === T.CloseBracket && isDigitSuffix(s, i)) i++;
  if (words > 0 && s.kind[i] === T.CloseBracket && !(words === 1 && isValueWord(s, open + 1) && s.kind[i + 1] !== T.Word)) {
    s.pos = i + 1;
    const table = s.open(N.Table, open, open + 1);
    return s.at() === T.Word || s.at() === T.Suffix ? field(s, table) : table;
  }
  return -1;
}

/** A field whose name was lost has its number alone: `[Shop:2]:3`. */
function field(s: ParseState, table: Node): Node {
  const first = s.pos;
  const fieldName = s.at() === T.Suffix ? s.leaf(N.Name) : name(s);
  const node = s.open(N.Field, s.nodeFirst[table], first);
  s.append(node, table);
  s.append(node, fieldName);
  return node;
}

/** `:2` of a table, against `:C1470` of a command that is an item of a collection. */
function isDigitSuffix(s: ParseState, token: number): boolean {
  const c = s.text.charCodeAt(s.start[token] + 1);
  return c >= 48 && c <= 57;
}

/** Words that are values wherever they stand, so that `[True]` is a collection. */
function isValueWord(s: ParseState, token: number): boolean {
  return ['true', 'false', 'null', 'this', 'form', 'self'].some((word) => isWordAt(s, token, word));
}
