import * as vscode from 'vscode';
import { showReferencesCommand } from '#server/protocol.js';
import { ConfigurationProvider, runConfiguration } from '../debug/configurations.js';
import type { Host } from '../host.js';
import { debugType, languageId, section } from '../names.js';
import type { LanguageServer } from '../server/languageServer.js';
import type { SessionModeStatus } from '../status/sessionMode.js';
import { Migration } from './migrate.js';
import { openSample } from './sample.js';

export interface CommandParts {
  readonly context: vscode.ExtensionContext;
  readonly server: LanguageServer;
  readonly status: SessionModeStatus;
  readonly output: vscode.LogOutputChannel;
  readonly host: Host;
}

/** The commands of the palette and the menus that belong to no view. */
export function registerCommands({ context, server, status, output, host }: CommandParts): vscode.Disposable[] {
  const run = async (resource: Resource, noDebug: boolean): Promise<void> => {
    const uri = uriOf(resource);
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
  const command = (name: string, act: (resource: Resource) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`${section}.${name}`, act);
  const migration = new Migration(server);
  return [
    migration,
    command('migrate', (resource) => migration.run(uriOf(resource))),
    command('runMethod', (resource) => run(resource, true)),
    command('debugMethod', (resource) => run(resource, false)),
    command('serveProject', () => serve(host)),
    command('openSample', () => openSample(context)),
    command('showSessionMode', (resource) => status.show(uriOf(resource))),
    vscode.commands.registerCommand(showReferencesCommand, server.showReferences.bind(server)),
    command('restartServer', () => server.restart()),
    command('showOutput', () => output.show()),
  ];
}

/** What a command is about: menus give a URI, lenses its text, the palette nothing. */
export type Resource = vscode.Uri | string | undefined;

/** The file that a command is about; without one the open file. */
export function uriOf(resource: Resource): vscode.Uri | undefined {
  if (typeof resource === 'string') return vscode.Uri.parse(resource);
  return resource ?? vscode.window.activeTextEditor?.document.uri;
}

/** Starts what the folder's `launch.json` names for the simulator, the user's choice where there are several; else serves the project. */
async function serve(host: Host): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const named = folders.flatMap((folder) =>
    (vscode.workspace.getConfiguration('launch', folder).get<vscode.DebugConfiguration[]>('configurations') ?? [])
      .filter(({ type, request }) => type === debugType && request === 'launch')
      .map((configuration) => ({ label: configuration.name, description: folders.length > 1 ? folder.name : '', folder, configuration })),
  );
  const provider = new ConfigurationProvider(host);
  const offered = await Promise.all(
    folders.map(async (folder) =>
      (await provider.provideDebugConfigurations(folder)).map((configuration) => ({
        label: configuration.name,
        description: folders.length > 1 ? folder.name : '',
        folder,
        configuration,
      })),
    ),
  );
  const all = [...named, ...offered.flat()];
  const chosen =
    all.length > 1 ? await vscode.window.showQuickPick(all, { placeHolder: vscode.l10n.t('What shall the simulator run?') }) : all[0];
  if (chosen) await vscode.debug.startDebugging(chosen.folder, chosen.configuration);
  else if (all.length === 0)
    await vscode.window.showInformationMessage(
      vscode.l10n.t('There is no 4D project in the open folders. The sample project is a place to begin.'),
    );
}
