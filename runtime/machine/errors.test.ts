import assert from 'node:assert/strict';
import test from 'node:test';
import { run, SmallMachine, value } from '../test/smallMachine.js';

test('Try, Catch, and what is behind them', () => {
  assert.equal(run('Try\n\t$x:="a"-1\n\t$0:="not here"\nCatch\n\t$0:=Last errors.last().errCode\nEnd try'), 54);
  assert.equal(run('Try\n\t$0:="fine"\nCatch\n\t$0:="caught"\nEnd try'), 'fine');
  assert.equal(run('Try\n\tDeep\nCatch\n\t$0:="caught"\nEnd try\n$0:=$0+"!"', { Deep: 'Deeper', Deeper: 'throw(7; "x")' }), 'caught!');
  assert.equal(
    run('For ($i; 1; 3)\n\tTry\n\t\tIf ($i=2)\n\t\t\tcontinue\n\t\tEnd if\n\t\tthrow(1)\n\tCatch\n\t\t$0:=$0+$i\n\tEnd try\nEnd for'),
    4,
  );
  assert.equal(run('Try\n\tTry\n\t\tthrow(1)\n\tCatch\n\t\tthrow(2)\n\tEnd try\nCatch\n\t$0:=Last errors.last().errCode\nEnd try'), 2);
});

test('Try as an expression', () => {
  assert.equal(value('Try("a"-1)'), null);
  assert.equal(value('1+Try(2)'), 3);
  assert.equal(run('$x:=5+Length("ab")+Num(String(Try(Bad)))\n$0:=$x', { Bad: 'throw(3)' }), 7);
});

test('throw with a text and with an object', () => {
  assert.equal(run('throw(12; "no stock")'), 'no stock');
  assert.equal(run('throw(12)'), 'Error code 12: (host)');
  const catching =
    'Try\n\tthrow({errCode: 5; message: "{who} left"; who: "Ana"})\nCatch\n\t$e:=Last errors[0]\n\t$0:=$e.message+String($e.errCode)+$e.who\nEnd try';
  assert.equal(run(catching), 'Ana left5Ana');
  assert.equal(run('Try\n\tthrow(4)\nCatch\n\tthrow\nEnd try'), 'Error code 4: (host)');
});

test('ON ERR CALL: the method runs, the failed line is left, the next one goes on', () => {
  const sources = { Oops: 'vError:=Error\nvLine:=Error line\nvMethod:=Error method' };
  assert.equal(run('ON ERR CALL("Oops")\n$x:="a"-1\n$0:=vMethod+String(vError)+" "+String(vLine)', sources), 'main54 2');
  assert.equal(
    run('ON ERR CALL("Oops")\n$0:=1\nFor ($i; 1; 3)\n\t$0:=$0+Bad\n\t$0:=$0+10\nEnd for', { ...sources, Bad: '$x:="a"-1\n$0:=100' }),
    331,
  );
  assert.equal(run('ON ERR CALL("Oops")\nIf ("a"-1)\n\t$0:="then"\nElse\n\t$0:="else"\nEnd if', sources), 'else');
  assert.equal(run('ON ERR CALL("Oops")\nTry\n\tthrow(9)\nCatch\n\t$0:="try"\nEnd try\n$0:=$0+String(vError)', sources), 'try');
  assert.match(String(run('ON ERR CALL("Oops")\nON ERR CALL("")\n$x:="a"-1', sources)), /operator -/);
  assert.match(String(run('ON ERR CALL("Bad")\n$x:="a"-1\n$0:=1', { Bad: '$y:=1-"b"' })), /operator -/);
});

test('ABORT ends the call, in an error method too', () => {
  const small = new SmallMachine({ main: 'ON ERR CALL("Stop")\n$x:="a"-1\n<>after:=1', Stop: 'ABORT' });
  small.start('main');
  small.settle();
  assert.equal(small.machine.state.interprocess.size, 0);
  assert.deepEqual(small.outcome('main'), { value: undefined });
});

