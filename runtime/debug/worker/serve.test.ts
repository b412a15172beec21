/** The adapter as it lives in a worker: messages as they are, files asked from the host. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';
import type { RunParams, RunResult } from '../../scenarios/run.js';
import type { FromWorker, ToWorker } from './messages.js';

const root = 'vscode-vfs://host/shop';
const files = memoryFileSystem({
  [`${root}/Project/Shop.4DProject`]: '{}',
  [`${root}/Project/Sources/Methods/Main.4dm`]: 'vA:=1\nvB:=vA+1',
});

/** A browser's worker has its scope as global object. */
const scope = `
const { parentPort } = require('node:worker_threads');
globalThis.postMessage = (message) => parentPort.postMessage(message);
globalThis.close = () => process.exit(0);
parentPort.on('message', (data) => globalThis.onmessage({ data }));
import(${JSON.stringify(new URL('../browser/main.js', import.meta.url).href)}).then(() => parentPort.postMessage({ kind: 'ready' }));
`;

interface Dap {
  readonly type: string;
  readonly event?: string;
  readonly command?: string;
  readonly success?: boolean;
  readonly body?: Readonly<Record<string, never>>;
}

test('a method of a virtual project stops at a breakpoint, named by its URI', async (t) => {
  const worker = new Worker(scope, { eval: true });
  t.after(() => worker.terminate());
  const heard: Dap[] = [];
  let look = (): void => undefined;
  let ready = (): void => undefined;
  const started = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const post = (message: ToWorker): void => worker.postMessage(message);
  worker.on('message', async (message: FromWorker | { kind: 'ready' }) => {
    if (message.kind === 'ready') ready();
    else if (message.kind === 'dap') {
      heard.push(message.message as Dap);
      look();
    } else if (message.kind !== 'played') post({ kind: 'answer', id: message.id, result: await files[message.kind](message.path) });
  });
  const find = (is: (message: Dap) => boolean): Promise<Dap> =>
    new Promise((resolve) => {
      look = () => {
        const found = heard.find(is);
        if (found) resolve(found);
      };
      look();
    });
  let seq = 1;
  const send = (command: string, args: object = {}): Promise<Dap> => {
    post({ kind: 'dap', message: { seq: seq++, type: 'request', command, arguments: args } });
    return find((message) => message.type === 'response' && message.command === command);
  };
  await started;
  await send('initialize', { adapterID: 'x' });
  const program = `${root}/Project/Sources/Methods/Main.4dm`;
  assert.equal((await send('launch', { project: root, program })).success, true);
  await send('setBreakpoints', { source: { path: program }, breakpoints: [{ line: 2 }] });
  await send('configurationDone');
  await find(({ event }) => event === 'stopped');
  const { body } = await send('stackTrace', { threadId: 1 });
  const [top] = (body as unknown as { stackFrames: { line: number; source: { path: string } }[] }).stackFrames;
  assert.equal(top.source.path, program);
  assert.equal(top.line, 2);
  assert.equal((await send('attach', { port: 1 })).success, false);
});

test('a child process plays a scenario, from the disk or from files it asks for', async (t) => {
  const child = fork(fileURLToPath(new URL('../node/main.js', import.meta.url)), ['--worker'], { serialization: 'advanced' });
  t.after(() => child.kill());
  const played = (params: RunParams): Promise<RunResult> =>
    new Promise((resolve) => {
      child.removeAllListeners('message');
      child.on('message', async (message: FromWorker) => {
        if (message.kind === 'played') resolve(message.result);
        else if (message.kind !== 'dap') child.send({ kind: 'answer', id: message.id, result: await files[message.kind](message.path) });
      });
      child.send({ kind: 'play', id: 1, params });
    });
  const text = JSON.stringify({ title: 'x', steps: [{ run: 'Main', error: 'never' }] });
  const virtual = await played({ path: `${root}/tests/a.scenario.json`, text, mode: 'legacy' });
  assert.ok('failures' in virtual, JSON.stringify(virtual));
  assert.deepEqual(
    virtual.failures.map(({ start, end }) => text.slice(start, end)),
    ['"error":"never"'],
  );
  const path = resolve('docs/tutorial/log-out.scenario.json');
  const real = await played({ path, text: readFileSync(path, 'utf8'), mode: 'scalable' });
  assert.ok('failures' in real, JSON.stringify(real));
  assert.deepEqual([real.mode, real.failures], ['scalable', []]);
  const ended = new Promise((settle) => child.once('exit', settle));
  child.disconnect();
  assert.equal(await ended, 0, 'it ends with its host');
});
