import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suffixes } from './suffixes.js';

const found = (text: string): string[] => suffixes(text).map(([from, to]) => text.slice(from, to));

test('tokens of commands, constants, tables and fields are found', () => {
  assert.deepEqual(found('WEB LEGACY CLOSE SESSION:C1208(WEB Get current session ID:C1162)'), [':C1208', ':C1162']);
  assert.deepEqual(found('WEB SET OPTION:C1210(Web keep session:K73:21; 1)'), [':C1210', ':K73:21']);
  assert.deepEqual(found('[Customer:1]Session ID:6:=""'), [':1', ':6']);
});

test('texts, comments and other colons are no tokens', () => {
  assert.deepEqual(found('ALERT("a:C41") // b:C41\n/* c:C41\n d:C41 */\nvar $a : Integer'), []);
  assert.deepEqual(found('Case of\n: ($a=1)\nEnd case'), []);
  assert.deepEqual(found(''), []);
});
