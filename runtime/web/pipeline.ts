import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { Callable, Outcome, ProcessState, StartOptions } from '../machine/types.js';
import { legacyCookie, scalableCookie } from '../sessions/cookie.js';
import { type LegacySession, type ScalableSession, sessionIdOf } from '../sessions/types.js';
import { plainName, qualified } from '../values/owner.js';
import type { Value } from '../values/value.js';
import { challenge, credentialsOf } from './authentication.js';
import { reasons, SERVER, type ServerContext } from './context.js';
import { draftResponse, hasAnswer } from './draft.js';
import { errorPage } from './errorPages.js';
import { fileResponse } from './files.js';
import { takeHandlerResult } from './handlerResult.js';
import type { HttpResponse } from './http.js';
import { addressText, requestText } from './request.js';
import type { RequestState, SessionCookie } from './types.js';

/**
 * A request from its arrival to its answer: its session and process, then COMPILER_WEB (new contexts only in legacy sessions),
 * On Web Authentication, and what the address asks for (facts: web-sessions §6.1, §8.2, §8.3).
 */
export class RequestPipeline {
  /** Settles when the pages of all refusals up to now are sent. */
  private pages: Promise<void> = Promise.resolve();

  private readonly authenticationMethod: string | undefined;
  private readonly compilerMethod: string;

  constructor(private readonly server: ServerContext) {
    this.compilerMethod = qualified(server.parts.component, 'COMPILER_WEB');
    this.authenticationMethod = server.parts.project.databaseMethod('onWebAuthentication')?.path;
  }

  private get machine() {
    return this.server.parts.machine;
  }

  private get owner() {
    const { component } = this.server.parts;
    return component === undefined ? undefined : { component };
  }

  // ---- a session and a process for it

  /** Gives a request its session and process, or makes it wait for them. */
  admit(request: RequestState): void {
    const { server } = this;
    const { running, options } = server.state;
    server.expire();
    if (running === 'legacy') {
      this.admitLegacy(request);
    } else if (running === 'none' && this.webProcesses() >= options.maxConcurrentProcesses - 1) {
      this.refuse(request, 503, reasons.busy);
    } else {
      if (running === 'scalable') this.enterScalable(request);
      const process = this.start({
        name: `Web request ${request.id}`,
        kind: 'web',
        stays: true,
        request: request.id,
        ...(request.session && { session: request.session }),
      });
      request.process = process.number;
      request.fresh = true; // COMPILER_WEB runs at every request (facts: web-sessions §8.3)
      this.begin(request);
    }
  }

  private start(options: StartOptions): ProcessState {
    const process = this.machine.start(options);
    const { component } = this.server.parts;
    if (component !== undefined) process.extra.set(SERVER, component);
    return process;
  }

  private enterScalable(request: RequestState): void {
    const { server } = this;
    const token = /(?:^|&)(?:\$|%24)4DSID=([0-9A-Fa-f]+)/.exec(request.request.query)?.[1];
    let session =
      (token && server.scalable.redeem(token.toUpperCase(), server.now)) ||
      server.scalable.lookup(server.cookieValues(request.request), server.now);
    if (!session) {
      const storage = { t: 'object' as const, properties: new Map<string, Value>(), shared: this.machine.newGroup() };
      session = server.scalable.open(this.machine.random.uuid(), request.request.http.remoteAddress, storage, server.now);
      server.parts.trace({ kind: 'session-opened', session: session.id, mode: 'scalable', why: this.whyNew(request) });
      if (server.parts.choices.release < 21) server.assume('recycled');
    }
    request.session = session.id;
    server.scalable.begin(session, request.id, server.now);
  }

  /** Puts a request of a scalable session into another one (`Session.restore`). */
  moveTo(request: RequestState, session: ScalableSession, process: ProcessState): void {
    const { scalable, now } = this.server;
    const before = request.session === undefined ? undefined : scalable.state.sessions.get(request.session);
    if (before) scalable.finish(before, request.id, now);
    scalable.begin(session, request.id, now);
    request.session = session.id;
    process.session = session.id;
  }

