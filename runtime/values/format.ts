/**
 * Values as text the way `String` gives them. The simulated system is English (United States): decimal point, comma for thousands, month before day
 * (facts: 4D page `commands/string`).
 */
import { dayNumber, isNullDate, isoDate, isoTime } from './dates.js';
import type { DateValue, Value } from './value.js';

const SIGNIFICANT = 13;

/** A number with at most 13 significant digits, never in exponent form below 1e21. `Log(-1)` gives the empty text, 1/0 `INF`. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return '';
  if (!Number.isFinite(value)) return value < 0 ? '-INF' : 'INF';
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value === 0 ? 0 : value);
  return plainDigits(Number(value.toPrecision(SIGNIFICANT)));
}

/** A number without exponent where JavaScript would write a small one with it. */
function plainDigits(value: number): string {
  const text = String(value);
  const m = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(text);
  if (!m) return text;
  return `${m[1]}0.${'0'.repeat(Number(m[4]) - 1)}${m[2]}${m[3] ?? ''}`;
}

/** A number in a display format: `###,##0.00;-0;none`, `&x`, `&$`, `&xml`. */
export function formatNumber(value: number, format: string): string {
  if (format === '') return numberText(value);
  if (format === '&xml') return numberText(value);
  if (format === '&x' || format === '&$') return hexadecimal(value, format === '&x');
  const sections = format.split(';');
  const rounded = sections.length > 2 && Number(Math.abs(value).toFixed(decimalsOf(sections[0]))) === 0 ? 0 : value;
  if (sections.length > 2 && (value === 0 || rounded === 0)) return fillFormat(0, sections[2], false);
  if (value < 0) return sections.length > 1 ? fillFormat(-value, sections[1], false) : fillFormat(-value, sections[0], true);
  return fillFormat(value, sections[0], false);
}

function hexadecimal(value: number, prefixed: boolean): string {
  const n = Math.trunc(value);
  const digits = (n < 0 ? n >>> 0 : n).toString(16).toUpperCase();
  if (!prefixed) return `$${digits}`;
  return `0x${digits.padStart(digits.length <= 4 ? 4 : 8, '0')}`;
}

const PLACES = '#0*^-';

function decimalsOf(section: string): number {
  const point = section.indexOf('.');
  return point < 0 ? 0 : [...section.slice(point + 1)].filter((c) => PLACES.includes(c) && c !== '-').length;
}

/** Fills one section of a format with a number that is not negative; `minus` puts a sign where the format has none. */
function fillFormat(value: number, section: string, minus: boolean): string {
  const first = [...section].findIndex((c) => '#0*^'.includes(c));
  if (first < 0) return section;
  let last = section.length - 1;
  while (last > first && !'#0*^.'.includes(section[last])) last--;
  const prefix = section.slice(0, first);
  const suffix = section.slice(last + 1);
  const body = section.slice(first, last + 1);
  const scientific = /E\+?/.exec(suffix);
  if (scientific) return prefix + value.toExponential(decimalsOf(body)).replace('e', 'E');
  const point = body.indexOf('.');
  const wholePlaces = point < 0 ? body : body.slice(0, point);
  const decimalPlaces = point < 0 ? '' : [...body.slice(point + 1)].filter((c) => '#0*^'.includes(c)).join('');
  const places = [...wholePlaces].filter((c) => '#0*^'.includes(c));
  const [digits, decimals = ''] = decimalText(value, decimalPlaces.length).split('.');
  const whole = digits === '0' ? '' : digits;
  if (whole.length > places.length) return '<'.repeat(Math.max(1, body.length));
  const filled = fillWhole(whole, wholePlaces);
  const shown = fillDecimals(decimals, decimalPlaces);
  const sign = minus && !prefix.includes('-') && (Number(`${digits}.${decimals || 0}`) !== 0 || value !== 0) ? '-' : '';
  return prefix + sign + filled + (point < 0 || (shown === '' && decimalPlaces.length > 0) ? '' : `.${shown}`) + suffix;
}

/** The number with that many decimals, halves away from zero. */
function decimalText(value: number, decimals: number): string {
  const shifted = roundTo(value, decimals);
  return shifted.toFixed(Math.min(decimals, 100));
}

/** `Round`: to a number of decimals (negative: tens, hundreds …), halves away from zero in decimal, not in binary. */
export function roundTo(value: number, decimals: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const [mantissa, exponent = '0'] = String(Math.abs(value)).split('e');
  const raised = Number(`${mantissa}e${Number(exponent) + decimals}`);
  const whole = Math.floor(raised) + (raised - Math.floor(raised) >= 0.5 - 1e-9 ? 1 : 0);
  const [digits, power = '0'] = String(whole).split('e');
  const result = Number(`${digits}e${Number(power) - decimals}`);
  return value < 0 ? -result : result;
}

/** Puts digits into places from the right; thousands separators only stand between digits that are shown. */
function fillWhole(digits: string, places: string): string {
  let at = digits.length;
  let result = '';
  for (let i = places.length - 1; i >= 0; i--) {
    const place = places[i];
    if (place === '0' || place === '#' || place === '*' || place === '^') {
      if (at > 0) result = digits[--at] + result;
      else if (place === '0') result = `0${result}`;
      else if (place === '*') result = `*${result}`;
      else if (place === '^') result = `\u00a0${result}`;
    } else if (at > 0 || places.slice(0, i).includes('0')) result = place + result;
  }
  return result;
}

function fillDecimals(decimals: string, places: string): string {
  let end = decimals.length;
  while (end > 0 && decimals[end - 1] === '0' && places[end - 1] === '#') end--;
  return decimals.slice(0, end);
}

