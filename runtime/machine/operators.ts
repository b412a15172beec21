/** 4D's operators on values that the dispatch loop does not settle itself (facts: keywords.json, operators). */
import { compareTexts, compareValues, equalValues, plainText } from '../values/compare.js';
import { toInteger } from '../values/convert.js';
import { addDays, daysBetween } from '../values/dates.js';
import { display } from '../values/display.js';
import type { ObjectValue, Value } from '../values/value.js';
import { Comparison } from './code.js';
import { fail } from './messages.js';

/** Longest text that an operator makes, so that a loop cannot eat all memory. */
export const LONGEST = 1 << 27;

function wrong(sign: string, left: Value, right: Value): never {
  return fail('operands', sign, display(left, 1), display(right, 1));
}

type Kind = 'number' | 'text' | 'boolean' | 'date' | 'time' | 'picture' | 'other';

function kindOf(value: Value): Kind {
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'string':
      return 'text';
    case 'boolean':
      return 'boolean';
    case 'object':
      if (value && (value.t === 'date' || value.t === 'time' || value.t === 'picture')) return value.t;
      return 'other';
    default:
      return 'other';
  }
}

/** Undefined counts as the empty value of the other operand's kind: a variable that was never assigned. */
function filled(value: Value, other: Value): Value {
  if (value !== undefined) return value;
  switch (kindOf(other)) {
    case 'text':
      return '';
    case 'boolean':
      return false;
    case 'time':
      return { t: 'time', seconds: 0 };
    default:
      return 0;
  }
}

function secondsOf(value: Value): number {
  return typeof value === 'number' ? value : typeof value === 'object' && value?.t === 'time' ? value.seconds : Number.NaN;
}

export function joinTexts(left: string, right: string): string {
  if (left.length + right.length > LONGEST) fail('long');
  return left + right;
}

export function add(left: Value, right: Value): Value {
  if (left === undefined || right === undefined) {
    if (left === undefined && right === undefined) return undefined;
    return add(filled(left, right), filled(right, left));
  }
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (typeof left === 'string' && typeof right === 'string') return joinTexts(left, right);
  if (typeof left === 'object' && left?.t === 'date') {
    const days = secondsOf(right);
    if (!Number.isNaN(days)) return addDays(left, days);
  }
  if (typeof left === 'object' && left?.t === 'time') {
    if (typeof right === 'object' && right?.t === 'time') return { t: 'time', seconds: left.seconds + right.seconds };
    if (typeof right === 'number') return left.seconds + right;
  }
  if (typeof left === 'number' && typeof right === 'object' && right?.t === 'time') return left + right.seconds;
  return wrong('+', left, right);
}

export function subtract(left: Value, right: Value): Value {
  if (left === undefined && right === undefined) return undefined;
  const l = filled(left, right);
  const r = filled(right, left);
  if (typeof l === 'number' && typeof r === 'number') return l - r;
  if (typeof l === 'object' && l?.t === 'date') {
    if (typeof r === 'object' && r?.t === 'date') return daysBetween(l, r);
    const days = secondsOf(r);
    if (!Number.isNaN(days)) return addDays(l, -days);
  }
  if (typeof l === 'object' && l?.t === 'time') {
    if (typeof r === 'object' && r?.t === 'time') return { t: 'time', seconds: l.seconds - r.seconds };
    if (typeof r === 'number') return l.seconds - r;
  }
  if (typeof l === 'number' && typeof r === 'object' && r?.t === 'time') return l - r.seconds;
  return wrong('-', l, r);
}

export function multiply(left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return left * right;
  const l = filled(left, right);
  const r = filled(right, left);
  if (typeof l === 'string' && typeof r === 'number') {
    const times = Math.max(0, Math.trunc(r));
    if (l.length * times > LONGEST) fail('long');
    return l.repeat(times);
  }
  // Real code multiplies the other way round, too: `Num($ok)*"yes"`.
  if (typeof l === 'number' && typeof r === 'string') return multiply(r, l);
  return numbers('*', l, r, (a, b) => a * b);
}