  private admitLegacy(request: RequestState): void {
    const { server } = this;
    const { legacy, now } = server;
    const lookup = legacy.lookup(server.cookieValues(request.request), request.request.http.remoteAddress);
    if ('refused' in lookup) {
      this.refuse(request, 400, reasons.address);
    } else if (lookup.found) {
      const { mobile } = request.request.http;
      const session = mobile ? legacy.processesOf(lookup.found).find(({ state }) => state === 'idle') : lookup.found;
      if (!session) this.openMobile(request, lookup.found);
      else {
        request.session = session.id;
        request.process = session.process;
        if (legacy.take(session, request.id, now)) this.begin(request);
        else request.stage = 'turn';
      }
    } else {
      const room = legacy.room(this.webProcesses());
      if (room === 'busy') {
        server.assume('all-busy');
        this.refuse(request, 503, reasons.busy);
      } else if (room === 'free') {
        this.openLegacy(request);
      } else {
        request.stage = 'room';
        server.state.awaitingRoom.set(room.evict.id, request.id);
        server.ends.close(room.evict.id, 'max-sessions');
      }
    }
  }

  /** All processes of a 4D Mobile session are busy: it gets one more. */
  private openMobile(request: RequestState, session: LegacySession): void {
    this.server.assume('mobile');
    if (this.webProcesses() >= this.server.state.options.maxConcurrentProcesses - 1) this.refuse(request, 503, reasons.busy);
    else this.openLegacy(request, this.server.legacy.furtherId(session), 'mobile');
  }

  private openLegacy(request: RequestState, id = this.machine.random.uuid(), why = this.whyNew(request)): void {
    const { server } = this;
    const process = this.start({ name: `Web session ${id.slice(0, 8)}`, kind: 'web', stays: true, session: id });
    const session = server.legacy.open(id, request.request.http.remoteAddress, process.number, server.now);
    server.legacy.take(session, request.id, server.now);
    server.parts.trace({ kind: 'session-opened', session: id, mode: 'legacy', process: process.number, why });
    request.session = id;
    request.process = process.number;
    request.fresh = true;
    this.begin(request);
  }

  /** The session it waited in or for is gone: it begins again, as a request whose cookie is unknown. */
  readmit(id: number): void {
    const request = this.server.state.requests.get(id);
    if (!request) return;
    request.session = undefined;
    request.process = undefined;
    this.admit(request);
  }

  private whyNew(request: RequestState): string {
    return this.server.cookieValues(request.request).length ? 'unknown-cookie' : 'no-cookie';
  }

  private webProcesses(): number {
    const { state, legacy } = this.server;
    if (state.running === 'legacy') return legacy.size;
    let count = 0;
    for (const request of state.requests.values()) if (request.process !== undefined) count++;
    return count;
  }

  // ---- its stages

  /** It has a process: the first stage begins. */
  begin(request: RequestState): void {
    const process = this.processOf(request);
    if (!process) {
      this.refuse(request, 500, reasons.ended);
      return;
    }
    process.request = request.id;
    if (request.target.kind === 'file') {
      this.finish(request);
    } else if (request.fresh && this.machine.hasMethod(this.compilerMethod)) {
      const why = this.server.state.running === 'legacy' ? 'new-context' : 'every-request';
      this.call(request, 'compiler', { method: this.compilerMethod }, [], 'COMPILER_WEB', why);
    } else this.authenticate(request);
  }

