/** What must never work, over a real socket: ways out of the web folder, foreign ids, headers smuggled in, requests that are too much. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { Simulator } from '../simulator.js';
import { serveHttp } from '../web/node/http.js';
import { header, published, type Simulated, simulate, text } from './simulate.js';

/** Sends bytes as they are; gives all that comes back. */
function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.setEncoding('latin1');
    socket.on('data', (data: string) => {
      answer += data;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

async function served(simulator: Simulator, use: (port: number) => Promise<void>): Promise<void> {
  const server = await serveHttp({
    port: 0,
    handle: (request) => simulator.handle(request),
    maximumBody: () => simulator.web.state.options.maxRequestSize,
  });
  try {
    await use(server.port);
  } finally {
    await server.close(0);
    await simulator.stop();
  }
}

test('nothing outside the web folder is served, in whatever way the address is written', async () => {
  const simulator = await Simulator.create({ files: nodeFileSystem, root: 'runtime/scenarios/cases', mode: 'none', clock: { speed: 0 } });
  await simulator.start();
  await served(simulator, async (port) => {
    const paths = [
      '/../Project/Cases.4DProject',
      '/%2e%2e/Project/Cases.4DProject',
      '/%2e%2e%2fProject%2fCases.4DProject',
      '/..%2fProject/Cases.4DProject',
      '/..%5cProject%5cCases.4DProject',
      '/..\\Project\\Cases.4DProject',
      '/%252e%252e/Project/Cases.4DProject',
      '/x/../../Project/Cases.4DProject',
      '/./../Project/Cases.4DProject',
      '/....//Project/Cases.4DProject',
      '/%c0%ae%c0%ae/Project/Cases.4DProject',
      '/%e0%80%ae%e0%80%ae/Project/Cases.4DProject',
      '/%u002e%u002e/Project/Cases.4DProject',
      '/..%00/Project/Cases.4DProject',
      '/..;/Project/Cases.4DProject',
      '//..//..//Project/Cases.4DProject',
      '/C:/Project/Cases.4DProject',
      '/file:///etc/passwd',
      '/etc/passwd',
      '//etc/passwd',
      '/%2fetc%2fpasswd',
      'http://127.0.0.1/../Project/Cases.4DProject',
      'file:///etc/passwd',
    ];
    for (const path of paths) {
      const answer = await raw(port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 (200|400|404) /, path);
      assert.doesNotMatch(answer, /tokenizedText|root:/, path);
      // An address that is none of a file goes to On Web Connection; it says so.
      if (answer.startsWith('HTTP/1.1 200')) assert.match(answer, /no page/, path);
    }
    const good = await raw(port, 'GET /index.html HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    assert.match(good, /^HTTP\/1\.1 200 [\s\S]*<p>start/);
  });
});

test('malformed requests get a 4xx or 5xx of their own, and the server goes on', async () => {
  const { simulator } = await simulate({ methods: { hello: `${published}WEB SEND TEXT("hello")` } }, { mode: 'legacy' });
  await served(simulator, async (port) => {
    const end = 'Host: x\r\nConnection: close\r\n\r\n';
    const table: [status: RegExp, request: string][] = [
      [/ 400 /, `GET\r\n${end}`],
      [/ 400 /, `GET / HTTP/9.9\r\n${end}`],
      [/ 400 /, `G\u0001T / HTTP/1.1\r\n${end}`],
      [/ (400|501) /, `BREW / HTTP/1.1\r\n${end}`],
      [/ 405 /, `TRACE / HTTP/1.1\r\n${end}`],
      [/ 400 /, `GET /%zz HTTP/1.1\r\n${end}`],
      [/ 400 /, `GET /a%0d%0ab HTTP/1.1\r\n${end}`],
      [/ 400 /, `GET /a%00b HTTP/1.1\r\n${end}`],
      [/ 400 /, `GET / HTTP/1.1\r\nBad Name: x\r\n${end}`],
      [/ 400 /, `GET / HTTP/1.1\r\n: x\r\n${end}`],
      [/ 400 /, `GET / HTTP/1.1\r\nX: a\u0000b\r\n${end}`],
      [/ 400 /, `GET / HTTP/1.1\r\nContent-Length: -1\r\n${end}`],
      [/ 400 /, `POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n${end}abc`],
      [/ 400 /, `POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n${end}0\r\n\r\n`],
      [/ 414 /, `GET /${'x'.repeat(9_000)} HTTP/1.1\r\n${end}`],
      [/ 431 /, `GET / HTTP/1.1\r\nX: ${'y'.repeat(70_000)}\r\n${end}`],
      [/ 431 /, `GET / HTTP/1.1\r\n${'X: y\r\n'.repeat(300)}${end}`],
      [/ 413 /, `POST /4DACTION/hello HTTP/1.1\r\nContent-Length: 3000000\r\n${end}${'x'.repeat(100_000)}`],
    ];
    for (const [status, request] of table) assert.match((await raw(port, request)).slice(0, 40), status, request.slice(0, 60));
    const good = await raw(port, `GET /4DACTION/hello HTTP/1.1\r\n${end}`);
    assert.match(good, /hello$/);
  });
});

const hello = `${published}WEB SEND TEXT(WEB Get current session ID)`;

for (const mode of ['legacy', 'scalable'] as const) {
  test(`an id that the server did not issue opens another session (${mode})`, async () => {
    const { get, simulator } = await simulate({ methods: { hello } }, { mode });
    const fixed = 'AAAABBBBCCCCDDDDEEEEFFFF00001111';
    const answer = await get('/4DACTION/hello', { headers: [['Cookie', `4DSID_Test=${fixed}`]] });
    assert.match(text(answer), /^[0-9A-F]{32}$/);
    assert.notEqual(text(answer), fixed);
    assert.match(header(answer, 'Set-Cookie') ?? '', new RegExp(`^4DSID_Test=${text(answer)};`));
    await simulator.stop();
  });

  test(`malformed cookies are passed over (${mode})`, async () => {
    const { get, simulator } = await simulate({ methods: { hello } }, { mode });
    const id = text(await get('/4DACTION/hello'));
    for (const cookie of [
      '',
      ';;;',
      '=',
      `=${id}`,
      '4DSID_Test',
      '4DSID_Test=',
      `4dsid_test=${id}`,
      '4DSID_Test="',
      `4DSID_Test=${id}x`,
      `4DSID_Test=${'F'.repeat(10_000)}`,
      '4DSID_Test=__proto__',
      '4DSID_Test=constructor',
      '4DSID_Test=%00',
      '\u00ff\u00fe=1',
    ]) {
      const answer = await get('/4DACTION/hello', { headers: [['Cookie', cookie]] });
      assert.equal(answer.status, 200, cookie);
      assert.notEqual(text(answer), id, cookie);
    }
    for (const cookie of [`x=1; 4DSID_Test=${id}`, `4DSID_Test="${id}"`, `4DSID_Test=nonsense; 4DSID_Test=${id.toLowerCase()}`]) {
      assert.equal(text(await get('/4DACTION/hello', { headers: [['Cookie', cookie]] })), id, cookie);
    }
    await simulator.stop();
  });
}

const form = (body: string): Parameters<Simulated['get']>[1] => ({
  method: 'POST',
  headers: [['Content-Type', 'application/x-www-form-urlencoded']],
  body: new TextEncoder().encode(body),
});
const formValue = 'ARRAY TEXT($n;0)\nARRAY TEXT($v;0)\nWEB GET VARIABLES($n;$v)\n';

test('no text becomes a header of its own: in redirects, cookies, headers, raw data', async () => {
  const { get, simulator } = await simulate(
    {
      methods: {
        redirect: `${published}${formValue}WEB SEND HTTP REDIRECT($v{1})`,
        redirectAsIs: `${published}${formValue}WEB SEND HTTP REDIRECT($v{1};*)`,
        cookie: `${published}${formValue}WEB SET HTTP HEADER("Set-Cookie: own="+$v{1})\nWEB SEND TEXT("set")`,
        named: `${published}${formValue}ARRAY TEXT($a;1)\nARRAY TEXT($b;1)\n$a{1}:="X-Own"\n$b{1}:=$v{1}\nWEB SET HTTP HEADER($a;$b)\nWEB SEND TEXT("set")`,
      },
    },
    { mode: 'legacy' },
  );
  const evil = 'x%0d%0aSet-Cookie:%20evil=1%0d%0a%0d%0a<script>';
  const encoded = await get('/4DACTION/redirect', form(`to=${evil}`));
  assert.equal(encoded.status, 302);
  assert.doesNotMatch(header(encoded, 'Location') ?? '', /[\r\n]/);
  for (const method of ['redirectAsIs', 'named']) {
    const refused = await get(`/4DACTION/${method}`, form(`to=${evil}`));
    assert.equal(refused.status, 500, method);
    assert.ok(!refused.headers.some(([, value]) => /evil/.test(value)), method);
  }
  // The text form takes lines, as in 4D: a line break is another header line there. Ours is never one that the server keeps for itself.
  const lines = await get('/4DACTION/cookie', form('to=x%0d%0aContent-Length:%20999%0d%0aTransfer-Encoding:%20chunked'));
  assert.equal(header(lines, 'Content-Length'), '3');
  assert.equal(header(lines, 'Transfer-Encoding'), undefined);
  for (const answer of [encoded, lines]) for (const [, value] of answer.headers) assert.doesNotMatch(value, /[\r\n]/);
  await simulator.stop();
});

test('names from outside reach no prototype', async () => {
  const { get, simulator } = await simulate(
    {
      methods: {
        json: `${published}${formValue}var $o : Object\n$o:=JSON Parse($v{1})\n$o.__proto__:=1\nWEB SEND TEXT(JSON Stringify($o))`,
        names: `${published}${formValue}WEB SEND TEXT($n{1})`,
      },
    },
    { mode: 'none' },
  );
  const answer = await get(
    '/4DACTION/json',
    form(`to=${encodeURIComponent('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')}`),
  );
  assert.equal(answer.status, 200);
  assert.equal(text(await get('/4DACTION/names', form('__proto__[polluted]=1'))), '__proto__[polluted]');
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  await simulator.stop();
});

test('a method that loops for ever holds up nobody else', async () => {
  const { get, simulator } = await simulate(
    { methods: { loop: `${published}While (True)\n\t$i:=$i+1\nEnd while `, hello: `${published}WEB SEND TEXT("hello")` } },
    { mode: 'scalable' },
  );
  const looping = get('/4DACTION/loop');
  assert.equal(text(await get('/4DACTION/hello')), 'hello');
  await simulator.stop();
  assert.equal((await looping).status, 503);
});

test('a method that calls itself for ever ends with an error', async () => {
  const { get, simulator } = await simulate(
    { methods: { deep: `${published}deep`, hello: `${published}WEB SEND TEXT("hello")` } },
    { mode: 'legacy' },
  );
  assert.equal((await get('/4DACTION/deep')).status, 500);
  assert.equal(text(await get('/4DACTION/hello')), 'hello');
  await simulator.stop();
});
