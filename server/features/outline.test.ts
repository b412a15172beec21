/** Symbols, folding, selection ranges and semantic tokens: what falls out of the tree. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { DocumentSymbol } from 'vscode-languageserver';
import { mark } from '../test/marks.js';
import { testMethod, testProject } from '../test/project.js';
import { documentSymbols } from './documentSymbols.js';
import { foldingRanges } from './folding.js';
import { selectionRange } from './selectionRanges.js';
import { legend } from './semanticTokenLegend.js';
import { semanticTokens, tokenEdits } from './semanticTokens.js';
import { matchScore, workspaceSymbols } from './workspaceSymbols.js';

const basket = `Class extends Shop
property total; count : Real
//MARK: - reading
Class constructor($id : Text)
\tThis.total:=0
Function get empty() : Boolean
\treturn This.count=0
Function add($id : Text; $n : Integer)->$ok : Boolean
\tIf ($n>0)
\t\tThis.count+=$n
\tEnd if
`;

test('the outline of a class', async () => {
  const project = await testProject({ 'Project/Sources/Classes/Basket.4dm': basket });
  const { snapshot } = await project.at('Project/Sources/Classes/Basket.4dm');
  const tell = (s: DocumentSymbol): string => `${s.name}${s.detail ? ` ${s.detail}` : ''}`;
  const [whole] = documentSymbols(snapshot, 'en');
  assert.equal(tell(whole), 'Basket Class');
  assert.deepEqual(whole.children?.map(tell), [
    'total',
    'count',
    'reading',
    'constructor ( $id : Text )',
    'empty get : Boolean',
    'add ( $id : Text ; $n : Integer ) : Boolean',
  ]);
  for (const child of whole.children ?? []) {
    assert.ok(child.selectionRange.start.line >= child.range.start.line && child.selectionRange.end.line <= child.range.end.line);
  }
});

test('folds: blocks, comments, regions, marks', async () => {
  const { snapshot } = await testMethod(
    '// one\n// two\n//#region x\nIf (True)\n\tALERT("a")\nElse\n\tALERT("b")\nEnd if\n//#endregion\n/*\na\n*/\n$o:={\\\na: 1;\\\nb: 2\\\n}\nCase of\n: (True)\n\tALERT("c")\nEnd case',
  );
  assert.deepEqual(
    foldingRanges(snapshot).map((r) => `${r.startLine}-${r.endLine}${r.kind ? ` ${r.kind}` : ''}`),
    ['0-1 comment', '2-8 region', '3-4', '5-6', '9-11 comment', '12-14', '16-18', '17-18'],
  );
});

test('a selection grows from the word to the whole', async () => {
  const { snapshot, text, cursor } = await testMethod('If ($a)\n\tALERT("x"+$na‸me)\nEnd if');
  const seen: string[] = [];
  for (let range: ReturnType<typeof selectionRange> | undefined = selectionRange(snapshot, cursor); range; range = range.parent)
    seen.push(text.slice(snapshot.lines.offset(range.range.start), snapshot.lines.offset(range.range.end)));
  assert.equal(seen[0], '$name');
  assert.equal(seen[1], '"x"+$name');
  assert.equal(seen.at(-1), text);
  for (let i = 1; i < seen.length; i++) assert.ok(seen[i].includes(seen[i - 1]) && seen[i] !== seen[i - 1]);
});

test('semantic tokens by kind', async () => {
  const { snapshot } = await testMethod(
    '#DECLARE($p : cs.Basket)\nvar $l : Text\nvProc:=Web legacy session\n<>ip:=$l\nLog_out($p.total)\nQUERY([Article]; [Article]Label="x")\nC_TEXT($x)',
    {
      Log_out: '',
    },
  );
  const data = semanticTokens(snapshot);
  const lines = snapshot.text.split('\n');
  const seen: string[] = [];
  for (let i = 0, line = 0, character = 0; i < data.length; i += 5) {
    if (data[i]) character = 0;
    line += data[i];
    character += data[i + 1];
    const modifiers = legend.tokenModifiers.filter((_, bit) => data[i + 4] & (1 << bit)).join('.');
    seen.push(`${lines[line].slice(character, character + data[i + 2])}: ${legend.tokenTypes[data[i + 3]]}${modifiers && `.${modifiers}`}`);
  }
  assert.deepEqual(seen, [
    '$p: parameter.declaration',
    'cs.Basket: class',
    '$l: variable.declaration',
    'Text: type',
    'vProc: variable.modification.global',
    'Web legacy session: enumMember.readonly.deprecated.defaultLibrary'.replace('.deprecated', ''),
    '<>ip: variable.modification.static.global',
    '$l: variable',
    'Log_out: method',
    '$p: parameter',
    'total: property',
    'QUERY: function.defaultLibrary',
    'Article: struct',
    'Article: struct',
    'Label: property',
    'C_TEXT: function.deprecated.defaultLibrary',
    '$x: variable.declaration',
  ]);
  // a range has the same tokens as the whole, from its own start
  const third = snapshot.lines.lineStart(2);
  const part = semanticTokens(snapshot, third, snapshot.lines.lineStart(3));
  assert.equal(part.length, 10);
  assert.equal(part[0], 2);
});

test('edits between two lists of tokens give the second', () => {
  const before = [0, 1, 2, 3, 0, 1, 1, 2, 3, 0, 2, 0, 2, 3, 0];
  for (const after of [before, [], [...before, 1, 1, 1, 1, 1], [9, ...before.slice(1)], before.slice(5)]) {
    const list: number[] = [...before];
    for (const edit of tokenEdits(Int32Array.from(before), Int32Array.from(after)).reverse())
      list.splice(edit.start, edit.deleteCount, ...(edit.data ?? []));
    assert.deepEqual(list, after);
  }
});

test('workspace symbols: methods, classes, functions; best first; bounded', async () => {
  const { project } = await testProject({ Log_out: '', Catalogue: '', 'Project/Sources/Classes/Basket.4dm': basket });
  const names = (query: string): string[] => workspaceSymbols([project], query).map((s) => s.name);
  assert.equal(names('log')[0], 'Log_out');
  assert.deepEqual(names('logout'), ['Log_out']);
  assert.ok(names('add').includes('add'));
  assert.deepEqual(workspaceSymbols([project], 'log', () => true).length <= 2, true);
  assert.ok(matchScore('log_out', 'lo') > matchScore('catalog', 'lo'));
});

test('marks are put and taken alike', () => {
  assert.equal(
    mark('abc', [
      [0, 1],
      [1, 3],
    ]),
    '⟦a⟧⟦bc⟧',
  );
});
