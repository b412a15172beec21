import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import type { PageSource } from '../documentation/pages.js';

/** What the place the server runs in must give it. Node and browser differ by this alone. */
export interface Host {
  /** The file system that holds a URI's file; undefined where its scheme cannot be read. */
  fileSystem(uri: string): FileSystem | undefined;
  readonly pages: PageSource;
  /** The address under which a client can open a documentation page, by its path below `docs`. Left out where it cannot. */
  pageUri?(path: string): string | undefined;
  /** Milliseconds on a clock that only goes forward. */
  now(): number;
  /** Lets messages that have arrived meanwhile be handled. Work that can wait has these pauses between its pieces. */
  pause(): Promise<void>;
}
