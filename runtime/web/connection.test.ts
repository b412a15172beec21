import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { gunzipSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import type { Value } from '../values/value.js';
import { challenge, credentialsOf, validDigest } from './authentication.js';
import { codingFor, compressed } from './compression.js';
import { corsAnswer } from './cors.js';
import { fileResponse } from './files.js';
import { handlerFor, readHandlers } from './handlers.js';
import type { HttpRequest } from './http.js';

function http(headers: Readonly<Record<string, string>>, more: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    target: '/',
    headers: Object.entries(headers),
    body: new Uint8Array(),
    remoteAddress: '127.0.0.1',
    localAddress: '127.0.0.1',
    secure: false,
    ...more,
  };
}

const file = { name: 'a.txt', bytes: new TextEncoder().encode('0123456789') };

test('one range of a file is sent alone; what is no range gets the whole file', () => {
  const table: [range: string, status: number, body: string, contentRange?: string][] = [
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=8-', 206, '89', 'bytes 8-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=4-2', 200, '0123456789'],
    ['bytes=0-1,3-4', 200, '0123456789'],
    ['lines=1-2', 200, '0123456789'],
    ['bytes=-', 200, '0123456789'],
  ];
  for (const [range, status, body, contentRange] of table) {
    const response = fileResponse(file, http({ Range: range }));
    const given = response.headers.find(([name]) => name === 'Content-Range')?.[1];
    assert.deepEqual([response.status, new TextDecoder().decode(response.body), given], [status, body, contentRange], range);
  }
  fc.assert(
    fc.property(fc.string(), (range) => {
      const { status } = fileResponse(file, http({ Range: range }));
      assert.ok([200, 206, 416].includes(status));
    }),
  );
});

test('a client that has the file gets 304; If-Range keeps a range to the version that it knows', () => {
  const tag = fileResponse(file, http({})).headers.find(([name]) => name === 'ETag')![1];
  const status = (headers: Record<string, string>, method = 'GET') => fileResponse(file, http(headers, { method })).status;
  assert.equal(status({ 'If-None-Match': tag }), 304);
  assert.equal(status({ 'If-None-Match': `"x", W/${tag}` }), 304);
  assert.equal(status({ 'If-None-Match': '*' }, 'HEAD'), 304);
  assert.equal(status({ 'If-None-Match': '"x"' }), 200);
  assert.equal(status({ 'If-None-Match': tag }, 'POST'), 200);
  assert.equal(status({ Range: 'bytes=0-1', 'If-Range': tag }), 206);
  assert.equal(status({ Range: 'bytes=0-1', 'If-Range': '"old"' }), 200);
});

test('answers are compressed where the client takes it and they are large enough', async () => {
  assert.equal(codingFor('br, gzip;q=0.5, deflate'), 'gzip');
  assert.equal(codingFor('gzip;q=0, deflate'), 'deflate');
  assert.equal(codingFor('*;q=0.1'), 'gzip');
  assert.equal(codingFor('identity'), undefined);
  const text = new TextEncoder().encode('4D '.repeat(1_000));
  const response = {
    status: 200,
    headers: [
      ['Content-Type', 'text/html; charset=UTF-8'],
      ['Content-Length', '3000'],
      ['ETag', '"1"'],
    ] as [string, string][],
    body: text,
  };
  const gzip = await compressed(response, http({ 'Accept-Encoding': 'gzip' }), 1_024);
  assert.deepEqual(new Uint8Array(gunzipSync(gzip.body)), text);
  assert.deepEqual(Object.fromEntries(gzip.headers), {
    'Content-Type': 'text/html; charset=UTF-8',
    'Content-Length': String(gzip.body.length),
    ETag: 'W/"1"',
    'Content-Encoding': 'gzip',
    Vary: 'Accept-Encoding',
  });
  const deflate = await compressed(response, http({ 'Accept-Encoding': 'deflate' }), 1_024);
  assert.deepEqual(new Uint8Array(inflateSync(deflate.body)), text);
  assert.equal(await compressed(response, http({}), 1_024), response);
  assert.equal(await compressed(response, http({ 'Accept-Encoding': 'gzip' }), 10_000), response);
  const picture = { ...response, headers: [['Content-Type', 'image/png']] as [string, string][] };
  assert.equal(await compressed(picture, http({ 'Accept-Encoding': 'gzip' }), 0), picture);
});

