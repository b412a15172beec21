import type { HostGuards, HostKeys } from '../edges.js';
import type { Disk } from '../library/files/disk.js';
import type { ApplicationFacts, LibraryHost } from '../library/host.js';
import type { Machine } from '../machine/machine.js';
import type { NativeResult, OutsideWork, ProcessState } from '../machine/types.js';
import type { Records } from '../records/records.js';
import type { Value } from '../values/value.js';
import type { WebHost } from '../web/host.js';
import type { WebServers } from '../web/servers.js';
import type { WebServer } from '../web/webServer.js';

/** What natives find as `call.host`. Machine and web server need each other, so both are put in after it was made. */
export class SimulatorHost implements WebHost, LibraryHost {
  servers!: WebServers;
  machine!: Machine<SimulatorHost>;
  readonly outside: OutsideWork;
  /** Work under way by its number, which the waiting process keeps: so that it can be done again after a snapshot was put back. */
  private readonly works = new Map<number, () => Promise<Value>>();
  private nextWork = 1;

  get web(): WebServer {
    return this.servers.of(this.machine.running);
  }

  answering(process: ProcessState): boolean {
    return this.web.requestOf(process) !== undefined;
  }

  /** `hold`: nothing runs until the work has settled. */
  constructor(
    readonly records: Records,
    readonly disk: Disk,
    readonly application: ApplicationFacts,
    private readonly hold: (work: Promise<void>) => void,
    readonly guards: HostGuards = {},
    readonly keys?: HostKeys,
  ) {
    this.outside = {
      start: (process: ProcessState, work: () => Promise<Value>, then: string, state?: unknown): NativeResult => {
        const number = this.nextWork++;
        this.works.set(number, work);
        this.works.delete(number - 1_000);
        process.extra.set('outside', number);
        this.work(process.number, number);
        return { native: 'wait', until: undefined, then, state };
      },
    };
  }

  /** Does the work that processes wait for, once more: they come from a snapshot that was put back. */
  repeatOutsideWork(): void {
    for (const process of this.machine.state.processes.values()) {
      const number = process.extra.get('outside');
      if (typeof number === 'number' && process.status === 'waiting') this.work(process.number, number);
    }
  }

  private work(process: number, number: number): void {
    // The command goes on with Null when the work fails: what that means is the command's to say.
    const done = Promise.resolve()
      .then(() => this.works.get(number)?.() ?? null)
      .catch(() => null)
      .then((value) => {
        const waiting = this.machine.state.processes.get(process);
        if (waiting?.extra.get('outside') !== number) return;
        waiting.extra.delete('outside');
        this.machine.wake(waiting, value);
      });
    this.hold(done);
  }
}
