import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { plainToValue } from '../records/fixtures.js';
import type { RunningMode } from '../sessions/types.js';
import { momentOf } from '../simulator/clock.js';
import { milliseconds } from '../simulator/duration.js';
import type { SimulatorOptions } from '../simulator/types.js';
import { Simulator } from '../simulator.js';
import type { TraceEvent } from '../trace.js';
import { stringify } from '../values/json.js';
import type { HttpResponse } from '../web/http.js';
import { setOption, setProperty } from '../web/settings.js';
import { ScenarioClient, textOf } from './client.js';
import { Transcript } from './transcript.js';
import type { ByMode, ResponseExpectation, Scenario, ScenarioRequest, Step } from './types.js';

/** What was expected and did not come. `step` counts from 1; 0 is the start, one more than the last is the end. */
export interface Failure {
  readonly step: number;
  readonly message: Bilingual;
  /** What was not met, as names and numbers inside the step: `['request', 'expect', 'status']`. */
  readonly at?: Path;
  /** What was expected and what came, where the two can be laid side by side. */
  readonly expected?: string;
  readonly found?: string;
}

type Path = readonly (string | number)[];

export interface Played {
  readonly mode: RunningMode;
  readonly failures: readonly Failure[];
  /** The lines of each step, the start's first and the end's last. */
  readonly transcript: readonly (readonly string[])[];
}

/** Plays a scenario in one session mode. `root`: the project's folder; `hears` is told every event. Rejects only when the project cannot be read at all. */
export async function playScenario(
  scenario: Scenario,
  files: FileSystem,
  root: string,
  mode: 'project' | RunningMode,
  hears?: (event: TraceEvent) => void,
): Promise<Played> {
  const transcript = new Transcript();
  const simulator = await Simulator.create({
    ...simulatorFor(scenario),
    files,
    root,
    mode,
    trace: (event) => {
      transcript.take(event);
      hears?.(event);
    },
  });
  const play = new ScenarioPlay(simulator, transcript);
  play.prepare(scenario);
  await simulator.start();
  await play.steps(scenario.steps);
  await simulator.stop();
  return play.end();
}

/** What a scenario says of the simulator it is played on. */
export function simulatorFor(scenario: Scenario): Pick<SimulatorOptions, 'records' | 'clock' | 'seed' | 'standIns' | 'choices'> {
  return {
    // Written on Windows, played anywhere.
    records: typeof scenario.records === 'string' ? scenario.records.replaceAll('\\', '/') : scenario.records,
    clock: { start: scenario.start ?? '2026-01-15T08:30:00', speed: 0, ...(scenario.clock && { readings: scenario.clock }) },
    seed: scenario.seed ?? 1,
    standIns: scenario.standIns,
    choices: scenario.choices,
  };
}

/** How whoever plays waits: until nothing can run any more, and whether to go on at all. */
export interface Pace {
  readonly settled: () => Promise<void>;
  readonly goesOn: () => boolean;
}

/**
 * A scenario under way on a simulator that somebody else starts and stops; `transcript` must get the simulator's events from its beginning on.
 * First `prepare`, before the simulator starts, where the scenario has options; then `steps`, then `end`.
 */
export class ScenarioPlay {
  private readonly failures: Failure[] = [];
  private readonly done: string[][] = [];
  private readonly clients = new Map<string, ScenarioClient>();
  private readonly open: Promise<void>[] = [];
  private lines: string[] = [];

  constructor(
    private readonly simulator: Simulator,
    private readonly transcript: Transcript,
    private readonly pace: Pace = { settled: () => simulator.settled(), goesOn: () => true },
  ) {}

  /** The web server's properties of the scenario. */
  prepare({ options }: Scenario): void {
    for (const [name, value] of Object.entries(options ?? {})) this.set(name, value);
  }

  /** All steps, one after the other. */
  async steps(steps: readonly Step[]): Promise<void> {
    await this.pace.settled();
    this.stepOver();
    for (const step of steps) {
      if (!this.pace.goesOn()) return;
      if (!step.in || step.in.includes(this.simulator.mode.mode)) await this.step(step);
      this.stepOver();
    }
  }

  /** What came of it, once the requests that nobody waited for have been answered. */
  async end(): Promise<Played> {
    await Promise.all(this.open);
    this.stepOver();
    return { mode: this.simulator.mode.mode, failures: this.failures, transcript: this.done };
  }

