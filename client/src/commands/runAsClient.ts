import * as vscode from 'vscode';
import { readAttributes } from '#syntaxes/project/sourceFiles.js';
import type { ResponseDocuments } from '../explorer/responses.js';
import { projectAround } from '../files.js';
import type { Host } from '../host.js';
import { debugType, languageId } from '../names.js';
import type { Simulations } from '../simulator/simulations.js';

/** What a run takes over from the folder's `launch.json`: it says how this project runs. */
const borrowed = ['records', 'standIns', 'clock', 'sessionMode', 'port'];
const client = 'browser';

/**
 * Calls a project method as a browser does, by its URL: in the simulator that serves its project already, else in one that is started for it and
 * goes on serving.
 */
export async function runAsClient(uri: vscode.Uri | undefined, host: Host, simulations: Simulations, responses: ResponseDocuments) {
  const document = uri && (await vscode.workspace.openTextDocument(uri));
  const method = document?.languageId === languageId ? /\/Sources\/Methods\/([^/]+)\.4dm$/i.exec(document.uri.path)?.[1] : undefined;
  const project = method === undefined ? undefined : await projectAround(document!.uri);
  if (!document || method === undefined || !project) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Open a project method first: a URL like /4DACTION/Name calls the methods of a project.'),
    );
    return;
  }
  if (!readAttributes(document.getText()).publishedWeb) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t(
        '4D does not answer a URL with this method: its property “Available through 4D tags and URLs” (publishedWeb) is not set.',
      ),
    );
    return;
  }
  await document.save();
  const url = `/4DACTION/${encodeURIComponent(method)}`;
  const path = host.pathOf(project);
  const running = simulations.running.find(({ session }) => session.configuration.project === path);
  if (running) {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Waiting for the answer to {0}', url) },
      async () => responses.show(`GET ${url}`, await running.send({ client, url })),
    );
    return;
  }
  const folder = vscode.workspace.getWorkspaceFolder(project);
  await vscode.debug.startDebugging(folder, {
    ...likeOthers(folder),
    type: debugType,
    request: 'launch',
    name: `GET ${url}`,
    project: path,
    requests: [{ client, url }],
    keepAlive: true,
  });
}

function likeOthers(folder: vscode.WorkspaceFolder | undefined): Record<string, unknown> {
  const configurations = vscode.workspace.getConfiguration('launch', folder).get<vscode.DebugConfiguration[]>('configurations') ?? [];
  const first = configurations.find(({ type, request }) => type === debugType && request === 'launch') ?? {};
  return Object.fromEntries(Object.entries(first).filter(([key]) => borrowed.includes(key)));
}
