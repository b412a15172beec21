import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { playedEvent } from '../protocol.js';
import { lineAt } from '../scenarios/places.js';
import { ScenarioPlay } from '../scenarios/play.js';
import { placed } from '../scenarios/run.js';
import { Transcript } from '../scenarios/transcript.js';
import type { TraceEvent } from '../trace.js';
import type { Client } from './client.js';
import type { Debuggee } from './debuggee.js';
import type { OpenedFile } from './launch.js';
import { Sources } from './sources.js';

const texts = {
  differs: { en: 'Step {0}: {1}', es: 'Paso {0}: {1}' },
  good: { en: '“{0}” went as expected.', es: '«{0}» ha ido como se esperaba.' },
  bad: { en: '“{0}” did not go as expected, in {1} places.', es: '«{0}» no ha ido como se esperaba, en {1} sitios.' },
} satisfies Record<string, Bilingual>;

/** The scenario of a run: played step by step, the next step only when no process is stopped any more; what came of it is told. */
export class DebuggedScenario {
  private readonly transcript = new Transcript();
  private playing: ScenarioPlay | undefined;

  constructor(
    private readonly file: OpenedFile,
    private readonly client: Client,
  ) {}

  /** Takes an event of the simulator; all of them, from its beginning on. */
  take(event: TraceEvent): void {
    this.transcript.take(event);
  }

  /** The last events have not happened: the simulator went back. */
  undone(events: number): void {
    this.transcript.undone(events);
  }

  /** Before the simulator starts. `goesOn` is false once the run is over. */
  prepare({ simulator, control }: Debuggee, goesOn: () => boolean): void {
    const settled = async (): Promise<void> => {
      do {
        await control.allGo();
        await simulator.settled();
      } while (control.someStopped);
    };
    this.playing = new ScenarioPlay(simulator, this.transcript, { settled, goesOn });
    this.playing.prepare(this.file.scenario);
  }

  /** Plays all steps of what was prepared; true when everything came as expected. */
  async play(): Promise<boolean> {
    const { file, client, playing } = this;
    if (!playing) return false;
    await playing.steps(file.scenario.steps);
    const played = placed(await playing.end(), file.text);
    const [folder, name] = [file.path.replace(/\/[^/]*$/, ''), file.path.slice(file.path.lastIndexOf('/') + 1)];
    const source = new Sources({ folder, prefix: '' }, client, false).toClient(name);
    for (const { step, message, start } of played.failures) {
      const line = client.lineOut(lineAt(file.text, start));
      client.print(client.say(texts.differs, step, client.say(message)), 'stderr', { source, line });
    }
    const { length } = played.failures;
    client.print(client.say(length ? texts.bad : texts.good, file.scenario.title, length), length ? 'stderr' : 'important');
    client.send(playedEvent, played);
    return length === 0;
  }

  /** Name of the scenario's client that holds this value in the cookie of this name. */
  clientWith(cookie: string, value: string): string | undefined {
    return this.playing?.clientWith(cookie, value);
  }
}
