/** 4D tags in pages and texts (facts: 4D pages `Tags/tags`, `WebServer/templates`, `commands/process-4d-tags`). */
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { say } from '#syntaxes/text/bilingual.js';
import type { NativeCall, NativeResult } from '../machine/types.js';
import { valueText } from '../values/format.js';
import type { HostValue, Value } from '../values/value.js';
import { escapeHtml } from '../web/errorPages.js';
import type { WebHost } from '../web/host.js';
import { generateTemplate, type LoopKind } from '../web/tags/generate.js';
import { hasTags, type Piece, scanTemplate } from '../web/tags/scan.js';
import { resolveInside } from '../web/webFolder.js';
import { Theme } from './theme.js';

export const webTags = new Theme<WebHost>('4D tags');

type Call = NativeCall<WebHost>;

/** A template under way: plain data behind the host value that its generated code talks to. */
interface Page {
  readonly pieces: readonly Piece[];
  readonly output: string[];
  /** Folder of the document, with `/` at its end; included paths are relative to it or to what 4DBASE said. */
  readonly folder: string;
  base: string;
  /** In a web page only methods that tags may call are called. */
  readonly web: boolean;
  readonly params: readonly Value[];
  readonly depth: number;
  /** False after a condition that was no Boolean. */
  good: boolean;
  /** Pages that are being included, outermost first. */
  readonly includes: readonly string[];
}

const className = '4D tags';
/** Number of the error of a table that the structure lacks. */
const NO_TABLE = 17;
/** Pages in pages, and tags in the results of tags. */
const deepest = 20;

const texts = {
  syntax: { en: 'syntax error', es: 'error de sintaxis' },
  access: {
    en: 'the method is not available through 4D tags and URLs',
    es: 'el método no está disponible a través de etiquetas y URLs 4D',
  },
  end: { en: '{0} expected', es: 'se esperaba {0}' },
  boolean: { en: 'A Boolean expression was expected', es: 'Se esperaba una expresión booleana' },
  noMethod: { en: 'The method does not exist', es: 'El método no existe' },
  document: { en: 'The document cannot be opened', es: 'No se puede abrir el documento' },
  array: { en: 'An array was expected', es: 'Se esperaba un array' },
  table: { en: 'Incorrect table name', es: 'Nombre de tabla incorrecto' },
  deep: { en: 'tags nested too deeply', es: 'etiquetas anidadas a demasiada profundidad' },
} satisfies Record<string, Bilingual>;

export interface TemplateOptions {
  readonly folder: string;
  readonly dollar: boolean;
  readonly web: boolean;
  /** `$1` … in the template. */
  readonly params: readonly Value[];
  readonly depth?: number;
  /** Pages that are being included, outermost first. */
  readonly includes?: readonly string[];
}

/** Processes a template; goes on with `then`, whose state is `state` with the finished `page` added (see {@link renderedText}). */
export function render(call: Call, text: string, options: TemplateOptions, then: string, state: object): NativeResult {
  const pieces = scanTemplate(text, options.dollar);
  const { folder, web, params, depth = 0, includes = [] } = options;
  const page: Page = { pieces, output: [], folder, base: folder, web, params, depth, includes, good: true };
  const value: HostValue = { t: 'host', className, data: page };
  const line = generateTemplate(pieces, {
    allowed: (name) => !web || isPublished(call, name) !== false,
    loopKind: (name) => loopKind(call, name),
  });
  return { native: 'call', code: { line, name: '4D tags' }, args: [...params, value], then, state: { ...state, page: value } };
}

/** The text of a finished page. */
export function renderedText(page: Value): string {
  return ((page as HostValue).data as Page).output.join('');
}

/** Undefined when there is no such method. */
function isPublished(call: Call, name: string): boolean | undefined {
  return call.host.web.parts.routing.method(name)?.published;
}

function loopKind(call: Call, name: string): LoopKind {
  if (/^\$\d+$/.test(name)) return 'pointer';
  if (name.startsWith('$')) return 'array';
  if (call.machine.hasMethod(name)) return 'method';
  const place = call.machine.find(call.process, name);
  const type = place && call.machine.typeOf(call.process, place);
  if (type === 'array' && call.machine.arrayAt(call.process, place!)?.dimensions === 2) return 'table of arrays';
  return type === 'array' || type === 'pointer' ? type : 'expression';
}

function pageOf(call: Call): Page {
  return (call.self as HostValue).data as Page;
}

function tagAt(call: Call, index: number): Extract<Piece, { kind: 'tag' }> {
  return pageOf(call).pieces[index] as Extract<Piece, { kind: 'tag' }>;
}

/** What 4D writes in the place of a tag that failed: the tag and what is wrong; where an expression failed the code of the error, too. */
function fail(call: Call, index: number, what: Bilingual, code = -1): undefined {
  const { source, name } = tagAt(call, index);
  const shown: Readonly<Record<string, string>> = {
    IF: `: ${what.en}`,
    ELSEIF: `: ${what.en}`,
    LOOP: `: ${what.en}`,
    EACH: `: ${what.en}`,
    INCLUDE: ` :${what.en}`,
    EVAL: `: ## ${what.en} # ${code}`,
  };
  pageOf(call).output.push(source + (shown[name] ?? ` : ## ${what.en} # ${code}`));
  const text = (language: 'en' | 'es') => `${source}: ${say(what, language)} (${code})`;
  call.machine.trace({ kind: 'error', process: call.process.number, message: text('en'), messages: { en: text('en'), es: text('es') } });
  return undefined;
}

webTags.member(`${className}.literal`, (call) => {
  const piece = pageOf(call).pieces[call.integer(0)];
  if (piece.kind === 'literal') pageOf(call).output.push(piece.text);
  return undefined;
});

