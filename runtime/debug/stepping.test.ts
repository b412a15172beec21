import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Adapter, methodPath, project } from './test/adapter.js';

const methods = {
  Main: `// a comment
var $sum : Integer

$sum:=Twice(1)+Twice(2)
For ($i; 1; 3)
	$sum:=$sum+$i
End for
vDone:=$sum`,
  Twice: `#DECLARE($n : Integer)->$result : Integer
$result:=$n
$result:=$result*2`,
};

test('step over, in and out; a call that ends leads to the line after it', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, methods);
  const main = methodPath(root, 'Main');
  await adapter.launch({ program: main, stopOnEntry: true });
  const { reason, threadId } = await adapter.stopped();
  assert.equal(reason, 'entry');
  const thread = { threadId: threadId! };
  const step = async (kind: 'next' | 'stepIn' | 'stepOut'): Promise<string> => {
    await adapter.client[`${kind}Request`](thread);
    assert.equal((await adapter.stopped()).reason, 'step');
    return adapter.where(threadId!);
  };
  let where = await adapter.where(threadId!);
  while (where !== 'Main:4') where = await step('next');
  assert.equal(await step('stepIn'), 'Twice:2 < Main:4');
  assert.equal(await step('next'), 'Twice:3 < Main:4');
  assert.equal(await step('next'), 'Main:5', 'the second call of the line is passed over');
  assert.equal(await step('next'), 'Main:6');
  const [top] = await adapter.stack(threadId!);
  assert.equal(await adapter.evaluate('$sum', top.id), '6');
  await adapter.client.continueRequest(thread);
  await adapter.next('terminated');
});

test('step out of a method and into one of two calls', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, {
    ...methods,
    Main: 'vA:=1\nvA:=Twice(Thrice(vA))\nvB:=vA',
    Thrice: '#DECLARE($n : Integer)->$r : Integer\n$r:=$n*3',
  });
  await adapter.launch({ program: methodPath(root, 'Main') }, () => adapter.breakAt(methodPath(root, 'Main'), 2));
  const { threadId } = await adapter.stopped();
  const [top] = await adapter.stack(threadId!);
  const { targets } = (await adapter.client.stepInTargetsRequest({ frameId: top.id })).body;
  assert.deepEqual(
    targets.map(({ label }) => label),
    ['Thrice(vA)', 'Twice(Thrice(vA))'],
  );
  await adapter.client.stepInRequest({ threadId: threadId!, targetId: targets[1].id });
  await adapter.stopped();
  assert.equal(await adapter.where(threadId!), 'Twice:2 < Main:2');
  await adapter.client.stepOutRequest({ threadId: threadId! });
  await adapter.stopped();
  assert.equal(await adapter.where(threadId!), 'Main:3');
  assert.equal(await adapter.evaluate('vA', (await adapter.stack(threadId!))[0].id), '6');
});

test('a loop that never ends answers pause; a jump leads out of it', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, { Main: 'vTurns:=0\nWhile (True)\n\tvTurns:=vTurns+1\nEnd while\nvAfter:=1' });
  await adapter.launch({ program: methodPath(root, 'Main') });
  const started = await adapter.next('thread');
  const { threadId } = started.body;
  await adapter.client.pauseRequest({ threadId });
  const { reason } = await adapter.stopped();
  assert.equal(reason, 'pause');
  assert.match(await adapter.where(threadId), /^Main:[234]$/);
  const { targets } = (await adapter.client.gotoTargetsRequest({ source: { path: methodPath(root, 'Main') }, line: 5 })).body;
  assert.equal(targets[0].line, 5);
  await adapter.client.gotoRequest({ threadId, targetId: targets[0].id });
  assert.equal((await adapter.stopped()).reason, 'goto');
  assert.equal(await adapter.where(threadId), 'Main:5');
  await adapter.client.continueRequest({ threadId });
  await adapter.next('terminated');
});

test('a frame starts again with the arguments it was called with', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, methods);
  await adapter.launch({ program: methodPath(root, 'Main') }, () => adapter.breakAt(methodPath(root, 'Twice'), 3));
  const { threadId } = await adapter.stopped();
  const [top] = await adapter.stack(threadId!);
  await adapter.evaluate('$result:=99', top.id, 'repl');
  await adapter.client.restartFrameRequest({ frameId: top.id });
  assert.equal((await adapter.stopped()).reason, 'restart');
  assert.equal(await adapter.where(threadId!), 'Twice:2 < Main:4');
  const [again] = await adapter.stack(threadId!);
  assert.equal(await adapter.evaluate('$n', again.id), '1');
  assert.equal(await adapter.evaluate('$result', again.id), '0');
});

test('each process is a thread; one that is stepped alone holds the others', async (t) => {
  const adapter = new Adapter(t);
  const web = '//%attributes = {"publishedWeb":true}\n';
  const root = project(t, { Main: `${web}<>turns:=0\nvA:=1\nvB:=2\nvC:=3`, Worker: `${web}While (True)\n\t<>turns:=<>turns+1\nEnd while` });
  const requests = [{ client: 'ana', url: '/4DACTION/Main' }];
  await adapter.launch({ project: root, sessionMode: 'legacy', requests }, () => adapter.breakAt(methodPath(root, 'Main'), 3));
  const { threadId } = await adapter.stopped();
  const turns = async (): Promise<number> => Number(await adapter.evaluate('<>turns', (await adapter.stack(threadId!))[0].id));
  void adapter.client.customRequest('4d/send', { client: 'luis', url: '/4DACTION/Worker' }).catch(() => undefined);
  while ((await turns()) === 0);
  const { threads } = (await adapter.client.threadsRequest()).body;
  assert.equal(threads.length, 2);
  const other = threads.find(({ id }) => id !== threadId)!;
  assert.match(other.name, /session/);
  await adapter.client.pauseRequest({ threadId: other.id });
  assert.equal((await adapter.stopped()).threadId, other.id);
  const before = await turns();
  await adapter.client.nextRequest({ threadId: threadId! });
  await adapter.stopped();
  assert.equal(await adapter.where(threadId!), 'Main:4');
  assert.equal(await turns(), before, 'a stopped process does not run');
  await adapter.client.continueRequest({ threadId: other.id });
  const [held] = await Promise.all([turns(), adapter.client.nextRequest({ threadId: threadId!, singleThread: true })]);
  await adapter.stopped();
  assert.equal(await adapter.where(threadId!), 'Main:5');
  assert.ok((await turns()) >= held);
});
