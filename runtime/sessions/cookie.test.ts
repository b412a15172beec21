import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { Cookie } from 'tough-cookie';
import { defaultCookieName, isCookieAttribute, isCookieName, legacyCookie, scalableCookie, sessionCookieValues } from './cookie.js';
import { defaultWebOptions } from './options.js';
import type { WebOptions } from './types.js';

const old = { application: 'KBv20', release: 18, secure: false };
const recent = { application: 'KBv20', release: 21, secure: false };
const options = (changes: Partial<WebOptions>): WebOptions => ({ ...defaultWebOptions('legacy'), ...changes });

test('legacy cookies read byte for byte as the captured ones', () => {
  const vectors: [string, Partial<WebOptions>, string][] = [
    ['DB36747FFC2941E68DA2FCA0CC290B14', {}, '4DSID=DB36747FFC2941E68DA2FCA0CC290B14; Path=/; Max-Age=28800; HttpOnly; Version=1'],
    [
      '7DAE771DBEA40C43AE78B2ABE8028332',
      { inactiveSessionTimeout: 200 },
      '4DSID=7DAE771DBEA40C43AE78B2ABE8028332; Path=/; Max-Age=12000; HttpOnly; Version=1',
    ],
    ['A', { sessionCookieDomain: '/localhost' }, '4DSID=A; Domain=/localhost; Path=/; Max-Age=28800; HttpOnly; Version=1'],
    [
      'A',
      { sessionCookieDomain: '/localhost', sessionCookieName: '4dSessionId' },
      '4dSessionId=A; Domain=/localhost; Path=/; Max-Age=28800; HttpOnly; Version=1',
    ],
    [
      'A',
      { sessionCookieDomain: '/localhost', sessionCookieName: '4dSessionId', sessionCookiePath: '/test.html' },
      '4dSessionId=A; Domain=/localhost; Path=/test.html; Max-Age=28800; HttpOnly; Version=1',
    ],
    [
      'A',
      {
        sessionCookieDomain: '/localhost',
        sessionCookieName: '4dSessionId',
        sessionCookiePath: '/test.html',
        inactiveSessionTimeout: 481,
      },
      '4dSessionId=A; Domain=/localhost; Path=/test.html; Max-Age=28860; HttpOnly; Version=1',
    ],
  ];
  for (const [id, changes, text] of vectors) assert.equal(legacyCookie(id, options(changes), old), text);
});

test('from release 19 on the name carries the application, and SameSite and Secure follow', () => {
  assert.equal(legacyCookie('A', options({}), recent), '4DSID_KBv20=A; Path=/; Max-Age=28800; HttpOnly; Version=1; SameSite=Strict');
  assert.equal(
    legacyCookie('A', options({ sessionCookieSameSite: 'None' }), { ...recent, secure: true }),
    '4DSID_KBv20=A; Path=/; Max-Age=28800; HttpOnly; Version=1; SameSite=None; Secure',
  );
  assert.match(legacyCookie('A', options({}), recent, true), /; Max-Age=0;/);
});

test('a scalable cookie keeps its name whatever the option says', () => {
  assert.equal(
    scalableCookie('A', 60, options({ sessionCookieName: 'mine', sessionCookiePath: '' }), { ...recent, secure: true }),
    '4DSID_KBv20=A; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict; Secure',
  );
});

test('an application name becomes a cookie name that browsers take', () => {
  assert.equal(defaultCookieName({ application: 'Mi tienda ñ', release: 21 }), '4DSID_Mi%20tienda%20%C3%B1');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (application) => {
      const name = defaultCookieName({ application, release: 21 });
      assert.ok(isCookieName(name), name);
      assert.equal(Cookie.parse(legacyCookie('A', options({}), { application, release: 21, secure: false }))?.key, name);
    }),
  );
});

test('what would end a header or an attribute is no cookie text', () => {
  for (const bad of ['a\r\nSet-Cookie: x=1', 'a;b', 'a\u0000', '\u007f']) assert.equal(isCookieAttribute(bad), false, JSON.stringify(bad));
  for (const bad of ['', 'a b', 'a=b', 'a;b', 'a\n', 'ñ', '"']) assert.equal(isCookieName(bad), false, JSON.stringify(bad));
});

test('cookies are read from any number of headers, however they are written', () => {
  const read = (...lines: string[]) =>
    sessionCookieValues(
      lines.map((line) => ['Cookie', line] as const),
      '4DSID_X',
    );
  assert.deepEqual(read('4DSID_X=abc'), ['ABC']);
  assert.deepEqual(read('a=1;4DSID_X="ab" ; b', ' 4DSID_X = CD'), ['AB', 'CD']);
  assert.deepEqual(read('4dsid_x=abc; =; ;;4DSID_X=; 4DSID_Xy=1'), []);
  fc.assert(fc.property(fc.string(), (line) => Array.isArray(read(line))));
});
