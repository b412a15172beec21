/** The file of `fourd serve --record`. */
import { accessSync, constants, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Scenario } from '../scenarios/types.js';

/** Milliseconds between two looks at whether something has been played since. */
const rhythm = 1_000;

/** Written while the server runs, so that a run that is killed leaves what was played so far, and never half of it. */
export class RecordFile {
  private written: string | undefined;
  private readonly timer: NodeJS.Timeout;

  /** Throws what the file system says when no file can be written there. `progress` is another text whenever there is more to write. */
  constructor(
    private readonly path: string,
    private readonly scenario: () => Scenario,
    private readonly progress: () => string,
  ) {
    accessSync(dirname(path), constants.W_OK);
    const nothing = progress();
    this.timer = setInterval(() => progress() === nothing || this.write(), rhythm).unref();
  }

  /** Writes the last time, if it is wanted. */
  close(wanted: boolean): void {
    clearInterval(this.timer);
    if (wanted) this.write();
  }

  private write(): void {
    const now = this.progress();
    if (now === this.written) return;
    const beside = `${this.path}.part`;
    writeFileSync(beside, `${JSON.stringify(this.scenario(), null, 2)}\n`);
    renameSync(beside, this.path);
    this.written = now;
  }
}