test('an error that nobody handles ends the call and is told in the trace', () => {
  const small = new SmallMachine({ main: 'vX:=1\n$x:="a"-1' });
  const process = small.start('main');
  small.settle();
  assert.ok(small.events.some((event) => event.kind === 'error' && event.line === 2));
  assert.equal(process.status, 'idle');
  assert.equal(process.failure?.code, 54);
  assert.equal(small.variable(process, 'vX'), 1);
});

test('assertions', () => {
  assert.equal(run('ASSERT(1=2; "one is not two")'), 'Assertion failed: one is not two');
  assert.equal(run('SET ASSERT ENABLED(False)\nASSERT(1=2)\n$0:=1'), 1);
});

test('a JavaScript mistake of a command is an error of the line, never of the host', () => {
  const broken = {
    commands: new Map([[10, () => (undefined as unknown as { x: number }).x]]),
    members: new Map(),
    continuations: new Map(),
  };
  const small = new SmallMachine({ main: '$0:=Try(String(1))\n$x:=String(1)' }, { libraries: [broken as never] });
  small.start('main');
  small.settle();
  const outcome = small.outcome('main');
  assert.ok('error' in outcome && outcome.error.notModelled && outcome.error.place?.line === 2);
});

test('an error that is put off comes at the end of the Try block, or when the method returns', () => {
  const later = 'throw({errCode: 5; message: "later"; deferred: True})';
  assert.equal(run(`Try\n\t${later}\n\tvSeen:=1\nCatch\n\t$0:=Last errors[0].errCode+vSeen\nEnd try`), 6);
  assert.equal(
    run('Try\n\tf\n\t$0:="not here"\nCatch\n\t$0:=Last errors[0].message+String(vSeen)\nEnd try', { f: `${later}\nvSeen:=2` }),
    'later2',
  );
  assert.equal(run('f\n$0:="not here"', { f: later }), 'later');
  assert.equal(run(`${later}\n$0:=1`), 'later');
  assert.equal(run('ON ERR CALL("handler")\nf\n$0:=vError', { f: later, handler: 'vError:=Error' }), 5);
  assert.equal(run('Try\n\tf\nCatch\nEnd try\ng\n$0:="fine"', { f: later, g: 'vX:=1' }), 'fine');
});

test('several errors that were put off come together, in their order; an error that comes first brings those of its Try block along', () => {
  const codes = '$0:=Last errors.extract("errCode").join(",")';
  const later = (code: number) => `throw({errCode: ${code}; deferred: True})`;
  assert.equal(run(`Try\n\tf\nCatch\n\t${codes}\nEnd try`, { f: `${later(5)}\n${later(6)}\n${later(7)}` }), '5,6,7');
  assert.equal(run(`Try\n\t${later(5)}\n\tthrow(6)\nCatch\n\t${codes}\nEnd try`), '6,5');
  assert.equal(
    run(`Try\n\tf\nCatch\n\t${codes}\nEnd try`, { f: `${later(1)}\nTry\n\t${later(2)}\nCatch\n\tvIn:=Last errors.length\nEnd try` }),
    '1',
  );
  const again = 'Try\n\tthrow(5)\nCatch\n\tthrow\n\tvRest:=1\nEnd try\nvRest:=vRest+1';
  assert.equal(run(`Try\n\tf\nCatch\n\t$0:=String(Last errors[0].errCode)+String(vRest)\nEnd try`, { f: again }), '52');
});

test('ON ERR CALL has a method for the process and one for all of them, and the first comes before', () => {
  const sources = { one: '<>e:=<>e+"one "', all: '<>e:=<>e+"all "', other: '$x:=1+"a"' };
  const text = (code: string) => run(`<>e:=""\n${code}\n$0:=<>e`, sources);
  assert.equal(text('ON ERR CALL("all"; ek global)\n$x:=1+"a"\nON ERR CALL("one")\n$x:=1+"a"\nON ERR CALL("")\n$x:=1+"a"'), 'all one all ');
  assert.equal(text('ON ERR CALL("one")\n<>e:=Method called on error+"|"+Method called on error(ek global)'), 'one|');
  assert.match(String(text('ON ERR CALL("one"; ek errors from components)\n$x:=1+"a"')), /operator \+/);
});
