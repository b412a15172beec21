import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hitCondition, logParts } from './hitCondition.js';

const due = (text: string): number[] => [1, 2, 3, 4, 5, 6].filter(hitCondition(text) ?? (() => false));

test('hit counts: a number, comparisons of 4D and of other languages, every nth time', () => {
  assert.deepEqual(due('3'), [3]);
  assert.deepEqual(due(' = 3 '), [3]);
  assert.deepEqual(due('== 3'), [3]);
  assert.deepEqual(due('>=4'), [4, 5, 6]);
  assert.deepEqual(due('> 4'), [5, 6]);
  assert.deepEqual(due('<3'), [1, 2]);
  assert.deepEqual(due('<= 2'), [1, 2]);
  assert.deepEqual(due('# 1'), [2, 3, 4, 5, 6]);
  assert.deepEqual(due('% 2'), [2, 4, 6]);
  for (const text of ['', 'often', '3 times', '% 0', '-1']) assert.equal(hitCondition(text), undefined, text);
});

test('log messages: expressions in braces, with braces of their own, and braces that are text', () => {
  assert.deepEqual(logParts('total is {$total} of {aSum{2}}.'), [
    { text: 'total is ', expression: '$total' },
    { text: ' of ', expression: 'aSum{2}' },
    { text: '.' },
  ]);
  assert.deepEqual(logParts('{{no}} {"}"}'), [{ text: '{no} ', expression: '"}"' }, { text: '' }]);
  assert.deepEqual(logParts('open {$a'), [{ text: 'open {$a' }]);
});
