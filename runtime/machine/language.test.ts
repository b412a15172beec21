import assert from 'node:assert/strict';
import test from 'node:test';
import { run, SmallMachine, value } from '../test/smallMachine.js';

test('operators go from left to right', () => {
  assert.equal(value('3+4*5'), 35);
  assert.equal(value('3+(4*5)'), 23);
  assert.equal(value('1+1=2'), true);
  assert.equal(value('"a"+"b"*2'), 'abab');
  assert.equal(value('7\\2'), 3);
  assert.equal(value('7%4'), 3);
  assert.equal(value('2^3'), 8);
  assert.equal(value('-2+5'), 3);
  assert.equal(value('0x0F & 6'), 6);
  assert.equal(value('1 << 4 ?? 4'), true);
});

test('texts compare without case and diacritics, with a wildcard on the right', () => {
  assert.equal(value('"Élan"="elan"'), true);
  assert.equal(value('"Lyon"="ly@"'), true);
  assert.equal(value('"ly@"="Lyon"'), false);
  assert.equal(value('"a"<"B"'), true);
  assert.equal(value('"a"#"A"'), false);
});

test('dates and times calculate', () => {
  assert.deepEqual(value('!2024-02-28!+2'), { t: 'date', year: 2024, month: 3, day: 1 });
  assert.equal(value('!2024-03-01!-!2024-02-28!'), 2);
  assert.deepEqual(value('?01:00:00?+?00:30:00?'), { t: 'time', seconds: 5400 });
  assert.equal(value('?01:00:00?+1'), 3601);
});

test('short circuits, ternary, truth', () => {
  assert.equal(value('Null || "x"'), 'x');
  assert.equal(value('"" && boom'), '');
  assert.equal(value('(1>2) ? "a" : "b"'), 'b');
  assert.equal(run('var $o : Object\n$0:=($o#Null) && ($o.a=1)'), false);
});

test('blocks', () => {
  assert.equal(run('var $i; $sum : Integer\nFor ($i; 1; 10)\n\t$sum+=$i\nEnd for\n$0:=$sum'), 55);
  assert.equal(run('For ($i; 10; 1; -3)\n\t$t:=$t+String($i)+" "\nEnd for\n$0:=$t'), '10 7 4 1 ');
  assert.equal(run('For (vI; 1; 3)\n\t$t:=$t+String(vI)\nEnd for\n$0:=$t+String(vI)'), '1234');
  assert.equal(
    run(
      'var $n : Integer\nWhile ($n<5)\n\t$n:=$n+1\n\tIf ($n=2)\n\t\tcontinue\n\tEnd if\n\tIf ($n=4)\n\t\tbreak\n\tEnd if\n\t$t:=$t+String($n)\nEnd while\n$0:=$t',
    ),
    '13',
  );
  assert.equal(run('var $n : Integer\nRepeat\n\t$n:=$n+1\nUntil ($n>=3)\n$0:=$n'), 3);
  assert.equal(run('Case of\n\t: (1=2)\n\t\t$0:="a"\n\t: (1=1)\n\t\t$0:="b"\n\tElse\n\t\t$0:="c"\nEnd case'), 'b');
  assert.equal(run('If (False)\n\t$0:=1\nElse\n\t$0:=2\nEnd if'), 2);
});

test('For each goes over collections and objects', () => {
  assert.equal(run('For each ($x; New collection(1; 2; 3))\n\t$0:=$0+$x\nEnd for each'), 6);
  assert.equal(run('For each ($x; New collection(1; 2; 3; 4); 1; 3)\n\t$0:=$0+$x\nEnd for each'), 5);
  assert.equal(run('For each ($k; New object("a"; 1; "b"; 2))\n\t$0:=$0+$k\nEnd for each'), 'ab');
  assert.equal(run('For each ($x; New collection(1; 2; 3)) While ($x<3)\n\t$0:=$0+$x\nEnd for each'), 3);
  assert.equal(run('For each ($x; New collection(1; 2; 3)) Until ($x=2)\n\t$0:=$0+$x\nEnd for each'), 3);
  assert.equal(run('For each ($x; Null)\n\t$0:=1\nEnd for each'), undefined);
});

