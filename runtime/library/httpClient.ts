/**
 * Theme HTTP (facts: 4D theme page `HTTP`), as far as a 4D asks itself: a request to the simulated web server's own address runs in the same
 * simulator while the process that asks waits. There is no network: any other address is an error that names a stand-in as the way out.
 */
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { NativeCall, NativeResult } from '../machine/types.js';
import { toBase64 } from '../values/bytes.js';
import { parseJson, stringify } from '../values/json.js';
import type { ArrayValue, Value } from '../values/value.js';
import type { WebHost } from '../web/host.js';
import type { HttpRequest, HttpResponse } from '../web/http.js';
import { forgetInside, responseOfValue } from '../web/inside.js';
import { headerOf } from '../web/request.js';
import { getProperty } from '../web/settings.js';
import type { WebServer } from '../web/webServer.js';
import { blob, blobObject, bytesOf } from './blobs.js';
import { notModelled, raise } from './errors.js';
import type { LibraryHost } from './host.js';
import { decodeText } from './text.js';
import { Theme } from './theme.js';
import { fill } from './webRequest.js';

export const httpClient = new Theme<WebHost & LibraryHost>('HTTP');

export type Call = NativeCall<WebHost & LibraryHost>;

export const UNREACHABLE = 30;
export const TIMED_OUT = 17;

/** `{0}` is the command, `{1}` the address. */
export const texts = {
  unreachable: {
    en: '{0}: the web server is not running, so nothing answers {1}.',
    es: '{0}: el servidor web no está en marcha, así que nada responde a {1}.',
  },
  late: {
    en: '{0}: {1} has not answered in time (HTTP timeout).',
    es: '{0}: {1} no ha respondido a tiempo (HTTP timeout).',
  },
} satisfies Record<string, Bilingual>;

/** Options of HTTP SET OPTION by number, with their defaults: timeout in seconds, redirects followed, at most so many. */
const TIMEOUT = 1;
const FOLLOW_REDIRECT = 2;
const MAX_REDIRECT = 3;
const RESET_AUTHENTICATION = 5;
const defaults: Readonly<Record<number, number>> = { [TIMEOUT]: 120, [FOLLOW_REDIRECT]: 1, [MAX_REDIRECT]: 2 };

const optionKey = (option: number): string => `http option ${option}`;
function optionOf(call: Call, option: number): number {
  const set = call.process.extra.get(optionKey(option));
  return typeof set === 'number' ? set : (defaults[option] ?? 0);
}
httpClient.command(1160, 'HTTP SET OPTION', (call) => {
  call.process.extra.set(optionKey(call.integer(0)), call.integer(1));
  return undefined;
});
httpClient.command(1159, 'HTTP GET OPTION', (call) => {
  call.set(1, optionOf(call, call.integer(0)));
  return undefined;
});
/** Name and password go along as BASIC with the requests that follow; a proxy (`*`) is none of the simulator's. */
httpClient.command(1161, 'HTTP AUTHENTICATE', (call) => {
  if (call.isOperator(call.count() - 1)) return undefined;
  const credentials = toBase64(new TextEncoder().encode(`${call.text(0)}:${call.text(1)}`));
  call.process.extra.set('http credentials', call.text(0) === '' ? undefined : `Basic ${credentials}`);
  return undefined;
});

// ---- requests

/** Where the arguments of a request stand, and what it asks. */
interface Asked {
  readonly method: string;
  readonly url: string;
  /** Index of the variable that takes the content of the answer; the arrays of headers follow it. */
  readonly response: number;
  readonly redirects: number;
}

httpClient.command(1157, 'HTTP Get', (call) => ask(call, { method: 'GET', url: call.text(0), response: 1, redirects: 0 }));
httpClient.command(1158, 'HTTP Request', (call) =>
  ask(call, { method: call.text(0).toUpperCase(), url: call.text(1), response: 3, redirects: 0 }),
);

function ask(call: Call, asked: Asked): NativeResult {
  const url = ownAddress(call, asked.url);
  const sent = asked.response === 3 && asked.method !== 'GET' ? contentOf(call, 2) : { bytes: new Uint8Array(), type: undefined };
  const credentials = call.process.extra.get('http credentials');
  const further: Record<string, string> = typeof credentials === 'string' ? { Authorization: credentials } : {};
  const request = requestTo(url, asked.method, headersGiven(call, asked.response), sent, further);
  const web = serverAt(call, url)!;
  if (!web.state.running) {
    call.setSystem('OK', 0);
    return raise(UNREACHABLE, texts.unreachable, call.command, asked.url);
  }
  const answer = web.handleInside(request, call.process.number);
  if (answer) return answered(call, asked, answer);
  return { native: 'wait', until: call.machine.clock.now() + optionOf(call, TIMEOUT) * 1_000, then: 'HTTP answer', state: asked };
}

httpClient.continuation('HTTP answer', (call, state, answer) => {
  const asked = state as Asked;
  const response = responseOfValue(answer);
  if (response) return answered(call, asked, response);
  for (const server of call.host.servers.all) forgetInside(server.state, call.process.number);
  call.setSystem('OK', 0);
  return raise(TIMED_OUT, texts.late, call.command, asked.url);
});

/** What is sent: its bytes, and their type where it is certain. */
export interface Content {
  readonly bytes: Uint8Array;
  readonly type: string | undefined;
}

