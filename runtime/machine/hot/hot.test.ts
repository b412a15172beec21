/** The law of hot loops: a run with them is the run without them, at the end of every slice. */
import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { SmallMachine } from '../../test/smallMachine.js';
import type { Engine } from '../engine.js';
import { faults } from './hot.js';
import { instructionsOf } from './shape.js';
import { slotUses } from './slots.js';

const number = fc.constantFrom(
  '$i',
  '$j',
  '$x',
  '$y',
  '$v',
  'vCount',
  'vReal',
  '1',
  '2',
  '0.25',
  '-3',
  '0',
  '$a{$j}',
  '$a{1}',
  '$c[1]',
  '$o.n',
  '$c.length',
);
const text = fc.constantFrom('$t', '"a"', '"B@"', '$s', '$o.t', 'vText', '$w{1}', '$t[[1]]');
const sign = fc.constantFrom('+', '-', '*', '/', '%', '+', '-');
const relation = fc.constantFrom('=', '#', '<', '<=', '>', '>=');

const numeric = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    number,
    fc.tuple(tie('node'), sign, tie('node')).map(([a, s, b]) => `(${a}${s}${b})`),
    fc.tuple(fc.constantFrom('Abs', 'Int', 'square'), tie('node')).map(([name, a]) => `${name}(${a})`),
    fc.tuple(tie('node'), relation, tie('node'), tie('node'), tie('node')).map(([a, r, b, c, d]) => `((${a}${r}${b}) ? ${c} : ${d})`),
    number,
    number,
    // What is not as it should be.
    fc.constantFrom(
      '$i',
      '$j',
      '$x',
      '$y',
      'vCount',
      '2',
      '$t',
      '$nothing',
      '$o',
      'Null',
      'vNever',
      '$a{7}',
      'Length($t)',
      'Size of array($a)',
      'Position($s; $t)',
      'Num($t)',
    ),
  ),
})).node;
const textual = fc.oneof(
  text,
  fc.tuple(text, text).map((parts) => parts.join('+')),
  fc.constantFrom('$s', '"c"', 'String($i)', 'Uppercase($t)', 'Substring($t; $j; 1)', '$x', '$nothing'),
);
const condition = fc.oneof(
  fc.tuple(numeric, relation, numeric).map(([a, r, b]) => `(${a})${r}(${b})`),
  fc.tuple(textual, relation, text).map((parts) => parts.join('')),
  fc
    .tuple(number, relation, number, fc.constantFrom('&', '|', '&&', '||'), number, relation, number)
    .map(([a, r, b, s, c, q, d]) => `(${a}${r}${b}) ${s} (${c}${q}${d})`),
  fc.constantFrom('$b', 'Not($b)', '$t', '$nothing', '$o && $b'),
);
const simple = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('$i', '$j', '$x', '$y', '$v', 'vCount', 'vReal', '$a{$j}', '$a{2}', '$c[1]', '$c[5]', '$o.n', '$k', '$thing.n'),
      fc.constantFrom(':=', ':=', '+=', '-='),
      numeric,
    )
    .map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom('$t', '$s', '$v', 'vText', '$w{1}', '$o.t', '$t[[1]]'), textual).map(([a, b]) => `${a}:=${b}`),
  condition.map((value) => `$b:=${value}`),
  fc.constantFrom(
    'If ($turn>6)\nbreak\nEnd if',
    'If ($j>3)\ncontinue\nEnd if',
    '$o:=$c[3]',
    '$c[3]:=$o',
    '$v:=$t',
    '$p->:=$p->+1',
    '$a{2}:=$p->',
    'square($x)',
    '$thing.add($j)',
    '$c.push($i)',
  ),
  fc.constantFrom('$t:=""', '$t:="abc"', '$x:=1', '$v:=1', 'OK:=$j', 'DELAY PROCESS(Current process; 1)', 'If ($x>1e6)\n$x:=0\nEnd if'),
);
const block: fc.Arbitrary<string> = fc.letrec<{ lines: string; line: string }>((tie) => ({
  lines: fc.array(tie('line'), { minLength: 1, maxLength: 5 }).map((lines) => lines.join('\n')),
  line: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    simple,
    simple,
    fc.tuple(condition, tie('lines'), tie('lines')).map(([c, a, b]) => `If (${c})\n${a}\nElse\n${b}\nEnd if`),
    fc.tuple(condition, tie('lines')).map(([c, a]) => `If (${c})\n${a}\nEnd if`),
    fc
      .tuple(fc.constantFrom('$i', '$x', '$v', 'vCount', '$k'), fc.constantFrom('', '; 2', '; -1', '; 0.5'), tie('lines'))
      .map(([counter, step, a]) => `For (${counter}; ${step === '; -1' ? '6; 1' : '1; 6'}${step})\n${a}\nEnd for`),
    fc.tuple(condition, tie('lines')).map(([c, a]) => `While (($guard<40) && (${c}))\n$guard:=$guard+1\n${a}\nEnd while`),
    fc.tuple(condition, tie('lines')).map(([c, a]) => `Repeat\n$guard:=$guard+1\n${a}\nUntil (($guard>40) || (${c}))`),
    fc
      .tuple(
        fc.constantFrom('$x', '$v', '$t', 'vReal'),
        fc.constantFrom('$c', '$o', '[1; 2; "a"]'),
        fc.constantFrom('', '; 1', '; 0; 2'),
        tie('lines'),
      )
      .map(([item, source, range, a]) => `For each (${item}; ${source}${range})\n${a}\nEnd for each`),
    fc
      .tuple(condition, tie('lines'), condition, tie('lines'))
      .map(([c, a, d, b]) => `Case of\n: (${c})\n${a}\n: (${d})\n${b}\nElse\n$j:=$j+1\nEnd case`),
    fc.tuple(tie('lines'), tie('lines')).map(([a, b]) => `Try\n${a}\nCatch\n${b}\nEnd try`),
  ),
})).lines;

