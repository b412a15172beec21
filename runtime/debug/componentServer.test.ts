/** The web server of a component, while its host is debugged: an address of its own, and breakpoints in what answers there. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { Adapter } from './test/adapter.js';

const project = resolve('runtime/test/fixtures/components');

test('a component’s server is told with its address, answers there, and is gone with the run', async (t) => {
  const adapter = new Adapter(t);
  const read = resolve(project, 'Components/Mail.4dbase/Project/Sources/Methods/read.4dm');
  await adapter.launch({ project }, () => adapter.breakAt(read, 2));
  let url: string | undefined;
  while (!url) {
    const { body } = await adapter.next('4d/traced');
    if (body.kind === 'server-listens') url = body.url;
  }
  const answered = fetch(`${url}4DACTION/read`).then((answer) => answer.text());
  const { threadId } = await adapter.stopped();
  assert.equal((await adapter.stack(threadId!))[0].source?.path, read);
  await adapter.client.continueRequest({ threadId: threadId! });
  assert.equal(await answered, 'read 1');
  await adapter.client.terminateRequest();
  await adapter.next('terminated');
  await assert.rejects(fetch(url));
});
