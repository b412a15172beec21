/** Constructs as they are met in real projects (facts: language-in-the-wild). */
import assert from 'node:assert/strict';
import test from 'node:test';
import { run, SmallMachine, value } from '../test/smallMachine.js';

test('arrays by pointer, of one and two dimensions', () => {
  const sources = {
    Fill: 'C_POINTER($1)\nC_LONGINT($2; $i)\nFor ($i; 1; $2)\n\tAPPEND TO ARRAY($1->; "n"+String($i))\nEnd for\nSORT ARRAY($1->; <)',
    Cell: '$1->{2}{1}:="cell"\n$0:=Size of array($1->{2})',
    Element: '$1->:=$1->+"!"',
  };
  assert.equal(run('ARRAY TEXT(aN; 0)\nFill(->aN; 3)\n$0:=aN{1}+aN{3}', sources), 'n3n1');
  assert.equal(run('ARRAY TEXT($m; 3; 2)\n$n:=Cell(->$m)\n$0:=$m{2}{1}+String($n)', sources), 'cell2');
  assert.equal(run('ARRAY TEXT($a; 2)\n$a{2}:="x"\nElement(->$a{2})\n$0:=$a{2}', sources), 'x!');
  assert.equal(run('ARRAY POINTER($p; 2)\n$p{1}:=->vA\n$p{2}:=->vB\n$p{1}->:=1\n($p{2})->:=2\n$0:=vA*10+vB'), 12);
  assert.equal(run('ARRAY TEXT(<>aAll; 2)\n<>aAll{1}:="i"\n<>aAll:=1\n$0:=<>aAll{<>aAll}'), 'i');
  assert.equal(
    run('ARRAY TEXT($a; 2)\nARRAY TEXT($b; 0)\n$a{1}:="q"\nCOPY ARRAY($a; $b)\n$a{1}:="z"\n$0:=$b{1}+String(Find in array($b; "Q"))'),
    'q1',
  );
});

test('a name with blanks that nothing bears is named, not taken for an empty variable', () => {
  assert.match(String(run('$0:=My own constant')), /My own constant is no command/);
  assert.equal(run('my old variable:=4\n$0:=my old variable'), 4);
});

test('commands that take an array as a value', () => {
  assert.equal(run('ARRAY LONGINT(aN; 2)\naN{1}:=4\naN{2}:=5\n$0:=JSON Stringify array(aN)+String(Value type(aN))'), '[4,5]16');
});

test('parameters by number, also written to', () => {
  assert.equal(
    run('$0:=Sum(1; 2; 3; 4)', {
      Sum: 'C_LONGINT(${1})\nC_LONGINT($0; $i)\n${2}:=${2}*10\nFor ($i; 1; Count parameters)\n\t$0:=$0+${$i}\nEnd for',
    }),
    28,
  );
  assert.equal(
    run('$0:=Rest("a"; 1; 2)', {
      Rest: '#DECLARE($first : Text;  ...  : Variant)->$r : Text\n$r:=$first+String(Count parameters)+String(${3})',
    }),
    'a32',
  );
  assert.equal(run('$x:=1\nBump(->$x)\n$0:=$x', { Bump: '${1}->:=5' }), 5);
});

test('an argument of another type is an error for a named parameter, and empty for one by number', () => {
  assert.equal(run('$0:=Greet(42)', { Greet: 'C_TEXT($0; $1)\n$0:="hello "+$1+"."' }), 'hello .');
  assert.match(String(run('$0:=Greet(42)', { Greet: '#DECLARE($name : Text)->$r : Text\n$r:="hello "+$name' })), /42 cannot become text/);
});

test('commands of types ask an entity for what an index names', () => {
  assert.equal(run('$e:=ds.Customer.get(1)\n$key:="Credit"\n$0:=String(Value type($e[$key]))+" "+String(Undefined($e["none"]))'), '1 True');
});

test('formulas can be kept in Storage', () => {
  assert.equal(
    run(
      'Use (Storage)\n\tStorage.kept:=New shared object("f"; Formula($1*2))\n\tStorage.kept.g:=Formula($1+1)\nEnd use\n$0:=Storage.kept.f(4)+Storage.kept.g.call(Null; 1)',
    ),
    10,
  );
  assert.match(String(run('$o:=New shared object\nUse ($o)\n\t$o.p:=->vName\nEnd use\n$0:=1')), /can only hold/);
});

test('objects, collections and object fields in chains', () => {
  assert.equal(
    run(
      '$o:={list: [{name: "a"}]}\n$o.list[0].name:="b"\n$o.list[0].name+="c"\n$o["list"][0].n:=1\n$0:=$o.list[0].name+String($o.list[0].n)',
    ),
    'bc1',
  );
  assert.equal(run('$c:=[1; 2]\n$c[1]+=5\n$c[3]:=9\n$0:=$c.join("-")'), '1-7-null-9');
  assert.equal(run('QUERY([Customer]; [Customer]ID=1)\n$0:=[Customer]Data.tags.length+Num([Customer]Data.address.zip)'), 24003);
  assert.equal(run('QUERY([Customer]; [Customer]Data.address.zip="24@")\n$0:=[Customer]Name'), 'Ángela');
  const byPointer = '$t:=->[Customer]\n$f:=->[Customer]City\n$v:="Vigo"\n$w:=->$v\n';
  assert.equal(run(`${byPointer}QUERY($t->; $f->=$w->)\n$0:=[Customer]Name`), 'Bruno');
  assert.equal(run(`${byPointer}QUERY($t->; $f->="le@"; *)\nQUERY($t->; & ; [Customer]Credit>1000)\n$0:=Records in selection($t->)`), 1);
  assert.equal(run(`${byPointer}ALL RECORDS($t->)\nQUERY SELECTION($t->; $f->#$v)\n$0:=Records in selection($t->)`), 3);
  assert.equal(run('$f:=->[Customer]Data\nQUERY([Customer]; ($f->address.zip="24@"))\n$0:=[Customer]Name'), 'Ángela');
  assert.match(String(run(`${byPointer}QUERY($t->; $w->="Vigo")`)), /criterion/);
  assert.equal(run('$p:=->vO\nvO:={a: 1}\n$p->a:=4\n$0:=$p->a+vO.a'), 8);
});

