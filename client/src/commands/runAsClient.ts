import * as vscode from 'vscode';
import { callByUrl, client, isPublished, methodIn, urlOf } from '../debug/callByUrl.js';
import type { ResponseDocuments } from '../explorer/responses.js';
import type { Host } from '../host.js';
import { languageId } from '../names.js';
import type { Simulations } from '../simulator/simulations.js';

/**
 * Calls a project method as a browser does, by its URL: in the simulator that serves its project already, else in one that is started for it and
 * goes on serving.
 */
export async function runAsClient(uri: vscode.Uri | undefined, host: Host, simulations: Simulations, responses: ResponseDocuments) {
  const document = uri && (await vscode.workspace.openTextDocument(uri));
  const method = document?.languageId === languageId ? methodIn(document) : undefined;
  const configuration = method === undefined ? undefined : await callByUrl(document!, host);
  if (!document || method === undefined || !configuration) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Open a project method first: a URL like /4DACTION/Name calls the methods of a project.'),
    );
    return;
  }
  if (!isPublished(document)) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t(
        '4D does not answer a URL with this method: its property “Available through 4D tags and URLs” (publishedWeb) is not set.',
      ),
    );
    return;
  }
  await document.save();
  const url = urlOf(method);
  const running = simulations.running.find(({ session }) => session.configuration.project === configuration.project);
  if (running) {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Waiting for the answer to {0}', url) },
      async () => responses.show(`GET ${url}`, await running.send({ client, url })),
    );
    return;
  }
  await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(document.uri), configuration);
}
