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
  /** Milliseconds for the headers of a request (10 s), for a whole request (60 s), and between two looks at that (2 s). */
  readonly patience?: { readonly headers: number; readonly request: number; readonly look: number };
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
  /** It has a `Transfer-Encoding`. */
  readonly coded: boolean;
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
  if (!isOwn(head.host)) refuse(outgoing, 403, otherHost);
  else if (saysTooLarge(head.length, options.maximumBody())) serve(incoming, outgoing, options, head, nothing, false);
  else if ((head.length ?? '0') === '0' && !head.coded) serve(incoming, outgoing, options, head, nothing, true);
  else readBody(incoming, options.maximumBody(), (body, whole) => serve(incoming, outgoing, options, head, body, whole));
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
  void options.handle(whole ? request : { ...request, tooLarge: true }).then((response) => send(incoming, outgoing, response, whole));
}

function send(incoming: IncomingMessage, outgoing: ServerResponse, response: HttpResponse, whole: boolean): void {
  const { status, body } = response;
  const headers: string[] = [];
  for (const [name, value] of response.headers) headers.push(name, value);
  outgoing.sendDate = false;
  if (!whole) outgoing.shouldKeepAlive = false;
  outgoing.writeHead(status, reasonOf(status) || undefined, headers);
  if (!whole) linger(incoming, outgoing, body);
  else if (body.length > small) outgoing.end(body);
  else sendSoon(outgoing, body);
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

const otherHost: Bilingual = {
  en: 'The simulator answers only to names of this machine (localhost, 127.0.0.1). “fourd serve --host NAME” allows another one.',
  es: 'El simulador solo responde a nombres de este equipo (localhost, 127.0.0.1). «fourd serve --host NOMBRE» permite otro.',
};

/**
 * Whether a `Host` header names this machine. A page from elsewhere whose name was made to lead here (DNS rebinding) would be of one origin with
 * the simulator otherwise. Names without a dot, and those below `localhost` and `test`, are nobody's on the Internet. A client of HTTP 1.0 names
 * nobody; no browser is one.
 */
export function isOwnName(host: string | undefined, more: readonly string[] = []): boolean {
  if (host === undefined) return true;
  const name = host.trim().toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
  return /^([^.:]*|.+\.(localhost|test)|127(\.\d{1,3}){3}|\[::1\])$/.test(name) || more.some((each) => each.toLowerCase() === name);
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
  let coded = false;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i];
    const value = rawHeaders[i + 1];
    headers.push([name, value]);
    if (name.length === 4) {
      if (host === undefined && name.toLowerCase() === 'host') host = value;
    } else if (name.length === 14) {
      if (length === undefined && name.toLowerCase() === 'content-length') length = value;
    } else if (name.length === 17) coded ||= name.toLowerCase() === 'transfer-encoding';
  }
  return { headers, host, length, coded };
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
