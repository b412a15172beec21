import * as vscode from 'vscode';
import type { LanguageServer } from '../server/languageServer.js';

/** Shows the plan of the open file's project, and offers its edits: the editor asks about each that changes behaviour, and undoes all of them in one step. */
export async function planMigration(server: LanguageServer): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const kinds = [
    { label: vscode.l10n.t('Scalable sessions'), description: vscode.l10n.t('settings and code are switched'), bothModes: false },
    { label: vscode.l10n.t('Both session modes'), description: vscode.l10n.t('calls get a guard, the settings stay'), bothModes: true },
  ];
  const kind = document && (await vscode.window.showQuickPick(kinds, { placeHolder: vscode.l10n.t('What shall the project run with?') }));
  const plan = kind && (await server.migrationPlan(document.uri, kind.bothModes));
  if (!plan) {
    if (!document || kind)
      await vscode.window.showInformationMessage(
        vscode.l10n.t('The open file belongs to no 4D project, so there is nothing to plan. Open a method of a project and try again.'),
      );
    return;
  }
  const report = await vscode.workspace.openTextDocument({ language: 'markdown', content: plan.report });
  await vscode.window.showTextDocument(report, { preview: true });
  if (!plan.edit) return;
  const apply = vscode.l10n.t('Look at the Edits');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('The plan has edits. Nothing has been changed yet; those that change behaviour are to be confirmed one by one.'),
    apply,
  );
  if (answer === apply) await vscode.workspace.applyEdit(plan.edit, { isRefactoring: true });
}
