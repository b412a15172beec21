/** HTTP request handlers, `Project/Sources/HTTPHandlers.json` (facts: web-sessions §8.1; 4D page WebServer/http-request-handler). */
import type { Bilingual } from '#syntaxes/text/bilingual.js';

export interface HttpHandler {
  readonly className: string;
  readonly functionName: string;
  /** Matches the path of a request. */
  readonly pattern: RegExp;
  /** In upper case; empty for all. */
  readonly verbs: readonly string[];
}

/** Paths that 4D keeps for itself. */
const kept = /^\/(4daction|rest|\$lib\/renderer|\$shared)(\/|$)/i;

/** The handlers in the order of the file. One that cannot be taken is left out and told. */
export function readHandlers(text: string): { readonly handlers: HttpHandler[]; readonly problems: Bilingual[] } {
  const handlers: HttpHandler[] = [];
  const problems: Bilingual[] = [];
  const tell = (place: string, en: string, es: string): void => {
    problems.push({ en: `HTTPHandlers.json${place}: ${en}`, es: `HTTPHandlers.json${place}: ${es}` });
  };
  let json: unknown;
  try {
    json = JSON.parse(withoutComments(text));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    tell('', `it is no JSON (${why})`, `no es JSON (${why})`);
    return { handlers, problems };
  }
  if (!Array.isArray(json)) tell('', 'it must be a collection of handlers', 'debe ser una colección de controladores');
  for (const [i, entry] of (Array.isArray(json) ? json : []).entries()) {
    const place = `[${i}]`;
    const { class: className, method, pattern, regexPattern, verbs } = (entry ?? {}) as Record<string, unknown>;
    if (typeof className !== 'string' || typeof method !== 'string') {
      tell(place, '“class” and “method” are needed', 'hacen falta «class» y «method»');
      continue;
    }
    if (typeof pattern !== 'string' && typeof regexPattern !== 'string') {
      tell(place, '“pattern” or “regexPattern” is needed', 'hace falta «pattern» o «regexPattern»');
      continue;
    }
    const matcher = typeof regexPattern === 'string' ? fromRegex(regexPattern) : fromPrefix(pattern as string);
    if (!matcher) {
      tell(place, `“${regexPattern}” is no regular expression`, `«${regexPattern}» no es una expresión regular`);
      continue;
    }
    const prefix = `/${String(regexPattern ?? pattern).replace(/^\^?\/*/, '')}`;
    if (kept.test(prefix)) {
      tell(place, `“${prefix}” is an address that 4D answers itself`, `«${prefix}» es una dirección que responde el propio 4D`);
      continue;
    }
    const list = typeof verbs === 'string' ? verbs.split(',').map((verb) => verb.trim().toUpperCase()) : [];
    handlers.push({ className, functionName: method, pattern: matcher, verbs: list.filter(Boolean) });
  }
  return { handlers, problems };
}

/**
 * The first handler whose pattern and verb fit. `rejected`: some pattern fits, but with other verbs.
 * Slashes that follow each other count as one.
 */
export function handlerFor(handlers: readonly HttpHandler[], path: string, method: string): HttpHandler | 'rejected' | undefined {
  const plain = path.replace(/\/{2,}/g, '/');
  const fitting = handlers.filter(({ pattern }) => pattern.test(plain));
  return fitting.find(({ verbs }) => !verbs.length || verbs.includes(method)) ?? (fitting.length ? 'rejected' : undefined);
}

/** A prefix stands between slashes. */
function fromPrefix(prefix: string): RegExp {
  const segments = prefix.split('/').filter(Boolean);
  return new RegExp(`^/${segments.map((segment) => segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('/')}(/|$)`);
}

/** A regular expression is compared from the beginning of the path; `**` stands for any text, as in 4D's examples. */
function fromRegex(source: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${source.replaceAll('**', '.*')})`);
  } catch {
    return undefined;
  }
}

/** JSON without the `//` comments that stand outside texts. */
function withoutComments(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*/g, (part) => (part.startsWith('"') ? part : ''));
}