export function divide(left: Value, right: Value): Value {
  return numbers('/', filled(left, right), filled(right, left), (a, b) => a / b);
}

function numbers(sign: string, left: Value, right: Value, make: (left: number, right: number) => number): number {
  const l = secondsOf(left);
  const r = secondsOf(right);
  const known = (value: Value, number: number) => typeof value === 'number' || !Number.isNaN(number);
  if (!known(left, l) || !known(right, r)) return wrong(sign, left, right);
  return make(l, r);
}

/** `=` with `@` on the right side. */
export function equal(left: Value, right: Value): boolean {
  if (left === undefined && typeof right === 'object' && right !== null) return false;
  return equalValues(left, right);
}

/**
 * Order for `<` and its kin. Undefined beside a text, number, date or time gives False; with anything else, and with Null, that is an error
 * (4D page `Concepts/null-undefined`). An `@` at the end of the right text leaves open what follows (4D page `Concepts/string`).
 */
export function ordered(sign: string, left: Value, right: Value): number {
  if (left === undefined || right === undefined) {
    const other = left ?? right;
    const fits =
      typeof other === 'string' || typeof other === 'number' || (typeof other === 'object' && (other?.t === 'date' || other?.t === 'time'));
    return fits ? Number.NaN : wrong(sign, left, right);
  }
  const open = typeof left === 'string' && typeof right === 'string' && right.indexOf('@') === right.length - 1 && right !== '';
  const order = open ? compareTexts(left.slice(0, right.length - 1), right.slice(0, -1)) : compareValues(left, right);
  if (order === undefined) return wrong(sign, left, right);
  return order;
}

export function and(left: Value, right: Value): Value {
  const l = filled(left, right);
  const r = filled(right, left);
  if (typeof l === 'boolean' && typeof r === 'boolean') return l && r;
  if (typeof l === 'number' && typeof r === 'number') return toInteger(l) & toInteger(r);
  return wrong('&', l, r);
}

export function or(left: Value, right: Value): Value {
  const l = filled(left, right);
  const r = filled(right, left);
  if (typeof l === 'boolean' && typeof r === 'boolean') return l || r;
  if (typeof l === 'number' && typeof r === 'number') return toInteger(l) | toInteger(r);
  return wrong('|', l, r);
}

export function negate(value: Value): Value {
  if (typeof value === 'number') return -value;
  if (value === undefined) return 0;
  if (typeof value === 'object' && value?.t === 'time') return { t: 'time', seconds: -value.seconds };
  return wrong('-', undefined, value);
}

export function not(value: Value): Value {
  if (typeof value === 'boolean') return !value;
  if (value === undefined) return true;
  return fail('boolean', display(value, 1));
}

/** The operators that are seldom used. */
export function operate(sign: string, left: Value, right: Value): Value {
  switch (sign) {
    case '\\':
      // The same as `Int(a/b)` (4D page `Concepts/number`).
      return numbers(sign, filled(left, right), filled(right, left), (a, b) => (b === 0 ? 0 : Math.floor(a / b)));
    case '%':
      return modulo(left, right);
    case '^':
      return numbers(sign, filled(left, right), filled(right, left), (a, b) => a ** b);
    case '??': {
      const bit = shift(sign, left, right);
      return ((bit.value >>> bit.count) & 1) === 1;
    }
    case '?+': {
      const bit = shift(sign, left, right);
      return bit.value | (1 << bit.count);
    }
    case '?-': {
      const bit = shift(sign, left, right);
      return bit.value & ~(1 << bit.count);
    }
    case '<<': {
      const bit = shift(sign, left, right);
      return bit.count > 31 ? 0 : bit.value << bit.count;
    }
    case '>>': {
      const bit = shift(sign, left, right);
      return bit.count > 31 ? 0 : bit.value >>> bit.count;
    }
    case '^|': {
      const bit = shift(sign, left, right);
      return bit.value ^ bit.other;
    }
    default:
      return wrong(sign, left, right);
  }
}

