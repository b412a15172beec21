/**
 * Random days of a web server with scalable sessions against a model of it: requests of several clients at once, privileges, storage, session
 * singletons, one-time tokens, idle timeouts, aborts, options that have no say, restarts.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpResponse } from '../web/http.js';
import { setProperty } from '../web/settings.js';
import { type Action, randomDays } from './randomDays.js';
import { type Client, ScalableModel, type Session } from './scalableModel.js';
import { header, published, request, simulate, text } from './simulate.js';

const report = 'WEB SEND TEXT(report)';
const parameter = `${published}#DECLARE($p : Text)\n`;
const methods = {
  COMPILER_WEB: 'C_LONGINT(vCount)',
  report:
    'C_TEXT($0)\nvCount:=vCount+1\n$0:=JSON Stringify([Session.id;Session.isGuest();Session.userName;Session.getPrivileges().join("+");Num(Session.storage.n);cs.Basket.me.count;Session.idleTimeout;vCount])',
  hello: published + report,
  put: `${published}Use (Session.storage)\n\tSession.storage.n:=Num(Session.storage.n)+1\nEnd use\n${report}`,
  add: `${published}cs.Basket.me.add()\n${report}`,
  grant: `${published}Session.setPrivileges({privileges: ["a";"b"]; userName: "ana"})\n${report}`,
  clear: `${published}Session.clearPrivileges()\n${report}`,
  idle: `${parameter}Session.idleTimeout:=Num($p)\n${report}`,
  token: `${parameter}WEB SEND TEXT(Session.createOTP(Num($p)))`,
  restore: `${parameter}Session.restore($p)\n${report}`,
  close: `${published}WEB LEGACY CLOSE SESSION(Session.id)\n${report}`,
  slow: `${published}DELAY PROCESS(Current process;600)\n${report}`,
  kill: '#DECLARE($process : Integer)\nABORT PROCESS BY ID($process)',
  peek: '#DECLARE($id : Text)->$r : Text\n$r:=JSON Stringify(Session storage($id))',
};
const classes = {
  Basket: 'session singleton Class constructor\n\tThis.count:=0\nshared Function add()\n\tThis.count:=This.count+1',
};

test('random days of scalable sessions are as the model says', async () => {
  const days = randomDays<Client>(1_000);
  const { pick } = days;
  let opened = '';
  const { simulator, transcript } = await simulate(
    { methods, classes },
    {
      mode: 'scalable',
      trace: (event) => {
        if (event.kind === 'session-opened') opened = event.session;
      },
    },
  );
  const model = new ScalableModel();
  model.now = simulator.now();
  const clients: Client[] = Array.from({ length: 6 }, (_, i) => ({ name: `c${i}`, cookie: undefined }));
  const answers = new Map<number, Promise<HttpResponse>>();
  let attributes = '; HttpOnly; SameSite=Strict';
  let path = '/';

  const send = (client: Client, url: string, waits = true): Promise<HttpResponse> => {
    const id = model.sent(client);
    const headers: [string, string][] = id === undefined ? [] : [['Cookie', `4DSID_Test=${id}`]];
    // Another address at each request: nothing checks it.
    return simulator.handle(request(url, { headers, client: client.name, remoteAddress: `10.0.0.${pick(200)}` }), waits);
  };

  const said = ({ id, guest, userName, privileges, stored, added, minutes }: Session): string =>
    JSON.stringify([id, guest, userName, (guest ? ['guest', ...privileges] : privileges).join('+'), stored, added, minutes, 1]);

  const cookieIs = (answer: HttpResponse, { id, minutes }: Session): void =>
    assert.equal(header(answer, 'Set-Cookie'), `4DSID_Test=${id}; Path=${path}; Max-Age=${minutes * 60}${attributes}`);

  /** The session that a request came to; one that the model lacks was opened just now. */
  const sessionFor = (client: Client, token?: string): Session => {
    const known = (token === undefined ? undefined : model.redeem(token)) ?? model.sessions.get(model.sent(client) ?? '');
    if (known) return known;
    assert.ok(!model.sessions.has(opened) && !model.dead.includes(opened), 'a new session has a new id');
    return model.open(opened);
  };

  /** A request; `act` is what its method does to the session, and gives the one that it ends in. */
  const visit = async (client: Client, url: string, act?: (session: Session) => Session | undefined, token?: string): Promise<Session> => {
    const answer = await send(client, url);
    assert.equal(answer.status, 200);
    let session = sessionFor(client, token);
    model.begin(session);
    const other = act?.(session);
    if (other) {
      model.end(session);
      session = other;
      model.begin(session);
    }
    model.end(session, client);
    if (!url.startsWith('/4DACTION/token')) assert.equal(text(answer), said(session));
    cookieIs(answer, session);
    return session;
  };

  const finish = async (process: number, status = 200): Promise<void> => {
    const { client, session } = model.pending.find((each) => each.process === process)!;
    const answer = await answers.get(process)!;
    answers.delete(process);
    model.pending = model.pending.filter((each) => each.process !== process);
    assert.equal(answer.status, status);
    if (status === 200) assert.equal(text(answer), said(session));
    model.end(session, client);
    cookieIs(answer, session);
  };

  /** The model's time moves on to a moment, stopping where something is due. */
  const catchUp = async (target: number): Promise<void> => {
    for (let due = model.nextDue(); due !== undefined && due <= target; due = model.nextDue()) {
      model.now = Math.max(model.now, due);
      model.expire();
      for (const { process, until } of [...model.pending]) if (until <= model.now) await finish(process);
    }
    model.now = target;
  };

  const advance = async (milliseconds: number): Promise<void> => {
    await simulator.advance(milliseconds);
    await catchUp(model.now + milliseconds);
  };

  const changes = (weight: number, name: string, change: (session: Session) => void): Action<Client> => ({
    weight,
    name,
    act: async (client) => {
      await visit(client, `/4DACTION/${name}`, (session) => void change(session));
    },
  });
  const someToken = (): string => model.tokens[pick(model.tokens.length + 1)]?.text ?? 'F'.repeat(32);

  const actions: Action<Client>[] = [
    changes(20, 'hello', () => undefined),
    changes(8, 'put', (session) => session.stored++),
    changes(8, 'add', (session) => session.added++),
    changes(6, 'grant', (session) => Object.assign(session, { guest: false, privileges: ['a', 'b'], userName: 'ana' })),
    changes(6, 'clear', (session) => Object.assign(session, { guest: true, privileges: [] })),
    changes(6, 'close', () => undefined),
    {
      weight: 4,
      name: 'idle',
      act: async (client) => {
        const minutes = pick(150);
        await visit(client, `/4DACTION/idle/${minutes}`, (session) => void Object.assign(session, { minutes: Math.max(60, minutes) }));
      },
    },
    {
      weight: 6,
      name: 'token',
      act: async (client) => {
        const seconds = pick(3) ? pick(2_000) : 0;
        const answer = await send(client, `/4DACTION/token/${seconds}`);
        const session = sessionFor(client);
        model.begin(session);
        model.end(session, client);
        const life = seconds || session.minutes * 60;
        assert.match(text(answer), /^[0-9A-F]{32}$/);
        model.tokens.push({ text: text(answer), session, until: model.now + life * 1000 });
      },
    },
    {
      weight: 5,
      name: 'restore',
      act: async (client) => {
        const token = someToken();
        await visit(client, `/4DACTION/restore/${token}`, () => model.redeem(token));
      },
    },
    {
      weight: 5,
      name: 'link',
      act: async (client) => {
        const token = someToken();
        await visit(client, `/4DACTION/hello?$4DSID=${token}`, undefined, token);
      },
    },
    {
      weight: 6,
      name: 'slow',
      act: async (client) => {
        if (model.pending.length > 3) return;
        const session = model.sessions.get(model.sent(client) ?? '');
        if (!session) return;
        const answer = send(client, '/4DACTION/slow', false);
        await simulator.settled();
        const process = Math.max(...simulator.processes().map(({ number }) => number));
        answers.set(process, answer);
        model.begin(session);
        model.pending.push({ client, session, process, until: model.now + 10_000 });
      },
    },
    {
      weight: 2,
      name: 'abort',
      act: async () => {
        const one = model.pending[pick(model.pending.length)];
        if (!one) return;
        await simulator.run('kill', [one.process]);
        await finish(one.process, 500);
      },
    },
    {
      weight: 4,
      name: 'dead cookie',
      act: async (client) => {
        if (model.dead.length) client.cookie = { id: model.dead[pick(model.dead.length)], until: Number.POSITIVE_INFINITY };
        await visit(client, '/4DACTION/hello');
      },
    },
    {
      weight: 4,
      name: 'peek',
      act: async () => {
        const ids = [...model.sessions.keys(), ...model.dead.slice(-2)];
        const id = ids[pick(ids.length)] ?? 'none';
        const session = model.sessions.get(id);
        const value = session ? (session.stored ? `{"n":${session.stored}}` : '{}') : 'null';
        assert.deepEqual(await simulator.run('peek', [id]), { value });
      },
    },
    { weight: 10, name: 'seconds', act: () => advance(pick(20_000)) },
    { weight: 8, name: 'minutes', act: () => advance(pick(50) * 60_000) },
    { weight: 1, name: 'day', act: () => advance(86_400_000) },
    {
      weight: 2,
      name: 'options',
      act: async () => {
        // These say nothing with scalable sessions …
        setProperty(simulator.web, 'maxSessions', 1 + pick(3));
        setProperty(simulator.web, 'inactiveProcessTimeout', 1 + pick(50));
        setProperty(simulator.web, 'sessionIPAddressValidation', pick(2) === 1);
        // … and these do.
        path = ['/', '/4DACTION'][pick(2)];
        const sameSite = ['Strict', 'Lax', 'None'][pick(3)];
        setProperty(simulator.web, 'sessionCookiePath', path);
        setProperty(simulator.web, 'sessionCookieSameSite', sameSite);
        attributes = `; HttpOnly; SameSite=${sameSite}`;
      },
    },
    {
      weight: 1,
      name: 'restart',
      act: async () => {
        if (model.pending.length) return;
        simulator.web.stop();
        await simulator.settled();
        for (const session of [...model.sessions.values()]) model.remove(session);
        assert.equal((await send(clients[0], '/4DACTION/hello')).status, 503);
        simulator.web.start();
      },
    },
  ];

  await days.play(actions, clients, () => {
    const lines = transcript.drain();
    assert.ok(!lines.some((line) => line.startsWith('runs On Web Legacy')));
    const views = simulator.sessions().map(({ id, state, lastRequest, cookieExpires, userName, privileges }) => ({
      id,
      state,
      lastRequest,
      cookieExpires,
      userName,
      privileges,
    }));
    const expected = [...model.sessions.values()].map(({ id, running, last, minutes, userName, privileges }) => ({
      id,
      state: running ? 'active' : 'idle',
      lastRequest: last,
      cookieExpires: last + minutes * 60_000,
      userName,
      privileges,
    }));
    assert.deepEqual(views, expected);
    assert.equal(simulator.web.scalable.state.tokens.size, model.tokens.length);
    assert.equal(simulator.processes().filter(({ kind }) => kind === 'web').length, model.pending.length);
  });
  await simulator.stop();
  assert.deepEqual(simulator.processes(), []);
});
