import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { HttpResponse } from './http.js';
import { withCharset } from './mime.js';

/** What the code of one request has sent so far. Plain data; becomes a response when the code has ended. */
export interface ResponseDraft {
  /** Set by `X-STATUS`. */
  status: number | undefined;
  /** Headers set by WEB SET HTTP HEADER, as written. */
  readonly headers: [name: string, value: string][];
  content: { readonly bytes: Uint8Array; readonly type: string } | undefined;
  /** Location of WEB SEND HTTP REDIRECT: wins over everything else that was sent (facts: web-sessions §4). */
  redirect: string | undefined;
  /** Pieces of WEB SEND RAW DATA; `chunked` once `*` was given. */
  readonly raw: Uint8Array[];
  chunked: boolean;
}

export function emptyDraft(): ResponseDraft {
  return { status: undefined, headers: [], content: undefined, redirect: undefined, raw: [], chunked: false };
}

/** True when some code has answered. */
export function hasAnswer(draft: ResponseDraft): boolean {
  return draft.content !== undefined || draft.redirect !== undefined || draft.raw.length > 0;
}

/** As many headers as an answer can have: clients take no more. */
const mostHeaders = 1_000;

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What the server itself fills in (facts: web-sessions §4.1). */
const ownHeaders = new Set(['server', 'date', 'content-length', 'connection', 'transfer-encoding', 'x-version']);

const texts = {
  name: {
    en: '“{0}” is no name of an HTTP header. A header line reads “Name: value”.',
    es: '«{0}» no es un nombre de cabecera HTTP. Una línea de cabecera se escribe «Nombre: valor».',
  },
  value: {
    en: 'The value of header {0} holds a line break or another control character: it would become a header of its own. Remove it before you send the value.',
    es: 'El valor de la cabecera {0} contiene un salto de línea u otro carácter de control: se convertiría en otra cabecera. Quítelo antes de enviar el valor.',
  },
  many: {
    en: 'An answer has at most 1,000 headers; {0} is one too many.',
    es: 'Una respuesta tiene como máximo 1000 cabeceras; {0} ya no cabe.',
  },
  status: {
    en: 'X-STATUS needs an HTTP status such as “404 Not Found”, not “{0}”.',
    es: 'X-STATUS necesita un estado HTTP como «404 Not Found», no «{0}».',
  },
} satisfies Record<string, Bilingual>;

/** What is wrong with a header; `value` fills the text's place. */
export interface HeaderProblem {
  readonly what: Bilingual;
  readonly value: string;
}

/** Sets one header; a second one of the same name takes the first one's place, but for `Set-Cookie`. */
export function setHeader(draft: ResponseDraft, name: string, value: string): HeaderProblem | undefined {
  if (!token.test(name)) return { what: texts.name, value: name };
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) return { what: texts.value, value: name };
  const key = name.toLowerCase();
  if (key === 'x-status') {
    const status = Number.parseInt(value, 10);
    if (!(status >= 200 && status <= 599)) return { what: texts.status, value };
    draft.status = status;
  } else if (!ownHeaders.has(key)) {
    const same = key === 'set-cookie' ? -1 : draft.headers.findIndex(([each]) => each.toLowerCase() === key);
    if (same >= 0) draft.headers[same] = [name, value];
    else if (draft.headers.length >= mostHeaders) return { what: texts.many, value: name };
    else draft.headers.push([name, value]);
  }
  return undefined;
}

/** The text form of WEB SET HTTP HEADER: lines separated by CR, LF or CR+LF. Stops at the first line that is none. */
export function setHeaderLines(draft: ResponseDraft, text: string): HeaderProblem | undefined {
  for (const line of text.split(/\r\n?|\n/)) {
    if (line.trim() === '') continue;
    const colon = line.indexOf(':');
    // A status line may stand first, as in a complete response.
    const status = /^HTTP\/\d(?:\.\d)?\s+(\d{3})/i.exec(line);
    const problem = status
      ? setHeader(draft, 'X-STATUS', status[1])
      : colon < 0
        ? { what: texts.name, value: line }
        : setHeader(draft, line.slice(0, colon).trim(), line.slice(colon + 1).trim());
    if (problem) return problem;
  }
  return undefined;
}

/** The response that a draft makes, without cookies, Date and Server; undefined when no code has answered. */
export function draftResponse(draft: ResponseDraft): HttpResponse | undefined {
  if (draft.redirect !== undefined) {
    const status = draft.status === 301 ? 301 : 302;
    return { status, headers: [...draft.headers, ['Location', draft.redirect]], body: new Uint8Array() };
  }
  if (draft.raw.length) return rawResponse(draft);
  if (!draft.content) return undefined;
  const headers: [string, string][] = [...draft.headers];
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type');
  if (!typed && draft.content.type) headers.push(['Content-Type', withCharset(draft.content.type)]);
  return { status: draft.status ?? 200, headers, body: draft.content.bytes };
}

/**
 * WEB SEND RAW DATA: headers and body as one piece of data; a status line that is missing is added, 302 when only a Location stands there
 * (facts: web-sessions §4.1). Header lines that are none are left out.
 */
function rawResponse(draft: ResponseDraft): HttpResponse {
  const total = draft.raw.reduce((sum, piece) => sum + piece.length, 0);
  const data = new Uint8Array(total);
  let at = 0;
  for (const piece of draft.raw) {
    data.set(piece, at);
    at += piece.length;
  }
  const text = new TextDecoder('latin1').decode(data.subarray(0, 65_536));
  const end = /\r\n\r\n|\n\n|\r\r/.exec(text);
  if (!end || !/^(HTTP\/\d|[!#$%&'*+\-.^_`|~0-9A-Za-z]+:)/.test(text)) {
    return { status: draft.status ?? 200, headers: [...draft.headers], body: data };
  }
  const head: ResponseDraft = { ...emptyDraft(), status: draft.status, headers: [...draft.headers] };
  for (const line of text.slice(0, end.index).split(/\r\n?|\n/)) setHeaderLines(head, line);
  const onlyLocation = head.headers.some(([name]) => name.toLowerCase() === 'location') && head.status === undefined;
  return { status: head.status ?? (onlyLocation ? 302 : 200), headers: head.headers, body: data.subarray(end.index + end[0].length) };
}
