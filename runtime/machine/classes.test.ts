import assert from 'node:assert/strict';
import test from 'node:test';
import { run, SmallMachine, value } from '../test/smallMachine.js';

const shapes = {
  'Shape.class': [
    'property name : Text:="shape"',
    'property parts; tags : Collection:=[]',
    'Class constructor($size : Real)',
    '\tThis.size:=$size',
    'Function area : Real',
    '\treturn 0',
    'Function describe($how : Text)->$text : Text',
    '\t$text:=$how+" "+This.name+" "+String(This.area())',
    'Function get double : Real',
    '\treturn This.size*2',
    'Function set double($value : Real)',
    '\tThis.size:=$value/2',
    'Function get fixed : Text',
    '\treturn "fixed"',
  ].join('\n'),
  'Square.class': [
    'Class extends Shape',
    'Class constructor($size : Real)',
    '\tSuper($size)',
    '\tThis.name:="square"',
    'Function area : Real',
    '\treturn This.size*This.size',
    'Function describe($how : Text)->$text : Text',
    '\t$text:=Super.describe($how)+"!"',
  ].join('\n'),
  'Plain.class': 'Class extends Shape\nproperty extra : Integer:=3',
};

test('OB Is defined sees what the class of an object has', () => {
  const sources = {
    'Base.class': 'Function late()',
    'Shop.class': 'Class extends Base\nClass constructor\n\tThis.city:="Lyon"\nFunction open()\nFunction get label() : Text\n\treturn "x"',
  };
  const told = ['city', 'open', 'label', 'late', 'Open', 'none'].map((name) => `String(OB Is defined($s; "${name}"))`).join('+" "+');
  assert.equal(run(`$s:=cs.Shop.new()\n$0:=${told}`, sources), 'True True True True False False');
});

test('an object of a class that nobody has', () => {
  assert.match(String(run('$o:=cs.Gone.new()')), /no class before new/);
  assert.match(String(run('$o:=cs.toolkit.Box.new()')), /no class before new/);
});

test('classes: constructors, functions, inheritance, Super', () => {
  assert.equal(run('$s:=cs.Square.new(3)\n$0:=$s.describe("a")', shapes), 'a square 9!');
  assert.equal(run('$s:=cs.Shape.new(3)\n$0:=$s.describe("the")', shapes), 'the shape 0');
  assert.equal(run('$s:=cs.Plain.new(4)\n$0:=$s.size+$s.extra', shapes), 7);
  assert.equal(value('cs.Square.superclass.name+cs.Square.name', shapes), 'ShapeSquare');
  assert.equal(value('OB Instance of(cs.Square.new(1); cs.Shape)', shapes), true);
  assert.equal(run('$a:=cs.Shape.new(1)\n$b:=cs.Shape.new(1)\n$a.parts.push(1)\n$0:=$b.parts.length', shapes), 0);
  assert.match(String(run('$0:=cs.Shape.new(1).nothing()', shapes)), /cs\.Shape has no function named nothing/);
});

test('computed properties', () => {
  assert.equal(run('$s:=cs.Square.new(3)\n$s.double:=10\n$s.double+=2\n$0:=$s.size', shapes), 6);
  assert.match(String(run('$s:=cs.Square.new(3)\n$s.fixed:="x"', shapes)), /fixed of Square cannot be changed/);
  assert.equal(run('$s:=cs.Shape.new(2)\n$f:=$s.describe\n$0:=$f.call($s; "x")', shapes), 'x shape 0');
  assert.equal(
    run('$s:=cs.Shape.new(2)\n$o:={size: 8; name: "own"; area: Formula(This.size)}\n$0:=$s.describe.call($o; "x")', shapes),
    'x own 8',
  );
});

test('singletons, also of a session; shared ones change only within Use or their shared functions', () => {
  const sources = {
    'Counter.class': 'shared singleton Class constructor\n\tThis.n:=0\nshared Function next() : Integer\n\tThis.n+=1\n\treturn This.n',
    'Mine.class': 'session singleton Class constructor\n\tThis.n:=1\nFunction get twice : Integer\n\treturn This.n*2',
  };
  assert.equal(run('$x:=cs.Counter.me.next()\n$x:=cs.Counter.me.next()\n$0:=cs.Counter.new().next()', sources), 3);
  assert.match(String(run('cs.Counter.me.n:=5', sources)), /between Use and End use/);
  assert.equal(value('cs.Mine.me.twice', sources), 2);
  const store = new Map();
  const small = new SmallMachine({ ...sources, main: '$0:=cs.Mine.me.n' }, { sessionSingletons: () => store });
  small.start('main');
  small.settle();
  assert.deepEqual([...store.keys()], ['cs.Mine']);
});

test('a shared function waits while another process holds its object', () => {
  const small = new SmallMachine({
    'Counter.class':
      'shared singleton Class constructor\n\tThis.n:=0\nshared Function slow() : Integer\n\tvar $n : Integer\n\t$n:=This.n\n\tDELAY PROCESS(Current process; 60)\n\tThis.n:=$n+1\n\treturn This.n',
    main: '$0:=cs.Counter.me.slow()',
  });
  const first = small.start('main');
  const second = small.start('main');
  for (let i = 0; i < 3; i++) {
    small.settle();
    small.now += 1000;
  }
  assert.deepEqual([first.result, second.result], [1, 2]);
});

