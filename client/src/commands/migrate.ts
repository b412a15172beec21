import * as vscode from 'vscode';
import { projectsInWorkspace } from '../files.js';
import type { LanguageServer } from '../server/languageServer.js';

const scheme = '4d-migration';

/** Shows how a project gets from legacy to scalable sessions: a report to read, and the edits in the refactor preview, where each can be left out. */
export class Migration implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly reports = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  constructor(private readonly server: LanguageServer) {}

  dispose(): void {
    this.registration.dispose();
  }

  provideTextDocumentContent({ path }: vscode.Uri): string {
    return this.reports.get(path) ?? '';
  }

  async run(resource: vscode.Uri | undefined): Promise<void> {
    const document = await projectFile(resource);
    const bothModes = document && (await chooseModes());
    if (!document || bothModes === undefined) return;
    // The server plans on the files as they are on the disk.
    await vscode.workspace.saveAll();
    const title = vscode.l10n.t('Planning the migration to scalable sessions');
    const plan = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
      this.server.migration(document, bothModes),
    );
    if (!plan) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no 4D project to migrate. Open a method of one and try again.'));
      return;
    }
    const path = `/${plan.name}.md`;
    this.reports.set(path, plan.report);
    await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.from({ scheme, path, query: String(Date.now()) }));
    if (plan.edit.size > 0) await vscode.workspace.applyEdit(plan.edit, { isRefactoring: true });
  }
}

/** A file of the project to migrate: the open one, or of the only project, or of one that the user chooses. */
async function projectFile(resource: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  if (resource && /\/Sources\//.test(resource.path)) return resource;
  const projects = await projectsInWorkspace();
  const items = projects.map((project) => ({ label: vscode.workspace.asRelativePath(project), project }));
  const chosen = items.length > 1 ? await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which project?') }) : items[0];
  if (chosen) return vscode.Uri.joinPath(chosen.project, 'Project/Sources/settings.4DSettings');
  if (items.length === 0)
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no 4D project to migrate. Open a method of one and try again.'));
  return undefined;
}

async function chooseModes(): Promise<boolean | undefined> {
  const items = [
    {
      label: vscode.l10n.t('Scalable sessions'),
      detail: vscode.l10n.t('The settings change, and code uses the Session object.'),
      bothModes: false,
    },
    {
      label: vscode.l10n.t('Code for both modes'),
      detail: vscode.l10n.t('The settings stay; code asks which sessions there are. For a while with both.'),
      bothModes: true,
    },
  ];
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('What shall the code be for?') }))?.bothModes;
}
