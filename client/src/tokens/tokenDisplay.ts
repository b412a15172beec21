import * as vscode from 'vscode';
import { keepsToSessions } from '../features.js';
import { languageId, section } from '../names.js';
import { suffixes } from './suffixes.js';

type Display = 'off' | 'dim' | 'hide';

/** How long typing has to rest before tokens are looked for again (milliseconds). */
const REST = 150;

/**
 * Dims or hides 4D's tokens on the screen; the file is never touched. Where a caret or selection is, lines are shown in full, and a diff hides
 * nothing, since there a token may be the difference.
 */
export class TokenDisplay implements vscode.Disposable {
  private readonly dimmed = vscode.window.createTextEditorDecorationType({ opacity: '0.45' });
  // Monaco has no other way to take text off the screen: the style is put into its own attribute.
  private readonly hidden = vscode.window.createTextEditorDecorationType({ textDecoration: 'none; display: none' });
  private readonly subscriptions: vscode.Disposable[];
  private readonly found = new WeakMap<vscode.TextDocument, { readonly version: number; readonly ranges: readonly vscode.Range[] }>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.subscriptions = [
      this.dimmed,
      this.hidden,
      vscode.window.onDidChangeVisibleTextEditors(() => this.all()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.show(textEditor)),
      vscode.window.tabGroups.onDidChangeTabs(() => this.all()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.later(document)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(section)) this.all();
      }),
    ];
    this.all();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private all(): void {
    for (const editor of vscode.window.visibleTextEditors) this.show(editor);
  }

  private later(document: vscode.TextDocument): void {
    if (document.languageId !== languageId) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.all(), REST);
  }

  private show(editor: vscode.TextEditor): void {
    if (editor.document.languageId !== languageId) return;
    const { dimmed, hidden } = decorations(
      this.ranges(editor.document),
      editor.selections,
      display(editor.document),
      inDiff(editor.document),
    );
    editor.setDecorations(this.dimmed, dimmed);
    editor.setDecorations(this.hidden, hidden);
  }

  private ranges(document: vscode.TextDocument): readonly vscode.Range[] {
    const known = this.found.get(document);
    if (known?.version === document.version) return known.ranges;
    const ranges = suffixes(document.getText()).map(([from, to]) => new vscode.Range(document.positionAt(from), document.positionAt(to)));
    this.found.set(document, { version: document.version, ranges });
    return ranges;
  }
}

/** What to dim and what to hide. */
export function decorations(
  ranges: readonly vscode.Range[],
  selections: readonly vscode.Selection[],
  wanted: Display,
  diff: boolean,
): { readonly dimmed: vscode.Range[]; readonly hidden: vscode.Range[] } {
  if (wanted === 'off') return { dimmed: [], hidden: [] };
  if (wanted === 'dim' || diff) return { dimmed: [...ranges], hidden: [] };
  const full = (range: vscode.Range): boolean =>
    selections.some(({ start, end }) => start.line <= range.start.line && range.start.line <= end.line);
  return { dimmed: ranges.filter(full), hidden: ranges.filter((range) => !full(range)) };
}

/** The setting; where nobody set it, dimmed, unless another extension has the language. */
function display(document: vscode.TextDocument): Display {
  const configuration = vscode.workspace.getConfiguration(section, document);
  const set = configuration.inspect<Display>('tokens.display');
  const chosen = set?.workspaceFolderValue ?? set?.workspaceValue ?? set?.globalValue;
  return chosen ?? (keepsToSessions() ? 'off' : (set?.defaultValue ?? 'dim'));
}

function inDiff({ uri }: vscode.TextDocument): boolean {
  const same = (one: vscode.Uri): boolean => one.toString() === uri.toString();
  return vscode.window.tabGroups.all.some(
    ({ activeTab }) =>
      activeTab?.input instanceof vscode.TabInputTextDiff && (same(activeTab.input.original) || same(activeTab.input.modified)),
  );
}
