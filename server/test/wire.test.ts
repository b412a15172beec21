/** What goes over the wire: the compiled server on its standard streams, driven by a client that knows JSON-RPC and nothing else. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CompletionList, Diagnostic, Hover, Location, SemanticTokens, SignatureHelp } from 'vscode-languageserver';
import { LineIndex } from '#syntaxes/tree/lineIndex.js';
import { pagesFolder } from '../node/pages.js';
import type { SessionModeResult } from '../protocol.js';
import { unmark } from './marks.js';
import { WireClient, type WireOptions } from './wireClient.js';

const docs = pagesFolder(import.meta.url)!;
const capable = {
  textDocument: {
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] }, codeDescriptionSupport: true },
    hover: { contentFormat: ['markdown'] },
  },
};

let work: string;
const clients: WireClient[] = [];

before(async () => {
  work = await mkdtemp(join(tmpdir(), '4d wire é '));
});
after(async () => {
  for (const client of clients) await client.stop().catch(() => undefined);
  await rm(work, { recursive: true, force: true });
});

async function start(options: WireOptions = {}): Promise<WireClient> {
  const client = await WireClient.start({ capabilities: capable, ...options });
  clients.push(client);
  return client;
}

let projects = 0;
/** A copy of the tutorial's project, with other settings where asked for. */
async function shop(settings?: string): Promise<{ readonly root: string; uri(path: string): string; text(path: string): Promise<string> }> {
  const root = join(work, `Shop ${++projects}`);
  await cp(join(docs, 'tutorial'), root, { recursive: true });
  if (settings !== undefined) await writeFile(join(root, 'Project/Sources/settings.4DSettings'), settings);
  const sources = join(root, 'Project/Sources');
  return {
    root,
    uri: (path) => pathToFileURL(join(sources, path)).href,
    text: (path) => readFile(join(sources, path), 'utf8'),
  };
}

function positionOf(text: string, offset: number) {
  const { line, column } = new LineIndex(text).placeAt(offset);
  return { line, character: column };
}

function at(uri: string, text: string, needle: string, inside = 1) {
  const offset = text.indexOf(needle);
  assert.ok(offset >= 0, needle);
  return { textDocument: { uri }, position: positionOf(text, offset + inside) };
}

const markdownOf = (hover: Hover | null): string => (hover?.contents as { value: string } | undefined)?.value ?? '';

