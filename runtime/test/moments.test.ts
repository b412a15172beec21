/** When things happen, by a clock that goes with the host's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';
import { Simulator } from '../simulator.js';
import type { TraceEvent } from '../trace.js';

const hello = '//%attributes = {"publishedWeb":true}\nWEB SEND TEXT(String(Milliseconds))';

/** A served project, the host's time in the test's hand. */
async function served() {
  let host = 0;
  const events: TraceEvent[] = [];
  const simulator = await Simulator.create({
    files: memoryFileSystem({ '/p/Project/Test.4DProject': '{}', '/p/Project/Sources/Methods/hello.4dm': hello }),
    root: '/p',
    mode: 'legacy',
    clock: { start: '2026-01-15T08:00:00', speed: 1 },
    host: { now: () => host, timer: () => () => undefined },
    trace: (event) => void events.push(event),
  });
  await simulator.start();
  const began = simulator.now();
  return {
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
