/** The extension in a browser: server and simulator are workers, files come through VS Code. */
import * as vscode from 'vscode';
import { WorkerAdapter } from '../debug/workerAdapter.js';
import * as extension from '../extension.js';
import { uriText } from '../files.js';
import { section } from '../names.js';
import type { SimulatorWorker } from '../simulator/worker.js';

export function activate(context: vscode.ExtensionContext): void {
  const worker = (name: string): Worker => new Worker(vscode.Uri.joinPath(context.extensionUri, 'dist/web', name).toString(true));
  const simulatorWorker = (): SimulatorWorker => {
    const simulator = worker('simulator.js');
    return {
      post: (message) => simulator.postMessage(message),
      listen: (take, failed) => {
        simulator.onmessage = ({ data }) => take(data);
        simulator.onerror = ({ message }) => failed(message);
      },
      terminate: () => simulator.terminate(),
    };
  };
  extension.activate(context, {
    languageClient: async (options) => {
      const { LanguageClient } = await import('vscode-languageclient/browser');
      return new LanguageClient(section, '4D Web Sessions', worker('server.js'), options);
    },
    debugAdapter: {
      createDebugAdapterDescriptor: () => new vscode.DebugAdapterInlineImplementation(new WorkerAdapter(simulatorWorker())),
    },
    simulatorWorker,
    pathOf: uriText,
  });
}

export { deactivate } from '../extension.js';
