import type { DebugProtocol as P } from '@vscode/debugprotocol';
import type { Client } from './client.js';

/** Where the files of a project lie: `folder` on the host holds what the project calls `prefix`. */
export interface SourceRoot {
  /** Path or URI, as the host's file system names it. */
  readonly folder: string;
  /** Path relative to the project, empty for its root. */
  readonly prefix: string;
  /** Other names of the same folder: what symbolic links lead to. */
  readonly alsoKnownAs?: readonly string[];
}

/** Translates between the client's names of files and paths relative to the project. */
export class Sources {
  constructor(
    private readonly root: SourceRoot,
    private readonly client: Client,
    private readonly ignoresCase: boolean,
  ) {}

  /** What the client opens for a file of the project. */
  toClient(file: string): P.Source {
    const name = file.slice(file.lastIndexOf('/') + 1);
    return { name: decoded(name), path: this.clientPath(file) };
  }

  /** Path relative to the project of what the client names; undefined when it lies outside. */
  fromClient(source: P.Source): string | undefined {
    if (!source.path) return undefined;
    const path = plainPath(source.path);
    for (const folder of [this.root.folder, ...(this.root.alsoKnownAs ?? [])]) {
      const start = `${plainPath(folder).replace(/\/+$/, '')}/`;
      if (this.comparable(path).startsWith(this.comparable(start))) {
        const below = path.slice(start.length);
        return this.root.prefix ? `${this.root.prefix}/${below}` : below;
      }
    }
    return undefined;
  }

  /** Two paths relative to the project that name the same file. */
  same(a: string, b: string): boolean {
    return this.comparable(a) === this.comparable(b);
  }

  private clientPath(file: string): string {
    const below = this.root.prefix && file.startsWith(`${this.root.prefix}/`) ? file.slice(this.root.prefix.length + 1) : file;
    const folder = this.root.folder.replace(/\/+$/, '');
    // In a URI the names of files are encoded: `%` in one of them is no escape.
    if (isUri(folder)) return `${folder}/${below.split('/').map(encodeURIComponent).join('/')}`;
    const path = `${folder}/${below}`;
    if (!this.client.pathsAreUris) return path;
    return `file://${path.startsWith('/') ? '' : '/'}${path
      .split('/')
      .map(encodeURIComponent)
      .join('/')
      .replace(/^(\/?[a-z])%3A/i, '$1:')}`;
  }

  private comparable(path: string): string {
    const text = path.normalize('NFC').replace(/^\/?([A-Z]):/, (_, drive: string) => `${drive.toLowerCase()}:`);
    return this.ignoresCase ? text.toLowerCase() : text;
  }
}

/** A drive has one letter, a scheme more. */
const isUri = (path: string): boolean => /^[a-z][a-z0-9+.-]+:\//i.test(path);

/** With `/` and without the escapes of URIs; a `file:` URI as a path, one without an authority with `//` all the same. */
export function plainPath(path: string): string {
  if (!isUri(path)) return path.replaceAll('\\', '/');
  const text = decoded(path).replace(/^([^/]+:)(?=\/(?!\/))/, '$1//');
  return /^file:\/\//i.test(text) ? text.replace(/^file:\/\/(?:localhost)?/i, '').replace(/^\/([a-z]:)/i, '$1') : text;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
