/** Nothing that a program makes grows without end: a method that goes wrong must not take the host's memory or stack. */
import { MOST_ITEMS } from '../machine/values.js';

import { raise } from './errors.js';

export { MOST_ITEMS };

/** A number of elements; raises error -108, as a 4D without memory does, when there are too many. */
export function checkCount(count: number): number {
  if (count <= MOST_ITEMS) return count;
  return raise(
    -108,
    {
      en: '{0} elements are too many for the simulator: at most {1}.',
      es: '{0} elementos son demasiados para el simulador: {1} como máximo.',
    },
    count,
    MOST_ITEMS,
  );
}

/** Puts items into a list before an index, however many there are (a spread of very many arguments would overflow the stack). */
export function insertAt<T>(list: T[], index: number, items: readonly T[]): void {
  checkCount(list.length + items.length);
  const behind = list.splice(index);
  for (const item of items) list.push(item);
  for (const item of behind) list.push(item);
}

/** Puts other items in the place of all. */
export function replaceAll<T>(list: T[], items: readonly T[]): void {
  const copy = [...items];
  list.length = 0;
  for (const item of copy) list.push(item);
}

/** Longest text that a command makes, as long as one that the machine joins. */
const LONGEST = 1 << 27;

/** A length of text; raises error -108 when it is too long. */
export function checkLength(length: number): number {
  if (length <= LONGEST) return length;
  return raise(-108, { en: 'The text would become too long.', es: 'El texto sería demasiado largo.' });
}
