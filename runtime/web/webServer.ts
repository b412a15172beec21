import type { Outcome, ProcessState } from '../machine/types.js';
import { defaultCookieName, sessionCookieValues } from '../sessions/cookie.js';
import { LegacyStore } from '../sessions/legacyStore.js';
import { modeOf } from '../sessions/options.js';
import { ScalableStore } from '../sessions/scalableStore.js';
import type { CookieContext } from '../sessions/types.js';
import type { Assumption } from './assumptions.js';
import { compressed } from './compression.js';
import { reasons, type ServerContext, type WebServerParts } from './context.js';
import { corsAnswer } from './cors.js';
import { DateHeader } from './dateHeader.js';
import { emptyDraft } from './draft.js';
import { errorPage } from './errorPages.js';
import { fileResponse } from './files.js';
import type { HttpRequest, HttpResponse } from './http.js';
import { type Asker, giveResponse } from './inside.js';
import { RequestPipeline } from './pipeline.js';
import { headerText, type ReadRequest, readRequest, type WebRequest } from './request.js';
import { type RoutingContext, route } from './routing.js';
import { SessionEnds } from './sessionEnds.js';
import { getProperty } from './settings.js';
import type { RequestState, SessionCookie, Target, WebState } from './types.js';
import { resolveInside, type WebFolder } from './webFolder.js';

const serverHeader = ['Server', '4D-Web-Sessions'] as const;

/**
 * One web server of the simulated 4D: requests in, responses out, sessions between them. It runs 4D code only through the machine
 * and learns of its end by `finished`; everything that changes is in `state`, but for the promises of the callers.
 */
export class WebServer implements ServerContext {
  readonly state: WebState;
  readonly legacy: LegacyStore;
  readonly scalable: ScalableStore;
  readonly pipeline: RequestPipeline;
  readonly ends: SessionEnds;
  folder: WebFolder;
  private readonly routing: RoutingContext;
  private readonly date = new DateHeader();
  private readonly defaultCookieName: string;
  private readonly cookieContexts: { readonly plain: CookieContext; readonly secure: CookieContext };
  /** The values that were asked for last: more than one part asks for those of a request. */
  private cookies: { readonly request: WebRequest; readonly name: string; readonly values: readonly string[] } | undefined;
  /** Who waits for an answer, oldest first. */
  private readonly callers: { readonly id: number; readonly answered: (response: HttpResponse) => void }[] = [];
  /** The last request for which a file is looked for; those behind it wait, so that all are admitted in the order they came. */
  private arriving: Promise<void> | undefined;

  constructor(readonly parts: WebServerParts) {
    this.state = {
      options: parts.options,
      running: undefined,
      stopping: false,
      startedAt: 0,
      before: undefined,
      requests: new Map(),
      nextRequest: 1,
      inside: new Map(),
      port: undefined,
      requestCount: 0,
      legacy: { sessions: new Map(), idle: new Set(), newest: undefined },
      scalable: { sessions: new Map(), tokens: new Map() },
      awaitingRoom: new Map(),
      awaitingClose: new Map(),
      nonces: new Set(),
      told: new Set(),
      listed: parts.component === undefined,
      homePages: new Map(),
    };
    this.legacy = new LegacyStore(() => this.state.options, this.state.legacy);
    this.scalable = new ScalableStore(this.state.scalable);
    this.pipeline = new RequestPipeline(this);
    this.ends = new SessionEnds(this);
    const context = { application: parts.project.name, release: parts.choices.release };
    this.cookieContexts = { plain: { ...context, secure: false }, secure: { ...context, secure: true } };
    this.defaultCookieName = defaultCookieName(context);
    this.folder = this.folderOfOptions();
    this.routing = this.routingContext();
  }

  get now(): number {
    return this.parts.machine.clock.now();
  }

  /** Tells an assumption, the first time it matters. */
  assume(what: Assumption): void {
    if (this.state.told.has(what)) return;
    this.state.told.add(what);
    this.parts.trace({ kind: 'assumption', what });
  }

  cookieContext(secure: boolean): CookieContext {
    return secure ? this.cookieContexts.secure : this.cookieContexts.plain;
  }

