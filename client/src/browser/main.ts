/** The extension in a browser: server and debug adapter are workers, files come through VS Code. */
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import * as extension from '../extension.js';
import { section } from '../names.js';
import { WorkerAdapter } from './workerAdapter.js';

export function activate(context: vscode.ExtensionContext): Promise<void> {
  const worker = (name: string): Worker => new Worker(vscode.Uri.joinPath(context.extensionUri, 'dist/web', name).toString(true));
  return extension.activate(context, {
    languageClient: (options) => new LanguageClient(section, '4D Web Sessions', worker('server.js'), options),
    debugAdapter: {
      createDebugAdapterDescriptor: () => new vscode.DebugAdapterInlineImplementation(new WorkerAdapter(worker('simulator.js'))),
    },
    pathOf: (uri) => uri.toString(true),
  });
}

export { deactivate } from '../extension.js';