function shift(sign: string, left: Value, right: Value): { value: number; count: number; other: number } {
  const l = secondsOf(filled(left, right));
  const r = secondsOf(filled(right, left));
  if (Number.isNaN(l) || Number.isNaN(r)) return wrong(sign, left, right);
  return { value: toInteger(l), count: Math.max(0, toInteger(r)), other: toInteger(r) };
}

/** Remainder of integers; between texts: whether the left one has the right one as a word. */
export function modulo(left: Value, right: Value): Value {
  if (typeof left === 'string' && typeof right === 'string') {
    const words = plainText(left).split(/[^\p{L}\p{N}_'-]+/u);
    const wanted = plainText(right);
    const start = wanted.endsWith('@') ? wanted.slice(0, -1) : undefined;
    return words.some((word) => (start === undefined ? word === wanted : word.startsWith(start)));
  }
  const both = (value: Value) => typeof value === 'object' && value?.t === 'time';
  // A remainder that is no whole number counts as 0 (4D page `Concepts/number`).
  const result = numbers('%', filled(left, right), filled(right, left), (a, b) => {
    if (!Number.isInteger(a) || !Number.isInteger(b)) return b !== 0 && Number.isInteger(a % b) ? a % b : 0;
    const divisor = toInteger(b);
    return divisor === 0 ? 0 : (toInteger(a) % divisor) | 0;
  });
  return both(left) && both(right) ? { t: 'time', seconds: result } : result;
}

/** Whether a value counts as true for `&&`, `||` and the ternary (facts: keywords.json, operators, falsy). */
export function truthy(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return true;
    case 'string':
      return value !== '';
    case 'undefined':
      return false;
    default:
      if (value === null) return false;
      if (value.t === 'date') return value.year !== 0 || value.month !== 0 || value.day !== 0;
      if (value.t === 'pointer') return value.target !== undefined;
      if (value.t === 'picture') return value.bytes.length > 0;
      if (value.t === 'collection') return value.items.length > 0;
      if (value.t === 'object' && value.className === undefined) return value.properties.size > 0;
      return true;
  }
}

/** A condition of If, While …: a Boolean, or Undefined for False (facts: 4D page `Concepts/null-undefined`). */
export function condition(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (value === undefined || value === null) return false;
  return fail('boolean', display(value, 1));
}

/** Whether a comparison of numbers holds. Only equality looks at the level (4D page `commands/set-real-comparison-level`). */
export function numbersHold(level: number, comparison: Comparison, a: number, b: number): boolean {
  if (comparison === Comparison.EQUAL) return a === b || Math.abs(a - b) <= level;
  if (comparison === Comparison.UNEQUAL) return a !== b && !(Math.abs(a - b) <= level);
  return (comparison & (a < b ? 1 : a > b ? 4 : a === b ? 2 : 8)) !== 0;
}

/** Whether a comparison holds. */
export function holds(level: number, comparison: Comparison, a: Value, b: Value): boolean {
  return typeof a === 'number' && typeof b === 'number' ? numbersHold(level, comparison, a, b) : compare(comparison, a, b);
}

/** A comparison of values that are not both numbers. */
function compare(comparison: Comparison, left: Value, right: Value): boolean {
  switch (comparison) {
    case Comparison.EQUAL:
      return equal(left, right);
    case Comparison.UNEQUAL:
      return !equal(left, right);
    case Comparison.LESS:
      return ordered('<', left, right) < 0;
    case Comparison.LESS_EQUAL:
      return ordered('<=', left, right) <= 0;
    case Comparison.GREATER:
      return ordered('>', left, right) > 0;
    case Comparison.GREATER_EQUAL:
      return ordered('>=', left, right) >= 0;
  }
}

/** An object whose property anybody may change, and no function of its class stands between. */
export function isOpen(value: Value, name: string): value is ObjectValue {
  if (typeof value !== 'object' || value === null || value.t !== 'object' || value.shared !== undefined) return false;
  return value.className === undefined || value.properties.has(name);
}
