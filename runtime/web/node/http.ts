import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { builtInPage, reasonOf } from '../errorPages.js';
import type { HttpRequest, HttpResponse } from '../http.js';

export interface HttpServerOptions {
  /** 0 for one that is free. */
  readonly port: number;
  readonly handle: (request: HttpRequest) => Promise<HttpResponse>;
  /** Bytes of a body that are taken at most; of a larger one `handle` gets its beginning and `tooLarge`, and refuses it. */
  readonly maximumBody: () => number;
  /** Further names that the server may be called by; those of this machine always may. */
  readonly hosts?: readonly string[];
  /**
   * Milliseconds for the headers of a request (10 s), for a whole request (60 s), and between two looks at that (2 s); for a client that reads
   * nothing of its answer (60 s).
   */
  readonly patience?: { readonly headers: number; readonly request: number; readonly look: number; readonly reading?: number };
}

/** A socket in front of the simulator. */
export interface HttpServer {
  readonly port: number;
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
  /** Takes no more requests and settles when those under way are answered, or after `patience` milliseconds. */
  close(patience?: number): Promise<void>;
}

const loopback = '127.0.0.1';
const nothing = new Uint8Array();
/** Bytes of a body that are copied rather than sent on their own. */
const small = 16_384;
/** Bytes of answers that wait for their clients to read them. */
const mostUnread = 256 * 1024 * 1024;
/** Milliseconds for which the rest of a refused body is let go. */
const lingering = 2_000;

/** Listens on the loopback interface, never on another one. Rejects when the port is taken. */
export async function serveHttp(options: HttpServerOptions): Promise<HttpServer> {
  // The patterns of HTTPHandlers.json meet texts from outside: one that would try for ever goes to V8's linear engine.
  setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');
  const { headers, request, look } = options.patience ?? { headers: 10_000, request: 60_000, look: 2_000 };
  const isOwn = ownNames(options.hosts);
  const server = createServer(
    {
      maxHeaderSize: 65_536,
      headersTimeout: headers,
      requestTimeout: request,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: look,
    },
    (request, response) => answer(request, response, options, isOwn),
  );
  // A client that asks before it sends hears at once that its body is too large.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!saysTooLarge(readHead(request).length, options.maximumBody())) response.writeContinue();
    answer(request, response, options, isOwn);
  });
  server.maxRequestsPerSocket = 10_000;
  server.maxConnections = 1_000;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return;
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
    const reason = reasonOf(status);
    socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://${loopback}:${port}/`, close: (patience = 2_000) => close(server, patience) };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server, patience: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), patience);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

type Names = (host: string | undefined) => boolean;

/** What is read of a request before its body. */
interface Head {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The first `Host` and `Content-Length`. */
  readonly host: string | undefined;
  readonly length: string | undefined;
  /** Its first `Transfer-Encoding`. */
  readonly coding: string | undefined;
  /** It has more than one `Host`. */
  readonly manyHosts: boolean;
}

/** The names that a server may be called by; the last one is remembered, since a client goes on with it. */
function ownNames(more: readonly string[] | undefined): Names {
  let last: string | undefined;
  let own = isOwnName(undefined, more);
  return (host) => {
    if (host !== last) {
      own = isOwnName(host, more);
      last = host;
    }
    return own;
  };
}

function answer(incoming: IncomingMessage, outgoing: ServerResponse, options: HttpServerOptions, isOwn: Names): void {
  outgoing.on('error', nobodyToTell);
  const head = readHead(incoming);
  const refused = refusal(incoming, head, isOwn);
  if (refused) refuse(outgoing, refused.status, refused.why);
  else if (saysTooLarge(head.length, options.maximumBody())) serve(incoming, outgoing, options, head, nothing, false);
  else if ((head.length ?? '0') === '0' && head.coding === undefined) serve(incoming, outgoing, options, head, nothing, true);
  else readBody(incoming, options.maximumBody(), (body, whole) => serve(incoming, outgoing, options, head, body, whole));
}

