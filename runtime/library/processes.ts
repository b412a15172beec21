/** Processes, workers, semaphores, signals, `Storage` (facts: 4D theme pages `Processes`, `Process (Communications)`; 4D page `API/SignalClass`). */
import type { NativeResult, ProcessState } from '../machine/types.js';
import { plainName } from '../values/owner.js';
import type { HostValue, ObjectValue, Reference, Value } from '../values/value.js';
import { callableAt } from './code.js';
import { BAD_PARAMETER, raise } from './errors.js';
import { checkWritable, contentFor } from './shared.js';
import { type Call, Theme } from './theme.js';

export const processes = new Theme('Processes');

const TICKS_PER_SECOND = 60;

const ABORTED = -1;
const EXECUTING = 0;
const DELAYED = 1;
const WAITING_FOR_EVENT = 2;
const WAITING_FOR_FLAG = 4;
const PAUSED = 5;
const DOES_NOT_EXIST = -100;

function processAt(call: Call, index: number): ProcessState | undefined {
  return call.machine.state.processes.get(call.integer(index));
}

function rest(call: Call, from: number): Value[] {
  const end = call.isOperator(call.count() - 1) ? call.count() - 1 : call.count();
  return Array.from({ length: Math.max(0, end - from) }, (_, i) => call.value(from + i));
}

// ---- about processes

processes.reader(322, 'Current process', (call) => call.process.number);
processes.reader(1392, 'Current process name', (call) => call.process.name);
processes.reader(372, 'Process number', (call) => call.machine.processByName(call.text(0))?.number ?? 0);
processes.reader(330, 'Process state', (call) => stateOf(processAt(call, 0)));
processes.reader(672, 'Process aborted', () => false);
processes.reader(335, 'Count tasks', (call) => call.machine.state.processes.size);
processes.reader(343, 'Count user processes', (call) => call.machine.state.processes.size);
processes.reader(342, 'Count users', () => 1);

function stateOf(process: ProcessState | undefined): number {
  switch (process?.status) {
    case undefined:
      return DOES_NOT_EXIST;
    case 'ended':
      return ABORTED;
    case 'idle':
      return WAITING_FOR_EVENT;
    case 'waiting':
      if (process.wakeAt !== undefined) return DELAYED;
      return process.frames.at(-1)?.native?.command === 'PAUSE PROCESS' ? PAUSED : WAITING_FOR_FLAG;
    default:
      return EXECUTING;
  }
}

const typeNames = { main: -1, web: -3, user: 1, worker: 5 } as const;

processes.reader(1843, 'Process info', (call) => {
  const process = processAt(call, 0);
  return process ? infoOf(process) : null;
});

function infoOf(process: ProcessState): ObjectValue {
  const properties = new Map<string, Value>([
    ['number', process.number],
    ['ID', process.number],
    ['name', process.name],
    ['sessionID', process.session ?? ''],
    ['type', typeNames[process.kind]],
    ['state', stateOf(process)],
    ['visible', false],
    ['creationDateTime', ''],
    ['preemptive', false],
    ['systemID', String(process.number)],
    ['cpuTime', 0],
    ['cpuUsage', 0],
  ]);
  return { t: 'object', properties };
}

/** Obsolete, in code everywhere: name, state, ticks used, visible and preemptive as bits, number, origin. */
processes.command(336, 'PROCESS PROPERTIES', (call) => {
  const process = processAt(call, 0);
  const values: Value[] = [process?.name ?? '', stateOf(process), 0, 0, process?.number ?? 0, process ? typeNames[process.kind] : 0];
  for (const [i, value] of values.entries()) if (call.has(i + 1)) call.set(i + 1, value);
  return undefined;
});

processes.reader(1495, 'Process activity', (call) => ({
  t: 'object',
  properties: new Map<string, Value>([
    ['processes', { t: 'collection', items: [...call.machine.state.processes.values()].map(infoOf) }],
    ['sessions', { t: 'collection', items: [] }],
  ]),
}));

// ---- making and ending them

/** With `*` a living process of that name is used instead. */
processes.command(317, 'New process', (call) => newProcess(call));
processes.command(373, 'Execute on server', (call) => newProcess(call));

/** Processes that can be at the same time. */
const mostProcesses = 20_000;

