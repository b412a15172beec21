/** What conversations with the debugger have in common. */
import { join } from 'node:path';
import type { DebugProtocol as P } from '@vscode/debugprotocol';
import { methodPath, tutorial } from './adapter.js';
import type { Served } from './serving.js';
import type { Transcript } from './transcript.js';

export interface Row {
  readonly name: string;
  /** Methods of a project that is made for it. */
  readonly methods?: Readonly<Record<string, string>>;
  /** What the client says it can do; nvim-dap says what it says. */
  readonly can?: Partial<P.InitializeRequestArguments>;
  /** A `fourd serve` of the tutorial runs meanwhile. */
  readonly serves?: boolean;
  readonly talk: (on: Transcript, root: string, served?: Served) => Promise<void>;
}

export const lines = (...text: string[]): string => text.join('\n');
export const twice = lines('#DECLARE($n : Integer)->$r : Integer', '$r:=$n*2', 'vCalls:=vCalls+1');
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
export const logIn = { client: 'ana', method: 'POST', url: '/4DACTION/Web_logIn', headers: form, body: 'login=ana&code=4711' };
export const logOut = { client: 'ana', url: '/4DACTION/Web_logOut' };
const clock = { start: '2026-01-15T08:00:00', speed: 0 };
export const shop = { project: tutorial, records: join(tutorial, 'records.json'), clock };
export const shopMethod = (name: string): string => methodPath(tutorial, name);
export const main = (root: string) => ({ program: methodPath(root, 'Main') });

export const at =
  (on: Transcript, path: string, ...breakpoints: readonly (number | P.SourceBreakpoint)[]) =>
  (): Promise<unknown> =>
    on.ask('setBreakpoints', {
      source: { path },
      breakpoints: breakpoints.map((each) => (typeof each === 'number' ? { line: each } : each)),
    });

/** Goes on to the end of the run. */
export async function toTheEnd(on: Transcript, threadId: number): Promise<void> {
  await on.ask('continue', { threadId });
  await on.event('exited');
  await on.event('terminated');
}

export async function step(on: Transcript, threadId: number, ...requests: string[]): Promise<number> {
  let frameId = 0;
  for (const request of requests) {
    await on.ask(request, { threadId });
    ({ frameId } = await on.stopped());
  }
  return frameId;
}

export async function scope(on: Transcript, frameId: number, name: string): Promise<number> {
  const { scopes } = await on.quietly('scopes', { frameId });
  return scopes.find((each: P.Scope) => each.name === name).variablesReference;
}

export async function child(on: Transcript, variablesReference: number, name: string): Promise<P.Variable> {
  const { variables } = await on.quietly('variables', { variablesReference });
  return variables.find((each: P.Variable) => each.name === name);
}