/** What Node's parser lets pass and this server does not take; undefined for a request that it serves. */
function refusal(
  { httpVersionMajor, url = '/' }: IncomingMessage,
  head: Head,
  isOwn: Names,
): { status: number; why: Bilingual } | undefined {
  if (httpVersionMajor !== 1) return { status: 505, why: texts.version };
  if (head.manyHosts) return { status: 400, why: texts.manyHosts };
  // The host that a full address names counts more than the header (RFC 9112 §3.2.2).
  const named = url.charCodeAt(0) === 47 ? undefined : /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1];
  if (!isOwn(head.host) || (named !== undefined && !isOwn(named))) return { status: 403, why: texts.otherHost };
  if (head.coding !== undefined && head.coding.toLowerCase() !== 'chunked') return { status: 501, why: texts.coding };
  return undefined;
}

/** The client has gone. */
function nobodyToTell(): void {}

function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: HttpServerOptions,
  head: Head,
  body: Uint8Array,
  whole: boolean,
): void {
  const { method = 'GET', url = '/', socket } = incoming;
  const remoteAddress = plainAddress(socket.remoteAddress);
  const localAddress = plainAddress(socket.localAddress);
  const request: HttpRequest = { method, target: url, headers: head.headers, body, remoteAddress, localAddress, secure: false };
  options
    .handle(whole ? request : { ...request, tooLarge: true })
    .then((response) => send(incoming, outgoing, response, whole, options.patience?.reading))
    .catch(() => fails(outgoing));
}

/** One request that cannot be answered, whatever the reason, ends no server. */
function fails(outgoing: ServerResponse): void {
  if (outgoing.headersSent) outgoing.destroy();
  else outgoing.writeHead(500, { Connection: 'close', 'Content-Length': '0' }).end();
}

function send(incoming: IncomingMessage, outgoing: ServerResponse, response: HttpResponse, whole: boolean, reading = 60_000): void {
  const { status, body } = response;
  if (body.length > small && unread > 0 && unread + body.length > mostUnread) {
    refuse(outgoing, 503, texts.unread);
    return;
  }
  const headers: string[] = [];
  for (const [name, value] of response.headers) headers.push(name, asBytes(value));
  outgoing.sendDate = false;
  if (!whole) outgoing.shouldKeepAlive = false;
  outgoing.writeHead(status, reasonOf(status) || undefined, headers);
  if (!whole) linger(incoming, outgoing, body);
  else if (body.length > small) sendLarge(outgoing, body, reading);
  else sendSoon(outgoing, body);
}

/** Bytes of large answers that are not sent yet. */
let unread = 0;

/** A client that does not read keeps the answer in memory: for a while, and not with too many others. */
function sendLarge(outgoing: ServerResponse, body: Uint8Array, patience: number): void {
  unread += body.length;
  outgoing.once('close', () => {
    unread -= body.length;
  });
  outgoing.setTimeout(patience, () => outgoing.destroy());
  outgoing.end(body);
}

/** Headers are bytes: what is beyond Latin 1 goes out as UTF-8. */
function asBytes(value: string): string {
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) > 255) return Buffer.from(value, 'utf8').toString('latin1');
  return value;
}

/** Small answers whose headers are written, and that go out when all requests that came together have been looked at. */
const ready: (readonly [answer: ServerResponse, body: Uint8Array])[] = [];

/**
 * Sends an answer with those of the other requests that came in the same turn of the event loop: a client that waits is woken once for all of
 * them, which costs more than the answer itself.
 */
function sendSoon(outgoing: ServerResponse, body: Uint8Array): void {
  if (ready.push([outgoing, body]) === 1) setImmediate(sendReady);
}

function sendReady(): void {
  // As a text a body goes out in one piece with the headers.
  for (const [outgoing, { buffer, byteOffset, length }] of ready) {
    outgoing.end(Buffer.from(buffer, byteOffset, length).toString('latin1'), 'latin1');
  }
  ready.length = 0;
}

/**
 * Sends the whole answer at once, but hangs up only when the rest of the refused body has come, or after a while: a socket that is closed while
 * a client still sends takes the answer with it. What comes is not kept.
 */
