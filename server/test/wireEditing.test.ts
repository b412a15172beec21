/** Over the wire: edits while requests run, encodings, renaming, hierarchy, lenses, diagnostics that are pulled, contents of documents. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ProgressType } from 'vscode-jsonrpc/node';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CodeLens,
  CompletionList,
  DocumentDiagnosticReport,
  Hover,
  Location,
  SymbolInformation,
  WorkspaceDiagnosticReport,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { pagesFolder } from '../node/pages.js';
import { WireClient, type WireOptions } from './wireClient.js';

const docs = pagesFolder(import.meta.url)!;
let work: string;
const clients: WireClient[] = [];

before(async () => {
  work = await mkdtemp(join(tmpdir(), '4d editing '));
});
after(async () => {
  for (const client of clients) await client.stop().catch(() => undefined);
  await rm(work, { recursive: true, force: true });
});

async function start(options: WireOptions = {}): Promise<WireClient> {
  const client = await WireClient.start(options);
  clients.push(client);
  return client;
}

let shops = 0;
async function shop(scalable = false) {
  const root = join(work, `Shop ${++shops}`);
  await cp(join(docs, 'tutorial'), root, { recursive: true });
  if (scalable) await cp(join(docs, 'tutorial/settings-scalable/settings.4DSettings'), join(root, 'Project/Sources/settings.4DSettings'));
  const uri = (path: string): string => pathToFileURL(join(root, 'Project/Sources', path)).href;
  const text = (path: string): Promise<string> => readFile(join(root, 'Project/Sources', path), 'utf8');
  return { root, rootUri: pathToFileURL(root).href, uri, text };
}

const hoverOf = (client: WireClient, uri: string, line: number, character: number) =>
  client.request<Hover | null>('textDocument/hover', { textDocument: { uri }, position: { line, character } });
const markdownOf = (hover: Hover | null): string => (hover?.contents as { value: string } | undefined)?.value ?? '';

test('incremental changes in each negotiated encoding', async () => {
  for (const [encoding, emoji, accent] of [
    ['utf-8', 4, 2],
    ['utf-16', 2, 1],
    ['utf-32', 1, 1],
  ] as const) {
    const client = await start({ capabilities: { general: { positionEncodings: [encoding] } } });
    assert.equal(client.initialized.capabilities.positionEncoding, encoding);
    const uri = 'untitled:Untitled-1';
    await client.open(uri, '// é😀\r\n$a:="é😀"+WEB Get current session ID');
    const before = 4 + 1 + accent + emoji + 2;
    assert.match(markdownOf(await hoverOf(client, uri, 1, before)), /WEB Get current session ID/, encoding);
    // two changes, the second counted from the result of the first
    await client.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [
        { range: { start: { line: 1, character: 5 }, end: { line: 1, character: 5 + accent + emoji } }, text: '' },
        { range: { start: { line: 1, character: 4 }, end: { line: 1, character: 7 } }, text: 'Session.id+' },
      ],
    });
    assert.match(markdownOf(await hoverOf(client, uri, 1, 5)), /Session/, encoding);
    assert.equal(markdownOf(await hoverOf(client, uri, 0, 3)), '');
  }
});

test('results of an old version are never published', async () => {
  const client = await start();
  const project = await shop();
  const uri = project.uri('Methods/Web_logOut.4dm');
  await client.open(uri, 'ALERT("")');
  const broken = 'If (True)\nALERT(\n';
  for (let version = 2; version <= 60; version++) await client.change(uri, version, version % 2 ? 'ALERT("")' : broken);
  await client.diagnostics(uri, () => true, 60);
  for (const { version, diagnostics } of client.published.filter((p) => p.uri === uri))
    assert.equal(diagnostics.length > 0, version! % 2 === 0, `version ${version}`);
  const versions = client.published.filter((p) => p.uri === uri).map((p) => p.version!);
  assert.deepEqual(
    versions,
    [...versions].sort((a, b) => a - b),
  );
});

test('a cancelled request ends as cancelled, the next one is answered', async () => {
  const client = await start();
  const project = await shop();
  const uri = project.uri('Methods/Web_logOut.4dm');
  await client.open(uri, await project.text('Methods/Web_logOut.4dm'));
  const { CancellationTokenSource } = await import('vscode-jsonrpc/node');
  const source = new CancellationTokenSource();
  const asked = client.rpc.sendRequest(
    'textDocument/references',
    {
      textDocument: { uri },
      position: { line: 6, character: 3 },
      context: { includeDeclaration: true },
    },
    source.token,
  );
  source.cancel();
  await assert.rejects(asked, /cancel/i);
  assert.match(markdownOf(await hoverOf(client, uri, 6, 3)), /WEB LEGACY CLOSE SESSION/);
});

test('renaming: prepared, refused with the reason, a method with its file', async () => {
  const client = await start({
    locale: 'es',
    capabilities: { workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['rename'] } } },
  });
  const project = await shop();
  const uri = project.uri('Methods/Web_logOut.4dm');
  await client.open(uri, 'Basket_save\nWEB LEGACY CLOSE SESSION:C1208("")');
  const params = { textDocument: { uri }, position: { line: 0, character: 3 } };
  assert.deepEqual(await client.request('textDocument/prepareRename', params), {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 11 } },
    placeholder: 'Basket_save',
  });
  const edit = await client.request<WorkspaceEdit>('textDocument/rename', { ...params, newName: 'Basket_keep' });
  const changed = edit.documentChanges!.map((c) =>
    'kind' in c ? `${c.kind} ${'newUri' in c ? c.newUri.split('/').at(-1) : ''}` : c.textDocument.uri.split('/').at(-1),
  );
  assert.deepEqual(changed.sort(), ['Customer_leave.4dm', 'Web_logOut.4dm', 'folders.json', 'rename Basket_keep.4dm']);
  await assert.rejects(
    client.request('textDocument/prepareRename', { ...params, position: { line: 1, character: 3 } }),
    /los nombres que 4D les da/,
  );
});

test('a file renamed by the editor: its callers follow', async () => {
  const client = await start();
  const project = await shop();
  const uri = project.uri('Methods/Web_logOut.4dm');
  await client.open(uri, await project.text('Methods/Web_logOut.4dm'));
  const edit = await client.request<WorkspaceEdit>('workspace/willRenameFiles', {
    files: [{ oldUri: project.uri('Methods/Basket_save.4dm'), newUri: project.uri('Methods/Basket%20keep.4dm') }],
  });
  const [edits] = Object.entries(edit.changes!)
    .filter(([file]) => file.endsWith('Customer_leave.4dm'))
    .map(([, e]) => e);
  assert.equal(edits[0].newText, 'Basket keep');
});

test('who reaches the close, and the lens at it', async () => {
  const client = await start({ capabilities: { experimental: { commands: { commands: ['4dWebSessions.showReferences'] } } } });
  const project = await shop();
  const uri = project.uri('Methods/Web_logOut.4dm');
  const text = await project.text('Methods/Web_logOut.4dm');
  await client.open(uri, text);
  const line = text.split('\n').findIndex((l) => l.startsWith('WEB LEGACY'));
  const [item] = await client.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', {
    textDocument: { uri },
    position: { line, character: 2 },
  });
  assert.match(item.detail ?? '', /reached from \d+ web entry points/);
  const calls = await client.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item });
  assert.ok(
    calls.some((c) => c.from.name === 'Web_logOut' && /4DACTION/.test(c.from.detail ?? '')),
    JSON.stringify(calls.map((c) => c.from)),
  );
  const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
  const resolved = await Promise.all(lenses.map((l) => client.request<CodeLens>('codeLens/resolve', l)));
  assert.ok(resolved.some((l) => l.range.start.line === line && /closes the session · reached from/.test(l.command?.title ?? '')));
  assert.ok(resolved.every((l) => ['', '4dWebSessions.showReferences'].includes(l.command?.command ?? '?')));
  // a lens that is complete comes back as it is
  const complete = { range: item.range, command: { title: 'Run', command: 'run' } };
  assert.deepEqual(await client.request<CodeLens>('codeLens/resolve', complete), complete);
});

test('pulled diagnostics: ids, unchanged, refreshed, of the workspace in parts', async () => {
  const project = await shop(true);
  const client = await start({
    rootUri: project.rootUri,
    capabilities: { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } },
  });
  const uri = project.uri('Methods/Web_logOut.4dm');
  await client.open(uri, await project.text('Methods/Web_logOut.4dm'));
  const pull = (previousResultId?: string) =>
    client.request<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
  await client.until(() => (client.received.get('workspace/diagnostic/refresh') ?? 0) > 0, 'refresh');
  const first = await pull();
  assert.ok(first.kind === 'full' && first.items.some((d) => d.code === 'legacy-close-ignored'));
  assert.deepEqual(await pull(first.resultId), { kind: 'unchanged', resultId: first.resultId });

  const parts: WorkspaceDiagnosticReport[] = [];
  const partialResultToken = 'part';
  client.rpc.onProgress(new ProgressType<WorkspaceDiagnosticReport>(), partialResultToken, (part) => void parts.push(part));
  const rest = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [], partialResultToken });
  const items = [...parts, rest].flatMap((p) => p.items);
  assert.ok(parts.length > 0 && items.some((i) => i.uri === uri && i.kind === 'full' && i.items.length > 0));
  const previousResultIds = items.map((i) => ({ uri: i.uri, value: i.resultId! }));
  const again = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds });
  assert.ok(again.items.length > 0 && again.items.every((i) => i.kind === 'unchanged' || !previousResultIds.some((p) => p.uri === i.uri)));

  // the mode changes on disk: the client is asked to pull again, and the result is another one
  const asked = client.received.get('workspace/diagnostic/refresh') ?? 0;
  await cp(join(docs, 'tutorial/Project/Sources/settings.4DSettings'), join(project.root, 'Project/Sources/settings.4DSettings'));
  await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: project.uri('settings.4DSettings'), type: 2 }] });
  await client.until(() => (client.received.get('workspace/diagnostic/refresh') ?? 0) > asked, 'refresh');
  const second = await pull(first.resultId);
  assert.ok(second.kind === 'full' && !second.items.some((d) => d.code === 'legacy-close-ignored'));
});

test('files that come and go: a bare client tells, completion and references know', async () => {
  const client = await start();
  const project = await shop();
  const uri = project.uri('Methods/Web_logOut.4dm');
  await client.open(uri, 'Fresh');
  const places = () =>
    client.request<Location[]>('textDocument/definition', { textDocument: { uri }, position: { line: 0, character: 2 } });
  assert.deepEqual(await places(), []);
  await writeFile(join(project.root, 'Project/Sources/Methods/Fresh_one.4dm'), '');
  await client.change(uri, 2, 'Fresh_one');
  await client.notify('workspace/didCreateFiles', { files: [{ uri: project.uri('Methods/Fresh_one.4dm') }] });
  await client.until(() => client.published.some((p) => p.uri === uri && p.version === 2), 'version 2');
  let found: Location[] = [];
  for (let tries = 0; found.length === 0 && tries < 20_000; tries++) found = await places();
  assert.match(found[0].uri, /Fresh_one\.4dm$/);
});

test('a file that is not open changes on disk: hovers of its method follow', async () => {
  const client = await start();
  const project = await shop();
  const uri = project.uri('Methods/Web_logOut.4dm');
  await client.open(uri, 'Customer_find("x")');
  assert.match(markdownOf(await hoverOf(client, uri, 0, 3)), /Customer_find/);
  const other = join(project.root, 'Project/Sources/Methods/Customer_find.4dm');
  await writeFile(other, '// Finds anew.\n#DECLARE($anything : Picture)\n');
  await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(other).href, type: 2 }] });
  let found = '';
  for (let tries = 0; !found.includes('Finds anew') && tries < 20_000; tries++) found = markdownOf(await hoverOf(client, uri, 0, 3));
  assert.match(found, /\$anything : Picture[\s\S]*Finds anew/);
});

test('documentation as documents, where the client asks for contents', async () => {
  const client = await start({ capabilities: { workspace: { textDocumentContent: {} } } });
  assert.deepEqual(client.initialized.capabilities.workspace?.textDocumentContent, { schemes: ['4d-web-sessions'] });
  const page = await client.request<{ text: string } | null>('workspace/textDocumentContent', {
    uri: '4d-web-sessions:/es/commands/web-legacy-close-session.md',
  });
  assert.match(page?.text ?? '', /Cierra la sesión web/);
  for (const uri of ['4d-web-sessions:/es/none.md', '4d-web-sessions:/../../package.json', '4d-web-sessions:'])
    assert.equal(await client.request('workspace/textDocumentContent', { uri }), null, uri);
});

test('a client that says nothing gets plain forms: flat symbols, no snippets', async () => {
  const client = await start();
  const project = await shop();
  const uri = project.uri('Methods/Web_logOut.4dm');
  await client.open(uri, 'If');
  const symbols = await client.request<SymbolInformation[]>('textDocument/documentSymbol', { textDocument: { uri } });
  assert.equal(symbols[0].location.uri, uri);
  const list = await client.request<CompletionList>('textDocument/completion', {
    textDocument: { uri },
    position: { line: 0, character: 2 },
  });
  assert.ok(list.items.some((i) => i.label === 'If') && list.items.every((i) => i.insertTextFormat !== 2));
  const able = await start({ capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } } });
  await able.open(uri, 'If');
  const rich = await able.request<CompletionList>('textDocument/completion', {
    textDocument: { uri },
    position: { line: 0, character: 2 },
  });
  assert.equal(rich.items.find((i) => i.label === 'If')?.textEdit?.newText, 'If (${1:condition})\n\t$0\nEnd if ');
});
