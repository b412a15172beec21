/**
 * 4D.HTTPRequest (facts: 4D page API/HTTPRequestClass): a request that the process need not wait for, to the simulated web server itself as with
 * HTTP Get; any other address is the same error. The response is taken in, and callbacks are run, when the process waits or looks; a worker
 * without work does so by itself.
 */
import { type Bilingual, say } from '#syntaxes/text/bilingual.js';
import type { Callable, NativeResult } from '../machine/types.js';
import { toBase64 } from '../values/bytes.js';
import { parseJson, stringify } from '../values/json.js';
import type { HostValue, ObjectValue, Value } from '../values/value.js';
import { reasonOf } from '../web/errorPages.js';
import type { WebHost } from '../web/host.js';
import type { HttpResponse } from '../web/http.js';
import { type Asker, AWAITED, forgetInside, giveResponse } from '../web/inside.js';
import { headerOf } from '../web/request.js';
import { blobObject, bytesOf, isBlob } from './blobs.js';
import { BAD_PARAMETER, notModelled } from './errors.js';
import type { LibraryHost } from './host.js';
import {
  type Call,
  type Content,
  headerLine,
  ownAddress,
  redirected,
  requestTo,
  serverAt,
  TIMED_OUT,
  texts,
  UNREACHABLE,
} from './httpClient.js';
import { decodeText, encodeText } from './text.js';
import { Theme } from './theme.js';

export const httpRequests = new Theme<WebHost & LibraryHost>('HTTP requests');

const className = '4D.HTTPRequest';
/** Redirects that are followed, as with HTTP Get. */
const mostRedirects = 2;

/** A callback that waits for its turn. */
interface Event {
  readonly callback: 'onHeaders' | 'onData' | 'onResponse' | 'onError' | 'onTerminate';
  readonly data?: Value;
}

/** What a 4D.HTTPRequest holds: plain data. */
interface Request extends Asker {
  readonly given: string;
  readonly options: ObjectValue;
  /** What goes out next: another address and method after a redirect. */
  url: string;
  method: string;
  redirects: number;
  /** Virtual time at which it is given up. */
  readonly until: number | undefined;
  /** Neither answered nor given up. */
  open: boolean;
  answer: Value;
  readonly errors: Value[];
  readonly events: Event[];
  terminated: boolean;
}

const requestOf = (call: Call): Request => (call.self as HostValue).data as Request;
const object = (entries: Iterable<readonly [string, Value]>): ObjectValue => ({ t: 'object', properties: new Map(entries) });
const option = ({ options }: Pick<Request, 'options'>, name: string): Value => options.properties.get(name);
const textOption = (request: Pick<Request, 'options'>, name: string, otherwise: string): string => {
  const value = option(request, name);
  return typeof value === 'string' && value !== '' ? value : otherwise;
};

httpRequests.member(`${className}.new`, (call) => {
  const options = call.has(1) ? call.object(1) : object([]);
  const seconds = options.properties.get('timeout');
  const onResponse: { code: Callable; args: Value[] } = { code: { line: '$1.wait(0)', name: className }, args: [] };
  const data: Request = {
    process: call.process.number,
    response: undefined,
    onResponse,
    given: call.text(0),
    options,
    url: call.text(0),
    method: textOption({ options }, 'method', 'GET').toUpperCase(),
    redirects: 0,
    until: typeof seconds === 'number' ? call.machine.clock.now() + Math.ceil(seconds * 1_000) : undefined,
    open: true,
    answer: undefined,
    errors: [],
    events: [],
    terminated: false,
  };
  const value: HostValue = { t: 'host', className, data };
  onResponse.args.push(value);
  send(call, data);
  return value;
});

const readOnly: Readonly<Record<string, (request: Request) => Value>> = {
  agent: (request) => option(request, 'agent') ?? null,
  dataType: (request) => textOption(request, 'dataType', 'auto'),
  encoding: (request) => textOption(request, 'encoding', 'UTF-8'),
  headers: (request) => option(request, 'headers') ?? object([]),
  method: (request) => textOption(request, 'method', 'GET'),
  protocol: (request) => textOption(request, 'protocol', 'auto'),
  returnResponseBody: (request) => option(request, 'returnResponseBody') !== false,
  timeout: (request) => option(request, 'timeout'),
  url: ({ given }) => given,
};
for (const [name, read] of Object.entries(readOnly)) httpRequests.property(`${className}.${name}`, (call) => read(requestOf(call)));

