import { traceEvent, undoneEvent } from '../protocol.js';
import type { TraceEvent } from '../trace.js';
import { isDetail, traceText } from '../traceText.js';
import type { Client } from './client.js';
import type { Sources } from './sources.js';

/** Events that are kept for who asks for all of them; beyond that the oldest go. */
const most = 20_000;

/** SGR colours: green for what opens, yellow for what closes, magenta for a close that changes nothing. */
const colours: Partial<Record<TraceEvent['kind'], number>> = {
  'session-opened': 32,
  'session-closing': 33,
  'session-closed': 33,
  'close-ignored': 35,
};

/** Tells the client what the simulator does: one line of the debug console for each event that matters, and each event as it is. */
export class Output {
  /** Also prints how things came about: processes, methods, record locks. */
  full = false;
  readonly events: TraceEvent[] = [];

  constructor(
    private readonly client: Client,
    private readonly sources: Sources,
  ) {}

  trace(event: TraceEvent): void {
    this.events.push(event);
    if (this.events.length > most) this.events.splice(0, most / 10);
    this.client.send(traceEvent, event);
    if (isDetail(event) && !this.full) return;
    const category = event.kind === 'error' || event.kind === 'problem' ? 'stderr' : event.kind === 'output' ? 'stdout' : 'console';
    this.client.print(this.styled(event, traceText(event, this.client.language)), category, this.placeOf(event));
  }

  /** The last events have not happened: the simulator went back. What was printed stays. */
  undone(events: number): void {
    if (events <= 0) return;
    this.events.splice(Math.max(0, this.events.length - events));
    this.client.send(undoneEvent, { events });
  }

  /** What happens to sessions stands out, for a client that shows colours. */
  private styled({ kind }: TraceEvent, text: string): string {
    const colour = colours[kind];
    return colour !== undefined && this.client.can.supportsANSIStyling ? `\u001b[${colour}m${text}\u001b[0m` : text;
  }

  private placeOf(event: TraceEvent) {
    if (!('file' in event) || event.file === undefined) return undefined;
    return { source: this.sources.toClient(event.file), ...(event.line !== undefined && { line: this.client.lineOut(event.line) }) };
  }
}
