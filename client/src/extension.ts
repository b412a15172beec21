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
export async function activate(context: vscode.ExtensionContext, host: Host): Promise<void> {
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
  await vscode.commands.executeCommand('setContext', `${section}.active`, true);
  void greetSample(context);
  // Not waited for: what needs the server asks it when it answers.
  void server.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
