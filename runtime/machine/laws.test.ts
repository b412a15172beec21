/** What holds for every text: it runs or raises 4D errors, never one of the host; a run can be cut anywhere and repeated. */
import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { run, SmallMachine } from '../test/smallMachine.js';

const operand = fc.constantFrom(
  '1',
  '0',
  '"a"',
  '$x',
  'vY',
  '<>z',
  '$a{1}',
  '$o.p',
  '$c[0]',
  'Null',
  'True',
  '!2024-02-29!',
  '?10:00:00?',
  '$p->',
  '->$x',
  '[Customer]Name',
  '$f.call(Null; 1)',
  'Other($x)',
  'This',
  '{p: 1}',
  '[1; 2]',
  '$t[[1]]',
  '${1}',
  'String($x)',
  'cs.Thing.new()',
  'Storage',
  '$nothing',
);
const sign = fc.constantFrom('+', '-', '*', '/', '\\', '%', '^', '=', '#', '<', '>=', '&', '|', '&&', '||', '??', '<<');
const expression = fc
  .tuple(operand, fc.array(fc.tuple(sign, operand), { maxLength: 3 }))
  .map(([first, rest]) => first + rest.map(([s, o]) => s + o).join(''));
const target = fc.constantFrom(
  '$x',
  'vY',
  '<>z',
  '$a{1}',
  '$a{9}',
  '$o.p',
  '$o["q"]',
  '$c[2]',
  '$p->',
  '[Customer]Name',
  '$t[[1]]',
  '$t',
  '$0',
  '${1}',
  'cs.Thing.me.n',
  'Storage.n',
  '$f',
);
const simple = fc.oneof(
  fc.tuple(target, fc.constantFrom(':=', '+=', '-='), expression).map((parts) => parts.join('')),
  expression,
  fc.constantFrom(
    'ARRAY TEXT($a; 2)',
    '$o:={p: 1}',
    '$c:=[1; 2]',
    '$p:=->$x',
    '$p:=->$a{1}',
    '$t:="text"',
    '$f:=Formula($1+$x)',
    'ON ERR CALL("Catcher")',
    'ON ERR CALL("")',
    'throw(1)',
    'return 1',
    'break',
    'continue',
    'CLEAR VARIABLE($x)',
    'EXECUTE FORMULA("vY:=$x")',
    'DELAY PROCESS(Current process; 1)',
    'QUERY([Customer]; [Customer]Name="A@")',
  ),
);
const block: fc.Arbitrary<string> = fc.letrec<{ lines: string; line: string }>((tie) => ({
  lines: fc.array(tie('line'), { maxLength: 4 }).map((lines) => lines.join('\n')),
  line: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    simple,
    fc.tuple(expression, tie('lines'), tie('lines')).map(([c, a, b]) => `If (${c})\n${a}\nElse\n${b}\nEnd if`),
    tie('lines').map((a) => `For ($i; 1; 3)\n${a}\nEnd for`),
    fc.tuple(operand, tie('lines')).map(([c, a]) => `For each ($x; ${c})\n${a}\nEnd for each`),
    fc.tuple(tie('lines'), tie('lines')).map(([a, b]) => `Try\n${a}\nCatch\n${b}\nEnd try`),
    fc.tuple(fc.constantFrom('Storage', '$o', 'cs.Thing.me'), tie('lines')).map(([c, a]) => `Use (${c})\n${a}\nEnd use`),
    fc.tuple(expression, tie('lines')).map(([c, a]) => `Case of\n: (${c})\n${a}\nEnd case`),
  ),
})).lines;

const others = {
  Other: '#DECLARE($n : Variant)->$r : Variant\n$r:=$n',
  Catcher: 'vCaught:=vCaught+1',
  'Thing.class': 'shared singleton Class constructor\n\tThis.n:=1',
};

/** Each loop with a counter of its own, so that it ends. */
const program = block.map((text) => {
  let loops = 0;
  return text.replace(/For \(\$i;/g, () => `For ($i${++loops};`);
});

function start(text: string, quantum: number): SmallMachine {
  const small = new SmallMachine({ ...others, main: text }, { quantum });
  small.start('main', 'one');
  small.start('main', 2);
  return small;
}

function finish(small: SmallMachine, slice: number): string {
  for (let i = 0; i < 400; i++) {
    small.machine.run(slice);
    small.now += 20;
  }
  return JSON.stringify([small.finished, small.machine.state.steps, small.events], (_key, value) =>
    value instanceof Map ? [...value] : value === undefined ? null : value,
  );
}

test('any text runs or raises errors of 4D', () => {
  fc.assert(
    fc.property(program, (text) => {
      const small = start(text, 50);
      finish(small, 500);
      const internal = small.finished.find(({ outcome }) => 'error' in outcome && /inside the simulator/.test(outcome.error.message.en));
      assert.equal(internal && JSON.stringify(internal.outcome), undefined, text);
      for (const process of small.machine.state.processes.values()) {
        assert.equal(process.status, 'idle', text);
        assert.deepEqual([process.frames.length, process.height, process.uses.length], [0, 0, 0], text);
      }
      assert.equal(small.machine.state.locks.size, 0, text);
    }),
    { numRuns: 150 },
  );
});

test('a run put back at any point goes the same way again', () => {
  fc.assert(
    fc.property(program, fc.integer({ min: 0, max: 60 }), (text, steps) => {
      const small = start(text, 7);
      small.machine.run(steps);
      const { now } = small;
      const kept = small.machine.snapshot();
      const told = small.events.length;
      const ended = small.finished.length;
      const first = finish(small, 200);
      small.now = now;
      small.events.length = told;
      small.finished.length = ended;
      small.machine.restore(kept);
      // Records are not the machine's: those a method changed stay changed.
      if (!/Customer/.test(text)) assert.equal(finish(small, 200), first, text);
    }),
    { numRuns: 60 },
  );
});

test('calculations with locals, which have instructions of their own, give what the same ones with process variables give', () => {
  const tree = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom('@i', '@j', '@x', '@v', '@t', '1', '3', '0.25'),
      fc.tuple(tie('node'), fc.constantFrom('+', '-', '*', '%', '<', '='), tie('node')).map(([a, sign, b]) => `(${a}${sign}${b})`),
    ),
  })).node;
  const targets = fc.constantFrom('@i', '@x', '@v', '@t');
  fc.assert(
    fc.property(fc.array(fc.tuple(targets, tree), { minLength: 1, maxLength: 3 }), (assignments) => {
      const of = (mark: string) => assignments.map(([target, value]) => `${target}:=${value}`.replaceAll('@', mark));
      const declared = (mark: string) =>
        `C_LONGINT(@i; @j)\nC_REAL(@x)\nC_TEXT(@t)\n@i:=7\n@j:=-2\n@x:=1.5\n@v:=3\n@t:="a"`.replaceAll('@', mark);
      const result = (mark: string) => run([declared(mark), ...of(mark), '$0:=[@i; @j; @x; @v; @t]'.replaceAll('@', mark)].join('\n'));
      // Nothing of 4D tells 0 from -0.
      const seen = (mark: string) => [result(mark)].flat().map((each) => (each === 0 ? 0 : each));
      assert.deepEqual(seen('$'), seen('v'));
    }),
    { numRuns: 300 },
  );
});