describe('the command in the tutorial', () => {
  let client: WireClient;
  let project: Awaited<ReturnType<typeof shop>>;
  let uri: string;
  let text: string;

  before(async () => {
    client = await start();
    project = await shop();
    uri = project.uri('Methods/Web_logOut.4dm');
    text = await project.text('Methods/Web_logOut.4dm');
    await client.open(uri, text);
  });

  test('completion from any words, at the end and in the middle, replaces the whole name and writes the token', async () => {
    let version = 1;
    for (const source of [
      '⟦web leg clo‸⟧',
      '⟦wlcs‸⟧',
      '⟦WEB LEG‸ACY CLOSE SESSION:C1208⟧(WEB Get current session ID:C1162)',
      '⟦WEB CLOSE SES‸⟧',
      'If (True)\n\t⟦close ses‸⟧\nEnd if',
    ]) {
      const { text: changed, cursors, ranges } = unmark(source);
      await client.change(uri, ++version, changed);
      const list = await client.request<CompletionList>('textDocument/completion', {
        textDocument: { uri },
        position: positionOf(changed, cursors[0]),
      });
      const item = list.items.find((i) => i.label === 'WEB LEGACY CLOSE SESSION');
      assert.ok(item, `${source}: ${list.items.map((i) => i.label).slice(0, 5)}`);
      assert.deepEqual(
        item.textEdit,
        {
          range: { start: positionOf(changed, ranges[0][0]), end: positionOf(changed, ranges[0][1]) },
          newText: 'WEB LEGACY CLOSE SESSION:C1208',
        },
        source,
      );
      const resolved = await client.request<{ documentation?: { value: string } }>('completionItem/resolve', item);
      assert.match(resolved.documentation?.value ?? '', /Closes the legacy web session/);
    }
    await client.change(uri, ++version, text);
  });

  test('a project whose code has no tokens gets none', async () => {
    const plain = await shop();
    await writeFile(join(plain.root, 'Project/Shop.4DProject'), '{"tokenizedText": false}');
    const other = plain.uri('Methods/Fresh.4dm');
    await client.open(other, 'web leg clo');
    const list = await client.request<CompletionList>('textDocument/completion', {
      textDocument: { uri: other },
      position: { line: 0, character: 11 },
    });
    const item = list.items.find((i) => i.label === 'WEB LEGACY CLOSE SESSION');
    assert.equal(item?.textEdit?.newText, 'WEB LEGACY CLOSE SESSION');
  });

  test('signature help shows the form and the parameter', async () => {
    const help = await client.request<SignatureHelp>('textDocument/signatureHelp', at(uri, text, 'C1208(', 6));
    assert.equal(help.signatures[0].label, 'WEB LEGACY CLOSE SESSION ( sessionID : Text )');
    assert.equal(help.activeParameter, 0);
    const [from, to] = help.signatures[0].parameters![0].label as [number, number];
    assert.equal(help.signatures[0].label.slice(from, to), 'sessionID : Text');
  });

  test('hover shows the page, the effective mode with its place, and 4D’s page', async () => {
    const hover = markdownOf(await client.request('textDocument/hover', at(uri, text, 'WEB LEGACY', 5)));
    assert.match(hover, /Closes the legacy web session/);
    assert.match(hover, /Session mode of this project:\*\* legacy sessions; the command closes the session/);
    assert.match(hover, /settings\.4DSettings, line \d+\]\(file:[^)]*#L\d+\)/);
    assert.match(hover, /https:\/\/developer\.4d\.com\/docs\/commands\/web-legacy-close-session/);
  });

  test('definition leads to the attribute that decides and to the close method', async () => {
    const places = await client.request<Location[]>('textDocument/definition', at(uri, text, 'WEB LEGACY', 5));
    const settings = await project.text('settings.4DSettings');
    assert.equal(places[0].uri.split('/').at(-1), 'settings.4DSettings');
    const lines = new LineIndex(settings);
    const { start, end } = places[0].range;
    assert.equal(
      settings.slice(
        lines.offsetAt({ line: start.line, column: start.character }),
        lines.offsetAt({ line: end.line, column: end.character }),
      ),
      'session_mode="3"',
    );
    assert.equal(places[1].uri.split('/').at(-1), 'onWebSessionSuspend.4dm');
  });

  test('semantic tokens tell the command from its token', async () => {
    const { tokenTypes, tokenModifiers } = client.initialized.capabilities.semanticTokensProvider!.legend;
    const { data } = await client.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: { uri } });
    const lines = text.split('\n');
    const seen: string[] = [];
    for (let i = 0, line = 0, character = 0; i < data.length; i += 5) {
      if (data[i] > 0) character = 0;
      line += data[i];
      character += data[i + 1];
      const modifiers = tokenModifiers.filter((_, bit) => data[i + 4] & (1 << bit));
      seen.push(`${lines[line].slice(character, character + data[i + 2])} ${tokenTypes[data[i + 3]]}.${modifiers.join('.')}`);
    }
    assert.deepEqual(seen, [
      'WEB LEGACY CLOSE SESSION function.defaultLibrary',
      'WEB Get current session ID function.defaultLibrary',
      'WEB SEND HTTP REDIRECT function.defaultLibrary',
    ]);
  });

  test('a legacy project is not warned', async () => {
    assert.deepEqual(await client.diagnostics(uri), []);
  });

  test('the session mode with its evidence, by our own request', async () => {
    const mode = await client.request<SessionModeResult>('4dWebSessions/sessionMode', { textDocument: { uri } });
    assert.equal(mode.name, 'Shop');
    assert.deepEqual([mode.value, mode.confidence], ['legacy', 'certain']);
    assert.match(mode.evidence[0].uri, /settings\.4DSettings$/);
    assert.equal(await client.request('4dWebSessions/sessionMode', { textDocument: { uri: 'untitled:a' } }), null);
  });
});