  /** Name of the client that holds this value in the cookie of this name. */
  clientWith(cookie: string, value: string): string | undefined {
    for (const [name, client] of this.clients) if (client.cookieValue(cookie) === value) return name;
    return undefined;
  }

  private stepOver(): void {
    this.done.push([...this.lines, ...this.transcript.drain()]);
    this.lines = [];
  }

  private async step(step: Step): Promise<void> {
    await this.act(step);
    await this.pace.settled();
    this.lines.push(...this.transcript.drain());
    const trace = this.mine(step.trace);
    if (trace) this.compareLines(trace, this.lines, ['trace']);
    this.findInOrder(this.mine(step.happens) ?? [], this.lines, ['happens']);
    for (const beginning of this.mine(step.never) ?? []) {
      const found = this.lines.find((line) => line.startsWith(beginning));
      if (found !== undefined) this.fail(['never'], `“${found}” happened, which must not.`, `«${found}» ha ocurrido y no debía.`);
    }
    const sessions = this.mine(step.sessions);
    if (sessions !== undefined) this.equal(['sessions'], sessions, this.simulator.sessions().length);
  }

  private async act(step: Step): Promise<void> {
    if ('request' in step) await this.send(step.request, ['request']);
    else if ('together' in step) await Promise.all(step.together.map((request, index) => this.send(request, ['together', index])));
    else if ('advance' in step) await this.simulator.advance(milliseconds(step.advance) ?? 0);
    else if ('until' in step) await this.simulator.advance((momentOf(step.until) ?? 0) - this.simulator.now());
    else if ('close' in step) await this.close(step.close, this.mine(step.closed));
    else if ('run' in step) await this.run(step);
    else if ('set' in step) for (const [name, value] of Object.entries(step.set)) this.set(name, value);
    else {
      if (step.server !== 'start') this.simulator.web.stop();
      await this.pace.settled();
      if (step.server !== 'stop') this.simulator.web.start();
    }
  }

  // ---- requests

  private async send(asked: ScenarioRequest, at: Path): Promise<void> {
    const step = this.done.length;
    const name = asked.client ?? 'browser';
    let client = this.clients.get(name);
    if (!client) {
      client = new ScenarioClient(name);
      this.clients.set(name, client);
    }
    const request = client.request(asked, this.simulator.now(), (text) => this.transcript.withIds(text));
    const answered = this.simulator.handle(request, asked.wait !== false).then((response) => {
      const cookies = response.headers.filter(([header]) => header.toLowerCase() === 'set-cookie').map(([, value]) => value);
      client.take(asked, cookies, this.simulator.now());
      const expected = this.mine(asked.expect);
      if (expected) this.compareResponse(expected, response, cookies, { step, at: [...at, 'expect'] });
    });
    if (asked.wait !== false) await answered;
    else {
      this.open.push(answered);
      await this.pace.settled();
    }
  }

  private compareResponse(
    expected: ResponseExpectation,
    response: HttpResponse,
    cookies: readonly string[],
    { step, at }: { readonly step: number; readonly at: Path },
  ): void {
    const body = this.transcript.withNames(new TextDecoder().decode(response.body));
    const equal = (name: string, wanted: unknown, found: unknown): void => this.equal([...at, name], wanted, found, step);
    if (expected.status !== undefined) equal('status', expected.status, response.status);
    for (const [name, wanted] of Object.entries(expected.headers ?? {})) {
      const found = response.headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
      this.equal([...at, 'headers', name], wanted, found.length ? this.transcript.withNames(found.join(', ')) : null, step);
    }
    if (expected.body !== undefined) equal('body', textOf(expected.body), body);
    for (const wanted of listOf(expected.contains)) {
      if (body.includes(wanted)) continue;
      this.fail([...at, 'contains'], `The body lacks “${wanted}”: ${short(body)}`, `Al cuerpo le falta «${wanted}»: ${short(body)}`, {
        step,
        expected: wanted,
        found: body,
      });
    }
    for (const unwanted of listOf(expected.lacks)) {
      if (!body.includes(unwanted)) continue;
      const [en, es] = [`The body holds “${unwanted}”: ${short(body)}`, `El cuerpo contiene «${unwanted}»: ${short(body)}`];
      this.fail([...at, 'lacks'], en, es, { step });
    }
    if (expected.cookie !== undefined) {
      const own = cookies.find((cookie) => cookie.startsWith(`${this.simulator.web.cookieName()}=`));
      equal('cookie', expected.cookie, own === undefined ? null : this.transcript.withNames(own));
    }
  }

  // ---- the other steps