test('pages from elsewhere: by host and method, as the settings say', () => {
  const settings = (...entries: Record<string, string>[]): Value => ({
    t: 'collection',
    items: entries.map((entry) => ({ t: 'object', properties: new Map(Object.entries(entry)) })),
  });
  const verdict = (origin: string, host: string, methods = '', method = 'GET'): boolean =>
    !corsAnswer(http({ Origin: origin, Host: 'shop.example' }, { method }), true, settings({ host, methods }))!.refused;
  const table: [origin: string, host: string, allowed: boolean][] = [
    ['http://192.168.5.17:8081', '192.168.5.17:8081', true],
    ['http://192.168.5.17:8082', '192.168.5.17:8081', false],
    ['http://192.168.5.17:8082', '192.168.5.17', true],
    ['http://192.168.5.17:8082', '192.168.*', true],
    ['http://10.168.5.17:8082', '192.168.*', false],
    ['http://192.168.5.17:8082', '192.168.*:8081', false],
    ['https://my.page.example', 'http://*.page.example', false],
    ['http://my.page.example', 'http://*.page.example', true],
    ['http://page.example.evil.test', '*.page.example', false],
    ['http://any.test', '*', true],
    ['http://any.test', '', false],
  ];
  for (const [origin, host, allowed] of table) assert.equal(verdict(origin, host), allowed, `${origin} ${host}`);
  assert.equal(verdict('http://any.test', '*', 'post;get', 'POST'), true);
  assert.equal(verdict('http://any.test', '*', 'post;get', 'DELETE'), false);
  assert.equal(corsAnswer(http({ Origin: 'http://any.test' }), false, settings()), undefined);
  assert.equal(corsAnswer(http({ Origin: 'http://shop.example', Host: 'shop.example' }), true, settings()), undefined);
  const asked = http(
    { Origin: 'http://any.test', 'Access-Control-Request-Method': 'PUT', 'Access-Control-Request-Headers': 'x-own' },
    { method: 'OPTIONS' },
  );
  const preflight = corsAnswer(asked, true, settings({ host: '*', methods: 'PUT' }))!;
  assert.deepEqual(
    [preflight.preflight, preflight.refused, Object.fromEntries(preflight.headers)['Access-Control-Allow-Methods']],
    [true, undefined, 'PUT'],
  );
});

test('handlers: the first pattern and verb that fit; what cannot be taken is told', () => {
  const { handlers, problems } = readHandlers(`[
    {"class": "A", "method": "info", "pattern": "info", "verbs": "get, post"}, // a comment
    {"class": "A", "method": "past", "regexPattern": "/docs/(past|today)", "verbs": "GET"},
    {"class": "A", "method": "pages", "regexPattern": "/docs/**/index.html"},
    {"class": "A", "method": "rest", "pattern": "docs/a//b"},
    {"class": "A", "method": "x", "pattern": "rest/x"},
    {"class": "A", "method": "x", "regexPattern": "("},
    {"class": "A", "pattern": "y"},
    {"class": "A", "method": "x"}
  ]`);
  assert.equal(problems.length, 4);
  const name = (path: string, method = 'GET') => {
    const found = handlerFor(handlers, path, method);
    return typeof found === 'object' ? found.functionName : found;
  };
  assert.deepEqual(
    ['/info', '/info/', '/info/general', '/information', '//docs//today/x', '/docs/x/y/index.html', '/docs/a/b/c', '/'].map((path) =>
      name(path),
    ),
    ['info', 'info', 'info', undefined, 'past', 'pages', 'rest', undefined],
  );
  assert.equal(name('/info', 'PUT'), 'rejected');
  assert.equal(readHandlers('nonsense').problems.length, 1);
  assert.equal(readHandlers('{}').problems.length, 1);
});

test('BASIC: name and password, a colon in it too; what is malformed is none', () => {
  const basic = (text: string) => credentialsOf(http({ Authorization: `Basic ${Buffer.from(text).toString('base64')}` }), 'basic');
  assert.deepEqual(basic('ana:a:ñ'), { user: 'ana', password: 'a:ñ' });
  assert.equal(basic('ana'), undefined);
  for (const header of ['', 'Basic', 'Basic %%%', 'Bearer abc', 'Basic a']) {
    assert.equal(credentialsOf(http({ Authorization: header }), 'basic'), undefined, header);
  }
  assert.deepEqual(challenge('basic', 'Sh"op\r\n', ''), ['WWW-Authenticate', 'Basic realm="Sh_op__", charset="UTF-8"']);
});

test('DIGEST: the value must be made of the password, for this address, with a nonce that was given out', () => {
  const hash = (text: string) => createHash('md5').update(text).digest('hex');
  const nonce = 'ABC';
  const answer = (password: string, uri = '/x', own = nonce) => {
    const response = hash(`${hash(`ana:Shop:${password}`)}:${own}:00000001:xyz:auth:${hash(`GET:${uri}`)}`);
    const header = `Digest username="ana", realm="Shop", nonce="${own}", uri="${uri}", qop=auth, nc=00000001, cnonce="xyz", response="${response}"`;
    return http({ Authorization: header }, { target: '/x' });
  };
  const issued = new Set([nonce]);
  assert.deepEqual(credentialsOf(answer('4711'), 'digest'), { user: 'ana', password: '' });
  assert.equal(validDigest(answer('4711'), 'ana', '4711', issued), true);
  assert.equal(validDigest(answer('4711'), 'ana', '0815', issued), false);
  assert.equal(validDigest(answer('4711'), 'luis', '4711', issued), false);
  assert.equal(validDigest(answer('4711', '/y'), 'ana', '4711', issued), false);
  assert.equal(validDigest(answer('4711', '/x', 'DEF'), 'ana', '4711', issued), false);
  assert.equal(validDigest(http({}), 'ana', '4711', issued), false);
});
