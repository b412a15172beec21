/** A scenario file, debugged: it waits wherever the debugger stands, and is judged at its end as by `fourd test`. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Adapter, project, tutorial } from './test/adapter.js';

const closeMethod = join(tutorial, 'Project/Sources/DatabaseMethods/onWebSessionSuspend.4dm');
const scenario = join(tutorial, 'log-out.scenario.json');

const stops = async (adapter: Adapter): Promise<string[]> => {
  const seen: string[] = [];
  const exited = adapter.next('exited');
  for (;;) {
    const { event, body } = await Promise.race([adapter.next('stopped'), exited]);
    if (event === 'exited') return [...seen, `exit ${body.exitCode}`];
    const { sessions } = (await adapter.client.customRequest('4d/state')).body;
    const clients = sessions.map(({ client }: { client?: string }) => client ?? 'nobody');
    seen.push(`${await adapter.where(body.threadId)} | ${clients.join(' ')}`);
    await adapter.client.continueRequest({ threadId: body.threadId });
  }
};

test('stops in the close database method for each cause, while the rest of the scenario waits; then all is as expected', async (t) => {
  const adapter = new Adapter(t);
  await adapter.launch({ scenario }, () => adapter.breakAt(closeMethod, 4));
  assert.deepEqual(await stops(adapter), [
    'On Web Legacy Close Session:4 < waits in WEB LEGACY CLOSE SESSION:0 < Web_logOut:7 | ana luis',
    'On Web Legacy Close Session:4 | luis ana',
    'On Web Legacy Close Session:4 | luis',
    'exit 0',
  ]);
  assert.match(adapter.output.join(''), /went as expected/);
});

test('going back and forward again leaves the story as if it had happened once', async (t) => {
  const story = async (back: boolean): Promise<object> => {
    const adapter = new Adapter(t);
    await adapter.launch({ scenario }, () => adapter.breakAt(join(tutorial, 'Project/Sources/Methods/Web_logOut.4dm'), 8));
    const { threadId } = await adapter.stopped();
    const thread = { threadId: threadId! };
    if (back) {
      await adapter.client.stepBackRequest(thread);
      await adapter.stopped();
      await adapter.client.continueRequest(thread);
      await adapter.stopped();
    }
    const { events } = (await adapter.client.customRequest('4d/trace')).body;
    const exited = adapter.next('exited');
    void adapter.client.continueRequest(thread);
    for (;;) {
      const { event, body } = await Promise.race([adapter.next('stopped'), exited]);
      if (event === 'exited') break;
      await adapter.client.continueRequest({ threadId: body.threadId });
    }
    const { failures, transcript } = (await adapter.next('4d/played')).body;
    return { failures, transcript, events: events.map(({ kind }: { kind: string }) => kind) };
  };
  assert.deepEqual(await story(true), await story(false));
});

test('the session mode can be another one than the first of the scenario', async (t) => {
  const adapter = new Adapter(t);
  await adapter.launch({ scenario, sessionMode: 'scalable' }, () => adapter.breakAt(closeMethod, 4));
  assert.deepEqual(await stops(adapter), ['exit 0']);
  assert.match(adapter.output.join(''), /ignored/);
});

test('what does not come as expected is told with its line, and ends the run with 1', async (t) => {
  const root = project(t, { Web_hello: '//%attributes = {"publishedWeb":true}\nWEB SEND TEXT("hello")' });
  const path = join(root, 'tests/hello.scenario.json');
  mkdirSync(join(root, 'tests'));
  const steps = '\n"steps": [\n{ "request": { "url": "/4DACTION/Web_hello",\n"expect": { "body": "bye" } } } ] }';
  writeFileSync(path, `{ "title": "Hello", "project": "..",${steps}`);
  const adapter = new Adapter(t);
  const output = new Promise<{ line?: number; source?: { path?: string } }>((resolve) => {
    adapter.client.on('output', ({ body }) => body.category === 'stderr' && body.source && resolve(body));
  });
  await adapter.launch({ scenario: path, noDebug: true }, undefined, { locale: 'es' });
  assert.equal((await adapter.next('exited')).body.exitCode, 1);
  const { line, source } = await output;
  assert.deepEqual([line, source?.path], [4, path]);
  const { failures, mode } = (await adapter.next('4d/played')).body;
  assert.equal(mode, 'scalable');
  assert.deepEqual([failures[0].step, failures[0].expected, failures[0].found], [1, 'bye', 'hello']);
  assert.match(adapter.output.join(''), /no ha ido como se esperaba/);
});

test('what a scenario says itself, a missing file and a broken one are refused by name', async (t) => {
  const adapter = new Adapter(t);
  const refusal = (configuration: object) => adapter.refusal(adapter.launch({ scenario, ...configuration }));
  assert.match(await refusal({ requests: [] }), /Leave out “requests”/);
  for (const [path, said] of [
    [join(tutorial, 'nowhere.scenario.json'), /cannot be read/],
    [join(tutorial, 'records.json'), /records\.json: .*title/],
  ] as const)
    assert.match(await adapter.refusal(adapter.client.launchRequest({ scenario: path } as never)), said);
});