/** A request as it goes to the own server. `further`: headers that are added where none of their name is given. */
export function requestTo(
  url: URL,
  method: string,
  given: readonly (readonly [string, string])[],
  content: Content,
  further: Readonly<Record<string, string>> = {},
): HttpRequest {
  const headers: (readonly [string, string])[] = [['Host', url.host], ...given];
  const add = (name: string, value: string): void => {
    if (!headers.some(([each]) => each.toLowerCase() === name.toLowerCase())) headers.push([name, value]);
  };
  for (const [name, value] of Object.entries(further)) add(name, value);
  if (content.type !== undefined) add('Content-Type', content.type);
  if (content.bytes.length) add('Content-Length', String(content.bytes.length));
  return {
    method,
    target: `${url.pathname}${url.search}`,
    headers,
    body: content.bytes,
    remoteAddress: '127.0.0.1',
    localAddress: '127.0.0.1',
    secure: false,
  };
}

/** The server, of the host or of a component, that listens on an address's port or has it in its settings. */
export function serverAt(call: Call, url: URL): WebServer | undefined {
  const port = Number(url.port || 80);
  const { all } = call.host.servers;
  return all.find(({ state }) => state.port === port) ?? all.find((server) => Number(getProperty(server, 'HTTPPort')) === port);
}

/** The address as far as it is one of the simulated 4D's own. */
export function ownAddress(call: Call, text: string): URL {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const web = call.host.servers.host;
  const loopback = url && /^(localhost|127\.0\.0\.1|\[::1\])$/i.test(url.hostname);
  if (url && url.protocol === 'http:' && loopback && serverAt(call, url)) return url;
  return notModelled(
    {
      en: '{0}: there is no network in the simulator, only its own web server at http://127.0.0.1:{2}/ can be asked, not {1}. A stand-in for {0} can give what it would give.',
      es: '{0}: en el simulador no hay red, solo se puede preguntar a su propio servidor web en http://127.0.0.1:{2}/, no a {1}. Un sustituto de {0} puede dar lo que daría.',
    },
    call.command,
    text,
    String(web.state.port ?? getProperty(web, 'HTTPPort') ?? 80),
  );
}

function headersGiven(call: Call, response: number): [string, string][] {
  const names = call.arrayOrNone(response + 1)?.items ?? [];
  const values = call.arrayOrNone(response + 2)?.items ?? [];
  return names.slice(1).flatMap((name, i) => headerLine(String(name), String(values[i + 1] ?? '')));
}

/** A header, but for one that a line break would make several of. */
export function headerLine(name: string, value: string): [string, string][] {
  return /[\r\n]/.test(name + value) ? [] : [[name, value]];
}

/** The bytes to send, and their type where it is certain. */
function contentOf(call: Call, index: number): Content {
  const value = call.value(index);
  if (typeof value === 'object' && (value?.t === 'object' || value?.t === 'collection')) {
    return { bytes: new TextEncoder().encode(stringify(value)), type: 'application/json' };
  }
  if (typeof value === 'object' && value?.t === 'picture') return { bytes: value.bytes, type: value.mime };
  if (typeof value === 'object' && value?.t === 'blob') return { bytes: bytesOf(value), type: undefined };
  return { bytes: new TextEncoder().encode(value === undefined || value === null ? '' : call.text(index)), type: undefined };
}

function answered(call: Call, asked: Asked, response: HttpResponse): NativeResult {
  const moved = redirected(response, asked.method, ownAddress(call, asked.url));
  if (moved && optionOf(call, FOLLOW_REDIRECT) !== 0 && asked.redirects < optionOf(call, MAX_REDIRECT)) {
    return ask(call, { ...asked, ...moved, redirects: asked.redirects + 1 });
  }
  call.set(asked.response, contentFor(call, asked.response, response, headerOf(response, 'Content-Type') ?? ''));
  headerArrays(call, asked.response, response);
  if (optionOf(call, RESET_AUTHENTICATION) !== 0) call.process.extra.delete('http credentials');
  call.setSystem('OK', 1);
  return response.status;
}

/** Where a response sends who asked, and by which method; undefined when it does not. */
export function redirected(
  response: HttpResponse,
  method: string,
  from: URL,
): { readonly url: string; readonly method: string } | undefined {
  const location = headerOf(response, 'Location');
  if (location === undefined || response.status < 300 || response.status > 399 || !URL.canParse(location, from.href)) return undefined;
  const same = response.status === 307 || response.status === 308 || method === 'HEAD';
  return { url: new URL(location, from.href).href, method: same ? method : 'GET' };
}

/** The content as the variable has it: text, BLOB, or what JSON in it stands for. */
function contentFor(call: Call, index: number, { body }: HttpResponse, type: string): Value {
  const declared = call.machine.typeOf(call.process, call.reference(index));
  const now = call.value(index);
  const kind = typeof now === 'object' && now !== null ? now.t : declared;
  if (kind === 'blob') return blob(body);
  const text = decodeText(body, /charset=([\w-]+)/i.exec(type)?.[1] ?? 'utf-8');
  if (kind !== 'object' && kind !== 'collection') return text;
  if (!/^text\/|[/+](json|xml)/i.test(type)) return blobObject(body);
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

function headerArrays(call: Call, response: number, { status, headers }: HttpResponse): void {
  const arrays: (ArrayValue | undefined)[] = [response + 1, response + 2].map((index) =>
    call.has(index) ? call.arrayOrNone(index) : undefined,
  );
  const lines: (readonly [string, string])[] = [['X-STATUS', `HTTP/1.1 ${status}`], ...headers];
  for (const [i, array] of arrays.entries())
    if (array)
      fill(
        array,
        lines.map((pair) => pair[i]),
      );
}
