/** Theme Web Server: what a request says (facts: web-sessions §4.1). Outside a request all of it is empty. */
import type { NativeCall } from '../machine/types.js';
import type { ArrayValue, Value } from '../values/value.js';
import { validDigest } from '../web/authentication.js';
import { bodyParts, formVariables, isJson } from '../web/forms.js';
import type { WebHost } from '../web/host.js';
import { headerOf, headerText, type WebRequest } from '../web/request.js';
import { Theme } from './theme.js';

export const webRequest = new Theme<WebHost>('Web Server: requests');

type Call = NativeCall<WebHost>;

function requestOf(call: Call): WebRequest | undefined {
  return call.host.web.requestOf(call.process)?.request;
}

/** Fills an array variable with texts; element 0 is empty. */
export function fill(array: ArrayValue, values: readonly Value[]): void {
  array.items = ['', ...values];
  array.current = 0;
}

webRequest.command(683, 'WEB GET VARIABLES', (call) => {
  const request = requestOf(call);
  const variables = request ? formVariables(request) : [];
  if (request?.http.body.length && isJson(headerOf(request.http, 'Content-Type') ?? '')) call.host.web.assume('json-variables');
  fill(
    call.array(0, 'text'),
    variables.map(([name]) => name),
  );
  fill(
    call.array(1, 'text'),
    variables.map(([, value]) => value),
  );
  return undefined;
});

webRequest.command(697, 'WEB GET HTTP HEADER', (call) => {
  const request = requestOf(call);
  if (!call.has(1)) {
    call.set(0, request ? headerText(request) : '');
    return undefined;
  }
  const fields: [string, string][] = request
    ? [
        ['X-METHOD', request.method],
        ['X-URL', request.target],
        ['X-VERSION', 'HTTP/1.1'],
        ...request.http.headers.map(([name, value]): [string, string] => [name, value]),
      ]
    : [];
  fill(
    call.array(0, 'text'),
    fields.map(([name]) => name),
  );
  fill(
    call.array(1, 'text'),
    fields.map(([, value]) => value),
  );
  return undefined;
});

webRequest.command(814, 'WEB GET HTTP BODY', (call) => {
  writeBytes(call, 0, requestOf(call)?.http.body ?? new Uint8Array());
  return undefined;
});

webRequest.reader(1211, 'WEB Get body part count', (call) => {
  const request = requestOf(call);
  return request ? bodyParts(request).length : 0;
});

webRequest.command(1212, 'WEB GET BODY PART', (call) => {
  const request = requestOf(call);
  const part = request && bodyParts(request)[call.integer(0) - 1];
  writeBytes(call, 1, part?.bytes ?? new Uint8Array());
  call.set(2, part?.name ?? '');
  if (call.has(3)) call.set(3, part?.mimeType ?? '');
  if (call.has(4)) call.set(4, part?.fileName ?? '');
  return undefined;
});

webRequest.reader(698, 'WEB Is secured connection', (call) => requestOf(call)?.http.secure ?? false);

/** True when the browser's DIGEST value was made of this name and password; False without one (facts: 4D page commands/web-validate-digest). */
webRequest.reader(946, 'WEB Validate digest', (call) => {
  const request = requestOf(call);
  return request !== undefined && validDigest(request.http, call.text(0), call.text(1), call.host.web.state.nonces);
});

/** Bytes into a Text or BLOB parameter, as it is declared; an undeclared one becomes a BLOB. */
function writeBytes(call: Call, index: number, bytes: Uint8Array): void {
  const text = call.machine.typeOf(call.process, call.reference(index)) === 'text';
  call.set(index, text ? new TextDecoder().decode(bytes) : { t: 'blob', bytes });
}
