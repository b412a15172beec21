import assert from 'node:assert/strict';
import test from 'node:test';
import type { CallHierarchyItem } from 'vscode-languageserver';
import { webEntryPoints } from '../analysis/reach.js';
import { testProject } from '../test/project.js';
import { type CallData, incomingCalls, outgoingCalls, prepareCallHierarchy } from './callHierarchy.js';

const onWebConnection = 'Project/Sources/DatabaseMethods/onWebConnection.4dm';
const closeMethod = 'Project/Sources/DatabaseMethods/onWebSessionSuspend.4dm';
const basket = 'Project/Sources/Classes/Basket.4dm';
const sources = {
  Main: 'WEB LEGACY ‸CLOSE SESSION($id)',
  Log_out: '//%attributes = {"publishedWeb":true}\nMain',
  Route: '$a:=Main',
  Deferred: 'CALL WORKER("w"; "Main")',
  Unused: 'Main',
  [onWebConnection]: 'If (True)\n\tRoute\nEnd if',
  [closeMethod]: 'Basket_save',
  Basket_save: '',
  [basket]: 'Function leave()\n\tMain\nFunction other()\n\tThis.leave()',
};

const tell = (item: CallHierarchyItem): string => `${item.name}${item.detail ? ` (${item.detail})` : ''}`;

test('who reaches the close, up to where the web enters', async () => {
  const project = await testProject(sources);
  const { snapshot, cursor } = await project.at('Main');
  const [close] = await prepareCallHierarchy(snapshot, cursor, project.context());
  assert.equal(tell(close), 'WEB LEGACY CLOSE SESSION (Command 1208 · reached from 2 web entry points)');
  const callersOf = async (item: CallHierarchyItem): Promise<CallHierarchyItem[]> =>
    (await incomingCalls(project.project, item.data as CallData, project.context())).map((c) => c.from);
  const [main, ...none] = await callersOf(close);
  assert.deepEqual(none, []);
  const callers = await callersOf(main);
  assert.deepEqual(callers.map(tell).sort(), [
    'Deferred (no web entry point reaches it)',
    'Log_out (open to the web (4DACTION))',
    'Route (reached from 1 web entry point)',
    'Unused (no web entry point reaches it)',
    'leave (cs.Basket)',
  ]);
  const route = callers.find((c) => c.name === 'Route')!;
  assert.deepEqual((await callersOf(route)).map(tell), ['On Web Connection (the web enters here)']);
  const leave = callers.find((c) => c.name === 'leave')!;
  assert.deepEqual((await callersOf(leave)).map(tell), ['other (cs.Basket)']);
});

test('what a method calls; closing leads into the close method', async () => {
  const project = await testProject(sources);
  const calleesOf = async (data: CallData): Promise<string[]> =>
    (await outgoingCalls(project.project, data, project.context())).map((c) => `${c.to.name} ${c.fromRanges.length}`);
  assert.deepEqual(await calleesOf({ kind: 'file', path: 'Project/Sources/Methods/Log_out.4dm' }), ['Main 1']);
  assert.deepEqual(await calleesOf({ kind: 'file', path: 'Project/Sources/Methods/Main.4dm' }), ['WEB LEGACY CLOSE SESSION 1']);
  assert.deepEqual(await calleesOf({ kind: 'command', number: 1208 }), ['On Web Legacy Close Session 0']);
  assert.deepEqual(await calleesOf({ kind: 'file', path: closeMethod }), ['Basket_save 1']);
  assert.deepEqual(await calleesOf({ kind: 'function', path: basket, name: 'other' }), ['leave 1']);
});

test('the close method is called by the command', async () => {
  const project = await testProject(sources);
  const calls = await incomingCalls(project.project, { kind: 'file', path: closeMethod }, project.context());
  assert.deepEqual(
    calls.map((c) => `${c.from.name} ${c.fromRanges.length}`),
    ['Main 1'],
  );
});

test('without a name under the cursor: the method or function around it', async () => {
  const project = await testProject({ Main: 'ALERT("‸x")', [basket]: 'Function leave()\n\tIf (True)‸\n\tEnd if' });
  const main = await project.at('Main');
  assert.deepEqual(
    (await prepareCallHierarchy(main.snapshot, main.cursor, project.context())).map((i) => i.name),
    ['Main'],
  );
  const inClass = await project.at(basket);
  assert.deepEqual(
    (await prepareCallHierarchy(inClass.snapshot, inClass.cursor, project.context())).map((i) => i.name),
    ['leave'],
  );
});

test('entry points over circles', async () => {
  const { project } = await testProject({ A: 'B', B: 'A\nC', C: 'WEB LEGACY CLOSE SESSION("")', [onWebConnection]: 'A' });
  assert.deepEqual(
    webEntryPoints(project, 'c:1208').map((e) => e.file.name),
    ['onWebConnection'],
  );
});
