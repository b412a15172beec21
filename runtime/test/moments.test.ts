/** When things happen, by a clock that goes with the host's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';
import { Simulator } from '../simulator.js';
import type { TraceEvent } from '../trace.js';

const hello = '//%attributes = {"publishedWeb":true}\nWEB SEND TEXT(String(Milliseconds))';
/** Notes the time, once a minute, three times. */
const watch =
  'var $i : Integer\nFor ($i; 1; 3)\n\tDELAY PROCESS(Current process; 60*60)\n\tLOG EVENT(Into 4D debug message; "watched")\nEnd for';
/** Wakes every tick and never ends. */
const restless = 'Repeat\n\tDELAY PROCESS(Current process; 1)\nUntil (False)';

/** A served project, the host's time in the test's hand. */
async function served(costOfTurn = 0) {
  let host = 0;
  let turns = 0;
  const events: TraceEvent[] = [];
  const simulator = await Simulator.create({
    files: memoryFileSystem({
      '/p/Project/Test.4DProject': '{}',
      '/p/Project/Sources/Methods/hello.4dm': hello,
      '/p/Project/Sources/Methods/watch.4dm': watch,
      '/p/Project/Sources/Methods/restless.4dm': restless,
      '/p/Project/Sources/DatabaseMethods/onWebSessionSuspend.4dm': 'DELAY PROCESS(Current process; 60*30)',
    }),
    root: '/p',
    mode: 'legacy',
    clock: { start: '2026-01-15T08:00:00', speed: 1 },
    host: {
      now: () => {
        if (++turns > 1) host += costOfTurn;
        return host;
      },
      timer: () => () => undefined,
    },
    trace: (event) => void events.push(event),
  });
  await simulator.start();
  const began = simulator.now();
  return {
    simulator,

    passes(milliseconds: number) {
      host += milliseconds;
    },
    ask: () =>
      simulator.handle({
        method: 'GET',
        target: '/4DACTION/hello',
        headers: [['Host', '127.0.0.1']],
        body: new Uint8Array(),
        remoteAddress: '127.0.0.1',
        localAddress: '127.0.0.1',
        secure: false,
      }),
    /** Seconds since the start at which events of a kind happened. */
    when: (kind: TraceEvent['kind']) => events.filter((event) => event.kind === kind).map(({ at }) => (at - began) / 1000),
  };
}

test('a request that comes after a pause comes at its own moment, and takes no time by itself', async () => {
  const { passes, ask, when } = await served();
  passes(5_000);
  await ask();
  passes(2_000);
  await ask();
  assert.deepEqual(when('request'), [5, 7]);
  assert.deepEqual(when('response'), [5, 7]);
});

test('what fell due while the computer slept happens at its own moment, before the request that comes after', async () => {
  const { simulator, passes, ask, when } = await served();
  void simulator.run('watch');
  await ask();
  await simulator.settled();
  passes(9 * 3_600_000);
  const asked = [ask(), ask()];
  await Promise.all(asked);
  assert.deepEqual(when('output').slice(0, 3), [60, 120, 180], 'the process that waits wakes three times');
  const timeout = 8 * 3_600;
  assert.deepEqual(when('session-closing'), [timeout]);
  assert.deepEqual(when('session-closed'), [timeout + 30], 'the close method takes half a minute');
  assert.deepEqual(when('request'), [0, 9 * 3_600, 9 * 3_600], 'the requests come after it');
  assert.equal(new Set((await Promise.all(asked)).map(({ headers }) => headers.find(([name]) => name === 'Set-Cookie')?.[1])).size, 2);
});

test('a program that never rests holds up no request for more than a second', async () => {
  const { simulator, passes, ask, when } = await served(1);
  void simulator.run('restless');
  await simulator.settled();
  passes(24 * 3_600_000);
  await ask();
  const [asked] = when('request');
  assert.ok(asked >= 24 * 3_600 && asked < 24 * 3_600 + 3, String(asked));
});
