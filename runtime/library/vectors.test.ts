import assert from 'node:assert/strict';
import test from 'node:test';
import { run, value } from '../test/smallMachine.js';

test('vectors: components and the three similarities', () => {
  const two = '$a:=4D.Vector.new([1; 2; 2])\n$b:=4D.Vector.new([2; 1; 2])\n';
  assert.deepEqual(run(`${two}$0:=[$a.length; $a[0]; $a.toCollection(); $a.dotSimilarity($b)]`), [3, 1, [1, 2, 2], 8]);
  assert.equal(run(`${two}$0:=Round($a.cosineSimilarity($b); 6)`), 0.888889);
  assert.equal(run(`${two}$0:=Round($a.euclideanDistance($b)^2; 6)`), 2);
  assert.match(String(run(`${two}$0:=$a.dotSimilarity(4D.Vector.new([1]))`)), /4D\.Vector with 3 components/);
  assert.match(String(value('4D.Vector.new(["a"])')), /collection of numbers/);
  assert.match(String(run(`${two}$0:=$a[3]`)), /no component 3/);
});

test('small commands about fields, tables, users, errors', () => {
  assert.deepEqual(
    run('ALL RECORDS([Customer])\nSET FIELD VALUE NULL([Customer]City)\n$0:=[Is field value Null([Customer]City); [Customer]City]'),
    [false, ''],
  );
  assert.deepEqual(run('GET TABLE PROPERTIES(->[Customer]; $i; $n; $s; $d)\n$0:=[$i; $n; $s; $d]'), [false, false, false, false]);
  assert.equal(run('CHANGE CURRENT USER("Administrator"; "")\n$0:=OK'), 1);
  assert.match(String(run('CHANGE CURRENT USER("nobody"; "")')), /no user nobody/);
  assert.match(String(run('CHANGE CURRENT USER(1; "x")')), /wrong password/);
  assert.match(String(run('_4D THROW ERROR({errCode: 7; message: "old"})')), /^old$/);
});
