/** What the runtime takes from outside, passed in so that a run can be repeated to the byte. */

/** The simulator's time in milliseconds since 1970, local civil time equal to UTC (4D dates have no zone). */
export interface Clock {
  now(): number;
}

/** Ids only: everything else that is random comes from the seeded source. */
export interface RandomSource {
  /** 128 bits as 32 upper-case hexadecimal digits without dashes. */
  uuid(): string;
  /** A number in [0, 1). */
  next(): number;
}

/** The host's WebCrypto, for keys: what it makes differs from run to run. */
export type HostKeys = typeof globalThis.crypto.subtle;

/** What a host can do against code that would take all of it; left out where it cannot. */
export interface HostGuards {
  /** Share of the memory that may be used which is in use, from 0 to 1. */
  memory?(): number;
  /**
   * The places of the first match of a regular expression (flag `d`) and of its groups, [-1, -1] for a group that took no part; null when there is
   * none, undefined when it took too long.
   */
  match?(pattern: string, flags: string, text: string, from: number): readonly (readonly [number, number])[] | null | undefined;
}
