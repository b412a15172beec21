import type { Disk } from '../library/files/disk.js';
import type { ApplicationFacts, LibraryHost } from '../library/host.js';
import type { Machine } from '../machine/machine.js';
import type { NativeResult, OutsideWork, ProcessState } from '../machine/types.js';
import type { Records } from '../records/records.js';
import type { Value } from '../values/value.js';
import type { WebHost } from '../web/host.js';
import type { WebServer } from '../web/webServer.js';

/** What natives find as `call.host`. Machine and web server need each other, so both are put in after it was made. */
export class SimulatorHost implements WebHost, LibraryHost {
  web!: WebServer;
  machine!: Machine<SimulatorHost>;
  readonly outside: OutsideWork;

  /** `hold`: nothing runs until the work has settled. */
  constructor(
    readonly records: Records,
    readonly disk: Disk,
    readonly application: ApplicationFacts,
    hold: (work: Promise<void>) => void,
  ) {
    this.outside = {
      start: (process: ProcessState, work: () => Promise<Value>, then: string, state?: unknown): NativeResult => {
        // The command goes on with Null when the work fails: what that means is the command's to say.
        const done = Promise.resolve()
          .then(work)
          .catch(() => null)
          .then((value) => this.machine.wake(process, value));
        hold(done);
        return { native: 'wait', until: undefined, then, state };
      },
    };
  }
}
