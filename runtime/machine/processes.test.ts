import assert from 'node:assert/strict';
import test from 'node:test';
import { run, SmallMachine } from '../test/smallMachine.js';

const outputOf = (small: SmallMachine) => small.machine.state.interprocess.get('log')?.value;

test('processes go round, and the same start gives the same run', () => {
  const sources = { Count: 'For ($i; 1; 3000)\n\tIf (($i%1000)=0)\n\t\t<>log:=<>log+$1+String($i/1000)\n\tEnd if\nEnd for', main: '' };
  const once = () => {
    const small = new SmallMachine(sources, { quantum: 500 });
    small.start('Count', 'a');
    small.start('Count', 'b');
    small.settle();
    return [outputOf(small), small.machine.state.steps];
  };
  assert.deepEqual(once(), once());
  assert.equal(once()[0], 'a1b1a2b2a3b3');
});

test('a delayed process waits for its moment, another goes on', () => {
  const small = new SmallMachine({
    Late: '<>log:=<>log+"1"\nDELAY PROCESS(Current process; 120)\n<>log:=<>log+"3"',
    Soon: '<>log:=<>log+"2"',
  });
  small.start('Late');
  small.start('Soon');
  small.settle();
  assert.equal(outputOf(small), '12');
  const { ready, nextWake } = small.machine.run(0);
  assert.equal(ready, false);
  assert.equal(nextWake, small.now + 2000);
  small.now += 2000;
  small.settle();
  assert.equal(outputOf(small), '123');
});

test('code runs on top of a waiting process, which goes on waiting; a wake that comes meanwhile counts', () => {
  const small = new SmallMachine({
    Wait: 'vX:=1\nDELAY PROCESS(Current process; 600)\n<>log:=<>log+"end"+String(vX)',
    Close: 'vX:=2\n<>log:=<>log+"close "',
  });
  const waiting = small.start('Wait');
  small.settle();
  small.machine.interrupt(waiting, { method: 'Close' }, [], 'close');
  small.settle();
  assert.equal(outputOf(small), 'close ');
  assert.equal(waiting.status, 'waiting');
  assert.ok('value' in small.outcome('close'));
  small.machine.interrupt(waiting, { method: 'Close' }, [], 'close');
  small.machine.wake(waiting);
  small.settle();
  assert.equal(outputOf(small), 'close close end2');
});

test('code on top of a process in the middle of an expression leaves the expression alone', () => {
  const small = new SmallMachine({
    Sum: '$0:=1+(Slow+Slow)',
    Slow: 'For ($i; 1; 100)\n\t$x:=$i\nEnd for\n$0:=10',
    Close: 'For ($i; 1; 50)\n\t$x:=$i\nEnd for',
  });
  const process = small.start('Sum');
  small.machine.run(40);
  small.machine.interrupt(process, { method: 'Close' }, [], 'close');
  small.settle();
  assert.deepEqual(small.outcome('Sum'), { value: 21 });
  assert.ok('value' in small.outcome('close'));
});

test('calls wait for their turn; variables stay between them', () => {
  const small = new SmallMachine({ Add: 'vSum:=vSum+$1' });
  const process = small.start('Add', 1);
  small.machine.call(process, { method: 'Add' }, [10], 'second');
  small.machine.call(process, { method: 'Missing' }, [], 'third');
  small.machine.call(process, { method: 'Add' }, [100], 'fourth');
  small.settle();
  assert.deepEqual(
    small.finished.map(({ token, outcome }) => [token, 'value' in outcome ? 'value' : outcome.error.message.en]),
    [
      ['Add', 'value'],
      ['second', 'value'],
      ['third', 'The project has no method Missing.'],
      ['fourth', 'value'],
    ],
  );
  assert.equal(small.variable(process, 'vSum'), 111);
  assert.equal(process.status, 'idle');
  assert.equal(small.machine.clearVariables(process), 1);
  assert.equal(small.variable(process, 'vSum'), undefined);
});

test('a process that does not stay ends when its call returns', () => {
  const small = new SmallMachine({ main: '$n:=New process("Child"; 0; "child"; 7)\n$0:=Process number("child")=$n', Child: '<>log:=$1' });
  small.start('main');
  small.settle();
  assert.deepEqual(small.outcome('main'), { value: true });
  assert.equal(outputOf(small), 7);
  assert.equal(small.machine.processByName('child'), undefined);
  assert.ok(small.events.some((event) => event.kind === 'process-ended' && event.name === 'child'));
});

