import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { Adapter, methodPath, project } from './test/adapter.js';

const loop = `// head
var $i : Integer

For ($i; 1; 6)
	vSum:=vSum+$i
	// nothing here
End for
vEnd:=vSum`;

test('breakpoints are verified on statements only, and move to the next one', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, { Main: loop });
  const path = methodPath(root, 'Main');
  await adapter.launch({ program: path }, async () => {
    const answers = await adapter.breakAt(path, 1, 5, 99);
    assert.deepEqual(
      answers.map(({ verified, line }) => [verified, line]),
      [
        [true, 2],
        [true, 5],
        [false, 99],
      ],
    );
    assert.match(answers[2].message ?? '', /no statement/);
    const [stranger] = await adapter.breakAt('/elsewhere/x.4dm', 1);
    assert.equal(stranger.verified, false);
    const locations = (await adapter.client.customRequest('breakpointLocations', { source: { path }, line: 1, endLine: 9 })).body
      .breakpoints;
    const lines = locations.map(({ line }: { line: number }) => line);
    assert.deepEqual(lines.includes(6) || lines.includes(1) || lines.includes(3), false, String(lines));
    assert.ok(lines.includes(4) && lines.includes(5) && lines.includes(8));
  });
  const { threadId, hitBreakpointIds } = await adapter.stopped();
  assert.equal(hitBreakpointIds?.length, 1);
  assert.equal(await adapter.where(threadId!), 'Main:2');
});

test('conditions, hit counts and log points', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, { Main: loop });
  const path = methodPath(root, 'Main');
  const breakpoints = [{ line: 5, condition: '($i%2)=0', hitCondition: '>= 2', logMessage: undefined }];
  await adapter.launch({ program: path }, async () => {
    await adapter.breakAt(path, ...breakpoints, { line: 8, logMessage: 'sum {vSum}, half {vSum/2}' });
  });
  for (const turn of ['4', '6']) {
    const { threadId } = await adapter.stopped();
    assert.equal(await adapter.evaluate('$i', (await adapter.stack(threadId!))[0].id), turn);
    await adapter.client.continueRequest({ threadId: threadId! });
  }
  await adapter.next('terminated');
  assert.ok(adapter.output.includes('sum 21, half 10.5\n'), adapter.output.join(''));
});

test('a condition that cannot be evaluated stops and says why; an unreadable hit count is told', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, { Main: loop });
  const path = methodPath(root, 'Main');
  await adapter.launch({ program: path }, async () => {
    const [, odd] = await adapter.breakAt(path, { line: 5, condition: '1+' }, { line: 8, hitCondition: 'often' });
    assert.match(odd.message ?? '', /hit count “often”/);
  });
  await adapter.stopped();
  assert.match(adapter.output.join(''), /The condition “1\+” of a breakpoint cannot be evaluated/);
});

test('a command is caught in the middle of an expression; its condition disturbs nothing', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, { Main: 'vA:=1\nvB:=100+Length("abc")\nvA:=2\nvB:=1000+Length("abcd")\nvC:=vB' });
  await adapter.launch({ program: methodPath(root, 'Main') }, async () => {
    await adapter.client.setFunctionBreakpointsRequest({ breakpoints: [{ name: 'Length', condition: '(vA*10)=(19+1)' }] });
    await adapter.breakAt(methodPath(root, 'Main'), 3, 5);
  });
  const values: string[] = [];
  for (let i = 0; i < 3; i++) {
    const { threadId } = await adapter.stopped();
    values.push(`${await adapter.where(threadId!)} ${await adapter.evaluate('vB', (await adapter.stack(threadId!))[0].id)}`);
    await adapter.client.continueRequest({ threadId: threadId! });
  }
  assert.deepEqual(values, ['Main:3 103', 'Main:4 103', 'Main:5 1004']);
});

test('data breakpoints stop behind the statement that changed the value, and tell how', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, { Main: 'vA:=1\nvB:=New object("n"; 1)\nvC:=0\nChange\nvC:=2\nvA:=3', Change: 'vB.n:=5\nvC:=1' });
  await adapter.launch({ program: methodPath(root, 'Main') }, () => adapter.breakAt(methodPath(root, 'Main'), 4));
  const { threadId } = await adapter.stopped();
  const [top] = await adapter.stack(threadId!);
  const { scopes } = (await adapter.client.scopesRequest({ frameId: top.id })).body;
  const process = scopes.find(({ name }) => name === 'Process variables')!.variablesReference;
  const onA = (await adapter.client.dataBreakpointInfoRequest({ variablesReference: process, name: 'vA' })).body;
  const onN = (await adapter.client.dataBreakpointInfoRequest({ name: 'vB.n', frameId: top.id })).body;
  assert.deepEqual(onA.accessTypes, ['write']);
  const { breakpoints } = (
    await adapter.client.setDataBreakpointsRequest({ breakpoints: [{ dataId: onA.dataId! }, { dataId: onN.dataId! }] })
  ).body;
  assert.deepEqual(
    breakpoints.map(({ verified }) => verified),
    [true, true],
  );
  await adapter.client.continueRequest({ threadId: threadId! });
  const { reason, text } = await adapter.stopped();
  assert.equal(reason, 'data breakpoint');
  assert.equal(text, 'vB.n: 1 → 5');
  assert.equal(await adapter.where(threadId!), 'Change:2 < Main:4');
});

