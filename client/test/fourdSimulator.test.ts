/** `fourd serve`, `run` and `test` as a program: what they print, how they end. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

const program = resolve('out/client/cli/fourd.js');
const shop = resolve('docs/tutorial');

function fourd(...args: string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'en_GB.UTF-8' },
    timeout: 60_000,
  });
  return { status, out: stdout, err: stderr };
}

class Serving {
  private readonly lines: AsyncIterator<string>;

  private constructor(
    readonly child: ChildProcess,
    readonly url: string,
    lines: AsyncIterator<string>,
  ) {
    this.lines = lines;
  }

  static async start(...args: string[]): Promise<Serving> {
    const child = spawn(process.execPath, [program, 'serve', ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, LC_ALL: 'en_GB.UTF-8' },
    });
    const lines = createInterface(child.stdout!)[Symbol.asyncIterator]();
    const first = await lines.next();
    return new Serving(child, String(first.value), lines);
  }

  /** Lines up to one that holds the text. */
  async until(text: string): Promise<string[]> {
    const seen: string[] = [];
    for (let next = await this.lines.next(); !next.done; next = await this.lines.next()) {
      seen.push(next.value);
      if (next.value.includes(text)) return seen;
    }
    throw new Error(`“${text}” did not come: ${seen.join('\n')}`);
  }

  async ended(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }
}

test('serve: the address alone on the first line, then what happens; a signal ends it', async () => {
  const serving = await Serving.start(shop, '--clock-start', '2026-01-15T08:30:00', '--trace');
  assert.match(serving.url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  assert.match((await serving.until('web server started')).at(-1)!, /^08:30:\d\d web server started, sessions: legacy$/);
  const page = await fetch(serving.url);
  assert.match(await page.text(), /<h1>Shop<\/h1>/);
  const form = { method: 'POST', body: new URLSearchParams({ login: 'ana', code: '4711' }), redirect: 'manual' } as const;
  const entered = await fetch(`${serving.url}4DACTION/Web_logIn`, form);
  assert.equal(entered.status, 302);
  const seen = await serving.until('← #2');
  assert.ok(
    seen.some((line) => /session [0-9A-F]{8}… opened \(legacy, process \d+\): the request has no session cookie/.test(line)),
    seen.join('\n'),
  );
  assert.ok(seen.some((line) => line.includes('runs Web_logIn (/4DACTION)')));
  serving.child.kill('SIGTERM');
  assert.equal(await serving.ended(), 0);
  await assert.rejects(fetch(serving.url));
});

test('serve ends with the program that started it', async () => {
  const serving = await Serving.start(shop, '--mode', 'none', '--lang', 'es');
  await serving.until('servidor web en marcha, sesiones: none');
  serving.child.stdin!.end();
  assert.equal(await serving.ended(), 0);
});

test('serve: a port that is taken, wrong usage, no project', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const taken = fourd('serve', shop, '--port', String(port));
  assert.deepEqual([taken.status, taken.out], [1, '']);
  assert.match(taken.err, new RegExp(`Port ${port} is taken`));
  other.close();
  const table: [args: string[], says: RegExp][] = [
    [['--port', 'x'], /--port wants a whole number/],
    [['--port', '70000'], /--port wants a whole number/],
    [['--mode', 'both'], /no session mode “both”/],
    [['--clock-start', 'soon'], /--clock-start wants a moment/],
    [['--clock-speed', '-1'], /--clock-speed/],
    [['--records', 'nowhere.json'], /nothing at “nowhere.json”/],
    [[shop, '--record', 'nowhere/run.json'], /cannot be written to “nowhere\/run.json”/],
    [['--choice', 'colour=red'], /no choice “colour”/],
    [['--choice', 'ownClose=never'], /no value of choice ownClose/],
    [['--stand-in', 'ALERT'], /wants NAME=VALUE/],
    [['--nonsense'], /nonsense/],
    [['nowhere'], /nothing at “nowhere”/],
    [[tmpdir()], /no 4D project|several 4D projects/],
    [[shop, '--replay', 'nowhere'], /nothing at “nowhere”/],
    [[shop, '--replay', 'package.json'], /no scenario/],
  ];
  for (const [args, says] of table) {
    const { status, out, err } = fourd('serve', ...args);
    assert.deepEqual([status, out], [2, ''], args.join(' '));
    assert.match(err, says);
  }
});

test('help in both languages', () => {
  for (const command of ['serve', 'run', 'test']) {
    const { status, out } = fourd(command, '--help');
    assert.equal(status, 0);
    assert.match(out, new RegExp(`^fourd ${command} .*\\n[\\s\\S]*Exit code: 0`));
    assert.match(fourd(command, '--help', '--lang', 'es').out, new RegExp(`^fourd ${command} .*\\n[\\s\\S]*Código de salida: 0`));
  }
});

