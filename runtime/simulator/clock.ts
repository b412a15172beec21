import type { Clock } from '../edges.js';
import type { HostEdges } from './types.js';

/**
 * The simulator's time. It stands still while code runs and moves only by `sync` (with the host's time, at `speed`) and `moveTo`,
 * so that a slice of code always sees one moment.
 */
export class VirtualClock implements Clock {
  private current: number;
  private hostBefore: number;

  /** `speed`: virtual milliseconds that pass in one of the host's; 0 for a clock that only `moveTo` moves. */
  constructor(
    private readonly host: HostEdges,
    start: number,
    readonly speed: number,
  ) {
    this.current = start;
    this.hostBefore = host.now();
  }

  now(): number {
    return Math.floor(this.current);
  }

  /** Lets the time pass that has passed at the host. */
  sync(): void {
    const host = this.host.now();
    this.current += this.passed(host);
    this.hostBefore = host;
  }

  /** Whether the time that has passed at the host reaches beyond a moment. */
  passes(moment: number | undefined): boolean {
    return moment !== undefined && this.current + this.passed() > Math.ceil(moment);
  }

  /** The same as `sync`, but not beyond a moment. True when there is more to pass. */
  syncTo(moment: number | undefined): boolean {
    if (moment === undefined || !this.passes(moment)) {
      this.sync();
      return false;
    }
    // Whole milliseconds are what it shows.
    const reached = Math.max(this.current, Math.ceil(moment));
    if (reached > this.current) this.hostBefore += (reached - this.current) / this.speed;
    this.current = reached;
    return true;
  }

  /** Virtual milliseconds that are still to pass. */
  private passed(host = this.host.now()): number {
    return Math.max(0, host - this.hostBefore) * this.speed;
  }

  /** Moves on to a moment; never back. */
  moveTo(moment: number): void {
    this.current = Math.max(this.current, moment);
  }

  /** Puts a moment back that was before: only together with everything else. */
  putBack(moment: number): void {
    this.current = moment;
    this.hostBefore = this.host.now();
  }

  /** Milliseconds of the host until a moment; undefined when time does not pass by itself. */
  hostMillisecondsTo(moment: number): number | undefined {
    return this.speed > 0 ? Math.max(0, Math.ceil((moment - this.current) / this.speed)) : undefined;
  }
}

/** A moment from a launch configuration: milliseconds or ISO text (civil time taken as UTC, since 4D dates have no zone); undefined when it is none. */
export function momentOf(start: number | string | undefined): number | undefined {
  if (typeof start === 'number') return Number.isFinite(start) ? start : undefined;
  if (start === undefined) return undefined;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(start) || !start.includes('T') ? start : `${start}Z`;
  const moment = Date.parse(zoned);
  return Number.isNaN(moment) ? undefined : moment;
}
