import * as vscode from 'vscode';

/** The workspace of the tests: two copies of the tutorial, one with the settings of its scalable twin. */
export type Copy = 'legacy' | 'scalable';

export const projectUri = (copy: Copy): vscode.Uri => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, copy);

export const sourceUri = (copy: Copy, path: string): vscode.Uri => vscode.Uri.joinPath(projectUri(copy), 'Project/Sources', path);

/** Opens a source of the project in an editor. */
export async function open(copy: Copy, path: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(sourceUri(copy, path));
  return vscode.window.showTextDocument(document, { preview: false });
}

/** Where a text begins in a document, moved by some characters. */
export function positionOf(document: vscode.TextDocument, text: string, move = 0): vscode.Position {
  const offset = document.getText().indexOf(text);
  if (offset < 0) throw new Error(`“${text}” is not in ${document.uri.path}`);
  return document.positionAt(offset + move);
}

/** What is shown over a place of a document, by every extension there is. */
export async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

/** The warnings of the rule `legacy-close-ignored` in a source. */
export function ignoredCloses(copy: Copy, path: string): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(sourceUri(copy, path))
    .filter(({ code }) => (typeof code === 'object' ? code.value : code) === 'legacy-close-ignored');
}

/** Asks again until there is an answer; what is awaited is named in the error. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Thenable<T | undefined | false>,
  limit = 100_000,
): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${what}: nothing within ${limit / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Sets a setting of this extension for the workspace; undefined takes it back. */
export function configure(name: string, value: unknown): Thenable<void> {
  return vscode.workspace.getConfiguration('4dWebSessions').update(name, value, vscode.ConfigurationTarget.Workspace);
}
