/** The extension where Node runs: a desktop, a remote machine, a container. Server and debug adapter are processes of their own. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import * as extension from '../extension.js';
import { section } from '../names.js';

export function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = context.asAbsolutePath('dist/server.cjs');
  const adapter = context.asAbsolutePath('dist/debugAdapter.cjs');
  return extension.activate(context, {
    languageClient: (options) =>
      new LanguageClient(
        section,
        '4D Web Sessions',
        {
          run: { module: server, transport: TransportKind.ipc },
          debug: { module: server, transport: TransportKind.ipc, options: { execArgv: ['--enable-source-maps', '--inspect=6009'] } },
        },
        options,
      ),
    debugAdapter: {
      // VS Code runs a command called «node» with the Node it brings.
      createDebugAdapterDescriptor: () => new vscode.DebugAdapterExecutable('node', [adapter]),
    },
    pathOf: (uri) => (uri.scheme === 'file' ? uri.fsPath : uri.toString(true)),
  });
}

export { deactivate } from '../extension.js';
