import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Adapter, methodPath, project, tutorial } from './test/adapter.js';

const methods = {
  Main: 'vA:=1\nFor ($i; 1; 3)\n\tvA:=vA+Twice($i)\nEnd for\nvB:=vA\nvC:=Random',
  Twice: '#DECLARE($n : Integer)->$r : Integer\n$r:=$n*2\nvCalls:=vCalls+1',
};

test('step back: statement by statement, over calls, with the values of then; forward again it is the same', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, methods);
  const main = methodPath(root, 'Main');
  await adapter.launch({ program: main }, () => adapter.breakAt(main, 6));
  const { threadId } = await adapter.stopped();
  const thread = { threadId: threadId! };
  const seen = async (): Promise<string> => {
    const [top] = await adapter.stack(threadId!);
    return `${top.line}:${await adapter.evaluate('vA', top.id)}`;
  };
  assert.equal(await seen(), '6:13');
  const path: string[] = [];
  for (let i = 0; i < 4; i++) {
    await adapter.client.stepBackRequest(thread);
    assert.equal((await adapter.stopped()).reason, 'step');
    path.push(await seen());
  }
  assert.equal(path[0], '5:13');
  assert.ok(path.includes('3:7'), path.join(' '));
  await adapter.client.nextRequest(thread);
  await adapter.stopped();
  assert.equal(await seen(), path[2]);
  await adapter.client.continueRequest(thread);
  assert.equal((await adapter.stopped()).reason, 'breakpoint');
  assert.equal(await seen(), '6:13');
  await adapter.client.continueRequest(thread);
  await adapter.next('terminated');
});

test('reverse continue: to the breakpoint before, then to the beginning; there is nothing before that', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, methods);
  const main = methodPath(root, 'Main');
  await adapter.launch({ program: main }, async () => {
    await adapter.breakAt(main, 6);
    await adapter.breakAt(methodPath(root, 'Twice'), { line: 2, condition: '$n=2' });
  });
  const first = await adapter.stopped();
  const thread = { threadId: first.threadId! };
  assert.match(await adapter.where(thread.threadId), /^Twice:2 < Main:3/);
  await adapter.client.continueRequest(thread);
  await adapter.stopped();
  assert.equal(await adapter.where(thread.threadId), 'Main:6');
  await adapter.client.reverseContinueRequest(thread);
  assert.equal((await adapter.stopped()).reason, 'breakpoint');
  assert.match(await adapter.where(thread.threadId), /^Twice:2 < Main:3/);
  assert.equal(await adapter.evaluate('$n', (await adapter.stack(thread.threadId))[0].id), '2');
  await adapter.client.reverseContinueRequest(thread);
  await adapter.stopped();
  assert.equal(await adapter.where(thread.threadId), 'Main:1');
  assert.match(await adapter.refusal(adapter.client.stepBackRequest(thread)), /nothing before/);
  assert.equal(await adapter.where(thread.threadId), 'Main:1');
});

test('a closed session is open again, with its records locked, and closes once more', async (t) => {
  const adapter = new Adapter(t);
  const logOut = join(tutorial, 'Project/Sources/Methods/Web_logOut.4dm');
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const requests = [
    { client: 'ana', method: 'POST', url: '/4DACTION/Web_logIn', headers, body: 'login=ana&code=4711' },
    { client: 'ana', url: '/4DACTION/Web_logOut' },
  ];
  await adapter.launch({ project: tutorial, records: join(tutorial, 'records.json'), requests }, () => adapter.breakAt(logOut, 8));
  const { threadId } = await adapter.stopped();
  const thread = { threadId: threadId! };
  const state = async (): Promise<string> => (await adapter.client.customRequest('4d/state')).body.sessions[0]?.state;
  const line = (await adapter.stack(thread.threadId))[0].line;
  assert.equal(await state(), 'closing');
  await adapter.client.stepBackRequest(thread);
  await adapter.stopped();
  assert.equal((await adapter.stack(thread.threadId))[0].line, line - 1);
  assert.equal(await state(), 'active');
  const [top] = await adapter.stack(thread.threadId);
  assert.equal(await adapter.evaluate('vCustomerName', top.id), '"Ana Ruiz"');
  await adapter.client.nextRequest(thread);
  await adapter.stopped();
  assert.equal(await state(), 'closing');
  await adapter.client.continueRequest(thread);
  assert.equal((await adapter.next('exited')).body.exitCode, 0);
  const closes = adapter.output.filter((text) => /closes: WEB LEGACY CLOSE SESSION/.test(text));
  assert.equal(closes.length, 2);
});
