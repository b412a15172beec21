import type { SessionEnd } from '../trace.js';
import { effectiveMaxSessions } from './options.js';
import { type LegacyLookup, type LegacySession, type LegacyState, sessionIdOf, type WebOptions } from './types.js';

/** Answer to «may a new session be opened now?» (facts: web-sessions §6.6). */
export type LegacyRoom = 'free' | 'busy' | { readonly evict: LegacySession };

const none: readonly LegacySession[] = [];

/**
 * Legacy sessions: which there are, whose turn it is, when they end. It runs no code and frees no context: who calls `beginClose`
 * runs the close method, frees the context, then calls `remove`. All state is in `state`, plain data.
 * Every operation costs the same however many sessions are open. Times are virtual milliseconds since 1970.
 */
export class LegacyStore {
  constructor(
    private readonly options: () => WebOptions,
    readonly state: LegacyState = { sessions: new Map(), idle: new Set(), newest: undefined },
  ) {}

  get size(): number {
    return this.state.sessions.size;
  }

  /** A session that is not closing; ids compare without case (facts: web-sessions §6.2). */
  find(id: string): LegacySession | undefined {
    return id.includes('#') ? undefined : this.live(id);
  }

  /** The same by an id as the store has it, that of a further process of a 4D Mobile session included. */
  live(id: string): LegacySession | undefined {
    const session = this.state.sessions.get(id) ?? this.state.sessions.get(id.toUpperCase());
    return session && session.state !== 'closing' ? session : undefined;
  }

  // ---- 4D Mobile sessions: several processes in one (facts: web-sessions §2.1, §3, scenario 19)

  /** A session's processes: itself, and the further ones of a 4D Mobile session. */
  processesOf(session: LegacySession): LegacySession[] {
    return [session, ...[...(session.further?.ids ?? [])].map((id) => this.state.sessions.get(id)!)];
  }

  /** The id for one more process of a session. */
  furtherId(session: LegacySession): string {
    session.further ??= { ids: new Set(), next: 2 };
    const id = `${session.id}#${session.further.next++}`;
    session.further.ids.add(id);
    return id;
  }

  /**
   * Finds the session of a request by the values of its cookie, oldest session context first named (facts: web-sessions §6.1, §6.4).
   * A session that is closing counts as unknown (facts: web-sessions §6.8, suggested).
   */
  lookup(values: readonly string[], address: string): LegacyLookup {
    for (const value of values) {
      const found = this.find(value);
      if (!found) continue;
      if (this.options().sessionIPAddressValidation && found.address !== address) return { refused: found };
      return { found };
    }
    return { found: undefined, cookie: values[0] };
  }

  /**
   * Whether there is room for one more session. `webProcesses` counts the web processes there are.
   * `busy`: the process limit minus one is reached, or all sessions are running a request (the documentation does not tell what happens then).
   */
  room(webProcesses: number): LegacyRoom {
    const options = this.options();
    if (this.size >= effectiveMaxSessions(options)) {
      const oldest = this.oldestIdle();
      return oldest === undefined ? 'busy' : { evict: oldest };
    }
    return webProcesses >= options.maxConcurrentProcesses - 1 ? 'busy' : 'free';
  }

  /** Opens a session; the caller gives it its first request with `take`. */
  open(id: string, address: string, process: number, now: number): LegacySession {
    const session: LegacySession = {
      id,
      process,
      address,
      opened: now,
      lastRequest: now,
      idleSince: now,
      state: 'idle',
      waiting: [],
      requests: 0,
    };
    this.state.sessions.set(id, session);
    this.putLast(id);
    return session;
  }

  /** Gives a request to its session. True: it runs now; false: it waits for its turn (facts: web-sessions §6.3). Moves the expiry either way. */
  take(session: LegacySession, request: number, now: number): boolean {
    session.lastRequest = now;
    session.requests++;
    if (session.state !== 'idle') {
      session.waiting.push(request);
      return false;
    }
    session.state = 'active';
    session.request = request;
    return true;
  }

  /** The running request has ended. Gives the request whose turn it is; without one the session is idle. Nothing for a closing session. */
  finish(session: LegacySession, now: number): number | undefined {
    session.request = undefined;
    session.idleSince = now;
    if (session.state === 'closing') return undefined;
    const next = session.waiting.shift();
    if (next !== undefined) {
      session.request = next;
      return next;
    }
    session.state = 'idle';
    this.putLast(session.id);
    return undefined;
  }

  /** A session alone, or the one that is asked most, is the last already: the set need not be touched. */
  private putLast(id: string): void {
    const { state } = this;
    if (state.newest === id) return;
    state.idle.delete(id);
    state.idle.add(id);
    state.newest = id;
  }

  private takeOut(id: string): void {
    this.state.idle.delete(id);
    if (this.state.newest === id) this.state.newest = undefined;
  }

  private oldestIdle(): LegacySession | undefined {
    for (const id of this.state.idle) {
      const session = this.state.sessions.get(id)!;
      if (session.state === 'idle') return session;
    }
    return undefined;
  }

  /**
   * Step 1 of closing: the session is invalid from now on (facts: web-sessions §2.2). Undefined when no live session has the id.
   * Gives the requests that waited for their turn: their cookie is dead, so each begins again.
   */
  beginClose(id: string, cause: SessionEnd): { readonly session: LegacySession; readonly waiting: readonly number[] } | undefined {
    const session = this.live(id);
    if (!session) return undefined;
    this.takeOut(session.id);
    session.state = 'closing';
    session.cause = cause;
    return { session, waiting: session.waiting.splice(0) };
  }

  /** The context is freed: the session is gone. */
  remove(session: LegacySession): void {
    this.state.sessions.delete(session.id);
    this.takeOut(session.id);
    this.state.sessions.get(sessionIdOf(session.id))?.further?.ids.delete(session.id);
  }

  /** Idle sessions whose process timeout has passed, oldest first (facts: web-sessions §6.5). */
  due(now: number): readonly LegacySession[] {
    const oldest = this.oldestIdle();
    if (oldest === undefined || this.ends(oldest) > now) return none;
    const list: LegacySession[] = [];
    for (const id of this.state.idle) {
      const session = this.state.sessions.get(id)!;
      if (session.state !== 'idle') continue;
      if (this.ends(session) > now) break; // all idle sessions have one timeout: this one is the next to end
      list.push(session);
    }
    return list;
  }

  nextDue(): number | undefined {
    const oldest = this.oldestIdle();
    return oldest && this.ends(oldest);
  }

  /** When the process of a session ends if no request comes. */
  ends(session: LegacySession): number {
    return session.idleSince + this.options().inactiveProcessTimeout * 60_000;
  }

  /** When the browser drops the cookie: last request + Web inactive session timeout (facts: web-sessions §3). */
  cookieExpires(session: LegacySession): number {
    return session.lastRequest + this.options().inactiveSessionTimeout * 60_000;
  }
}