  private authenticate(request: RequestState): void {
    const method = this.authenticationMethod;
    const asks = request.target.kind !== 'page' || request.target.runsCode;
    const { authentication } = this.server.parts;
    if (request.target.kind === 'handler' || !asks)
      this.runTarget(request); // facts: 4D page WebServer/http-request-handler
    // Without On Web Authentication nobody could say who may: BASIC refuses everybody (facts: web-sessions §7).
    else if (authentication !== 'custom' && (!method || !credentialsOf(request.request.http, authentication))) this.askWho(request);
    else if (method) {
      this.call(request, 'authentication', { file: method }, this.parameters(request), 'On Web Authentication', 'request');
    } else this.runTarget(request);
  }

  private runTarget(request: RequestState): void {
    const { target } = request;
    if (target.kind === 'action') {
      if (target.parameter) this.server.assume('action-parameter');
      this.call(request, 'target', { method: target.method }, [target.parameter], plainName(target.method), 'action');
    } else if (target.kind === 'page') {
      const name = `/${target.path}`;
      this.call(request, 'target', { line: 'WEB SEND FILE:C619($1)', name, ...this.owner }, [name], name, 'tags');
    } else if (target.kind === 'handler') {
      const name = `${target.className}.${target.functionName}`;
      const message: Value = { t: 'host', className: '4D.IncomingMessage', data: { request: request.request } };
      this.call(request, 'target', { line: `cs.${target.className}.me.${target.functionName}($1)`, name }, [message], name, 'handler');
    } else {
      const { path } = this.server.parts.project.databaseMethod('onWebConnection')!;
      this.call(request, 'target', { file: path }, this.parameters(request), 'On Web Connection', 'request');
    }
  }

  private call(
    request: RequestState,
    stage: RequestState['stage'],
    code: Callable,
    args: readonly Value[],
    name: string,
    why: string,
  ): void {
    const process = this.processOf(request);
    if (process) {
      request.stage = stage;
      this.server.parts.trace({ kind: 'method', process: process.number, name, why });
      this.machine.call(process, code, args, `web:${request.id}`);
    } else this.refuse(request, 500, reasons.ended);
  }

  /** `$1` to `$6` of the two database methods (facts: web-sessions §7). */
  private parameters({ request }: RequestState): Value[] {
    const { http } = request;
    const { authentication } = this.server.parts;
    const sent = credentialsOf(http, authentication);
    if (sent && authentication === 'custom') this.server.assume('custom-credentials');
    const { user, password } = sent ?? { user: '', password: '' };
    return [request.target, requestText(request), addressText(http.remoteAddress), addressText(http.localAddress), user, password];
  }

  private processOf(request: RequestState): ProcessState | undefined {
    return request.process === undefined ? undefined : this.machine.state.processes.get(request.process);
  }

  /** The code of a stage has ended. */
  codeEnded(id: number, process: ProcessState, outcome: Outcome): void {
    const request = this.server.state.requests.get(id);
    if (!request || request.process !== process.number) return;
    if ('error' in outcome) {
      if (request.stage === 'authentication') {
        this.refuseByAuthentication(request);
      } else {
        this.server.assume('error-page');
        if (hasAnswer(request.draft)) this.finish(request);
        else this.refuse(request, 500, outcome.error.message);
      }
    } else if (request.stage === 'compiler') {
      this.authenticate(request);
    } else if (request.stage === 'authentication') {
      if (outcome.value === false && this.server.parts.authenticationAnswers) this.refuseByAuthentication(request);
      else this.runTarget(request);
    } else {
      if (request.target.kind === 'handler') this.handlerEnded(request, outcome.value);
      this.finish(request);
    }
  }

  private handlerEnded(request: RequestState, value: Value): void {
    if (takeHandlerResult(request.draft, value) === 'other') this.server.assume('handler-result');
  }

  /** Asks the browser for a name and a password. */
  private askWho(request: RequestState): void {
    const { authentication, project } = this.server.parts;
    if (authentication === 'custom') return;
    const { nonces } = this.server.state;
    const nonce = this.machine.random.uuid();
    if (authentication === 'digest') nonces.add(nonce);
    // The oldest goes: its browser is asked again.
    if (nonces.size > 1_000) nonces.delete(nonces.values().next().value!);
    request.draft.headers.push(challenge(authentication, project.name, nonce));
    this.refuse(request, 401, reasons.credentials);
  }

