import * as vscode from 'vscode';
import { type Resource, registerCommands, uriOf } from './commands/commands.js';
import { runAsClient } from './commands/runAsClient.js';
import { greetSample } from './commands/sample.js';
import { registerDebugger } from './debug/register.js';
import { registerExplorer } from './explorer/register.js';
import { ResponseDocuments } from './explorer/responses.js';
import type { Host } from './host.js';
import { section } from './names.js';
import { ScenarioTests } from './scenarios/scenarioTests.js';
import { LanguageServer } from './server/languageServer.js';
import { Simulations } from './simulator/simulations.js';
import { SessionModeStatus } from './status/sessionMode.js';
import { registerTimeline } from './timeline/register.js';
import { TokenDisplay } from './tokens/tokenDisplay.js';

let server: LanguageServer | undefined;

/** Starts the extension: the same on every host but for what `host` brings. */
export function activate(context: vscode.ExtensionContext, host: Host): void {
  const output = vscode.window.createOutputChannel('4D Web Sessions', { log: true });
  server = new LanguageServer(host, output);
  const status = new SessionModeStatus(server);
  const simulations = new Simulations();
  const responses = new ResponseDocuments();
  context.subscriptions.push(
    ...[output, status, simulations, responses, new TokenDisplay(), new ScenarioTests(host)],
    ...registerCommands({ context, server, status, output, host }),
    ...registerDebugger(host),
    ...registerExplorer(simulations, responses),
    ...registerTimeline(context.extensionUri, simulations),
    vscode.commands.registerCommand(`${section}.runAsClient`, (resource: Resource) =>
      runAsClient(uriOf(resource), host, simulations, responses),
    ),
  );
  void vscode.commands.executeCommand('setContext', `${section}.active`, true);
  void greetSample(context);
  // Activation is over by then; what needs the server asks it when it answers.
  setTimeout(() => void server?.start(), 0);
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
