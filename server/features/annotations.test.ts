/** What is shown beside the code: inlay hints, code lenses, links, values of a stopped debugger; and formatting. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { InlayHint } from 'vscode-languageserver';
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import { memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';
import { Snapshot } from '../analysis/snapshot.js';
import { LoadedProject } from '../connection/projects.js';
import { settings, testMethod, testProject } from '../test/project.js';
import { codeLenses, resolveCodeLens } from './codeLenses.js';
import { documentLinks } from './documentLinks.js';
import { formatting, formattingOnType } from './formatting.js';
import { type InlayHintOptions, inlayHints } from './inlayHints.js';
import { inlineValues } from './inlineValues.js';
import { typeDefinition } from './typeDefinition.js';

/** The text with each hint at its place, in ‹›. */
async function hinted(source: string, more: Readonly<Record<string, string>>, options: Partial<InlayHintOptions> = {}): Promise<string> {
  const { snapshot, context, text } = await testMethod(source, more);
  const hints = await inlayHints(snapshot, 0, text.length, context(), { parameterNames: 'literals', sessionMode: true, ...options });
  const at = (h: InlayHint): number => snapshot.lines.offset(h.position);
  return hints.reduceRight((t, h) => `${t.slice(0, at(h))}‹${h.label}›${t.slice(at(h))}`, text);
}

test('hints: parameter names of literals, or of all that do not say it', async () => {
  const more = { Basket_add: '#DECLARE($article : Text; $count : Integer; $now : Boolean)', Old: '$0:=$1' };
  assert.equal(await hinted('Basket_add("a"; -2; True)', more), 'Basket_add(‹article:›"a"; ‹count:›-2; ‹now:›True)');
  assert.equal(await hinted('Basket_add($article; $n)\nOld("x")', more), 'Basket_add($article; $n)\nOld("x")');
  assert.equal(
    await hinted('Basket_add($article; $n; $o.now)', more, { parameterNames: 'all' }),
    'Basket_add($article; ‹count:›$n; $o.now)',
  );
  assert.equal(await hinted('Basket_add("a")', more, { parameterNames: 'none' }), 'Basket_add("a")');
  assert.equal(
    await hinted('$b:=cs.Basket.new()\n$b.add("x")', { 'Project/Sources/Classes/Basket.4dm': 'Function add($id : Text)' }),
    '$b:=cs.Basket.new()\n$b.add(‹id:›"x")',
  );
});

test('hints: what the session mode makes of the command', async () => {
  const scalable = { 'Project/Sources/settings.4DSettings': settings('1') };
  assert.equal(
    await hinted('WEB LEGACY CLOSE SESSION($id)', scalable),
    'WEB LEGACY CLOSE SESSION($id)‹scalable sessions: 4D ignores the command›',
  );
  assert.equal(
    await hinted('WEB LEGACY CLOSE SESSION($id)', {}),
    'WEB LEGACY CLOSE SESSION($id)‹legacy sessions: the command closes the session›',
  );
  assert.equal(await hinted('WEB LEGACY CLOSE SESSION($id)', scalable, { sessionMode: false }), 'WEB LEGACY CLOSE SESSION($id)');
});

test('lenses: run and debug where the client can, callers, and what each close does', async () => {
  const project = await testProject({ Log_out: '\nWEB CLOSE SESSION($id)', A: 'Log_out', B: 'Log_out\nLog_out' });
  const { snapshot } = await project.at('Log_out');
  const told = async (...commands: string[]): Promise<string[]> => {
    const options = { language: 'en' as const, commands: new Set(commands) };
    const resolved = [];
    for (const lens of codeLenses(snapshot, options))
      resolved.push(lens.command ? lens : await resolveCodeLens(snapshot, lens, project.context(), options));
    return resolved.map((l) => `${l.range.start.line} ${l.command?.title} ${l.command?.command}`.trim());
  };
  assert.deepEqual(await told(), ['0 3 callers', '1 legacy sessions: the command closes the session · no web entry point reaches it']);
  assert.deepEqual(
    await told('4dWebSessions.runMethod', '4dWebSessions.debugMethod', '4dWebSessions.showReferences', '4dWebSessions.showSessionMode'),
    [
      '0 Run in the simulator 4dWebSessions.runMethod',
      '0 Debug 4dWebSessions.debugMethod',
      '0 3 callers 4dWebSessions.showReferences',
      '1 legacy sessions: the command closes the session · no web entry point reaches it 4dWebSessions.showSessionMode',
    ],
  );
});

