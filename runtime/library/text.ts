/** Theme String (facts: 4D theme page `String`). */

import { keywords } from '../records/query.js';
import { compareTexts, isIgnorable, plainText } from '../values/compare.js';
import { formatDate, formatNumber, formatTime, valueText } from '../values/format.js';
import type { Value } from '../values/value.js';
import { BAD_PARAMETER, raise } from './errors.js';
import { checkCount, checkLength, MOST_ITEMS } from './limits.js';
import { compileRegex, firstMatch } from './regex.js';
import { type Call, Theme } from './theme.js';

export const text = new Theme('String');

const CHAR_CODES = 1;
const CASE_INSENSITIVE = 2;

text.reader(10, 'String', (call) => {
  const value = call.value(0);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === undefined) return '';
  if (!call.has(1)) return valueText(value);
  const format = call.value(1);
  if (typeof value === 'number') return typeof format === 'number' ? inBase(value, format) : formatNumber(value, call.text(1));
  if (typeof value === 'object' && value?.t === 'date') {
    return formatDate(value, typeof format === 'number' ? format : call.text(1), call.has(2) ? call.number(2) : 0);
  }
  if (typeof value === 'object' && value?.t === 'time') {
    return typeof format === 'string' && /[#0*]/.test(format)
      ? formatNumber(value.seconds, format)
      : formatTime(value.seconds, typeof format === 'number' ? format : call.text(1));
  }
  return valueText(value);
});

function inBase(value: number, base: number): string {
  return value.toString(base >= 2 && base <= 36 ? base : 10);
}

text.reader(11, 'Num', (call) => {
  const value = call.value(0);
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === undefined || value === null) return 0;
  if (typeof value === 'object') return value.t === 'time' ? value.seconds : 0;
  const second = call.has(1) ? call.value(1) : '.';
  if (typeof second === 'number') {
    const read = Number.parseInt(value, second === 0 ? (/^\s*-?0x/i.test(value) ? 16 : 10) : second);
    return Number.isNaN(read) ? 0 : read;
  }
  return numberIn(value, String(second) || '.');
});

/** The number that the digits of a text make; other characters are passed over (facts: 4D page `commands/num`). */
export function numberIn(source: string, separator = '.'): number {
  let digits = '';
  let exponent = '';
  let negative = false;
  let inExponent = false;
  for (let i = 0; i < source.length; i++) {
    const c = source[i];
    if (source.startsWith(separator, i)) {
      if (!inExponent && !digits.includes('.')) digits += '.';
      i += separator.length - 1;
    } else if (c >= '0' && c <= '9') {
      if (inExponent) exponent += c;
      else digits += c;
    } else if (c === '-' || c === '–') {
      if (inExponent && exponent === '') exponent = '-';
      else if (!inExponent && digits === '') negative = true;
      else break;
    } else if ((c === 'e' || c === 'E') && /\d/.test(digits)) inExponent = true;
  }
  if (!/\d/.test(digits)) return 0;
  const number = Number(`${digits}${/\d/.test(exponent) ? `e${exponent}` : ''}`);
  return negative ? -number : number;
}

text.reader(12, 'Substring', (call) => {
  const source = call.text(0);
  const from = Math.max(1, call.integer(1));
  const length = call.has(2) ? Math.max(0, call.integer(2)) : source.length;
  return source.slice(from - 1, from - 1 + length);
});

text.reader(16, 'Length', (call) => call.text(0).length);
text.reader(90, 'Char', (call) => String.fromCharCode(call.integer(0) & 0xffff));
text.reader(91, 'Character code', (call) => call.text(0).charCodeAt(0) || 0);

const withoutMarks = (source: string) =>
  source
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC');
text.reader(13, 'Uppercase', (call) => {
  const upper = call.text(0).toUpperCase();
  return call.isOperator(1) ? upper : withoutMarks(upper);
});
text.reader(14, 'Lowercase', (call) => {
  const lower = call.text(0).toLowerCase();
  return call.isOperator(1) ? lower : withoutMarks(lower);
});

text.reader(234, 'Change string', (call) => {
  const source = call.text(0);
  const where = call.integer(2);
  if (where < 1 || where > source.length) return source;
  const end = Math.min(source.length, where - 1 + call.text(1).length);
  return (source.slice(0, where - 1) + call.text(1).slice(0, end - where + 1) + source.slice(end)).slice(0, source.length);
});
text.reader(232, 'Delete string', (call) => {
  const source = call.text(0);
  const where = Math.max(1, call.integer(1));
  return source.slice(0, where - 1) + source.slice(where - 1 + Math.max(0, call.integer(2)));
});
text.reader(231, 'Insert string', (call) => {
  const source = call.text(0);
  const at = Math.max(0, Math.min(source.length, call.integer(2) - 1));
  return source.slice(0, at) + call.text(1) + source.slice(at);
});

