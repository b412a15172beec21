// The session simulator under load: many open sessions, closing them, requests over real sockets beside a bare node:http, a day of traffic.
// It is bundled as the product is, so that what is measured is what ships. The driver is a process of its own, the same for both servers.

import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'bench-web-'));
const outfile = join(folder, 'web.mjs');
await build({
  stdin: {
    contents: [
      "export { memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';",
      "export { Simulator } from './runtime/simulator.ts';",
      "export { header, published, request } from './runtime/test/simulate.ts';",
      "export { serveHttp } from './runtime/web/node/http.ts';",
    ].join('\n'),
    resolveDir: root,
    loader: 'ts',
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: ['source'],
  outfile,
  minify: true,
  logLevel: 'warning',
});
const { header, memoryFileSystem, published, request, serveHttp, Simulator } = await import(pathToFileURL(outfile));
rmSync(folder, { recursive: true });

const files = { '/p/Project/Test.4DProject': '{"tokenizedText": false}' };
for (const [name, text] of Object.entries({
  'Methods/COMPILER_WEB': 'C_LONGINT(vCount)',
  'Methods/hello': `${published}WEB SEND TEXT("hello")`,
  'Methods/count': `${published}vCount:=vCount+1\nWEB SEND TEXT(String(vCount))`,
  'Methods/bye': `${published}WEB LEGACY CLOSE SESSION(WEB Get current session ID)\nWEB SEND TEXT("bye")`,
  'DatabaseMethods/onWebSessionSuspend': 'vCount:=0',
})) {
  files[`/p/Project/Sources/${name}.4dm`] = text;
}

/** A simulator that tells nobody what happens, and how to ask it without a socket. */
async function simulate(mode, speed = 0) {
  const simulator = await Simulator.create({ files: memoryFileSystem(files), root: '/p', mode, seed: 1, clock: { speed } });
  await simulator.start();
  return { simulator, get: (target, more) => simulator.handle(request(target, more)) };
}

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const percentile = (values, part) => [...values].sort((a, b) => a - b)[Math.floor(values.length * part)];
const heap = () => {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
const cookieOf = (response) => header(response, 'Set-Cookie').split(';')[0];

/** Memory of idle sessions, and what closing them costs. */
async function manySessions(mode, count) {
  const { simulator, get } = await simulate(mode);
  // More than 4D allows: what is measured is the simulator.
  Object.assign(simulator.web.state.options, { maxConcurrentProcesses: 1e9, maxSessions: 1e9 });
  const ids = [];
  const open = async () => ids.push(/=([0-9A-F]{32})/.exec(cookieOf(await get('/4DACTION/count')))[1]);
  for (let i = 0; i < 1_000; i++) await open();
  const before = heap();
  const start = cpu();
  for (let i = 1_000; i < count; i++) await open();
  const opening = (cpu() - start) / (count - 1_000);
  const bytes = (heap() - before) / (count - 1_000);
  const row = { mode, count, bytes, opening };
  if (mode === 'legacy') {
    const times = [];
    for (let i = 0; i < 5_000; i++) {
      const begun = performance.now();
      await simulator.closeSession(ids[i * 7]);
      times.push(performance.now() - begun);
    }
    row.p50 = percentile(times, 0.5);
    row.p99 = percentile(times, 0.99);
  }
  await simulator.stop();
  return row;
}

/** A driver process: asks as fast as answers come, over some connections, and tells how many it got. */
const driver = `
import { connect } from 'node:net';
process.on('message', ({ port, path, cookie, seconds, connections }) => {
  let answers = 0, open = connections;
  const until = Date.now() + seconds * 1000;
  const ask = 'GET ' + path + ' HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n' + (cookie ? 'Cookie: ' + cookie + '\\r\\n' : '') + '\\r\\n';
  for (let i = 0; i < connections; i++) {
    const socket = connect(port, '127.0.0.1', () => socket.write(ask));
    let got = '';
    socket.setEncoding('latin1').on('data', (data) => {
      got += data;
      const head = got.indexOf('\\r\\n\\r\\n');
      if (head < 0) return;
      const length = Number(/content-length: (\\d+)/i.exec(got)?.[1] ?? 0);
      if (got.length < head + 4 + length) return;
      if (!got.startsWith('HTTP/1.1 200')) throw new Error(got);
      got = '';
      answers++;
      if (Date.now() < until) socket.write(ask);
      else socket.destroy();
    }).on('close', () => --open || process.send(answers));
  }
});`;

async function drive(asked) {
  const child = fork('-', [], { execArgv: ['--input-type=module', '-e', driver], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const start = cpu();
  const answers = await new Promise((done, fail) => {
    child
      .on('message', done)
      .on('error', fail)
      .on('exit', (code) => code && fail(new Error(`the driver ended with ${code}`)));
    child.send(asked);
  });
  const time = cpu() - start;
  child.disconnect();
  return { perSecond: answers / asked.seconds, microseconds: (time / answers) * 1000 };
}

/** A one-line method in one legacy session, and in as many as there are connections, beside a bare server. */
async function requests(rounds, seconds) {
  const { simulator } = await simulate('legacy', 1);
  const served = await serveHttp({ port: 0, handle: (asked) => simulator.handle(asked), maximumBody: () => 2_000_000 });
  const bare = createServer((_, answer) => answer.end('hello'));
  await new Promise((done) => bare.listen(0, '127.0.0.1', done));
  const answer = await fetch(`${served.url}4DACTION/hello`);
  const cookie = answer.headers.get('set-cookie').split(';')[0];
  const connections = 8;
  const bareAsked = { port: bare.address().port, path: '/', connections };
  const ownAsked = { port: served.port, path: '/4DACTION/hello', cookie, connections };
  for (const asked of [bareAsked, ownAsked]) await drive({ ...asked, seconds });
  const pairs = [];
  for (let i = 0; i < rounds; i++) pairs.push([await drive({ ...bareAsked, seconds }), await drive({ ...ownAsked, seconds })]);
  bare.close();
  await served.close(0);
  await simulator.stop();
  return {
    bare: median(pairs.map(([one]) => one.perSecond)),
    own: median(pairs.map(([, one]) => one.perSecond)),
    ratio: median(pairs.map(([a, b]) => b.perSecond / a.perSecond)),
    bareCpu: median(pairs.map(([one]) => one.microseconds)),
    ownCpu: median(pairs.map(([, one]) => one.microseconds)),
  };
}

/** A day of 100 clients that come every five minutes, log out now and then, and stay away at night. */
async function day(mode) {
  const { simulator, get } = await simulate(mode);
  const cookies = new Map();
  let asked = 0;
  const start = cpu();
  const begun = performance.now();
  for (let minute = 0; minute < 24 * 60; minute += 5) {
    const awake = minute > 7 * 60 && minute < 22 * 60 ? 100 : 10;
    for (let client = 0; client < awake; client++) {
      const cookie = cookies.get(client);
      const path = (asked + client) % 17 === 0 ? 'bye' : 'count';
      const answer = await get(`/4DACTION/${path}`, cookie ? { headers: [['Cookie', cookie]] } : {});
      if (answer.status !== 200) throw new Error(String(answer.status));
      if (path === 'bye') cookies.delete(client);
      else cookies.set(client, cookieOf(answer));
      asked++;
    }
    await simulator.advance(5 * 60_000);
  }
  const row = { mode, asked, seconds: (performance.now() - begun) / 1000, cpu: (cpu() - start) / 1000 };
  await simulator.stop();
  return row;
}

const whole = (value) => Math.round(value).toLocaleString('en');
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice(7);
const rows = only ? [] : [await manySessions('legacy', 100_000), await manySessions('scalable', 100_000)];
console.log('| Open sessions | | bytes of each, idle | ms to open one | close, median | close, p99 |');
console.log('| --: | --- | --: | --: | --: | --: |');
for (const { mode, count, bytes, opening, p50, p99 } of rows) {
  const ms = (value) => (value === undefined ? '–' : `${value.toFixed(3)} ms`);
  console.log(`| ${whole(count)} | ${mode} | ${whole(bytes)} | ${opening.toFixed(3)} | ${ms(p50)} | ${ms(p99)} |`);
}
const http = await requests(5, 2);
console.log('\n| Over a socket, 8 connections | requests per second | processor time of the server for one |');
console.log('| --- | --: | --: |');
console.log(`| a bare \`node:http\` server | ${whole(http.bare)} | ${http.bareCpu.toFixed(0)} µs |`);
console.log(`| a one-line 4DACTION method in a legacy session | ${whole(http.own)} | ${http.ownCpu.toFixed(0)} µs |`);
console.log(`| the second to the first | ${Math.round(http.ratio * 100)} % | ${(http.ownCpu / http.bareCpu).toFixed(1)} times |`);
console.log('\n| A simulated day | requests | seconds | of them processor |');
console.log('| --- | --: | --: | --: |');
for (const mode of ['legacy', 'scalable']) {
  const { asked, seconds, cpu: time } = await day(mode);
  console.log(`| ${mode} | ${whole(asked)} | ${seconds.toFixed(2)} | ${time.toFixed(2)} |`);
}
