/** What a run saw of the host's time: after how many steps of the machine, milliseconds since the clock's start. In order. */
export type ClockReading = readonly [steps: number, milliseconds: number];

/** Notes what a clock that goes by the host's time shows whenever code is about to run. */
export class ClockRecord {
  readonly readings: ClockReading[] = [];

  constructor(private readonly began: number) {}

  /** `now`: what the clock shows, `steps` after the beginning. */
  note(steps: number, now: number): void {
    const last = this.readings.at(-1);
    const since = now - this.began;
    if (since !== (last?.[1] ?? 0)) this.readings.push([steps, since]);
  }
}

/**
 * Gives the readings of a former run back at the same steps, so that a clock that stands still shows the code what it saw then. What is still to come
 * follows from the moment it is: a run that is gone back in needs nothing put back here.
 */
export class ClockScript {
  constructor(
    private readonly readings: readonly ClockReading[],
    private readonly began: number,
  ) {}

  /** The moment that code saw which goes on now, `steps` after the beginning; undefined when it is the present one. */
  goingOn(steps: number, now: number): number | undefined {
    let moment: number | undefined;
    for (let i = this.after(now); i < this.readings.length && this.readings[i][0] <= steps; i++) moment = this.began + this.readings[i][1];
    return moment;
  }

  /** The next moment that came while nothing ran, up to `until`; undefined when there is none. */
  waiting(steps: number, now: number, until = Number.POSITIVE_INFINITY): number | undefined {
    const next: ClockReading | undefined = this.readings[this.after(now)];
    return next && next[0] <= steps && this.began + next[1] <= until ? this.began + next[1] : undefined;
  }

  /** Steps until the time that code sees changes. */
  stepsLeft(steps: number, now: number): number {
    for (let i = this.after(now); i < this.readings.length; i++) if (this.readings[i][0] > steps) return this.readings[i][0] - steps;
    return Number.POSITIVE_INFINITY;
  }

  /** Index of the first reading that is later. */
  private after(now: number): number {
    let low = 0;
    for (let high = this.readings.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.began + this.readings[middle][1] > now) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
