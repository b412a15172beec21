/** The language client: most of the extension's code, in a bundle of its own that is loaded when activation is over. */
import type * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, TransportKind } from 'vscode-languageclient/node';
import { section } from '../names.js';

/** A client of the server as a process that talks over IPC, not started yet. */
export function languageClient(context: vscode.ExtensionContext, options: LanguageClientOptions): LanguageClient {
  const module = context.asAbsolutePath('dist/server.cjs');
  const debugging = { execArgv: ['--enable-source-maps', '--inspect=6009'] };
  return new LanguageClient(
    section,
    '4D Web Sessions',
    {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: debugging },
    },
    options,
  );
}
