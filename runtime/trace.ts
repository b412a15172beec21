import type { Bilingual } from '#syntaxes/text/bilingual.js';

/**
 * What the simulator tells about itself: one event for each thing that happens, in order, with the simulator's own time.
 * `fourd serve --trace`, the debug console, the session explorer and the tests all read these.
 */
export type TraceEvent = {
  readonly at: number;
  /** The component whose web server tells it; absent for the host's. */
  readonly server?: string;
} & (
  | { readonly kind: 'server-started'; readonly url: string; readonly mode: string }
  | { readonly kind: 'server-stopped' }
  /** The web server of a component can be reached; that of the host always can. */
  | { readonly kind: 'server-listens'; readonly url: string }
  | {
      readonly kind: 'request';
      readonly id: number;
      readonly client: string;
      readonly method: string;
      readonly url: string;
      readonly session?: string;
    }
  | {
      readonly kind: 'response';
      readonly id: number;
      readonly status: number;
      readonly milliseconds: number;
      readonly setCookie: readonly string[];
    }
  | {
      readonly kind: 'session-opened';
      readonly session: string;
      readonly mode: 'legacy' | 'scalable';
      readonly process?: number;
      readonly why: string;
    }
  | {
      readonly kind: 'session-closing';
      readonly session: string;
      readonly cause: SessionEnd;
      /** The call of WEB LEGACY CLOSE SESSION, where one did it. */
      readonly file?: string;
      readonly line?: number;
    }
  | {
      readonly kind: 'session-closed';
      readonly session: string;
      readonly cause: SessionEnd;
      readonly variables: number;
      readonly unlocked: number;
      readonly selections: number;
    }
  | {
      readonly kind: 'close-ignored';
      readonly session: string;
      readonly why: 'scalable' | 'none' | 'unknown-id' | 'server-stopped';
      readonly file?: string;
      readonly line?: number;
    }
  /** WEB SEND FILE found no such file in the web folder. */
  | { readonly kind: 'file-missing'; readonly process: number; readonly path: string }
  | { readonly kind: 'cookie'; readonly session: string; readonly header: string }
  | { readonly kind: 'process-started'; readonly process: number; readonly name: string }
  | { readonly kind: 'process-ended'; readonly process: number; readonly name: string }
  | { readonly kind: 'method'; readonly process: number; readonly name: string; readonly why: string }
  | { readonly kind: 'record-locked' | 'record-unlocked'; readonly process: number; readonly table: string; readonly record: number }
  | ({ readonly kind: 'error' } & ErrorTold)
  /** Taken by Try or by the method of ON ERR CALL. */
  | ({ readonly kind: 'error-handled' } & ErrorTold)
  | { readonly kind: 'output'; readonly process: number; readonly text: string }
  /** Something that was given to the simulator and cannot be taken: records, stand-ins, the start of the clock. */
  | { readonly kind: 'problem'; readonly message: Bilingual }
  | { readonly kind: 'assumption'; readonly what: string }
  | { readonly kind: 'clock'; readonly now: number }
);

interface ErrorTold {
  readonly process: number;
  /** In English; `messages` has both languages. */
  readonly message: string;
  readonly messages?: Bilingual;
  readonly file?: string;
  readonly line?: number;
}

/** Why a session ended (facts: `web-sessions`, section 6.7). */
export type SessionEnd = 'command' | 'process-timeout' | 'idle-timeout' | 'max-sessions' | 'server-stopped' | 'aborted';

/** A trace event before its time is put in. */
export type TraceBody = TraceEvent extends infer E ? (E extends TraceEvent ? Omit<E, 'at'> : never) : never;
export type Trace = (event: TraceBody) => void;
