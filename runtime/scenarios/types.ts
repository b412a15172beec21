/**
 * A scenario: requests of clients, time that passes, sessions that are closed, and what is expected of it. `scenario.schema.json` describes the
 * same for editors. The files are read with `readScenario`, played with `playScenario`.
 */
import type { RunningMode } from '../sessions/types.js';
import type { ClockReading } from '../simulator/clockReadings.js';
import type { SimulatorOptions, StandIn } from '../simulator/types.js';
import type { SimulatorChoices } from '../web/choices.js';

/** A text as one string, or as its lines. */
export type Text = string | readonly string[];

/** One thing for all session modes, or one for each. */
export type ByMode<T> = T | { readonly [mode in RunningMode]?: T };

export interface Scenario {
  readonly title: string;
  /** The project's folder, relative to the scenario; the project around the scenario when not given. */
  readonly project?: string;
  /** Modes to play it in, one after the other; `project` is what the settings say. */
  readonly modes?: readonly ('project' | RunningMode)[];
  readonly records?: SimulatorOptions['records'];
  /** Time at the start, 2026-01-15T08:30:00 when not given. It moves only by `advance`, and where everything waits. */
  readonly start?: string;
  readonly seed?: number;
  /** What a recorded run saw of the time; the clock shows the same at the same steps. */
  readonly clock?: readonly ClockReading[];
  readonly choices?: Partial<SimulatorChoices>;
  readonly standIns?: Readonly<Record<string, StandIn>>;
  /** Properties of the web server before it starts: `maxSessions`, `inactiveProcessTimeout` … */
  readonly options?: Readonly<Record<string, string | number | boolean>>;
  readonly steps: readonly Step[];
}

/** A request as a client sends it: its cookies are those that the answers before gave it. */
export interface ScenarioRequest {
  /** `browser` when not given. Each client has its own cookies. */
  readonly client?: string;
  readonly method?: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Text;
  /** The body in base64, where it is no text. */
  readonly bytes?: string;
  /** Address it comes from, 127.0.0.1 when not given. */
  readonly address?: string;
  readonly secure?: boolean;
  /** The component whose web server it goes to; to that of the project without it. */
  readonly server?: string;
  /** `keep` (default): takes and sends cookies; `refuse`: neither; `old`: sends again what it sent last, dead or not; else the header itself, `S1` being a session's ID. */
  readonly cookies?: string;
  /** It stands for a request of 4D Mobile: it runs beside the others of its session, in a process of its own (legacy sessions). */
  readonly mobile?: boolean;
  /** False: goes on while it runs; its expectations are looked at when the scenario ends. */
  readonly wait?: boolean;
  readonly expect?: ByMode<ResponseExpectation>;
}

export interface ResponseExpectation {
  readonly status?: number;
  /** By name, in any case; null: must not be there. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** The whole body. */
  readonly body?: Text;
  readonly contains?: string | readonly string[];
  readonly lacks?: string | readonly string[];
  /** Text of `Set-Cookie` of the session's cookie with `S1` for the ID; null: none is set. */
  readonly cookie?: string | null;
}

export type Action =
  | { readonly request: ScenarioRequest }
  /** Sent at the same moment, in this order. */
  | { readonly together: readonly ScenarioRequest[] }
  /** `8h`, `1d 30min`, or milliseconds. */
  | { readonly advance: string | number }
  /** The clock moves on to a moment, `2026-01-15T16:30:00`, unless it is later already. */
  | { readonly until: string }
  /** What WEB LEGACY CLOSE SESSION does, called by the host: `S1`, a client's name, or an ID. `closed`: whether there was one to close. */
  | { readonly close: string; readonly closed?: ByMode<boolean> }
  /** A project method in a process that is no web process. */
  | { readonly run: string; readonly args?: readonly unknown[]; readonly result?: ByMode<unknown>; readonly error?: ByMode<string> }
  /** Options by selector number or property, as WEB SET OPTION and WEB Server set them. */
  | { readonly set: Readonly<Record<string, string | number | boolean>> }
  | { readonly server: 'stop' | 'start' | 'restart' };

export type Step = Action & {
  readonly comment?: string;
  /** Only in these modes. */
  readonly in?: readonly RunningMode[];
  /** All that happens, line by line (see `transcript.ts`). */
  readonly trace?: ByMode<readonly string[]>;
  /** Lines that happen, in this order, others between them or not. */
  readonly happens?: ByMode<readonly string[]>;
  /** Beginnings of lines that must not happen. */
  readonly never?: ByMode<readonly string[]>;
  /** Number of sessions afterwards. */
  readonly sessions?: ByMode<number>;
};
