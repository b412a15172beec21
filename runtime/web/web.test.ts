import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { draftResponse, emptyDraft, setHeader, setHeaderLines } from './draft.js';
import { bodyParts, formVariables } from './forms.js';
import type { HttpRequest } from './http.js';
import { addressText, readRequest, requestText, type WebRequest } from './request.js';
import { relativePath, resolveInside, WebFolder } from './webFolder.js';

const bytes = (text: string) => new TextEncoder().encode(text);

function http(target: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    target,
    headers: [],
    body: new Uint8Array(),
    remoteAddress: '127.0.0.1',
    localAddress: '127.0.0.1',
    secure: false,
    ...more,
  };
}

function read(target: string, more: Partial<HttpRequest> = {}): WebRequest {
  const result = readRequest(http(target, more), 1_000);
  assert.ok('request' in result, JSON.stringify(result));
  return result.request;
}

test('addresses are taken apart, the absolute form too', () => {
  const pick = ({ path, query }: WebRequest) => [path, query];
  assert.deepEqual(pick(read('/4DACTION/Hello/a%20b?x=1&y')), ['/4DACTION/Hello/a b', 'x=1&y']);
  assert.deepEqual(pick(read('http://127.0.0.1:8080?x')), ['/', 'x']);
  assert.deepEqual(pick(read('https://shop.example/%C3%B1#top')), ['/ñ', '']);
});

test('malformed requests are told by their status', () => {
  const table: [number, string, Partial<HttpRequest>][] = [
    [400, '/', { method: 'G T' }],
    [501, '/', { method: 'BREW' }],
    [400, 'shop', {}],
    [400, '', {}],
    [400, '/%zz', {}],
    [400, '/%ff', {}],
    [400, '/a%00b', {}],
    [400, '/a%0d%0ab', {}],
    [400, '/', { headers: [['Coo kie', '1']] }],
    [400, '/', { headers: [['Cookie', 'a\r\nb: c']] }],
    [413, '/', { body: new Uint8Array(1_001) }],
    [414, `/${'x'.repeat(9_000)}`, {}],
    [431, '/', { headers: [['X', 'y'.repeat(70_000)]] }],
    [431, '/', { headers: Array.from({ length: 201 }, () => ['X', 'y'] as const) }],
  ];
  for (const [status, target, more] of table) {
    const result = readRequest(http(target, more), 1_000);
    assert.equal('status' in result ? result.status : 200, status, `${target.slice(0, 20)} ${JSON.stringify(more).slice(0, 60)}`);
  }
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (method, target, name, value) => {
      readRequest(http(target, { method, headers: [[name, value]] }), 10);
    }),
  );
});

test('database methods get headers and body, cut at 32 KB, and IPv4 addresses in IPv6 form', () => {
  const request = read('/a?b', { method: 'POST', headers: [['Host', 'h']], body: bytes('x=1') });
  assert.equal(requestText(request), 'POST /a?b HTTP/1.1\r\nHost: h\r\n\r\nx=1');
  const long = readRequest(http('/', { body: new Uint8Array(100_000).fill(65) }), 200_000);
  assert.ok('request' in long);
  assert.equal(requestText(long.request).length, 32_768);
  assert.equal(addressText('127.0.0.1'), '::ffff:127.0.0.1');
  assert.equal(addressText('::1'), '::1');
});

test('form variables come from body and query, as text', () => {
  const form: [string, string] = ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8'];
  assert.deepEqual(formVariables(read('/x?q=%C3%B1+o&&=v&k', { method: 'POST', headers: [form], body: bytes('a=1&a=2&b=%zz%41') })), [
    ['a', '1'],
    ['a', '2'],
    ['b', '%zzA'],
    ['q', 'ñ o'],
    ['', 'v'],
    ['k', ''],
  ]);
});

test('a JSON body is read as a form is; what is no form at all gives no variables', () => {
  const variables = (type: string, text: string) =>
    formVariables(read('/x?q=1', { method: 'POST', headers: [['Content-Type', type]], body: bytes(text) }));
  assert.deepEqual(variables('application/json; charset=utf-8', '{"name":"José"}'), [
    ['{"name":"José"}', ''],
    ['q', '1'],
  ]);
  assert.deepEqual(variables('application/vnd.api+json', '{"a":"b=c"}'), [
    ['{"a":"b', 'c"}'],
    ['q', '1'],
  ]);
  assert.deepEqual(variables('application/octet-stream', 'abc'), [['q', '1']]);
  assert.deepEqual(variables('application/jsonish', '{}'), [['q', '1']]);
});

