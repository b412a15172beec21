import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { defaultCatalogue } from '../catalogue/catalogue.js';
import { parse } from '../parser/parse.js';
import { formatViolations } from '../test/formatLaws.js';
import { generated, lines, method, randomOf } from '../test/generated.js';
import { mutated } from '../test/mutations.js';
import { toSexp } from '../tree/walk.js';
import { applyEdits, type FormatOptions, formatEdits } from './format.js';

function format(text: string, options?: FormatOptions): string {
  return applyEdits(text, formatEdits(parse(text), options));
}

const asWritten = lines(
  '//%attributes = {"invisible":true}',
  '// Says what is in the basket',
  '#DECLARE($basket : Object; $limit : Integer)->$result : Collection',
  'var $item : Object',
  'var $a; $b : Integer:=1',
  'ARRAY TEXT($names; 0)',
  '$result:=New collection',
  'Case of ',
  '\t\t// nothing in it',
  '\t: ($basket=Null) | ($limit<0)',
  '\t\t',
  '\tElse ',
  '\t\tFor each ($item; $basket.lines; 0; 10) While ($result.length<$limit)',
  '\t\t\tIf ($item.count>0) && Not($item.hidden)  // shown',
  '\t\t\t\t$result.push({name: $item.name; "how many": -$item.count; odd: $item.count%2=1 ? "yes" : "no"})',
  '\t\t\tElse ',
  '\t\t\t\tbreak',
  '\t\t\tEnd if ',
  '\t\tEnd for each ',
  'End case ',
  '',
  'Repeat ',
  '\tQUERY([Shop:2]; [Shop:2]City:3="Ly@"; *)',
  '\tQUERY([Shop:2];  & ; [Shop:2]Rank:4>=0x0A; *)',
  '\tQUERY([Shop:2];  | [Shop:2]Rank:4<3)',
  '\t$p:=->[Shop:2]City:3',
  '\t$p->:=$names{$a}+$word[[1]]+ \\',
  '\t\t"more"',
  'Until (Records in selection([Shop:2])>0)',
  'Begin SQL',
  '\t',
  '  SELECT 1   INTO :$a',
  '\t',
  'End SQL',
  'Try',
  '\tFormula(Refresh ).call()',
  '\t$b:=Is open  | vAlways',
  '\tWR INSERT FIELD:P12000:22 ($area; 1)',
  'Catch',
  '\treturn ',
  'End try',
);

const classAsWritten = lines(
  'Class extends Entity',
  'property _cache : Object:={}',
  '',
  'exposed Function get label : Text',
  '\treturn This.name+" ("+String(This.rank)+")"',
  '\t',
  '\t// Another one',
  'Function rename($name : Text;  ...  : Variant)',
  '\tThis.name:=$name',
  '\t',
  'singleton Class constructor',
  '\tSuper()',
);

test('what 4D wrote stays as it is', () => {
  for (const text of [asWritten, classAsWritten, lines('If (a;b)', 'End if ').replace('a;b', 'a')]) assert.equal(format(text), text);
  // An older version of 4D: no blank behind `;`, two blanks before a comment.
  const older = lines(
    'C_LONGINT($1;$2)',
    'If ($1=$2)',
    '\t  // same',
    '\tSame ($1;$2)',
    '\tQUERY([Shop:2]; & [Shop:2]City:3="Ly@";*)',
    '\t$t:=Folder of shop +"a"',
    'End if ',
  );
  assert.equal(format(older), older);
  for (const ends of ['\r\n', '\r']) {
    const text = asWritten.replaceAll('\n', ends);
    assert.equal(format(text), text);
  }
});

test('indentation, gaps and keywords become those of 4D', () => {
  const flattened = asWritten
    .split('\n')
    .map((line) => (line === '\t' || line.startsWith('  SELECT') || line.includes('"more"') || line.includes('+ \\') ? line : line.trim()))
    .join('\n');
  assert.equal(format(flattened), asWritten.replace('\t\t\n', '\n').replace('\t$p->:=', '\t$p->:='));
  const typed = lines('if($a = 1)', 'case  of', ':( $b>2 )', '$c :=-1 + $d', 'else', 'foo( 1;2 ;3 )', 'end case', 'END IF');
  assert.equal(
    format(typed),
    lines('If ($a=1)', '\tCase  of ', '\t\t: ($b>2)', '\t\t\t$c:=-1+$d', '\t\tElse ', '\t\t\tfoo(1;2;3)', '\tEnd case ', 'End if '),
  );
});