test('a method that 4D answers a URL with can be called by it', async () => {
  const published = '//%attributes = {"publishedWeb":true}\nALERT("x")';
  const project = await testProject({ Page: published, Other: 'ALERT("x")' });
  const titles = async (name: string): Promise<(string | undefined)[]> => {
    const { snapshot } = await project.at(name);
    const options = { language: 'en' as const, commands: new Set(['4dWebSessions.runAsClient']) };
    return codeLenses(snapshot, options).flatMap((lens) => (lens.command ? [lens.command.title] : []));
  };
  assert.deepEqual(await titles('Page'), ['Call by URL']);
  assert.deepEqual(await titles('Other'), []);
});

test('lenses of class functions', async () => {
  const basket = 'Project/Sources/Classes/Basket.4dm';
  const project = await testProject({ [basket]: 'Function add()\nFunction drop()\n\tThis.add()', Main: '$x.drop()' });
  const { snapshot } = await project.at(basket);
  const options = { language: 'es' as const, commands: new Set<string>() };
  const titles = [];
  for (const lens of codeLenses(snapshot, options))
    titles.push((await resolveCodeLens(snapshot, lens, project.context(), options)).command?.title);
  assert.deepEqual(titles, ['1 llamada', '1 llamada']);
});

test('links: addresses, pages that exist, methods behind URLs', async () => {
  const { snapshot, text } = await testMethod(
    '// see https://developer.4d.com/docs (a page).\nWEB SEND FILE("index.html")\nWEB SEND FILE("gone.html")\nWEB SEND HTTP REDIRECT("/4DACTION/Log_out?x=1")\nWEB SEND HTTP REDIRECT("/shop/bye.html#top")',
    { Log_out: '' },
  );
  const there = new Set(['WebFolder/index.html', 'WebFolder/shop/bye.html']);
  const links = await documentLinks(snapshot, 'en', async (path) => there.has(path));
  assert.deepEqual(
    links.map((l) => [
      text.slice(snapshot.lines.offset(l.range.start), snapshot.lines.offset(l.range.end)),
      l.target?.replace('file:///shop/', ''),
    ]),
    [
      ['https://developer.4d.com/docs', 'https://developer.4d.com/docs'],
      ['index.html', 'WebFolder/index.html'],
      ['/4DACTION/Log_out?x=1', 'Project/Sources/Methods/Log_out.4dm'],
      ['/shop/bye.html#top', 'WebFolder/shop/bye.html'],
    ],
  );
});

test('links: files by paths of 4D, also where only the inside of Project is kept', async () => {
  const text =
    '$f:=File("/RESOURCES/a.json")\n$g:=File("/PROJECT/Sources/folders.json")\n$h:=File("/SOURCES/folders.json")\n$i:=File("/RESOURCES/../x")\n$j:=File("/LOGS/none")';
  for (const inside of ['Project/', '']) {
    const path = `${inside}Sources/Methods/Do.4dm`;
    const there = ['Resources/a.json', `${inside}Sources/folders.json`];
    const files = memoryFileSystem({ [`/app/${inside}App.4DProject`]: '{}', [`/app/${path}`]: text });
    const host = { now: () => 0, pause: async () => undefined };
    const events = { changed() {}, modeChanged() {}, failed: assert.ifError };
    const project = new LoadedProject('/app', files, defaultCatalogue(), host, 'utf-16', events);
    await project.indexAll();
    const snapshot = new Snapshot({ uri: project.uriOf(path), version: 1, text, catalogue: defaultCatalogue(), view: project });
    const links = await documentLinks(snapshot, 'en', async (file) => there.includes(file));
    assert.deepEqual(
      links.map((l) => l.target),
      [there[0], there[1], there[1]].map((file) => `file:///app/${file}`),
    );
  }
});

test('values: variables of the function the debugger stands in, up to its line', async () => {
  const { snapshot, cursor, text } = await testMethod('$a:=1\nvProc:=$a+$a\n<>ip:=Log_out‸\n$later:=2', { Log_out: '' });
  const values = inlineValues(snapshot, 0, text.length, cursor);
  assert.deepEqual(
    values.map((v) => `${v.range.start.line} ${'variableName' in v ? v.variableName : '?'}`),
    ['0 $a', '1 vProc', '1 $a', '2 <>ip'],
  );
});

