import { isoDate } from '../values/dates.js';
import type { Value } from '../values/value.js';

/** A key under which equal related values meet. */
export function relationKey(value: Value): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value === 'object') return value.t === 'date' ? isoDate(value) : value.t === 'time' ? `t${value.seconds}` : undefined;
  return typeof value === 'string' ? value.toLowerCase() : String(value);
}
