/** Legacy sessions once more, as simply as they can be said: what the simulator's are compared with. Times are milliseconds. */

interface Session {
  readonly id: string;
  readonly address: string;
  count: number;
  last: number;
  idleSince: number;
  /** Grows with every moment a session becomes idle: the smallest has been idle the longest. */
  turn: number;
  state: 'idle' | 'active' | 'closing';
  lock: number | undefined;
}

export interface Client {
  readonly name: string;
  address: string;
  cookie: { readonly id: string; readonly until: number } | undefined;
}

export interface Pending {
  readonly client: Client;
  readonly session: Session;
  readonly until: number;
  /** Requests of the same session that wait for their turn. */
  readonly waiting: number[];
}

/** What a request comes to before its method runs. */
export type Admission = { readonly status: 400 | 503 } | { readonly status: 200; readonly session: Session | undefined };

export class SessionModel {
  readonly sessions = new Map<string, Session>();
  readonly dead = new Set<string>();
  /** Sessions whose close method was called, in order. */
  readonly closed: string[] = [];
  now = 0;
  maxSessions = 100;
  processTimeout = 480;
  cookieTimeout = 480;
  addressCheck = true;
  pending: Pending | undefined;
  private turns = 0;

  /** The cookie that a browser would still send. */
  sent(client: Client): string | undefined {
    return client.cookie && client.cookie.until > this.now ? client.cookie.id : undefined;
  }

  find(id: string | undefined): Session | undefined {
    const session = id === undefined ? undefined : this.sessions.get(id);
    return session?.state === 'closing' ? undefined : session;
  }

  /** A request arrives; makes room where it needs a session of its own. */
  admit(client: Client): Admission {
    const session = this.find(this.sent(client));
    if (session) return this.addressCheck && session.address !== client.address ? { status: 400 } : { status: 200, session };
    while (this.sessions.size >= this.maxSessions) {
      const [oldest] = [...this.sessions.values()].filter(({ state }) => state === 'idle').sort((a, b) => a.turn - b.turn);
      if (!oldest) return { status: 503 };
      this.close(oldest.id);
    }
    return { status: 200, session: undefined };
  }

  open(id: string, client: Client): Session {
    const { address } = client;
    const session: Session = { id, address, count: 0, last: this.now, idleSince: this.now, turn: 0, state: 'active', lock: undefined };
    this.sessions.set(id, session);
    return session;
  }

  arrive(session: Session): void {
    session.last = this.now;
    session.state = 'active';
  }

  /** Its request has been answered; the browser has the new cookie, or drops that of a closed session. */
  leave(session: Session, client: Client): void {
    if (session.state === 'closing') {
      this.remove(session);
      if (client.cookie?.id === session.id) client.cookie = undefined;
      return;
    }
    session.state = 'idle';
    session.idleSince = this.now;
    session.turn = ++this.turns;
    client.cookie = { id: session.id, until: this.now + this.cookieTimeout * 60_000 };
  }

  /** True when there was something to close. */
  close(id: string): boolean {
    const session = this.find(id);
    if (!session) return false;
    this.closed.push(id);
    if (session.state === 'idle') this.remove(session);
    else session.state = 'closing';
    return true;
  }

  /** Its idle process is ended by somebody: no close method. */
  abort(id: string): void {
    const session = this.find(id);
    if (session) this.remove(session);
  }

  /** The web server stops: no close method. */
  stop(): void {
    for (const session of [...this.sessions.values()]) this.remove(session);
  }

  hold(session: Session, record: number): 'held' | 'locked' {
    session.lock = undefined;
    const taken = [...this.sessions.values()].some(({ lock }) => lock === record);
    if (!taken) session.lock = record;
    return taken ? 'locked' : 'held';
  }

  /** The next moment at which something happens by itself. */
  nextDue(): number | undefined {
    const times = [...this.sessions.values()].filter(({ state }) => state === 'idle').map((session) => this.ends(session));
    if (this.pending) times.push(this.pending.until);
    return times.length ? Math.min(...times) : undefined;
  }

  ends(session: Session): number {
    return session.idleSince + this.processTimeout * 60_000;
  }

  /** Closes what has been idle for too long, the one idle the longest first. */
  expire(): void {
    for (const session of [...this.sessions.values()].filter(({ state }) => state === 'idle').sort((a, b) => a.turn - b.turn)) {
      if (this.ends(session) <= this.now) this.close(session.id);
    }
  }

  private remove(session: Session): void {
    this.sessions.delete(session.id);
    this.dead.add(session.id);
  }
}