test('blank lines behind a block stand where the block does', () => {
  const text = lines(
    'If ($a)',
    '\tRepeat ',
    '\t\t$b:=1',
    '\t\t',
    '\tUntil ($b=1)',
    '\t',
    '\tCase of ',
    '\t\t: ($a)',
    '\t\t\t$b:=2',
    '\t\t\t',
    '\tEnd case ',
    '\t',
    'End if ',
  );
  assert.equal(format(text), text);
});

test('a conjunction behind a name is laid out in one go', () => {
  for (const text of ['$a:=Ready\t|$b', '$a:=Ready |$b', '$a:=Ready|$b']) assert.equal(format(text), '$a:=Ready | $b');
});

test('lines that go on move with their first line', () => {
  assert.equal(format(lines('If (True)', '$a:=1+ \\', '\t2', 'End if ')), lines('If (True)', '\t$a:=1+ \\', '\t\t2', 'End if '));
});

test('where blocks do not fit together nobody guesses at indentation; a broken line keeps its gaps', () => {
  const open = lines('If ($a)', '\t\t$b:=1', '$c := 2');
  assert.equal(format(open), lines('If ($a)', '\t\t$b:=1', '$c:=2'));
  const broken = lines('$a := ( 1', '$b := 2');
  assert.equal(format(broken), lines('$a := ( 1', '$b:=2'));
});

test('options: indentation, line ends, a range', () => {
  const text = lines('If ($a)', '$b := 1 ', 'Else ', '$c := 2', 'End if ');
  assert.equal(format(text, { indent: '  ', trimLineEnds: true }), lines('If ($a)', '  $b:=1', 'Else', '  $c:=2', 'End if'));
  const start = text.indexOf('$c');
  assert.equal(format(text, { range: { start, end: start + 3 } }), lines('If ($a)', '$b := 1 ', 'Else ', '\t$c:=2', 'End if '));
});

const names = {
  catalogue: defaultCatalogue(),
  methodByName: () => undefined,
  structure: {
    tables: [{ name: 'Shop', number: 2, fields: [{ name: 'Open at', number: 7, type: 'time' }] }],
    relations: [],
  } as never,
};

test('tokens are added to what is known, and taken off again', () => {
  const plain = lines(
    'WEB LEGACY CLOSE SESSION($id)',
    'If (Form event code=On Load)',
    '\tMy method ([Shop]Open at)',
    '\t[Shop]Other:=1',
    'End if ',
  );
  const tokenised = lines(
    'WEB LEGACY CLOSE SESSION:C1208($id)',
    'If (Form event code:C388=On Load:K2:1)',
    '\tMy method ([Shop:2]Open at:7)',
    '\t[Shop:2]Other:=1',
    'End if ',
  );
  assert.equal(format(plain, { tokens: 'add', names }), tokenised);
  assert.equal(format(tokenised, { tokens: 'add', names }), tokenised);
  assert.equal(format(tokenised, { tokens: 'remove', names }), plain);
});

test('a token that says more than its name leaves the present name behind; one that nothing explains stays', () => {
  assert.equal(format('WEB CLOSE SESSION:C1208($id)', { tokens: 'remove', names }), 'WEB CLOSE SESSION($id)');
  assert.equal(format('$a:=Sur clic:K2:4', { tokens: 'remove', names }), '$a:=Sur clic');
  assert.equal(format('Nobody:C1208($id)', { tokens: 'remove', names }), 'WEB LEGACY CLOSE SESSION($id)');
  assert.equal(format('Nobody:C99999($id)', { tokens: 'remove', names }), 'Nobody:C99999($id)');
});

test('formatting keeps the meaning, and its result is formatted', () => {
  fc.assert(
    fc.property(method, (text) => {
      assert.equal(toSexp(parse(format(text))), toSexp(parse(text)));
      assert.deepEqual(formatViolations(parse(text)), []);
    }),
    { numRuns: 200 },
  );
});

test('formatting leaves every token, also of broken files', () => {
  const random = randomOf(5);
  for (let n = 0; n < 60; n++) {
    const text = mutated(generated(n, { lines: 30 }), generated(n + 1000, { lines: 30 }), random);
    assert.deepEqual(formatViolations(parse(text)), [], JSON.stringify(text));
  }
  assert.notDeepEqual(formatViolations(parse('If ($a)\n$b:=1\nEnd if'), { indent: 'x' }), [], 'the law can be broken');
});
