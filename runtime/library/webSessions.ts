/** The session commands of theme Web Server (facts: web-sessions §2, §3). */
import type { NativeCall, NativeResult } from '../machine/types.js';
import { sessionIdOf } from '../sessions/types.js';
import type { TraceBody } from '../trace.js';
import { civil, nullDate } from '../values/dates.js';
import type { WebHost } from '../web/host.js';
import { Theme } from './theme.js';

export const webSessions = new Theme<WebHost>('Web Server: sessions');

type Call = NativeCall<WebHost>;

/** `""` outside a web session and with no sessions (facts: web-sessions §3). */
webSessions.reader(1162, 'WEB Get current session ID', (call) =>
  call.process.kind === 'web' ? sessionIdOf(call.process.session ?? '') : '',
);

webSessions.command(1208, 'WEB LEGACY CLOSE SESSION', (call): NativeResult => {
  const { web } = call.host;
  const id = call.text(0);
  const { running } = web.state;
  const session = running === 'legacy' ? web.legacy.find(id) : undefined;
  if (!session) {
    const why = running === undefined ? 'server-stopped' : running === 'legacy' ? 'unknown-id' : running;
    const { file, line } = call.place;
    web.parts.trace({ kind: 'close-ignored', session: id, why, file, line } satisfies TraceBody);
    return undefined;
  }
  const processes = web.legacy.processesOf(session);
  const own = processes.find(({ process }) => process === call.process.number);
  if (own) {
    for (const other of processes) if (other !== own) web.ends.closeProcess(other, 'command', call.place);
    return closeOwn(call, own.id);
  }
  web.assume('close-waits');
  if (web.ends.close(session.id, 'command', call.place) === 'busy' || !web.legacy.state.sessions.has(session.id)) return undefined;
  const { awaitingClose } = web.state;
  awaitingClose.set(session.id, [...(awaitingClose.get(session.id) ?? []), call.process.number]);
  return { native: 'wait', until: undefined };
});

/** The calling method is the session's own: the close method runs on top of it, then it goes on (facts: web-sessions §2.3). */
function closeOwn(call: Call, id: string): NativeResult {
  const { web } = call.host;
  const waiting = web.ends.begin(id, 'command', call.place);
  for (const request of waiting) web.pipeline.readmit(request);
  const session = web.legacy.state.sessions.get(id)!;
  const file = web.ends.closeMethod();
  if (!file) {
    web.ends.closeMethodEnded(id);
    return undefined;
  }
  web.ends.closeMethodBegins(session);
  return { native: 'call', code: { file }, args: [], then: 'session.closed', failed: 'session.closed', state: { id } };
}

webSessions.continuation('session.closed', (call, state) => {
  call.host.web.ends.closeMethodEnded((state as { id: string }).id);
  return undefined;
});

/** Last request + Web inactive session timeout; null in scalable mode and for an unknown session (facts: web-sessions §3). */
webSessions.command(1207, 'WEB LEGACY GET SESSION EXPIRATION', (call) => {
  const { web } = call.host;
  const session = web.state.running === 'legacy' ? web.legacy.find(call.text(0)) : undefined;
  const { date, time } = session ? civil(web.legacy.cookieExpires(session)) : { date: nullDate, time: { t: 'time' as const, seconds: 0 } };
  call.set(1, date);
  call.set(2, time);
  return undefined;
});

webSessions.reader(1350, '_O_WEB Get session process count', (call) => {
  const { legacy } = call.host.web;
  const session = legacy.find(call.text(0));
  return session ? legacy.processesOf(session).length : 0;
});
