import type { HttpRequest, HttpResponse } from '../web/http.js';
import { CookieJar } from './cookieJar.js';
import type { PlayedRequest } from './launch.js';

/** What the clients play their requests against. */
export interface Played {
  handle(request: HttpRequest): Promise<HttpResponse>;
  now(): number;
}

const loopback = '127.0.0.1';
const hostName = (header: string | undefined): string => (header ?? loopback).replace(/:\d*$/, '').toLowerCase();

/** Plays requests as browsers would send them: each named client has its own cookies, no redirect is followed. */
export class RequestPlayer {
  private readonly jars = new Map<string, CookieJar>();

  constructor(private readonly simulator: Played) {}

  /** Sends one request. `cookie` is sent in place of what the client's jar holds. Never rejects. */
  async send(request: PlayedRequest, cookie?: string): Promise<HttpResponse> {
    const jar = this.jarOf(request.client);
    const header = cookie ?? jar.header(request.url, this.simulator.now());
    const given = Object.entries(request.headers);
    const has = (name: string) => given.some(([other]) => other.toLowerCase() === name);
    const body = new TextEncoder().encode(request.body);
    const headers: [string, string][] = [...given];
    const host = given.find(([name]) => name.toLowerCase() === 'host')?.[1];
    if (host === undefined) headers.unshift(['Host', loopback]);
    if (header && !has('cookie')) headers.push(['Cookie', header]);
    if (body.length && !has('content-type')) headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
    if (body.length && !has('content-length')) headers.push(['Content-Length', String(body.length)]);
    const response = await this.simulator.handle({
      method: request.method,
      target: request.url,
      headers,
      body,
      remoteAddress: loopback,
      localAddress: loopback,
      secure: false,
      client: request.client,
    });
    for (const [name, value] of response.headers) {
      if (name.toLowerCase() === 'set-cookie') jar.take(value, hostName(host), request.url, this.simulator.now());
    }
    return response;
  }

  /** Name of the client that holds this value in the cookie of this name. */
  clientWith(cookie: string, value: string): string | undefined {
    for (const [client, jar] of this.jars) if (jar.valueOf(cookie) === value) return client;
    return undefined;
  }

  private jarOf(client: string): CookieJar {
    let jar = this.jars.get(client);
    if (!jar) {
      jar = new CookieJar();
      this.jars.set(client, jar);
    }
    return jar;
  }
}
