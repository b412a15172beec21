/** The tutorial's story, with a browser's cookies, over a real socket and without one: the same things happen. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { test } from 'node:test';
import { CookieJar } from 'tough-cookie';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { Transcript } from '../scenarios/transcript.js';
import type { RunningMode } from '../sessions/types.js';
import { Simulator } from '../simulator.js';
import { serveHttp } from '../web/node/http.js';
import { request, text } from './simulate.js';

interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly setCookie: readonly string[];
  readonly body: string;
}

interface Transport {
  readonly url: string;
  send(path: string, form: string | undefined, cookie: string): Promise<Answer>;
  close(): Promise<void>;
}

async function overSocket(simulator: Simulator): Promise<Transport> {
  const server = await serveHttp({ port: 0, handle: (each) => simulator.handle(each), maximumBody: () => 2_000_000 });
  return {
    url: server.url,
    async send(path, form, cookie) {
      const response = await fetch(new URL(path, server.url), {
        redirect: 'manual',
        method: form === undefined ? 'GET' : 'POST',
        headers: {
          ...(cookie && { Cookie: cookie }),
          ...(form !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }),
        },
        body: form,
      });
      return {
        status: response.status,
        location: response.headers.get('Location'),
        setCookie: response.headers.getSetCookie(),
        body: await response.text(),
      };
    },
    close: () => server.close(0),
  };
}

async function withoutSocket(simulator: Simulator): Promise<Transport> {
  return {
    url: 'http://127.0.0.1/',
    async send(path, form, cookie) {
      const headers: [string, string][] = [['Host', '127.0.0.1']];
      if (cookie) headers.push(['Cookie', cookie]);
      if (form !== undefined) headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
      const method = form === undefined ? 'GET' : 'POST';
      const response = await simulator.handle(request(path, { method, headers, body: new TextEncoder().encode(form ?? '') }));
      const named = (name: string) => response.headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
      return { status: response.status, location: named('location')[0] ?? null, setCookie: named('set-cookie'), body: text(response) };
    },
    close: async () => undefined,
  };
}

/** A browser with the cookies of tough-cookie. `old` sends what it sent last, dead or not. */
class Browser {
  private readonly jar = new CookieJar();
  private sent = '';

  constructor(private readonly transport: Transport) {}

  async visit(path: string, form?: string, old = false): Promise<Answer> {
    const cookie = old ? this.sent : await this.jar.getCookieString(new URL(path, this.transport.url).href);
    this.sent = cookie || this.sent;
    const answer = await this.transport.send(path, form, cookie);
    for (const header of answer.setCookie) await this.jar.setCookie(header, new URL(path, this.transport.url).href);
    return answer;
  }

  async cookies(): Promise<string> {
    return this.jar.getCookieString(this.transport.url);
  }
}

/** Plays the story; gives the answers and all that happened. */
async function story(
  mode: RunningMode,
  open: (simulator: Simulator) => Promise<Transport>,
): Promise<{ answers: Answer[]; lines: string[] }> {
  const transcript = new Transcript();
  const lines: string[] = [];
  const simulator = await Simulator.create({
    files: nodeFileSystem,
    root: 'docs/tutorial',
    mode,
    clock: { start: '2026-01-15T08:30:00', speed: 0 },
    seed: 1,
    trace: transcript.take,
  });
  await simulator.start();
  const transport = await open(simulator);
  try {
    const ana = new Browser(transport);
    const luis = new Browser(transport);
    const answers: Answer[] = [];
    const visit = async (who: Browser, path: string, form?: string, old?: boolean): Promise<void> => {
      answers.push(await who.visit(path, form, old));
      await simulator.settled();
      lines.push(...transcript.drain());
    };
    await visit(ana, '/4DACTION/Web_logIn', 'login=ana&code=4711');
    await visit(ana, '/4DACTION/Web_basketAdd', 'article=3&quantity=1');
    await visit(ana, '/4DACTION/Web_basket');
    await visit(luis, '/4DACTION/Web_logIn', 'login=luis&code=0815');
    await visit(luis, '/4DACTION/Web_basketAdd', 'article=3&quantity=1');
    await visit(ana, '/4DACTION/Web_logOut');
    if (mode === 'legacy') assert.equal(await ana.cookies(), '', 'the browser has dropped the cookie');
    await visit(ana, '/4DACTION/Web_basket', undefined, true);
    await visit(luis, '/4DACTION/Web_basketAdd', 'article=3&quantity=1');
    await visit(ana, '/4DACTION/Web_logIn', 'login=ana&code=4711');
    await visit(ana, '/4DACTION/Web_basket');
    await simulator.stop();
    lines.push(...transcript.drain());
    return { answers, lines };
  } finally {
    await transport.close();
  }
}