function linger(incoming: IncomingMessage, outgoing: ServerResponse, body: Uint8Array): void {
  outgoing.flushHeaders();
  if (body.length > 0) outgoing.write(body);
  const end = (): void => {
    clearTimeout(timer);
    outgoing.end(() => incoming.destroy());
  };
  const timer = setTimeout(end, lingering);
  incoming.once('end', end);
  incoming.once('close', () => clearTimeout(timer));
  incoming.resume();
}

const texts = {
  otherHost: {
    en: 'The simulator answers only to names of this machine (localhost, 127.0.0.1). “fourd serve --host NAME” allows another one.',
    es: 'El simulador solo responde a nombres de este equipo (localhost, 127.0.0.1). «fourd serve --host NOMBRE» permite otro.',
  },
  unread: {
    en: 'Too many answers wait for their clients to read them.',
    es: 'Demasiadas respuestas esperan a que sus clientes las lean.',
  },
  manyHosts: { en: 'The request names more than one host.', es: 'La petición nombra más de un equipo (Host).' },
  version: { en: 'The simulator speaks HTTP 1.1 and 1.0.', es: 'El simulador habla HTTP 1.1 y 1.0.' },
  coding: {
    en: 'The simulator takes bodies as they are, or sent in pieces (chunked), and in no other transfer coding.',
    es: 'El simulador admite cuerpos tal cual o enviados por partes (chunked), en ninguna otra codificación de transferencia.',
  },
} satisfies Record<string, Bilingual>;

/**
 * Whether a `Host` header names this machine. A page from elsewhere whose name was made to lead here (DNS rebinding) would be of one origin with
 * the simulator otherwise. Names without a dot, and those below `localhost` and `test`, are nobody's on the Internet. A client of HTTP 1.0 names
 * nobody; no browser is one.
 */
export function isOwnName(host: string | undefined, more: readonly string[] = []): boolean {
  if (host === undefined) return true;
  const name = host.trim().toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
  return (
    /^([a-z0-9_-]*|[a-z0-9._-]+\.(localhost|test)|127(\.\d{1,3}){3}|\[::1\])$/.test(name) ||
    more.some((each) => each.toLowerCase() === name)
  );
}

function refuse(outgoing: ServerResponse, status: number, why: Bilingual): void {
  const page = builtInPage(status, why);
  outgoing.writeHead(status, reasonOf(status), { 'Content-Type': 'text/html; charset=UTF-8', Connection: 'close' });
  outgoing.end(page);
}

function saysTooLarge(length: string | undefined, maximum: number): boolean {
  return Number(length ?? 0) > maximum;
}

/** The headers as they were sent. Asking Node for `headers` would make an object of them all. */
function readHead({ rawHeaders }: IncomingMessage): Head {
  const headers: [string, string][] = [];
  let host: string | undefined;
  let length: string | undefined;
  let coding: string | undefined;
  let manyHosts = false;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i];
    const value = rawHeaders[i + 1];
    headers.push([name, value]);
    if (name.length === 4) {
      if (name.toLowerCase() !== 'host') continue;
      manyHosts = host !== undefined;
      host ??= value;
    } else if (name.length === 14) {
      if (length === undefined && name.toLowerCase() === 'content-length') length = value;
    } else if (name.length === 17 && coding === undefined && name.toLowerCase() === 'transfer-encoding') coding = value;
  }
  return { headers, host, length, coding, manyHosts };
}

/** Gives the body, or the beginning of one that is too large; nothing when the client went away. */
function readBody(incoming: IncomingMessage, maximum: number, read: (body: Uint8Array, whole: boolean) => void): void {
  const pieces: Buffer[] = [];
  let size = 0;
  const done = (whole: boolean): void => {
    incoming.off('data', take);
    incoming.off('end', end);
    read(Buffer.concat(pieces).subarray(0, maximum), whole);
  };
  const end = (): void => done(true);
  const take = (piece: Buffer): void => {
    size += piece.length;
    pieces.push(piece);
    if (size <= maximum) return;
    incoming.pause();
    done(false);
  };
  incoming.on('data', take);
  incoming.on('end', end);
  incoming.on('error', nobodyToTell);
}

function plainAddress(address: string | undefined): string {
  if (address === undefined) return loopback;
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}
