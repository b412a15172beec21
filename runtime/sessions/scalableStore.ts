import type { ObjectValue } from '../values/value.js';
import type { ScalableSession, ScalableState } from './types.js';

export const minimumIdleMinutes = 60;
const none: readonly ScalableSession[] = [];

/** A guest session at its beginning; `storage` is its empty shared object (facts: web-sessions §9.1). */
export function guestSession(id: string, address: string, storage: ObjectValue, now: number): ScalableSession {
  return {
    id,
    opened: now,
    lastRequest: now,
    address,
    idleTimeout: minimumIdleMinutes,
    userName: '',
    privileges: [],
    roles: [],
    guest: true,
    storage,
    singletons: new Map(),
    active: new Set(),
    requests: 0,
  };
}

/**
 * Scalable sessions: any number of processes each, ended by their idle timeout or with the server (facts: web-sessions §9.2).
 * All state is in `state`, plain data. Times are virtual milliseconds since 1970.
 */
export class ScalableStore {
  /** No session ends before this moment; saves looking at all of them each time. */
  private bound = 0;

  constructor(readonly state: ScalableState = { sessions: new Map(), tokens: new Map() }) {}

  get size(): number {
    return this.state.sessions.size;
  }

  /** A live session by id, without case. */
  find(id: string, now: number): ScalableSession | undefined {
    const session = this.state.sessions.get(id.toUpperCase());
    return session && this.ends(session) > now ? session : undefined;
  }

  /** The first live session that a request's cookie values name. */
  lookup(values: readonly string[], now: number): ScalableSession | undefined {
    for (const value of values) {
      const session = this.find(value, now);
      if (session) return session;
    }
    return undefined;
  }

  /** A new guest session; see {@link guestSession}. */
  open(id: string, address: string, storage: ObjectValue, now: number): ScalableSession {
    const session = guestSession(id, address, storage, now);
    this.state.sessions.set(id, session);
    this.bound = Math.min(this.bound, this.ends(session));
    return session;
  }

  begin(session: ScalableSession, request: number, now: number): void {
    session.lastRequest = now;
    session.requests++;
    session.active.add(request);
  }

  finish(session: ScalableSession, request: number, now: number): void {
    session.lastRequest = now;
    session.active.delete(request);
    this.bound = Math.min(this.bound, this.ends(session));
  }

  /** Sets the idle timeout in minutes; lower values become 60 (facts: web-sessions §9.2). */
  setIdleTimeout(session: ScalableSession, minutes: number): void {
    session.idleTimeout = Math.max(minimumIdleMinutes, Math.trunc(minutes));
    this.bound = Math.min(this.bound, this.ends(session));
  }

  /** The live session of a one-time token, which is used up by that; undefined for an unknown or outlived one (facts: web-sessions §9.5). */
  redeem(token: string, now: number): ScalableSession | undefined {
    const found = this.state.tokens.get(token);
    this.state.tokens.delete(token);
    return found && found.until > now ? this.find(found.session, now) : undefined;
  }

  /** The state was put back to what it was before. */
  restored(): void {
    this.bound = 0;
  }

  remove(session: ScalableSession): void {
    this.state.sessions.delete(session.id);
    for (const [token, { session: id }] of this.state.tokens) if (id === session.id) this.state.tokens.delete(token);
  }

  /** When it ends if no request comes; never while one runs. */
  ends(session: ScalableSession): number {
    return session.active.size ? Number.POSITIVE_INFINITY : session.lastRequest + session.idleTimeout * 60_000;
  }

  /** Sessions whose idle timeout has passed, in the order they were opened. */
  due(now: number): readonly ScalableSession[] {
    if (now < this.bound) return none;
    const list: ScalableSession[] = [];
    for (const session of this.state.sessions.values()) if (this.ends(session) <= now) list.push(session);
    if (!list.length) this.bound = this.earliestEnd();
    return list;
  }

  /** A moment at which `due` is to be asked again: never later than the next end. Undefined when none is in sight. */
  nextDue(now: number): number | undefined {
    if (this.bound <= now) this.bound = this.earliestEnd();
    return this.bound === Number.POSITIVE_INFINITY ? undefined : this.bound;
  }

  private earliestEnd(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const session of this.state.sessions.values()) earliest = Math.min(earliest, this.ends(session));
    return earliest;
  }
}
