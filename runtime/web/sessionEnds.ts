import type { Place, ProcessState } from '../machine/types.js';
import type { LegacySession } from '../sessions/types.js';
import type { SessionEnd } from '../trace.js';
import type { ServerContext } from './context.js';

/**
 * How sessions end (facts: web-sessions §2.2, §6.7). For a legacy session: 1. it is invalid, 2. On Web Legacy Close Session runs in its own
 * process with variables and selections still there, 3. selections, locks and variables go, and the process with them.
 * When a request of the session is under way, step 2 runs on top of its method, which then goes on; step 3 waits for the request's end.
 */
export class SessionEnds {
  /** Callers outside the machine who wait for a session to be gone. */
  private readonly waiting = new Map<string, ((closed: boolean) => void)[]>();

  constructor(private readonly server: ServerContext) {}

  private get machine() {
    return this.server.parts.machine;
  }

  /** Path of On Web Legacy Close Session; undefined when the project has none. */
  closeMethod(): string | undefined {
    return this.server.parts.project.databaseMethod('onWebSessionSuspend')?.path;
  }

  /** Step 1, told with the place of the call that did it. Gives the requests that waited for their turn in the session: each is to be admitted again. */
  begin(id: string, cause: SessionEnd, place?: Place): readonly number[] {
    const begun = this.server.legacy.beginClose(id, cause);
    if (!begun) return [];
    const at = place && { file: place.file, line: place.line };
    this.server.parts.trace({ kind: 'session-closing', session: begun.session.id, cause, ...at });
    return begun.waiting;
  }

  /** Closes a live legacy session from outside its process. `idle`: its context goes when the close method has ended; `busy`: when its request has. */
  close(id: string, cause: SessionEnd, place?: Place): 'unknown' | 'idle' | 'busy' {
    const session = this.server.legacy.live(id);
    if (!session) return 'unknown';
    // Of a 4D Mobile session every process is asked to end.
    const [, ...further] = this.server.legacy.processesOf(session);
    const state = this.closeProcess(session, cause, place);
    for (const each of further) this.closeProcess(each, cause, place);
    return state;
  }

  /** Closes a session's process, and not what else belongs to its session. */
  closeProcess(session: LegacySession, cause: SessionEnd, place?: Place): 'unknown' | 'idle' | 'busy' {
    if (!this.server.legacy.live(session.id)) return 'unknown';
    const busy = session.request !== undefined;
    const waiting = this.begin(session.id, cause, place);
    const process = this.machine.state.processes.get(session.process);
    const file = this.closeMethod();
    if (process && file) {
      this.closeMethodBegins(session);
      const token = `close:${session.id}`;
      if (busy) this.machine.interrupt(process, { file }, [], token);
      else this.machine.call(process, { file }, [], token);
    } else this.closeMethodEnded(session.id);
    for (const request of waiting) this.server.pipeline.readmit(request);
    this.server.parts.wake();
    return busy ? 'busy' : 'idle';
  }

  /** Step 2 begins. */
  closeMethodBegins(session: LegacySession): void {
    session.closeMethodRuns = true;
    this.server.parts.trace({
      kind: 'method',
      process: session.process,
      name: 'On Web Legacy Close Session',
      why: session.cause ?? 'command',
    });
  }

  /** Step 2 is over: step 3 now, or at the end of the session's request. */
  closeMethodEnded(id: string): void {
    const session = this.server.legacy.state.sessions.get(id);
    if (!session) return;
    session.closeMethodRuns = false;
    if (session.request === undefined) this.free(session);
    else if (this.server.parts.choices.ownClose === 'at-once') this.empty(session);
    else this.server.assume('own-close');
  }

  /** The request of a closing session has ended. */
  requestEnded(session: LegacySession): void {
    if (!session.closeMethodRuns) this.free(session);
  }

  /** The server stops: an idle session ends without its close method unless the choice `closeOnStop` asks for it. */
  atStop(session: LegacySession): void {
    if (session.state === 'closing') return;
    if (this.server.parts.choices.closeOnStop) {
      this.close(session.id, 'server-stopped');
      return;
    }
    this.server.assume('close-on-stop');
    if (session.state !== 'idle') return;
    this.begin(session.id, 'server-stopped');
    this.free(session);
  }

  /** The process of a session was ended by somebody else: the session goes with it. */
  processEnded(process: ProcessState): void {
    const session = process.session === undefined ? undefined : this.server.legacy.state.sessions.get(process.session);
    if (session?.process !== process.number) return;
    this.server.assume('aborted');
    const waiting = this.begin(session.id, 'aborted');
    this.free(session);
    for (const request of waiting) this.server.pipeline.readmit(request);
  }

  /** Ends a scalable session: only its idle timeout and the server's stop do (facts: web-sessions §9.2). */
  endScalable(id: string, cause: SessionEnd): void {
    const session = this.server.scalable.state.sessions.get(id);
    if (!session) return;
    const { trace } = this.server.parts;
    trace({ kind: 'session-closing', session: id, cause });
    this.server.scalable.remove(session);
    trace({ kind: 'session-closed', session: id, cause, variables: session.storage.properties.size, unlocked: 0, selections: 0 });
  }

  /**
   * What WEB LEGACY CLOSE SESSION does when the host calls it. Settles when the session is gone; false when nothing was to be closed.
   * `done` is called at the very moment, before any promise settles.
   */
  async closeFromHost(id: string, done?: () => void): Promise<boolean> {
    const { running } = this.server.state;
    const session = running === 'legacy' ? this.server.legacy.find(id) : undefined;
    if (!session) {
      const why = running === undefined ? 'server-stopped' : running === 'legacy' ? 'unknown-id' : running;
      this.server.parts.trace({ kind: 'close-ignored', session: id, why });
      done?.();
      return false;
    }
    const closed = new Promise<boolean>((resolve) => {
      const settle = (was: boolean): void => {
        done?.();
        resolve(was);
      };
      this.waiting.set(session.id, [...(this.waiting.get(session.id) ?? []), settle]);
    });
    this.close(session.id, 'command');
    return closed;
  }

  /** Step 3 without the end of the process. Counts what went. */
  private empty(session: LegacySession): void {
    const process = this.machine.state.processes.get(session.process);
    const { unlocked, selections } = this.server.parts.releaseRecords(session.process);
    const variables = process ? this.machine.clearVariables(process) : 0;
    const before = session.freed ?? { unlocked: 0, selections: 0, variables: 0 };
    session.freed = {
      unlocked: before.unlocked + unlocked,
      selections: before.selections + selections,
      variables: before.variables + variables,
    };
  }

  /** Step 3: context and process go, and who waited for that goes on. */
  private free(session: LegacySession): void {
    const { server } = this;
    this.empty(session);
    server.legacy.remove(session);
    server.parts.trace({ kind: 'session-closed', session: session.id, cause: session.cause ?? 'command', ...session.freed! });
    const process = this.machine.state.processes.get(session.process);
    if (process && process.status !== 'ended') this.machine.end(process);
    for (const number of server.state.awaitingClose.get(session.id) ?? []) {
      const waiting = this.machine.state.processes.get(number);
      if (waiting) this.machine.wake(waiting);
    }
    server.state.awaitingClose.delete(session.id);
    const request = server.state.awaitingRoom.get(session.id);
    server.state.awaitingRoom.delete(session.id);
    if (request !== undefined) server.pipeline.readmit(request);
    for (const resolve of this.waiting.get(session.id) ?? []) resolve(true);
    this.waiting.delete(session.id);
    server.stopWhenQuiet();
    server.parts.wake();
  }
}