test('an alias is a path', () => {
  const sources = { 'Box.class': 'Class constructor\n\tThis.inner:={name: "in"}\nAlias label inner.name' };
  assert.equal(run('$b:=cs.Box.new()\n$b.label:=$b.label+"!"\n$0:=$b.inner.name', sources), 'in!');
});

test('formulas take their locals along and know their This', () => {
  assert.equal(run('$n:=5\n$f:=Formula($n+$1)\n$n:=100\n$0:=$f.call(Null; 2)'), 7);
  assert.equal(run('$o:=New object("n"; 3)\n$o.add:=Formula(This.n+$1)\n$0:=$o.add(4)'), 7);
  assert.equal(run('$f:=Formula from string("This.a+$1")\n$0:=$f.apply({a: 1}; [2])'), 3);
  assert.equal(run('$0:=[3; 1; 2].map(Formula($1.value*10)).join(",")'), '30,10,20');
  assert.equal(run('$0:=[3; 1; 2].sort(Formula($1.result:=$1.value>$1.value2)).join(",")'), '3,2,1');
  assert.equal(run('$0:=[1; 2; 3].filter("Odd").length', { Odd: '$0:=($1.value%2)=1' }), 2);
  assert.equal(value('Formula($1+1).source'), '$1+1');
  assert.equal(run('$f:=Formula(Twice)\n$0:=$f.call(Null; 4)', { Twice: '$0:=$1*2' }), 8);
});

test('functions of collections as values', () => {
  assert.equal(run('$c:=[1; 2]\n$f:=$c.push\n$x:=$f.call($c; 3)\n$0:=$c.length'), 3);
});

test('a text as code: EXECUTE FORMULA, EXECUTE METHOD', () => {
  assert.equal(run('EXECUTE FORMULA("vX:=3")\n$0:=vX'), 3);
  assert.equal(run('$n:=1\nEXECUTE FORMULA("$n:=$n+4")\n$0:=$n'), 5);
  assert.equal(run('EXECUTE METHOD("Twice"; $r; 21)\n$0:=$r', { Twice: '$0:=$1*2' }), 42);
  assert.match(String(run('EXECUTE METHOD("Nothing")')), /no method Nothing/);
});

test('ever new texts as code are forgotten again', () => {
  const small = new SmallMachine({ main: 'For ($i; 1; 2500)\n\tEXECUTE FORMULA("vX:=vX+"+String($i)+"-"+String($i-1))\nEnd for\n$0:=vX' });
  small.start('main');
  small.settle();
  assert.deepEqual(small.outcome('main'), { value: 2500 });
});

test('queries and formulas over records see local variables', () => {
  assert.equal(run('$min:=60\nQUERY BY FORMULA([Customer]; [Customer]Credit>$min)\n$0:=Records in selection([Customer])'), 2);
  assert.equal(
    run(
      '$c:="le"\nQUERY([Customer]; [Customer]City=$c+"@"; *)\nQUERY([Customer]; & [Customer]Credit>1000)\n$0:=Records in selection([Customer])',
    ),
    1,
  );
  assert.equal(run('ALL RECORDS([Customer])\nARRAY TEXT($names; 0)\nSELECTION TO ARRAY([Customer]Name; $names)\n$0:=$names{4}'), 'Ana');
});

test('a command that reads a property gets what its code computes', () => {
  assert.equal(run('var $s : cs.Shape\n$s:=cs.Shape.new(3)\n$0:=JSON Stringify($s.double)', shapes), '6');
  assert.equal(run('var $s : cs.Shape\n$s:=cs.Shape.new(3)\n$0:=Value type($s.fixed)', shapes), 2);
});

test('OB SET and its family make an object for a variable that has none', () => {
  assert.deepEqual(run('C_OBJECT($o)\nOB SET($o;"a";1;"b";"x")\n$0:=$o'), { a: 1, b: 'x' });
  assert.deepEqual(run('var $o : Object\n$o:={}\nOB SET($o.part;"a";1)\n$0:=$o'), { part: { a: 1 } });
  assert.deepEqual(run('C_OBJECT($o)\nARRAY LONGINT($a;2)\nOB SET ARRAY($o;"a";$a)\n$0:=$o'), { a: [0, 0] });
});

test('a method named try is called as code before release 20 R5 does', () => {
  assert.equal(run('$0:=try ()', { try: '$0:="mine"' }), 'mine');
  assert.equal(run('$0:=Try(1+1)', { try: '$0:="mine"' }), 2);
});

test('a signal holds properties of its own, changed within Use', () => {
  const code = 'var $s : 4D.Signal\n$s:=New signal("x")\nUse ($s)\n\t$s.answer:=42\nEnd use\n$0:=$s.answer';
  assert.equal(run(code), 42);
  assert.match(String(run('var $s : 4D.Signal\n$s:=New signal("x")\n$s.answer:=42')), /between Use and End use/);
});
