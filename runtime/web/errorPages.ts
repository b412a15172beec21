import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { HttpResponse } from './http.js';
import type { WebFolder } from './webFolder.js';

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  414: 'URI Too Long',
  416: 'Range Not Satisfiable',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  505: 'HTTP Version Not Supported',
};

export function reasonOf(status: number): string {
  return reasons[status] ?? '';
}

/** A text made harmless inside HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
}

/**
 * The page for an error status: `404.html`, then `4xx.html` of the web folder's first level, then a built-in one that tells
 * what happened in English and Spanish (facts: web-sessions §14).
 */
export async function errorPage(folder: WebFolder, status: number, why: Bilingual | undefined): Promise<HttpResponse> {
  const headers: [string, string][] = [['Content-Type', 'text/html; charset=UTF-8']];
  if (status === 405) headers.push(['Allow', 'GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS']);
  const own = (await folder.read(`/${status}.html`)) ?? (await folder.read(`/${Math.floor(status / 100)}xx.html`));
  const body = own ?? new TextEncoder().encode(builtInPage(status, why));
  return { status, headers, body };
}

/** The server's own page for a status. */
export function builtInPage(status: number, why: Bilingual | undefined): string {
  const title = `${status} ${reasonOf(status)}`.trim();
  const lines = why ? `<p lang="en">${escapeHtml(why.en)}</p><p lang="es">${escapeHtml(why.es)}</p>` : '';
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${lines}</body></html>`;
}
