import * as vscode from 'vscode';
import { registerCommands } from './commands/commands.js';
import { registerDebugger } from './debug/register.js';
import type { Host } from './host.js';
import { section } from './names.js';
import { LanguageServer } from './server/languageServer.js';
import { SessionModeStatus } from './status/sessionMode.js';

let server: LanguageServer | undefined;

/** Starts the extension: the same on every host but for what `host` brings. */
export async function activate(context: vscode.ExtensionContext, host: Host): Promise<void> {
  const output = vscode.window.createOutputChannel('4D Web Sessions', { log: true });
  server = new LanguageServer(host, output);
  const status = new SessionModeStatus(server);
  context.subscriptions.push(output, status, ...registerCommands(server, status, output, host), ...registerDebugger(host));
  await vscode.commands.executeCommand('setContext', `${section}.active`, true);
  await server.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