/**
 * A text in the form in which 4D searches it, with the place of each character of the form in the text.
 * `plain` only folds case and marks; what folds to nothing (ignorable characters) is passed over.
 */
function searchForm(source: string): { readonly folded: string; readonly from: number[] } {
  let folded = '';
  const from: number[] = [];
  for (let i = 0; i < source.length; ) {
    const size = source.codePointAt(i)! > 0xffff ? 2 : 1;
    const part = plainText(source.slice(i, i + size));
    for (let k = 0; k < part.length; k++) from.push(i);
    folded += part;
    i += size;
  }
  from.push(source.length);
  return { folded, from };
}

function isSimple(source: string): boolean {
  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (code > 127 || isIgnorable(code)) return false;
  }
  return true;
}

/** Finds `wanted` in `source` from an index: index and length of what was found, or undefined. `exact` compares character codes. */
export function findText(source: string, wanted: string, start: number, exact: boolean): Found | undefined {
  return finderIn(source, wanted, exact)(start);
}

interface Found {
  readonly index: number;
  readonly length: number;
}

/** Looks for the same text again and again: what is made of both for that is made once. Starts may only grow. */
function finderIn(source: string, wanted: string, exact: boolean): (start: number) => Found | undefined {
  if (wanted === '') return () => undefined;
  const simple = !exact && isSimple(source) && isSimple(wanted);
  if (exact || simple) {
    const [whole, part] = exact ? [source, wanted] : [source.toLowerCase(), wanted.toLowerCase()];
    return (start) => {
      const index = whole.indexOf(part, start);
      return index < 0 ? undefined : { index, length: wanted.length };
    };
  }
  const needle = plainText(wanted);
  if (needle === '') return () => undefined;
  const { folded, from } = searchForm(source);
  let at = 0;
  return (start) => {
    while (at < from.length && from[at] < start) at++;
    for (;;) {
      at = folded.indexOf(needle, at);
      if (at < 0) {
        at = from.length;
        return undefined;
      }
      const index = from[at];
      let end = from[at + needle.length];
      while (end < source.length && /\p{M}/u.test(source[end])) end++;
      // A match may not begin or end inside a letter that is written with two (œ as oe).
      if ((at === 0 || from[at - 1] !== index) && from[at + needle.length - 1] !== from[at + needle.length])
        return { index, length: end - index };
      at++;
    }
  };
}

text.command(15, 'Position', (call) => {
  const last = call.count() - 1;
  const star = call.isOperator(last);
  const options = call.has(4) && !star ? call.integer(4) : undefined;
  const exact = star || (options !== undefined && (options & CHAR_CODES) !== 0);
  const start = call.has(2) && !call.isOperator(2) ? Math.max(1, call.integer(2)) : 1;
  const source = call.text(1);
  const found =
    exact && options !== undefined && (options & CASE_INSENSITIVE) !== 0
      ? findText(source.toLowerCase(), call.text(0).toLowerCase(), start - 1, true)
      : findText(source, call.text(0), start - 1, exact);
  if (call.has(3) && !call.isOperator(3)) call.set(3, found?.length ?? 0);
  return found ? found.index + 1 : 0;
});

text.reader(233, 'Replace string', (call) => {
  const exact = call.isOperator(call.count() - 1);
  const limit = call.has(3) && !call.isOperator(3) ? call.integer(3) : Number.POSITIVE_INFINITY;
  return replaceText(call.text(0), call.text(1), call.text(2), limit, exact);
});

/** Every occurrence (or the first `limit`) of a text replaced, searched as 4D searches. */
export function replaceText(source: string, old: string, by: string, limit: number, exact: boolean): string {
  let result = '';
  let from = 0;
  const find = finderIn(source, old, exact);
  for (let count = 0; count < limit; count++) {
    const found = find(from);
    if (!found) break;
    result += source.slice(from, found.index) + by;
    checkLength(result.length);
    from = found.index + found.length;
  }
  return from === 0 ? source : result + source.slice(from);
}

text.reader(1554, 'Split string', (call) => {
  const options = call.has(2) ? call.integer(2) : 0;
  const separator = call.text(1);
  const whole = call.text(0);
  // One more than is allowed, so that too many are seen and not made.
  let parts =
    separator === '' ? Array.from({ length: checkCount(whole.length) }, (_, i) => whole[i]) : whole.split(separator, MOST_ITEMS + 1);
  checkCount(parts.length);
  if (options & 2) parts = parts.map((part) => part.replace(/^ +| +$/g, ''));
  if (options & 1) parts = parts.filter((part) => part !== '');
  return { t: 'collection', items: parts };
});

text.reader(1853, 'Trim', (call) => call.text(0).trim());
text.reader(1854, 'Trim start', (call) => call.text(0).trimStart());
text.reader(1855, 'Trim end', (call) => call.text(0).trimEnd());

