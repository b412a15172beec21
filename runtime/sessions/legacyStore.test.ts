import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { LegacyStore } from './legacyStore.js';
import { defaultWebOptions } from './options.js';

const minute = 60_000;

function store(changes = {}) {
  const options = { ...defaultWebOptions('legacy'), ...changes };
  return { options, sessions: new LegacyStore(() => options) };
}

test('requests of one session take turns; those of another do not wait', () => {
  const { sessions } = store();
  const a = sessions.open('A', '::1', 1, 0);
  const b = sessions.open('B', '::1', 2, 0);
  assert.equal(sessions.take(a, 1, 0), true);
  assert.equal(sessions.take(a, 2, 1), false);
  assert.equal(sessions.take(a, 3, 2), false);
  assert.equal(sessions.take(b, 4, 3), true);
  assert.equal(sessions.finish(a, 4), 2);
  assert.equal(sessions.finish(a, 5), 3);
  assert.equal(sessions.finish(a, 6), undefined);
  assert.equal(a.state, 'idle');
});

test('another address is refused, unless the check is off: at once, without a restart', () => {
  const { sessions, options } = store();
  const a = sessions.open('A', '10.0.0.1', 1, 0);
  assert.deepEqual(sessions.lookup(['a'], '10.0.0.2'), { refused: a });
  assert.deepEqual(sessions.lookup(['a'], '10.0.0.1'), { found: a });
  options.sessionIPAddressValidation = false;
  assert.deepEqual(sessions.lookup(['a'], '10.0.0.2'), { found: a });
});

test('two timeouts: the process ends, the cookie lives on', () => {
  const { sessions, options } = store({ inactiveSessionTimeout: 24 * 60, inactiveProcessTimeout: 4 * 60 });
  const a = sessions.open('A', '::1', 1, 0);
  sessions.take(a, 1, 0);
  sessions.finish(a, minute);
  assert.equal(sessions.cookieExpires(a), 24 * 60 * minute);
  assert.equal(sessions.nextDue(), (4 * 60 + 1) * minute);
  assert.deepEqual(sessions.due((4 * 60 + 1) * minute - 1), []);
  assert.deepEqual(sessions.due((4 * 60 + 1) * minute), [a]);
  options.inactiveProcessTimeout = 480;
  assert.deepEqual(sessions.due((4 * 60 + 1) * minute), []);
});

test('the expiry table of the manual: each request moves it', () => {
  const { sessions } = store({ inactiveSessionTimeout: 24 * 60 });
  const monday = Date.UTC(2024, 0, 1);
  const a = sessions.open('A', '::1', 1, monday + 60 * minute);
  sessions.take(a, 1, monday + 60 * minute);
  sessions.finish(a, monday + 60 * minute);
  assert.equal(new Date(sessions.cookieExpires(a)).toISOString(), '2024-01-02T01:00:00.000Z');
  sessions.take(a, 2, monday + 70 * minute);
  sessions.finish(a, monday + 70 * minute);
  assert.equal(new Date(sessions.cookieExpires(a)).toISOString(), '2024-01-02T01:10:00.000Z');
});

test('at the limit the session that has been idle for the longest time goes; without an idle one there is no room', () => {
  const { sessions } = store({ maxSessions: 2 });
  const a = sessions.open('A', '::1', 1, 0);
  const b = sessions.open('B', '::1', 2, 1);
  sessions.take(a, 1, 2);
  sessions.finish(a, 3);
  assert.deepEqual(sessions.room(2), { evict: b });
  sessions.take(b, 2, 4);
  assert.deepEqual(sessions.room(2), { evict: a });
  sessions.take(a, 3, 5);
  assert.equal(sessions.room(2), 'busy');
});

test('one process below the process limit there is no room for a new session', () => {
  const { sessions } = store({ maxConcurrentProcesses: 10 });
  assert.equal(sessions.room(8), 'free');
  assert.equal(sessions.room(9), 'busy');
});

test('a closing session is not found, takes nothing more, and gives back who waited', () => {
  const { sessions } = store();
  const a = sessions.open('A', '::1', 1, 0);
  sessions.take(a, 1, 0);
  sessions.take(a, 2, 0);
  assert.deepEqual(sessions.beginClose('a', 'command'), { session: a, waiting: [2] });
  assert.equal(sessions.beginClose('A', 'command'), undefined);
  assert.deepEqual(sessions.lookup(['A'], '::1'), { found: undefined, cookie: 'A' });
  assert.equal(sessions.finish(a, 1), undefined);
  assert.equal(a.state, 'closing');
  sessions.remove(a);
  assert.equal(sessions.size, 0);
});

