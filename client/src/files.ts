import * as vscode from 'vscode';

/** Bytes of a file; undefined when it cannot be read. */
export async function readBytes(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}

/** Text of a file, as UTF-8; undefined when it cannot be read. */
export async function readText(uri: vscode.Uri): Promise<string | undefined> {
  const bytes = await readBytes(uri);
  return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Entries of a folder; empty when it cannot be listed. */
export async function list(uri: vscode.Uri): Promise<{ name: string; folder: boolean }[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    return entries.map(([name, type]) => ({ name, folder: (type & vscode.FileType.Directory) !== 0 }));
  } catch {
    return [];
  }
}

/** The folder of the 4D project that a file or folder lies in: the nearest one upwards that holds `Project/*.4DProject`. */
export async function projectAround(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  for (let folder = uri; ; folder = vscode.Uri.joinPath(folder, '..')) {
    if ((await list(vscode.Uri.joinPath(folder, 'Project'))).some(({ name }) => /\.4DProject$/i.test(name))) return folder;
    if (vscode.Uri.joinPath(folder, '..').path === folder.path) return undefined;
  }
}

/** Folders of the 4D projects in the workspace. */
export async function projectsInWorkspace(): Promise<vscode.Uri[]> {
  const files = await vscode.workspace.findFiles('**/Project/*.4DProject', '**/node_modules/**', 50);
  return files.map((file) => vscode.Uri.joinPath(file, '..', '..'));
}

/** A URI as text by which debugger and simulator know it: always with `//`, as in `vscode-vfs://github/owner/Shop` or `memory:///Shop`. */
export function uriText(uri: vscode.Uri): string {
  return uri.toString(true).replace(/^([^:/]+):(?!\/\/)/, '$1://');
}