test('breakpoints on what happens: a session opens', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, { Hello: '//%attributes = {"publishedWeb":true}\nWEB SEND TEXT("hello")\nvA:=1' });
  await adapter.launch({ project: root, sessionMode: 'legacy', requests: [{ url: '/4DACTION/Hello' }] }, async () => {
    const { breakpoints } = (await adapter.client.setFunctionBreakpointsRequest({ breakpoints: [{ name: 'Session opened' }] })).body;
    assert.equal(breakpoints[0].verified, true);
  });
  const { reason, text, threadId } = await adapter.stopped();
  assert.equal(reason, 'function breakpoint');
  assert.match(text ?? '', /session [0-9A-F]{8}… opened/);
  assert.match(await adapter.where(threadId!), /^Hello:2/);
});

test('errors: unhandled ones stop with their information, handled ones only when all are asked for', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, {
    Main: 'Try\n\tThrower\nCatch\n\tvCaught:=True\nEnd try\nThrower',
    Thrower: 'vA:=New object("n"; 1)\nvA.n.m:=1',
  });
  await adapter.launch({ program: methodPath(root, 'Main') });
  const { reason, threadId, text } = await adapter.stopped();
  assert.equal(reason, 'exception');
  assert.match(text ?? '', /The property m belongs to an object/);
  assert.equal(await adapter.where(threadId!), 'Thrower:2 < Main:6');
  const info = (await adapter.client.exceptionInfoRequest({ threadId: threadId! })).body;
  assert.match(info.exceptionId, /^-?\d+$/);
  assert.equal(info.breakMode, 'unhandled');
  assert.match(info.details?.stackTrace ?? '', /Thrower .*\nMain /);
  await adapter.client.continueRequest({ threadId: threadId! });
  assert.equal((await adapter.next('exited')).body.exitCode, 1);

  const all = new Adapter(t);
  await all.launch({ program: methodPath(root, 'Main') }, () =>
    all.client.setExceptionBreakpointsRequest({ filters: [], filterOptions: [{ filterId: 'all', condition: info.exceptionId }] }),
  );
  const first = await all.stopped();
  assert.equal(await all.where(first.threadId!), 'Thrower:2 < Main:2');
});

test('restart runs the project as it is now, with the breakpoints that were set', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, { Main: 'vA:=1\nvB:=2' });
  const path = methodPath(root, 'Main');
  await adapter.launch({ program: path }, () => adapter.breakAt(path, 2));
  await adapter.stopped();
  writeFileSync(path, 'vA:=10\nvB:=2');
  await adapter.client.restartRequest({ arguments: { program: path } } as never);
  const { threadId } = await adapter.stopped();
  assert.equal(await adapter.where(threadId!), 'Main:2');
  assert.equal(await adapter.evaluate('vA', (await adapter.stack(threadId!))[0].id), '10');
});

test('function breakpoints on functions of classes: by class and name, with or without cs, constructors and computed properties too', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, {
    Main: '$o:=cs.Thing.new()\n$o.grow(2)\nvA:=$o.double',
    'Project/Sources/Classes/Thing.4dm':
      'Class constructor()\n\tThis.size:=1\n\nFunction grow($by : Integer)\n\tThis.size+=$by\n\nFunction get double->$d : Integer\n\t$d:=This.size*2\n',
  });
  await adapter.launch({ program: methodPath(root, 'Main') }, async () => {
    const names = ['Thing.constructor', 'cs.Thing.grow', 'Thing.get double', 'Thing.nothing'];
    const { breakpoints } = (await adapter.client.setFunctionBreakpointsRequest({ breakpoints: names.map((name) => ({ name })) })).body;
    assert.deepEqual(
      breakpoints.map(({ verified, line }) => `${verified} ${line}`),
      ['true 2', 'true 5', 'true 8', 'false undefined'],
    );
  });
  const places: string[] = [];
  for (let i = 0; i < 3; i++) {
    const { threadId, reason } = await adapter.stopped();
    assert.equal(reason, 'function breakpoint');
    places.push(await adapter.where(threadId!));
    await adapter.client.continueRequest({ threadId: threadId! });
  }
  assert.deepEqual(
    places.map((place) => place.split(' < ')[1]),
    ['Main:1', 'Main:2', 'Main:3'],
  );
});