  private refuseByAuthentication(request: RequestState): void {
    if (this.server.parts.authentication !== 'custom' && !hasAnswer(request.draft)) {
      this.askWho(request);
      return;
    }
    if (hasAnswer(request.draft)) {
      this.finish(request);
      return;
    }
    this.server.assume('refused');
    this.refuse(request, this.server.parts.choices.refusedStatus, reasons.refused);
  }

  // ---- its answer

  private finish(request: RequestState): void {
    const { target, draft } = request;
    const sent = target.kind === 'file' ? fileResponse(target, request.request.http) : draftResponse(draft);
    if (!sent) this.server.assume('no-answer');
    const response = sent ?? { status: draft.status ?? 200, headers: draft.headers, body: new Uint8Array() };
    // An error status without a page of its own gets the server's.
    if (response.status >= 400 && response.body.length === 0) this.refuse(request, response.status, undefined);
    else this.answer(request, response, this.leaveSession(request));
  }

  /** Answers with an error page; what the code had sent is left out, but for its headers. */
  refuse(request: RequestState, status: number, why: Bilingual | undefined): void {
    const cookie = this.leaveSession(request);
    const kept = request.draft.headers.filter(([name]) => name.toLowerCase() !== 'content-type');
    // in the order of the refusals, however long each page takes to read
    const page = this.pages
      .then(() => errorPage(this.server.folder, status, why))
      .then((response) => this.answer(request, { ...response, headers: [...kept, ...response.headers] }, cookie));
    this.pages = page.catch(() => undefined);
    this.server.parts.hold(page);
  }

  private answer(request: RequestState, response: HttpResponse, cookie: SessionCookie | undefined): void {
    this.server.answer(request.id, request.request.http, request.arrived, response, cookie);
  }

  /** The request's part in its session is over: whose turn is next, what is to be freed. Gives the session cookie of the response. */
  private leaveSession(request: RequestState): SessionCookie | undefined {
    const { state } = this.server;
    request.stage = 'answered';
    state.requests.delete(request.id);
    const process = this.processOf(request);
    if (process?.request === request.id) process.request = undefined;
    let cookie: SessionCookie | undefined;
    if (state.running === 'legacy') cookie = this.leaveLegacy(request);
    else {
      if (state.running === 'scalable') cookie = this.leaveScalable(request);
      if (process && process.status !== 'ended') this.machine.end(process);
    }
    this.server.stopWhenQuiet();
    return cookie;
  }

  private leaveScalable(request: RequestState): SessionCookie | undefined {
    const { server } = this;
    const session = request.session === undefined ? undefined : server.scalable.state.sessions.get(request.session);
    if (!session) return undefined;
    server.scalable.finish(session, request.id, server.now);
    server.assume('scalable-cookie');
    const context = server.cookieContext(request.request.http.secure);
    return { session: session.id, text: scalableCookie(session.id, session.idleTimeout, server.state.options, context) };
  }

  private leaveLegacy(request: RequestState): SessionCookie | undefined {
    const { server } = this;
    const session = request.session === undefined ? undefined : server.legacy.state.sessions.get(request.session);
    if (session?.request !== request.id) return undefined;
    const next = server.legacy.finish(session, server.now);
    const stops = server.state.stopping && next === undefined;
    const ended = session.state === 'closing' || stops;
    const context = server.cookieContext(request.request.http.secure);
    if (ended) server.assume('close-cookie');
    if (context.release >= 19) server.assume('cookie-order');
    const text = legacyCookie(sessionIdOf(session.id), server.state.options, context, ended);
    if (next !== undefined) this.begin(server.state.requests.get(next)!);
    else if (stops) server.ends.atStop(session);
    if (session.state === 'closing') server.ends.requestEnded(session);
    return { session: session.id, text };
  }
}