test('workers take calls in turn and keep their variables', () => {
  const small = new SmallMachine({
    main: 'CALL WORKER("w"; "Note"; "a")\nCALL WORKER("w"; Formula(Note("b")))\nCALL WORKER("w"; "Tell")',
    Note: 'vNotes:=vNotes+$1',
    Tell: '<>log:=vNotes\nKILL WORKER',
  });
  small.start('main');
  small.settle();
  assert.equal(outputOf(small), 'ab');
  assert.equal(small.machine.processByName('w'), undefined);
});

test('Use waits until the shared value is free', () => {
  const small = new SmallMachine({
    main: 'Use (Storage)\n\tStorage.n:=0\nEnd use\n$p:=New process("Other"; 0)\nUse (Storage)\n\t$n:=Storage.n\n\tDELAY PROCESS(Current process; 60)\n\tStorage.n:=$n+1\nEnd use',
    Other: 'Use (Storage)\n\tStorage.n:=Storage.n+10\nEnd use',
  });
  small.start('main');
  small.settle();
  small.now += 1000;
  small.settle();
  const storage = small.machine.state.singletons.get('Storage');
  assert.ok(typeof storage === 'object' && storage?.t === 'object');
  assert.equal(storage.properties.get('n'), 11);
  assert.equal(small.machine.state.locks.size, 0);
  assert.match(String(run('Storage.n:=1')), /between Use and End use/);
});

test('an error inside Use gives the lock back', () => {
  const small = new SmallMachine({ main: 'Use (Storage)\n\t$x:="a"-1\nEnd use' });
  small.start('main');
  small.settle();
  assert.equal(small.machine.state.locks.size, 0);
  assert.equal(
    run('Try\n\tUse (Storage)\n\t\t$x:="a"-1\n\tEnd use\nCatch\nEnd try\nUse (Storage)\n\tStorage.a:=1\nEnd use\n$0:=Storage.a'),
    1,
  );
});

test('semaphores and signals', () => {
  const small = new SmallMachine({
    Holder: '$x:=Semaphore("s")\nDELAY PROCESS(Current process; 60)\nCLEAR SEMAPHORE("s")',
    Taker: '<>log:=String(Semaphore("s"))\n<>log:=<>log+" "+String(Semaphore("s"; 600))',
  });
  small.start('Holder');
  small.start('Taker');
  small.settle();
  small.now += 1000;
  small.settle();
  assert.equal(outputOf(small), 'True False');

  const signal = new SmallMachine({
    main: '$s:=New signal("x")\nCALL WORKER("w"; "Work"; $s)\n$ok:=$s.wait()\n$0:=$ok & $s.signaled & Not($late)',
    Work: 'DELAY PROCESS(Current process; 30)\n$1.trigger()',
  });
  signal.start('main');
  signal.settle();
  signal.now += 500;
  signal.settle();
  assert.deepEqual(signal.outcome('main'), { value: true });
});

test('an aborted process gives back its locks and hears no more', () => {
  const small = new SmallMachine({ main: 'Use (Storage)\n\tDELAY PROCESS(Current process; 60)\nEnd use\n<>log:="end"' });
  const process = small.start('main');
  small.settle();
  small.machine.end(process);
  small.now += 5000;
  small.settle();
  assert.equal(small.machine.state.locks.size, 0);
  assert.equal(outputOf(small), undefined);
  assert.equal(small.machine.state.processes.size, 0);
});

test('CALL WORKER reaches the main process by its number, and nobody by a number that no worker has', () => {
  const small = new SmallMachine({
    first: '',
    task: '<>got:=String(Current process)+$1',
    main: 'CALL WORKER(1; "task"; "x")\nCALL WORKER(99; "task"; "y")\nCALL WORKER(1; "")',
  });
  small.machine.end(small.start('first'));
  const process = small.start('main');
  small.settle();
  assert.deepEqual(small.outcome('main'), { value: undefined });
  assert.equal(process.number, 2);
  assert.equal(small.machine.state.interprocess.get('got')?.value, '1x');
  assert.equal(small.machine.state.processes.get(1)?.kind, 'worker');
});
