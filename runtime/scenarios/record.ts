import type { RunningMode } from '../sessions/types.js';
import type { ClockReading } from '../simulator/clockReadings.js';
import type { HttpRequest, HttpResponse } from '../web/http.js';
import type { Transcript } from './transcript.js';
import type { ResponseExpectation, Scenario, ScenarioRequest, Step } from './types.js';

/** What a recording is made of: a simulator. */
interface Recorded {
  handle(request: HttpRequest, waits: boolean, taken: () => void): Promise<HttpResponse>;
  now(): number;
  readings(): readonly ClockReading[];
}

/** Bodies beyond this are left out of a recording. */
const longestBody = 20_000;

/**
 * Stands before a simulator and writes down what is asked and answered, as a scenario that plays the same again: with the same seed, at the
 * same moments of its clock.
 */
export class Recorder {
  /** `at` and `answered` are moments of the simulator's clock. */
  private readonly steps: { readonly at: number; answered: number; readonly request: Mutable<ScenarioRequest> }[] = [];
  private readonly began: number;
  /** The request before has not been answered yet. */
  private open = 0;

  constructor(
    private readonly simulator: Recorded,
    private readonly transcript: Transcript,
  ) {
    this.began = simulator.now();
  }

  async handle(request: HttpRequest): Promise<HttpResponse> {
    let step: (typeof this.steps)[number] | undefined;
    const response = await this.simulator.handle(request, true, () => {
      step = this.takenNow(request);
    });
    this.open--;
    step!.answered = this.simulator.now();
    step!.request.expect = this.expectationOf(response);
    return response;
  }

  private takenNow(request: HttpRequest): (typeof this.steps)[number] {
    const at = this.simulator.now();
    const step = { at, answered: at, request: this.requestOf(request) };
    this.steps.push(step);
    const alone = this.open === 0;
    // Another request comes while one is under way: neither may be waited for when it is played.
    if (!alone) for (const each of this.steps) if (each.request.wait === undefined && !each.request.expect) each.request.wait = false;
    this.open++;
    return step;
  }

  /** Another text whenever there is more to write down. */
  get progress(): string {
    return `${this.steps.length} ${this.open}`;
  }

  /** All of it as a scenario. */
  scenario(of: { readonly project: string; readonly mode: RunningMode; readonly seed: number; readonly records?: string }): Scenario {
    const steps: Step[] = [];
    const clock = this.simulator.readings();
    let now = this.began;
    for (const { at, answered, request } of this.steps) {
      // The readings of the clock move it as well: where it is to stand then does not follow from where it stood before.
      if (at > now) steps.push(clock.length ? { until: new Date(at).toISOString() } : { advance: at - now });
      // While a request is waited for, the clock of the scenario moves on by itself; one that goes by the host's has moved on since.
      now = Math.max(now, request.wait === false || clock.length ? at : answered);
      // One that has no answer yet may never get one.
      steps.push({ request: request.expect ? request : { ...request, wait: false } });
    }
    const start = new Date(this.began).toISOString();
    const title = `Recorded ${start.slice(0, 19).replace('T', ' ')}`;
    return {
      title,
      project: of.project,
      modes: [of.mode],
      ...(of.records !== undefined && { records: of.records }),
      start,
      seed: of.seed,
      ...(clock.length && { clock }),
      steps,
    };
  }

  private requestOf(request: HttpRequest): Mutable<ScenarioRequest> {
    const headers: Record<string, string> = {};
    let cookies: string | undefined;
    for (const [name, value] of request.headers) {
      if (name.toLowerCase() === 'cookie') cookies = this.transcript.withNames(cookies === undefined ? value : `${cookies}; ${value}`);
      else headers[name] = value;
    }
    return {
      ...(request.client !== undefined && { client: request.client }),
      ...(request.server !== undefined && { server: request.server }),
      method: request.method,
      url: this.transcript.withNames(request.target),
      headers,
      cookies: cookies ?? 'refuse',
      ...(request.body.length && bodyOf(request.body)),
      ...(request.remoteAddress !== '127.0.0.1' && { address: request.remoteAddress }),
    };
  }

  private expectationOf(response: HttpResponse): ResponseExpectation {
    const header = (name: string) => response.headers.find(([each]) => each.toLowerCase() === name)?.[1];
    const location = header('location');
    const text = /^(text\/|application\/json)/i.test(header('content-type') ?? '') && header('content-encoding') === undefined;
    const body = text && response.body.length <= longestBody ? new TextDecoder().decode(response.body) : undefined;
    return {
      status: response.status,
      ...(location !== undefined && { headers: { Location: this.transcript.withNames(location) } }),
      ...(body !== undefined && { body: this.transcript.withNames(body) }),
    };
  }
}

/** A body as text, in base64 where it is none. */
function bodyOf(bytes: Uint8Array): Pick<ScenarioRequest, 'body' | 'bytes'> {
  try {
    return { body: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { bytes: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) };
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
