import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expressionAt, variablesIn } from './names.js';

const names = (...lines: string[]): string[][] => variablesIn(lines).map((found) => found.map(({ name }) => name));

test('variables of a line: locals, process and interprocess variables; no texts, comments, tokens, properties', () => {
  assert.deepEqual(names('$sum:=vTotal+<>rate*aPrice{$i}'), [['$sum', 'vTotal', '<>rate', 'aPrice', '$i']]);
  assert.deepEqual(names('$o.city:="vTotal" // $x'), [['$o']]);
  assert.deepEqual(names('vID:=WEB Get current session ID:C1162'), [['vID', 'WEB', 'Get', 'current', 'session', 'ID']]);
  assert.deepEqual(names('$a:=1 /* $b', '$c', '$d */ $e', '$f'), [['$a'], [], ['$e'], ['$f']]);
  assert.deepEqual(names('"it is \\" $no" + $yes'), [['$yes']]);
});

test('columns are those of the line', () => {
  const [[first]] = variablesIn(['"text" + $value']);
  assert.deepEqual(first, { name: '$value', start: 9, end: 15 });
});

test('a hover is about the variable with its properties up to the cursor', () => {
  const at = (line: string): string | undefined => expressionAt([line.replace('|', '')], 0, line.indexOf('|'))?.name;
  assert.equal(at('$per|son.city.name:=1'), '$person');
  assert.equal(at('$person.ci|ty.name:=1'), '$person.city');
  assert.equal(at('v|A:=2'), 'vA');
  assert.equal(at('<>|rate:=2'), '<>rate');
  assert.equal(at('// v|A'), undefined);
  assert.equal(at('"v|A"'), undefined);
  assert.equal(at('1 +| 2'), undefined);
});
