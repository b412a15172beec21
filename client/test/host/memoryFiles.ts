import * as vscode from 'vscode';

/** Files that are nowhere but here. */
export class MemoryFiles implements vscode.FileSystemProvider {
  private readonly files = new Map<string, Uint8Array>();
  private readonly folders = new Map<string, Map<string, vscode.FileType>>();
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  put(path: string, content: Uint8Array): void {
    this.files.set(path, content);
    let type = vscode.FileType.File;
    for (let rest = path; rest !== ''; ) {
      const cut = rest.lastIndexOf('/');
      const [folder, name] = [rest.slice(0, cut), rest.slice(cut + 1)];
      const entries = this.folders.get(folder) ?? new Map<string, vscode.FileType>();
      this.folders.set(folder, entries.set(name, type));
      type = vscode.FileType.Directory;
      rest = folder;
    }
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const file = this.files.get(path);
    if (!file && !this.folders.has(path.replace(/\/$/, ''))) throw vscode.FileSystemError.FileNotFound(path);
    return { type: file ? vscode.FileType.File : vscode.FileType.Directory, ctime: 0, mtime: 0, size: file?.length ?? 0 };
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    const entries = this.folders.get(path.replace(/\/$/, ''));
    if (!entries) throw vscode.FileSystemError.FileNotFound(path);
    return [...entries];
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const file = this.files.get(path);
    if (!file) throw vscode.FileSystemError.FileNotFound(path);
    return file;
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  writeFile(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}
