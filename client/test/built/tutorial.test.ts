/** The tutorial as a reader follows it: each numbered step is sent to the shop, each command of its pages is run, in both languages. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';

const command = resolve('dist/fourd.mjs');
const shop = 'docs/tutorial';
const pages = ['README.md', 'README.es.md'].map((name) => ({ name, text: readFileSync(`${shop}/${name}`, 'utf8') }));

/** A folder with a copy of the tutorial where the pages say it is. */
function copy(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tutorial-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  cpSync(shop, join(folder, shop), { recursive: true });
  return folder;
}

const fourd = (cwd: string, args: readonly string[]) => spawnSync(process.execPath, [command, ...args], { cwd, encoding: 'utf8' });

/** Starts `fourd serve`; gives its address. */
async function serve(t: TestContext, cwd: string, args: readonly string[]): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [command, ...args], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise<string>((settle, fail) => {
    lines.once('line', settle);
    child.once('exit', () => fail(new Error('fourd serve ended at once')));
  });
  return { url: url.replace(/\/$/, ''), child };
}

/** The requests that the numbered steps of a page name, in their order. */
function stepsOf(text: string): { method: string; path: string }[] {
  return [...text.matchAll(/^(\d)\. \*\*(?:[^`]|`(?!GET|POST))*?`(GET|POST) ([^`]+)`/gm)].map(([, , method, path]) => ({ method, path }));
}

interface Seen {
  readonly status: number;
  readonly location: string | null;
  readonly cookie: string | undefined;
  readonly body: string;
}

/** A browser that keeps its cookie; what is sent beside the address of a step is what the launch configurations send. */
class Visitor {
  cookie = '';

  constructor(private readonly url: string) {}

  async visit({ method, path }: { method: string; path: string }): Promise<Seen> {
    const forms: Record<string, string> = { Web_logIn: 'login=ana&code=4711', Web_basketAdd: 'article=3&quantity=1' };
    const form = method === 'POST' ? forms[path.split('/').at(-1)!] : undefined;
    const headers: Record<string, string> = { ...(this.cookie && { Cookie: this.cookie }) };
    if (form !== undefined) headers['Content-Type'] = 'application/x-www-form-urlencoded';
    const response = await fetch(`${this.url}${path}`, { method, headers, body: form, redirect: 'manual' });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.cookie = cookie.split(';')[0];
    return { status: response.status, location: response.headers.get('location'), cookie, body: await response.text() };
  }
}

for (const { name, text } of pages) {
  test(`${name}: each step of the story does what it says`, async (t) => {
    const folder = copy(t);
    const { url } = await serve(t, folder, ['serve', shop]);
    const steps = stepsOf(text);
    assert.deepEqual(
      steps.map(({ path }) => path.split('/').at(-1)),
      ['Web_logIn', 'Web_basketAdd', 'Web_basket', 'Web_logOut'],
    );
    const [logIn, add, show, logOut] = steps;
    const ana = new Visitor(url);
    const entered = await ana.visit(logIn);
    assert.match(entered.cookie ?? '', /^4DSID_Shop=[0-9A-F]{32};/);
    const first = ana.cookie;
    await ana.visit(add);
    // Nobody else can take it.
    const luis = new Visitor(url);
    await luis.visit(logIn);
    assert.match((await luis.visit(add)).body, /holds this article/);
    const basket = await ana.visit(show);
    assert.deepEqual([basket.status, ana.cookie], [200, first]);
    assert.match(basket.body, /Ana Ruiz/);
    const left = await ana.visit(logOut);
    assert.equal(left.status, 302);
    assert.match(left.cookie ?? '', /Max-Age=0/);
    // Once more, with the old cookie.
    ana.cookie = first;
    const again = await ana.visit(show);
    assert.equal(again.location, '/index.html');
    assert.notEqual(ana.cookie, first);
    await ana.visit(logIn);
    const restored = await ana.visit(show);
    // The same article, read from the table; it is held only when somebody takes it anew.
    for (const { body } of [basket, restored]) assert.match(body, /Atlas of 1908<\/td><td>1</);
  });

  test(`${name}: every command runs, and after the migration the customer stays logged in`, async (t) => {
    const folder = copy(t);
    const commands = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
      .flatMap(([, block]) => block.trim().split('\n'))
      .map((line) => line.replace(/\s*#.*/, '').split(' '));
    assert.ok(commands.length >= 7 && commands.every(([program]) => program === 'fourd'));
    // Those of the last part are about the project as it is: they come first.
    const migrating = commands.findIndex(([, name]) => name === 'migrate');
    const before = commands.slice(migrating + 3);
    const outputs = new Map<string, string>();
    for (const [, ...args] of [...before, ...commands.slice(migrating, migrating + 3)]) {
      if (args[0] === 'serve') {
        const { url, child } = await serve(t, folder, args);
        assert.equal((await fetch(url)).status, 200);
        child.kill();
        continue;
      }
      const { status, stdout, stderr } = fourd(args[0] === 'run' ? join(folder, shop) : folder, args);
      // Both say with 1 that there is something to do.
      assert.ok(status === 0 || (/^(lint|migrate)$/.test(args[0]) && status === 1), `${args.join(' ')}: ${stderr}`);
      outputs.set(args.join(' '), stdout);
    }
    assert.match(outputs.get(`lint ${shop}`) ?? '', /Web_closeSession\.4dm[\s\S]*legacy-close-ignored/);
    assert.doesNotMatch(outputs.get(`lint ${shop}`) ?? '', /Web_logOut\.4dm/);
    const { url } = await serve(t, folder, ['serve', shop]);
    const ana = new Visitor(url);
    const [logIn, , show, logOut] = stepsOf(text);
    await ana.visit(logIn);
    assert.match((await ana.visit(show)).body, /Ana Ruiz/);
    await ana.visit(logOut);
    assert.equal((await ana.visit(show)).location, '/index.html');
  });
}