test('formatting as 4D writes it; a range and a typed line end stay in their lines', async () => {
  const { snapshot } = await testMethod('if(True)\nALERT( "a" )\nend if\n');
  const options = { tabSize: 2, insertSpaces: false };
  const after = (
    edits: readonly { range: { start: { line: number; character: number }; end: { line: number; character: number } }; newText: string }[],
  ) =>
    [...edits]
      .sort((a, b) => snapshot.lines.offset(b.range.start) - snapshot.lines.offset(a.range.start))
      .reduce(
        (t, e) => t.slice(0, snapshot.lines.offset(e.range.start)) + e.newText + t.slice(snapshot.lines.offset(e.range.end)),
        snapshot.text,
      );
  assert.equal(after(formatting(snapshot, options)), 'If (True)\n\tALERT("a")\nEnd if \n');
  assert.match(after(formatting(snapshot, { tabSize: 2, insertSpaces: true })), /\n {2}ALERT/);
  assert.equal(after(formatting(snapshot, options, { start: 9, end: 20 })), 'if(True)\n\tALERT("a")\nend if\n');
  assert.equal(after(formattingOnType(snapshot, snapshot.lines.lineStart(1), options)), 'If (True)\nALERT( "a" )\nend if\n');
});

test('while typing, each line and the one below it stand where 4D puts them', async () => {
  const options = { tabSize: 4, insertSpaces: false };
  /** What is there when the line end marked by `‸` was typed and the editor put its own indentation behind it. */
  const typed = async (source: string): Promise<string> => {
    const { snapshot, cursor, text } = await testMethod(source);
    const { lines } = snapshot;
    return [...formattingOnType(snapshot, cursor, options)]
      .sort((a, b) => lines.offset(b.range.start) - lines.offset(a.range.start))
      .reduce((t, e) => t.slice(0, lines.offset(e.range.start)) + e.newText + t.slice(lines.offset(e.range.end)), text);
  };
  assert.equal(await typed('Case of \n\t: ($a)\n\t\tb:=1\n\t\t: ($c)\n\t\t\t‸'), 'Case of \n\t: ($a)\n\t\tb:=1\n\t: ($c)\n\t\t');
  assert.equal(await typed('Case of \n\t: ($a)\n\t\tb:=1\n\tEnd case \n\t‸'), 'Case of \n\t: ($a)\n\t\tb:=1\nEnd case \n');
  assert.equal(await typed('if(True)\n‸'), 'If (True)\n\t');
  assert.equal(await typed('$o:=New object(\\\n\t"a"; 1)\n\t‸\nElse_1:=2'), '$o:=New object(\\\n\t"a"; 1)\n\nElse_1:=2');
  assert.equal(await typed('$o:=New object(\\\n\t‸'), '$o:=New object(\\\n\t');
  assert.equal(await typed('Function a()\n\treturn 1\n‸'), 'Function a()\n\treturn 1\n');
  assert.equal(await typed('If ($a)\n$b:=1\n‸$c:=2\nEnd if '), 'If ($a)\n\t$b:=1\n$c:=2\nEnd if ');
});

test('type definition: classes, what functions give, entities', async () => {
  const more = {
    'Project/Sources/Classes/Basket.4dm': 'Function last() : cs.Article',
    'Project/Sources/Classes/Article.4dm': '',
    'Project/Sources/catalog.4DCatalog': '<base><table name="Customer" uuid="A" id="2"/></base>',
  };
  const where = async (source: string): Promise<string[]> => {
    const { snapshot, cursor, context } = await testMethod(source, more);
    return (await typeDefinition(snapshot, cursor, context())).map((l) => l.uri.split('/').at(-1)!);
  };
  assert.deepEqual(await where('var $b : cs.Basket\n$b‸.add()'), ['Basket.4dm']);
  assert.deepEqual(await where('$b:=cs.Basket.new()\nALERT($b‸)'), ['Basket.4dm']);
  assert.deepEqual(await where('var $e : cs.CustomerEntity\n$e‸.save()'), ['catalog.4DCatalog']);
  assert.deepEqual(await where('var $t : Text\n$t‸:=""'), []);
});
