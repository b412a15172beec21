import { URI } from 'vscode-uri';

/**
 * A URI as the path by which the server knows a file: `/home/a b/Shop`, `c:/Shop`; for other schemes than `file` the decoded URI,
 * `vscode-vfs://github/owner/Shop`. Spellings of one URI that differ in their escapes give one path.
 */
export function pathOf(uri: string): string {
  let path = known.get(uri);
  if (path === undefined) {
    path = parsed(uri);
    if (known.size >= KEPT) known.clear();
    known.set(uri, path);
  }
  return path;
}

/** Each request asks several times for the same few. */
const known = new Map<string, string>();
const KEPT = 1000;

function parsed(uri: string): string {
  try {
    const { scheme, authority, path } = URI.parse(uri);
    if (scheme !== 'file') return `${scheme}:${authority || path.startsWith('/') ? `//${authority}` : ''}${path}`;
    const local = /^\/[a-z]:/i.test(path) ? path[1].toLowerCase() + path.slice(2) : path;
    return authority ? `//${authority}${local}` : local;
  } catch {
    return uri;
  }
}

/** Whether a URI is that of another version of a file, as beside the present one in a difference: `git:/Shop/A.4dm?{"ref":"HEAD"}`. */
export function isOtherVersion(uri: string): boolean {
  return /^[^#]*\?/.test(uri);
}

/** The URI of a path that {@link pathOf} gave, or of one below it. */
export function uriOf(path: string): string {
  const other = /^([a-z][a-z0-9+.-]+):(?:\/\/([^/]*))?(.*)$/i.exec(path);
  return (other ? URI.from({ scheme: other[1], authority: other[2] ?? '', path: other[3] }) : URI.file(path)).toString();
}
