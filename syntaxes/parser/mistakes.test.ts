import assert from 'node:assert/strict';
import test from 'node:test';
import { generated, lines, randomOf } from '../test/generated.js';
import { breakers } from '../test/mistakes.js';
import { LineIndex } from '../tree/lineIndex.js';
import { toSexp } from '../tree/walk.js';
import { parse } from './parse.js';
import { syntaxErrorText } from './syntaxErrors.js';

const methods = Array.from({ length: 40 }, (_, seed) => generated(seed, { lines: 60, tokens: seed % 2 === 0 }));

test('correct methods have no mistakes', () => {
  for (const text of methods) assert.deepEqual(parse(text).errors, []);
});

for (const [kind, breaker] of Object.entries(breakers))
  test(`${kind}: reported once or twice, in its place`, () => {
    let broken = 0;
    for (const [seed, text] of methods.entries()) {
      const random = randomOf(seed);
      const one = breaker(parse(text), random);
      if (!one) continue;
      broken++;
      const { errors } = parse(one.text);
      const index = new LineIndex(one.text);
      const told = errors.map((e) => index.lineAt(e.start));
      assert.ok(errors.length >= 1 && errors.length <= 2, `${seed}: ${errors.length} reports\n${one.text}`);
      assert.ok(
        told.some((line) => one.places.includes(line)),
        `${seed}: reported in lines ${told}, not in ${one.places}\n${one.text}`,
      );
    }
    assert.ok(broken >= 10, `only ${broken} methods could be broken this way`);
  });

/** The messages for lines of code, with their lines from 1. */
function messages(...code: string[]): string[] {
  const text = lines(...code);
  const index = new LineIndex(text);
  return parse(text).errors.map((e) => `${index.lineAt(e.start) + 1} ${e.code} ${e.args.join(' ')}`.trim());
}

test('the missing word is named, with the line it belongs to', () => {
  assert.deepEqual(messages('$a:=1', 'If ($a=1)', '\tWhile ($b)', '\t\tBeep ', 'End if '), ['3 syntax-end-missing End while While 3']);
  assert.deepEqual(messages('\t$a:=1', 'End if '), ['1 syntax-opening-missing If End if 2']);
  assert.deepEqual(messages('Case of ', '\t: ($a=1)', '\t\tBeep ', '', '$b:=1'), ['1 syntax-end-missing End case Case of 1']);
  const flat = ['For each ($a; $b)', 'If ($c)', 'If ($d)', '$x:=1', 'End for each ', 'End if ', 'End if ', 'End for each '];
  assert.deepEqual(messages(...flat), ['5 syntax-opening-missing For each End for each 5']);
  const [error] = parse(lines('If ($a)', '\tBeep ')).errors;
  assert.match(syntaxErrorText(error, 'en'), /`End if` is missing for the `If` of line 1/);
  assert.match(syntaxErrorText(error, 'es'), /Falta `End if` para el `If` de la línea 1/);
});

test('End SQL without its Begin SQL, a condition without its value', () => {
  assert.deepEqual(messages('$a:=1', 'End SQL', '$b:=2'), ['2 syntax-opening-missing Begin SQL End SQL 2']);
  assert.deepEqual(messages('Repeat ', 'Until )', '$b:=2'), ['2 syntax-condition-parenthesis Until']);
});

test('a number behind a bracket is a field, or the last part of a ternary', () => {
  assert.deepEqual(messages('$url:="a"+[Shop:2]:13+"b"', '[(Shop)]City:3:="x"'), []);
  assert.deepEqual(messages('$a:=$b ? $c[0]:1', '$a:=$b ? [1]:2', '$a:=$b ? [$x]:3'), []);
  assert.match(toSexp(parse('$a:=[Shop:2]:13')), /Field\n\s+Table.*\n\s+Name :13/);
});

test('a criterion written as three arguments is none', () => {
  assert.deepEqual(
    messages('QUERY:C277([Shop:2]; & ;[Shop:2]Rank:4;=$rank;*)', 'QUERY([Shop];[Shop]City name;>="x")', 'QUERY([Shop];$field->;<3)'),
    [],
  );
  assert.deepEqual(messages('Other($a;=3)'), ['1 syntax-operand-missing ;']);
});

test('a mistake leaves the lines around it alone', () => {
  assert.deepEqual(messages('$a:=(1', '$b:=2', '$c:=)', '$d:=4'), ['1 syntax-closing-missing ) (', '3 syntax-operand-missing :=']);
  assert.deepEqual(messages('$a:="text', '$b:=2'), ['1 syntax-unclosed-text']);
  assert.deepEqual(messages('Function one', '\tIf ($a)', '', 'Function two', '\tIf ($b)', '\tEnd if '), [
    '2 syntax-end-missing End if If 2',
  ]);
});

test('a `;` with nothing behind it is told, hides no mistake and leaves no argument behind', () => {
  assert.deepEqual(messages('$o:=New object(\\', '\t"a"; 1; \\', '\t)', '$b:=True;', 'Ship;', 'ALERT("x";)'), [
    '2 syntax-spare-separator',
    '4 syntax-spare-separator',
    '5 syntax-spare-separator',
    '6 syntax-spare-separator',
  ]);
  assert.deepEqual(messages('$a:=Max(1; )+'), ['1 syntax-spare-separator', '1 syntax-operand-missing +']);
  assert.deepEqual(
    messages('ALERT("x"; ; 2)', '$b:=True; 1', 'ALERT(;)').map((m) => m.replace(/ .$/, '')),
    ['1 syntax-argument-missing', '2 syntax-unexpected', '3 syntax-argument-missing'],
  );
  assert.equal(toSexp(parse('ALERT("x"; )')), toSexp(parse('ALERT("x")')));
});