  private async close(who: string, expected: boolean | undefined): Promise<void> {
    const cookie = this.clients.get(who)?.cookieValue(this.simulator.web.cookieName());
    const closed = await this.simulator.closeSession(cookie ?? this.transcript.idOf(who) ?? who);
    if (expected !== undefined) this.equal(['closed'], expected, closed);
  }

  private async run(step: Extract<Step, { run: string }>): Promise<void> {
    const args = (step.args ?? []).map((each) => plainToValue(typeof each === 'string' ? this.transcript.withIds(each) : each));
    const outcome = await this.simulator.run(step.run, args);
    if (step.result !== undefined) {
      const result = 'value' in outcome ? JSON.parse(stringify(outcome.value === undefined ? null : outcome.value)) : outcome;
      this.equal(['result'], this.mine(step.result as ByMode<unknown>), result);
    }
    const error = this.mine(step.error);
    const message = 'error' in outcome ? outcome.error : '';
    if (error !== undefined ? !message.includes(error) || !message : message && step.result === undefined) {
      this.fail(
        [error === undefined ? 'run' : 'error'],
        `${step.run}: ${message || 'no error'}`,
        `${step.run}: ${message || 'ningún error'}`,
      );
    }
  }

  /** An option by its selector's number, or a property by its name. */
  private set(name: string, value: string | number | boolean): void {
    const number = /^\d+$/.test(name) ? Number(name) : undefined;
    const problem =
      number === undefined ? setProperty(this.simulator.web, name, value) : setOption(this.simulator.web, number, plainToValue(value));
    if (problem) this.fail(['set', name], problem.what.en.replace('{0}', problem.value), problem.what.es.replace('{0}', problem.value));
  }

  // ---- comparing

  private mine<T>(expected: ByMode<T> | undefined): T | undefined {
    if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return expected as T | undefined;
    const keys = Object.keys(expected);
    const byMode = keys.length > 0 && keys.every((key) => key === 'legacy' || key === 'scalable' || key === 'none');
    return byMode ? (expected as { [mode in RunningMode]?: T })[this.simulator.mode.mode] : (expected as T);
  }

  private compareLines(expected: readonly string[], lines: readonly string[], where: Path): void {
    const at = Array.from({ length: Math.max(expected.length, lines.length) }, (_, i) => i).find((i) => expected[i] !== lines[i]);
    if (at === undefined) return;
    const all = lines.map((line) => `\n      ${line}`).join('');
    this.fail(
      [...where, at],
      `Line ${at + 1} of the trace is “${lines[at] ?? '—'}”, not “${expected[at] ?? '—'}”. What happened:${all}`,
      `La línea ${at + 1} de la traza es «${lines[at] ?? '—'}», no «${expected[at] ?? '—'}». Lo que ha ocurrido:${all}`,
      { expected: expected.join('\n'), found: lines.join('\n') },
    );
  }

  private findInOrder(expected: readonly string[], lines: readonly string[], where: Path): void {
    let from = 0;
    for (const [index, wanted] of expected.entries()) {
      const at = lines.indexOf(wanted, from);
      if (at < 0) {
        const all = lines.map((line) => `\n      ${line}`).join('');
        this.fail(
          [...where, index],
          `“${wanted}” did not happen there. What happened:${all}`,
          `«${wanted}» no ha ocurrido ahí. Lo que ha ocurrido:${all}`,
          { expected: wanted, found: lines.join('\n') },
        );
        return;
      }
      from = at + 1;
    }
  }

  /** `at` ends with the name of what is compared. */
  private equal(at: Path, expected: unknown, found: unknown, step?: number): void {
    const [wanted, got] = [JSON.stringify(expected), JSON.stringify(found)];
    if (wanted === got) return;
    const what = at.at(-1);
    const plain = (value: unknown, json: string | undefined): string => (typeof value === 'string' ? value : String(json));
    const sides = { step, expected: plain(expected, wanted), found: plain(found, got) };
    this.fail(at, `${what} is ${short(got)}, not ${short(wanted)}`, `${what} es ${short(got)}, no ${short(wanted)}`, sides);
  }

  private fail(at: Path, en: string, es: string, { step = this.done.length, ...sides }: Partial<Failure> = {}): void {
    this.failures.push({ step, at, message: { en, es }, ...sides });
  }
}

function listOf(texts: string | readonly string[] | undefined): readonly string[] {
  return texts === undefined ? [] : typeof texts === 'string' ? [texts] : texts;
}

function short(text: string | undefined): string {
  return text === undefined ? '—' : text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
