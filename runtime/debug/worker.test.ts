/** The adapter as it lives in a worker: messages as they are, files asked from the host. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';
import type { FromWorker, ToWorker } from './browser/messages.js';

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
import(${JSON.stringify(new URL('./browser/main.js', import.meta.url).href)}).then(() => parentPort.postMessage({ kind: 'ready' }));
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
    } else post({ kind: 'answer', id: message.id, result: await files[message.kind](message.path) });
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
