/** Static files as responses: validators, conditional requests, ranges (RFC 9110 §8.8, §13, §14). */
import type { HttpRequest, HttpResponse } from './http.js';
import { mimeOfFile, withCharset } from './mime.js';
import { headerOf } from './request.js';

/** Bytes up to which a file has a validator: reading all of a large one for each request would hold up the others. */
const largestTagged = 4_194_304;

/** A file as a response to a request: 200, 206 or 416 for one range of bytes, 304 when the client has it already. */
export function fileResponse(file: { readonly name: string; readonly bytes: Uint8Array }, http: HttpRequest): HttpResponse {
  const tag = file.bytes.length <= largestTagged ? entityTag(file.bytes) : undefined;
  const headers: [string, string][] = [['Content-Type', withCharset(mimeOfFile(file.name))]];
  if (tag !== undefined) headers.push(['ETag', tag]);
  headers.push(['Accept-Ranges', 'bytes']);
  const reads = http.method.toUpperCase() === 'GET' || http.method.toUpperCase() === 'HEAD';
  if (reads && tag !== undefined && names(headerOf(http, 'If-None-Match'), tag))
    return { status: 304, headers: [['ETag', tag]], body: new Uint8Array() };
  const range = http.method.toUpperCase() === 'GET' ? headerOf(http, 'Range') : undefined;
  const condition = headerOf(http, 'If-Range');
  const part = range === undefined || (condition !== undefined && condition !== tag) ? 'whole' : partOf(range, file.bytes.length);
  if (part === 'whole') return { status: 200, headers, body: file.bytes };
  if (part === 'none') {
    return { status: 416, headers: [['Content-Range', `bytes */${file.bytes.length}`]], body: new Uint8Array() };
  }
  headers.push(['Content-Range', `bytes ${part.first}-${part.last}/${file.bytes.length}`]);
  return { status: 206, headers, body: file.bytes.subarray(part.first, part.last + 1) };
}

/** A strong validator from the content alone, since a file system here tells no times. */
export function entityTag(bytes: Uint8Array): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul((b << 5) ^ (b >>> 27) ^ byte, 0x85ebca6b);
  }
  return `"${(a >>> 0).toString(16).padStart(8, '0')}${(b >>> 0).toString(16).padStart(8, '0')}-${bytes.length.toString(16)}"`;
}

function names(list: string | undefined, tag: string): boolean {
  return list?.split(',').some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === tag) ?? false;
}

/** The bytes that a `Range` header asks for. What is malformed, or asks for several ranges, gets the whole file. */
function partOf(range: string, size: number): 'whole' | 'none' | { readonly first: number; readonly last: number } {
  const [, from, to] = /^bytes=\s*(\d*)\s*-\s*(\d*)$/i.exec(range.trim()) ?? [];
  if (from === undefined || (from === '' && to === '')) return 'whole';
  if (from === '') {
    const count = Math.min(Number(to), size);
    return count === 0 ? 'none' : { first: size - count, last: size - 1 };
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return 'whole';
  return first >= size ? 'none' : { first, last };
}
