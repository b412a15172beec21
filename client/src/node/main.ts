/** The extension where Node runs: a desktop, a remote machine, a container. Server and simulator are processes of their own. */
import { fork } from 'node:child_process';
import * as vscode from 'vscode';
import type { FromWorker } from '#runtime/debug/worker/messages.js';
import { WorkerAdapter } from '../debug/workerAdapter.js';
import * as extension from '../extension.js';
import { uriText } from '../files.js';
import type { SimulatorWorker } from '../simulator/worker.js';

export function activate(context: vscode.ExtensionContext): void {
  const adapter = context.asAbsolutePath('dist/debugAdapter.cjs');
  extension.activate(context, {
    languageClient: async (options) => (await import('./languageClient.js')).languageClient(context, options),
    debugAdapter: {
      // VS Code runs a command called «node» with the Node it brings. Files that are on no disk are read through VS Code.
      createDebugAdapterDescriptor: ({ configuration }) =>
        isUri(configuration.project ?? configuration.program ?? configuration.scenario)
          ? new vscode.DebugAdapterInlineImplementation(new WorkerAdapter(childProcess(adapter)))
          : new vscode.DebugAdapterExecutable('node', [adapter]),
    },
    simulatorWorker: () => childProcess(adapter),
    pathOf: (uri) => (uri.scheme === 'file' ? uri.fsPath : uriText(uri)),
  });
}

const isUri = (path: unknown): boolean => typeof path === 'string' && /^[a-z][a-z0-9+.-]+:\/\//i.test(path);

/** The simulator as a process that ends with this one. */
function childProcess(adapter: string): SimulatorWorker {
  const child = fork(adapter, ['--worker'], { serialization: 'advanced', execArgv: [], silent: true });
  let told = '';
  child.stderr?.on('data', (text) => {
    told = `${told}${text}`.slice(-2000);
  });
  return {
    post: (message) => {
      if (child.connected) child.send(message);
    },
    listen: (take, failed) => {
      child.on('message', (message) => take(message as FromWorker));
      child.on('error', (error) => failed(error.message));
      child.on('exit', (code, signal) => failed(told.trim() || `${signal ?? code}`));
    },
    terminate: () => {
      child.removeAllListeners();
      child.kill();
    },
  };
}

export { deactivate } from '../extension.js';
