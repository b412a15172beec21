import * as vscode from 'vscode';
import type { Place } from './model.js';

/** Opens the line or method that an event leads to, beside what is open; says so when it cannot be found. */
export async function openPlace(place: Place, session: vscode.DebugSession): Promise<void> {
  const found =
    'file' in place ? { uri: uriOf(place.file, session), line: Math.max(0, (place.line ?? 1) - 1) } : await method(place.method, session);
  try {
    if (!found) throw new Error();
    const at = new vscode.Position(found.line, 0);
    await vscode.window.showTextDocument(found.uri, { viewColumn: vscode.ViewColumn.One, selection: new vscode.Range(at, at) });
  } catch {
    const name = 'file' in place ? place.file : place.method;
    await vscode.window.showInformationMessage(vscode.l10n.t('“{0}” cannot be opened: it is not in the open folders.', name));
  }
}

/** A file as the simulator names it: a URI as text, or a path on the machine that the folder of the session is on. */
function uriOf(file: string, { workspaceFolder }: vscode.DebugSession): vscode.Uri {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(file)) return vscode.Uri.parse(file);
  const uri = vscode.Uri.file(file);
  return workspaceFolder && workspaceFolder.uri.scheme !== 'file' ? workspaceFolder.uri.with({ path: uri.path }) : uri;
}

/** A method by its name, which the language server knows; that of the session's own project where several have one. */
async function method(name: string, session: vscode.DebugSession): Promise<{ uri: vscode.Uri; line: number } | undefined> {
  const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', name);
  const same = symbols.filter((symbol) => symbol.name.toLowerCase() === name.toLowerCase() && symbol.location.uri.path.endsWith('.4dm'));
  const project = session.configuration.project;
  const root = typeof project === 'string' && project !== '' ? uriOf(project, session).path : undefined;
  const best = same.find(({ location }) => root && location.uri.path.startsWith(`${root}/`)) ?? same[0];
  return best && { uri: best.location.uri, line: best.location.range.start.line };
}
