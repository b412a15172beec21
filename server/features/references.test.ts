import assert from 'node:assert/strict';
import test from 'node:test';
import { DocumentHighlightKind } from 'vscode-languageserver';
import { mark, unmark } from '../test/marks.js';
import { testMethod } from '../test/project.js';
import { highlights, references } from './references.js';

/** The places as `file line:character`. */
async function places(source: string, more: Readonly<Record<string, string>> = {}, declarations = true): Promise<string[]> {
  const { snapshot, cursor, context } = await testMethod(source, more);
  return (await references(snapshot, cursor, declarations, context())).map(
    (l) => `${l.uri.split('/').at(-1)} ${l.range.start.line}:${l.range.start.character}`,
  );
}

test('a command by identity: token, present, former and French name alike', async () => {
  const more = {
    A: 'WEB CLOSE SESSION($id)',
    B: 'If (True)\n\tAnything:C1208($id)\nEnd if',
    C: 'WEB SESSION ANCIENNE FERMER($id)',
    D: '// WEB LEGACY CLOSE SESSION($id)\nALERT("WEB LEGACY CLOSE SESSION")',
  };
  assert.deepEqual((await places('WEB LEG‸ACY CLOSE SESSION($id)', more)).sort(), ['A.4dm 0:0', 'B.4dm 1:1', 'C.4dm 0:0', 'Main.4dm 0:0']);
});

test('locals stay in their method and class function', async () => {
  const { snapshot, cursor, text, ranges, context } = await testMethod('var ⟦$a⟧ : Text\n⟦$a‸⟧:=⟦$A⟧+$b');
  const found = (await references(snapshot, cursor, true, context())).map(
    (l) => [snapshot.lines.offset(l.range.start), snapshot.lines.offset(l.range.end)] as const,
  );
  assert.equal(mark(text, found), mark(text, ranges));
  const inClass = { 'Project/Sources/Classes/X.4dm': 'Function a($x : Text)\n$x:=""\nFunction b($x : Text)\n$x:=""' };
  assert.equal((await places('$x‸:=""', inClass)).length, 1);
});

test('a method: its file is the declaration', async () => {
  assert.deepEqual(await places('Log_‸out\nLog_out', { Log_out: '' }), ['Log_out.4dm 0:0', 'Main.4dm 0:0', 'Main.4dm 1:0']);
  assert.deepEqual(await places('Log_‸out\nLog_out', { Log_out: '' }, false), ['Main.4dm 0:0', 'Main.4dm 1:0']);
});

test('a table under its number and its name', async () => {
  const more = {
    'Project/Sources/catalog.4DCatalog': '<base><table name="Article" uuid="A" id="2"/></base>',
    A: 'ALL RECORDS([Article])',
    B: 'ALL RECORDS([Old_name:2])',
    C: '$e:=ds.Article.all()',
  };
  assert.deepEqual((await places('QUERY([Art‸icle:2])', more)).sort(), ['A.4dm 0:13', 'B.4dm 0:13', 'C.4dm 0:7', 'Main.4dm 0:7']);
});

test('highlights tell writing from reading', async () => {
  const { text, cursors } = unmark('var $a : Text\n$a:="x"\nALERT($a‸)');
  const { snapshot } = await testMethod(text);
  const kinds = highlights(snapshot, cursors[0]).map((h) => (h.kind === DocumentHighlightKind.Write ? 'write' : 'read'));
  assert.deepEqual(kinds, ['write', 'write', 'read']);
  assert.deepEqual(highlights(snapshot, 3), []);
});