function newProcess(call: Call): number {
  const method = call.machine.methodKey(call.process, call.text(0));
  const name = call.has(2) && !call.isOperator(2) ? call.text(2) : '';
  const once = call.isOperator(call.count() - 1) && name !== '' && !name.startsWith('$ ');
  const living = once ? call.machine.processByName(name) : undefined;
  if (living) return living.number;
  if (!call.machine.hasMethod(method)) {
    raise(
      BAD_PARAMETER,
      { en: '{0}: the project has no method {1}.', es: '{0}: el proyecto no tiene ningún método {1}.' },
      call.command,
      plainName(method),
    );
  }
  checkRoom(call);
  const started = call.machine.start({
    name: name || `P_${call.machine.state.nextProcess}`,
    kind: 'user',
    code: { method },
    args: rest(call, 3),
    ...(call.process.session === undefined || call.process.kind === 'web' ? {} : { session: call.process.session }),
  });
  return started.number;
}

function checkRoom(call: Call): void {
  if (call.machine.state.processes.size < mostProcesses) return;
  raise(
    -108,
    { en: '{0}: {1} processes are as many as there can be here.', es: '{0}: aquí no puede haber más de {1} procesos.' },
    call.command,
    mostProcesses,
  );
}

/** A process that no CALL WORKER made is not called; 1 is the main process, which 4D makes itself. Nothing happens then (facts: 4D page `commands/call-worker`). */
processes.command(1389, 'CALL WORKER', (call) => {
  const wanted = call.value(0);
  if (call.value(1) === '') return undefined;
  const code = callableAt(call, 1);
  const worker = typeof wanted === 'string' ? workerNamed(call, wanted) : wanted === MAIN ? mainProcess(call) : processAt(call, 0);
  if (worker && (worker.kind === 'worker' || worker.number === MAIN)) call.machine.call(worker, code, rest(call, 2));
  return undefined;
});

const MAIN = 1;

function mainProcess(call: Call): ProcessState {
  const { processes: running } = call.machine.state;
  return running.get(MAIN) ?? call.machine.start({ number: MAIN, name: 'Application process', kind: 'worker', stays: true });
}

function workerNamed(call: Call, name: string): ProcessState {
  call.spend(call.machine.state.processes.size >> 7);
  for (const process of call.machine.state.processes.values()) {
    if (process.kind === 'worker' && process.name.toLowerCase() === name.toLowerCase()) return process;
  }
  checkRoom(call);
  return call.machine.start({ name, kind: 'worker', stays: true });
}

/** What waits for its turn in the worker is dropped; a call that runs comes to its end. */
processes.command(1390, 'KILL WORKER', (call) => {
  const wanted = call.has(0) ? call.value(0) : call.process.number;
  const worker = typeof wanted === 'string' ? call.machine.processByName(wanted) : processAt(call, 0);
  const target = call.has(0) ? worker : call.process;
  if (target?.kind !== 'worker') return undefined;
  target.calls.length = 0;
  target.stays = false;
  if (target.status === 'idle') call.machine.end(target);
  return undefined;
});

processes.command(1634, 'ABORT PROCESS BY ID', (call) => {
  const target = processAt(call, 0);
  if (target) call.machine.end(target);
  return undefined;
});

// ---- waiting

/** In ticks of a sixtieth of a second. Another process is delayed from its next step on. */
processes.command(323, 'DELAY PROCESS', (call): NativeResult => {
  const target = processAt(call, 0);
  if (!target) return undefined;
  if (target !== call.process) return elsewhere(call, target, 'DELAY PROCESS:C323(Current process:C322; $1)', [call.number(1)]);
  const ticks = Math.max(0, call.number(1));
  if (ticks === 0) return undefined;
  return { native: 'wait', until: call.machine.clock.now() + Math.ceil((ticks * 1000) / TICKS_PER_SECOND) };
});

processes.command(319, 'PAUSE PROCESS', (call): NativeResult => {
  const target = processAt(call, 0);
  if (!target) return undefined;
  if (target === call.process) return { native: 'wait', until: undefined };
  return elsewhere(call, target, 'PAUSE PROCESS:C319(Current process:C322)', []);
});

/** Makes another process run the command on itself. An idle one has nothing to hold. */
function elsewhere(call: Call, target: ProcessState, line: string, args: readonly Value[]): undefined {
  if (target.status !== 'idle') call.machine.interrupt(target, { line, name: call.command }, args, 'processes');
  return undefined;
}

processes.command(320, 'RESUME PROCESS', (call) => {
  const target = processAt(call, 0);
  const waiting = target?.frames.at(-1)?.native?.command;
  if (target && (waiting === 'PAUSE PROCESS' || waiting === 'DELAY PROCESS')) call.machine.wake(target);
  return undefined;
});

// ---- semaphores

const SEMAPHORE = 'semaphore';

