/** Nothing that a program makes grows without end: a method that goes wrong must not take the host's memory or stack. */
import { raise } from './errors.js';

const mostElements = 10_000_000;

/** A number of elements; raises error -108, as a 4D without memory does, when there are too many. */
export function checkCount(count: number): number {
  if (count <= mostElements) return count;
  return raise(
    -108,
    {
      en: '{0} elements are too many for the simulator: at most {1}.',
      es: '{0} elementos son demasiados para el simulador: {1} como máximo.',
    },
    count,
    mostElements,
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