test('run: what happened, the result, the exit code', () => {
  const found = fourd('run', 'Customer_find', 'ana', '4711', '--project', shop, '--trace');
  assert.equal(found.status, 0, found.err);
  assert.match(found.out, /process \d+ started: Customer_find\n[\s\S]*\nResult: 1\n$/);
  assert.deepEqual(fourd('run', 'customer_find', 'ana', '0815', '--project', shop, '--quiet'), { status: 0, out: '0\n', err: '' });
  assert.equal(
    JSON.parse(fourd('run', 'Customer_find', 'ana', '4711', '--project', shop, '--json').out.trim().split('\n').at(-1)!).value,
    1,
  );
  const failed = fourd('run', 'Basket_restore', '1', '--project', shop, '--quiet', '--lang', 'es');
  assert.equal(failed.status, 0, failed.err);
  const unknown = fourd('run', 'Customer_fnd', '--project', shop);
  assert.deepEqual([unknown.status, unknown.out], [2, '']);
  assert.match(unknown.err, /no method “Customer_fnd”\. Did you mean Customer_enter, Customer_find, Customer_leave\?/);
  assert.equal(fourd('run').status, 2);
});

test('serve --record writes a scenario that fourd test plays again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'recorded-'));
  try {
    const file = join(folder, 'shop.scenario.json');
    const serving = await Serving.start(shop, '--record', file);
    const visit = async (path: string, cookie = '', form?: string): Promise<string> => {
      const response = await fetch(new URL(path, serving.url), {
        redirect: 'manual',
        method: form === undefined ? 'GET' : 'POST',
        headers: { ...(cookie && { Cookie: cookie }), 'Content-Type': 'application/x-www-form-urlencoded', 'Accept-Encoding': 'identity' },
        body: form,
      });
      return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    };
    const cookie = await visit('/4DACTION/Web_logIn', '', 'login=ana&code=4711');
    await visit('/4DACTION/Web_basketAdd', cookie, 'article=3&quantity=1');
    await visit('/4DACTION/Web_basket', cookie);
    await visit('/4DACTION/Web_logOut', cookie);
    await visit('/4DACTION/Web_basket', cookie);
    serving.child.kill('SIGINT');
    assert.equal(await serving.ended(), 0);
    const { steps } = JSON.parse(readFileSync(file, 'utf8'));
    const requests = steps
      .filter((step: object) => 'request' in step)
      .map(({ request }: { request: Record<string, unknown> }) => request.cookies);
    assert.deepEqual(requests, ['refuse', '4DSID_Shop=S1', '4DSID_Shop=S1', '4DSID_Shop=S1', '4DSID_Shop=S1']);
    const played = fourd('test', file);
    assert.equal(played.status, 0, played.out + played.err);
    const again = await Serving.start(shop, '--replay', file, '--trace');
    await again.until('← #5 302');
    again.child.stdin!.end();
    assert.equal(await again.ended(), 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('serve --record that is killed leaves what was played so far', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'));
  try {
    const file = join(folder, 'shop.scenario.json');
    const serving = await Serving.start(shop, '--record', file);
    await (await fetch(serving.url, { redirect: 'manual' })).text();
    const read = (): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
    while (!read().includes('"status"')) await new Promise((later) => setTimeout(later, 50));
    serving.child.kill('SIGKILL');
    await once(serving.child, 'exit');
    await assert.rejects(fetch(serving.url), 'nothing is left at its port');
    const played = fourd('test', file);
    assert.equal(played.status, 0, played.out + played.err);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('fourd test plays the other files when one cannot be played', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scenarios-'));
  try {
    writeFileSync(join(folder, 'a-broken.scenario.json'), '{"title": "no steps"');
    writeFileSync(join(folder, 'b-lost.scenario.json'), JSON.stringify({ title: 'lost', project: 'nowhere', steps: [] }));
    const good = { title: 'good', project: shop, steps: [{ request: { url: '/4DACTION/Web_start' } }] };
    writeFileSync(join(folder, 'c-good.scenario.json'), JSON.stringify(good));
    const { status, out, err } = fourd('test', folder);
    assert.equal(status, 2);
    assert.match(out, /^ok {2}good \(legacy\)\n1 as expected, 0 not, 2 not played\n$/);
    assert.match(
      err,
      /^NOT PLAYED {2}\S*a-broken\.scenario\.json\n {2}It cannot be played\. .+\nNOT PLAYED {2}\S*b-lost\.scenario\.json\n {2}.*nowhere/,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a reader that goes early, as head does, is no failure', async () => {
  const child = spawn(process.execPath, [program, 'migrate', shop], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  const [code] = await once(child, 'close');
  assert.deepEqual([code, said], [fourd('migrate', shop).status, '']);
});
