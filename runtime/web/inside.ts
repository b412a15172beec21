/** Requests that a process of the simulated 4D sends to its own web server: it waits as plain data, and is woken with a response as a value. */
import type { Value } from '../values/value.js';
import type { HttpResponse } from './http.js';
import type { WebState } from './types.js';

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

/** The process waits no longer: what is answered is for nobody. */
export function forgetInside({ inside }: WebState, process: number): void {
  for (const [id, number] of inside) if (number === process) inside.delete(id);
}
