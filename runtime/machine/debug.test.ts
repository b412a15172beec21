import assert from 'node:assert/strict';
import test from 'node:test';
import { SmallMachine } from '../test/smallMachine.js';
import { display } from '../values/display.js';

const sources = {
  main: '#DECLARE($a : Integer)->$r : Integer\nvar $i : Integer\nvSum:=0\nFor ($i; 1; 3)\n\tvSum:=vSum+Half($i)\nEnd for\n$r:=vSum+$a',
  Half: '#DECLARE($n : Integer)->$h : Real\n// a comment\n$h:=$n/2',
};
const MAIN = 'Project/Sources/Methods/main.4dm';
const HALF = 'Project/Sources/Methods/Half.4dm';

test('breakpoints lie on statements; a stopped process shows its frames and goes on', () => {
  const small = new SmallMachine(sources);
  const { machine } = small;
  assert.deepEqual(
    machine.locations(HALF).map(({ line }) => line),
    [3],
  );
  const stops: number[] = [];
  machine.debug = {
    onStatement: (_process, _frame, statement) => {
      stops.push(statement);
      return 'stop';
    },
  };
  machine.setBreakpoints(HALF, machine.locations(HALF));
  const process = small.start('main', 5);
  small.settle();
  assert.equal(process.status, 'stopped');
  assert.deepEqual(
    machine.frames(process).map(({ name, place }) => [name, place?.line]),
    [
      ['Half', 3],
      ['main', 5],
    ],
  );
  const [top] = machine.frames(process);
  const parameters = machine.scopes(process, top.id).find(({ kind }) => kind === 'parameters');
  assert.deepEqual(
    parameters?.variables.map(({ name, type, value }) => [name, type, value]),
    [
      ['$n', 'integer', 1],
      ['$h', 'real', 0],
    ],
  );
  machine.resume(process);
  small.settle();
  assert.equal(stops.length, 2);
  machine.setBreakpoints(HALF, []);
  machine.resume(process);
  small.settle();
  assert.deepEqual(small.outcome('main'), { value: 8 });
});

test('variables keep the name as first written, whoever makes them', () => {
  const small = new SmallMachine({
    main: 'ARRAY TEXT(aShopName; 2)\nAPPEND TO ARRAY(ASHOPNAME; "x")\nARRAY TEXT(<>aAll; 1)\nFill(->vByPointer)\nvPlain:=1',
    Fill: '$1->:=1',
  });
  const process = small.start('main');
  small.settle();
  const names = (kind: string) =>
    small.machine
      .scopes(process, -1)
      .find((scope) => scope.kind === kind)
      ?.variables.map(({ name }) => name);
  assert.deepEqual(names('process'), ['aShopName', 'vByPointer', 'vPlain']);
  assert.deepEqual(names('interprocess'), ['<>aAll']);
});

test('stepping asks before each statement; pausing stops at the next one', () => {
  const small = new SmallMachine(sources);
  const { machine } = small;
  const lines: string[] = [];
  machine.debug = {
    onStatement: (process) => {
      const [top] = machine.frames(process);
      lines.push(`${top.name}:${top.place?.line}`);
      return 'go';
    },
  };
  const process = small.start('main', 0);
  machine.step(process, true);
  small.settle();
  assert.deepEqual(lines.slice(0, 7), ['main:2', 'main:3', 'main:4', 'main:5', 'Half:3', 'main:5', 'Half:3']);
  machine.step(process, false);
  const again = small.start('main', 0);
  machine.pause(again);
  small.settle();
  assert.equal(again.status, 'stopped');
  assert.equal(machine.frames(again)[0].place?.line, 2);
  machine.resume(again);
  small.settle();
  assert.equal(again.status, 'idle');
});

test('commands and errors can stop a process', () => {
  const small = new SmallMachine({ main: '$x:=Length("abc")\n$y:="a"-1\n$0:=$x' });
  const { machine } = small;
  const seen: string[] = [];
  machine.debug = {
    onCommand: (_process, _frame, command) => {
      seen.push(`command ${command}`);
      return 'stop';
    },
    onError: (_process, error, caught) => {
      seen.push(`${error.code} ${caught}`);
      return 'stop';
    },
  };
  machine.breakOnCommands(new Set([16]));
  const process = small.start('main');
  small.settle();
  assert.equal(process.status, 'stopped');
  machine.resume(process);
  small.settle();
  assert.deepEqual(seen, ['command 16', '54 false']);
  assert.equal(process.status, 'stopped');
  assert.equal(machine.frames(process)[0].place?.line, 2);
  machine.resume(process);
  small.settle();
  assert.ok('error' in small.outcome('main'));
});

