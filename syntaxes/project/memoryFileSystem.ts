import type { DirectoryEntry, FileSystem } from './fileSystem.js';

/** A file system in memory, for tests and for hosts without a disk. Paths are compared exactly; `//` and a `/` at the end do not matter. */
export interface MemoryFileSystem extends FileSystem {
  /** Adds or replaces a file. */
  write(path: string, content: string | Uint8Array): void;
  /** Removes a file, or a folder with all that is in it. */
  remove(path: string): void;
}

/** @param files path → content; text is stored as UTF-8 */
export function memoryFileSystem(files: Readonly<Record<string, string | Uint8Array>> = {}): MemoryFileSystem {
  const contents = new Map<string, Uint8Array>();
  const system: MemoryFileSystem = {
    async readText(path) {
      const bytes = contents.get(normal(path));
      return bytes && new TextDecoder().decode(bytes);
    },
    async readBytes(path) {
      return contents.get(normal(path));
    },
    async list(folder) {
      const start = normal(folder) === '' ? '' : `${normal(folder)}/`;
      const entries = new Map<string, DirectoryEntry>();
      for (const path of contents.keys()) {
        if (!path.startsWith(start)) continue;
        const [name, ...deeper] = path.slice(start.length).split('/');
        entries.set(name, { name, folder: deeper.length > 0 });
      }
      return [...entries.values()];
    },
    write(path, content) {
      contents.set(normal(path), typeof content === 'string' ? new TextEncoder().encode(content) : content);
    },
    remove(path) {
      const gone = normal(path);
      for (const one of contents.keys()) if (one === gone || one.startsWith(`${gone}/`)) contents.delete(one);
    },
  };
  for (const [path, content] of Object.entries(files)) system.write(path, content);
  return system;
}

function normal(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return (path.startsWith('/') ? '/' : '') + parts.join('/');
}
