import type { RunParams, RunResult } from '#runtime/scenarios/run.js';
import { answerFile, type SimulatorWorker } from '../simulator/worker.js';

/** Plays scenarios in a simulator of its own, one after the other. */
export class Player {
  private next = 1;
  private readonly waiting = new Map<number, { resolve(result: RunResult): void; reject(error: Error): void }>();

  constructor(private readonly worker: SimulatorWorker) {
    worker.listen(
      (message) => {
        if (message.kind === 'played') this.settle(message.id)?.resolve(message.result);
        else if (message.kind !== 'dap') void answerFile(message, worker);
      },
      (why) => this.giveUp(why),
    );
  }

  /** Rejects when the simulator fails or is ended meanwhile. */
  play(params: RunParams): Promise<RunResult> {
    return new Promise((resolve, reject) => {
      const id = this.next++;
      this.waiting.set(id, { resolve, reject });
      this.worker.post({ kind: 'play', id, params });
    });
  }

  dispose(): void {
    this.worker.terminate();
    this.giveUp('');
  }

  private settle(id: number) {
    const one = this.waiting.get(id);
    this.waiting.delete(id);
    return one;
  }

  private giveUp(why: string): void {
    for (const id of [...this.waiting.keys()]) this.settle(id)?.reject(new Error(why));
  }
}
