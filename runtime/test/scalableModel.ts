/** Scalable sessions once more, as simply as they can be said: what the simulator's are compared with. Times are milliseconds. */

export interface Session {
  readonly id: string;
  last: number;
  minutes: number;
  userName: string;
  privileges: readonly string[];
  guest: boolean;
  stored: number;
  added: number;
  running: number;
}

export interface Client {
  readonly name: string;
  cookie: { readonly id: string; readonly until: number } | undefined;
}

export interface Token {
  readonly text: string;
  readonly session: Session;
  readonly until: number;
}

/** A request that waits in its method. */
export interface Pending {
  readonly client: Client;
  readonly session: Session;
  readonly until: number;
  readonly process: number;
}

export class ScalableModel {
  readonly sessions = new Map<string, Session>();
  readonly dead: string[] = [];
  tokens: Token[] = [];
  pending: Pending[] = [];
  now = 0;

  /** The cookie that a browser would still send. */
  sent(client: Client): string | undefined {
    return client.cookie && client.cookie.until > this.now ? client.cookie.id : undefined;
  }

  open(id: string): Session {
    const session: Session = {
      id,
      last: this.now,
      minutes: 60,
      userName: '',
      privileges: [],
      guest: true,
      stored: 0,
      added: 0,
      running: 0,
    };
    this.sessions.set(id, session);
    return session;
  }

  begin(session: Session): void {
    session.last = this.now;
    session.running++;
  }

  /** A request has ended; `client` has the cookie of its session now. */
  end(session: Session, client?: Client): void {
    session.last = this.now;
    session.running--;
    if (client) client.cookie = { id: session.id, until: this.now + session.minutes * 60_000 };
  }

  /** The session that a token leads to; it is used up. */
  redeem(text: string): Session | undefined {
    const token = this.tokens.find((each) => each.text === text);
    this.tokens = this.tokens.filter((each) => each !== token);
    return token && token.until > this.now && this.sessions.has(token.session.id) ? token.session : undefined;
  }

  ends(session: Session): number {
    return session.running ? Number.POSITIVE_INFINITY : session.last + session.minutes * 60_000;
  }

  /** The next moment at which something happens by itself. */
  nextDue(): number | undefined {
    const times = [...this.sessions.values()].map((session) => this.ends(session)).filter(Number.isFinite);
    times.push(...this.pending.map(({ until }) => until));
    return times.length ? Math.min(...times) : undefined;
  }

  expire(): void {
    for (const session of this.sessions.values()) if (this.ends(session) <= this.now) this.remove(session);
  }

  remove(session: Session): void {
    this.sessions.delete(session.id);
    this.dead.push(session.id);
    this.tokens = this.tokens.filter((token) => token.session !== session);
  }
}
