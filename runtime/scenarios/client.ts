import { CookieJar } from '../debug/cookieJar.js';
import type { HttpRequest } from '../web/http.js';
import type { ScenarioRequest, Text } from './types.js';

/** A text given as one string or as its lines. */
export function textOf(text: Text): string {
  return typeof text === 'string' ? text : text.join('\n');
}

/** A client of a scenario: what it sends, and the cookies that it keeps. */
export class ScenarioClient {
  private readonly jar = new CookieJar();
  /** The last `Cookie` header that it sent. */
  private sent: string | undefined;

  constructor(readonly name: string) {}

  /** The request as HTTP. `cookie` takes the place of what the client would send by itself. */
  request(asked: ScenarioRequest, now: number, written: (text: string) => string): HttpRequest {
    const headers: [string, string][] = Object.entries(asked.headers ?? {}).map(([name, value]) => [name, written(value)]);
    const has = (name: string): boolean => headers.some(([each]) => each.toLowerCase() === name);
    const body =
      asked.bytes === undefined
        ? new TextEncoder().encode(textOf(asked.body ?? ''))
        : Uint8Array.from(atob(asked.bytes), (character) => character.charCodeAt(0));
    const cookie = this.cookie(asked, now, written);
    if (!has('host')) headers.unshift(['Host', '127.0.0.1']);
    if (cookie && !has('cookie')) headers.push(['Cookie', cookie]);
    this.sent = cookie ?? this.sent;
    if (body.length && !has('content-type')) headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
    return {
      method: asked.method ?? (body.length ? 'POST' : 'GET'),
      target: written(asked.url),
      headers,
      body,
      remoteAddress: asked.address ?? '127.0.0.1',
      localAddress: '127.0.0.1',
      secure: asked.secure ?? false,
      ...(asked.mobile && { mobile: true }),
      ...(asked.server !== undefined && { server: asked.server }),
      client: this.name,
    };
  }

  /** Takes the cookies of an answer. */
  take(asked: ScenarioRequest, setCookie: readonly string[], now: number): void {
    if (asked.cookies === 'refuse') return;
    for (const header of setCookie) this.jar.take(header, '127.0.0.1', asked.url, now);
  }

  /** Value of a cookie that it keeps. */
  cookieValue(name: string): string | undefined {
    return this.jar.valueOf(name);
  }

  private cookie({ cookies = 'keep', url }: ScenarioRequest, now: number, written: (text: string) => string): string | undefined {
    if (cookies === 'refuse') return undefined;
    if (cookies === 'old') return this.sent;
    if (cookies !== 'keep') return written(cookies);
    return this.jar.header(url, now);
  }
}