/** The pointer keeps commands away from hot loops: it is there at times. */
const head = (points: boolean) => `var $i; $j; $k; $guard : Integer
var $x; $y : Real
var $t; $s : Text
var $b : Boolean
var $o : Object
var $c : Collection
var $p : Pointer
ARRAY REAL($a; 3)
ARRAY TEXT($w; 2)
C_LONGINT(vCount)
C_REAL(vReal)
C_TEXT(vText)
$j:=1
$t:="abc"
$v:=2
$o:={n: 1; t: "x"}
$c:=[1; 2; 3; {n: 4}]
${points ? '$p:=->$x' : ''}
$thing:=cs.Thing.new()`;
const others = {
  square: '#DECLARE($n : Variant)->$r : Variant\n$r:=$n*$n',
  Catcher: 'vCaught:=vCaught+1',
  'Thing.class':
    'Class constructor\n\tThis.n:=0\nFunction add($n : Integer)\n\tvar $i : Integer\n\tFor ($i; 1; 3)\n\t\tThis.n:=This.n+$n\n\tEnd for',
};

/** Two machines with the same program, one whose loops become hot at once. */
function pair(text: string): readonly [SmallMachine, SmallMachine] {
  const machineWith = (hot: number) => {
    const small = new SmallMachine({ ...others, main: text }, { hot });
    small.start('main', 'one');
    small.start('main', 2);
    return small;
  };
  return [machineWith(0), machineWith(1)];
}

/** Functions that the second one was running with. */
function translated(small: SmallMachine): number {
  const { codes } = (small.machine as unknown as { readonly engine: Engine }).engine;
  return codes.filter(({ live, ops }) => live !== ops).length;
}

