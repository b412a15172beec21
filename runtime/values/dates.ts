/** Civil dates without zone (facts: 4D page `Concepts/dt_date`). */
import type { DateValue, TimeValue } from './value.js';

export const nullDate: DateValue = { t: 'date', year: 0, month: 0, day: 0 };

export function isNullDate(date: DateValue): boolean {
  return date.year === 0 && date.month === 0 && date.day === 0;
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar; the null date is `-Infinity`, before every other. */
export function dayNumber(date: DateValue): number {
  if (isNullDate(date)) return Number.NEGATIVE_INFINITY;
  const y = date.month <= 2 ? date.year - 1 : date.year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5) + date.day - 1;
  return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468;
}

/** The date that many days after 1970-01-01; the null date for what is no finite number or lies outside the years 1 to 32767. */
export function dateFromDays(days: number): DateValue {
  if (!Number.isFinite(days)) return nullDate;
  const z = Math.trunc(days) + 719468;
  const era = Math.floor(z / 146097);
  const ofEra = z - era * 146097;
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365);
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return year < 1 || year > 32767 ? nullDate : { t: 'date', year, month, day };
}

/** A date whose month and day may be out of range: `2024-01-32` becomes 1 February. */
export function normalDate(year: number, month: number, day: number): DateValue {
  const months = year * 12 + (month - 1);
  const first: DateValue = { t: 'date', year: Math.floor(months / 12), month: (((months % 12) + 12) % 12) + 1, day: 1 };
  return dateFromDays(dayNumber(first) + day - 1);
}

export function addDays(date: DateValue, days: number): DateValue {
  return isNullDate(date) ? nullDate : dateFromDays(dayNumber(date) + Math.trunc(days));
}

/** True for a date that exists. The null date does not. */
export function dateExists(year: number, month: number, day: number): boolean {
  const made = normalDate(year, month, day);
  return made.year === year && made.month === month && made.day === day && year > 0;
}

/** Days from `from` to `to`; a null date counts as 0 days, as 4D's subtraction does not fail on it. */
export function daysBetween(to: DateValue, from: DateValue): number {
  const days = (date: DateValue) => (isNullDate(date) ? 0 : dayNumber(date));
  return days(to) - days(from);
}

const two = (n: number) => String(Math.abs(n)).padStart(2, '0');

/** `2024-02-29`; the null date is `0000-00-00`. */
export function isoDate(date: DateValue): string {
  return `${String(date.year).padStart(4, '0')}-${two(date.month)}-${two(date.day)}`;
}

/** `08:30:00`; hours beyond a day are kept, a negative time has its sign in front. */
export function isoTime(time: TimeValue | number): string {
  const seconds = typeof time === 'number' ? time : time.seconds;
  const s = Math.abs(Math.trunc(seconds));
  return `${seconds < 0 ? '-' : ''}${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}

/** A date in `YYYY-MM-DD`, alone or before a `T`; the null date for anything else or a day that does not exist. */
export function dateFromIso(text: string): DateValue {
  const m = /^\s*(\d{4})-(\d{2})-(\d{2})(?:T.*)?\s*$/.exec(text);
  if (!m || !dateExists(Number(m[1]), Number(m[2]), Number(m[3]))) return nullDate;
  return { t: 'date', year: Number(m[1]), month: Number(m[2]), day: Number(m[3]) };
}

/** Date and seconds of the day of an instant in milliseconds since 1970 (civil time equal to UTC). */
export function civil(milliseconds: number): { date: DateValue; time: TimeValue } {
  const seconds = Math.floor(milliseconds / 1000);
  const days = Math.floor(seconds / 86400);
  return { date: dateFromDays(days), time: { t: 'time', seconds: seconds - days * 86400 } };
}
