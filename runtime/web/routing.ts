import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { fold } from '#syntaxes/text/fold.js';
import { type HttpHandler, handlerFor } from './handlers.js';
import { isTemplateFile } from './mime.js';
import type { WebRequest } from './request.js';
import type { Target } from './types.js';
import { relativePath, type WebFolder } from './webFolder.js';

/** What routing has to know of the project. */
export interface RoutingContext {
  readonly folder: WebFolder;
  /** `index.html` unless the settings or the session say otherwise. */
  homePage(request: WebRequest): string;
  readonly release: number;
  readonly traceEnabled: boolean;
  /** Empty where 4D calls none: with legacy sessions. */
  readonly handlers: readonly HttpHandler[];
  hasConnectionMethod(): boolean;
  /** Name of a project method as the project writes it, and whether it may be called by URL; undefined when there is none. */
  method(name: string): { readonly name: string; readonly published: boolean } | undefined;
}

const texts = {
  notFound: {
    en: 'Nothing answers this address: no file of the web folder, and no On Web Connection database method.',
    es: 'Nada responde a esta dirección: ni un archivo de la carpeta web ni el método base On Web Connection.',
  },
  noMethod: {
    en: 'The project has no method of this name.',
    es: 'El proyecto no tiene ningún método con ese nombre.',
  },
  unpublished: {
    en: 'This method may not be called by URL: its property “Available through 4D tags and URLs” is off.',
    es: 'No se puede llamar a este método por URL: su propiedad «Disponible a través de etiquetas y URLs 4D» está desactivada.',
  },
  special: {
    en: '{0} is not modelled by the simulator.',
    es: 'El simulador no modela {0}.',
  },
  verb: {
    en: 'The handlers of this address take no requests of this method (HTTPHandlers.json).',
    es: 'Los controladores de esta dirección no admiten peticiones con este método (HTTPHandlers.json).',
  },
  trace: { en: 'HTTP TRACE is disabled (Web HTTP TRACE).', es: 'HTTP TRACE está desactivado (Web HTTP TRACE).' },
} satisfies Record<string, Bilingual>;

/** Built-in addresses and services that are named as absent instead of being taken for an unknown path. */
const special = ['/4dwebtest', '/4dstats', '/4dhtmlstats', '/4dcacheclear', '/4dmethod', '/4dsync', '/rest', '/4dsoap', '/4dwsdl'];

/** What answers a request (facts: web-sessions §8.1): a promise only where a file is looked for. Addresses of 4D compare without case. */
export function route(request: WebRequest, context: RoutingContext): Target | Promise<Target> {
  if (request.method === 'TRACE') {
    return context.traceEnabled ? { kind: 'trace' } : { kind: 'status', status: 405, why: texts.trace };
  }
  const { path } = request;
  const lower = path.toLowerCase();
  if (lower === '/4daction' || lower.startsWith('/4daction/')) return action(path, context);
  const absent = special.find((each) => lower === each || lower.startsWith(`${each}/`));
  // `/4DSYNC` went with release 21: an ordinary unknown path since (facts: web-sessions §8.1).
  if (absent && !(absent === '/4dsync' && context.release >= 21)) {
    const name = absent === '/rest' ? 'the REST server (/rest)' : absent.toUpperCase();
    const nombre = absent === '/rest' ? 'el servidor REST (/rest)' : absent.toUpperCase();
    return { kind: 'status', status: 501, why: { en: texts.special.en.replace('{0}', name), es: texts.special.es.replace('{0}', nombre) } };
  }
  const handler = handlerFor(context.handlers, path, request.method);
  if (handler === 'rejected') return { kind: 'status', status: 405, why: texts.verb };
  if (handler) return { kind: 'handler', className: handler.className, functionName: handler.functionName };
  // Up to release 20 `/4DCGI/…` always goes to On Web Connection, whatever files there are.
  const looksForFiles = !(context.release < 21 && lower.startsWith('/4dcgi/')) && /^(GET|HEAD|POST)$/.test(request.method);
  return looksForFiles ? fileOr(path === '/' ? `/${context.homePage(request)}` : path, context) : connection(context);
}

async function fileOr(path: string, context: RoutingContext): Promise<Target> {
  const bytes = await context.folder.read(path);
  return bytes ? fileTarget(path, bytes) : connection(context);
}

function connection(context: RoutingContext): Target {
  return context.hasConnectionMethod() ? { kind: 'connection' } : { kind: 'status', status: 404, why: texts.notFound };
}

function action(path: string, context: RoutingContext): Target {
  const begin = '/4daction/'.length;
  const slash = path.indexOf('/', begin);
  const name = slash < 0 ? path.slice(begin) : path.slice(begin, slash);
  const method = name && fold(name) ? context.method(name) : undefined;
  if (!method) return { kind: 'status', status: 404, why: texts.noMethod };
  if (!method.published) return { kind: 'status', status: 403, why: texts.unpublished };
  return { kind: 'action', method: method.name, parameter: slash < 0 ? '' : path.slice(slash + 1) };
}

/** A file as it is, or a page whose tags are processed first. */
export function fileTarget(path: string, bytes: Uint8Array): Target {
  const inside = relativePath(path) ?? '';
  if (!isTemplateFile(inside)) return { kind: 'file', name: inside, bytes };
  const text = new TextDecoder().decode(bytes);
  if (!/<!--#?4D|\$4D(TEXT|HTML|EVAL)\(/i.test(text)) return { kind: 'file', name: inside, bytes };
  return { kind: 'page', path: inside, runsCode: /<!--#?4D(SCRIPT|ACTION|LOOP|EACH|EVAL|CODE|INCLUDE)/i.test(text) };
}
