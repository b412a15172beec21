import type { CookieContext, WebOptions } from './types.js';

/** Characters that may stand in a cookie's name (RFC 6265: an HTTP token). */
const tokenCharacter = /[!#$%&'*+\-.^_`|~0-9A-Za-z]/;

/**
 * Name of the session cookie when none is set: `4DSID` before release 19, `4DSID_<application>` since (facts: web-sessions §6.2).
 * What cannot stand in a cookie's name is written in percent form.
 */
export function defaultCookieName(context: Pick<CookieContext, 'application' | 'release'>): string {
  if (context.release < 19) return '4DSID';
  if (/^[!#$&'*+\-.^_`|~0-9A-Za-z]*$/.test(context.application)) return `4DSID_${context.application}`;
  const percent = (c: string) =>
    [...new TextEncoder().encode(c)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  const name = [...context.application].map((c) => (tokenCharacter.test(c) && c !== '%' ? c : percent(c))).join('');
  return `4DSID_${name}`;
}

/** True when a text can be a cookie's name. */
export function isCookieName(name: string): boolean {
  return name !== '' && [...name].every((c) => tokenCharacter.test(c));
}

/** True when a text can stand as a cookie's Domain or Path without ending the attribute or the header. */
export function isCookieAttribute(text: string): boolean {
  return !/[\u0000-\u001f\u007f;]/.test(text);
}

/**
 * The `Set-Cookie` value of a legacy session, attributes in the order of the captured headers:
 * name, Domain, Path, Max-Age, HttpOnly, Version (facts: web-sessions §6.2). From release 19 on SameSite and, over HTTPS, Secure follow;
 * their place in the header is not documented.
 * `ended`: the session is closed, so Max-Age is 0 (facts: web-sessions §2.2).
 */
export function legacyCookie(id: string, options: WebOptions, context: CookieContext, ended = false): string {
  const name = options.sessionCookieName || defaultCookieName(context);
  const maximumAge = ended ? 0 : options.inactiveSessionTimeout * 60;
  let text = `${name}=${id}`;
  if (options.sessionCookieDomain) text += `; Domain=${options.sessionCookieDomain}`;
  text += `; Path=${options.sessionCookiePath || '/'}; Max-Age=${maximumAge}; HttpOnly; Version=1`;
  return text + recentAttributes(options, context);
}

/**
 * The `Set-Cookie` value of a scalable session. No capture of one is known: the form is the suggested one (facts: web-sessions §9.1).
 * The name cannot be set; domain, path and SameSite can. `minutes` is the session's idle timeout.
 */
export function scalableCookie(id: string, minutes: number, options: WebOptions, context: CookieContext): string {
  let text = `${defaultCookieName(context)}=${id}`;
  if (options.sessionCookieDomain) text += `; Domain=${options.sessionCookieDomain}`;
  text += `; Path=${options.sessionCookiePath || '/'}; Max-Age=${minutes * 60}; HttpOnly`;
  return text + recentAttributes(options, context);
}

function recentAttributes(options: WebOptions, context: CookieContext): string {
  if (context.release < 19) return '';
  const sameSite = options.sessionCookieSameSite ? `; SameSite=${options.sessionCookieSameSite}` : '';
  return sameSite + (context.secure ? '; Secure' : '');
}

/**
 * All values that a request sends for one cookie name, in order. Pairs without `=` are passed over, quotes around a value are taken off.
 * Cookie names count their case, values of session ids do not (facts: web-sessions §6.2): they come back in upper case.
 */
export function sessionCookieValues(headers: readonly (readonly [name: string, value: string])[], name: string): string[] {
  const values: string[] = [];
  for (const [header, text] of headers) {
    if (header.length !== 6 || header.toLowerCase() !== 'cookie') continue;
    for (let at = 0, end = 0; at <= text.length; at = end + 1) {
      end = text.indexOf(';', at);
      if (end < 0) end = text.length;
      const equals = text.indexOf('=', at);
      if (equals < 0 || equals > end || text.slice(at, equals).trim() !== name) continue;
      let value = text.slice(equals + 1, end).trim();
      if (value.length > 1 && value.startsWith('"') && value.endsWith('"')) value = value.slice(1, -1);
      if (value) values.push(value.toUpperCase());
    }
  }
  return values;
}
