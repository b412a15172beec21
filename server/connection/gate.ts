import type { Message, MessageStrategy } from 'vscode-languageserver';
import type { Host } from './host.js';

/** Background work goes on after so long even if messages do not cease (milliseconds). */
const LONGEST_PAUSE = 50;

/** Where each message of the client passes: closed, it keeps them in their order until it is opened. */
export class Gate implements MessageStrategy {
  #held: (() => void)[] | undefined;
  #passed = 0;

  close(): void {
    this.#held ??= [];
  }

  open(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const pass of held) pass();
  }

  handleMessage(message: Message, next: (message: Message) => void): void {
    const pass = (): void => {
      this.#passed++;
      next(message);
    };
    if (this.#held) this.#held.push(pass);
    else pass();
  }

  /** A pause between two pieces of background work: it lasts as long as messages come, but not forever. */
  async quiet({ now, pause }: Pick<Host, 'now' | 'pause'>): Promise<void> {
    const until = now() + LONGEST_PAUSE;
    for (let seen = -1; seen !== this.#passed && now() < until; ) {
      seen = this.#passed;
      // what has arrived is read in the first, and handled in the second
      await pause();
      await pause();
    }
  }
}
