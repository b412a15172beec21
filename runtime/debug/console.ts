import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { clockText, shortId } from '../traceText.js';
import type { Client } from './client.js';
import type { Explorer } from './explorer.js';
import type { Output } from './output.js';

/** A verb of the debug console: what it looks like, what it does, and what it says. */
interface Verb {
  readonly usage: string;
  readonly what: Bilingual;
  readonly pattern: RegExp;
  readonly run: (match: RegExpExecArray) => string | Promise<string>;
}

const texts = {
  help: {
    en: 'Verbs for the simulator; everything else is evaluated as 4D. A variable with the name of a verb: write it in parentheses.',
    es: 'Verbos para el simulador; todo lo demás se evalúa como 4D. Una variable con el nombre de un verbo: escríbala entre paréntesis.',
  },
  advance: { en: 'moves the clock on: 30s, 5m, 8h, 2d, 1h30m', es: 'adelanta el reloj: 30s, 5m, 8h, 2d, 1h30m' },
  sessions: { en: 'the open sessions', es: 'las sesiones abiertas' },
  processes: { en: 'the processes', es: 'los procesos' },
  locks: { en: 'the records that are locked, and by which process', es: 'los registros bloqueados y por qué proceso' },
  request: {
    en: 'plays a request; “as NAME” chooses the client whose cookies are sent',
    es: 'hace una petición; «as NOMBRE» elige el cliente cuyas cookies se envían',
  },
  close: { en: 'closes a session as WEB LEGACY CLOSE SESSION does', es: 'cierra una sesión como lo hace WEB LEGACY CLOSE SESSION' },
  expire: { en: 'ends a session as its timeout does', es: 'termina una sesión como lo hace su tiempo de espera' },
  trace: {
    en: 'tells also of methods, processes and record locks, or no longer',
    es: 'cuenta también los métodos, procesos y bloqueos de registros, o deja de hacerlo',
  },
  helpVerb: { en: 'this list', es: 'esta lista' },
  now: { en: 'It is now {0}.', es: 'Ahora son las {0}.' },
  noSessions: { en: 'No session is open.', es: 'No hay ninguna sesión abierta.' },
  noProcesses: { en: 'No process is there.', es: 'No hay ningún proceso.' },
  noLocks: { en: 'No record is locked.', es: 'Ningún registro está bloqueado.' },
  session: {
    en: '{0}  {1}, {2}, {3} requests, ends {4}{5}',
    es: '{0}  {1}, {2}, {3} peticiones, termina {4}{5}',
  },
  ofClient: { en: ', client {0}', es: ', cliente {0}' },
  lock: { en: '[{0}] record {1}: process {2}', es: '[{0}] registro {1}: proceso {2}' },
  closed: { en: 'The session is closed.', es: 'La sesión está cerrada.' },
  notClosed: { en: 'Nothing was closed: see above.', es: 'No se cerró nada: vea más arriba.' },
  expired: { en: 'The session has ended.', es: 'La sesión ha terminado.' },
  traceOn: { en: 'Everything is told from now on.', es: 'Desde ahora se cuenta todo.' },
  traceOff: { en: 'Only sessions and requests are told from now on.', es: 'Desde ahora solo se cuentan las sesiones y peticiones.' },
} satisfies Record<string, Bilingual>;

/** How much of a response's body the console shows. */
const longestBody = 2_000;

/** The verbs of the debug console. */
export class Console {
  constructor(
    private readonly client: Client,
    private readonly explorer: Explorer,
    private readonly output: Output,
  ) {}

  /** What the verb in a line says; undefined when there is none in it, so that it is 4D. */
  run(line: string): Promise<string> | undefined {
    for (const { pattern, run } of this.verbs) {
      const match = pattern.exec(line.trim());
      if (match) return Promise.resolve().then(() => run(match));
    }
    return undefined;
  }

  /** Lines that begin as typed, for completion. */
  complete(typed: string): { readonly label: string; readonly detail: string }[] {
    return this.verbs
      .filter(({ usage }) => typed !== '' && usage.startsWith(typed.toLowerCase()))
      .map(({ usage, what }) => ({ label: usage.split(' ')[0], detail: this.client.say(what) }));
  }

