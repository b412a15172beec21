/**
 * How 4D compares values: texts without case and diacritics, `@` for any characters
 * (facts: `language-in-the-wild` §7; 4D page `Concepts/dt_string`).
 */
import { dayNumber } from './dates.js';
import type { Value } from './value.js';

const collator = new Intl.Collator('en', { sensitivity: 'base' });
const WILDCARD = '@';

/** Control characters that comparisons do not see (facts: 4D page `commands/position`). */
export function isIgnorable(code: number): boolean {
  return code < 32 && (code < 9 || code > 13);
}

/** Text without case, diacritics and ignorable characters, for equality and look-ups. */
export function plainText(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 || isIgnorable(code)) {
      return text
        .normalize('NFD')
        .replace(/[\p{M}\x00-\x08\x0e-\x1f]+/gu, '')
        .toLowerCase()
        .replace(/ß/g, 'ss')
        .replace(/æ/g, 'ae')
        .replace(/œ/g, 'oe')
        .replace(/ø/g, 'o');
    }
  }
  return text.toLowerCase();
}

/** Order of two texts as sorts and `<` see it: negative, zero or positive. `@` is an ordinary character here. */
export function compareTexts(left: string, right: string): number {
  return left === right ? 0 : collator.compare(left, right);
}

/** Whether a character is compared as it is or without its case: no `@`, no diacritics, nothing that comparisons do not see. */
function isPlainCode(code: number): boolean {
  return code < 128 && code !== 64 && !isIgnorable(code);
}

/** Whether texts of plain characters are equal without case; undefined when other ones are in them. */
function matchesPlain(left: string, right: string): boolean | undefined {
  let equal = left.length === right.length;
  for (let i = 0; i < right.length; i++) {
    const r = right.charCodeAt(i);
    if (!isPlainCode(r)) return undefined;
    if (!equal) continue;
    const l = left.charCodeAt(i);
    if (l !== r && ((l | 32) !== (r | 32) || (l | 32) < 97 || (l | 32) > 122)) equal = false;
    else if (!isPlainCode(l)) return undefined;
  }
  if (equal) return true;
  for (let i = 0; i < left.length; i++) if (left.charCodeAt(i) > 127 || isIgnorable(left.charCodeAt(i))) return undefined;
  return false;
}

/** `left = right`: `@` on the right side stands for any characters, also none. */
export function matchesText(left: string, right: string): boolean {
  if (left === right) return true;
  const plain = left.length + right.length < 100 ? matchesPlain(left, right) : undefined;
  if (plain !== undefined) return plain;
  if (!right.includes(WILDCARD)) return plainText(left) === plainText(right);
  if (right.includes('@@')) return false;
  const text = plainText(left);
  const parts = plainText(right).split(WILDCARD);
  const first = parts[0];
  const last = parts[parts.length - 1];
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (let i = 1; i < parts.length - 1; i++) {
    const at = text.indexOf(parts[i], from);
    if (at < 0) return false;
    from = at + parts[i].length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

/** Reals that differ by no more are equal, unless the language is told another level; always so in queries (4D page `Concepts/number`). */
export const REAL_LEVEL = 1e-6;

/** What kind a value is, as comparisons and `Value type` need it. Integers and reals are both `number`. */
export type ValueKind =
  | 'number'
  | 'text'
  | 'boolean'
  | 'null'
  | 'undefined'
  | 'date'
  | 'time'
  | 'blob'
  | 'picture'
  | 'pointer'
  | 'object'
  | 'collection';

export function kindOf(value: Value): ValueKind {
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'string':
      return 'text';
    case 'boolean':
      return 'boolean';
    case 'undefined':
      return 'undefined';
    default:
      if (value === null) return 'null';
      if (value.t === 'formula' || value.t === 'host' || value.t === 'class') return 'object';
      return value.t;
  }
}

/** Order of two values of the same kind; `undefined` when they cannot be ordered (other kinds, objects …). Numbers and times compare with each other. */
export function compareValues(left: Value, right: Value): number | undefined {
  const l = orderable(left);
  const r = orderable(right);
  if (typeof l === 'string' && typeof r === 'string') return compareTexts(l, r);
  if (typeof l === 'number' && typeof r === 'number' && kindsMeet(left, right)) return l < r ? -1 : l > r ? 1 : 0;
  return undefined;
}

function orderable(value: Value): string | number | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value && value.t === 'time') return value.seconds;
  if (value && value.t === 'date') return dayNumber(value);
  return undefined;
}

function kindsMeet(left: Value, right: Value): boolean {
  const l = kindOf(left);
  const r = kindOf(right);
  return l === r || (l === 'number' && r === 'time') || (l === 'time' && r === 'number');
}

/**
 * `left = right` with the wildcard on the right side. Objects, collections and pictures are equal only to themselves,
 * pointers when they point to the same place; Null equals Null and Undefined; other kinds are never equal.
 */
export function equalValues(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (typeof left === 'string' && typeof right === 'string') return matchesText(left, right);
  if (left === null || left === undefined) return right === null || right === undefined || isNil(right);
  if (right === null || right === undefined) return isNil(left);
  if (typeof left === 'object' && typeof right === 'object') {
    if (left.t === 'pointer' && right.t === 'pointer') return samePlace(left.target, right.target);
    if (left.t === 'blob' && right.t === 'blob') return sameBytes(left.bytes, right.bytes);
  }
  if (typeof left === 'number' && typeof right === 'number') return Math.abs(left - right) <= REAL_LEVEL;
  return compareValues(left, right) === 0;
}

/** A pointer to nothing is Null too (facts: 4D page `Concepts/null-undefined`). */
function isNil(value: Value): boolean {
  return typeof value === 'object' && value !== null && value.t === 'pointer' && value.target === undefined;
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}

/** True when two references name the same place. Objects in them are compared by identity. */
export function samePlace(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right || !('ref' in left) || !('ref' in right)) return false;
  const l = Object.entries(left);
  const r = right as unknown as Record<string, unknown>;
  return l.length === Object.keys(right).length && l.every(([key, value]) => samePlace(value, r[key]));
}