/** False when this process has it now, True when another has. With a number of ticks it waits that long for it. */
processes.command(143, 'Semaphore', (call): NativeResult => {
  const until = call.has(1) ? call.machine.clock.now() + Math.ceil((Math.max(0, call.number(1)) * 1000) / TICKS_PER_SECOND) : undefined;
  return takeSemaphore(call, until);
});

function takeSemaphore(call: Call, until: number | undefined): NativeResult {
  const name = call.text(0);
  const { semaphores } = call.machine.state;
  const owner = semaphores.get(name);
  call.process.extra.delete(SEMAPHORE);
  if (owner === undefined || owner === call.process.number) {
    semaphores.set(name, call.process.number);
    return false;
  }
  if (until === undefined || call.machine.clock.now() >= until) return true;
  call.process.extra.set(SEMAPHORE, name);
  return { native: 'wait', until, then: 'Semaphore', state: until };
}
processes.continuation('Semaphore', (call, until) => takeSemaphore(call, until as number));

processes.command(144, 'CLEAR SEMAPHORE', (call) => {
  const name = call.text(0);
  if (!call.machine.state.semaphores.delete(name)) return undefined;
  for (const process of call.machine.state.processes.values()) {
    if (process.extra.get(SEMAPHORE) === name) call.machine.wake(process);
  }
  return undefined;
});

processes.reader(652, 'Test semaphore', (call) => call.machine.state.semaphores.has(call.text(0)));

// ---- signals

/** A signal is a shared object: code puts properties of its own into it (facts: 4D page `API/SignalClass`). */
interface Signal {
  readonly description: string;
  signaled: boolean;
  readonly own: ObjectValue;
}

const SIGNAL = 'signal';
const signalOf = (call: Call): Signal => (call.self as HostValue).data as Signal;

processes.command(1641, 'New signal', (call) => {
  const shared = call.machine.newGroup();
  const own: ObjectValue = { t: 'object', properties: new Map(), shared };
  return { t: 'host', className: '4D.Signal', data: { description: call.text(0), signaled: false, own } satisfies Signal, shared };
});
processes.property('4D.Signal.*', (call) => signalOf(call).own.properties.get(call.member!));
processes.member('4D.Signal.*=', (call) => {
  const { own } = signalOf(call);
  checkWritable(call, own);
  own.properties.set(call.member!, contentFor(call, own, call.value(0)));
  return undefined;
});
processes.property('4D.Signal.signaled', (call) => signalOf(call).signaled);
processes.property('4D.Signal.description', (call) => signalOf(call).description);

processes.member('4D.Signal.trigger', (call) => {
  const signal = signalOf(call);
  signal.signaled = true;
  for (const process of call.machine.state.processes.values()) {
    if (process.extra.get(SIGNAL) === signal) call.machine.wake(process);
  }
  return undefined;
});

/** True when the signal was given; False when the seconds are over. */
processes.member('4D.Signal.wait', (call): NativeResult => {
  const signal = signalOf(call);
  if (signal.signaled) return true;
  call.process.extra.set(SIGNAL, signal);
  const until = call.has(0) ? call.machine.clock.now() + Math.max(0, call.number(0)) * 1000 : undefined;
  return { native: 'wait', until, then: 'Signal.wait' };
});
processes.continuation('Signal.wait', (call) => {
  call.process.extra.delete(SIGNAL);
  return signalOf(call).signaled;
});

// ---- shared by all, and other processes' variables

const STORAGE = 'Storage';

processes.reader(1525, 'Storage', (call) => {
  const { singletons } = call.machine.state;
  let storage = singletons.get(STORAGE);
  if (storage === undefined) {
    storage = { t: 'object', properties: new Map(), shared: call.machine.newGroup() };
    singletons.set(STORAGE, storage);
  }
  return storage;
});

/** A process variable in another process: interprocess ones are the same everywhere. */
function variableAt(call: Call, index: number): Reference {
  return call.reference(index);
}

processes.command(371, 'GET PROCESS VARIABLE', (call) => {
  const other = processAt(call, 0);
  for (let i = 1; other && i + 1 < call.count(); i += 2) call.set(i + 1, call.machine.read(other, variableAt(call, i)));
  return undefined;
});

function setElsewhere(call: Call): undefined {
  const other = processAt(call, 0);
  for (let i = 1; other && i + 1 < call.count(); i += 2) call.machine.write(other, variableAt(call, i), call.value(i + 1));
  return undefined;
}
processes.command(370, 'SET PROCESS VARIABLE', setElsewhere);
processes.command(635, 'VARIABLE TO VARIABLE', setElsewhere);
