import * as vscode from 'vscode';
import { runConfiguration } from '../debug/configurations.js';
import type { Host } from '../host.js';
import { languageId, section } from '../names.js';
import type { LanguageServer } from '../server/languageServer.js';
import type { SessionModeStatus } from '../status/sessionMode.js';

/** The commands of the palette and the menus. */
export function registerCommands(
  server: LanguageServer,
  status: SessionModeStatus,
  output: vscode.LogOutputChannel,
  host: Host,
): vscode.Disposable[] {
  const run = async (resource: vscode.Uri | undefined, noDebug: boolean): Promise<void> => {
    const uri = resource ?? vscode.window.activeTextEditor?.document.uri;
    const document = uri && (await vscode.workspace.openTextDocument(uri));
    if (document?.languageId !== languageId) {
      await vscode.window.showInformationMessage(vscode.l10n.t('Open a 4D method (.4dm) first: that is what runs in the simulator.'));
      return;
    }
    await document.save();
    await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(document.uri), await runConfiguration(document.uri, host), {
      noDebug,
    });
  };
  return [
    vscode.commands.registerCommand(`${section}.runMethod`, (resource?: vscode.Uri) => run(resource, true)),
    vscode.commands.registerCommand(`${section}.debugMethod`, (resource?: vscode.Uri) => run(resource, false)),
    vscode.commands.registerCommand(`${section}.showSessionMode`, () => status.show()),
    vscode.commands.registerCommand(`${section}.restartServer`, () => server.restart()),
    vscode.commands.registerCommand(`${section}.showOutput`, () => output.show()),
  ];
}
