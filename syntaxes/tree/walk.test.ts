import assert from 'node:assert/strict';
import test from 'node:test';
import { parse } from '../parser/parse.js';
import { N } from './kinds.js';
import { enclosing, toSexp, walk } from './walk.js';

test('walk visits parents first and leaves out what a visit refuses', () => {
  const tree = parse('If (a)\n\tb(c)\nEnd if\nd\n');
  const seen: string[] = [];
  walk(tree, tree.root, (node) => {
    seen.push(N[tree.kind(node)]);
    return tree.kind(node) !== N.Block;
  });
  assert.deepEqual(seen, ['File', 'If', 'Parenthesized', 'Name', 'Block', 'ExpressionStatement', 'Name']);
});

test('enclosing finds the nearest node of a kind upwards', () => {
  const tree = parse('While (a)\n\tIf (b)\n\t\tc\n\tEnd if\nEnd while\n');
  const name = tree.nodeAt(tree.text.indexOf('c'));
  assert.equal(tree.kind(enclosing(tree, name, N.While, N.If)), N.If);
  assert.equal(tree.kind(enclosing(tree, name, N.While)), N.While);
  assert.equal(enclosing(tree, name, N.For), -1);
});

test('toSexp shows structure, names and operators', () => {
  assert.equal(toSexp(parse('$a:=b+1')), 'File\n  Assignment :=\n    Local $a\n    Binary +\n      Name b\n      Number 1\n');
});
