/** What the simulator takes and shows: for the debugger, `fourd serve`, `fourd run`, scenario tests and the session explorer. */
import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import type { Project } from '#syntaxes/project/project.types.js';
import type { SessionMode } from '#syntaxes/project/types.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { HostGuards, HostKeys, RandomSource } from '../edges.js';
import type { Machine } from '../machine/machine.js';
import type { Place } from '../machine/types.js';
import type { RunningMode } from '../sessions/types.js';
import type { TraceEvent } from '../trace.js';
import type { Value } from '../values/value.js';
import type { SimulatorChoices } from '../web/choices.js';
import type { HttpRequest, HttpResponse } from '../web/http.js';
import type { ClockReading } from './clockReadings.js';

export interface SimulatorOptions {
  readonly files: FileSystem;
  /** Folder that holds `Project`, as the file system names it. */
  readonly root: string;
  /** `project` (default): what the settings say. An unknown mode runs as scalable, 4D's own default, and says so. */
  readonly mode?: 'project' | RunningMode;
  /** Records to begin with: table name → rows by field name, or the path of such a JSON file, relative to the root or absolute. */
  readonly records?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> | string;
  readonly clock?: {
    /** Virtual time at the start: milliseconds since 1970 or ISO text. Default: the host's time. */
    readonly start?: number | string;
    /** Virtual milliseconds that pass in one real one. 0: time moves only by `advance`, and where all that runs only waits. */
    readonly speed?: number;
    /** What a recorded run saw of the time: the clock shows the same at the same steps. For a speed of 0. */
    readonly readings?: readonly ClockReading[];
    /** Notes what this run sees of the time, for `Simulator.readings`. */
    readonly record?: boolean;
  };
  /** Makes everything random repeatable, session ids included. Without it ids come from a cryptographic source. */
  readonly seed?: number;
  /** Stand-ins for what is not modelled, by command name: a fixed value, or a project method that is called with the arguments. */
  readonly standIns?: Readonly<Record<string, StandIn>>;
  readonly trace?: (event: TraceEvent) => void;
  readonly choices?: Partial<SimulatorChoices>;
  readonly host?: Partial<HostEdges>;
}

export type StandIn = { readonly value: unknown } | { readonly method: string };

/** The world outside, so that the simulator itself has no clock, timer or random source. */
export interface HostEdges extends HostGuards {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back after some real milliseconds; gives what cancels it. */
  timer(milliseconds: number, callback: () => void): () => void;
  /** Gives way to the host's other work (sockets, the debugger's client). */
  breathe(): Promise<void>;
  random: RandomSource;
  /** Left out where the host has none. */
  keys?: HostKeys;
}

export interface SessionView {
  readonly id: string;
  readonly mode: 'legacy' | 'scalable';
  readonly state: 'active' | 'idle' | 'closing';
  /** Its process, legacy only. */
  readonly process?: number;
  readonly address: string;
  /** Virtual milliseconds since 1970, as all times here. */
  readonly opened: number;
  readonly lastRequest: number;
  readonly requests: number;
  readonly cookieExpires: number;
  /** When it ends if nothing comes: the process timeout (legacy), the idle timeout (scalable). */
  readonly ends: number;
  readonly userName?: string;
  readonly privileges?: readonly string[];
}

export interface ProcessView {
  readonly number: number;
  readonly name: string;
  readonly kind: 'main' | 'web' | 'user' | 'worker';
  readonly status: 'ready' | 'idle' | 'waiting' | 'stopped' | 'ended';
  readonly session?: string;
  readonly request?: number;
}

/** How a method that the host ran came to its end. */
export type RunResult =
  | { readonly value: Value }
  /** `error` is the message in English; `messages` has it in both languages, `place` where it happened. */
  | { readonly error: string; readonly messages: Bilingual; readonly place?: Place };

/** The session mode that the simulator starts with, and why. */
export interface ModeView {
  readonly mode: RunningMode;
  readonly declared: SessionMode;
  readonly forced: boolean;
}

/**
 * One simulated 4D with one project: machine, records, sessions and web server. `class Simulator` (`simulator.ts`) implements it;
 * `Simulator.create(options)` opens the project. Nothing runs until `start`.
 */
export interface SimulatorApi {
  /** The project as opened. */
  readonly project: Project;
  /** The machine underneath, for the debugger: hooks, frames, evaluation. */
  readonly machine: Machine<unknown>;
  readonly mode: ModeView;
  /** Runs On Startup to its end, then starts the web server and takes requests. `url` is only told in the trace. */
  start(url?: string): Promise<void>;
  /**
   * Plays one HTTP request; the promise settles with its response. Never rejects: what goes wrong is a 4xx or 5xx.
   * Any number may be under way; one whose process is stopped at a breakpoint stays open while the others go on.
   */
  handle(request: HttpRequest): Promise<HttpResponse>;
  /** Moves virtual time on, stopping at each moment where something is due (timeouts, delayed processes), and settles when all of it ran. */
  advance(milliseconds: number): Promise<void>;
  /** Virtual milliseconds since 1970. */
  now(): number;
  /** Copies everything that changes (machine, records, sessions, files written, clock, random numbers); opaque. For step back. */
  snapshot(): object;
  /** Puts a snapshot of this simulator back, as often as one likes. Processes are other objects afterwards; requests that came since get 503. */
  restore(snapshot: object): void;
  sessions(): SessionView[];
  processes(): ProcessView[];
  /** What WEB LEGACY CLOSE SESSION does when the host calls it: settles when the close method has run. False when it changes nothing. */
  closeSession(id: string): Promise<boolean>;
  /** Runs one project method in a new process and gives its result, or the error that ended it. */
  run(method: string, args?: readonly Value[]): Promise<RunResult>;
  /** Settles when nothing can run: all processes ended, idle, waiting or stopped. */
  settled(): Promise<void>;
  /** To be called when the debugger let a process go on: the run loop starts again. */
  resume(): void;
  /** Stops the web server, runs On Exit to its end, ends all processes. Requests still open are answered with 503. */
  stop(): Promise<void>;
}
