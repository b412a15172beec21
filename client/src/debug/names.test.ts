import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expressionAt } from './names.js';

/** What a hover at `|` in the last line is about. */
const at = (...lines: string[]): string | undefined => {
  const last = lines.pop()!;
  return expressionAt([...lines, last.replace('|', '')], last.indexOf('|'))?.name;
};

test('a hover is about the variable with its properties up to the cursor', () => {
  assert.equal(at('$per|son.city.name:=1'), '$person');
  assert.equal(at('$person.ci|ty.name:=1'), '$person.city');
  assert.equal(at('v|A:=2'), 'vA');
  assert.equal(at('1+<>|rate*2'), '<>rate');
  assert.equal(at('1 +| 2'), undefined);
});

test('texts, comments and tokens hold no variable', () => {
  assert.equal(at('$a:=1 // v|A'), undefined);
  assert.equal(at('"v|A \\" "'), undefined);
  assert.equal(at('"it is \\" $no" + $y|es'), '$yes');
  assert.equal(at('$a:=1 /* $b', 'v|C'), undefined);
  assert.equal(at('$a:=1 /* $b', '$c */ $d|e'), '$de');
  assert.equal(at('OB Get:C12|24($o)'), undefined);
});

test('columns are those of the line', () => {
  assert.deepEqual(expressionAt(['"text" + $value'], 11), { name: '$value', start: 9, end: 15 });
});
