/** Clients that ask what makes no sense, too early, twice, too much, or leave in the middle: clear answers, and nothing left behind. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { methodPath, project, tutorial } from './test/adapter.js';
import { Bare, type Message } from './test/bare.js';
import { serve } from './test/serving.js';

// biome-ignore lint/suspicious/noExplicitAny: bodies of answers are what is looked at.
type Body = any;

const requests = [
  ...['setBreakpoints', 'setFunctionBreakpoints', 'setExceptionBreakpoints', 'breakpointLocations', 'dataBreakpointInfo'],
  ...['setDataBreakpoints', 'terminateThreads', 'stackTrace', 'scopes', 'variables', 'setVariable', 'setExpression', 'evaluate'],
  ...['completions', 'stepInTargets', 'stepBack', 'reverseContinue', 'restartFrame', 'gotoTargets', 'goto', 'pause', 'exceptionInfo'],
  ...['loadedSources', 'source', 'cancel', 'threads', '4d/close', '4d/expire', '4d/advance', '4d/send'],
  ...['toString', '__proto__', 'constructor', 'hasOwnProperty', 'readMemory'],
];

const nonsense: readonly unknown[] = [
  {},
  null,
  [],
  'text',
  { threadId: -1, frameId: -1, variablesReference: -1, expression: 5, breakpoints: 7, source: 3, line: 'x', text: 4, filters: 3, name: {} },
  {
    ...{ threadId: 'a', frameId: {}, breakpoints: [{}, null, 3], filters: [null], filterOptions: [null], source: { path: 5 } },
    ...{ threadIds: [null, 'a'], expression: null, text: null, column: -5, line: -1, context: 'repl', session: {}, url: 5 },
  },
];

/** A client whose run of `Main` stands at a line. */
async function stoppedAt(t: TestContext, methods: Readonly<Record<string, string>>, line: number) {
  const root = project(t, methods);
  const program = methodPath(root, 'Main');
  const bare = new Bare();
  t.after(() => bare.adapter.kill());
  await bare.send('initialize', { adapterID: 'x' });
  await bare.send('launch', { program });
  await bare.send('setBreakpoints', { source: { path: program }, breakpoints: [{ line }] });
  await bare.send('configurationDone');
  const { threadId } = (await bare.event('stopped')).body as Body;
  const frameId: number = ((await bare.send('stackTrace', { threadId })).body as Body).stackFrames[0].id;
  return { bare, program, threadId, frameId };
}

/** An answer that is right, or says what is wrong in words for people. */
const isClear = ({ success, message = '' }: Message): boolean => success === true || !/failed at|TypeError|undefined/.test(message);

test('arguments that make no sense are named, in every request', async (t) => {
  const { bare, threadId } = await stoppedAt(t, { Main: 'vA:=1\nvB:=2' }, 2);
  for (const args of nonsense) {
    for (const command of requests) {
      const answer = await bare.send(command, args as object);
      assert.ok(isClear(answer), `${command} ${JSON.stringify(args)}: ${answer.message}`);
    }
  }
  assert.equal(
    (await bare.send('setBreakpoints')).message,
    '“setBreakpoints”: the argument “source” must be an object whose “path” is a text.',
  );
  assert.match((await bare.send('setDataBreakpoints', { breakpoints: [{}] })).message ?? '', /“breakpoints\[0\]\.dataId” must be a text/);
  assert.match((await bare.send('constructor')).message ?? '', /knows no request “constructor”/);
  assert.equal((await bare.send('continue', { threadId })).success, true);
  await bare.event('terminated');
});

test('of two launches at once the second is refused; a configuration is done once', async (t) => {
  const root = project(t, { Main: 'vA:=1' });
  const configuration = { program: methodPath(root, 'Main'), stopOnEntry: true };
  const bare = new Bare();
  t.after(() => bare.adapter.kill());
  void bare.send('initialize', { adapterID: 'x' });
  const [first, second] = await Promise.all([bare.send('launch', configuration), bare.send('launch', configuration)]);
  assert.deepEqual([first.success, second.success], [true, false]);
  await bare.send('configurationDone');
  await bare.send('configurationDone');
  await bare.event('stopped');
  assert.equal(((await bare.send('threads')).body as Body).threads.length, 1);
});

test('a restart that cannot be leaves what runs; the second of two requests to end does not wait for On Exit', async (t) => {
  const endless = { 'Project/Sources/DatabaseMethods/onExit.4dm': 'Repeat\nUntil (False)' };
  const { bare } = await stoppedAt(t, { Main: 'vA:=1\nvB:=2', ...endless }, 2);
  assert.equal((await bare.send('restart', { arguments: { project: '/nowhere' } })).success, false);
  assert.equal(((await bare.send('threads')).body as Body).threads.length, 1);
  await bare.send('terminate');
  await bare.send('terminate');
  await bare.event('terminated');
});

test('who asks for all of a large value at once gets its beginning, and how much is left', async (t) => {
  const { bare, frameId } = await stoppedAt(t, { Main: 'ARRAY LONGINT(aN; 20000)\nvB:=2' }, 2);
  const { variablesReference } = (await bare.send('evaluate', { expression: 'aN', frameId, context: 'watch' })).body as Body;
  const { variables } = (await bare.send('variables', { variablesReference })).body as Body;
  assert.deepEqual([variables.length, variables.at(-1).name, variables.at(-1).value], [10_001, '…', '10001 more']);
});

test('a variable is not set to what gives no value', async (t) => {
  const { bare, frameId } = await stoppedAt(t, { Main: 'var $n : Integer\n$n:=7\nvB:=2' }, 3);
  const { scopes } = (await bare.send('scopes', { frameId })).body as Body;
  const { variablesReference } = scopes.find(({ name }: { name: string }) => name === 'Local variables');
  const answer = await bare.send('setVariable', { variablesReference, name: '$n', value: 'vOther:=9' });
  assert.match(answer.message ?? '', /“vOther:=9” gives no value/);
  assert.equal(((await bare.send('evaluate', { expression: '$n', frameId })).body as Body).result, '7');
});

test('a debugger that dies while its console is at work leaves the server as it found it', async (t) => {
  const { url, port } = await serve(t);
  const bare = new Bare();
  await bare.send('initialize', { adapterID: 'x', supportsProgressReporting: true });
  await bare.send('attach', { port });
  const source = { path: join(tutorial, 'Project/Sources/Methods/Web_articles.4dm') };
  await bare.send('setBreakpoints', { source, breakpoints: [{ line: 5 }] });
  await bare.send('configurationDone');
  const answer = fetch(`${url}4DACTION/Web_articles`).then(({ status }) => status);
  const { threadId } = (await bare.event('stopped')).body as Body;
  const frameId = ((await bare.send('stackTrace', { threadId })).body as Body).stackFrames[0].id;
  void bare.send('evaluate', {
    expression: 'New collection(1; 2).resize(1000000).map(Formula(String($1.value)+"x"))',
    frameId,
    context: 'repl',
  });
  await bare.event('progressStart');
  bare.adapter.kill('SIGKILL');
  assert.equal(await answer, 200);
});