  /** Name of the session cookie, whether set or default; that of a scalable server cannot be set (facts: web-sessions §9.1). */
  cookieName(): string {
    const mode = this.state.running ?? modeOf(this.state.options);
    return (mode === 'legacy' && this.state.options.sessionCookieName) || this.defaultCookieName;
  }

  /** Values of the session cookie that a request sends. */
  cookieValues(request: WebRequest): readonly string[] {
    const name = this.cookieName();
    if (this.cookies?.request !== request || this.cookies.name !== name) {
      this.cookies = { request, name, values: sessionCookieValues(request.http.headers, name) };
    }
    return this.cookies.values;
  }

  // ---- start and stop

  /** Starts serving; false when it runs already. `url` is told in the trace. */
  start(url = ''): boolean {
    const { state } = this;
    if (state.running) return false;
    const mode = modeOf(state.options);
    state.running = mode;
    state.stopping = false;
    state.startedAt = this.now;
    const port = /:(\d+)\/?$/.exec(url)?.[1];
    if (port !== undefined) state.port = Number(port);
    this.folder = this.folderOfOptions();
    this.parts.trace({ kind: 'server-started', url, mode });
    if (mode === 'legacy' && this.parts.handlers.length) this.assume('handlers');
    return true;
  }

  /**
   * Stops serving: idle sessions end at once, the others when their requests have been answered (facts: web-sessions §11).
   * The close method is called only when the choice `closeOnStop` says so. Settings that `start(settings)` gave are forgotten.
   */
  stop(): void {
    if (!this.state.running || this.state.stopping) return;
    this.state.stopping = true;
    for (const session of [...this.legacy.state.sessions.values()]) this.ends.atStop(session);
    this.stopWhenQuiet();
  }

  /** The last step of stopping, once nothing is under way. */
  stopWhenQuiet(): void {
    const { state } = this;
    if (!state.stopping || state.requests.size > 0 || this.legacy.size > 0) return;
    for (const session of [...this.scalable.state.sessions.values()]) this.ends.endScalable(session.id, 'server-stopped');
    state.running = undefined;
    state.stopping = false;
    if (state.before) Object.assign(state.options, state.before);
    state.before = undefined;
    this.parts.trace({ kind: 'server-stopped' });
  }

  /** Answers all requests under way with 503: the simulator ends. */
  abandon(): void {
    for (const request of [...this.state.requests.values()]) this.pipeline.refuse(request, 503, reasons.stopped);
  }

  /** Puts a state back that was before. Requests that came since are answered with 503: nobody knows them any more. */
  restore(state: WebState): void {
    const gone = this.callers.filter(({ id }) => !state.requests.has(id));
    Object.assign(this.legacy.state, state.legacy);
    Object.assign(this.scalable.state, state.scalable);
    this.scalable.restored();
    Object.assign(this.state, state, { legacy: this.legacy.state, scalable: this.scalable.state });
    this.folder = this.folderOfOptions();
    for (const { id } of gone) this.tell(id, { status: 503, headers: [['Content-Length', '0']], body: new Uint8Array() });
  }

  // ---- requests

  /** Answers one request. Never rejects. `answered` is called at the very moment of its answer, before any promise settles. */
  handle(http: HttpRequest, answered?: () => void): Promise<HttpResponse> {
    const id = this.nextNumber();
    const answer = new Promise<HttpResponse>((resolve) => {
      const tell = (response: HttpResponse): void => {
        answered?.();
        resolve(this.dress(http, response));
      };
      this.callers.push({ id, answered: tell });
    });
    this.begin(id, http);
    return answer;
  }

  /**
   * A request of a process of the same 4D: its response when it is there at once, else the process has to wait and is woken with it
   * (status, headers, body); an asker finds it in itself.
   */
  handleInside(http: HttpRequest, asker: number | Asker): HttpResponse | undefined {
    const id = this.nextNumber();
    let response: HttpResponse | undefined;
    this.callers.push({ id, answered: (answer) => (response = answer) });
    this.begin(id, http);
    if (response) return response;
    this.callers.splice(
      this.callers.findIndex((caller) => caller.id === id),
      1,
    );
    this.state.inside.set(id, asker);
    return undefined;
  }

  private nextNumber(): number {
    this.state.requestCount++;
    return (this.parts.numbers ?? this.state).nextRequest++;
  }