describe('a scalable project', () => {
  test('the close is reported as ignored, with the attribute as related information', async () => {
    const client = await start();
    const project = await shop(await readFile(join(docs, 'tutorial/settings-scalable/settings.4DSettings'), 'utf8'));
    const uri = project.uri('Methods/Web_logOut.4dm');
    await client.open(uri, await project.text('Methods/Web_logOut.4dm'));
    const [found] = await client.diagnostics(uri, (d) => d.some((one) => one.code === 'legacy-close-ignored'));
    assert.equal(found.severity, 2);
    assert.equal(found.code, 'legacy-close-ignored');
    const related = found.relatedInformation!;
    assert.match(related[0].location.uri, /settings\.4DSettings$/);
    const settings = await project.text('settings.4DSettings');
    const { start: from, end } = related[0].location.range;
    assert.equal(settings.split('\n')[from.line].slice(from.character, end.character), 'session_mode="1"');
  });

  test('the settings file changes on disk: the warning comes without any other change', async () => {
    const client = await start();
    const project = await shop();
    const uri = project.uri('Methods/Web_logOut.4dm');
    await client.open(uri, await project.text('Methods/Web_logOut.4dm'));
    assert.deepEqual(await client.diagnostics(uri), []);
    const file = join(project.root, 'Project/Sources/settings.4DSettings');
    await writeFile(file, (await readFile(file, 'utf8')).replace('session_mode="3"', 'session_mode="1"'));
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(file).href, type: 2 }] });
    await client.diagnostics(uri, (d) => d.some((one) => one.code === 'legacy-close-ignored'));
    assert.ok((client.received.get('4dWebSessions/sessionModeChanged') ?? 0) > 0);
  });
});