test('an evaluation sees the frame and leaves no trace; a pure one changes nothing', () => {
  const small = new SmallMachine(sources);
  const { machine } = small;
  machine.debug = { onStatement: () => 'stop' };
  machine.setBreakpoints(HALF, machine.locations(HALF));
  const process = small.start('main', 5);
  small.settle();
  const [top, caller] = machine.frames(process);
  const evaluate = (text: string, pure = true, frame = top.id) => {
    const result = machine.evaluate(process, frame, text, { pure });
    return result.ok ? display(result.value) : result.error.message.en;
  };
  assert.equal(evaluate('$n*10'), '10');
  assert.equal(evaluate('$1+Count parameters'), '2');
  assert.equal(evaluate('$a+$i', true, caller.id), '6');
  assert.equal(evaluate('vSum=0'), 'True');
  assert.equal(evaluate('ARRAY TEXT(aText; 2)', false), 'Undefined');
  assert.equal(evaluate('aText'), 'text array (2)');
  assert.equal(evaluate('CLEAR VARIABLE(aText)', false), 'Undefined');
  assert.equal(evaluate('$unknown'), 'Undefined');
  const before = JSON.stringify(machine.snapshot(), replacer);
  assert.match(evaluate('vSum:=3'), /could change something/);
  assert.match(evaluate('$n:=3'), /could change something/);
  assert.match(evaluate('Half(3)'), /could change something/);
  assert.match(evaluate('[1].push(2)'), /could change something/);
  assert.match(evaluate('ALL RECORDS([Customer])'), /could change something/);
  assert.match(evaluate('$n+'), /\S/);
  assert.match(evaluate(''), /nothing to evaluate/);
  assert.equal(JSON.stringify(machine.snapshot(), replacer), before);

  assert.equal(evaluate('Half(3)', false), '1.5');
  assert.equal(evaluate('$n:=8', false), 'Undefined');
  assert.match(evaluate('DELAY PROCESS(Current process; 10)', false), /cannot wait/);
  assert.match(evaluate('While (True)\nEnd while', false), /more than 100000 steps/);
  assert.equal(process.status, 'stopped');
  machine.setBreakpoints(HALF, []);
  machine.resume(process);
  small.settle();
  // 8/2 in place of 1/2, then 1 and 1.5, and the parameter: 11.5 as an Integer.
  assert.deepEqual(small.outcome('main'), { value: 12 });
});

test('a frame starts again; a jump goes to another line, but into no loop', () => {
  const small = new SmallMachine(sources);
  const { machine } = small;
  machine.debug = { onStatement: () => 'stop' };
  machine.setBreakpoints(HALF, machine.locations(HALF));
  const process = small.start('main', 5);
  small.settle();
  const main = machine.frames(process)[1];
  assert.equal(machine.restartFrame(process, main.id), true);
  assert.deepEqual(
    machine.frames(process).map(({ name, place }) => [name, place?.line]),
    [['main', 2]],
  );
  const lines = machine.locations(MAIN);
  const at = (line: number) => lines.find((each) => each.line === line)!.statement;
  assert.equal(machine.jump(process, at(5)), false);
  assert.equal(machine.jump(process, at(7)), true);
  machine.resume(process);
  small.settle();
  assert.deepEqual(small.outcome('main'), { value: 5 });
});

test('a snapshot put back repeats the run to the byte', () => {
  const looping = {
    main: 'vLog:=""\nvO:={list: [1]}\nvSame:=vO\nFor ($i; 1; 400)\n\t$n:=Random\n\tvLog:=vLog+String(Step($i))+","\n\tvO.list.push($i)\n\tIf (vSame.list.length#vO.list.length)\n\t\tvLog:="alias lost"\n\tEnd if\nEnd for\n$0:=vLog+String(vSame.list.length)',
    Step: 'If (($1%50)=0)\n\tDELAY PROCESS(Current process; 1)\nEnd if\n$0:=$1*2',
  };
  const small = new SmallMachine(looping);
  const { machine } = small;
  small.start('main');
  small.start('main');
  const finish = () => {
    small.finished.length = 0;
    for (let i = 0; i < 100; i++) {
      small.now += 100;
      machine.run(1_000_000);
    }
    return JSON.stringify([small.finished, machine.state.steps], replacer);
  };
  machine.run(777);
  const now = small.now;
  const kept = machine.snapshot();
  const text = JSON.stringify(kept, replacer);
  const first = finish();
  assert.equal(JSON.stringify(kept, replacer), text);
  assert.doesNotMatch(first, /alias lost/);
  for (let i = 0; i < 2; i++) {
    small.now = now;
    machine.restore(kept);
    assert.equal(finish(), first);
  }
});

/** Maps as lists, so that JSON shows them. */
function replacer(_key: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value === undefined ? null : value;
}
