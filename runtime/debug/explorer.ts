import * as protocol from '../protocol.js';
import type { Simulator } from '../simulator.js';
import type { TraceEvent } from '../trace.js';
import { display } from '../values/display.js';
import { type CustomHandlers, Refusal } from './handlers.js';
import type { RequestPlayer } from './requests.js';

const texts = {
  noSession: { en: 'No open session has the ID “{0}”.', es: 'Ninguna sesión abierta tiene el ID «{0}».' },
  severalSessions: {
    en: 'Several open sessions begin with “{0}”. Write more of the ID.',
    es: 'Varias sesiones abiertas empiezan por «{0}». Escriba más del ID.',
  },
  milliseconds: {
    en: '“milliseconds” must be a number that is not negative.',
    es: '«milliseconds» debe ser un número no negativo.',
  },
  address: { en: '“url” must begin with “/”.', es: '«url» debe empezar por «/».' },
};

/** A record that some process holds. */
export interface LockView {
  readonly process: number;
  readonly table: string;
  readonly record: number;
}

/** The simulator behind a debug session as the session explorer and the debug console see and move it. */
export class Explorer {
  constructor(
    private readonly simulator: Simulator,
    private readonly player: RequestPlayer,
    private readonly events: readonly TraceEvent[],
    private readonly url: () => string | undefined,
    private readonly clientWith: (cookie: string, value: string) => string | undefined,
  ) {}

  readonly handlers: CustomHandlers = {
    [protocol.stateRequest]: () => this.state(),
    [protocol.closeRequest]: async ({ session }) => ({ closed: await this.close(String(session)) }),
    [protocol.expireRequest]: async ({ session }) => ({ expired: await this.expire(String(session)) }),
    [protocol.advanceRequest]: async ({ milliseconds }) => {
      if (typeof milliseconds !== 'number' || !(milliseconds >= 0)) throw new Refusal(texts.milliseconds);
      await this.simulator.advance(milliseconds);
      return { now: this.simulator.now() };
    },
    [protocol.sendRequest]: (args) => this.send(args as unknown as protocol.SendParams),
    [protocol.traceRequest]: () => ({ events: this.events }),
  };

  state(): protocol.SimulatorState {
    const { simulator } = this;
    const url = this.url();
    const processes = simulator.processes();
    const cookieName = simulator.web.cookieName();
    return {
      now: simulator.now(),
      ...(url !== undefined && { url }),
      mode: simulator.web.state.running ?? simulator.mode.mode,
      cookieName,
      sessions: simulator.sessions().map((session) => {
        const own = processes.filter((process) => process.session === session.id);
        const client = this.clientWith(cookieName, session.id);
        const numbers = new Set(own.map(({ number }) => number));
        return {
          ...session,
          ...(client !== undefined && { client }),
          processes: own,
          variables: own.flatMap(({ number }) => this.variables(number)),
          selections: own.flatMap(({ number }) => this.selections(number)),
          locks: this.locks()
            .filter(({ process }) => numbers.has(process))
            .map(({ table, record }) => ({ table, record })),
        };
      }),
      processes: processes.filter(({ session }) => session === undefined),
    };
  }

  /** Records that are locked now. */
  locks(): LockView[] {
    const { records } = this.simulator;
    return [...records.state.tables.values()].flatMap(({ number, locks }) =>
      [...locks].map(([record, { process }]) => ({ process, table: this.tableName(number), record })),
    );
  }

  /** False where the command is ignored: in scalable mode, and without sessions. */
  close(id: string): Promise<boolean> {
    return this.simulator.closeSession(this.find(id).id);
  }

  /** Ends a session as its timeout does, without moving the clock. */
  async expire(id: string): Promise<boolean> {
    const { web } = this.simulator;
    const session = this.find(id);
    if (session.mode === 'legacy') web.ends.close(session.id, 'process-timeout');
    else web.ends.endScalable(session.id, 'idle-timeout');
    await this.simulator.settled();
    return true;
  }

  async send({
    client = 'browser',
    session,
    method = 'GET',
    url,
    headers = {},
    body = '',
  }: protocol.SendParams): Promise<protocol.SendResult> {
    if (typeof url !== 'string' || !url.startsWith('/')) throw new Refusal(texts.address);
    const cookie = session === undefined ? undefined : `${this.simulator.web.cookieName()}=${this.find(session).id}`;
    const response = await this.player.send({ client, method: method.toUpperCase(), url, headers, body }, cookie);
    return { status: response.status, headers: response.headers, body: new TextDecoder().decode(response.body) };
  }

  /** The session with an ID, or the only one whose ID begins like that. */
  private find(id: string): protocol.SessionView {
    const start = id.replace(/…$/, '').toUpperCase();
    const found = this.simulator.sessions().filter((session) => session.id.toUpperCase().startsWith(start));
    if (!start || found.length === 0) throw new Refusal(texts.noSession, id);
    if (found.length > 1) throw new Refusal(texts.severalSessions, id);
    return found[0];
  }

  private variables(process: number): { name: string; value: string }[] {
    const variables = this.simulator.machine.state.processes.get(process)?.variables.values() ?? [];
    return [...variables].map(({ name, value }) => ({ name, value: display(value) }));
  }

  /** Tables in which a process has something selected or loaded. */
  private selections(process: number): protocol.SessionState['selections'][number][] {
    const tables = this.simulator.records.state.processes.get(process)?.tables ?? [];
    return [...tables]
      .filter(([, { selection, current }]) => selection.length > 0 || current)
      .map(([number, { selection, current }]) => ({
        table: this.tableName(number),
        records: selection.length,
        ...(current && { current: current.record }),
      }));
  }

  private tableName(number: number): string {
    return this.simulator.project.structure.tables.find((table) => table.number === number)?.name ?? String(number);
  }
}
