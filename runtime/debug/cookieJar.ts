/** A cookie as a browser keeps it. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly secure: boolean;
  /** Milliseconds since 1970; undefined for one that lasts as long as the browser. */
  readonly expires: number | undefined;
}

/** The cookies of one client, after RFC 6265: what a browser would keep and send back. */
export class CookieJar {
  private cookies: Cookie[] = [];

  /** Takes a `Set-Cookie` header of a response to a request for `path`. What is no cookie, or one for another host, is left out. */
  take(header: string, host: string, path: string, now: number): void {
    const [pair, ...rest] = header.split(';').map((part) => part.trim());
    const equals = pair.indexOf('=');
    if (equals <= 0) return;
    const attributes = new Map(rest.map((part) => attribute(part)));
    const domain = attributes.get('domain')?.replace(/^\./, '').toLowerCase();
    if (domain && domain !== host && !host.endsWith(`.${domain}`)) return;
    const cookie: Cookie = {
      name: pair.slice(0, equals).trim(),
      value: pair.slice(equals + 1).trim(),
      path: attributes.get('path')?.startsWith('/') ? attributes.get('path')! : defaultPath(path),
      secure: attributes.has('secure'),
      expires: expiry(attributes, now),
    };
    this.cookies = this.cookies.filter((other) => other.name !== cookie.name || other.path !== cookie.path);
    if (cookie.expires === undefined || cookie.expires > now) this.cookies.push(cookie);
  }

  /** The `Cookie` header for a request; undefined when there is nothing to send. */
  header(path: string, now: number): string | undefined {
    this.cookies = this.cookies.filter(({ expires }) => expires === undefined || expires > now);
    const fitting = this.cookies
      .filter((cookie) => !cookie.secure && pathMatches(path, cookie.path))
      .sort((a, b) => b.path.length - a.path.length);
    return fitting.length ? fitting.map(({ name, value }) => `${name}=${value}`).join('; ') : undefined;
  }

  /** Value of the cookie of this name, wherever it is valid. */
  valueOf(name: string): string | undefined {
    return this.cookies.find((cookie) => cookie.name === name)?.value;
  }
}

function attribute(part: string): [string, string] {
  const equals = part.indexOf('=');
  return equals < 0 ? [part.toLowerCase(), ''] : [part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim()];
}

/** `Max-Age` counts more than `Expires`; a moment that cannot be read counts as none. */
function expiry(attributes: ReadonlyMap<string, string>, now: number): number | undefined {
  const seconds = attributes.get('max-age');
  if (seconds !== undefined && /^-?\d+$/.test(seconds)) return now + Number(seconds) * 1000;
  const moment = Date.parse(attributes.get('expires') ?? '');
  return Number.isNaN(moment) ? undefined : moment;
}

function defaultPath(path: string): string {
  const plain = path.split('?')[0];
  const end = plain.lastIndexOf('/');
  return end <= 0 ? '/' : plain.slice(0, end);
}

function pathMatches(path: string, of: string): boolean {
  const plain = path.split('?')[0];
  return plain === of || (plain.startsWith(of) && (of.endsWith('/') || plain[of.length] === '/'));
}
