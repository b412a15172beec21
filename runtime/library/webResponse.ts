/** Theme Web Server: what a request is answered with (facts: web-sessions §4.1). Without a request to answer these commands do nothing. */
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { NativeCall, NativeResult } from '../machine/types.js';
import { utf8 } from '../values/bytes.js';
import type { Value } from '../values/value.js';
import { emptyDraft, type HeaderProblem, hasAnswer, type ResponseDraft, setHeader, setHeaderLines } from '../web/draft.js';
import type { WebHost } from '../web/host.js';
import { isTagText, mimeOfExtension, mimeOfFile } from '../web/mime.js';
import { hasTags } from '../web/tags/scan.js';
import { resolveInside } from '../web/webFolder.js';
import { BAD_PARAMETER, raise } from './errors.js';
import { isFullPath, relativeTo } from './files/paths.js';
import type { LibraryHost } from './host.js';
import { Theme } from './theme.js';
import { render, renderedText } from './webTags.js';

export const webResponse = new Theme<WebHost & LibraryHost>('Web Server: responses');

type Call = NativeCall<WebHost & LibraryHost>;

const texts = {
  redirect: {
    en: 'The address of a redirect holds a line break or another control character: it would become a header of its own. Remove it, or leave out the *.',
    es: 'La dirección de una redirección contiene un salto de línea u otro carácter de control: se convertiría en otra cabecera. Quítelo, o no ponga el *.',
  },
} satisfies Record<string, Bilingual>;

/** Where the answer of the process's request is written; undefined outside a request, and in a close method. */
function draftOf(call: Call): ResponseDraft | undefined {
  const { web } = call.host;
  const request = web.requestOf(call.process);
  const session = request?.session === undefined ? undefined : web.legacy.state.sessions.get(request.session);
  if (
    session?.closeMethodRuns ||
    (!request && call.process.session && web.legacy.state.sessions.get(call.process.session)?.closeMethodRuns)
  ) {
    web.assume('close-sends-nothing');
    return undefined;
  }
  return request?.draft;
}

function refuseHeader(problem: HeaderProblem | undefined): undefined {
  if (problem) raise(BAD_PARAMETER, problem.what, problem.value);
  return undefined;
}

/** The content of an answer; one that was sent before gives way. */
function send(call: Call, draft: ResponseDraft, bytes: Uint8Array, type: string): undefined {
  if (hasAnswer(draft)) call.host.web.assume('last-send');
  draft.content = { bytes, type };
  draft.raw.length = 0;
  return undefined;
}

webResponse.command(660, 'WEB SET HTTP HEADER', (call) => {
  const draft = draftOf(call);
  if (!draft) return undefined;
  const names = call.arrayOrNone(0);
  if (!names) return refuseHeader(setHeaderLines(draft, call.text(0)));
  const values = call.array(1);
  for (let i = 1; i < names.items.length; i++) refuseHeader(setHeader(draft, String(names.items[i]), String(values.items[i] ?? '')));
  return undefined;
});

webResponse.command(677, 'WEB SEND TEXT', (call) => {
  const draft = draftOf(call);
  if (!draft) return undefined;
  const text = call.text(0);
  const type = call.has(1) ? typeNamed(call.text(1)) : 'text/html';
  if (hasTags(text)) return render(call, text, { folder: '', dollar: false, web: true, params: [] }, 'web.rendered', { type });
  return send(call, draft, utf8(text), type);
});

webResponse.command(654, 'WEB SEND BLOB', (call) => {
  const draft = draftOf(call);
  if (!draft) return undefined;
  const blob = call.value(0);
  const bytes = isBytes(blob) ? blob.bytes : utf8(call.text(0));
  const type = typeNamed(call.text(1));
  if (/^text\/html\b/i.test(type)) {
    const text = new TextDecoder().decode(bytes);
    if (hasTags(text)) return render(call, text, { folder: '', dollar: false, web: true, params: [] }, 'web.rendered', { type });
  }
  return send(call, draft, bytes, type);
});

/** `""`, an extension or a MIME type, as a MIME type. */
function typeNamed(type: string): string {
  refuseHeader(setHeader(emptyDraft(), 'Content-Type', type));
  return type.includes('/') || type === '' ? type : (mimeOfExtension(type) ?? 'application/octet-stream');
}