  private begin(id: number, http: HttpRequest): void {
    const arriving = this.arriving ? this.arriving.then(() => this.arrive(id, http)) : this.arrive(id, http);
    if (!arriving) return;
    const last = arriving.then(() => {
      if (this.arriving === last) this.arriving = undefined;
    });
    this.arriving = last;
    this.parts.hold(last);
  }

  /** What the connection adds to a response, outside of sessions and code: headers for pages from elsewhere, compression. */
  private dress(http: HttpRequest, response: HttpResponse): HttpResponse | Promise<HttpResponse> {
    const extra = this.cors(http)?.headers;
    const dressed = extra?.length ? { ...response, headers: [...response.headers, ...extra] } : response;
    const set = getProperty(this, 'HTTPCompressionThreshold');
    const threshold = typeof set === 'number' ? set : 1024;
    if (response.body.length < threshold || getProperty(this, 'HTTPCompressionLevel') === 0) return dressed;
    return compressed(dressed, http, threshold);
  }

  private cors(http: HttpRequest) {
    return getProperty(this, 'CORSEnabled') === true ? corsAnswer(http, true, getProperty(this, 'CORSSettings')) : undefined;
  }

  /** Routes a request and admits it; a promise where a file has to be read for that. */
  private arrive(id: number, http: HttpRequest): Promise<void> | undefined {
    const arrived = this.now;
    const { options, running, stopping } = this.state;
    const read = readRequest(http, options.maxRequestSize);
    const session = 'request' in read && running ? this.sessionOf(read.request) : undefined;
    this.parts.trace({
      kind: 'request',
      id,
      client: http.client ?? http.remoteAddress,
      method: http.method,
      url: http.target,
      ...(session && { session }),
    });
    const cors = running ? this.cors(http) : undefined;
    let target: Target | Promise<Target>;
    if (!running || stopping) target = { kind: 'status', status: 503, why: reasons.stopped };
    else if ('status' in read) target = { kind: 'status', status: read.status, why: read.why };
    else if (cors?.refused) target = { kind: 'status', status: 403, why: cors.refused };
    else if (cors?.preflight) target = { kind: 'empty' };
    else target = route(read.request, this.routing);
    const serve = (found: Target) => this.serve(id, http, arrived, read, found);
    return target instanceof Promise ? target.then(serve) : serve(target);
  }

  /** Answers a request itself, or hands it to the pipeline. */
  private serve(id: number, http: HttpRequest, arrived: number, read: ReadRequest, target: Target): Promise<void> | undefined {
    if (target.kind === 'status') {
      return errorPage(this.folder, target.status, target.why).then((page) => this.answer(id, http, arrived, page));
    }
    if (target.kind === 'empty') {
      this.answer(id, http, arrived, { status: 204, headers: [], body: new Uint8Array() });
    } else if ('status' in read) {
      throw new Error('unreachable: a malformed request has a status target');
    } else if (target.kind === 'trace') {
      const body = new TextEncoder().encode(`${headerText(read.request)}\r\n\r\n`);
      this.answer(id, http, arrived, { status: 200, headers: [['Content-Type', 'message/http']], body });
    } else if (target.kind === 'file' && !this.parts.choices.staticFilesOpenSessions) {
      if (this.state.running !== 'none') this.assume('static-files');
      this.answer(id, http, arrived, fileResponse(target, http));
    } else {
      const request: RequestState = {
        id,
        request: read.request,
        target,
        arrived,
        stage: 'room',
        process: undefined,
        session: undefined,
        fresh: false,
        draft: emptyDraft(),
      };
      this.state.requests.set(id, request);
      this.pipeline.admit(request);
      this.parts.wake();
    }
    return undefined;
  }

  /** What routing has to know, as it is at the moment it asks. */
  private routingContext(): RoutingContext {
    const server = this;
    const { routing, choices, project, handlers } = this.parts;
    return {
      ...routing,
      release: choices.release,
      homePage: (request) => this.homePageOf(this.sessionOf(request)),
      hasConnectionMethod: () => project.databaseMethod('onWebConnection') !== undefined,
      get folder() {
        return server.folder;
      },
      get handlers() {
        return server.state.running === 'legacy' ? [] : handlers;
      },
      get traceEnabled() {
        return server.state.options.others.get('HTTPTrace') === true;
      },
    };
  }

