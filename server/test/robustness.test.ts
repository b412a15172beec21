/**
 * Every request at random positions of real documents while edits arrive: the server stays, answers each, reports no failure of its own, and
 * never publishes what belongs to an older version. The seed is told, so that a failure can be repeated (`SEED=…`).
 */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import test, { type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { LSPErrorCodes } from 'vscode-languageserver';
import { LineIndex } from '#syntaxes/tree/lineIndex.js';
import { pagesFolder } from '../node/pages.js';
import { WireClient } from './wireClient.js';

const docs = pagesFolder(import.meta.url)!;
const ROUNDS = Number(process.env.ROUNDS ?? 300);
/** Size of the big document, in megabytes. */
const BIG = Number(process.env.BIG ?? 0.1);
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

/** A repeatable source of numbers below `n`. */
function numbers(start: number): (n: number) => number {
  let state = start >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const pieces = [
  'If (',
  'End if',
  ')',
  '(',
  '"',
  '/*',
  '*/',
  '\n',
  '\r',
  '\\\n',
  '$x',
  '.',
  ';',
  ':C1208',
  'WEB LEGACY CLOSE SESSION(',
  '[Article]',
  '<>',
  'Function f($a : Text',
  'Begin SQL',
  '{',
  '}',
  '😀',
  '\u0000',
  ':=',
  'For each ($a;$b)',
  '#DECLARE(',
];

type Params = Record<string, unknown>;

/** Documents that no one writes by hand. */
const odd: Readonly<Record<string, string>> = {
  mark: '\uFEFF//%attributes = {"publishedWeb":true}\nvar $a : Text\n$a:=Session.id\n',
  returns: 'If (True)\r\tWEB LEGACY CLOSE SESSION:C1208($id)\r// é\rEnd if\r',
  astral: '// 😀😀 𝒜\n$😀:="𝒜😀"+vText😀\nALERT:C41("👩‍👩‍👧")\n'.repeat(20),
  binary: String.fromCharCode(...Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256)),
  halves: '\uD83D\nvText:=\uDE00"\uD83D"\n\uDC00()\n',
  empty: '',
};

const push = { publishDiagnostics: { relatedInformation: true } };
for (const [how, diagnostics] of Object.entries({ pushed: push, pulled: { ...push, diagnostic: {} } }))
  test(`all requests at random positions while edits arrive, diagnostics ${how} (SEED=${seed})`, (t) =>
    everythingAtRandom(t, diagnostics, how === 'pulled'));

async function everythingAtRandom(t: TestContext, diagnostics: object, pulls: boolean): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), '4d robust '));
  await cp(join(docs, 'tutorial'), work, { recursive: true });
  const sources = join(work, 'Project/Sources');
  const client = await WireClient.start({
    rootUri: pathToFileURL(work).href,
    capabilities: {
      textDocument: { ...diagnostics, completion: { completionItem: { snippetSupport: true } } },
      workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {}, resourceOperations: ['rename'] } },
    },
  });
  // whatever fails, the server ends: a process left behind would keep the runner waiting
  t.after(async () => {
    await client.stop().catch(() => undefined);
    await rm(work, { recursive: true, force: true });
  });
  const random = numbers(seed);
  const one = <T>(list: readonly T[]): T => list[random(list.length)];
  const documents: { uri: string; text: string; version: number }[] = [];
  for (const folder of ['Methods', 'DatabaseMethods'])
    for (const name of await readdir(join(sources, folder))) {
      const path = join(sources, folder, name);
      documents.push({ uri: pathToFileURL(path).href, text: await readFile(path, 'utf8'), version: 1 });
    }
  documents.push({
    uri: pathToFileURL(join(sources, 'Classes', 'Basket.4dm')).href,
    text: 'Class extends Shop\nproperty a : Text\nFunction get x() : Text\n\treturn This.a\nFunction y($p : cs.Basket)\n\t$p.y(Super.z)\n',
    version: 1,
  });
  for (const [name, text] of Object.entries(odd))
    documents.push({ uri: pathToFileURL(join(sources, 'Methods', `${name}.4dm`)).href, text, version: 1 });
  for (const d of documents) await client.open(d.uri, d.text);

  const items: Record<'lenses' | 'completions' | 'calls' | 'tokens', unknown[]> = { lenses: [], completions: [], calls: [], tokens: [] };
  const failures: string[] = [];
  const asked: Promise<unknown>[] = [];
  const ask = (method: string, params: Params, then: (result: unknown) => void = () => undefined): void => {
    asked.push(
      client.request<unknown>(method, params).then(then, (error: { code?: number; message: string }) => {
        const { RequestFailed, RequestCancelled, ServerCancelled, ContentModified } = LSPErrorCodes;
        const expected: number[] = [RequestFailed, RequestCancelled, ServerCancelled, ContentModified];
        if (!expected.includes(error.code ?? 0)) failures.push(`${method}: ${error.message}`);
      }),
    );
  };
  const positioned = ['hover', 'completion', 'signatureHelp', 'definition', 'typeDefinition', 'documentHighlight', 'prepareRename'];
  const whole = ['documentSymbol', 'foldingRange', 'documentLink', 'codeLens', ...(pulls ? ['diagnostic'] : [])];

  for (let round = 0; round < ROUNDS; round++) {
    const document = one(documents);
    const { uri } = document;
    const lines = new LineIndex(document.text);
    const place = (offset: number) => {
      const { line, column } = lines.placeAt(offset);
      return { line, character: column };
    };
    const from = random(document.text.length + 1);
    const to = Math.min(document.text.length, from + random(60));
    const position = place(from);
    const range = { start: position, end: place(to) };
    const textDocument = { uri };
    const options = { tabSize: 4, insertSpaces: false };
    ask(`textDocument/${one(positioned)}`, { textDocument, position });
    switch (random(18)) {
      case 0:
        ask('textDocument/references', { textDocument, position, context: { includeDeclaration: true } });
        break;
      case 1:
        ask('textDocument/rename', { textDocument, position, newName: one(['$neu', 'Neu', '1', 'Session', '']) });
        break;
      case 2:
        ask('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } });
        break;
      case 3:
        ask(`textDocument/${one(whole)}`, { textDocument }, (r) => Array.isArray(r) && items.lenses.push(...r.filter((l) => l.data)));
        break;
      case 4:
        ask('textDocument/prepareCallHierarchy', { textDocument, position }, (r) => Array.isArray(r) && items.calls.push(...r));
        break;
      case 5:
        if (items.calls.length > 0) ask(`callHierarchy/${one(['incomingCalls', 'outgoingCalls'])}`, { item: one(items.calls) });
        break;
      case 6:
        ask('textDocument/inlayHint', { textDocument, range });
        break;
      case 7:
        ask('textDocument/selectionRange', { textDocument, positions: [position, range.end] });
        break;
      case 8:
        ask('textDocument/semanticTokens/range', { textDocument, range });
        break;
      case 9:
        ask('textDocument/rangeFormatting', { textDocument, range, options });
        ask('textDocument/onTypeFormatting', { textDocument, position, ch: '\n', options });
        break;
      case 10:
        ask('textDocument/inlineValue', { textDocument, range, context: { frameId: 1, stoppedLocation: range } });
        break;
      case 11:
        if (items.lenses.length > 0) ask('codeLens/resolve', one(items.lenses) as Params);
        break;
      case 12:
        ask('workspace/symbol', { query: one(['', 'web', 'bas', 'é']) });
        ask('4dWebSessions/sessionMode', { textDocument });
        break;
      case 13: {
        const keep = (r: unknown): unknown => (r as { resultId?: string } | null)?.resultId && items.tokens.push({ uri, ...(r as object) });
        const last = items.tokens.findLast((one) => (one as { uri: string }).uri === uri) as { resultId: string } | undefined;
        if (last) ask('textDocument/semanticTokens/full/delta', { textDocument, previousResultId: last.resultId }, keep);
        else ask('textDocument/semanticTokens/full', { textDocument }, keep);
        break;
      }
      case 14:
        ask('textDocument/formatting', { textDocument, options });
        ask('workspace/willRenameFiles', { files: [{ oldUri: uri, newUri: uri.replace(/[^/]+$/, 'Renamed.4dm') }] });
        break;
      case 15:
        ask('4dWebSessions/migrate', { textDocument, bothModes: random(2) === 0 });
        if (pulls) ask('workspace/diagnostic', { previousResultIds: [] });
        break;
      case 16:
        ask('textDocument/prepareTypeHierarchy', { textDocument, position }, (r) => {
          if (Array.isArray(r)) ask(`typeHierarchy/${one(['supertypes', 'subtypes'])}`, { item: r[0] });
        });
        ask('textDocument/codeAction', { textDocument, range, context: { diagnostics: [], only: ['source.fixAll'] } });
        break;
      default:
        ask('textDocument/completion', { textDocument, position }, (r) => {
          const list = (r as { items?: unknown[] } | null)?.items ?? [];
          if (list.length > 0) items.completions.push(list[0]);
        });
        if (items.completions.length > 0) ask('completionItem/resolve', one(items.completions) as Params);
    }
    if (random(3) === 0) {
      const text = one(pieces);
      document.text = document.text.slice(0, from) + text + document.text.slice(to);
      document.version++;
      const contentChanges = random(5) === 0 ? [{ text: document.text }] : [{ range, text }];
      await client.notify('textDocument/didChange', { textDocument: { uri, version: document.version }, contentChanges });
    }
    if (random(40) === 0) {
      await client.notify('textDocument/didClose', { textDocument });
      document.version++;
      await client.open(uri, document.text, document.version);
    }
  }
  await Promise.all(asked);
  assert.deepEqual(failures.slice(0, 5), []);
  const errors = client.shown.filter((m) => m.method === 'window/logMessage').map((m) => m.message);
  assert.deepEqual(errors.slice(0, 3), [], 'a request threw');
  if (!pulls) await neverOutOfDate(client, documents);
  assert.equal(await client.stop(), 0);
}

