import { readFileSync } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import type { DirectoryEntry, FileSystem } from '../fileSystem.js';

/** The disk. Symbolic links are followed; what they name decides whether they are folders. */
export const nodeFileSystem: FileSystem = {
  async readText(path) {
    const bytes = await nodeFileSystem.readBytes(path);
    return bytes && new TextDecoder().decode(bytes);
  },
  readTextNow(path) {
    try {
      return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    } catch {
      return undefined;
    }
  },
  async readBytes(path) {
    try {
      return await readFile(path);
    } catch {
      return undefined;
    }
  },
  async list(folder) {
    try {
      const found: DirectoryEntry[] = [];
      for (const entry of await readdir(folder, { withFileTypes: true })) {
        const isFolder = entry.isSymbolicLink() ? await leadsToFolder(`${folder}/${entry.name}`) : entry.isDirectory();
        found.push({ name: entry.name, folder: isFolder });
      }
      return found;
    } catch {
      return [];
    }
  },
  async realPath(path) {
    try {
      return await realpath(path);
    } catch {
      return undefined;
    }
  },
};

async function leadsToFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
