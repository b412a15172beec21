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
