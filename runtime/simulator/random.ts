import type { RandomSource } from '../edges.js';

/** A repeatable source (sfc32): the same seed gives the same numbers and ids. Its ids are no secrets: for tests and replays only. */
export function seededRandom(seed: number): RandomSource {
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
    next: () => next32() / 0x1_0000_0000,
    uuid: () =>
      Array.from({ length: 4 }, () => next32().toString(16).padStart(8, '0'))
        .join('')
        .toUpperCase(),
  };
}

/** Ids from the host's cryptographic source, other numbers from a seed of it. */
export function hostRandom(): RandomSource {
  const seed = crypto.getRandomValues(new Uint32Array(1))[0];
  return {
    next: seededRandom(seed).next,
    uuid: () => crypto.randomUUID().replaceAll('-', '').toUpperCase(),
  };
}
