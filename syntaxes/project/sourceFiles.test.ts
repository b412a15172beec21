import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyPath, decodeFileName, readAttributes } from './sourceFiles.js';

test('every kind of method is told by its place', () => {
  const kinds: readonly [path: string, expected: object][] = [
    ['Methods/Añadir línea.4dm', { kind: 'method', name: 'Añadir línea' }],
    ['Methods/a%2Fb.4DM', { kind: 'method', name: 'a/b' }],
    ['DatabaseMethods/onWebSessionSuspend.4dm', { kind: 'databaseMethod', name: 'onWebSessionSuspend' }],
    ['Classes/Shop.4dm', { kind: 'class', name: 'Shop' }],
    ['Triggers/table_12.4dm', { kind: 'trigger', name: 'table_12', table: 12 }],
    ['Forms/Main/method.4dm', { kind: 'formMethod', name: 'Main' }],
    ['Forms/Main/ObjectMethods/Pop-up%2FList.4dm', { kind: 'objectMethod', name: 'Main', object: 'Pop-up/List' }],
    ['TableForms/3/Input/method.4dm', { kind: 'formMethod', name: 'Input', table: 3 }],
    ['TableForms/3/Input/ObjectMethods/Save.4dm', { kind: 'objectMethod', name: 'Input', object: 'Save', table: 3 }],
  ];
  for (const s of ['Project/Sources', 'Sources'])
    for (const [path, expected] of kinds) assert.deepEqual(classifyPath(`${s}/${path}`), { path: `${s}/${path}`, ...expected });
});

test('what is no method of the program is nothing', () => {
  for (const path of [
    'Project/Trash/Methods/(old).4dm',
    'Project/Sources/catalog.4DCatalog',
    'Project/Sources/loose.4dm',
    'Project/Sources/Methods/.4dm',
    'Project/Sources/Methods/sub/x.4dm',
    'Project/Sources/Triggers/other.4dm',
    'Project/Sources/TableForms/x/Input/method.4dm',
    'Project/Sources/Forms/Main/other.4dm',
    'Project/Sources/Methods/x.4dm.bak',
    'Methods/x.4dm',
    '',
  ]) {
    assert.equal(classifyPath(path), undefined, path);
  }
});

test('escapes in names are resolved where they are valid', () => {
  assert.equal(decodeFileName('100%'), '100%');
  assert.equal(decodeFileName('%C3%A9t%C3%A9%2F%zz'), 'été/%zz');
  assert.equal(decodeFileName('%E9'), '%E9');
});

test('the attributes line is read, text behind it and a byte order mark are no matter', () => {
  assert.deepEqual(
    readAttributes(
      '\uFEFF//%attributes = {"publishedWeb":true,"preemptive":"indeferent","lang":"fr","published4DMobile":{"scope":"none"}} // {x}\rALERT("}")',
    ),
    {
      publishedWeb: true,
      invisible: false,
      shared: false,
      executedOnServer: false,
      preemptive: 'indeferent',
      language: 'fr',
    },
  );
  assert.equal(readAttributes('//%attributes = {"folder":"a } b","shared":true}\n').shared, true);
});

test('no line, a broken one, or one with other types: everything is off', () => {
  const off = { publishedWeb: false, invisible: false, shared: false, executedOnServer: false };
  for (const text of [
    '',
    '// a comment',
    '//%attributes = {"publishedWeb":tru',
    '//%attributes = []',
    '\n//%attributes = {"shared":true}',
    '//%attributes = {"publishedWeb":"yes"}',
  ]) {
    assert.deepEqual(readAttributes(text), off, text);
  }
});
