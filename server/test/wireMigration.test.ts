/** The way to scalable sessions over the wire: the plan of a project, and code actions in a document. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CodeAction, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import { LineIndex } from '#syntaxes/tree/lineIndex.js';
import { pagesFolder } from '../node/pages.js';
import { type MigrateResult, migrateRequest } from '../protocol.js';
import { WireClient } from './wireClient.js';

let work: string;
let client: WireClient;
let uri: string;
let text: string;

before(async () => {
  work = await mkdtemp(join(tmpdir(), '4d way '));
  await cp(join(pagesFolder(import.meta.url)!, 'tutorial'), work, { recursive: true });
  const path = join(work, 'Project/Sources/Methods/Web_logOut.4dm');
  uri = pathToFileURL(path).href;
  text = await readFile(path, 'utf8');
  client = await WireClient.start({
    locale: 'es',
    capabilities: { workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } } },
  });
  await client.rpc.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: '4d', version: 1, text } });
});
after(async () => {
  await client?.stop().catch(() => undefined);
  await rm(work, { recursive: true, force: true });
});

test('the plan: edits of all files line by line, a report in the language of the client', async () => {
  const plan = (await client.rpc.sendRequest(migrateRequest, { textDocument: { uri }, bothModes: false })) as MigrateResult;
  assert.match(plan.report, /^# De sesiones heredadas a escalables: Shop/);
  const changed = plan.files.map((f) => decodeURI(f.uri).replace(/^.*\/Sources\//, ''));
  assert.ok(changed.includes('settings.4DSettings') && changed.includes('Methods/Web_logOut.4dm'), changed.join());
  const both = (await client.rpc.sendRequest(migrateRequest, { textDocument: { uri }, bothModes: true })) as MigrateResult;
  assert.ok(both.files.length > 0 && !both.files.some((f) => f.uri.endsWith('.4DSettings')));
});

test('code actions at the call: for scalable sessions, and for both modes', async () => {
  const { line } = new LineIndex(text).placeAt(text.indexOf('WEB LEGACY CLOSE SESSION:C1208'));
  const range = { start: { line, character: 3 }, end: { line, character: 3 } };
  const ask = (context: object) =>
    client.rpc.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [], ...context },
    }) as Promise<CodeAction[]>;
  const actions = await ask({ only: ['refactor'] });
  assert.deepEqual(
    actions.map((a) => a.title.replace(/:.*/, '')),
    ['Sesiones escalables', 'Los dos modos de sesión'],
  );
  for (const action of actions) assert.equal(action.kind, 'refactor.rewrite.scalableSessions');
  const { changeAnnotations } = actions[0].edit as WorkspaceEdit;
  assert.ok(Object.values(changeAnnotations ?? {}).every((a) => a.needsConfirmation) && changeAnnotations);
  assert.deepEqual(await ask({ only: ['quickfix'] }).then((list) => list.filter((a) => a.kind?.startsWith('refactor'))), []);
});

test('a file of no project has no plan', async () => {
  const lone = pathToFileURL(join(tmpdir(), 'lone.4dm')).href;
  await client.rpc.sendNotification('textDocument/didOpen', { textDocument: { uri: lone, languageId: '4d', version: 1, text: '' } });
  assert.equal(await client.rpc.sendRequest(migrateRequest, { textDocument: { uri: lone }, bothModes: false }), null);
});

test('a quick fix says beside its change what it is for', async () => {
  const other = pathToFileURL(join(work, 'Project/Sources/Methods/Web_other.4dm')).href;
  const textDocument = { uri: other, languageId: '4d', version: 1, text: 'WEB CLOSE SESSION("x")\n' };
  await client.rpc.sendNotification('textDocument/didOpen', { textDocument });
  const range = { start: { line: 0, character: 2 }, end: { line: 0, character: 2 } };
  const context = { diagnostics: [], only: ['quickfix'] };
  const actions = (await client.rpc.sendRequest('textDocument/codeAction', { textDocument, range, context })) as CodeAction[];
  assert.ok(actions.length >= 2);
  for (const { title, edit } of actions) {
    const [note] = Object.values(edit?.changeAnnotations ?? {});
    assert.equal(note?.label, title);
    assert.ok(note.description && !note.needsConfirmation);
    const [{ edits }] = edit!.documentChanges as TextDocumentEdit[];
    assert.ok(edits.every((each) => 'annotationId' in each && each.annotationId === 'change'));
  }
});
