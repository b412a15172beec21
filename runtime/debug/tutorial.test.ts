/** The tutorial, debugged: what a person sees who puts a breakpoint into the close database method and logs out. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Adapter, tutorial } from './test/adapter.js';

const closeMethod = join(tutorial, 'Project/Sources/DatabaseMethods/onWebSessionSuspend.4dm');
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const logIn = { client: 'ana', method: 'POST', url: '/4DACTION/Web_logIn', headers: form, body: 'login=ana&code=4711' };
const logOut = { client: 'ana', url: '/4DACTION/Web_logOut' };
const records = join(tutorial, 'records.json');
const lineOf = (path: string, text: string): number =>
  readFileSync(path, 'utf8')
    .split(/\r\n|\r|\n/)
    .findIndex((line) => line.includes(text)) + 1;

test('logging out stops inside On Web Legacy Close Session, where the session still has its variables and locks', async (t) => {
  const adapter = new Adapter(t);
  const line = lineOf(closeMethod, 'vCustomerID');
  await adapter.launch({ project: tutorial, records, requests: [logIn, logOut] }, async () => {
    const [breakpoint] = await adapter.breakAt(closeMethod, line);
    assert.equal(breakpoint.verified, true);
    assert.equal(breakpoint.line, line);
  });
  const { reason, threadId, allThreadsStopped } = await adapter.stopped();
  assert.equal(reason, 'breakpoint');
  assert.equal(allThreadsStopped, false);
  const [top, ...below] = await adapter.stack(threadId!);
  assert.equal(top.source?.path, closeMethod);
  assert.equal(top.line, line);
  assert.ok(
    below.some(({ name }) => name === 'Web_logOut'),
    below.map(({ name }) => name).join(),
  );
  const values = await adapter.values(top.id);
  assert.equal(values.get('vCustomerID')?.value, '1');
  assert.equal(values.get('vCustomerName')?.value, '"Ana Ruiz"');
  const { threads } = (await adapter.client.threadsRequest()).body;
  assert.match(threads.find(({ id }) => id === threadId)?.name ?? '', /session [0-9A-F]{8}/);
  await adapter.client.continueRequest({ threadId: threadId! });
  assert.equal((await adapter.next('exited')).body.exitCode, 0);
  await adapter.next('terminated');
  const output = adapter.output.join('');
  assert.match(output, /session [0-9A-F]{8}… opened/);
  assert.match(output, /→ #1 ana POST \/4DACTION\/Web_logIn/);
  assert.match(output, /Set-Cookie: 4DSID_Shop=[0-9A-F]{32}/);
  assert.match(output, /session [0-9A-F]{8}… closes: WEB LEGACY CLOSE SESSION/);
  assert.match(output, /session [0-9A-F]{8}… is gone; freed: variables \d+/);
});

test('in scalable mode the same log out closes nothing; the console says so, in Spanish too, and a filter stops there', async (t) => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), '4d-debug-')));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  cpSync(tutorial, root, { recursive: true });
  cpSync(join(root, 'settings-scalable/settings.4DSettings'), join(root, 'Project/Sources/settings.4DSettings'));
  const adapter = new Adapter(t);
  const closing = join(root, 'Project/Sources/Methods/Web_logOut.4dm');
  await adapter.launch(
    { project: root, records: join(root, 'records.json'), requests: [logOut] },
    () => adapter.client.setExceptionBreakpointsRequest({ filters: ['close-ignored'] }),
    { locale: 'es-MX' },
  );
  const { reason, threadId, description } = await adapter.stopped();
  assert.equal(reason, 'exception');
  assert.equal(description, 'cierre de sesión ignorado');
  const [top] = await adapter.stack(threadId!);
  assert.equal(top.line, lineOf(closing, 'WEB LEGACY CLOSE SESSION:C1208') + 1);
  await adapter.client.continueRequest({ threadId: threadId! });
  await adapter.next('terminated');
  assert.match(adapter.output.join(''), /WEB LEGACY CLOSE SESSION\(".*"\) no cambia nada: el servidor funciona con sesiones escalables/);
});

test('a function breakpoint on the command catches it by any of its names, in front of the command', async (t) => {
  const adapter = new Adapter(t);
  await adapter.launch({ project: tutorial, records, requests: [logIn, logOut] }, async () => {
    const names = ['WEB CLOSE SESSION', 'Customer_leave', 'no such thing'];
    const { breakpoints } = (await adapter.client.setFunctionBreakpointsRequest({ breakpoints: names.map((name) => ({ name })) })).body;
    assert.deepEqual(
      breakpoints.map(({ verified }) => verified),
      [true, true, false],
    );
    assert.match(breakpoints[2].message ?? '', /Neither a method/);
  });
  const first = await adapter.stopped();
  assert.equal(first.reason, 'function breakpoint');
  assert.match(await adapter.where(first.threadId!), /^Web_logOut:/);
  await adapter.client.continueRequest({ threadId: first.threadId! });
  const second = await adapter.stopped();
  assert.equal(second.reason, 'function breakpoint');
  assert.match(await adapter.where(second.threadId!), /^Customer_leave:/);
  await adapter.client.continueRequest({ threadId: second.threadId! });
  await adapter.next('terminated');
});

test('verbs of the debug console and the requests of the session explorer', async (t) => {
  const adapter = new Adapter(t);
  await adapter.launch({
    project: tutorial,
    records,
    keepAlive: true,
    requests: [logIn],
    clock: { start: '2026-01-15T08:00:00', speed: 0 },
  });
  const say = (text: string): Promise<string> => adapter.evaluate(text, undefined, 'repl');
  const answer = await say('request GET /4DACTION/Web_articles as ana');
  assert.match(answer, /^200\n/);
  assert.match(answer, /Desk lamp/);
  assert.match(await say('sessions'), /^[0-9A-F]{8}… {2}legacy, idle, 2 requests, ends 2026-01-15 16:00:00, client ana$/);
  assert.match(await say('processes'), /idle/);
  assert.match(await say('request GET /4DACTION/Web_basketAdd?article=1 as ana'), /^\d{3}\n/);
  const { body: state } = await adapter.client.customRequest('4d/state');
  assert.equal(state.sessions.length, 1);
  assert.equal(state.sessions[0].client, 'ana');
  assert.ok(
    state.sessions[0].variables.some(({ name, value }: { name: string; value: string }) => name === 'vCustomerID' && value === '1'),
  );
  assert.match(await say('locks'), /No record|\[Article\]/);
  assert.match(await say('advance 8h'), /2026-01-15 16:00:00/);
  assert.equal(await say('sessions'), 'No session is open.');
  assert.match(await say('help'), /advance 8h/);
  assert.match(await adapter.refusal(say('close ABCD')), /No open session/);
  assert.equal(await say('1+2*3'), '9');
  const { body: traced } = await adapter.client.customRequest('4d/trace');
  assert.ok(traced.events.some(({ kind }: { kind: string }) => kind === 'session-closed'));
  await adapter.client.terminateRequest({});
  await adapter.next('terminated');
});