test('long lines, names with blanks, calls without parentheses', () => {
  assert.equal(run('$first line:=1\n$0:=$first line+ \\\n2'), 3);
  assert.equal(run('Set value\n$0:=vV', { 'Set value': 'vV:=7' }), 7);
  assert.equal(run('$0:=Answer+1', { Answer: '$0:=41' }), 42);
  assert.equal(run(`$0:=${Array.from({ length: 300 }, () => '1').join('+')}`), 300);
});

test('leaving loops and blocks early gives everything back', () => {
  const small = new SmallMachine({
    main: 'For ($i; 1; 3)\n\tUse (Storage)\n\t\tTry\n\t\t\tIf ($i=2)\n\t\t\t\tbreak\n\t\t\tEnd if\n\t\t\tcontinue\n\t\tCatch\n\t\tEnd try\n\tEnd use\nEnd for\n$n:=Inside\n$0:=$i*10+$n\nTry\n\tthrow(1)\nCatch\n\t$0:=$0+100\nEnd try',
    Inside:
      'Use (Storage)\n\tTry\n\t\tFor each ($x; [1; 2; 3])\n\t\t\tIf ($x=2)\n\t\t\t\treturn $x\n\t\t\tEnd if\n\t\tEnd for each\n\tCatch\n\tEnd try\nEnd use',
  });
  small.start('main');
  small.settle();
  assert.deepEqual(small.outcome('main'), { value: 122 });
  assert.equal(small.machine.state.locks.size, 0);
});

test('undefined variables: a condition is False, a sum begins with nothing, a comparison does not hold', () => {
  assert.equal(run('If (vNothing)\n\t$0:=1\nElse\n\t$0:=2\nEnd if'), 2);
  assert.equal(run('$0:=vNothing+"a"'), 'a');
  assert.equal(value('(vNothing<5) | (vNothing="a")'), false);
  assert.equal(value('Undefined(vNothing)'), true);
  assert.equal(value('vNothing=Null'), true);
});

test('declarations only run: directives for process variables, locals have their type from the start', () => {
  const small = new SmallMachine({
    main: 'C_TEXT(vName)\nC_LONGINT(vCount; <>all)\nC_TEXT(Other; $1)\nvar vFlag : Boolean\nvar $d : Date\nvCount:=vCount+1\nC_LONGINT(vCount)\n$0:=vName+String(vCount)+String(vFlag)+String($d=!00-00-00!)',
    Other: '',
  });
  small.start('main');
  small.settle();
  assert.deepEqual(small.outcome('main'), { value: '1FalseTrue' });
});

test('bytes of a BLOB, which is copied when it is assigned', () => {
  assert.equal(
    run('var $b; $c : Blob\nTEXT TO BLOB("abc"; $b; UTF8 text without length)\n$c:=$b\n$b{1}:=66\n$b{2}+=1\n$0:=$b{1}*1000+$b{2}+$c{1}'),
    66198,
  );
});

test('system variables', () => {
  assert.equal(run('$0:=OK\nALL RECORDS([Customer])\nQUERY([Customer]; [Customer]ID=99)\n$0:=OK'), 1);
  assert.equal(value('Document'), '');
});

test('constants by name, token, and older name', () => {
  assert.equal(value('Is text+Is longint:K8:6'), 11);
  assert.equal(value('Est un texte:K8:3'), 2);
});

test('a `;` with nothing behind it does not stop a project', () => {
  assert.deepEqual(run('$o:=New object(\\\n"a"; 1; \\\n"b"; 2; \\\n)\n$n:=3;\nBump ($n;)\n$0:=$o.a+$o.b+$n', { Bump: '$1:=$1+1' }), 6);
});

test('commands at a screen fill their variables also without a first table or `*`', () => {
  const code = 'C_LONGINT($w; $h; $n)\nC_BOOLEAN($f; $g)\nC_TEXT($t)\n$t:="before"\n$f:=True\n';
  assert.equal(run(`${code}FORM GET PROPERTIES("Entry"; $w; $h; $n; $f; $g; $t)\n$0:=String($f)+$t`), 'False');
  assert.equal(run(`${code}FORM GET PROPERTIES([Customer]; "Entry"; $w; $h; $n; $f; $g; $t)\n$0:=String($f)+$t`), 'False');
});

test('an index that is neither text nor number is told as what it is', () => {
  assert.match(String(run('$o:=New object\n$o[$none]:=1')), /^The property Undefined belongs to an object/);
  assert.match(String(run('$o[True]:=1')), /True/);
});
