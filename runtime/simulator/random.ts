import type { RandomSource } from '../edges.js';

/** A source whose place in its sequence can be kept and put back. What comes from outside cannot: it has an empty place. */
export interface RepeatableRandom extends RandomSource {
  save(): readonly number[];
  load(place: readonly number[]): void;
}

/** A repeatable source (sfc32): the same seed gives the same numbers and ids. Its ids are no secrets: for tests and replays only. */
export function seededRandom(seed: number): RepeatableRandom {
  let a = seed | 0;
  let b = Math.floor(seed / 0x1_0000_0000) | 0;
  let c = 0x9e3779b9;
  let counter = 1;
  const next32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) next32();
  return {
    save: () => [a, b, c, counter],
    load: (place) => {
      [a, b, c, counter] = place;
    },
    next: () => next32() / 0x1_0000_0000,
    uuid: () =>
      Array.from({ length: 4 }, () => next32().toString(16).padStart(8, '0'))
        .join('')
        .toUpperCase(),
  };
}

/** How many of the last ids are known, to be given again after a place was put back. */
const remembered = 1_000;

/** Ids from the host's cryptographic source, other numbers from a seed of it. The last ids come again when an earlier place is put back. */
export function hostRandom(): RepeatableRandom {
  const numbers = seededRandom(crypto.getRandomValues(new Uint32Array(1))[0]);
  const ids = new Map<number, string>();
  let count = 0;
  return {
    next: numbers.next,
    save: () => [...numbers.save(), count],
    load(place) {
      numbers.load(place);
      count = place[4];
    },
    uuid() {
      const known = ids.get(count);
      const id = known ?? crypto.randomUUID().replaceAll('-', '').toUpperCase();
      ids.set(count, id);
      ids.delete(count - remembered);
      count++;
      return id;
    },
  };
}

/** A source of the host's with a place to keep, where it has one. */
export function repeatable(random: RandomSource): RepeatableRandom {
  if ('save' in random && 'load' in random) return random as RepeatableRandom;
  return { next: () => random.next(), uuid: () => random.uuid(), save: () => [], load: () => undefined };
}
