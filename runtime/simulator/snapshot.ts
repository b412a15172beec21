import type { DiskState } from '../library/files/disk.js';
import type { Snapshot } from '../machine/machine.js';
import { copyPlain } from '../machine/snapshot.js';
import type { RecordsState } from '../records/records.js';
import type { WebState } from '../web/types.js';
import type { VirtualClock } from './clock.js';
import type { SimulatorHost } from './host.js';
import type { RepeatableRandom } from './random.js';

/** Everything of a simulator that changes, at one moment. Opaque; can be put back any number of times. */
export interface SimulatorSnapshot {
  readonly machine: Snapshot;
  readonly records: RecordsState;
  /** In the order of the servers. */
  readonly webs: readonly WebState[];
  readonly disk: DiskState;
  readonly now: number;
  readonly random: readonly number[];
}

interface Parts {
  readonly host: SimulatorHost;
  readonly clock: VirtualClock;
  readonly random: RepeatableRandom;
}

/** Copies the state of all rooms together, so that what two of them hold (an object in a variable and in a session) stays one thing. */
export function takeSnapshot({ host, clock, random }: Parts): SimulatorSnapshot {
  const seen = new Map<unknown, unknown>();
  return {
    machine: host.machine.snapshot(seen),
    records: copyPlain(host.records.state, seen) as RecordsState,
    webs: host.servers.all.map(({ state }) => copyPlain(state, seen) as WebState),
    disk: copyPlain(host.disk.state, seen) as DiskState,
    now: clock.now(),
    random: random.save(),
  };
}

/** Puts a snapshot back: the machine's processes are other objects afterwards. Requests that came since are answered with 503. */
export function putBack(snapshot: SimulatorSnapshot, { host, clock, random }: Parts): void {
  const seen = new Map<unknown, unknown>();
  host.machine.restore(snapshot.machine, seen);
  host.records.state = copyPlain(snapshot.records, seen) as RecordsState;
  for (const [i, server] of host.servers.all.entries()) server.restore(copyPlain(snapshot.webs[i], seen) as WebState);
  Object.assign(host.disk.state, copyPlain(snapshot.disk, seen));
  clock.putBack(snapshot.now);
  random.load(snapshot.random);
  host.repeatOutsideWork();
}
