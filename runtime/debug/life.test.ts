/** The adapter's life, seen by a client that is a few lines long: what it says, and that nothing of it stays behind. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import process from 'node:process';
import { test } from 'node:test';
import { Adapter, adapterPath, methodPath, project, tutorial } from './test/adapter.js';
import { Bare } from './test/bare.js';

test('a client without any courtesy runs a method: no path format, unreadable messages, requests out of order', async (t) => {
  const bare = new Bare();
  const exited = once(bare.adapter, 'exit');
  assert.equal((await bare.send('threads')).success, false);
  bare.write('{ this is no JSON');
  assert.equal((await bare.send('initialize', { adapterID: 'x' })).success, true);
  assert.match((await bare.send('frobnicate')).message ?? '', /./);
  const refused = await bare.send('launch', { project: '/nowhere/at/all' });
  assert.equal(refused.success, false);
  assert.match(refused.message ?? '', /There is no 4D project in/);
  const withoutRecords = await bare.send('launch', { project: tutorial, records: 'nowhere.json' });
  assert.match(withoutRecords.message ?? '', /The records file .*nowhere\.json” cannot be read/);
  bare.messages.length = 0;
  const root = project(t, { Main: 'vA:=1' });
  assert.equal((await bare.send('launch', { program: methodPath(root, 'Main') })).success, true);
  await bare.event('initialized');
  await bare.send('configurationDone');
  await bare.event('terminated');
  assert.equal((await bare.send('disconnect')).success, true);
  assert.deepEqual(await exited, [0, null]);
});

test('attach says what to do instead where nothing can be joined', async () => {
  const bare = new Bare();
  await bare.send('initialize', { adapterID: 'x', locale: 'es' });
  const { success, message } = await bare.send('attach', { port: 1 });
  assert.equal(success, false);
  assert.match(message ?? '', /fourd serve/);
  bare.adapter.kill();
});

/** A client program that starts the adapter and prints the address that it serves. */
const client = `
const { spawn } = require('node:child_process');
const adapter = spawn(process.execPath, [process.argv[1]], { stdio: ['pipe', 'pipe', 'inherit'] });
let seq = 1;
const send = (command, args) => {
  const json = JSON.stringify({ seq: seq++, type: 'request', command, arguments: args });
  adapter.stdin.write('Content-Length: ' + Buffer.byteLength(json) + '\\r\\n\\r\\n' + json);
};
let seen = '';
adapter.stdout.on('data', (piece) => {
  seen += piece;
  const url = /http:..127.0.0.1:(\\d+)/.exec(seen);
  if (url) console.log(JSON.stringify({ port: Number(url[1]), pid: adapter.pid }));
});
send('initialize', { adapterID: 'x' });
send('launch', { project: process.argv[2], keepAlive: true });
send('configurationDone');
`;

test('kill -9 of the client leaves no process and no port', async () => {
  const parent = spawn(process.execPath, ['-e', client, adapterPath, tutorial], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(parent.stdout, 'data');
  const { port, pid } = JSON.parse(String(line).split('\n')[0]);
  assert.equal(await reachable(port), true);
  parent.kill('SIGKILL');
  const killed = performance.now();
  const left = async (): Promise<string> => `${isAlive(pid) ? 'process ' : ''}${(await reachable(port)) ? 'port' : ''}`;
  let remains = await left();
  while (remains && performance.now() - killed < 2_000) remains = await left();
  assert.equal(remains, '');
});

/** An ended process that nobody has asked for its exit code yet is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/s.test(existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '');
  } catch {
    return false;
  }
}

function reachable(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

test('opening a project is told as progress to a client that shows it, in its language', async (t) => {
  const adapter = new Adapter(t);
  const root = project(t, { Main: 'vA:=1' });
  await adapter.launch({ program: methodPath(root, 'Main') }, undefined, { supportsProgressReporting: true, locale: 'es' });
  const { body: start } = await adapter.next('progressStart');
  const { body: end } = await adapter.next('progressEnd');
  assert.equal(start.title, 'Abriendo el proyecto 4D');
  assert.equal(end.progressId, start.progressId);
  await adapter.next('terminated');
});
