import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ObjectValue } from '../values/value.js';
import { ScalableStore } from './scalableStore.js';

const minute = 60_000;
const storage = (): ObjectValue => ({ t: 'object', properties: new Map(), shared: 1 });

test('a session ends after 60 idle minutes, never less', () => {
  const store = new ScalableStore();
  const session = store.open('A1', '127.0.0.1', storage(), 0);
  store.setIdleTimeout(session, 30);
  assert.equal(session.idleTimeout, 60);
  assert.equal(store.lookup(['XX', 'a1'], 59 * minute), session);
  assert.deepEqual(store.due(60 * minute - 1), []);
  assert.equal(store.lookup(['A1'], 60 * minute), undefined);
  assert.deepEqual(store.due(60 * minute), [session]);
});

test('a request that runs keeps its session alive, however long it takes', () => {
  const store = new ScalableStore();
  const session = store.open('A1', '127.0.0.1', storage(), 0);
  store.begin(session, 1, 10 * minute);
  assert.deepEqual(store.due(500 * minute), []);
  assert.equal(store.nextDue(500 * minute), undefined);
  store.finish(session, 1, 500 * minute);
  assert.equal(store.nextDue(500 * minute), 560 * minute);
});

test('the remembered bound never hides a session that is due', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('open', 'begin', 'finish', 'timeout', 'wait', 'due'), fc.nat(5), fc.nat(200)), { maxLength: 60 }),
      (steps) => {
        const store = new ScalableStore();
        let now = 0;
        for (const [what, which, number] of steps) {
          const session = [...store.state.sessions.values()][which];
          if (what === 'wait') now += number * minute;
          else if (what === 'open') store.open(`S${now}-${store.size}-${number}`, '', storage(), now);
          else if (what === 'due') for (const ended of store.due(now)) store.remove(ended);
          else if (session && what === 'begin') store.begin(session, number, now);
          else if (session && what === 'finish') for (const request of [...session.active]) store.finish(session, request, now);
          else if (session && what === 'timeout') store.setIdleTimeout(session, number);
          const late = [...store.state.sessions.values()].filter((each) => store.ends(each) <= now);
          assert.deepEqual(new Set(store.due(now)), new Set(late));
          const next = store.nextDue(now);
          for (const each of store.state.sessions.values())
            assert.ok(next === undefined ? store.ends(each) === Infinity : next <= store.ends(each));
        }
      },
    ),
  );
});
