/** `HTTPHandlers.json` is no document of the server, and still told about: nobody opens it to learn that 4D never reads it. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { pagesFolder } from '../node/pages.js';
import { WireClient } from './wireClient.js';

test('HTTP request handlers in a project with legacy sessions: said when they come, taken back when they go', async (t) => {
  const work = await mkdtemp(join(tmpdir(), '4d-handlers-'));
  await cp(join(pagesFolder(import.meta.url)!, 'tutorial'), work, { recursive: true });
  const file = join(work, 'Project/Sources/HTTPHandlers.json');
  const uri = pathToFileURL(file).href;
  const client = await WireClient.start({ rootUri: pathToFileURL(work).href, capabilities: { textDocument: { diagnostic: {} } } });
  t.after(async () => {
    await client.stop().catch(() => undefined);
    await rm(work, { recursive: true, force: true });
  });
  await client.open(pathToFileURL(join(work, 'Project/Sources/Methods/Web_logOut.4dm')).href, '');
  await writeFile(file, '[{"class": "Shop", "method": "basket", "pattern": "basket"}]\n');
  await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 1 }] });
  const [problem] = await client.diagnostics(uri, (found) => found.length === 1);
  assert.equal(problem.code, 'needs-scalable-sessions');
  assert.match(String(problem.message), /4D calls none of these HTTP request handlers/);
  await rm(file);
  await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 3 }] });
  await client.diagnostics(uri, (found) => found.length === 0);
});