test('methods: parameters by value, results, missing and further parameters', () => {
  const sources = {
    Twice: '#DECLARE($n : Integer)->$r : Integer\n$n:=$n*2\n$r:=$n',
    Old: 'C_TEXT($1; $0)\nC_LONGINT($2)\n$0:=$1+String($2)+String(Count parameters)',
    All: 'For ($i; 1; Count parameters)\n\t$0:=$0+${$i}\nEnd for',
    Early: '#DECLARE($n : Integer) : Text\nIf ($n>1)\n\treturn "many"\nEnd if\nreturn "one"',
    Fact: '#DECLARE($n : Real)->$r : Real\nIf ($n<2)\n\t$r:=1\nElse\n\t$r:=$n*Fact($n-1)\nEnd if',
    Endless: 'Endless',
  };
  assert.equal(run('$x:=4\n$y:=Twice($x)\n$0:=$y*100+$x', sources), 804);
  assert.equal(value('Old("a")', sources), 'a01');
  assert.equal(value('All("a"; "b"; "c")', sources), 'abc');
  assert.equal(value('Early(2)+Early(1)', sources), 'manyone');
  assert.equal(value('Fact(10)', sources), 3628800);
  assert.match(String(run('Endless', sources)), /nested more than 4096 deep/);
});

test('arrays with their element 0, also two-dimensional, also by pointer', () => {
  assert.equal(run('ARRAY TEXT($a; 3)\n$a{0}:="z"\n$a{2}:="b"\n$0:=$a{0}+$a{2}+String(Size of array($a))'), 'zb3');
  assert.equal(run('ARRAY LONGINT(aN; 0)\nAPPEND TO ARRAY(aN; 7)\nAPPEND TO ARRAY(aN; 8)\naN:=2\n$0:=aN{aN}'), 8);
  assert.equal(run('ARRAY LONGINT($m; 2; 3)\n$m{2}{3}:=5\n$m{2}{1}+=1\n$0:=$m{2}{3}*10+$m{2}{1}+Size of array($m{1})'), 54);
  assert.equal(run('ARRAY TEXT($a; 1)\nFill(->$a)\n$0:=$a{1}', { Fill: 'C_POINTER($1)\n$1->{1}:="in"' }), 'in');
  assert.match(String(run('ARRAY TEXT($a; 1)\n$0:=$a{2}')), /has 1 elements/);
});

test('pointers to variables, elements, fields, tables, properties', () => {
  assert.equal(run('$x:=1\n$p:=->$x\n$p->:=5\n$0:=$x'), 5);
  assert.equal(run('vA:="a"\n$p:=->vA\n$p->:=$p->+"b"\n$0:=vA'), 'ab');
  assert.equal(run('ARRAY TEXT(aT; 2)\n$p:=->aT{2}\n$p->:="e"\n$0:=aT{2}'), 'e');
  assert.equal(run('ALL RECORDS([Customer])\n$p:=->[Customer]Name\n$0:=$p->'), 'Ángela');
  assert.equal(run('$t:=->[Customer]\nALL RECORDS($t->)\n$0:=Records in selection($t->)'), 4);
  assert.match(String(run('$p:=->[]\n$0:=$p->')), /points to nothing/);
  assert.equal(run('Set(->$x; 3)\n$0:=$x', { Set: '$1->:=$2' }), 3);
});

test('characters of texts', () => {
  assert.equal(run('$t:="abc"\n$t[[2]]:="X"\n$0:=$t+$t[[1]]'), 'aXca');
  assert.equal(run('$t:="abc"\n$t[[4]]:="x"\n$0:="<"+$t[[4]]+$t[[0]]+">"+$t'), '<>abc');
});

test('objects and collections by reference', () => {
  assert.equal(run('$o:=New object("a"; 1)\n$p:=$o\n$p.a+=5\n$0:=$o.a'), 6);
  assert.equal(run('$o:={n: {m: [1; 2; 3]}}\n$o.n.m[1]:=9\n$o["x y"]:=2\n$0:=$o.n.m[1]+$o["x y"]+$o.n.m.length'), 14);
  assert.equal(run('var $o : Object\n$0:=$o.a.b'), undefined);
  assert.equal(run('var $c : Collection\n$0:=$c.length'), 0);
  assert.match(String(run('var $o : Object\n$o.a:=1')), /property a of Null/);
  assert.equal(run('$o:={}\n$0:=($o.a.b=Null)'), true);
});