  private folderOfOptions(): WebFolder {
    return this.parts.folderAt(resolveInside(String(getProperty(this, 'rootFolder'))) ?? '');
  }

  /** The page behind `/`: the one that WEB SET HOME PAGE bound to the session's process, or the default one. */
  private homePageOf(session: string | undefined): string {
    const process = session === undefined ? undefined : this.legacy.state.sessions.get(session)?.process;
    const own = process === undefined ? undefined : this.state.homePages.get(process);
    return resolveInside(own ?? '') || String(getProperty(this, 'defaultHomepage'));
  }

  /** Id of the live session that a request's cookie names. */
  private sessionOf(request: WebRequest): string | undefined {
    const values = this.cookieValues(request);
    if (this.state.running === 'scalable') return this.scalable.lookup(values, this.now)?.id;
    if (this.state.running !== 'legacy') return undefined;
    const found = this.legacy.lookup(values, request.http.remoteAddress);
    return 'found' in found ? found.found?.id : undefined;
  }

  /** Gives a response its last headers and hands it to who asked. */
  answer(id: number, http: HttpRequest, arrived: number, response: HttpResponse, cookie?: SessionCookie): void {
    const headers = [...response.headers];
    if (cookie) {
      headers.push(['Set-Cookie', cookie.text]);
      this.parts.trace({ kind: 'cookie', session: cookie.session, header: cookie.text });
    }
    const setCookie: string[] = [];
    for (const [name, value] of headers) if (name.length === 10 && name.toLowerCase() === 'set-cookie') setCookie.push(value);
    headers.push(serverHeader, this.date.at(this.now));
    if (response.status !== 204 && response.status !== 304) headers.push(['Content-Length', String(response.body.length)]);
    const body = http.method.toUpperCase() === 'HEAD' ? new Uint8Array() : response.body;
    this.parts.trace({ kind: 'response', id, status: response.status, milliseconds: this.now - arrived, setCookie });
    this.tell(id, { status: response.status, headers, body });
  }

  private tell(id: number, response: HttpResponse): void {
    const { callers } = this;
    const inside = this.state.inside.get(id);
    if (inside !== undefined) {
      this.state.inside.delete(id);
      giveResponse(inside, response, this.parts.machine);
      this.parts.wake();
      return;
    }
    const at = callers.findIndex((caller) => caller.id === id);
    if (at < 0) return;
    const { answered } = callers[at];
    if (at === callers.length - 1) callers.pop();
    else callers.splice(at, 1);
    answered(response);
  }

  // ---- what the owner of the machine tells

  /** The request that a process serves now. */
  requestOf(process: ProcessState): RequestState | undefined {
    const request = process.request === undefined ? undefined : this.state.requests.get(process.request);
    return request?.process === process.number ? request : undefined;
  }

  /** Some code has ended (`MachineHooks.finished`). */
  finished(process: ProcessState, outcome: Outcome, token: string | undefined): void {
    if (token?.startsWith('close:')) this.ends.closeMethodEnded(token.slice(6));
    else if (token?.startsWith('web:')) this.pipeline.codeEnded(Number(token.slice(4)), process, outcome);
  }

  /** A process has ended, for whatever reason (`MachineHooks.ended`). */
  ended(process: ProcessState): void {
    this.state.homePages.delete(process.number);
    this.ends.processEnded(process);
    const request = this.requestOf(process);
    if (request && request.stage !== 'answered') this.pipeline.refuse(request, 500, reasons.ended);
  }

  /** Ends what has been idle for too long; to be called whenever virtual time has moved. */
  expire(): void {
    const { now } = this;
    for (const session of this.legacy.due(now)) this.ends.close(session.id, 'process-timeout');
    for (const session of this.scalable.due(now)) this.ends.endScalable(session.id, 'idle-timeout');
  }

  /** When `expire` has something to do next, in virtual milliseconds. */
  nextExpiry(): number | undefined {
    const legacy = this.legacy.nextDue();
    const scalable = this.scalable.nextDue(this.now);
    return legacy === undefined || (scalable !== undefined && scalable < legacy) ? scalable : legacy;
  }
}
