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
  const server = createServer(
    {
      maxHeaderSize: 65_536,
      headersTimeout: headers,
      requestTimeout: request,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: look,
    },
    (request, response) => void answer(request, response, options),
  );
  // A client that asks before it sends hears at once that its body is too large.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!saysTooLarge(request, options.maximumBody())) response.writeContinue();
    void answer(request, response, options);
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

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, options: HttpServerOptions): Promise<void> {
  outgoing.on('error', () => undefined); // the client has gone: there is nobody to tell
  if (!isOwnName(rawHeader(incoming, 'host'), options.hosts)) {
    refuse(outgoing, 403, otherHost);
    return;
  }
  const read = await readBody(incoming, options.maximumBody());
  if (!read) return;
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) headers.push([incoming.rawHeaders[i], incoming.rawHeaders[i + 1]]);
  const response = await options.handle({
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers,
    body: read.body,
    ...(!read.whole && { tooLarge: true }),
    remoteAddress: plainAddress(incoming.socket.remoteAddress),
    localAddress: plainAddress(incoming.socket.localAddress),
    secure: false,
  });
  outgoing.sendDate = false;
  if (!read.whole) outgoing.shouldKeepAlive = false;
  outgoing.writeHead(response.status, reasonOf(response.status) || undefined, response.headers.flat());
  if (!read.whole) linger(incoming, outgoing, response.body);
  else if (response.body.length > small) outgoing.end(response.body);
  // As a text it goes out in one piece with the headers.
  else outgoing.end(Buffer.from(response.body.buffer, response.body.byteOffset, response.body.length).toString('latin1'), 'latin1');
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

function saysTooLarge(incoming: IncomingMessage, maximum: number): boolean {
  return Number(rawHeader(incoming, 'content-length') ?? 0) > maximum;
}

/** The first header of a name in lower case. Asking Node for `headers` would make an object of them all. */
function rawHeader({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    if (rawHeaders[i].length === name.length && rawHeaders[i].toLowerCase() === name) return rawHeaders[i + 1];
  }
  return undefined;
}

/** The body, or the beginning of one that is too large; undefined when the client went away. A body that says how large it is need not come first. */
async function readBody(incoming: IncomingMessage, maximum: number): Promise<{ body: Uint8Array; whole: boolean } | undefined> {
  if (saysTooLarge(incoming, maximum)) return { body: nothing, whole: false };
  const length = rawHeader(incoming, 'content-length') ?? '0';
  if (length === '0' && rawHeader(incoming, 'transfer-encoding') === undefined) return { body: nothing, whole: true };
  const pieces: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    const done = (whole: boolean) => resolve({ body: Buffer.concat(pieces).subarray(0, maximum), whole });
    const take = (piece: Buffer): void => {
      size += piece.length;
      pieces.push(piece);
      if (size <= maximum) return;
      incoming.off('data', take);
      incoming.pause();
      done(false);
    };
    incoming.on('data', take);
    incoming.on('end', () => done(true));
    incoming.on('error', () => resolve(undefined));
    incoming.on('close', () => resolve(undefined));
  });
}

function plainAddress(address: string | undefined): string {
  return address?.replace(/^::ffff:/, '') ?? loopback;
}
