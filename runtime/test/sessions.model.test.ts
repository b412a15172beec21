/** Random days of a legacy web server against a model of it: requests of several clients, closing by anybody, aborts, time that jumps, options that change, restarts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allLocks } from '../records/records.js';
import type { HttpResponse } from '../web/http.js';
import { setOption, setProperty } from '../web/settings.js';
import { type Action, randomDays } from './randomDays.js';
import { type Client, SessionModel } from './sessionModel.js';
import { header, published, request, simulate, text } from './simulate.js';

const methods = {
  COMPILER_WEB: 'C_LONGINT(vCount)',
  hello: `${published}vCount:=vCount+1\nWEB SEND TEXT(WEB Get current session ID+" "+String(vCount))`,
  bye: `${published}vCount:=vCount+1\nWEB LEGACY CLOSE SESSION(WEB Get current session ID)\nWEB SEND TEXT("bye "+String(vCount))`,
  shut: `${published}#DECLARE($id : Text)\nvCount:=vCount+1\nWEB LEGACY CLOSE SESSION($id)\nWEB SEND TEXT("shut "+String(vCount))`,
  hold: `${published}#DECLARE($n : Text)\nvCount:=vCount+1\nREAD WRITE([Thing])\nQUERY([Thing];[Thing]ID=Num($n))\nWEB SEND TEXT(Choose(Locked([Thing]);"locked";"held")+" "+String(vCount))`,
  kill: '#DECLARE($process : Integer)\nABORT PROCESS BY ID($process)',
  slow: `${published}vCount:=vCount+1\nDELAY PROCESS(Current process;600)\nWEB SEND TEXT("slow "+String(vCount))`,
};
const catalog = `<?xml version="1.0"?><base name="Test" uuid="0"><table name="Thing" uuid="1" id="1"><field name="ID" uuid="2" type="4" id="1"/></table></base>`;
const records = { Thing: [1, 2, 3].map((ID) => ({ ID })) };

test('random days are as the model says', async () => {
  const days = randomDays<Client>(1_500);
  const { pick } = days;
  const closing: string[] = [];
  const { simulator, transcript } = await simulate(
    { methods, database: { onWebSessionSuspend: 'vClosing:=vCount' }, files: { 'Project/Sources/catalog.4DCatalog': catalog } },
    {
      mode: 'legacy',
      records,
      trace: (event) => {
        if (event.kind === 'method' && event.name === 'On Web Legacy Close Session') closing.push(idOfProcess.get(event.process) ?? '?');
        if (event.kind === 'session-opened') idOfProcess.set(event.process!, event.session);
      },
    },
  );
  const idOfProcess = new Map<number, string>();
  let asked = 0;
  const model = new SessionModel();
  model.now = simulator.now();
  const clients: Client[] = Array.from({ length: 6 }, (_, i) => ({ name: `c${i}`, address: `10.0.0.${i}`, cookie: undefined }));
  let pendingAnswer: Promise<HttpResponse> | undefined;
  /** Answers of requests that wait for their turn behind the pending one. */
  const waiting = new Map<number, Promise<HttpResponse>>();
  let cookieName = '4DSID_Test';
  let path = '/';

  const send = (client: Client, url: string, waits = true): Promise<HttpResponse> => {
    const id = model.sent(client);
    const headers: [string, string][] = id === undefined ? [] : [['Cookie', `${cookieName}=${id}`]];
    return simulator.handle(request(url, { headers, remoteAddress: client.address, client: client.name }), waits);
  };

  /** A request and what the model says of it; `act` is what its method does. */
  const visit = async (
    client: Client,
    url: string,
    act: (session: NonNullable<ReturnType<SessionModel['find']>>) => string,
  ): Promise<void> => {
    if (model.pending && model.find(model.sent(client)) === model.pending.session) return; // it would wait for its turn
    const admission = model.admit(client);
    const answer = await send(client, url);
    assert.equal(answer.status, admission.status);
    if (admission.status !== 200) {
      assert.equal(header(answer, 'Set-Cookie'), undefined);
      return;
    }
    const cookie = header(answer, 'Set-Cookie') ?? '';
    const id = new RegExp(`^${cookieName}=([0-9A-F]{32}); Path=${path};`).exec(cookie)?.[1] ?? '';
    const session = admission.session ?? model.open(id, client);
    assert.equal(id, session.id, 'the cookie is that of the session');
    assert.ok(!model.dead.has(id), 'an id is never used again');
    model.arrive(session);
    session.count++;
    assert.equal(text(answer), act(session));
    const ended = session.state === 'closing';
    model.leave(session, client);
    assert.match(cookie, ended ? /; Max-Age=0;/ : new RegExp(`; Max-Age=${model.cookieTimeout * 60};`));
  };

  const finishPending = async (): Promise<void> => {
    const { client, session } = model.pending!;
    const answer = await pendingAnswer!;
    const { waiting: behind } = model.pending!;
    model.pending = undefined;
    assert.equal(text(answer), `slow ${session.count}`);
    assert.match(header(answer, 'Set-Cookie') ?? '', session.state === 'closing' ? /Max-Age=0;/ : new RegExp(`=${session.id};`));
    model.leave(session, client);
    // Those that waited run in the order they came, in the same session.
    for (const number of behind) {
      const next = await waiting.get(number)!;
      waiting.delete(number);
      session.state = 'active'; // it counted as the last request when it came
      session.count++;
      assert.equal(text(next), `${session.id} ${session.count}`);
      model.leave(session, client);
    }
  };

  /** Closing the pending session would send those that wait behind it elsewhere. */
  const spared = (id: string): boolean => model.pending?.session.id === id && model.pending.waiting.length > 0;

  /** The model's time moves on to a moment, stopping where something is due. */
  const catchUp = async (target: number): Promise<void> => {
    for (let due = model.nextDue(); due !== undefined && due <= target; due = model.nextDue()) {
      model.now = Math.max(model.now, due);
      model.expire();
      if (model.pending && model.pending.until <= model.now) await finishPending();
    }
    model.now = target;
  };

  const advance = async (milliseconds: number): Promise<void> => {
    await simulator.advance(milliseconds);
    await catchUp(model.now + milliseconds);
  };

  const actions: Action<Client>[] = [
    { weight: 30, name: 'hello', act: (client) => visit(client, '/4DACTION/hello', ({ id, count }) => `${id} ${count}`) },
    {
      weight: 8,
      name: 'bye',
      act: (client) =>
        visit(client, '/4DACTION/bye', (session) => {
          model.close(session.id);
          return `bye ${session.count}`;
        }),
    },
    {
      weight: 8,
      name: 'shut',
      act: (client) => {
        const ids = [...model.sessions.keys(), ...[...model.dead].slice(-3), 'F'.repeat(32)];
        const id = ids[pick(ids.length)];
        if (spared(id)) return Promise.resolve();
        return visit(client, `/4DACTION/shut/${id}`, (session) => {
          model.close(id);
          return `shut ${session.count}`;
        });
      },
    },
    {
      weight: 12,
      name: 'hold',
      act: (client) => {
        const record = 1 + pick(3);
        return visit(client, `/4DACTION/hold/${record}`, (session) => `${model.hold(session, record)} ${session.count}`);
      },
    },
    {
      weight: 4,
      name: 'slow',
      act: async (client) => {
        if (model.pending) return;
        const session = model.find(model.sent(client));
        if (!session || (model.addressCheck && session.address !== client.address)) return;
        pendingAnswer = send(client, '/4DACTION/slow', false);
        await simulator.settled();
        model.arrive(session);
        session.count++;
        model.pending = { client, session, until: model.now + 10_000, waiting: [] };
      },
    },
    {
      weight: 4,
      name: 'turn',
      act: async () => {
        const { pending } = model;
        if (pending?.session.state !== 'active' || model.sent(pending.client) !== pending.session.id) return;
        if (model.addressCheck && pending.session.address !== pending.client.address) return;
        const number = ++asked;
        waiting.set(number, send(pending.client, '/4DACTION/hello', false));
        await simulator.settled();
        pending.session.last = model.now;
        pending.waiting.push(number);
      },
    },
    {
      weight: 1,
      name: 'cookie options',
      act: async () => {
        if (model.pending) return;
        const [name, folder] = [['', 'sid', 'own.name'][pick(3)], ['/', '/4DACTION'][pick(2)]];
        setProperty(simulator.web, 'sessionCookiePath', folder);
        path = folder;
        setOption(simulator.web, 73, name);
        const before = cookieName;
        cookieName = name || '4DSID_Test';
        // What browsers have kept is named otherwise: it is nothing to the server.
        if (cookieName !== before) for (const client of clients) client.cookie = undefined;
      },
    },
    {
      weight: 1,
      name: 'mode',
      act: async (client) => {
        if (model.pending) return;
        simulator.web.stop();
        await simulator.settled();
        model.stop();
        setProperty(simulator.web, 'keepSession', false);
        setProperty(simulator.web, 'scalableSession', true);
        simulator.web.start();
        const id = model.sent(client);
        const answer = await send(client, '/4DACTION/bye');
        const given = /^4DSID_Test=([0-9A-F]{32});/.exec(header(answer, 'Set-Cookie') ?? '')?.[1] ?? '';
        assert.notEqual(given, id ?? '', 'a legacy session is none of a scalable server');
        assert.equal(text(answer), 'bye 1');
        assert.equal(simulator.sessions().length, 1, 'WEB LEGACY CLOSE SESSION closes no scalable session');
        simulator.web.stop();
        await simulator.settled();
        assert.deepEqual(simulator.sessions(), []);
        setProperty(simulator.web, 'scalableSession', false);
        setProperty(simulator.web, 'keepSession', true);
        simulator.web.start();
        // Nor the other way round.
        client.cookie = { id: given, until: Number.POSITIVE_INFINITY };
        model.dead.add(given);
      },
    },
    { weight: 10, name: 'seconds', act: () => advance(pick(20_000)) },
    { weight: 6, name: 'minutes', act: () => advance(pick(120) * 60_000) },
    { weight: 1, name: 'day', act: () => advance(86_400_000) },
    {
      weight: 6,
      name: 'close',
      act: async () => {
        const ids = [...model.sessions.keys(), ...[...model.dead].slice(-2)];
        const id = ids[pick(ids.length)] ?? 'F'.repeat(32);
        if (spared(id)) return;
        const closed = simulator.closeSession(id);
        const expected = model.close(id);
        assert.equal(await closed, expected);
        // The host waits for the end of the request under way, so time moves on to it.
        if (model.pending && model.pending.session.id === id && expected) await catchUp(model.pending.until);
      },
    },
    {
      weight: 2,
      name: 'options',
      act: async () => {
        model.maxSessions = 1 + pick(5);
        model.processTimeout = 10 + pick(600);
        model.cookieTimeout = 10 + pick(600);
        setProperty(simulator.web, 'maxSessions', model.maxSessions);
        setProperty(simulator.web, 'inactiveProcessTimeout', model.processTimeout);
        setProperty(simulator.web, 'inactiveSessionTimeout', model.cookieTimeout);
        await advance(0);
      },
    },
    {
      weight: 2,
      name: 'check',
      act: async () => {
        model.addressCheck = !model.addressCheck;
        setProperty(simulator.web, 'sessionIPAddressValidation', model.addressCheck);
      },
    },
    {
      weight: 3,
      name: 'move',
      act: async (client) => {
        client.address = `10.0.0.${pick(8)}`;
      },
    },
    {
      weight: 1,
      name: 'restart',
      act: async () => {
        if (model.pending) return;
        simulator.web.stop();
        await simulator.settled();
        model.stop();
        assert.equal((await send(clients[0], '/4DACTION/hello')).status, 503);
        simulator.web.start();
      },
    },
    {
      weight: 3,
      name: 'dead cookie',
      act: async (client) => {
        const dead = [...model.dead];
        if (dead.length) client.cookie = { id: dead[pick(dead.length)], until: Number.POSITIVE_INFINITY };
        await visit(client, '/4DACTION/hello', ({ id, count }) => `${id} ${count}`);
      },
    },
    {
      weight: 2,
      name: 'abort',
      act: async () => {
        const sessions = simulator.sessions().filter(({ state }) => state === 'idle');
        const session = sessions[pick(sessions.length)];
        if (!session) return;
        await simulator.run('kill', [session.process!]);
        model.abort(session.id);
      },
    },
  ];

  const check = (): void => {
    transcript.drain();
    const views = simulator.sessions().map(({ id, state, address, lastRequest, ends }) => ({
      id,
      state,
      address,
      lastRequest,
      ...(state === 'idle' && { ends }),
    }));
    const expected = [...model.sessions.values()].map((session) => ({
      id: session.id,
      state: session.state,
      address: session.address,
      lastRequest: session.last,
      ...(session.state === 'idle' && { ends: model.ends(session) }),
    }));
    assert.deepEqual(views, expected);
    const held = allLocks(simulator.records).map(({ record }) => record + 1);
    const locks = [...model.sessions.values()].flatMap(({ lock }) => (lock === undefined ? [] : [lock]));
    assert.deepEqual(held.sort(), locks.sort());
    assert.deepEqual(closing, model.closed);
    closing.length = 0;
    model.closed.length = 0;
  };

  await days.play(actions, clients, check);
  await simulator.stop();
  assert.deepEqual(allLocks(simulator.records), []);
  assert.deepEqual(simulator.processes(), []);
});