// ---- dates and times

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
export const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** 0 for Sunday; of the null date too. */
export function weekday(date: DateValue): number {
  const days = dayNumber(date);
  return Number.isFinite(days) ? (((days + 4) % 7) + 7) % 7 : 0;
}

const two = (n: number) => String(n).padStart(2, '0');

const BLANK_IF_NULL = 100;

/** A date in one of 4D's numbered formats or in a pattern; `seconds` is the time that goes with it. */
export function formatDate(date: DateValue, format: number | string = 0, seconds = 0): string {
  if (typeof format === 'string') return formatPattern(format, date, seconds);
  const blank = format >= BLANK_IF_NULL;
  const kind = blank ? format - BLANK_IF_NULL : format;
  if (isNullDate(date) && blank) return '';
  const { year, month, day } = date;
  const short = isNullDate(date) ? '00/00/00' : `${two(month)}/${two(day)}/${String(year).padStart(4, '0')}`;
  switch (kind) {
    case 2:
      return isNullDate(date) ? short : `${dayNames[weekday(date)].slice(0, 3)}, ${monthNames[month - 1].slice(0, 3)} ${day}, ${year}`;
    case 3:
      return isNullDate(date) ? short : `${dayNames[weekday(date)]}, ${monthNames[month - 1]} ${day}, ${year}`;
    case 4:
      return year > 1930 && year < 2030 ? `${two(month)}/${two(day)}/${two(year % 100)}` : short;
    case 5:
      return isNullDate(date) ? short : `${monthNames[month - 1]} ${day}, ${year}`;
    case 6:
      return isNullDate(date) ? short : `${monthNames[month - 1].slice(0, 3)} ${day}, ${year}`;
    case 8:
      return `${isoDate(date)}T${isoTime(seconds)}`;
    case 9:
      return `${isoDate(date)}T${isoTime(seconds)}Z`;
    case 10:
      return isNullDate(date)
        ? ''
        : `${dayNames[weekday(date)].slice(0, 3)}, ${two(day)} ${monthNames[month - 1].slice(0, 3)} ${year} ${isoTime(seconds)} GMT`;
    default:
      return short;
  }
}

const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;

/** A time in one of 4D's numbered formats or in a pattern. */
export function formatTime(seconds: number, format: number | string = 0): string {
  if (typeof format === 'string') return formatPattern(format, { t: 'date', year: 0, month: 0, day: 0 }, seconds);
  if (format >= BLANK_IF_NULL && seconds === 0) return '';
  const h = Math.floor(Math.abs(seconds) / 3600);
  const m = Math.floor(Math.abs(seconds) / 60) % 60;
  const s = Math.abs(seconds) % 60;
  switch (format % BLANK_IF_NULL) {
    case 2:
      return `${two(h)}:${two(m)}`;
    case 3:
      return `${plural(h, 'hour')} ${plural(m, 'minute')} ${plural(s, 'second')}`;
    case 4:
      return `${plural(h, 'hour')} ${plural(m, 'minute')}`;
    case 5:
      return `${h % 12 === 0 ? 12 : h % 12}:${two(m)} ${h % 24 < 12 ? 'AM' : 'PM'}`;
    case 6:
      return `${two(h * 60 + m)}:${two(s)}`;
    case 7:
      return `${plural(h * 60 + m, 'minute')} ${plural(s, 'second')}`;
    case 8:
      return `0000-00-00T${isoTime(seconds)}`;
    default:
      return isoTime(seconds);
  }
}

/** A pattern of letters: `EEEE d MMMM yyyy 'at' HH:mm:ss`. */
export function formatPattern(pattern: string, date: DateValue, seconds: number): string {
  const h = Math.floor(seconds / 3600);
  const known: Record<string, (length: number) => string> = {
    y: (n) => (n === 2 ? two(date.year % 100) : String(date.year).padStart(n, '0')),
    M: (n) => (n >= 4 ? (monthNames[date.month - 1] ?? '') : n === 3 ? (monthNames[date.month - 1] ?? '').slice(0, 3) : pad(date.month, n)),
    d: (n) => pad(date.day, n),
    E: (n) => (n >= 4 ? dayNames[weekday(date)] : dayNames[weekday(date)].slice(0, 3)),
    H: (n) => pad(h, n),
    h: (n) => pad(h % 12 === 0 ? 12 : h % 12, n),
    K: (n) => pad(h % 12, n),
    k: (n) => pad(h === 0 ? 24 : h, n),
    m: (n) => pad(Math.floor(seconds / 60) % 60, n),
    s: (n) => pad(seconds % 60, n),
    S: (n) => '0'.repeat(n),
    a: () => (h % 24 < 12 ? 'AM' : 'PM'),
    G: (n) => (n >= 4 ? 'Anno Domini' : 'AD'),
    D: (n) => pad(dayNumber(date) - dayNumber({ t: 'date', year: date.year, month: 1, day: 1 }) + 1, n),
    z: () => 'GMT',
    Z: () => '+0000',
    X: () => 'Z',
    O: () => 'GMT',
  };
  return pattern.replace(/'((?:[^']|'')*)'|([A-Za-z])\2*/g, (run, quoted: string | undefined, letter: string | undefined) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted.replace(/''/g, "'");
    return letter ? (known[letter]?.(run.length) ?? run) : run;
  });
}

const pad = (n: number, length: number) => String(n).padStart(length, '0');

/** Any value as text, as `String(value)` gives it without a format. */
export function valueText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  if (value === undefined) return 'undefined';
  switch (value.t) {
    case 'date':
      return formatDate(value);
    case 'time':
      return isoTime(value);
    default:
      return '';
  }
}