test('declared types convert, and refuse what does not fit', () => {
  assert.equal(run('var $i : Integer\n$i:=2.5\n$0:=$i'), 3);
  assert.equal(run('C_LONGINT(vN)\nvN:=1.4\n$0:=vN'), 1);
  assert.match(String(run('var $i : Integer\n$i:="x"')), /cannot become integer/);
  assert.equal(run('var $t : Text\n$o:={}\n$t:=$o.nothing\n$0:=$t'), '');
  assert.equal(run('var $a; $b : Integer:=5\n$0:=$a+$b'), 10);
});

test('a line that cannot be read raises an error when it is reached', () => {
  assert.equal(run('If (False)\n\t$x:=(1+\nEnd if\n$0:=1'), 1);
  assert.match(String(run('$x:=(1+\n$0:=1')), /\S/);
});

test('an error tells its line', () => {
  const small = new SmallMachine({ main: '$x:=1\n\nDeep($x)', Deep: '$y:=2\n$0:="a"-1' });
  small.start('main');
  small.settle();
  const outcome = small.outcome('main');
  assert.ok('error' in outcome);
  assert.equal(outcome.error.place?.line, 2);
  assert.deepEqual(
    outcome.error.chain.map(({ name, place }) => [name, place?.line]),
    [
      ['Deep', 2],
      ['main', 3],
    ],
  );
});

test('what is not simulated is named', () => {
  const small = new SmallMachine({ main: 'LAUNCH EXTERNAL PROCESS("x")' });
  small.start('main');
  small.settle();
  const outcome = small.outcome('main');
  assert.ok('error' in outcome && outcome.error.notModelled);
  assert.match(outcome.error.message.en, /LAUNCH EXTERNAL PROCESS/);
});

test('bytes are written into BLOBs wherever they are, and a copy keeps its own', () => {
  const fill = (place: string, type = `C_BLOB(${place})\n`) => `${type}SET BLOB SIZE(${place}; 3)\n`;
  for (const place of ['$b', 'vB', '<>b']) {
    const code = `${fill(place)}$copy:=${place}\n${place}{1}:=65\n${place}{2}:=${place}{1}+1\n$0:=[${place}{1}; ${place}{2}; $copy{1}]`;
    assert.deepEqual(run(code), [65, 66, 0], place);
  }
  assert.equal(run(`${fill('vB')}$p:=->vB\n$p->{1}:=7\n$0:=vB{1}`), 7);
  assert.match(String(run(`${fill('vB')}vB{3}:=1`)), /none with number 3/);
  assert.deepEqual(run('ARRAY LONGINT(vA; 2)\nvA{2}:=5\n$p:=->vA\n$p->{1}:=4\n$0:=[vA{1}; vA{2}]'), [4, 5]);
});

test('a pointer to nothing is Null', () => {
  assert.deepEqual(run('C_POINTER($p)\n$p:=Null\n$q:=->$p\n$0:=[$p=Null; $q=Null; Null=$p]'), [true, false, true]);
});

test('a formula of one method passes on arguments and This', () => {
  const sources = {
    'Greet city': 'C_TEXT($1; $0)\n$0:=$1+" "+This.city+String(Count parameters)',
    Fixed: '#DECLARE($a : Text)->$r : Text\n$r:=$a+"!"',
  };
  assert.equal(run('$o:={city: "Lyon"}\n$o.greet:=Formula(Greet city )\n$0:=$o.greet("Hello")', sources), 'Hello Lyon1');
  assert.equal(run('$0:=Formula(Greet city).call({city: "Pau"}; "Hi"; 2)', sources), 'Hi Pau2');
  assert.equal(run('$0:=Formula from string("Fixed").call(Null; "x")', sources), 'x!');
  assert.equal(run('$f:=Formula(Fixed("own"))\n$0:=$f.call(Null; "x")', sources), 'own!');
});

test('a 4D.Blob goes into a blob variable, as a copy', () => {
  assert.equal(
    run(
      'var $b : Blob\n$o:=4D.Blob.new()\nTEXT TO BLOB("abc"; $b; UTF8 text without length)\n$o:=4D.Blob.new($b)\n$b:=$o\nSET BLOB SIZE($b; 1)\n$0:=$o.size*10+BLOB size($b)',
    ),
    31,
  );
});