  private readonly verbs: readonly Verb[] = [
    {
      usage: 'advance 8h',
      what: texts.advance,
      pattern: /^advance\s+((?:\d+(?:\.\d+)?\s*(?:ms|[smhd])\s*)+)$/i,
      run: async ([, time]) => {
        const result = await this.explorer.handlers['4d/advance']({ milliseconds: duration(time) });
        return this.client.say(texts.now, clockText((result as { now: number }).now));
      },
    },
    { usage: 'sessions', what: texts.sessions, pattern: /^sessions$/i, run: () => this.sessions() },
    { usage: 'processes', what: texts.processes, pattern: /^processes$/i, run: () => this.processes() },
    { usage: 'locks', what: texts.locks, pattern: /^locks$/i, run: () => this.locks() },
    {
      usage: 'request GET /… [as NAME] [BODY]',
      what: texts.request,
      pattern: /^request\s+(?:([a-z]+)\s+)?(\/\S*)(?:\s+as\s+([\w-]+))?(?:\s+(.+))?$/is,
      run: async ([, method = 'GET', url, client, body]) => {
        const answer = await this.explorer.send({ method, url, client, body });
        const headers = answer.headers.map(([name, value]) => `${name}: ${value}`);
        const text = answer.body.length > longestBody ? `${answer.body.slice(0, longestBody)}…` : answer.body;
        return [String(answer.status), ...headers, '', text].join('\n').trimEnd();
      },
    },
    {
      usage: 'close SESSION',
      what: texts.close,
      pattern: /^close\s+([0-9a-f]+…?)$/i,
      run: async ([, id]) => this.client.say((await this.explorer.close(id)) ? texts.closed : texts.notClosed),
    },
    {
      usage: 'expire SESSION',
      what: texts.expire,
      pattern: /^expire\s+([0-9a-f]+…?)$/i,
      run: async ([, id]) => {
        await this.explorer.expire(id);
        return this.client.say(texts.expired);
      },
    },
    {
      usage: 'trace all|short',
      what: texts.trace,
      pattern: /^trace\s+(all|short)$/i,
      run: ([, how]) => {
        this.output.full = how.toLowerCase() === 'all';
        return this.client.say(this.output.full ? texts.traceOn : texts.traceOff);
      },
    },
    { usage: 'help', what: texts.helpVerb, pattern: /^help$/i, run: () => this.help() },
  ];

  private help(): string {
    const width = Math.max(...this.verbs.map(({ usage }) => usage.length));
    return [this.client.say(texts.help), ...this.verbs.map(({ usage, what }) => `  ${usage.padEnd(width)}  ${this.client.say(what)}`)].join(
      '\n',
    );
  }

  private sessions(): string {
    const lines = this.explorer.state().sessions.map(({ id, mode, state, requests, ends, client }) => {
      const of = client === undefined ? '' : this.client.say(texts.ofClient, client);
      return this.client.say(texts.session, shortId(id), mode, state, requests, clockText(ends), of);
    });
    return lines.join('\n') || this.client.say(texts.noSessions);
  }

  private processes(): string {
    const state = this.explorer.state();
    const all = [...state.sessions.flatMap(({ processes }) => processes), ...state.processes].sort((a, b) => a.number - b.number);
    const lines = all.map(
      ({ number, name, kind, status, session }) => `${number}  ${name}  ${kind}, ${status}${session ? `, ${shortId(session)}` : ''}`,
    );
    return lines.join('\n') || this.client.say(texts.noProcesses);
  }

  private locks(): string {
    const lines = this.explorer.locks().map(({ table, record, process }) => this.client.say(texts.lock, table, record, process));
    return lines.join('\n') || this.client.say(texts.noLocks);
  }
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `1h30m` in milliseconds. */
function duration(text: string): number {
  let sum = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)\s*(ms|[smhd])/gi)) sum += Number(number) * units[unit.toLowerCase()];
  return sum;
}
