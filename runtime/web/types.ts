/** State of a web server as plain data: it can be copied and put back together with the machine's. */
import type { LegacyState, RunningMode, ScalableState, WebOptions } from '../sessions/types.js';
import type { ResponseDraft } from './draft.js';
import type { Asker } from './inside.js';
import type { WebRequest } from './request.js';

/** What answers a request (facts: web-sessions §8.1). */
export type Target =
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array }
  /** A page with 4D tags, by its path below the web folder. `runsCode`: a tag in it runs methods, so On Web Authentication is asked first. */
  | { readonly kind: 'page'; readonly path: string; readonly runsCode: boolean }
  | { readonly kind: 'action'; readonly method: string; readonly parameter: string }
  | { readonly kind: 'connection' }
  /** A function of a singleton class (`HTTPHandlers.json`). */
  | { readonly kind: 'handler'; readonly className: string; readonly functionName: string }
  /** Answered without code: an error, or what the server itself knows. */
  | { readonly kind: 'status'; readonly status: number; readonly why: { readonly en: string; readonly es: string } }
  | { readonly kind: 'trace' }
  /** Answered with headers alone: a browser asks whether a page from elsewhere may send something. */
  | { readonly kind: 'empty' };

/** How far a request has come. `room` waits for an evicted session to end, `turn` for the requests before it in its session. */
export type RequestStage = 'room' | 'turn' | 'compiler' | 'authentication' | 'target' | 'answered';

export interface RequestState {
  readonly id: number;
  readonly request: WebRequest;
  readonly target: Target;
  /** Virtual milliseconds since 1970. */
  readonly arrived: number;
  stage: RequestStage;
  process: number | undefined;
  /** Session that the response's cookie belongs to. */
  session: string | undefined;
  /** COMPILER_WEB is to be run first. */
  fresh: boolean;
  readonly draft: ResponseDraft;
}

export interface WebState {
  /** What `WEB SET OPTION` and the properties of `WEB Server` change; modes count from the next start on. */
  readonly options: WebOptions;
  /** Mode of the running server; undefined while it is stopped. */
  running: RunningMode | undefined;
  /** It stops when the requests under way have ended. */
  stopping: boolean;
  startedAt: number;
  /** Options as they were before `start(settings)`; put back by `stop()` (facts: web-sessions §11). */
  before: WebOptions | undefined;
  readonly requests: Map<number, RequestState>;
  nextRequest: number;
  /** Processes that wait for the answer of a request of their own, and those that asked without waiting, by the request's number. */
  readonly inside: Map<number, number | Asker>;
  /** Port that it is told to listen on; undefined without a socket. */
  port: number | undefined;
  /** Requests that have come to this server. */
  requestCount: number;
  readonly legacy: LegacyState;
  readonly scalable: ScalableState;
  /** Requests that wait for a session to end, by its id. */
  readonly awaitingRoom: Map<string, number>;
  /** Processes that wait in WEB LEGACY CLOSE SESSION, by the id of the session that ends. */
  readonly awaitingClose: Map<string, number[]>;
  /** Values that the server gave out for DIGEST authentication. */
  readonly nonces: Set<string>;
  /** Assumptions that were told already. */
  readonly told: Set<string>;
  /** Some code has asked for it (`WEB Server`). */
  listed: boolean;
  /** Home pages set by `WEB SET HOME PAGE`, by process. */
  readonly homePages: Map<number, string>;
}

/** The session cookie of a response. */
export interface SessionCookie {
  readonly session: string;
  /** Value of the `Set-Cookie` header. */
  readonly text: string;
}
