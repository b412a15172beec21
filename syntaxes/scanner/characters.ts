enum Class {
  Other = 0,
  Letter = 1,
  Digit = 2,
  Blank = 3,
}

const table = new Uint8Array(128);
for (let c = 65; c <= 90; c++) table[c] = table[c + 32] = Class.Letter;
for (let c = 48; c <= 57; c++) table[c] = Class.Digit;
table[95] = Class.Letter;
for (const c of [9, 11, 12, 32]) table[c] = Class.Blank;

/** Characters beyond ASCII that cannot be part of a name: typographic quotes and relations, and the old sign of interprocess variables. */
const noLetters = new Set([0x201c, 0x201d, 0x00ab, 0x00bb, 0x2260, 0x2264, 0x2265, 0x25ca]);

function isWideBlank(c: number): boolean {
  return (
    c === 0xa0 || c === 0x85 || c === 0xfeff || c === 0x3000 || (c >= 0x2000 && c <= 0x200b) || (c >= 0x2028 && c <= 0x2029) || c === 0x202f
  );
}

function classOf(c: number): Class {
  if (c < 128) return table[c];
  if (isWideBlank(c)) return Class.Blank;
  return noLetters.has(c) ? Class.Other : Class.Letter;
}

/** Whether a UTF-16 unit can be part of a name: letters of any script, digits, `_`, signs such as `°` or `’` (facts: language-in-the-wild §8). */
export function isWord(c: number): boolean {
  if (c < 128) {
    const k = table[c];
    return k === Class.Letter || k === Class.Digit;
  }
  return classOf(c) === Class.Letter;
}

export function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

export function isLineEnd(c: number): boolean {
  return c === 10 || c === 13;
}

/** The UTF-16 unit at an offset; 0 behind the end. Engines run a look beyond the end slowly, and forget what they had learnt. */
export function codeAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : 0;
}

/** Offset behind the letters and digits that start at `at`. */
export function wordEnd(text: string, at: number): number {
  let i = at;
  for (;;) {
    const c = codeAt(text, i);
    if (c < 128) {
      const k = table[c];
      if (k !== Class.Letter && k !== Class.Digit) return i;
    } else if (classOf(c) !== Class.Letter) return i;
    i++;
  }
}

/** Offset of the first character from `at` that is not a blank; line ends are no blanks. */
export function blankEnd(text: string, at: number): number {
  let i = at;
  for (;;) {
    const c = codeAt(text, i);
    if (c === 32 || c === 9) i++;
    else if (c > 32 ? c >= 128 && isWideBlank(c) : c === 11 || c === 12) i++;
    else return i;
  }
}

/** Offset of the next line end, or of the end of the text. */
export function lineEndFrom(text: string, at: number): number {
  let i = at;
  for (;;) {
    const c = codeAt(text, i);
    if (c === 10 || c === 13 || i >= text.length) return i;
    i++;
  }
}

/** Whether the word at `at` is this lower-case ASCII word, without regard to case. */
export function isTheWord(text: string, at: number, lower: string): boolean {
  for (let i = 0; i < lower.length; i++) {
    const c = codeAt(text, at + i);
    if (c !== lower.charCodeAt(i) && (c | 32) !== lower.charCodeAt(i)) return false;
  }
  return !isWord(codeAt(text, at + lower.length));
}

/** Offset behind the line end at `at`. */
export function nextLine(text: string, at: number): number {
  return codeAt(text, at) === 13 && codeAt(text, at + 1) === 10 ? at + 2 : at + 1;
}
