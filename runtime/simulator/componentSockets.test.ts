import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { Simulator } from '../simulator.js';
import { serveHttp } from '../web/node/http.js';
import { ComponentSockets } from './componentSockets.js';

test('the server of a component answers on a socket of its own, and as stopped after it was stopped', async () => {
  let reached = (_url: string): void => undefined;
  const listening = new Promise<string>((resolve) => (reached = resolve));
  const simulator = await Simulator.create({
    files: nodeFileSystem,
    root: 'runtime/test/fixtures/components',
    trace: (event) => event.kind === 'server-started' && event.server !== undefined && sockets.started(event.server),
  });
  const sockets = new ComponentSockets({
    listen: serveHttp,
    handle: (request) => simulator.handle(request),
    maximumBody: (component) => simulator.servers.named(component)!.state.options.maxRequestSize,
    listens: (_component, url) => reached(url),
  });
  await simulator.start();
  const url = await listening;
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  const answer = await fetch(`${url}4DACTION/read`);
  assert.equal(await answer.text(), 'read 1');
  assert.match(answer.headers.get('set-cookie')!, /^4DSID_Mail=/);
  assert.equal((await fetch(url, { method: 'POST', body: 'x'.repeat(2_000_001) })).status, 413);
  simulator.servers.named('Mail')!.stop();
  assert.equal((await fetch(url)).status, 503);
  await sockets.close();
  await simulator.stop();
  await assert.rejects(fetch(url));
});
