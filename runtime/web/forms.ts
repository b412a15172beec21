import { headerOf, type WebRequest } from './request.js';

const utf8 = new TextDecoder();

/** One part of a multipart body (facts: web-sessions §4.1). */
export interface BodyPart {
  readonly name: string;
  /** Empty for what is no file. */
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** Parts beyond this number are not read. */
const maximumParts = 1_000;
/** Variables of a form or of a query beyond this number are not read. */
const maximumVariables = 100_000;

/**
 * Names and values of the form or query of a request, in order, as WEB GET VARIABLES gives them: the body's first, then the query's.
 * In a multipart body the names are those of the parts, in their order; a file's value is empty. A JSON body is read as a form would be,
 * so that without `&` and `=` it is the name of one variable (4D does not document it; real code parses that name).
 */
export function formVariables(request: WebRequest): [name: string, value: string][] {
  const type = headerOf(request.http, 'Content-Type') ?? '';
  let variables: [string, string][];
  if (/^application\/x-www-form-urlencoded\b/i.test(type) || isJson(type)) {
    variables = urlEncoded(utf8.decode(request.http.body));
  } else variables = bodyParts(request).map((part) => [part.name, part.fileName ? '' : utf8.decode(part.bytes)]);
  return request.query ? variables.concat(urlEncoded(request.query)) : variables;
}

/** True for the media type of a body in JSON. */
export function isJson(type: string): boolean {
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(type);
}

/** Names and values of a query or of a posted form. */
export function urlEncoded(text: string): [string, string][] {
  return text
    .split('&', maximumVariables)
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [decodeForm(pair), ''] : [decodeForm(pair.slice(0, equals)), decodeForm(pair.slice(equals + 1))];
    });
}

/** `+` is a blank; a percent form that is none stays as it is; bytes that are no UTF-8 become the replacement character. */
function decodeForm(text: string): string {
  const plain = text.replaceAll('+', ' ');
  if (!plain.includes('%')) return plain;
  return plain.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    const bytes = Uint8Array.from(run.slice(1).split('%'), (hex) => Number.parseInt(hex, 16));
    return utf8.decode(bytes);
  });
}

/** The parts of a multipart body; none when the body is not one or its boundary is missing. What follows a broken part is left out. */
export function bodyParts(request: WebRequest): BodyPart[] {
  const type = headerOf(request.http, 'Content-Type') ?? '';
  const boundary = /^multipart\/[^;]+;.*?\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type);
  if (!boundary) return [];
  const { body } = request.http;
  const mark = new TextEncoder().encode(`--${boundary[1] ?? boundary[2]}`);
  const parts: BodyPart[] = [];
  let at = find(body, mark, 0);
  while (at >= 0 && parts.length < maximumParts) {
    at += mark.length;
    if (body[at] === 45 && body[at + 1] === 45) break; // `--`: the last boundary
    if (body[at] === 13) at++;
    if (body[at] === 10) at++;
    const next = find(body, mark, at);
    if (next < 0) break;
    const headEnd = find(body, new Uint8Array([13, 10, 13, 10]), at);
    if (headEnd >= 0 && headEnd < next) {
      const head = utf8.decode(body.subarray(at, headEnd));
      const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? '';
      let end = next;
      if (end > headEnd + 4 && body[end - 1] === 10) end--;
      if (end > headEnd + 4 && body[end - 1] === 13) end--;
      parts.push({
        name: parameter(disposition, 'name'),
        fileName: parameter(disposition, 'filename'),
        mimeType: /^content-type:[ \t]*(.*?)[ \t]*$/im.exec(head)?.[1] ?? '',
        bytes: body.slice(headEnd + 4, end),
      });
    }
    at = next;
  }
  return parts;
}

function parameter(header: string, name: string): string {
  const found = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;]*))`, 'i').exec(header);
  return found?.[1]?.replace(/\\(.)/g, '$1') ?? found?.[2] ?? '';
}

function find(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(wanted[0], from); at >= 0; at = bytes.indexOf(wanted[0], at + 1)) {
    let same = 1;
    while (same < wanted.length && bytes[at + same] === wanted[same]) same++;
    if (same === wanted.length) return at;
  }
  return -1;
}
