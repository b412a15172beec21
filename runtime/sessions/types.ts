/**
 * Web sessions as plain data, and what the two stores promise (facts: web-sessions §1, §6, §9).
 * The stores know ids, cookies, addresses, times and limits; running 4D code and freeing a context is the simulator's part.
 */

import type { SessionEnd } from '../trace.js';
import type { ObjectValue, Value } from '../values/value.js';

/** How the web server keeps sessions while it runs. */
export type RunningMode = 'legacy' | 'scalable' | 'none';

/**
 * Options of one web server as `WEB SET OPTION`, `WEB Server` and the settings file set them (facts: web-sessions §5, §11).
 * Times are in minutes, as in 4D.
 */
export interface WebOptions {
  /** Selector 70; taken at the next start of the server. */
  keepSession: boolean;
  /** Selector 90; taken at the next start of the server. */
  scalableSession: boolean;
  /** 71: 100 by default, never above `maxConcurrentProcesses`. */
  maxSessions: number;
  /** 72: life of the idle cookie, 480. */
  inactiveSessionTimeout: number;
  /** 73: empty for the default name. */
  sessionCookieName: string;
  /** 78: life of the idle process, 480. */
  inactiveProcessTimeout: number;
  /** 81: none when empty. */
  sessionCookieDomain: string;
  /** 82: `/`. */
  sessionCookiePath: string;
  /** 83 */
  sessionIPAddressValidation: boolean;
  /** Only through `WEB Server` (facts: web-sessions §5.2). */
  sessionCookieSameSite: string;
  /** 18: 10 to 32000, 100. */
  maxConcurrentProcesses: number;
  /** 27: bytes of a request's body. */
  maxRequestSize: number;
  /** All other selectors and properties, by property name of `4D.WebServer`: kept and given back, without an effect on sessions. */
  readonly others: Map<string, Value>;
}

/** What the cookie's text depends on besides the session (facts: web-sessions §6.2, §9.1). */
export interface CookieContext {
  /** Name of the application project, for `4DSID_<AppName>`. */
  readonly application: string;
  /** Release of 4D that is simulated: below 19 the cookie is named `4DSID` and has no SameSite. */
  readonly release: number;
  readonly secure: boolean;
}

/** `active`: a request runs · `idle`: waits for one · `closing`: the close method runs or the end of the request is awaited (facts: web-sessions §6.8). */
export type LegacySessionState = 'active' | 'idle' | 'closing';

/** A session with its one process; of a 4D Mobile session each process is one, the first of which has the session's id. */
export interface LegacySession {
  /** 32 upper-case hexadecimal digits; `…#2` for a further process of a 4D Mobile session. */
  readonly id: string;
  /** Number of the one 4D process that holds its context. */
  process: number;
  /** Address that opened it. */
  readonly address: string;
  /** Virtual milliseconds since 1970. */
  readonly opened: number;
  /** When its last request came: what the cookie's expiry counts from. */
  lastRequest: number;
  /** When its last request ended: what the process timeout counts from. */
  idleSince: number;
  state: LegacySessionState;
  /** Request that runs now. */
  request?: number;
  /** Requests that wait for their turn, oldest first. */
  readonly waiting: number[];
  requests: number;
  /** Ids of the further processes of a 4D Mobile session, and the number of the next one. */
  further?: { readonly ids: Set<string>; next: number };
  /** Why it is closing. */
  cause?: SessionEnd;
  /** On Web Legacy Close Session runs now, or is about to. */
  closeMethodRuns?: boolean;
  /** What closing has freed so far. */
  freed?: { readonly unlocked: number; readonly selections: number; readonly variables: number };
}

export interface LegacyState {
  readonly sessions: Map<string, LegacySession>;
  /** Ids of sessions by the end of their last request, the longest ago first. One that serves a request stays where it was and is passed over. */
  readonly idle: Set<string>;
  /** The last of them, where it is known. */
  newest: string | undefined;
}

/** The session's id, as cookies and code have it, from the id of one of its processes. */
export function sessionIdOf(id: string): string {
  const mark = id.indexOf('#');
  return mark < 0 ? id : id.slice(0, mark);
}

/** What the cookie and address of a request come to. */
export type LegacyLookup =
  | { readonly found: LegacySession }
  /** `cookie`: the value that named no live session, undefined without a cookie. */
  | { readonly found: undefined; readonly cookie: string | undefined }
  /** Another address than the one that opened the session: HTTP 400 (facts: web-sessions §6.4). */
  | { readonly refused: LegacySession };

export interface ScalableSession {
  readonly id: string;
  readonly opened: number;
  lastRequest: number;
  address: string;
  /** Minutes, never below 60. */
  idleTimeout: number;
  userName: string;
  /** Granted by setPrivileges; empty for a guest. */
  privileges: string[];
  roles: string[];
  /** True until setPrivileges is called. */
  guest: boolean;
  /** The shared object `Session.storage`. */
  storage: ObjectValue;
  /** Session singletons by class name. */
  readonly singletons: Map<string, Value>;
  /** Requests that run now. */
  readonly active: Set<number>;
  requests: number;
}

export interface ScalableState {
  readonly sessions: Map<string, ScalableSession>;
  /** Tokens of `createOTP` that have not been used. */
  readonly tokens: Map<string, { readonly session: string; readonly until: number }>;
}
