import type { DebugProtocol as P } from '@vscode/debugprotocol';
import { type Bilingual, type Language, say } from '#syntaxes/text/bilingual.js';

/** Bodies of the events that are sent. */
export interface Events {
  initialized: undefined;
  stopped: P.StoppedEvent['body'];
  continued: P.ContinuedEvent['body'];
  thread: P.ThreadEvent['body'];
  output: P.OutputEvent['body'];
  breakpoint: P.BreakpointEvent['body'];
  invalidated: P.InvalidatedEvent['body'];
  progressStart: P.ProgressStartEvent['body'];
  progressEnd: P.ProgressEndEvent['body'];
  exited: P.ExitedEvent['body'];
  terminated: undefined;
  /** Of our own (`docs/protocol.md`). */
  '4d/traced': object;
  '4d/undone': object;
  '4d/played': object;
}

/** The other side: what it can do, its language, how it counts, and a way to tell it something. */
export class Client {
  language: Language = 'en';
  /** What the first line and column are for the client; 4D and the machine count from 1. */
  firstLine = 1;
  firstColumn = 1;
  pathsAreUris = false;
  can: Partial<P.InitializeRequestArguments> = {};

  constructor(private readonly post: (event: string, body: object | undefined) => void) {}

  send<E extends keyof Events>(event: E, ...[body]: Events[E] extends undefined ? [] : [Events[E]]): void {
    this.post(event, body);
  }

  say(text: Bilingual, ...values: readonly (string | number)[]): string {
    return say(text, this.language, ...values);
  }

  /**
   * Tells the client that some work goes on while it does; clients show it only when it takes long. `request`: the number of the request that it is
   * done for, where that can be cancelled.
   */
  async during<T>(title: Bilingual, work: () => Promise<T>, request?: number): Promise<T> {
    if (!this.can.supportsProgressReporting) return work();
    const progressId = request === undefined ? `progress ${this.nextProgress++}` : `request ${request}`;
    this.send('progressStart', {
      progressId,
      title: this.say(title),
      ...(request !== undefined && { requestId: request, cancellable: true }),
    });
    try {
      return await work();
    } finally {
      this.send('progressEnd', { progressId });
    }
  }
  private nextProgress = 1;

  /** The request that some work is done for, by the work's own number. */
  requestOf(progressId: string | undefined): number | undefined {
    const number = /^request (\d+)$/.exec(progressId ?? '')?.[1];
    return number === undefined ? undefined : Number(number);
  }

  /** A line in the debug console. */
  print(text: string, category: 'console' | 'stdout' | 'stderr' | 'important' = 'console', place?: Partial<P.OutputEvent['body']>): void {
    this.send('output', { category, output: `${text}\n`, ...place });
  }

  lineOut = (line: number): number => line - 1 + this.firstLine;
  columnOut = (column: number): number => column - 1 + this.firstColumn;
  lineIn = (line: number): number => line - this.firstLine + 1;
  columnIn = (column: number): number => column - this.firstColumn + 1;
}
