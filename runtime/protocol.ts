/**
 * What the debug adapter understands and tells beyond the Debug Adapter Protocol (`docs/protocol.md`): custom requests for the simulator behind
 * the debug session, and one custom event. Types only, so that the client may know them. Times are virtual milliseconds since 1970.
 */
import type { PlayedText } from './scenarios/run.js';
import type { ProcessView, SessionView } from './simulator/types.js';
import type { TraceEvent } from './trace.js';

/** Everything a session explorer shows: no arguments → `SimulatorState`. */
export const stateRequest = '4d/state';
/** Closes a session as WEB LEGACY CLOSE SESSION does: `SessionParams` → `{ closed: boolean }`. */
export const closeRequest = '4d/close';
/** Lets a session's idle time pass at once: `SessionParams` → `{ expired: boolean }`. */
export const expireRequest = '4d/expire';
/** Moves the clock on: `{ milliseconds }` → `{ now }`. */
export const advanceRequest = '4d/advance';
/** Plays one HTTP request: `SendParams` → `SendResult`. */
export const sendRequest = '4d/send';
/** Reads a source again, which was saved: `{ path }` → `{ reloaded: boolean }`, false when it says the same as before. */
export const reloadRequest = '4d/reload';
/** All trace events since the start: no arguments → `{ events: TraceEvent[] }`. */
export const traceRequest = '4d/trace';
/** Event when a scenario has been played to its end: body `PlayedText`. */
export const playedEvent = '4d/played';
/** Event with each trace event as it happens: body `TraceEvent`. */
export const traceEvent = '4d/traced';
/** Event when the simulator has gone back: the last so many trace events have not happened: body `{ events }`. */
export const undoneEvent = '4d/undone';

export interface SimulatorState {
  readonly now: number;
  /** Address of the web server; undefined where there are no sockets. */
  readonly url?: string;
  readonly mode: 'legacy' | 'scalable' | 'none';
  readonly cookieName: string;
  readonly sessions: readonly SessionState[];
  /** Processes that belong to no session. */
  readonly processes: readonly ProcessView[];
}

export interface SessionState extends SessionView {
  /** Named client whose cookie it is, when a launch configuration's request opened it. */
  readonly client?: string;
  readonly processes: readonly ProcessView[];
  /** Process variables as a debugger shows them. */
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  /** Tables with a selection or a current record. */
  readonly selections: readonly { readonly table: string; readonly records: number; readonly current?: number }[];
  readonly locks: readonly { readonly table: string; readonly record: number }[];
}

export interface SessionParams {
  readonly session: string;
}

export interface SendParams {
  /** The named client whose cookie jar is used; or the session whose cookie is sent. */
  readonly client?: string;
  readonly session?: string;
  readonly method?: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface SendResult {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export type { PlayedText, ProcessView, SessionView, TraceEvent };
