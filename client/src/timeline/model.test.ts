import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TraceEvent } from '#runtime/protocol.js';
import { groups, placeOf, TimelineBuilder, type TimelineRow } from './model.js';

const start = Date.UTC(2026, 0, 31, 8);
const ana = 'A'.repeat(32);
const luis = 'B'.repeat(32);

const story: TraceEvent[] = [
  { at: start, kind: 'server-started', url: 'http://127.0.0.1:1/', mode: 'legacy' },
  { at: start, kind: 'request', id: 1, client: 'ana', method: 'POST', url: '/4DACTION/Web_logIn' },
  { at: start, kind: 'session-opened', session: ana, mode: 'legacy', process: 3, why: 'no-cookie' },
  { at: start, kind: 'method', process: 3, name: 'Web_logIn', why: 'action' },
  { at: start, kind: 'cookie', session: ana, header: '4DSID_Shop=A' },
  { at: start + 10, kind: 'response', id: 1, status: 302, milliseconds: 10, setCookie: ['4DSID_Shop=A'] },
  { at: start + 20, kind: 'request', id: 2, client: 'luis', method: 'GET', url: '/' },
  { at: start + 20, kind: 'session-opened', session: luis, mode: 'legacy', process: 4, why: 'no-cookie' },
  { at: start + 30, kind: 'request', id: 3, client: 'ana', method: 'GET', url: '/4DACTION/Web_logOut', session: ana },
  {
    at: start + 30,
    kind: 'session-closing',
    session: ana,
    cause: 'command',
    file: '/shop/Project/Sources/Methods/Web_logOut.4dm',
    line: 7,
  },
  { at: start + 40, kind: 'session-closed', session: ana, cause: 'command', variables: 3, unlocked: 1, selections: 1 },
  { at: start + 8 * 3600_000, kind: 'session-closing', session: luis, cause: 'process-timeout' },
  { at: start + 8 * 3600_000, kind: 'session-closed', session: luis, cause: 'process-timeout', variables: 0, unlocked: 0, selections: 0 },
  { at: start + 8 * 3600_000, kind: 'request', id: 4, client: 'marta', method: 'GET', url: '/' },
  { at: start + 8 * 3600_000, kind: 'session-opened', session: 'C'.repeat(32), mode: 'legacy', process: 5, why: 'no-cookie' },
];

const rowsOf = (events: readonly TraceEvent[], language: 'en' | 'es' = 'en'): TimelineRow[] => {
  const builder = new TimelineBuilder(language);
  return events.map((event) => builder.add(event));
};

/** The lines of a row as they look: `|` goes through, `,` begins, `'` ends; `·` is an empty lane. */
const picture = ({ lines }: TimelineRow): string => {
  const signs = { through: '|', start: ',', end: "'" };
  const lanes: string[] = [];
  for (const { lane, shape } of lines) lanes[lane] = signs[shape];
  return Array.from(lanes, (sign) => sign ?? '·').join('');
};

test('each session has a line from its opening to its end, and a free lane is used again', () => {
  assert.deepEqual(rowsOf(story).map(picture), ['', '', ',', '|', '|', '|', '|', '|,', '||', '||', "'|", '·|', "·'", '', ',']);
});

test('rows are called by the client whose session it is', () => {
  const who = rowsOf(story).map((row) => row.who ?? '-');
  assert.equal(who.join(' '), '- ana ana ana ana ana luis luis ana ana ana luis luis marta marta');
});

test('time that passes is told where it is noticed', () => {
  assert.deepEqual(
    rowsOf(story).flatMap(({ gap }) => gap ?? []),
    ['7 h 59 min'],
  );
});

test('rows speak both languages and belong to a filter', () => {
  const [, , english] = rowsOf(story);
  const [, , spanish] = rowsOf(story, 'es');
  assert.match(english.text, /session AAAAAAAA… opened/);
  assert.match(spanish.text, /sesión AAAAAAAA… abierta/);
  for (const row of rowsOf(story)) assert.ok(groups.includes(row.group));
});

test('rows lead to the line that did it, or to the method', () => {
  assert.deepEqual(
    story.flatMap((event) => placeOf(event) ?? []),
    [
      { method: 'Web_logIn' },
      { method: 'Web_logIn' },
      { method: 'Web_logOut' },
      { file: '/shop/Project/Sources/Methods/Web_logOut.4dm', line: 7 },
    ],
  );
  const request = (url: string): TraceEvent => ({ at: 0, kind: 'request', id: 1, client: 'a', method: 'GET', url });
  assert.deepEqual(placeOf(request('/4daction/My%20method/x?y')), { method: 'My method' });
  assert.deepEqual(placeOf(request('/4DACTION/%E0%A4%A')), { method: '%E0%A4%A' });
  assert.equal(placeOf(request('/4DCGI/x')), undefined);
});

test('a longer trace adds rows and changes none', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: story.length }), (cut) => {
      assert.deepEqual(rowsOf(story.slice(0, cut)), rowsOf(story).slice(0, cut));
    }),
  );
});
