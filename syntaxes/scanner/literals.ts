import { codeAt, isDigit, isWord, lineEndFrom, nextLine, wordEnd } from './characters.js';

/** The literal ran into the end of its line. The end is the negative of the offset where it stopped. */
function unfinished(at: number): number {
  return -at;
}

/**
 * End of a text literal whose `"` stands at `at`; negative when its line ends first.
 * A text never spans lines and knows the escapes `\"` `\\` `\r` `\n` `\t` (facts: language-in-the-wild §7).
 */
export function stringEnd(text: string, at: number): number {
  let i = at + 1;
  for (;;) {
    const c = codeAt(text, i);
    if (c === 34) return i + 1;
    if (c === 92) {
      i++;
      const d = codeAt(text, i);
      if (d === 10 || d === 13 || i >= text.length) return unfinished(i);
    } else if (c === 10 || c === 13 || i >= text.length) return unfinished(i);
    i++;
  }
}

/** End of `!2024-02-29!` (also with `/`, `.` and blanks) whose first `!` stands at `at`; negative when the last one is missing. */
export function dateEnd(text: string, at: number): number {
  return signsEnd(text, at, 33, isDateSign);
}

/** End of `?08:30:00?` whose first `?` stands at `at`; negative when the last one is missing. */
export function timeEnd(text: string, at: number): number {
  return signsEnd(text, at, 63, isTimeSign);
}

function signsEnd(text: string, at: number, close: number, inside: (c: number) => boolean): number {
  let i = at + 1;
  for (;;) {
    const c = codeAt(text, i);
    if (c === close) return i + 1;
    if (!inside(c)) return unfinished(i);
    i++;
  }
}

function isDateSign(c: number): boolean {
  return isDigit(c) || c === 45 || c === 47 || c === 46 || c === 32;
}

function isTimeSign(c: number): boolean {
  return isDigit(c) || c === 58 || c === 32;
}

/**
 * End of the number at `at` (digits, fraction, exponent, `0x…`), or the negative end of the word that digits begin:
 * names may start with digits, `4D_Log` (facts: language-in-the-wild §8).
 */
export function numberEnd(text: string, at: number): number {
  let i = at;
  if (codeAt(text, i) === 48 && (codeAt(text, i + 1) | 32) === 120) {
    const end = wordEnd(text, i + 2);
    for (let k = i + 2; k < end; k++) if (!isHex(codeAt(text, k))) return -end;
    return end > i + 2 ? end : -end;
  }
  while (isDigit(codeAt(text, i))) i++;
  const whole = i;
  if (codeAt(text, i) === 46 && isDigit(codeAt(text, i + 1))) {
    i++;
    while (isDigit(codeAt(text, i))) i++;
  }
  if ((codeAt(text, i) | 32) === 101) {
    let e = i + 1;
    const sign = codeAt(text, e);
    if (sign === 43 || sign === 45) e++;
    if (isDigit(codeAt(text, e))) {
      while (isDigit(codeAt(text, e))) e++;
      if (!isWord(codeAt(text, e))) return e;
    }
  }
  if (i === whole && isWord(codeAt(text, i))) return -wordEnd(text, i);
  return i;
}

function isHex(c: number): boolean {
  return isDigit(c) || ((c | 32) >= 97 && (c | 32) <= 102);
}

/**
 * End of a token suffix `:C12`, `:K3:4`, `:P12000:1` whose colon stands at `at`, or -1. The letter's case counts, and the
 * number of digits has no limit (facts: language-in-the-wild §2).
 */
export function suffixEnd(text: string, at: number): number {
  const letter = codeAt(text, at + 1);
  let i = at + 2;
  if (letter !== 67 && letter !== 75 && letter !== 80) return -1;
  if (!isDigit(codeAt(text, i))) return -1;
  while (isDigit(codeAt(text, i))) i++;
  if (letter !== 67) {
    if (codeAt(text, i) !== 58 || !isDigit(codeAt(text, i + 1))) return -1;
    i++;
    while (isDigit(codeAt(text, i))) i++;
  }
  return isWord(codeAt(text, i)) ? -1 : i;
}

/** End of the suffix `:12` of a table or field whose colon stands at `at`, or -1. */
export function numberSuffixEnd(text: string, at: number): number {
  let i = at + 1;
  if (!isDigit(codeAt(text, i))) return -1;
  while (isDigit(codeAt(text, i))) i++;
  return isWord(codeAt(text, i)) ? -1 : i;
}

/**
 * End of the comment whose `//` stands at `at`. One that has lines for itself goes on behind a `\` at the end of a line, as 4D
 * writes long ones; behind a row of them, `\\\`, it ends with its line.
 */
export function lineCommentEnd(text: string, at: number, alone: boolean): number {
  let end = lineEndFrom(text, at);
  while (alone && end < text.length && isContinued(text, end)) end = lineEndFrom(text, nextLine(text, end));
  return end;
}

function isContinued(text: string, lineEnd: number): boolean {
  let last = lineEnd - 1;
  while (codeAt(text, last) === 32 || codeAt(text, last) === 9) last--;
  return codeAt(text, last) === 92 && codeAt(text, last - 1) !== 92;
}

/**
 * End of the block comment whose `/*` stands at `at`, or the negative length of the text when nothing closes it.
 * Comments nest (facts: keywords.json, comments); where the nested reading never ends, the first `*\/` closes.
 */
export function blockCommentEnd(text: string, at: number): number {
  let depth = 1;
  let i = at + 2;
  for (;;) {
    const close = text.indexOf('*/', i);
    if (close < 0) break;
    for (let open = text.indexOf('/*', i); open >= 0 && open < close; open = text.indexOf('/*', open + 2)) depth++;
    depth--;
    i = close + 2;
    if (depth === 0) return i;
  }
  const first = text.indexOf('*/', at + 2);
  return first < 0 ? unfinished(text.length) : first + 2;
}

const endSql = /(?:^|[\n\r])[^\S\n\r]*(?=end[ \t]+sql(?![\p{L}\d_]))/giu;

/**
 * Where the SQL that starts at `at`, behind the line of `Begin SQL`, ends: the offset of its `End SQL`, or -1.
 * Nothing before that line is 4D (facts: language-in-the-wild §10).
 */
export function sqlEnd(text: string, at: number): number {
  endSql.lastIndex = Math.max(0, at - 1);
  const found = endSql.exec(text);
  return found ? found.index + found[0].length : -1;
}
