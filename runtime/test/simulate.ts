/** Simulators for tests: small projects in memory, a clock that stands still, repeatable ids. */
import { memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';
import { Transcript } from '../scenarios/transcript.js';
import type { SimulatorOptions } from '../simulator/types.js';
import { Simulator } from '../simulator.js';
import type { HttpRequest, HttpResponse } from '../web/http.js';

export const published = '//%attributes = {"publishedWeb":true}\n';

/** A simulator under test and what it says. */
export interface Simulated {
  readonly simulator: Simulator;
  readonly transcript: Transcript;
  /** Plays a request from nothing but its address and what differs from a plain GET. */
  get(target: string, more?: Partial<HttpRequest>): Promise<HttpResponse>;
}

/** A project of methods by name (published ones begin with {@link published}), database methods by file name, and other files by path; started. */
export async function simulate(
  code: {
    readonly methods?: Readonly<Record<string, string>>;
    readonly database?: Readonly<Record<string, string>>;
    readonly classes?: Readonly<Record<string, string>>;
    readonly files?: Readonly<Record<string, string>>;
  },
  options: Partial<SimulatorOptions> = {},
): Promise<Simulated> {
  const files: Record<string, string> = { '/p/Project/Test.4DProject': '{"tokenizedText": false}' };
  const put = (folder: string, sources: Readonly<Record<string, string>> = {}): void => {
    for (const [name, text] of Object.entries(sources)) files[`/p/Project/Sources/${folder}/${name}.4dm`] = text;
  };
  put('Methods', code.methods);
  put('DatabaseMethods', code.database);
  put('Classes', code.classes);
  for (const [path, text] of Object.entries(code.files ?? {})) files[`/p/${path}`] = text;
  const transcript = new Transcript();
  const simulator = await Simulator.create({
    files: memoryFileSystem(files),
    root: '/p',
    clock: { start: '2026-01-15T08:30:00', speed: 0 },
    seed: 1,
    ...options,
    trace: (event) => {
      transcript.take(event);
      options.trace?.(event);
    },
  });
  await simulator.start();
  transcript.drain();
  return { simulator, transcript, get: (target, more) => simulator.handle(request(target, more)) };
}

/** A plain GET. */
export function request(target: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    target,
    headers: [['Host', '127.0.0.1']],
    body: new Uint8Array(),
    remoteAddress: '127.0.0.1',
    localAddress: '127.0.0.1',
    secure: false,
    ...more,
  };
}

/** A header's value, in any case of its name. */
export function header(response: HttpResponse, name: string): string | undefined {
  return response.headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}

export function text(response: HttpResponse): string {
  return new TextDecoder().decode(response.body);
}
