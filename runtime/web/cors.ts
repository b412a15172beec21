/** Cross-origin requests (facts: web-sessions §14; 4D page API/WebServerClass, CORSEnabled and CORSSettings). */
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { Value } from '../values/value.js';
import type { HttpRequest } from './http.js';
import { headerOf } from './request.js';

export interface CorsAnswer {
  /** 403 with this reason. */
  readonly refused?: Bilingual;
  /** Headers of the response. */
  readonly headers: readonly (readonly [string, string])[];
  /** The browser only asks whether it may: answered without any code. */
  readonly preflight: boolean;
}

const refusedText: Bilingual = {
  en: 'Requests of pages from this address, or with this method, are not allowed (Web CORS settings).',
  es: 'No se admiten peticiones de páginas de esta dirección o con este método (Web CORS settings).',
};

/**
 * What becomes of a request that a page from elsewhere sends; undefined when it is none, or when the service is off: then it is served without
 * any of its headers, and the browser keeps the answer from the page.
 */
export function corsAnswer(http: HttpRequest, enabled: boolean, settings: Value): CorsAnswer | undefined {
  const origin = headerOf(http, 'Origin');
  if (!enabled || origin === undefined || sameHost(origin, headerOf(http, 'Host'))) return undefined;
  const asked = headerOf(http, 'Access-Control-Request-Method');
  const preflight = http.method.toUpperCase() === 'OPTIONS' && asked !== undefined;
  const method = (preflight ? asked : http.method)!.toUpperCase();
  const entry = entries(settings).find(({ host, methods }) => matches(host, origin) && (!methods.length || methods.includes(method)));
  if (!entry) return { refused: refusedText, headers: [], preflight };
  const headers: [string, string][] = [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Vary', 'Origin'],
  ];
  if (preflight) {
    const all = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
    headers.push(['Access-Control-Allow-Methods', (entry.methods.length ? entry.methods : all).join(', ')]);
    const wanted = headerOf(http, 'Access-Control-Request-Headers');
    if (wanted !== undefined) headers.push(['Access-Control-Allow-Headers', wanted]);
  }
  return { headers, preflight };
}

function sameHost(origin: string, host: string | undefined): boolean {
  return host !== undefined && origin.replace(/^https?:\/\//i, '').toLowerCase() === host.toLowerCase();
}

interface Entry {
  readonly host: string;
  readonly methods: readonly string[];
}

/** `{host, methods}` of each setting; one without a host is left out. */
function entries(settings: Value): Entry[] {
  if (typeof settings !== 'object' || settings === null || settings.t !== 'collection') return [];
  const found: Entry[] = [];
  for (const item of settings.items) {
    if (typeof item !== 'object' || item === null || item.t !== 'object') continue;
    const host = item.properties.get('host');
    const methods = item.properties.get('methods');
    if (typeof host !== 'string' || host === '') continue;
    const list = typeof methods === 'string' ? methods.split(';') : [];
    found.push({ host, methods: list.map((each) => each.trim().toUpperCase()).filter(Boolean) });
  }
  return found;
}

/** `*`, `192.168.*:8081`, `http://*.my.example`, `my.example`: what is not said (scheme, port) may be any. */
function matches(host: string, origin: string): boolean {
  const [, scheme, name, port] = /^(?:(https?):\/\/)?(.*?)(?::(\d+))?$/i.exec(host.trim()) ?? [];
  const [, ownScheme, ownName, ownPort] = /^(?:(https?):\/\/)?(.*?)(?::(\d+))?$/i.exec(origin.trim()) ?? [];
  if (scheme !== undefined && scheme.toLowerCase() !== ownScheme?.toLowerCase()) return false;
  if (port !== undefined && port !== ownPort) return false;
  const pattern = (name ?? '').toLowerCase().split('*');
  let rest = (ownName ?? '').toLowerCase();
  if (!rest.startsWith(pattern[0])) return false;
  if (pattern.length === 1) return rest === pattern[0];
  rest = rest.slice(pattern[0].length);
  for (const piece of pattern.slice(1, -1)) {
    const at = rest.indexOf(piece);
    if (at < 0) return false;
    rest = rest.slice(at + piece.length);
  }
  return rest.endsWith(pattern[pattern.length - 1]);
}
