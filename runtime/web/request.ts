import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { HttpRequest } from './http.js';

/** A request that passed the checks of {@link readRequest}. Plain data. */
export interface WebRequest {
  readonly http: HttpRequest;
  readonly method: string;
  /** Path and query as sent, always with a `/` in front. */
  readonly target: string;
  /** Path without query, percent forms decoded. */
  readonly path: string;
  /** Behind the `?`, as sent. */
  readonly query: string;
}

/** Limits of the simulator itself; a body's limit is 4D's option *Web maximum requests size*. */
export const limits = { target: 8_192, headers: 65_536, headerCount: 200 } as const;

/** The characters of an HTTP token, by code. */
const tokenCharacters = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(/[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(code))),
);
const known = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']);

const texts = {
  method: { en: 'The method of the request is not one.', es: 'El método de la petición no es válido.' },
  unknownMethod: { en: 'The simulator serves no requests of this method.', es: 'El simulador no atiende peticiones con este método.' },
  target: { en: 'The address of the request is malformed.', es: 'La dirección de la petición está mal formada.' },
  longTarget: { en: 'The address of the request is too long.', es: 'La dirección de la petición es demasiado larga.' },
  header: { en: 'A header of the request is malformed.', es: 'Una cabecera de la petición está mal formada.' },
  longHeaders: { en: 'The headers of the request are too large.', es: 'Las cabeceras de la petición son demasiado grandes.' },
  body: {
    en: 'The body of the request is over the limit (Web maximum requests size).',
    es: 'El cuerpo de la petición supera el límite (Web maximum requests size).',
  },
} satisfies Record<string, Bilingual>;

export type ReadRequest = { readonly request: WebRequest } | { readonly status: number; readonly why: Bilingual };

/**
 * Checks a request and takes its address apart. `maximumBody` is in bytes. Never throws: what is malformed comes back as a 4xx status with its reason.
 */
export function readRequest(http: HttpRequest, maximumBody: number): ReadRequest {
  const method = http.method.toUpperCase();
  if (!known.has(method)) return isToken(method) ? { status: 501, why: texts.unknownMethod } : { status: 400, why: texts.method };
  if (http.target.length > limits.target) return { status: 414, why: texts.longTarget };
  let size = 0;
  for (const [name, value] of http.headers) {
    size += name.length + value.length;
    if (!isToken(name) || !isHeaderValue(value)) return { status: 400, why: texts.header };
  }
  if (size > limits.headers || http.headers.length > limits.headerCount) return { status: 431, why: texts.longHeaders };
  if (http.tooLarge || http.body.length > maximumBody) return { status: 413, why: texts.body };

  const target = originForm(http.target);
  if (target === undefined) return { status: 400, why: texts.target };
  const question = target.indexOf('?');
  const path = decodePath(question < 0 ? target : target.slice(0, question));
  if (path === undefined) return { status: 400, why: texts.target };
  return { request: { http, method, target, path, query: question < 0 ? '' : target.slice(question + 1) } };
}

function isToken(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (tokenCharacters[text.charCodeAt(i)] !== 1) return false;
  return text !== '';
}

/** Control characters other than a tab would let a header be read as several. */
function isHeaderValue(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code < 32 && code !== 9) || code === 127) return false;
  }
  return true;
}

/** `http://host/a?b` and `/a?b#c` become `/a?b`; undefined when it is no address. */
function originForm(sent: string): string | undefined {
  let target = sent.startsWith('/') ? sent : sent.replace(/^https?:\/\/[^/?#]*/i, '');
  const hash = target.indexOf('#');
  if (hash >= 0) target = target.slice(0, hash);
  if (target === '' && sent !== '') target = '/';
  if (target.startsWith('?')) target = `/${target}`;
  if (target === '*') return '/*';
  if (!target.startsWith('/') || /[\u0000-\u0020\u007f]/.test(target)) return undefined;
  return target;
}

/** Percent forms decoded; undefined when they are no valid UTF-8 or hide a control character. */
function decodePath(path: string): string | undefined {
  if (!path.includes('%')) return path;
  try {
    const decoded = decodeURIComponent(path);
    return /[\u0000-\u001f\u007f]/.test(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}

/** The first header of a name, in any case. */
export function headerOf(http: Pick<HttpRequest, 'headers'>, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return http.headers.find(([each]) => each.toLowerCase() === wanted)?.[1];
}

/** Request line and headers, separated by CR+LF: what WEB GET HTTP HEADER gives (facts: web-sessions §4.1). */
export function headerText(request: WebRequest): string {
  return [`${request.method} ${request.target} HTTP/1.1`, ...request.http.headers.map(([name, value]) => `${name}: ${value}`)].join('\r\n');
}

/** `$2` of On Web Authentication and On Web Connection: headers and body as sent, cut at 32 KB (facts: web-sessions §7). */
export function requestText(request: WebRequest): string {
  const head = `${headerText(request)}\r\n\r\n`;
  return (head + new TextDecoder().decode(request.http.body.subarray(0, 32_768))).slice(0, 32_768);
}

/** An address as 4D gives it to database methods: IPv4 with the prefix of IPv6 (facts: web-sessions §7). */
export function addressText(address: string): string {
  return /^\d+\.\d+\.\d+\.\d+$/.test(address) ? `::ffff:${address}` : address;
}
