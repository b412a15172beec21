/** What the server says it can do, to a client that can everything and to one that says nothing. `UPDATE=1` writes the files anew. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import test from 'node:test';
import type { InitializeParams } from 'vscode-languageserver';
import { capabilities } from '../connection/capabilities.js';
import { readClient } from '../connection/client.js';
import { pagesFolder } from '../node/pages.js';

const folder = join(dirname(pagesFolder(import.meta.url)!), 'server/test/golden');

const able: InitializeParams['capabilities'] = {
  general: { positionEncodings: ['utf-8', 'utf-16'] },
  textDocument: { diagnostic: {}, completion: { completionItem: { snippetSupport: true } } },
  workspace: { textDocumentContent: {} },
};

for (const [name, given] of Object.entries({ full: able, bare: {} }))
  test(`capabilities for a ${name} client`, async () => {
    const params: InitializeParams = { processId: null, rootUri: null, capabilities: given };
    const said = `${JSON.stringify(capabilities(readClient(params)), null, 2)}\n`;
    const file = join(folder, `capabilities-${name}.json`);
    if (process.env.UPDATE && !process.env.CI) await writeFile(file, said);
    assert.equal(said, await readFile(file, 'utf8'), 'if the change is meant: UPDATE=1 npm run test:fast -- server/test');
  });

test('an encoding is taken from the client’s list, UTF-16 first', () => {
  const of = (...positionEncodings: string[]) =>
    readClient({ processId: null, rootUri: null, capabilities: { general: { positionEncodings } } }).encoding;
  assert.deepEqual(
    [of(), of('utf-8'), of('utf-32', 'utf-8'), of('utf-8', 'utf-16'), of('utf-7')],
    ['utf-16', 'utf-8', 'utf-32', 'utf-16', 'utf-16'],
  );
});