httpRequests.member(`${className}.response`, (call) => takenIn(call, requestOf(call)).answer);
httpRequests.member(`${className}.errors`, (call) => {
  const { errors } = takenIn(call, requestOf(call));
  return errors.length ? { t: 'collection', items: errors } : null;
});
httpRequests.member(`${className}.terminated`, (call) => takenIn(call, requestOf(call)).terminated);

/** Waits until the request has come to its end, or some seconds; callbacks run meanwhile. Gives the request. */
httpRequests.member(`${className}.wait`, (call) => {
  const until = call.has(0) ? call.machine.clock.now() + Math.ceil(Math.max(0, call.number(0)) * 1_000) : undefined;
  return goOn(call, until);
});
httpRequests.continuation('HTTPRequest.wait', (call, until) => {
  call.process.extra.delete(AWAITED);
  return goOn(call, until as number | undefined);
});

httpRequests.member(`${className}.terminate`, (call) => {
  const request = requestOf(call);
  if (request.open) {
    request.open = false;
    for (const server of call.host.servers.all) forgetInside(server.state, request);
    request.events.push({ callback: 'onTerminate' });
  }
  return runCallbacks(call, undefined, 'HTTPRequest.terminate');
});
httpRequests.continuation('HTTPRequest.terminate', (call) => runCallbacks(call, undefined, 'HTTPRequest.terminate'));

function goOn(call: Call, until: number | undefined): NativeResult {
  const request = takenIn(call, requestOf(call));
  const next = runCallbacks(call, until, 'HTTPRequest.wait');
  if (next !== undefined) return next;
  const moments = [until, request.until].filter((moment) => moment !== undefined);
  if (!request.open || (until !== undefined && call.machine.clock.now() >= until)) return call.self;
  call.process.extra.set(AWAITED, request);
  return { native: 'wait', until: moments.length ? Math.min(...moments) : undefined, then: 'HTTPRequest.wait', state: until };
}

/** Calls the next callback that there is; undefined when none is left. Each gets the request and the event, and the options as its `This`. */
function runCallbacks(call: Call, state: unknown, then: string): NativeResult {
  const request = requestOf(call);
  for (let event = request.events.shift(); event; event = request.events.shift()) {
    if (event.callback === 'onTerminate') request.terminated = true;
    const code = callbackOf(call, request.options, event.callback);
    if (!code) continue;
    call.host.web.assume('http-request');
    const type = event.callback.slice(2).toLowerCase();
    const told = object([['type', type], ...(event.data === undefined ? [] : [['data', event.data] as const])]);
    return { native: 'call', code, args: [call.self, told], self: request.options, then, state };
  }
  return undefined;
}

function callbackOf(call: Call, options: ObjectValue, name: string): Callable | undefined {
  const value = options.properties.get(name);
  if (typeof value === 'object' && value?.t === 'formula') return { formula: value };
  const ofClass = options.className === undefined ? undefined : { className: options.className, functionName: name };
  return ofClass && call.machine.exists(ofClass) ? ofClass : undefined;
}

// ---- to the server and back

function send(call: Call, request: Request): void {
  const url = ownAddress(call, request.url);
  const server = serverAt(call, url)!;
  const content = request.redirects === 0 ? contentOf(request) : { bytes: new Uint8Array(), type: undefined };
  if (!server.state.running) {
    failed(request, UNREACHABLE, texts.unreachable);
    return;
  }
  const response = server.handleInside(requestTo(url, request.method, headersOf(request), content, authentication(request)), request);
  if (response) giveResponse(request, response, call.machine);
}

/** Takes in what has come since: the response, a redirect, the end of the patience. */
function takenIn(call: Call, request: Request): Request {
  while (request.open && request.response) {
    const { response } = request;
    request.response = undefined;
    const moved = redirected(response, request.method, ownAddress(call, request.url));
    if (moved && option(request, 'automaticRedirections') !== false && request.redirects < mostRedirects) {
      Object.assign(request, moved);
      request.redirects++;
      send(call, request);
    } else answered(request, response);
  }
  if (request.open && request.until !== undefined && call.machine.clock.now() >= request.until) {
    for (const server of call.host.servers.all) forgetInside(server.state, request);
    failed(request, TIMED_OUT, texts.late);
  }
  return request;
}

