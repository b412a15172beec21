/** What the literals of a text stand for (facts: language-in-the-wild §7). */
import { dateExists, nullDate } from '../../values/dates.js';
import type { DateValue, TimeValue } from '../../values/value.js';

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** `"a\tb"` with its quotes → its text. */
export function textOfLiteral(source: string): string {
  const inner = source.replace(/^"/, '').replace(/"$/, '');
  return inner.includes('\\') ? inner.replace(/\\(.)/gs, (whole, c: string) => escapes[c.toLowerCase()] ?? whole) : inner;
}

export function numberOfLiteral(source: string): number {
  const value = Number(source.replace(',', '.'));
  return Number.isNaN(value) ? 0 : value;
}

/** `!2024-02-29!`; also `!2/29/2024!` with the month first, its year of two digits before 2030 and from 1930 on (4D page `Concepts/date`). What is no date is the null date. */
export function dateOfLiteral(source: string): DateValue {
  const parts = source
    .replaceAll('!', '')
    .trim()
    .split(/[-/. ]+/)
    .map(Number);
  if (parts.length !== 3) return nullDate;
  const [year, month, day] =
    parts[0] > 31 || source.includes('-')
      ? parts
      : [parts[2] < 100 ? (parts[2] < 30 ? 2000 : 1900) + parts[2] : parts[2], parts[0], parts[1]];
  return dateExists(year, month, day) ? { t: 'date', year, month, day } : nullDate;
}

/** `?08:30:00?` */
export function timeOfLiteral(source: string): TimeValue {
  const [hours = 0, minutes = 0, seconds = 0] = source.replaceAll('?', '').trim().split(':').map(Number);
  return { t: 'time', seconds: (hours || 0) * 3600 + (minutes || 0) * 60 + (seconds || 0) };
}