/** What each step must come to: status, and where the browser is sent. */
const expected: Record<RunningMode, readonly (readonly [number, string | null])[]> = {
  legacy: [
    [302, '/4DACTION/Web_articles'],
    [302, '/4DACTION/Web_basket'],
    [200, null],
    [302, '/4DACTION/Web_articles'],
    [200, null],
    [302, '/goodbye.html'],
    [302, '/index.html'],
    [302, '/4DACTION/Web_basket'],
    [302, '/4DACTION/Web_articles'],
    [200, null],
  ],
  scalable: forgotten(),
  none: forgotten(),
};

/** Without legacy sessions a log in lasts as long as its request. */
function forgotten(): (readonly [number, string | null])[] {
  const [entered, sent, left] = [
    [302, '/4DACTION/Web_articles'],
    [302, '/index.html'],
    [302, '/goodbye.html'],
  ] as const;
  return [entered, sent, sent, entered, sent, left, sent, sent, entered, sent];
}

for (const mode of ['legacy', 'scalable', 'none'] as const) {
  test(`the story with ${mode} sessions happens the same with and without a socket`, async () => {
    const { answers, lines } = await story(mode, withoutSocket);
    assert.deepEqual(
      answers.map(({ status, location }) => [status, location]),
      expected[mode],
    );
    const golden = `runtime/test/fixtures/tutorial.${mode}.txt`;
    if (process.env.UPDATE) writeFileSync(golden, `${lines.join('\n')}\n`);
    assert.deepEqual(lines, readFileSync(golden, 'utf8').trimEnd().split('\n'), `run UPDATE=1 npm run test:fast -- runtime/test`);
    assert.deepEqual(await story(mode, overSocket), { answers, lines });
  });
}

test('with legacy sessions: what the pages show, which cookies there are', async () => {
  const { answers } = await story('legacy', withoutSocket);
  const ids = answers.map(({ setCookie }) => /^4DSID_Shop=([0-9A-F]{32});/.exec(setCookie[0])![1]);
  const [ana, luis, again] = [ids[0], ids[3], ids[6]];
  assert.deepEqual(ids, [ana, ana, ana, luis, luis, ana, again, luis, again, again]);
  assert.equal(new Set([ana, luis, again]).size, 3);
  assert.match(answers[2].body, /Atlas of 1908<\/td><td>1<\/td><td>120\.00<\/td><td>held for you/);
  assert.match(answers[2].body, new RegExp(`Ana Ruiz · request 3 · session ${ana}`));
  assert.match(answers[4].body, /Another customer holds this article/);
  assert.equal(answers[5].setCookie[0], `4DSID_Shop=${ana}; Path=/; Max-Age=0; HttpOnly; Version=1; SameSite=Strict`);
  // The close method has saved the basket; nothing is held any more.
  assert.match(answers[9].body, /Atlas of 1908<\/td><td>1<\/td><td>120\.00<\/td><td><\/td>/);
  assert.match(answers[9].body, new RegExp(`Ana Ruiz · request 3 · session ${again}`));
});
