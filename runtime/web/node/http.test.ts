import assert from 'node:assert/strict';
import { connect } from 'node:net';
import test from 'node:test';
import type { HttpRequest, HttpResponse } from '../http.js';
import { type HttpServer, serveHttp } from './http.js';

type Handler = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;

async function serving(handler: Handler, use: (server: HttpServer) => Promise<void>): Promise<void> {
  const server = await serveHttp({ port: 0, handle: async (request) => handler(request), maximumBody: () => 10 });
  try {
    await use(server);
  } finally {
    await server.close(0);
  }
}

/** Sends bytes as they are; gives what comes back. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

const echo: Handler = ({ method, target, headers, body, tooLarge, remoteAddress }) => ({
  status: tooLarge ? 413 : 200,
  headers: [
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
  ],
  body: new TextEncoder().encode(JSON.stringify({ method, target, names: headers.map(([name]) => name), body: [...body], remoteAddress })),
});

test('requests go in and responses come out as data, on the loopback interface', () =>
  serving(echo, async ({ url, port }) => {
    assert.equal(url, `http://127.0.0.1:${port}/`);
    const response = await fetch(`${url}a%20b?x=%zz`, { method: 'POST', body: 'hi', headers: { 'X-Own': '1' } });
    assert.deepEqual(response.headers.getSetCookie(), ['a=1', 'b=2']);
    const seen = (await response.json()) as Record<string, unknown>;
    assert.deepEqual([seen.method, seen.target, seen.body, seen.remoteAddress], ['POST', '/a%20b?x=%zz', [104, 105], '127.0.0.1']);
  }));

test('a body over the limit is not read to its end', () =>
  serving(echo, async ({ port }) => {
    const chunk = `32\r\n${'x'.repeat(50)}\r\n`;
    for (const body of [
      `Content-Length: 1000000\r\n\r\n`,
      `Content-Length: 1000000\r\n\r\nx`,
      `Transfer-Encoding: chunked\r\n\r\n${chunk}`,
    ]) {
      const answer = await raw(port, `POST / HTTP/1.1\r\nHost: x\r\n${body}`);
      assert.match(answer, /^HTTP\/1\.1 413 /, body);
      assert.match(answer, /connection: close/i, body);
    }
  }));

test('a client that asks before it sends a large body is told at once, and one that is busy sending reads the answer', () =>
  serving(echo, async ({ port }) => {
    const asked = await raw(port, 'POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n\r\n');
    assert.match(asked, /^HTTP\/1\.1 413 /);
    const allowed = await raw(
      port,
      'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi',
    );
    assert.match(allowed, /^HTTP\/1\.1 100 [\s\S]*HTTP\/1\.1 200 /);
    const size = 20_000_000;
    const busy = await raw(port, `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n${'x'.repeat(size)}`);
    assert.match(busy, /^HTTP\/1\.1 413 /);
  }));

test('what is no HTTP gets a 4xx and the connection ends', () =>
  serving(echo, async ({ port }) => {
    for (const bad of ['GARBAGE\r\n\r\n', 'GET / HTTP/1.1\r\nBad Header: x\r\n\r\n', 'GET / HTTP/1.1\r\nA: b\u0001c\r\n\r\n']) {
      assert.match(await raw(port, bad), /^HTTP\/1\.1 400 /, bad);
    }
    const huge = await raw(port, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(70_000)}\r\n\r\n`);
    assert.match(huge, /^HTTP\/1\.1 431 /);
  }));

test('closing waits for the requests under way, but not for ever', async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = await serveHttp({
    port: 0,
    maximumBody: () => 10,
    handle: async () => {
      await gate;
      return { status: 204, headers: [], body: new Uint8Array() };
    },
  });
  const waiting = fetch(server.url);
  const closed = server.close(60_000);
  release();
  // Either the request was under way and is answered, or it had not arrived and is refused; nothing hangs.
  await Promise.allSettled([waiting, closed]);
  await assert.rejects(fetch(server.url));
});

test('a port that is taken is told', async () => {
  await serving(echo, async ({ port }) => {
    await assert.rejects(serveHttp({ port, handle: async (request) => echo(request), maximumBody: () => 1 }), { code: 'EADDRINUSE' });
  });
});
