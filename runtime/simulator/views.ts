import type { MachineState } from '../machine/types.js';
import type { WebServer } from '../web/webServer.js';
import type { ProcessView, SessionView } from './types.js';

/** All sessions, in the order they were opened. */
export function sessionViews(web: WebServer): SessionView[] {
  const { legacy, scalable } = web;
  const views: SessionView[] = [];
  for (const session of legacy.state.sessions.values()) {
    if (session.id.includes('#')) continue; // a further process of a 4D Mobile session
    views.push({
      id: session.id,
      mode: 'legacy',
      state: session.state,
      process: session.process,
      address: session.address,
      opened: session.opened,
      lastRequest: session.lastRequest,
      requests: session.requests,
      cookieExpires: legacy.cookieExpires(session),
      ends: legacy.ends(session),
    });
  }
  for (const session of scalable.state.sessions.values()) {
    const ends = session.lastRequest + session.idleTimeout * 60_000;
    views.push({
      id: session.id,
      mode: 'scalable',
      state: session.active.size ? 'active' : 'idle',
      address: session.address,
      opened: session.opened,
      lastRequest: session.lastRequest,
      requests: session.requests,
      cookieExpires: ends,
      ends,
      userName: session.userName,
      privileges: session.privileges,
    });
  }
  return views;
}

/** All living processes by number. */
export function processViews(state: MachineState): ProcessView[] {
  return [...state.processes.values()]
    .filter((process) => process.status !== 'ended')
    .map(({ number, name, kind, status, session, request }) => ({
      number,
      name,
      kind,
      status,
      ...(session !== undefined && { session }),
      ...(request !== undefined && { request }),
    }));
}
