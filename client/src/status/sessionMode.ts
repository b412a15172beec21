import * as vscode from 'vscode';
import type { SessionModeResult } from '#server/protocol.js';
import { languageId, section } from '../names.js';
import type { LanguageServer } from '../server/languageServer.js';

/** The session mode of the open file's project in the language status, with the place that says so. */
export class SessionModeStatus implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem(`${section}.sessionMode`, { language: languageId });
  private readonly subscriptions: vscode.Disposable[];
  private asked = 0;

  constructor(private readonly server: LanguageServer) {
    this.item.name = vscode.l10n.t('4D web sessions');
    this.subscriptions = [
      this.item,
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
      server.onSessionModeChanged(() => this.update()),
    ];
    void this.update();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Lets the user choose among the places that speak for the session mode of a file's project and opens the chosen one. */
  async show(uri: vscode.Uri | undefined): Promise<void> {
    const mode = uri && (await this.server.sessionMode(uri));
    if (!mode) {
      await vscode.window.showInformationMessage(
        vscode.l10n.t('The open file belongs to no 4D project, so there is no session mode. Open a method of a project and try again.'),
      );
      return;
    }
    const chosen = await vscode.window.showQuickPick(
      mode.evidence.map((place) => ({
        label: place.what,
        description: `${vscode.workspace.asRelativePath(vscode.Uri.parse(place.uri))}:${place.range.start.line + 1}`,
        place,
      })),
      { title: `${mode.name}: ${title(mode)}`, placeHolder: vscode.l10n.t('Choose a place to open it'), matchOnDescription: true },
    );
    if (!chosen) return;
    const { start, end } = chosen.place.range;
    await vscode.window.showTextDocument(vscode.Uri.parse(chosen.place.uri), {
      selection: new vscode.Range(start.line, start.character, end.line, end.character),
    });
  }

  private async update(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== languageId) return;
    const asked = ++this.asked;
    this.item.busy = true;
    const mode = await this.server.sessionMode(document.uri).catch(() => undefined);
    if (asked !== this.asked) return;
    this.item.busy = false;
    this.item.text = mode ? `$(globe) ${title(mode)}` : `$(globe) ${vscode.l10n.t('No 4D project')}`;
    this.item.detail = mode?.evidence[0]?.what;
    this.item.severity = mode?.value === 'unknown' ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    this.item.command = mode && { command: `${section}.showSessionMode`, title: vscode.l10n.t('Why?') };
  }
}

function title({ value, confidence }: SessionModeResult): string {
  const names = {
    legacy: vscode.l10n.t('Legacy sessions'),
    scalable: vscode.l10n.t('Scalable sessions'),
    none: vscode.l10n.t('No sessions'),
    unknown: vscode.l10n.t('Session mode unknown'),
  };
  return confidence === 'assumed' && value !== 'unknown' ? vscode.l10n.t('{0} (assumed)', names[value]) : names[value];
}
