/**
 * What the timeline shows, made from the simulator's trace: one row for each event, with a line for each session beside it, as version
 * histories show their branches. Rows only depend on what came before, so a longer trace adds rows and changes none.
 */

import type { TraceEvent } from '#runtime/protocol.js';
import { clockText, traceText } from '#runtime/traceText.js';
import type { Language } from '#syntaxes/text/bilingual.js';
import { duration } from '../explorer/model.js';

/** What the filters of the timeline go by. */
export const groups = ['requests', 'sessions', 'cookies', 'methods', 'records', 'other'] as const;
export type RowGroup = (typeof groups)[number];

export interface LanePart {
  readonly lane: number;
  /** `start`: from the middle down, `end`: from the top to the middle. */
  readonly shape: 'through' | 'start' | 'end';
}

export interface TimelineRow {
  readonly index: number;
  readonly kind: TraceEvent['kind'];
  readonly group: RowGroup;
  /** Virtual time of day; the date stands in `moment`. */
  readonly time: string;
  readonly moment: string;
  readonly text: string;
  /** Whose session it concerns: the client's name, or the session's first digits. */
  readonly who?: string;
  readonly lane?: number;
  readonly lines: readonly LanePart[];
  /** Time that passed since the row before, where it is long enough to notice. */
  readonly gap?: string;
  /** It leads to a place in the code. */
  readonly leads: boolean;
}

/** Where a row leads: a line of a file, or a method by its name. */
export type Place = { readonly file: string; readonly line?: number } | { readonly method: string };

/** From here on the passing of time has a row's attention (milliseconds). */
const NOTICED = 60_000;

const groupOf: Record<TraceEvent['kind'], RowGroup> = {
  request: 'requests',
  response: 'requests',
  'session-opened': 'sessions',
  'session-closing': 'sessions',
  'session-closed': 'sessions',
  'close-ignored': 'sessions',
  cookie: 'cookies',
  method: 'methods',
  'process-started': 'methods',
  'process-ended': 'methods',
  'record-locked': 'records',
  'record-unlocked': 'records',
  'server-started': 'other',
  'server-stopped': 'other',
  'server-listens': 'other',
  error: 'other',
  'error-handled': 'other',
  'file-missing': 'other',
  problem: 'other',
  output: 'other',
  assumption: 'other',
  clock: 'other',
};

interface Open {
  readonly lane: number;
  readonly name: string;
}

/** Makes rows of events, in the order they come. */
export class TimelineBuilder {
  private readonly open = new Map<string, Open>();
  private readonly names = new Map<string, string>();
  private readonly sessionOfProcess = new Map<number, string>();
  /** Requests under way: who sent them, and in which session once that is known. */
  private readonly requests = new Map<number, { readonly client: string; session?: string }>();
  private before: number | undefined;
  private count = 0;

  constructor(private readonly language: Language) {}

  add(event: TraceEvent): TimelineRow {
    const session = this.sessionOf(event);
    const existing = new Set([...this.open.values()].map(({ lane }) => lane));
    if (event.kind === 'session-opened') this.opened(event.session, event.process, existing);
    const own = session === undefined ? undefined : this.open.get(session);
    const lines = [...this.open.values()]
      .map(({ lane }): LanePart => ({ lane, shape: lane !== own?.lane ? 'through' : shapeOf(event.kind) }))
      .sort((a, b) => a.lane - b.lane);
    if (event.kind === 'session-closed') this.open.delete(event.session);
    const gap = this.before === undefined ? 0 : event.at - this.before;
    this.before = event.at;
    const who = own?.name ?? (session === undefined ? this.clientOf(event) : this.names.get(session));
    const moment = clockText(event.at);
    return {
      index: this.count++,
      kind: event.kind,
      group: groupOf[event.kind],
      time: moment.slice(11),
      moment,
      // The cookies of an answer have rows of their own.
      text: traceText(event, this.language).split('\n    Set-Cookie:')[0],
      ...(who !== undefined && { who }),
      ...(own && { lane: own.lane }),
      lines,
      ...(gap >= NOTICED && { gap: duration(gap) }),
      leads: placeOf(event) !== undefined,
    };
  }

  /** The session takes the leftmost lane that is free, and the name of the client whose request opened it. */
  private opened(session: string, process: number | undefined, taken: ReadonlySet<number>): void {
    let lane = 0;
    while (taken.has(lane)) lane++;
    const opener = [...this.requests.values()].reverse().find((one) => one.session === undefined);
    if (opener) opener.session = session;
    const name = opener?.client ?? session.slice(0, 8);
    this.names.set(session, name);
    this.open.set(session, { lane, name });
    if (process !== undefined) this.sessionOfProcess.set(process, session);
  }

  private sessionOf(event: TraceEvent): string | undefined {
    switch (event.kind) {
      case 'request':
        this.requests.set(event.id, { client: event.client, session: event.session });
        return event.session;
      case 'response': {
        const request = this.requests.get(event.id);
        this.requests.delete(event.id);
        return request?.session;
      }
      case 'session-opened':
      case 'session-closing':
      case 'session-closed':
      case 'close-ignored':
      case 'cookie':
        return event.session;
      default:
        return 'process' in event ? this.sessionOfProcess.get(event.process) : undefined;
    }
  }

  private clientOf(event: TraceEvent): string | undefined {
    return event.kind === 'request' ? event.client : undefined;
  }
}

const shapeOf = (kind: TraceEvent['kind']): LanePart['shape'] =>
  kind === 'session-opened' ? 'start' : kind === 'session-closed' ? 'end' : 'through';

/** Where an event leads: the line that did it, the method that ran, the method that a request named. */
export function placeOf(event: TraceEvent): Place | undefined {
  if ('file' in event && event.file !== undefined) return { file: event.file, ...(event.line !== undefined && { line: event.line }) };
  if (event.kind === 'method') return { method: event.name };
  if (event.kind !== 'request') return undefined;
  const found = /^\/4D(?:ACTION|CGI)\/([^/?#]+)/i.exec(event.url);
  return found && /^\/4DACTION/i.test(event.url) ? { method: decoded(found[1]) } : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
