import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SessionState, SimulatorState } from '#runtime/protocol.js';
import { children, cookieHeader, duration, identity, type Node, parseRequest, roots, sessionName, untilNextEnd } from './model.js';

const session = (id: string, more: Partial<SessionState> = {}): SessionState => ({
  id,
  mode: 'legacy',
  state: 'idle',
  process: 3,
  address: '127.0.0.1',
  opened: 1000,
  lastRequest: 2000,
  requests: 2,
  cookieExpires: 9000,
  ends: 8000,
  processes: [],
  variables: [],
  selections: [],
  locks: [],
  ...more,
});

const state = (sessions: SessionState[], more: Partial<SimulatorState> = {}): SimulatorState => ({
  now: 3000,
  mode: 'legacy',
  cookieName: '4DSID_Shop',
  sessions,
  processes: [],
  ...more,
});

const kinds = (nodes: readonly Node[]): string[] => nodes.map((node) => (node.kind === 'group' ? `group:${node.of}` : node.kind));

test('the server comes first, then its sessions as they were opened, then the other processes', () => {
  const late = session('B'.repeat(32), { opened: 5000 });
  const process = { number: 1, name: 'Main', kind: 'main', status: 'idle' } as const;
  const found = roots(state([late, session('A'.repeat(32))], { processes: [process] }));
  assert.deepEqual(kinds(found), ['server', 'session', 'session', 'group:otherProcesses']);
  assert.deepEqual(found.map((node) => identity(node)).slice(1, 3), [`session:${'A'.repeat(32)}`, `session:${'B'.repeat(32)}`]);
  assert.deepEqual(kinds(roots(state([]))), ['server']);
});

test('a session shows what it holds first, and no empty groups', () => {
  const [, empty] = roots(state([session('A')]));
  assert.deepEqual(kinds(children(empty)), Array(5).fill('detail'));
  const full = session('A', {
    variables: [{ name: 'vCustomerID', value: '1' }],
    selections: [{ table: 'Article', records: 3, current: 1 }],
    locks: [{ table: 'Article', record: 2 }],
    processes: [{ number: 3, name: 'Web Process#3', kind: 'web', status: 'idle' }],
    userName: 'ana',
    privileges: ['shop'],
  });
  const [, node] = roots(state([full]));
  const inside = children(node);
  assert.deepEqual(kinds(inside).slice(0, 4), ['group:variables', 'group:locks', 'group:selections', 'group:processes']);
  assert.equal(inside.filter(({ kind }) => kind === 'detail').length, 7);
  const identities = inside.flatMap((one) => [identity(one, 's'), ...children(one).map((leaf) => identity(leaf, identity(one, 's')))]);
  assert.equal(new Set(identities).size, identities.length);
});

test('the same node in a later state is the same one', () => {
  const before = roots(state([session('A')]));
  const after = roots(state([session('A', { requests: 5, state: 'active' })], { now: 9 }));
  assert.deepEqual(
    before.map((node) => identity(node)),
    after.map((node) => identity(node)),
  );
});

test('a session is called by its client, else by its first digits', () => {
  assert.equal(sessionName(session('0123456789ABCDEF', { client: 'ana' })), 'ana');
  assert.equal(sessionName(session('0123456789ABCDEF')), '01234567');
  assert.equal(cookieHeader(state([]), session('A1')), '4DSID_Shop=A1');
});

test('lengths of time have two units at most', () => {
  assert.equal(duration(0), '0 s');
  assert.equal(duration(-5), '0 s');
  assert.equal(duration(59_999), '59 s');
  assert.equal(duration(8 * 3600_000 + 5 * 60_000 + 7000), '8 h 5 min');
  assert.equal(duration(86_400_000), '1 d');
});

test('the next end is that of the session with the least left', () => {
  assert.equal(untilNextEnd(state([])), undefined);
  assert.equal(untilNextEnd(state([session('A', { ends: 8000 }), session('B', { ends: 4000 }), session('C', { ends: 1 })])), 1000);
  assert.equal(untilNextEnd(state([session('A', { ends: Number.POSITIVE_INFINITY })])), undefined);
});

test('requests are read as people type them', () => {
  assert.deepEqual(parseRequest('/basket'), { method: 'GET', url: '/basket' });
  assert.deepEqual(parseRequest(' get /4DACTION/Web_logOut '), { method: 'GET', url: '/4DACTION/Web_logOut' });
  assert.deepEqual(parseRequest('POST /4DACTION/Web_logIn login=ana&code=4711'), {
    method: 'POST',
    url: '/4DACTION/Web_logIn',
    body: 'login=ana&code=4711',
  });
  assert.deepEqual(parseRequest('/a x=1 y'), { method: 'POST', url: '/a', body: 'x=1 y' });
  for (const bad of ['', 'GET', 'basket', 'http://elsewhere/']) assert.equal(parseRequest(bad), undefined, bad);
});