webTags.member(`${className}.text`, (call) => {
  pageOf(call).output.push(escapeHtml(textOf(call.value(0))));
  return undefined;
});

webTags.member(`${className}.html`, (call) => insert(call, textOf(call.value(0)), tagAt(call, call.integer(1)).dollar));

webTags.member(`${className}.failed`, (call) => {
  const { name } = tagAt(call, call.integer(0));
  const end = { en: say(texts.end, 'en', `4DEND${name}`), es: say(texts.end, 'es', `4DEND${name}`) };
  const error = call.process.errors[0];
  const noTable = name === 'LOOP' && error?.code === NO_TABLE ? texts.table : undefined;
  const what = [noTable, texts.syntax, texts.access, end, texts.noMethod, texts.array][call.integer(1)];
  return what ? fail(call, call.integer(0), what) : fail(call, call.integer(0), error?.message ?? texts.syntax, error?.code);
});

webTags.member(`${className}.test`, (call) => {
  const value = call.value(0);
  pageOf(call).good = typeof value === 'boolean';
  if (typeof value === 'boolean') return value;
  fail(call, call.integer(1), texts.boolean);
  return true;
});

webTags.member(`${className}.good`, (call) => pageOf(call).good);

/** Puts a result into the page; tags in it are processed again, unless it comes from a `$4D…(…)` tag. */
function insert(call: Call, text: string, plain: boolean): NativeResult {
  const page = pageOf(call);
  if (plain || !hasTags(text) || page.depth >= deepest) {
    page.output.push(text);
    return undefined;
  }
  const options = { folder: page.base, dollar: false, web: page.web, params: page.params, depth: page.depth + 1, includes: page.includes };
  return render(call, text, options, 'tags.inserted', { into: call.self });
}

webTags.continuation('tags.inserted', (_call, state) => {
  const { into, page } = state as { into: HostValue; page: Value };
  (into.data as Page).output.push(renderedText(page));
  return undefined;
});

/** `<!--#4DSCRIPT/Method/param-->`: `$1` is `/param`; a result that begins with character 1 is HTML. */
webTags.member(`${className}.script`, (call) => {
  const index = call.integer(0);
  const [, name = '', rest] = /^\/?([^/]*)(\/.*)?$/s.exec(tagAt(call, index).content) ?? [];
  const method = call.host.web.parts.routing.method(name.trim());
  if (!method) return fail(call, index, texts.noMethod);
  if (pageOf(call).web && !method.published) return fail(call, index, texts.access);
  return {
    native: 'call',
    code: { method: method.name },
    args: [rest ?? ''],
    then: 'tags.scripted',
    failed: 'tags.scriptFailed',
    state: { index },
  };
});

webTags.continuation('tags.scripted', (call, _state, result): NativeResult => {
  const text = textOf(result);
  return text.startsWith('\u0001') ? insert(call, text.slice(1), false) : insert(call, escapeHtml(text), false);
});

webTags.continuation('tags.scriptFailed', (call, state, result) => {
  const error = call.process.errors[0];
  return fail(call, (state as { index: number }).index, error?.message ?? texts.syntax, typeof result === 'number' ? result : error?.code);
});

webTags.member(`${className}.base`, (call) => {
  const page = pageOf(call);
  const path = tagAt(call, call.integer(0)).content;
  if (path.toUpperCase() === 'WEBFOLDER') page.base = page.folder;
  else {
    const folder = resolveInside(path, page.base);
    if (folder === undefined) return fail(call, call.integer(0), texts.document);
    page.base = folder === '' ? '' : `${folder}/`;
  }
  return undefined;
});

webTags.member(`${className}.include`, (call) => {
  const index = call.integer(0);
  const page = pageOf(call);
  const path = resolveInside(tagAt(call, index).content, page.base);
  if (path === undefined || path === '') return fail(call, index, texts.document);
  // A page is never included in itself.
  if (page.includes.includes(path)) return fail(call, index, texts.document);
  if (page.depth >= deepest) return fail(call, index, texts.deep);
  const { folder } = call.host.web;
  const read = async (): Promise<Value> => {
    const bytes = await folder.read(`/${path}`);
    return bytes ? new TextDecoder().decode(bytes) : null;
  };
  return call.host.outside.start(call.process, read, 'tags.included', { index, path });
});

webTags.continuation('tags.included', (call, state, result): NativeResult => {
  const { index, path } = state as { index: number; path: string };
  if (typeof result !== 'string') return fail(call, index, texts.document);
  const body = /<body\b[^>]*>([\s\S]*?)<\/body>/i.exec(result)?.[1] ?? result;
  const page = pageOf(call);
  if (!hasTags(body, true)) {
    page.output.push(body);
    return undefined;
  }
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const options = { folder, dollar: true, web: page.web, params: page.params, depth: page.depth + 1, includes: [...page.includes, path] };
  return render(call, body, options, 'tags.inserted', { into: call.self });
});

/** A value as tags show it: a BLOB is text, what is undefined is nothing. */
function textOf(value: Value): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'object' && value.t === 'blob') return new TextDecoder().decode(value.bytes);
  return valueText(value);
}

webTags.command(816, 'PROCESS 4D TAGS', (call) => {
  const template = textOf(call.value(0));
  const params = Array.from({ length: Math.max(0, call.count() - 2) }, (_, i) => call.value(i + 2));
  return render(call, template, { folder: '', dollar: true, web: false, params }, 'tags.processed', {});
});

webTags.continuation('tags.processed', (call, state) => {
  const text = renderedText((state as { page: Value }).page);
  const blob = call.machine.typeOf(call.process, call.reference(1)) === 'blob';
  call.set(1, blob ? { t: 'blob', bytes: new TextEncoder().encode(text) } : text);
  return undefined;
});