function failed(request: Request, code: number, text: Bilingual): void {
  request.open = false;
  addError(request, code, say(text, 'en', className, request.url));
  request.events.push({ callback: 'onError' }, { callback: 'onTerminate' });
}

function addError({ errors }: Request, code: number, message: string): void {
  errors.push(object(Object.entries({ errCode: code, message, componentSignature: '4DRT' })));
}

function answered(request: Request, response: HttpResponse): void {
  request.open = false;
  const type = headerOf(response, 'Content-Type') ?? '';
  const encoding = /charset=["']?([\w-]+)/i.exec(type)?.[1] ?? textOption(request, 'encoding', 'UTF-8');
  const headers = new Map<string, string>();
  for (const [name, value] of response.headers) headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
  const answer = object([
    ['status', response.status],
    ['statusText', reasonOf(response.status)],
    ['headers', object(headers)],
    ['encoding', encoding],
  ]);
  request.answer = answer;
  const body = bodyOf(request, response, type, encoding);
  if (body === undefined) addError(request, BAD_PARAMETER, `${className}: the body is no JSON, which dataType "object" asks for.`);
  else if (option(request, 'returnResponseBody') !== false) answer.properties.set('body', body);
  request.events.push({ callback: 'onHeaders' });
  if (response.body.length) request.events.push({ callback: 'onData', data: blobObject(response.body) });
  request.events.push({ callback: body === undefined ? 'onError' : 'onResponse' }, { callback: 'onTerminate' });
}

/** The body as `dataType` asks for it; `auto` goes by the type that the server gives. Undefined when it cannot be that. */
function bodyOf(request: Request, { body }: HttpResponse, type: string, encoding: string): Value {
  const wanted = textOption(request, 'dataType', 'auto').toLowerCase();
  const text = (): string => decodeText(body, encoding);
  if (wanted === 'text') return text();
  if (wanted === 'blob') return blobObject(body);
  const json = (otherwise: () => Value): Value => {
    try {
      return parseJson(text());
    } catch {
      return otherwise();
    }
  };
  if (wanted === 'object') return json(() => undefined);
  if (/^[^;]*[/+]json/i.test(type)) return json(text);
  if (/^(text\/|application\/(xml|javascript|x-www-form-urlencoded)|[^;]*\+xml)/i.test(type)) return text();
  return /^image\//i.test(type) ? { t: 'picture', bytes: body, mime: type.split(';')[0].trim() } : blobObject(body);
}

function headersOf(request: Request): [string, string][] {
  const given = option(request, 'headers');
  if (typeof given !== 'object' || given?.t !== 'object') return [];
  return [...given.properties].flatMap(([name, value]) => headerLine(name, typeof value === 'string' ? value : stringify(value ?? '')));
}

function contentOf(request: Request): Content {
  const body = option(request, 'body');
  if (body === undefined || body === null || request.method === 'GET' || request.method === 'HEAD') {
    return { bytes: new Uint8Array(), type: undefined };
  }
  if (typeof body === 'string') return { bytes: encodeText(body, textOption(request, 'encoding', 'UTF-8')), type: 'text/plain' };
  if (isBlob(body)) return { bytes: bytesOf(body), type: 'application/octet-stream' };
  if (typeof body === 'object' && body.t === 'picture') return { bytes: body.bytes, type: body.mime };
  return { bytes: new TextEncoder().encode(stringify(body)), type: 'application/json' };
}

/** Name and password go along as BASIC, unless DIGEST is asked for: that is not modelled. */
function authentication(request: Request): Record<string, string> {
  const given = option(request, 'serverAuthentication');
  if (typeof given !== 'object' || given?.t !== 'object') return {};
  const part = (name: string): string => {
    const value = given.properties.get(name);
    return typeof value === 'string' ? value : '';
  };
  if (part('method').toLowerCase() === 'digest') {
    notModelled(
      {
        en: '{0}: DIGEST authentication of a request is not modelled, only BASIC.',
        es: '{0}: no se modela la autenticación DIGEST de una petición, solo BASIC.',
      },
      className,
    );
  }
  return { Authorization: `Basic ${toBase64(new TextEncoder().encode(`${part('name')}:${part('password')}`))}` };
}
