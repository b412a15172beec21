import * as vscode from 'vscode';
import { section } from '../names.js';

/** First to be read after the folder has opened. */
const entry = 'README';
const opened = `${section}.sampleOpened`;

/** Copies the sample project, a small shop, to a folder that the user chooses, and opens it there. */
export async function openSample({ extensionUri, globalState }: vscode.ExtensionContext): Promise<void> {
  const [parent] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      title: vscode.l10n.t('Where shall the sample project go?'),
      openLabel: vscode.l10n.t('Copy the sample here'),
    })) ?? [];
  if (!parent) return;
  const folder = await freeName(parent, '4d-shop');
  await copySample(extensionUri, folder);
  await globalState.update(opened, folder.toString());
  await vscode.commands.executeCommand('vscode.openFolder', folder, {
    forceNewWindow: (vscode.workspace.workspaceFolders?.length ?? 0) > 0,
  });
}

/** Writes the sample's files into a folder. They are packed as one file, since a web extension cannot list folders of its own. */
export async function copySample(extension: vscode.Uri, folder: vscode.Uri): Promise<void> {
  const packed = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, 'dist/tutorial.json'));
  const files: Record<string, string> = JSON.parse(new TextDecoder().decode(packed));
  for (const [path, text] of Object.entries(files))
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, path), new TextEncoder().encode(text));
}

/** After the sample was opened: shows its story, once. */
export async function greetSample({ globalState }: vscode.ExtensionContext): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder || globalState.get(opened) !== folder.uri.toString()) return;
  await globalState.update(opened, undefined);
  const name = vscode.env.language.startsWith('es') ? `${entry}.es.md` : `${entry}.md`;
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(folder.uri, name));
}

async function freeName(parent: vscode.Uri, name: string): Promise<vscode.Uri> {
  for (let count = 1; ; count++) {
    const folder = vscode.Uri.joinPath(parent, count === 1 ? name : `${name}-${count}`);
    const there = await vscode.workspace.fs.stat(folder).then(
      () => true,
      () => false,
    );
    if (!there) return folder;
  }
}
