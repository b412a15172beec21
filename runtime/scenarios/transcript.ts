/**
 * What happened as short lines that do not change from run to run: sessions are S1, S2 … in the order they were opened, times are left out.
 * Scenario files hold these lines, so they are code and have one language.
 */
import type { TraceEvent } from '../trace.js';

export class Transcript {
  private readonly names = new Map<string, string>();
  /** What each event since the last `drain` comes to. */
  private taken: { readonly line: string | undefined; readonly names: string | undefined }[] = [];

  /** Takes an event of the simulator. */
  readonly take = (event: TraceEvent): void => {
    const { size } = this.names;
    const line = this.line(event);
    this.taken.push({ line, names: this.names.size > size ? [...this.names.keys()].at(-1) : undefined });
  };

  /** The last events have not happened; as far back as the last `drain`. */
  undone(events: number): void {
    for (const { names } of this.taken.splice(Math.max(0, this.taken.length - events))) if (names !== undefined) this.names.delete(names);
  }

  /** The lines since the last call. */
  drain(): string[] {
    const lines = this.taken.flatMap(({ line }) => line ?? []);
    this.taken = [];
    return lines;
  }

  /** `S1` for a session's ID; an ID that was never opened as it is. */
  nameOf(id: string): string {
    const [session, further] = id.toUpperCase().split('#');
    const name = this.names.get(session);
    return name === undefined ? id : further === undefined ? name : `${name}#${further}`;
  }

  /** The ID behind `S1`. */
  idOf(name: string): string | undefined {
    for (const [id, each] of this.names) if (each === name) return id;
    return undefined;
  }

  /** A text with the names of sessions in place of their IDs. */
  withNames(text: string): string {
    return text.replace(/[0-9A-Fa-f]{32}/g, (id) => this.nameOf(id));
  }

  /** A text with IDs in place of the names of sessions. */
  withIds(text: string): string {
    return text.replace(/\bS\d+\b/g, (name) => this.idOf(name) ?? name);
  }

  private line(event: TraceEvent): string | undefined {
    switch (event.kind) {
      case 'server-started':
        return `server started: ${event.mode}`;
      case 'server-stopped':
        return 'server stopped';
      case 'request': {
        const session = event.session === undefined ? '' : ` [${this.nameOf(event.session)}]`;
        return `> ${event.client} ${event.method} ${this.withNames(event.url)}${session}`;
      }
      case 'response':
        return `< ${event.status}`;
      case 'session-opened': {
        const id = event.session.toUpperCase();
        if (!id.includes('#') && !this.names.has(id)) this.names.set(id, `S${this.names.size + 1}`);
        const process = event.process === undefined ? '' : `, process ${event.process}`;
        return `opened ${this.nameOf(event.session)}: ${event.mode}${process}, ${event.why}`;
      }
      case 'session-closing':
        return `closing ${this.nameOf(event.session)}: ${event.cause}`;
      case 'session-closed':
        return `gone ${this.nameOf(event.session)}: ${event.variables} variables, ${event.selections} selections, ${event.unlocked} locks`;
      case 'close-ignored':
        return `close ignored ${this.nameOf(event.session) || '""'}: ${event.why}`;
      case 'cookie':
        return `cookie ${this.withNames(event.header)}`;
      case 'method':
        return `runs ${event.name} in ${event.process}: ${event.why}`;
      case 'record-locked':
        return `locked [${event.table}] ${event.record} by ${event.process}`;
      case 'record-unlocked':
        return `unlocked [${event.table}] ${event.record} by ${event.process}`;
      case 'error':
        return `error in ${event.process}: ${event.message}`;
      case 'output':
        return `output of ${event.process}: ${this.withNames(event.text)}`;
      case 'problem':
        return `problem: ${event.message.en}`;
      // Processes are told by what they do, a missing file by the answer; choices and the clock belong to the run, not to what happens in it.
      case 'process-started':
      case 'process-ended':
      case 'file-missing':
      case 'error-handled':
      case 'assumption':
      case 'clock':
        return undefined;
    }
  }
}
