/**
 * Requests that a process of the simulated 4D sends to its own web server: it waits as plain data and is woken with a response as a value, or goes
 * on and finds the response in what it left behind.
 */
import type { Callable, MachineServices } from '../machine/types.js';
import type { Value } from '../values/value.js';
import type { HttpResponse } from './http.js';

/** A request that nobody has to wait for. Plain data. */
export interface Asker {
  /** The process that sent it. */
  readonly process: number;
  /** The response, once it is there. */
  response: HttpResponse | undefined;
  /** What its process is to run then, when it is a worker without work. */
  readonly onResponse: { readonly code: Callable; readonly args: readonly Value[] } | undefined;
}

/** Key in `ProcessState.extra`: the asker whose response the process waits for. */
export const AWAITED = 'web.awaited';

/** Who asked gets the response. */
export function giveResponse(asker: number | Asker, response: HttpResponse, machine: MachineServices): void {
  const process = machine.state.processes.get(typeof asker === 'number' ? asker : asker.process);
  if (typeof asker !== 'number') asker.response = response;
  if (!process) return;
  if (typeof asker === 'number') machine.wake(process, valueOfResponse(response));
  else if (process.extra.get(AWAITED) === asker) machine.wake(process);
  else if (process.kind === 'worker' && asker.onResponse) machine.call(process, asker.onResponse.code, asker.onResponse.args);
}

/** Status, headers and body as a value that a process is woken with. */
export function valueOfResponse({ status, headers, body }: HttpResponse): Value {
  const pairs = headers.map((pair): Value => ({ t: 'collection', items: [...pair] }));
  return {
    t: 'object',
    properties: new Map<string, Value>([
      ['status', status],
      ['headers', { t: 'collection', items: pairs }],
      ['body', { t: 'blob', bytes: body }],
    ]),
  };
}

/** The response in such a value; undefined when it is none: the process was woken by its timeout. */
export function responseOfValue(value: Value): HttpResponse | undefined {
  if (typeof value !== 'object' || value?.t !== 'object') return undefined;
  const { properties } = value;
  const [status, headers, body] = [properties.get('status'), properties.get('headers'), properties.get('body')];
  if (typeof status !== 'number' || typeof headers !== 'object' || headers?.t !== 'collection') return undefined;
  if (typeof body !== 'object' || body?.t !== 'blob') return undefined;
  const pairs = headers.items.flatMap((item): [string, string][] =>
    typeof item === 'object' && item?.t === 'collection' ? [[String(item.items[0]), String(item.items[1])]] : [],
  );
  return { status, headers: pairs, body: body.bytes };
}

/** Whoever asked waits no longer: what is answered is for nobody. */
export function forgetInside({ inside }: { readonly inside: Map<number, number | Asker> }, asker: number | Asker): void {
  for (const [id, each] of inside) if (each === asker) inside.delete(id);
}
