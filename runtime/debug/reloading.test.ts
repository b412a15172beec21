/** Code that is saved while it is debugged: the next call runs it, as in 4D. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { Adapter, methodPath, project } from './test/adapter.js';

const methods = { Main: 'vA:=Twice(1)\nvB:=Twice(2)\nvC:=vA+vB', Twice: '#DECLARE($n : Integer)->$r : Integer\n$r:=$n*2' };

test('the next call runs what was saved; breakpoints move along; the past cannot be run again', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, methods);
  const [main, twice] = [methodPath(root, 'Main'), methodPath(root, 'Twice')];
  await adapter.launch({ program: main }, async () => {
    await adapter.breakAt(main, 2, 3);
    await adapter.breakAt(twice, { line: 2, condition: '$n=2' });
  });
  const { threadId } = await adapter.stopped();
  const reload = async (path: string) => (await adapter.client.customRequest('4d/reload', { path })).body.reloaded;
  assert.equal(await reload(twice), false, 'nothing has changed');
  writeFileSync(twice, '#DECLARE($n : Integer)->$r : Integer\n// three times\n\n$r:=$n*30');
  assert.equal(await reload(twice), true);
  assert.equal((await adapter.next('breakpoint')).body.breakpoint.line, 4);
  assert.match(adapter.output.join(''), /Twice was saved: its next call runs the new code\.\n/);
  assert.match(await adapter.refusal(adapter.client.stepBackRequest({ threadId: threadId! })), /nothing before/);
  await adapter.client.continueRequest({ threadId: threadId! });
  await adapter.stopped();
  assert.equal(await adapter.where(threadId!), 'Twice:4 < Main:2');
  await adapter.client.continueRequest({ threadId: threadId! });
  await adapter.stopped();
  assert.equal(await adapter.evaluate('vB', (await adapter.stack(threadId!))[0].id), '60');
  await adapter.client.continueRequest({ threadId: threadId! });
  await adapter.next('terminated');
});

test('breakpoints of a modified source are those of its new text; a call under way ends with the old one and does not jump', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, methods);
  const main = methodPath(root, 'Main');
  await adapter.launch({ program: main, stopOnEntry: true });
  const { threadId } = await adapter.stopped();
  writeFileSync(main, '// one\n// two\n// three\nvA:=1');
  const { breakpoints } = (
    await adapter.client.setBreakpointsRequest({ source: { path: main }, breakpoints: [{ line: 2 }], sourceModified: true })
  ).body;
  assert.deepEqual([breakpoints[0].verified, breakpoints[0].line], [true, 4]);
  assert.match(adapter.output.join(''), /The call that is under way ends with the old one/);
  const { targets } = (await adapter.client.customRequest('gotoTargets', { source: { path: main }, line: 4 })).body;
  assert.match(await adapter.refusal(adapter.client.gotoRequest({ threadId: threadId!, targetId: targets[0].id })), /cannot go on there/);
  await adapter.client.continueRequest({ threadId: threadId! });
  assert.equal((await adapter.next('exited')).body.exitCode, 0);
});

test('a method that is new to the run is said to be', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, methods);
  await adapter.launch({ program: methodPath(root, 'Main'), stopOnEntry: true });
  await adapter.stopped();
  const path = methodPath(root, 'Thrice');
  writeFileSync(path, 'vA:=3');
  assert.deepEqual((await adapter.client.customRequest('4d/reload', { path })).body, { reloaded: false });
  assert.match(adapter.output.join(''), /Thrice is new to this run/);
});
