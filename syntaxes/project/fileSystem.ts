/**
 * What the product needs of a file system. Paths use `/`; a root is whatever the host understands (a path, a URI's path).
 * All failures read as absence: a file that cannot be read is undefined, a folder that cannot be listed is empty.
 * Text is UTF-8 as an editor shows it: a byte order mark at its start is left out (`readBytes` has it), so that offsets agree.
 */
export interface FileSystem {
  readText(path: string): Promise<string | undefined>;
  /** The same without waiting, for many small files. Left out where that could take long. */
  readTextNow?(path: string): string | undefined;
  readBytes(path: string): Promise<Uint8Array | undefined>;
  list(folder: string): Promise<readonly DirectoryEntry[]>;
  /** The path with its symbolic links followed; undefined when nothing is there. Left out where there are no links. */
  realPath?(path: string): Promise<string | undefined>;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly folder: boolean;
}