test('multipart bodies come apart byte for byte', () => {
  const body = bytes(
    '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\nhé\r\n\r\n--B\r\nContent-Disposition: form-data; name="f"; filename="x \\"1\\".png"\r\nContent-Type: image/png\r\n\r\n\u0000\r\n--x\r\n--B--\r\n',
  );
  const request = read('/', { method: 'POST', headers: [['content-type', 'multipart/form-data; charset=x; boundary="B"']], body });
  assert.deepEqual(
    bodyParts(request).map((part) => [part.name, part.fileName, part.mimeType, new TextDecoder().decode(part.bytes)]),
    [
      ['a', '', '', 'hé\r\n'],
      ['f', 'x "1".png', 'image/png', '\u0000\r\n--x'],
    ],
  );
  assert.deepEqual(formVariables(request), [
    ['a', 'hé\r\n'],
    ['f', ''],
  ]);
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('--B', '--', '\r\n', '\r\n\r\n', 'Content-Disposition: form-data; name="a"', ';', 'x')),
      (pieces) => {
        bodyParts({ ...request, http: { ...request.http, body: bytes(pieces.join('')) } });
      },
    ),
  );
});

test('no path leads out of the web folder', async () => {
  for (const bad of [
    '/../x',
    '/a/../../x',
    '/..',
    '/a/./b',
    '/.git/config',
    '/a\\..\\x',
    '/C:/x',
    '/a.html.',
    '/a.html ',
    '/x::$DATA',
    '/a\u0000',
  ])
    assert.equal(relativePath(bad), undefined, bad);
  assert.equal(relativePath('//a///b.html'), 'a/b.html');
  assert.equal(resolveInside('../x', 'a/'), 'x');
  assert.equal(resolveInside('../../x', 'a/'), undefined);
  assert.equal(resolveInside('/pages/a.html', 'b/'), 'pages/a.html');
  assert.equal(resolveInside('pages:a.html'), 'pages/a.html');
  assert.equal(resolveInside('pages\\..\\..\\a.html'), undefined);

  const links = new Map([
    ['/web', '/real/web'],
    ['/web/a.css', '/real/web/a.css'],
    ['/web/link.txt', '/real/secret.txt'],
    ['/web/near.txt', '/real/website/x'],
  ]);
  const folder = new WebFolder(
    {
      readText: async () => undefined,
      readBytes: async (path) => bytes(path),
      list: async () => [],
      realPath: async (path) => links.get(path),
    },
    '/web',
  );
  assert.ok(await folder.read('/a.css'));
  for (const path of ['/link.txt', '/near.txt', '/none', '/', '/../web/a.css']) assert.equal(await folder.read(path), undefined, path);
});

test('what code sets becomes headers, and never more than it set', () => {
  const draft = emptyDraft();
  assert.equal(
    setHeaderLines(
      draft,
      'X-VERSION: HTTP/1.1\r\nX-STATUS: 404 Not Found\rX-A: 1\nContent-Length: 7\nSet-Cookie: a=1\nSet-Cookie: b=2\nx-a: 2',
    ),
    undefined,
  );
  draft.content = { bytes: bytes('hi'), type: 'text/html' };
  assert.deepEqual(draftResponse(draft), {
    status: 404,
    headers: [
      ['x-a', '2'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['Content-Type', 'text/html; charset=UTF-8'],
    ],
    body: bytes('hi'),
  });
  assert.ok(setHeader(draft, 'Location', '/a\r\nSet-Cookie: evil=1'));
  assert.ok(setHeader(draft, 'Loc ation', '/a'));
  assert.ok(setHeader(draft, 'X-STATUS', '99'));
});

test('a redirect wins over what else was sent, with 301 only when it is asked for', () => {
  const draft = emptyDraft();
  draft.content = { bytes: bytes('hi'), type: 'text/html' };
  draft.redirect = '/b';
  draft.status = 404;
  assert.deepEqual(draftResponse(draft), { status: 302, headers: [['Location', '/b']], body: new Uint8Array() });
  draft.status = 301;
  assert.equal(draftResponse(draft)?.status, 301);
});

test('raw data is a whole response', () => {
  const raw = (text: string) => {
    const draft = emptyDraft();
    draft.raw.push(bytes(text));
    const { status, headers, body } = draftResponse(draft)!;
    return [status, headers, new TextDecoder().decode(body)];
  };
  assert.deepEqual(raw('HTTP/1.1 418 Teapot\r\nX: y\r\n\r\nhot'), [418, [['X', 'y']], 'hot']);
  assert.deepEqual(raw('Location: /x\r\n\r\n'), [302, [['Location', '/x']], '']);
  assert.deepEqual(raw('only data'), [200, [], 'only data']);
});
