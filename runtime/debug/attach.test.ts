/** Joining a running `fourd serve`, and leaving it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { DebugProtocol as P } from '@vscode/debugprotocol';
import { findMeeting } from './node/rendezvous.js';
import { Adapter, tutorial } from './test/adapter.js';
import { serve } from './test/serving.js';

async function attached(t: TestContext, args: object): Promise<Adapter> {
  const adapter = new Adapter(t);
  await adapter.client.start();
  await adapter.client.initializeRequest();
  await adapter.client.attachRequest(args as P.AttachRequestArguments);
  await adapter.next('initialized');
  return adapter;
}

test('attach by port: breakpoints stop requests from outside; after leaving, the server goes on; the next debugger may end it', async (t) => {
  const { served, url, port, pid } = await serve(t);
  const adapter = await attached(t, { port });
  const articles = join(tutorial, 'Project/Sources/Methods/Web_articles.4dm');
  const [breakpoint] = await adapter.breakAt(articles, 3);
  assert.equal(breakpoint.verified, true);
  await adapter.client.configurationDoneRequest();
  const answer = fetch(`${url}4DACTION/Web_articles`).then((response) => response.status);
  const { threadId, reason } = await adapter.stopped();
  assert.equal(reason, 'breakpoint');
  assert.match(await adapter.where(threadId!), /^Web_articles:/);
  const { body } = await adapter.client.customRequest('4d/trace');
  assert.ok(
    body.events.some(({ kind }: { kind: string }) => kind === 'server-started'),
    'what was told before is known',
  );
  const second = new Adapter(t);
  await second.client.start();
  await second.client.initializeRequest();
  assert.match(await second.refusal(second.client.attachRequest({ port } as P.AttachRequestArguments)), /Another debugger/);
  await adapter.stop();
  assert.equal(await answer, 200, 'what stood still goes on');
  assert.equal((await fetch(`${url}index.html`)).status, 200);

  const next = await attached(t, { pid });
  await next.client.configurationDoneRequest();
  const ended = once(served, 'exit');
  await next.client.terminateRequest({});
  await next.next('terminated');
  assert.deepEqual(await ended, [0, null]);
  assert.equal(findMeeting({ pid }), undefined);
});

test('who does not know the secret is sent away', async (t) => {
  const { pid } = await serve(t);
  const meeting = findMeeting({ pid });
  assert.ok(meeting);
  const json = '{"seq":1,"type":"request","command":"initialize","arguments":{}}';
  const socket = connect(meeting.door, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(`POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nContent-Length: ${json.length}\r\n\r\n${json}`);
  let heard = '';
  socket.on('data', (data) => {
    heard += data;
  });
  await once(socket, 'close');
  assert.equal(heard, '');
});