text.reader(1756, 'Compare strings', (call) => {
  const options = call.has(2) ? call.integer(2) : 0;
  let [a, b] = [call.text(0), call.text(1)];
  if (!(options & CHAR_CODES)) return Math.sign(compareTexts(a, b));
  if (options & CASE_INSENSITIVE) [a, b] = [a.toLowerCase(), b.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
});

text.command(1019, 'Match regex', (call) => {
  const { pattern, flags } = compileRegex(call.text(0));
  const source = call.text(1);
  const { guards } = call.host;
  if (!call.has(2)) return firstMatch({ pattern: `^(?:${pattern})$`, flags: `${flags}d` }, source, 0, guards) !== null;
  const onlyHere = call.isOperator(call.count() - 1);
  const places = firstMatch({ pattern, flags: `${flags}d${onlyHere ? 'y' : 'g'}` }, source, Math.max(0, call.integer(2) - 1), guards);
  if (!places) return false;
  writePlaces(
    call,
    3,
    places.map(([from]) => from + 1),
  );
  writePlaces(
    call,
    4,
    places.map(([from, to]) => to - from),
  );
  return true;
});

/** One number for a variable; for an array the whole match in element 0 and the groups after it. */
function writePlaces(call: Call, index: number, numbers: readonly number[]): void {
  if (!call.has(index) || call.isOperator(index)) return;
  const array = call.arrayOrNone(index);
  if (array) array.items = [...numbers];
  else call.set(index, numbers[0]);
}

text.command(1141, 'GET TEXT KEYWORDS', (call) => {
  const words = keywordsAsWritten(call.text(0));
  const array = call.array(1, 'text');
  const kept: Value[] = [];
  const seen = new Set<string>();
  for (const word of words) {
    if (call.isOperator(2) && seen.has(plainText(word))) continue;
    seen.add(plainText(word));
    kept.push(word);
  }
  array.items = ['', ...kept];
});

function keywordsAsWritten(source: string): string[] {
  return keywords(source).length === 0 ? [] : (source.match(/[\p{L}\p{N}_]+(?:['’.][\p{L}\p{N}]+)*/gu) ?? []);
}

// ---- character sets

const charSets: Record<string, string> = {
  '3': 'us-ascii',
  '4': 'iso-8859-1',
  '106': 'utf-8',
  '1013': 'utf-16be',
  '1014': 'utf-16le',
  '1015': 'utf-16',
};

/** The encoding that a 4D character set name or MIBEnum number stands for, as `TextDecoder` names it. */
export function charSet(call: Call, index: number): string {
  const given = call.value(index);
  const name =
    typeof given === 'number'
      ? (charSets[String(given)] ?? '')
      : call
          .text(index)
          .trim()
          .toLowerCase()
          .replace(/-no-bom$/, '');
  try {
    return new TextDecoder(name || 'utf-8').encoding;
  } catch {
    return raise(
      BAD_PARAMETER,
      {
        en: 'The character set «{0}» is not known here. Use UTF-8, ISO-8859-1, Windows-1252 or UTF-16.',
        es: 'El juego de caracteres «{0}» no se conoce aquí. Use UTF-8, ISO-8859-1, Windows-1252 o UTF-16.',
      },
      typeof given === 'number' ? given : name,
    );
  }
}

text.reader(1012, 'Convert to text', (call) => {
  const blob = call.value(0);
  const bytes = typeof blob === 'object' && blob?.t === 'blob' ? blob.bytes : new Uint8Array(0);
  return decodeText(bytes, charSet(call, 1));
});

text.command(1011, 'CONVERT FROM TEXT', (call) => {
  call.set(2, { t: 'blob', bytes: encodeText(call.text(0), charSet(call, 1)) });
  call.setSystem('OK', 1);
});

/** Characters of the bytes 0x80 to 0x9f in Windows-1252: engines disagree about them. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Bytes of an encoding as text; a byte order mark is left out. */
export function decodeText(bytes: Uint8Array, encoding: string): string {
  if (encoding !== 'windows-1252') return new TextDecoder(encoding).decode(bytes);
  let result = '';
  for (const byte of bytes) result += byte >= 0x80 && byte < 0xa0 ? windows1252[byte - 0x80] : String.fromCharCode(byte);
  return result;
}

/** Text as bytes of an encoding; what it lacks becomes `?`. */
export function encodeText(source: string, encoding: string): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(source);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const bytes = new Uint8Array(source.length * 2);
    for (let i = 0; i < source.length; i++) new DataView(bytes.buffer).setUint16(i * 2, source.charCodeAt(i), encoding === 'utf-16le');
    return bytes;
  }
  const byCharacter = new Map<string, number>();
  for (let byte = 0; byte < 256; byte++) byCharacter.set(decodeText(Uint8Array.of(byte), encoding), byte);
  return Uint8Array.from(source, (character) => byCharacter.get(character) ?? 0x3f);
}