/** The last word on every document is about its last version, and versions only grow. */
async function neverOutOfDate(client: WireClient, documents: readonly { readonly uri: string; readonly version: number }[]) {
  for (const { uri, version } of documents) await client.diagnostics(uri, () => true, version);
  for (const { uri } of documents) {
    const versions = client.published.filter((p) => p.uri === uri && p.version !== undefined).map((p) => p.version!);
    assert.deepEqual(
      versions,
      [...versions].sort((a, b) => a - b),
      uri,
    );
  }
}

test(`a document of ${BIG} MB: every request is answered, and the server stays`, async (t) => {
  const client = await WireClient.start({ capabilities: { textDocument: { publishDiagnostics: {} } } });
  t.after(() => client.stop().catch(() => undefined));
  const uri = 'file:///shop/Project/Sources/Methods/Big.4dm';
  const block = 'If ($a=1)\n\tvText:=String:C10($a)+"text"  // note\n\tWEB LEGACY CLOSE SESSION:C1208($id)\nEnd if \n';
  const text = block.repeat(Math.ceil((BIG * 1e6) / block.length));
  await client.open(uri, text);
  const textDocument = { uri };
  const position = { line: Math.floor(text.length / block.length) * 2 + 1, character: 3 };
  const range = { start: position, end: { line: position.line + 40, character: 0 } };
  const options = { tabSize: 4, insertSpaces: false };
  const asked: Readonly<Record<string, Params>> = {
    hover: { position },
    completion: { position },
    definition: { position },
    references: { position, context: { includeDeclaration: true } },
    documentHighlight: { position },
    rename: { position, newName: 'vOther' },
    codeAction: { range, context: { diagnostics: [] } },
    inlayHint: { range },
    documentSymbol: {},
    foldingRange: {},
    codeLens: {},
    selectionRange: { positions: [position] },
    'semanticTokens/full': {},
    'semanticTokens/range': { range },
    rangeFormatting: { range, options },
  };
  for (const [version, [method, params]] of Object.entries(asked).entries()) {
    const at = { line: version * 3, character: 0 };
    await client.notify('textDocument/didChange', {
      textDocument: { uri, version: version + 2 },
      contentChanges: [{ range: { start: at, end: at }, text: '(((\n' }],
    });
    await client.request(`textDocument/${method}`, { textDocument, ...params }).catch((error: { code?: number; message: string }) => {
      assert.equal(error.code, LSPErrorCodes.RequestFailed, `${method}: ${error.message}`);
    });
  }
  assert.deepEqual(
    client.shown.filter((m) => m.method === 'window/logMessage'),
    [],
  );
  assert.equal(await client.stop(), 0);
});

test('a request that throws is reported and harms no other', async () => {
  const { guarded } = await import('../connection/runner.js');
  const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
  const reports: string[] = [];
  const report = (what: string, error: unknown): void => void reports.push(`${what}: ${(error as Error).message}`);
  const boom = guarded('hover', token, null, report, () => {
    throw new Error('boom');
  });
  const later = guarded<number>('hover', token, 0, report, async () => 1);
  assert.deepEqual([await boom, await later], [null, 1]);
  assert.deepEqual(reports, ['hover: boom']);
  const cancelled = await guarded('hover', { ...token, isCancellationRequested: true }, null, report, () => null);
  assert.equal((cancelled as { code?: number } | null)?.code, LSPErrorCodes.RequestCancelled);
});
