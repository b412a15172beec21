import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CookieJar } from './cookieJar.js';

const host = '127.0.0.1';
const noon = Date.UTC(2026, 0, 15, 12);

test('a cookie comes back for its path until it expires', () => {
  const jar = new CookieJar();
  jar.take('4DSID_Shop=A1; Path=/shop; Expires=Thu, 15 Jan 2026 20:00:00 GMT; HttpOnly', host, '/', noon);
  assert.equal(jar.header('/shop', noon), '4DSID_Shop=A1');
  assert.equal(jar.header('/shop/basket?x=1', noon), '4DSID_Shop=A1');
  assert.equal(jar.header('/shopping', noon), undefined);
  assert.equal(jar.header('/shop', noon + 9 * 3_600_000), undefined);
});

test('a new value takes the place of the old one, and one that has expired removes it', () => {
  const jar = new CookieJar();
  jar.take('id=1; Path=/', host, '/', noon);
  jar.take('id=2; Path=/', host, '/', noon);
  assert.equal(jar.header('/', noon), 'id=2');
  jar.take('id=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT', host, '/', noon);
  assert.equal(jar.header('/', noon), undefined);
  jar.take('id=3; Path=/; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', host, '/', noon);
  assert.equal(jar.header('/', noon + 59_000), 'id=3');
  assert.equal(jar.header('/', noon + 60_000), undefined);
});

test('longer paths come first; without a path the folder of the request counts', () => {
  const jar = new CookieJar();
  jar.take('a=1', host, '/shop/basket?line=2', noon);
  jar.take('b=2; Path=/shop/basket', host, '/', noon);
  assert.equal(jar.header('/shop/basket', noon), 'b=2; a=1');
  assert.equal(jar.header('/', noon), undefined);
});

test('what a browser would not take is not taken: other domains, secure cookies without TLS, no name', () => {
  const jar = new CookieJar();
  jar.take('a=1; Domain=example.com', host, '/', noon);
  jar.take('b=1; Secure', host, '/', noon);
  jar.take('=x', host, '/', noon);
  jar.take('nonsense', host, '/', noon);
  assert.equal(jar.header('/', noon), undefined);
  jar.take('c=1; Domain=.example.com', 'www.example.com', '/', noon);
  assert.equal(jar.header('/', noon), 'c=1');
  assert.equal(jar.valueOf('c'), '1');
});
