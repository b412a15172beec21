/** BASIC and DIGEST authentication (facts: web-sessions §7, §12.1; RFC 7617, RFC 7616 with MD5). */
import { toHex } from '../values/bytes.js';
import { digest } from '../values/digest.js';
import type { HttpRequest } from './http.js';
import { headerOf } from './request.js';

/** *Web passwords* of the settings; `custom` leaves everything to On Web Authentication. */
export type AuthenticationKind = 'custom' | 'basic' | 'digest';

/** What a request says about who sends it. `password` is empty with DIGEST: only a value made of it travels. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/**
 * The credentials of a request for this kind of authentication; undefined when it has none that can be read. Nobody is asked with `custom`, but
 * what a client sends by itself (BASIC) is handed on.
 */
export function credentialsOf(http: Pick<HttpRequest, 'headers'>, kind: AuthenticationKind): Credentials | undefined {
  const header = headerOf(http, 'Authorization') ?? '';
  if (kind !== 'digest') {
    const [, encoded] = /^Basic\s+([A-Za-z0-9+/]+={0,2})\s*$/i.exec(header) ?? [];
    if (encoded === undefined) return undefined;
    let text: string;
    try {
      text = new TextDecoder().decode(Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)));
    } catch {
      return undefined;
    }
    const colon = text.indexOf(':');
    return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
  }
  const user = digestFields(header)?.get('username');
  return user === undefined ? undefined : { user, password: '' };
}

/** The header that asks a browser for credentials. */
export function challenge(kind: 'basic' | 'digest', realm: string, nonce: string): [name: string, value: string] {
  const name = realm.replace(/[^\u0020-\u007e]|["\\]/g, '_');
  if (kind === 'basic') return ['WWW-Authenticate', `Basic realm="${name}", charset="UTF-8"`];
  return ['WWW-Authenticate', `Digest realm="${name}", qop="auth", algorithm=MD5, nonce="${nonce}"`];
}

/** Whether a request's DIGEST value was made of this name and password. `issued`: nonces that the server gave out. */
export function validDigest(
  http: Pick<HttpRequest, 'headers' | 'method' | 'target'>,
  user: string,
  password: string,
  issued: ReadonlySet<string>,
): boolean {
  const fields = digestFields(headerOf(http, 'Authorization') ?? '');
  if (!fields || fields.get('username') !== user || !issued.has(fields.get('nonce') ?? '')) return false;
  if (fields.get('uri') !== http.target || (fields.get('algorithm') ?? 'MD5').toUpperCase() !== 'MD5') return false;
  const secret = hashed(`${user}:${fields.get('realm') ?? ''}:${password}`);
  const what = hashed(`${http.method.toUpperCase()}:${fields.get('uri')}`);
  const quality = fields.get('qop');
  const middle =
    quality === undefined
      ? fields.get('nonce')
      : `${fields.get('nonce')}:${fields.get('nc') ?? ''}:${fields.get('cnonce') ?? ''}:${quality}`;
  return fields.get('response')?.toLowerCase() === hashed(`${secret}:${middle}:${what}`);
}

const hashed = (text: string): string => toHex(digest('md5', text));

function digestFields(header: string): Map<string, string> | undefined {
  const [, rest] = /^Digest\s+(.*)$/is.exec(header) ?? [];
  if (rest === undefined) return undefined;
  const fields = new Map<string, string>();
  for (const [, name, quoted, plain] of rest.matchAll(/([A-Za-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)) {
    fields.set(name.toLowerCase(), quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'));
  }
  return fields;
}
