/** The debug adapter in a worker: the protocol's messages come and go as they are, files are asked from the host. */
import type { DirectoryEntry, FileSystem } from '#syntaxes/project/fileSystem.js';
import { SimulatorDebugSession } from '../session.js';
import type { FileQuestion, FromWorker, ToWorker } from './messages.js';

interface WorkerScope {
  postMessage(message: FromWorker): void;
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
  close(): void;
}

const scope = globalThis as unknown as WorkerScope;
const waiting = new Map<number, (result: unknown) => void>();
let next = 1;

function ask<T>(kind: FileQuestion['kind'], path: string): Promise<T> {
  const id = next++;
  return new Promise<T>((resolve) => {
    waiting.set(id, resolve as (result: unknown) => void);
    scope.postMessage({ kind, id, path });
  });
}

const files: FileSystem = {
  readText: (path) => ask<string | undefined>('readText', path),
  readBytes: (path) => ask<Uint8Array | undefined>('readBytes', path),
  list: async (folder) => (await ask<readonly DirectoryEntry[] | undefined>('list', folder)) ?? [],
};

const session = new SimulatorDebugSession({
  files,
  ignoresCase: false,
  now: () => performance.now(),
  soon: (run) => void setTimeout(run, 0),
  exit: () => scope.close(),
});
session.onDidSendMessage((message) => scope.postMessage({ kind: 'dap', message }));
scope.onmessage = ({ data }) => {
  if (data.kind === 'dap') session.handleMessage(data.message as Parameters<typeof session.handleMessage>[0]);
  else {
    waiting.get(data.id)?.(data.result);
    waiting.delete(data.id);
  }
};