function isBytes(value: Value): value is Extract<Value, { t: 'blob' | 'picture' }> {
  return typeof value === 'object' && value !== null && (value.t === 'blob' || value.t === 'picture');
}

/** A path of 4D code as one below the web folder, given relative to it or in full (`C:\\shop\\WebFolder\\a.html`); undefined when it leads out of it. */
function belowWebFolder(call: Call, path: string): string | undefined {
  const { disk, web } = call.host;
  if (!disk || !isFullPath(path)) return resolveInside(path);
  const inside = relativeTo(disk.places.project + web.folder.root.slice(disk.root.length), path);
  return inside === undefined ? undefined : resolveInside(inside);
}

/** A file that is not there sends nothing and sets OK; without a word about it an empty page would have no reason. */
function notSent(call: Call, path: string): undefined {
  call.setSystem('OK', 0);
  if (path) call.host.web.parts.trace({ kind: 'file-missing', process: call.process.number, path });
  return undefined;
}

webResponse.command(619, 'WEB SEND FILE', (call) => {
  if (!draftOf(call)) return undefined;
  const path = belowWebFolder(call, call.text(0));
  if (path === undefined || path === '') return notSent(call, call.text(0));
  const { folder } = call.host.web;
  return call.host.outside.start(
    call.process,
    async () => {
      const bytes = await folder.read(`/${path}`);
      return bytes ? { t: 'blob', bytes } : null;
    },
    'web.fileRead',
    { path },
  );
});

webResponse.continuation('web.fileRead', (call, state, result): NativeResult => {
  const { path } = state as { path: string };
  const draft = draftOf(call);
  if (!isBytes(result)) return notSent(call, path);
  call.setSystem('OK', 1);
  if (!draft) return undefined;
  const type = mimeOfFile(path);
  if (isTagText(path)) {
    const text = new TextDecoder().decode(result.bytes);
    // A page asked for by its URL may use `$4DTEXT(…)` too; one that a method sends may not.
    const dollar = call.host.web.requestOf(call.process)?.target.kind === 'page';
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    if (hasTags(text, dollar)) return render(call, text, { folder, dollar, web: true, params: [] }, 'web.rendered', { type });
  }
  return send(call, draft, result.bytes, type);
});

webResponse.continuation('web.rendered', (call, state): NativeResult => {
  const { page, type } = state as { page: Value; type: string };
  const draft = draftOf(call);
  return draft ? send(call, draft, utf8(renderedText(page)), type) : undefined;
});

webResponse.command(659, 'WEB SEND HTTP REDIRECT', (call) => {
  const draft = draftOf(call);
  if (!draft) return undefined;
  const url = call.text(0);
  const asIs = call.has(1) && call.isOperator(1);
  if (asIs && /[\u0000-\u001f\u007f]/.test(url)) raise(BAD_PARAMETER, texts.redirect);
  // Header values are bytes: what is beyond ASCII is always written in percent form.
  draft.redirect = asIs ? url.replace(/[^\u0021-\u007e]+/g, encodeLoose) : encodeLoose(url);
  return undefined;
});

/** `encodeURI`, with the replacement character for halves of surrogate pairs, which it does not take. */
function encodeLoose(text: string): string {
  return encodeURI(new TextDecoder().decode(new TextEncoder().encode(text)));
}

webResponse.command(815, 'WEB SEND RAW DATA', (call) => {
  const draft = draftOf(call);
  if (!draft) return undefined;
  const data = call.value(0);
  const bytes = isBytes(data) ? data.bytes : utf8(call.text(0));
  if (!draft.chunked) {
    if (hasAnswer(draft)) call.host.web.assume('last-send');
    draft.content = undefined;
    draft.raw.length = 0;
  }
  draft.chunked ||= call.has(1) && call.isOperator(1);
  draft.raw.push(bytes);
  return undefined;
});

webResponse.command(639, 'WEB SET HOME PAGE', (call) => {
  const page = call.text(0);
  const { homePages } = call.host.web.state;
  if (page) homePages.set(call.process.number, page);
  else homePages.delete(call.process.number);
  return undefined;
});
