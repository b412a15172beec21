/** What the parts of a web server see of it and of each other. */

import type { Project } from '#syntaxes/project/project.types.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { MachineServices } from '../machine/types.js';
import type { LegacyStore } from '../sessions/legacyStore.js';
import type { ScalableStore } from '../sessions/scalableStore.js';
import type { CookieContext, LegacySession, WebOptions } from '../sessions/types.js';
import type { SessionEnd, Trace } from '../trace.js';
import type { Assumption } from './assumptions.js';
import type { AuthenticationKind } from './authentication.js';
import type { SimulatorChoices } from './choices.js';
import type { HttpHandler } from './handlers.js';
import type { HttpRequest, HttpResponse } from './http.js';
import type { WebRequest } from './request.js';
import type { RoutingContext } from './routing.js';
import type { SessionCookie, WebState } from './types.js';
import type { WebFolder } from './webFolder.js';

/** Key in `ProcessState.extra`: the component whose web server made the process. */
export const SERVER = 'web.server';

/** What a web server is made of. */
export interface WebServerParts {
  readonly project: Project;
  /** The component whose server it is; absent for the host's. */
  readonly component?: string;
  /** Numbers its requests where it is not the only server: what the trace tells of one is told by its number. */
  readonly numbers?: { nextRequest: number };
  readonly machine: MachineServices;
  readonly trace: Trace;
  readonly choices: SimulatorChoices;
  /** The web folder by its path relative to the project's root. */
  readonly folderAt: (relative: string) => WebFolder;
  readonly routing: Pick<RoutingContext, 'method'>;
  readonly roles: Roles;
  /** What `HTTPHandlers.json` says. */
  readonly handlers: readonly HttpHandler[];
  readonly authentication: AuthenticationKind;
  /** Some of the code of On Web Authentication gives a result; without one every request is accepted (facts: web-sessions §7). */
  readonly authenticationAnswers: boolean;
  readonly options: WebOptions;
  /** Frees what a process has of the records. */
  readonly releaseRecords: (process: number) => { readonly unlocked: number; readonly selections: number };
  /** Some work outside is under way: the machine does not run until it has settled. */
  readonly hold: (work: Promise<void>) => void;
  /** The machine has something to do. */
  readonly wake: () => void;
}

/** What `roles.json` says (facts: web-sessions §10): the privileges that each privilege includes, and those of each role. */
export interface Roles {
  readonly privileges: ReadonlyMap<string, readonly string[]>;
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

export interface ServerContext {
  readonly parts: WebServerParts;
  /** The web folder in use; another one counts from the next start. */
  readonly folder: WebFolder;
  readonly state: WebState;
  readonly legacy: LegacyStore;
  readonly scalable: ScalableStore;
  readonly now: number;
  /** Tells an assumption, the first time it matters. */
  assume(what: Assumption): void;
  cookieContext(secure: boolean): CookieContext;
  /** Name of the session cookie, whether set or default. */
  cookieName(): string;
  /** Values of the session cookie that a request sends. */
  cookieValues(request: WebRequest): readonly string[];
  /** Ends what has been idle for too long. */
  expire(): void;
  /** The last step of stopping, once nothing is under way. */
  stopWhenQuiet(): void;
  /** Gives a response its last headers and hands it to who asked. */
  answer(id: number, http: HttpRequest, arrived: number, response: HttpResponse, cookie?: SessionCookie): void;
  readonly pipeline: {
    /** A request whose session is gone begins again. */
    readmit(request: number): void;
  };
  readonly ends: {
    close(id: string, cause: SessionEnd): 'unknown' | 'idle' | 'busy';
    requestEnded(session: LegacySession): void;
    atStop(session: LegacySession): void;
  };
}

/** Reasons of the server's own error pages. */
export const reasons = {
  stopped: { en: 'The web server is not running.', es: 'El servidor web no está en marcha.' },
  address: {
    en: 'This session was opened from another IP address (option Web session enable IP address validation).',
    es: 'Esta sesión se abrió desde otra dirección IP (opción Web session enable IP address validation).',
  },
  busy: { en: 'All web processes are busy.', es: 'Todos los procesos web están ocupados.' },
  credentials: {
    en: 'The page asks for a user name and a password.',
    es: 'La página pide un nombre de usuario y una contraseña.',
  },
  refused: { en: 'On Web Authentication refused the request.', es: 'On Web Authentication ha rechazado la petición.' },
  ended: { en: 'The process of the request was ended.', es: 'Se terminó el proceso de la petición.' },
} satisfies Record<string, Bilingual>;