// ---- the store against a small reference model: the same rules written as plain searches through a list

interface Modelled {
  id: string;
  address: string;
  last: number;
  idleSince: number;
  running: number | undefined;
  waiting: number[];
  closing: boolean;
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('request' as const), who: fc.nat(11), from: fc.constantFrom('::1', '::1', '::1', '::2') }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('finish' as const), who: fc.nat(11) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const), who: fc.nat(11) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), who: fc.nat(11) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.nat(300) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('option' as const),
      name: fc.constantFrom('maxSessions' as const, 'inactiveProcessTimeout' as const, 'inactiveSessionTimeout' as const),
      value: fc.integer({ min: 1, max: 12 }),
    }),
  },
);

test('random histories come to the same as in the reference model', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
      const { sessions, options } = store({ maxSessions: 4, inactiveProcessTimeout: 200 });
      const model: Modelled[] = [];
      const dead = new Set<string>();
      let now = 0;
      let request = 0;
      let made = 0;
      const live = () => model.filter((m) => !m.closing);
      const id = (who: number) => model[who]?.id ?? `S${who}`;

      for (const s of steps) {
        if (s.do === 'wait') now += s.minutes * minute;
        else if (s.do === 'option') options[s.name] = s.name === 'maxSessions' ? s.value : s.value * 60;
        else if (s.do === 'request') {
          request++;
          const found = sessions.lookup([id(s.who)], s.from);
          const expected = live().find((m) => m.id === id(s.who));
          if ('refused' in found) {
            assert.ok(expected && expected.address !== s.from);
            continue;
          }
          assert.equal(found.found?.id, expected && expected.address === s.from ? expected.id : undefined);
          if (found.found) {
            const runs = sessions.take(found.found, request, now);
            assert.equal(runs, expected!.running === undefined);
            expected!.last = now;
            if (runs) expected!.running = request;
            else expected!.waiting.push(request);
          } else {
            const room = sessions.room(model.length);
            const idle = live().filter((m) => m.running === undefined);
            if (model.length >= options.maxSessions) {
              const oldest = idle.reduce<Modelled | undefined>((best, m) => (!best || m.idleSince < best.idleSince ? m : best), undefined);
              if (oldest) {
                assert.ok(typeof room === 'object');
                // Two may have become idle in the same moment: the model only demands that none is older.
                assert.equal(model.find((m) => m.id === room.evict.id)!.idleSince, oldest.idleSince);
              } else assert.equal(room, 'busy');
            } else {
              assert.equal(room, 'free');
              const fresh = `S${100 + made++}`;
              const session = sessions.open(fresh, s.from, made, now);
              assert.equal(sessions.take(session, request, now), true);
              model.push({ id: fresh, address: s.from, last: now, idleSince: now, running: request, waiting: [], closing: false });
            }
          }
        } else if (s.do === 'finish') {
          const m = model[s.who];
          if (!m || m.running === undefined) continue;
          const next = sessions.finish(sessions.state.sessions.get(m.id)!, now);
          m.idleSince = now;
          m.running = m.closing ? undefined : m.waiting.shift();
          assert.equal(next, m.running);
        } else if (s.do === 'close') {
          const target = id(s.who);
          const closing = sessions.beginClose(target, 'command');
          const m = live().find((each) => each.id === target);
          assert.equal(closing?.session.id, m?.id);
          if (m) {
            assert.deepEqual(closing!.waiting, m.waiting);
            m.closing = true;
            m.waiting = [];
          }
        } else {
          const m = model[s.who];
          if (!m?.closing) continue;
          sessions.remove(sessions.state.sessions.get(m.id)!);
          model.splice(s.who, 1);
          dead.add(m.id);
        }

        const late = live().filter((m) => m.running === undefined && m.idleSince + options.inactiveProcessTimeout * minute <= now);
        assert.deepEqual(new Set(sessions.due(now).map((each) => each.id)), new Set(late.map((m) => m.id)));
        for (const gone of dead) assert.equal(sessions.find(gone), undefined);
        for (const m of model) {
          const session = sessions.state.sessions.get(m.id)!;
          assert.equal(session.state, m.closing ? 'closing' : m.running === undefined ? 'idle' : 'active');
          assert.equal(sessions.cookieExpires(session), m.last + options.inactiveSessionTimeout * minute);
        }
        assert.equal(sessions.size, model.length);
      }
    }),
    { numRuns: 300 },
  );
});
