import type { DirectoryEntry, FileSystem } from '#syntaxes/project/fileSystem.js';
import { runScenario } from '../../scenarios/run.js';
import type { DebugHost } from '../host.js';
import { SimulatorDebugSession } from '../session.js';
import type { FileQuestion, FromWorker, ToWorker } from './messages.js';

/** What the worker has besides the line to its host. `disk`: for paths that are no URIs. */
export type WorkerHost = Omit<DebugHost, 'files'> & { readonly disk?: FileSystem };

/**
 * Answers a host: debugs and plays scenarios.
 * @returns what takes the host's messages
 */
export function serveWorker(post: (message: FromWorker) => void, { disk, ...host }: WorkerHost): (message: ToWorker) => void {
  const waiting = new Map<number, (result: unknown) => void>();
  let next = 1;
  const ask = <T>(kind: FileQuestion['kind'], path: string): Promise<T> => {
    const id = next++;
    return new Promise<T>((resolve) => {
      waiting.set(id, resolve as (result: unknown) => void);
      post({ kind, id, path });
    });
  };
  const asked: FileSystem = {
    readText: (path) => ask<string | undefined>('readText', path),
    readBytes: (path) => ask<Uint8Array | undefined>('readBytes', path),
    list: async (folder) => (await ask<readonly DirectoryEntry[] | undefined>('list', folder)) ?? [],
  };
  const filesFor = (path: string): FileSystem => (disk && !/^[a-z][a-z0-9+.-]+:\/\//i.test(path) ? disk : asked);
  let session: SimulatorDebugSession | undefined;
  const debugSession = (): SimulatorDebugSession => {
    if (!session) {
      session = new SimulatorDebugSession({ ...host, files: asked });
      session.onDidSendMessage((message) => post({ kind: 'dap', message }));
    }
    return session;
  };
  return (message) => {
    if (message.kind === 'dap') debugSession().handleMessage(message.message as Parameters<SimulatorDebugSession['handleMessage']>[0]);
    else if (message.kind === 'play') {
      const { id, params } = message;
      void runScenario(filesFor(params.path), params).then((result) => post({ kind: 'played', id, result }));
    } else {
      waiting.get(message.id)?.(message.result);
      waiting.delete(message.id);
    }
  };
}
