/** Theme Date and Time (facts: 4D theme page `Date and Time`). The clock is the simulator's own. */
import { civil, dateExists, dateFromIso, isNullDate, isoTime, normalDate, nullDate } from '../values/dates.js';
import { weekday } from '../values/format.js';
import type { DateValue, TimeValue, Value } from '../values/value.js';
import { raise } from './errors.js';
import { type Call, Theme } from './theme.js';

export const dates = new Theme('Date and Time');

/** A date argument; the null date for Null and Undefined. */
export function dateArgument(call: Call, index: number): DateValue {
  const value = call.value(index);
  if (typeof value === 'object' && value?.t === 'date') return value;
  if (value === null || value === undefined) return nullDate;
  return raise(32, { en: '{0} needs a date as argument {1}.', es: '{0} necesita una fecha como argumento {1}.' }, call.command, index + 1);
}

dates.reader(33, 'Current date', (call) => civil(call.machine.clock.now()).date);
dates.reader(178, 'Current time', (call) => civil(call.machine.clock.now()).time);
dates.reader(23, 'Day of', (call) => dateArgument(call, 0).day);
dates.reader(24, 'Month of', (call) => dateArgument(call, 0).month);
dates.reader(25, 'Year of', (call) => dateArgument(call, 0).year);
dates.reader(114, 'Day number', (call) => {
  const date = dateArgument(call, 0);
  return isNullDate(date) ? 0 : weekday(date) + 1;
});

dates.reader(393, 'Add to date', (call) => {
  const date = dateArgument(call, 0);
  // To the null date years, months and days are added as they are: 4D's way to make a date of numbers (4D page `commands/add-to-date`).
  if (isNullDate(date)) return call.integer(1) > 0 ? normalDate(call.integer(1), call.integer(2), call.integer(3)) : nullDate;
  const first = normalDate(date.year + call.integer(1), date.month + call.integer(2), 1);
  const last = normalDate(first.year, first.month + 1, 0).day;
  return normalDate(first.year, first.month, Math.min(date.day, last) + call.integer(3));
});

dates.reader(102, 'Date', (call) => dateOf(call.value(0), century(call)));

const DEFAULT_CENTURY = { century: 19, pivot: 30 };

/** `SET DEFAULT CENTURY` of the process: years below the pivot belong to the next century. */
function century(call: Call): { century: number; pivot: number } {
  const kept = call.process.extra.get('default century') as { century: number; pivot: number } | undefined;
  return kept ?? DEFAULT_CENTURY;
}

dates.command(392, 'SET DEFAULT CENTURY', (call) => {
  call.process.extra.set('default century', { century: call.integer(0), pivot: call.has(1) ? call.integer(1) : 0 });
});

/** What `Date` makes of a value: ISO text, month/day/year text with any separators, a date. The null date for everything else. */
export function dateOf(value: Value, { century, pivot } = DEFAULT_CENTURY): DateValue {
  if (typeof value === 'object' && value?.t === 'date') return value;
  if (typeof value !== 'string') return nullDate;
  const iso = dateFromIso(value.trim());
  if (!isNullDate(iso)) return iso;
  const parts = value.match(/\d+/g);
  if (!parts || parts.length < 3) return nullDate;
  const numbers = parts.map(Number);
  const [month, day, year] = parts[0].length > 2 ? [numbers[1], numbers[2], numbers[0]] : [numbers[0], numbers[1], numbers[2]];
  const yearText = parts[0].length > 2 ? parts[0] : parts[2];
  const full = yearText.length <= 2 ? year + (century + (year < pivot ? 1 : 0)) * 100 : year;
  return dateExists(full, month, day) ? { t: 'date', year: full, month, day } : nullDate;
}

dates.reader(179, 'Time', (call) => timeOf(call.value(0)));

/** What `Time` makes of a value: `HH:MM:SS` text (also with AM/PM, or the time of an ISO text), seconds, a time. */
export function timeOf(value: Value): TimeValue {
  if (typeof value === 'object' && value?.t === 'time') return value;
  if (typeof value === 'number') return { t: 'time', seconds: Math.trunc(value) };
  const m = typeof value === 'string' ? /(?:^|T|\s)(\d+):(\d+)(?::(\d+))?/.exec(value) : null;
  if (!m || typeof value !== 'string') return { t: 'time', seconds: 0 };
  let hours = Number(m[1]);
  if (/pm\s*$/i.test(value) && hours < 12) hours += 12;
  else if (/am\s*$/i.test(value) && hours === 12) hours = 0;
  return { t: 'time', seconds: hours * 3600 + Number(m[2]) * 60 + Number(m[3] ?? 0) };
}

dates.reader(180, 'Time string', (call) => isoTime(call.number(0)));
dates.reader(1445, 'Timestamp', (call) => new Date(call.machine.clock.now()).toISOString());
/** Both count from an arbitrary start, and go round as 32-bit integers. */
dates.reader(459, 'Milliseconds', (call) => Math.floor(call.machine.clock.now()) % 0x80000000);
dates.reader(458, 'Tickcount', (call) => Math.floor((call.machine.clock.now() * 60) / 1000) % 0x80000000);
