/**
 * Every request at random positions of real documents while edits arrive: the server stays, answers each, reports no failure of its own, and
 * never publishes what belongs to an older version. The seed is told, so that a failure can be repeated (`SEED=…`).
 */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { LSPErrorCodes } from 'vscode-languageserver';
import { LineIndex } from '#syntaxes/tree/lineIndex.js';
import { pagesFolder } from '../node/pages.js';
import { WireClient } from './wireClient.js';

const docs = pagesFolder(import.meta.url)!;
const ROUNDS = Number(process.env.ROUNDS ?? 400);
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

test(`all requests at random positions while edits arrive (SEED=${seed})`, async (t) => {
  const work = await mkdtemp(join(tmpdir(), '4d robust '));
  await cp(join(docs, 'tutorial'), work, { recursive: true });
  const sources = join(work, 'Project/Sources');
  const client = await WireClient.start({
    rootUri: pathToFileURL(work).href,
    capabilities: {
      textDocument: { publishDiagnostics: { relatedInformation: true }, completion: { completionItem: { snippetSupport: true } } },
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
  for (const d of documents) await client.open(d.uri, d.text);

  const items: { lenses: unknown[]; completions: unknown[]; calls: unknown[] } = { lenses: [], completions: [], calls: [] };
  const failures: string[] = [];
  const asked: Promise<unknown>[] = [];
  const ask = (method: string, params: Params, then: (result: unknown) => void = () => undefined): void => {
    asked.push(
      client.request<unknown>(method, params).then(then, (error: { code?: number; message: string }) => {
        const expected: number[] = [LSPErrorCodes.RequestFailed, LSPErrorCodes.RequestCancelled, LSPErrorCodes.ContentModified];
        if (!expected.includes(error.code ?? 0)) failures.push(`${method}: ${error.message}`);
      }),
    );
  };
  const positioned = ['hover', 'completion', 'signatureHelp', 'definition', 'typeDefinition', 'documentHighlight', 'prepareRename'];
  const whole = ['documentSymbol', 'foldingRange', 'documentLink', 'codeLens', 'semanticTokens/full'];

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
    switch (random(14)) {
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
  // the last word on every document is about its last version, and versions only grow
  for (const { uri, version } of documents) await client.diagnostics(uri, () => true, version);
  for (const { uri } of documents) {
    const versions = client.published.filter((p) => p.uri === uri && p.version !== undefined).map((p) => p.version!);
    assert.deepEqual(
      versions,
      [...versions].sort((a, b) => a - b),
      uri,
    );
  }
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
