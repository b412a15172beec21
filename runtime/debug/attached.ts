import type { Client } from './client.js';
import { Debuggee } from './debuggee.js';
import { Refusal } from './handlers.js';
import type { DebugHost, Joined } from './host.js';
import { Sources } from './sources.js';

const texts = {
  joined: { en: 'Joined the simulator that serves {0}', es: 'Unido al simulador que sirve {0}' },
  taken: {
    en: 'Another debugger is attached to this simulator already. Disconnect it first.',
    es: 'Ya hay otro depurador unido a este simulador. Desconéctelo primero.',
  },
};

/** A debugger in front of a simulator that runs anyway, and goes on when the debugger leaves. */
export class Attachment {
  readonly debuggee: Debuggee;
  private readonly leave: () => void;

  /** Throws a `Refusal` when another debugger is there. */
  constructor(
    private readonly joined: Joined,
    private readonly client: Client,
    host: DebugHost,
  ) {
    if (joined.simulator.machine.debug) throw new Refusal(texts.taken);
    const sources = new Sources(joined.sources, client, host.ignoresCase);
    this.debuggee = new Debuggee(joined.simulator, client, sources, { ...joined, soon: host.soon, now: host.now, guards: host.guards });
    this.debuggee.recall(joined.events);
    this.leave = joined.listen((event) => this.debuggee.trace(event));
    this.debuggee.attach();
  }

  async play(): Promise<void> {
    this.client.print(this.client.say(texts.joined, this.joined.url() ?? ''), 'important');
  }

  /** Ends the simulator, as Ctrl-C does. */
  async stop(): Promise<void> {
    this.let();
    this.joined.stop();
    this.client.send('terminated');
  }

  /** Leaves: the simulator goes on as if nobody had been there. */
  async end(terminate = false): Promise<void> {
    this.let();
    if (terminate) this.joined.stop();
  }

  private let(): void {
    this.leave();
    this.debuggee.detach();
  }
}