/** Everything but what arises inside a statement: nobody reads that again. */
function stateOf(small: SmallMachine): unknown {
  const { codes } = (small.machine as unknown as { readonly engine: Engine }).engine;
  const { state } = small.machine.snapshot();
  for (const { frames, stack } of state.processes.values())
    for (const frame of frames) {
      if (frame.code < 0) continue;
      const uses = slotUses(codes[frame.code], instructionsOf(codes[frame.code]), []);
      for (const [slot, { is }] of uses.entries()) if (is === 'temporary') stack[frame.base + slot] = undefined;
    }
  return state;
}

function same(text: string, slices: readonly number[]): number {
  const [plain, hot] = pair(text);
  for (let i = 0; i < 300; i++) {
    const slice = slices[i % slices.length];
    const results = [plain, hot].map((small) => {
      const result = small.machine.run(slice);
      small.now += 5;
      return result;
    });
    assert.deepStrictEqual(results[1], results[0], text);
    assert.deepStrictEqual(stateOf(hot), stateOf(plain), text);
    assert.deepStrictEqual(hot.events, plain.events, text);
    if (!results[0].ready && results[0].nextWake === undefined) break;
  }
  assert.deepStrictEqual(hot.finished, plain.finished, text);
  return translated(hot);
}

test('a run with hot loops is the run without them, at the end of every slice', () => {
  let functions = 0;
  fc.assert(
    fc.property(
      block,
      fc.constantFrom(true, true, true, false),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 }),
      (text, catches, points, slices) => {
        const whole = [
          head(points),
          catches ? 'ON ERR CALL("Catcher")' : '',
          'For ($turn; 1; 9)',
          text,
          'End for',
          '$0:=[$i; $x; $v; $t]',
        ].join('\n');
        functions += same(whole, slices);
      },
    ),
    { numRuns: 25 },
  );
  assert.deepEqual(faults, []);
  assert.ok(functions > 2, `only ${functions} loops became hot`);
});

/** What the dispatch loop reads where it differs from the code. */
function entries(small: SmallMachine): number {
  const { codes } = (small.machine as unknown as { readonly engine: Engine }).engine;
  return codes.reduce((sum, { live, ops }) => sum + ops.filter((op, i) => live[i] !== op).length, 0);
}

function ran(text: string, hot: number): SmallMachine {
  const small = new SmallMachine({ ...others, main: text }, { hot, quantum: 100 });
  small.start('main');
  small.settle();
  return small;
}

test('a variable that comes to hold another kind of value, and calls at each turn: a loop is given up where it does little', () => {
  const changing = 'For ($i; 1; 3000)\nIf ($i=2000)\n$v:="a"\nElse\n$v:=$i\nEnd if\n$n:=$n+1\nEnd for\n$0:=$n';
  const calling = 'For ($i; 1; 3000)\n$n:=$n+square($i)\nEnd for\n$0:=$n';
  assert.equal(entries(ran(changing, 1)) > 0, true);
  assert.equal(entries(ran(calling, 1)), 0);
  for (const text of [changing, calling]) assert.deepStrictEqual(ran(text, 1).outcome('main'), ran(text, 0).outcome('main'));
});

test('loops that differ in constants alone do not take each other’s functions', () => {
  const sums = ['0.25', '0.5', '1e300*1e300', '-0.25'].map((constant) => {
    const small = ran(`For ($i; 1; 1000)\n$n:=$n+(${constant})\n$t:="${constant}"\nEnd for\n$0:=$t+String($n)`, 1);
    return small.outcome('main');
  });
  assert.equal(new Set(sums.map((each) => JSON.stringify(each))).size, 4);
});

// The last one: what is forbidden once is not tried again.
test('where the host makes no code from text, the interpreter does it all', () => {
  const text = 'For ($i; 1; 5000)\n$n:=$n+($i*3)\nEnd for\n$0:=$n';
  const { Function: before } = globalThis;
  try {
    globalThis.Function = class {
      constructor() {
        throw new EvalError('forbidden');
      }
    } as never;
    const small = ran(text, 1);
    assert.equal(entries(small), 0);
    assert.deepStrictEqual(small.outcome('main'), ran(text, 0).outcome('main'));
  } finally {
    globalThis.Function = before;
  }
});
