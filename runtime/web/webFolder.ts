import type { FileSystem } from '#syntaxes/project/fileSystem.js';

/**
 * The folder that static files come from. Nothing above it can be reached: not by `..`, by any encoding of it, by a drive or stream name,
 * nor by a link inside the folder (facts: web-sessions §4.1).
 */
export class WebFolder {
  private realRoot: string | undefined;

  /**
   * @param root the folder as the file system names it
   * @param written what a program made of a file there: its bytes, null when it is gone, undefined when it left it alone
   */
  constructor(
    private readonly files: FileSystem,
    readonly root: string,
    private readonly written: (path: string) => Uint8Array | null | undefined = () => undefined,
  ) {}

  /** The file behind a decoded path (`/shop.css`, `pages/a.html`); undefined when there is none or it lies outside. */
  async read(path: string): Promise<Uint8Array | undefined> {
    const inside = relativePath(path);
    if (inside === undefined || inside === '') return undefined;
    const full = `${this.root}/${inside}`;
    const written = this.written(full);
    if (written !== undefined) return written ?? undefined;
    if (this.files.realPath) {
      this.realRoot ??= await this.files.realPath(this.root);
      const real = await this.files.realPath(full);
      if (real === undefined || this.realRoot === undefined) return undefined;
      if (!real.replaceAll('\\', '/').startsWith(`${this.realRoot.replaceAll('\\', '/').replace(/\/$/, '')}/`)) return undefined;
    }
    return this.files.readBytes(full);
  }
}

/** Names that Windows takes for devices, whatever folder or ending they have. */
const device = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)(\.|$)/i;

/**
 * A decoded path relative to the web folder; undefined when it is not safe: a `..`, a backslash, a colon, a control character,
 * a name that some system reads as another (a dot or blank at its end, a device), or a hidden name.
 */
export function relativePath(path: string): string | undefined {
  const segments = path.split('/').filter((segment) => segment !== '');
  for (const segment of segments) {
    if (segment.startsWith('.') || device.test(segment) || /[\\:\u0000-\u001f\u007f]|[. ]$/.test(segment)) return undefined;
  }
  return segments.join('/');
}

/**
 * A path written in 4D code (WEB SEND FILE, 4DINCLUDE) as a path below the web folder: POSIX or system separators, `.` and `..` resolved
 * against `base` (a folder with `/` at its end, `''` for the root). Undefined when it leads out of the folder.
 */
export function resolveInside(path: string, base = ''): string | undefined {
  const posix = path.includes('/') || !/[\\:]/.test(path) ? path : path.replace(/[\\:]/g, '/');
  const segments = posix.startsWith('/') ? [] : base.split('/').filter((segment) => segment !== '');
  for (const segment of posix.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return relativePath(segments.join('/'));
}