describe('languages', () => {
  const hoverIn = async (options: WireOptions): Promise<string> => {
    const client = await start(options);
    const project = await shop();
    const uri = project.uri('Methods/Web_logOut.4dm');
    const text = await project.text('Methods/Web_logOut.4dm');
    await client.open(uri, text);
    return markdownOf(await client.request('textDocument/hover', at(uri, text, 'WEB LEGACY', 5)));
  };
  const english = /Closes the legacy web session/;
  const spanish = /Cierra la sesión web/;

  test('auto follows the client', async () => {
    const hover = await hoverIn({ locale: 'es-MX' });
    assert.match(hover, spanish);
    assert.doesNotMatch(hover, english);
    assert.match(hover, /Modo de sesión de este proyecto:\*\* sesiones heredadas; el comando cierra la sesión/);
    assert.match(hover, /developer\.4d\.com\/docs\/es\//);
  });
  test('es in an English editor, by initialization options', async () => {
    const hover = await hoverIn({ locale: 'en', initializationOptions: { '4dWebSessions': { documentation: { language: 'es' } } } });
    assert.match(hover, spanish);
    assert.doesNotMatch(hover, english);
  });
  test('both, asked of the client for the document', async () => {
    const asked: string[] = [];
    const hover = await hoverIn({
      locale: 'en',
      capabilities: { ...capable, workspace: { configuration: true } },
      configuration: (section, scope) => {
        asked.push(`${section} ${scope?.split('/').at(-1)}`);
        return { documentation: { language: 'both' } };
      },
    });
    assert.match(hover, english);
    assert.match(hover, spanish);
    assert.ok(hover.search(english) < hover.search(spanish));
    assert.ok(asked.includes('4dWebSessions Web_logOut.4dm'));
  });
  test('a client without Markdown gets plain text', async () => {
    const hover = await hoverIn({ capabilities: { textDocument: { hover: { contentFormat: ['plaintext'] } } } });
    assert.match(hover, english);
    assert.doesNotMatch(hover, /\*\*|\]\(/);
  });
});

describe('input that is broken', () => {
  test('half a method, a BOM, lone carriage returns, no text at all: answers and messages, no crash', async () => {
    const client = await start();
    const project = await shop();
    const cases: Record<string, (found: readonly Diagnostic[]) => boolean> = {
      'If (WEB LEGACY CLOSE SESSION:C1208(': (d) => d.length > 0 && d.every((one) => String(one.message).length > 10),
      '\uFEFFWEB LEGACY CLOSE SESSION:C1208("x")\r\n': () => true,
      'If (True)\rWEB LEGACY CLOSE SESSION:C1208(WEB Get current session ID:C1162)\r\rFor ($i;1;2\r': (d) =>
        d.some((one) => one.range.start.line === 3),
      '': (d) => d.length === 0,
      '\u0000\u0001 "unterminated\n/* and so': () => true,
    };
    let n = 0;
    for (const [text, wanted] of Object.entries(cases)) {
      const uri = project.uri(`Methods/Broken${++n}.4dm`);
      await client.open(uri, text);
      await client.diagnostics(uri, wanted);
      const position = { line: 0, character: 8 };
      for (const method of ['hover', 'completion', 'definition', 'signatureHelp', 'documentHighlight', 'documentSymbol', 'foldingRange'])
        await client.request(`textDocument/${method}`, { textDocument: { uri }, position });
    }
    assert.deepEqual(
      client.shown.filter((m) => /Error|at .*\.js/.test(m.message)),
      [],
    );
    assert.equal(await client.stop(), 0);
  });

  const settingsFiles: Record<string, [string, RegExp]> = {
    'broken XML': ['<?xml version="1.0"?><preferences><com.4d><web><standalone_server><configuration session_mode="1" <', /./],
    'an unknown mode': [
      '<preferences><com.4d><web><standalone_server><configuration session_mode="7"/></standalone_server></web></com.4d></preferences>',
      /unknown/,
    ],
    'nothing in it': ['', /./],
    'a BOM': [
      '\uFEFF<preferences><com.4d><web><standalone_server><configuration session_mode="1"/></standalone_server></web></com.4d></preferences>',
      /scalable/,
    ],
  };
  for (const [name, [text, value]] of Object.entries(settingsFiles))
    test(`a settings file with ${name}`, async () => {
      const client = await start();
      const project = await shop(text);
      const uri = project.uri('Methods/Web_logOut.4dm');
      await client.open(uri, await project.text('Methods/Web_logOut.4dm'));
      const mode = await client.request<SessionModeResult>('4dWebSessions/sessionMode', { textDocument: { uri } });
      assert.match(mode.value, value);
      assert.ok(mode.evidence.length > 0 && mode.evidence.every((e) => e.what.length > 10), JSON.stringify(mode));
      await client.diagnostics(uri);
    });

  test('settings of the client that cannot be used: named in a message, the others count', async () => {
    const client = await start({
      initializationOptions: { '4dWebSessions': { documentation: { language: 'klingon' }, rules: { 'legacy-close-ignored': 'loud' } } },
    });
    const project = await shop(await readFile(join(docs, 'tutorial/settings-scalable/settings.4DSettings'), 'utf8'));
    const uri = project.uri('Methods/Web_logOut.4dm');
    await client.open(uri, await project.text('Methods/Web_logOut.4dm'));
    await client.diagnostics(uri, (d) => d.some((one) => one.code === 'legacy-close-ignored'));
    const said = client.shown.find((m) => m.method === 'window/showMessage')?.message ?? '';
    assert.match(said, /documentation\.language/);
    assert.match(said, /rules\.legacy-close-ignored/);
    for (const settings of [null, 7, 'x', [], { '4dWebSessions': [] }, { '4dWebSessions': { rules: 3, completion: 'x' } }])
      await client.notify('workspace/didChangeConfiguration', { settings });
    assert.ok(await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 6, character: 4 } }));
  });

  test('the old side of a difference has hovers, and no diagnostics', async () => {
    const client = await start({ capabilities: { textDocument: { diagnostic: {} } } });
    const text = 'ALERT(\n';
    for (const [uri, reported] of [
      ['untitled:a.4dm', true],
      ['git:/shop/a.4dm?%7B%22ref%22%3A%22HEAD%22%7D', false],
    ] as const) {
      await client.open(uri, text);
      const { items } = await client.request<{ items: unknown[] }>('textDocument/diagnostic', { textDocument: { uri } });
      assert.equal(items.length > 0, reported, uri);
      assert.match(
        markdownOf(await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 2 } })),
        /ALERT/,
      );
    }
  });

  test('requests that make no sense: answers, and the next request is answered too', async () => {
    const client = await start();
    const uri = 'untitled:Untitled-1';
    await client.open(uri, 'WEB LEGACY CLOSE SESSION("")');
    const ask = (method: string, params: unknown): Promise<unknown> => client.request<unknown>(method, params).catch((e: Error) => e);
    await ask('textDocument/hover', { textDocument: { uri: 'file:///nowhere.4dm' }, position: { line: 0, character: 0 } });
    await ask('textDocument/hover', { textDocument: { uri }, position: { line: 99999, character: -4 } });
    await ask('textDocument/hover', {});
    await ask('textDocument/completion', null);
    await ask('completionItem/resolve', { label: 'x', data: 3 });
    await ask('workspace/executeCommand', { command: 'no.such.command' });
    await ask('no/suchRequest', {});
    await client.notify('textDocument/didChange', { textDocument: { uri: 'file:///nowhere.4dm', version: 3 }, contentChanges: [] });
    await client.notify('textDocument/didClose', { textDocument: { uri: 'file:///nowhere.4dm' } });
    const hover = markdownOf(await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 3 } }));
    assert.match(hover, /WEB LEGACY CLOSE SESSION/);
    assert.equal(await client.stop(), 0);
  });
});
