import { type Bilingual, type Language, say } from '#syntaxes/text/bilingual.js';
import type { SessionEnd, TraceEvent } from './trace.js';
import { type Assumption, assumptions } from './web/assumptions.js';

const texts = {
  'server-started': { en: 'web server started, sessions: {0}', es: 'servidor web en marcha, sesiones: {0}' },
  'server-listens': { en: 'web server answers at {0}', es: 'el servidor web responde en {0}' },
  'server-stopped': { en: 'web server stopped', es: 'servidor web detenido' },
  request: { en: '→ #{0} {1} {2} {3}', es: '→ #{0} {1} {2} {3}' },
  'request-session': { en: ' (session {0})', es: ' (sesión {0})' },
  response: { en: '← #{0} {1}', es: '← #{0} {1}' },
  'session-opened': { en: 'session {0} opened ({1}{2}): {3}', es: 'sesión {0} abierta ({1}{2}): {3}' },
  'in-process': { en: ', process {0}', es: ', proceso {0}' },
  'session-closing': { en: 'session {0} closes: {1}', es: 'la sesión {0} se cierra: {1}' },
  'session-closed': {
    en: 'session {0} is gone; freed: variables {1}, selections {2}, record locks {3}',
    es: 'la sesión {0} ha desaparecido; liberado: variables {1}, selecciones {2}, bloqueos de registros {3}',
  },
  'close-ignored': {
    en: 'WEB LEGACY CLOSE SESSION("{0}") changes nothing: {1}',
    es: 'WEB LEGACY CLOSE SESSION("{0}") no cambia nada: {1}',
  },
  'file-missing': {
    en: 'process {0}: WEB SEND FILE finds no “{1}” in the web folder; OK is 0 and nothing is sent',
    es: 'proceso {0}: WEB SEND FILE no encuentra «{1}» en la carpeta web; OK vale 0 y no se envía nada',
  },
  cookie: { en: 'cookie of session {0}: {1}', es: 'cookie de la sesión {0}: {1}' },
  'process-started': { en: 'process {0} started: {1}', es: 'proceso {0} iniciado: {1}' },
  'process-ended': { en: 'process {0} ended: {1}', es: 'proceso {0} terminado: {1}' },
  method: { en: 'process {0} runs {1}{2}', es: 'el proceso {0} ejecuta {1}{2}' },
  'record-locked': { en: 'process {0} locks record {2} of [{1}]', es: 'el proceso {0} bloquea el registro {2} de [{1}]' },
  'record-unlocked': { en: 'process {0} unlocks record {2} of [{1}]', es: 'el proceso {0} desbloquea el registro {2} de [{1}]' },
  error: { en: 'error in process {0}: {1}{2}', es: 'error en el proceso {0}: {1}{2}' },
  'error-handled': { en: 'error in process {0}, handled: {1}{2}', es: 'error en el proceso {0}, tratado: {1}{2}' },
  output: { en: 'process {0}: {1}', es: 'proceso {0}: {1}' },
  problem: { en: 'left out: {0}', es: 'se omite: {0}' },
  assumption: { en: 'simulator’s choice: {0}', es: 'elección del simulador: {0}' },
  clock: { en: 'it is now {0}', es: 'ahora son las {0}' },
} satisfies Record<string, Bilingual>;

const ends: Record<SessionEnd, Bilingual> = {
  command: { en: 'WEB LEGACY CLOSE SESSION', es: 'WEB LEGACY CLOSE SESSION' },
  'process-timeout': {
    en: 'its process was idle for too long (Web inactive process timeout)',
    es: 'su proceso estuvo inactivo demasiado tiempo (Web inactive process timeout)',
  },
  'idle-timeout': { en: 'it was idle for too long', es: 'estuvo inactiva demasiado tiempo' },
  'max-sessions': { en: 'room for a new one was needed (Web max sessions)', es: 'hacía falta sitio para otra nueva (Web max sessions)' },
  'server-stopped': { en: 'the web server stops', es: 'el servidor web se detiene' },
  aborted: { en: 'its process was ended', es: 'se terminó su proceso' },
};

const ignored: Record<string, Bilingual> = {
  scalable: {
    en: 'the server runs with scalable sessions, where the command is ignored',
    es: 'el servidor funciona con sesiones escalables, donde el comando se ignora',
  },
  none: { en: 'the server runs without sessions', es: 'el servidor funciona sin sesiones' },
  'unknown-id': { en: 'no open session has this ID', es: 'ninguna sesión abierta tiene ese ID' },
  'server-stopped': { en: 'the web server is not running', es: 'el servidor web no está en marcha' },
};

/** Reasons as the events carry them: why a session was opened, why a method runs. */
const reasons: Record<string, Bilingual> = {
  'no-cookie': { en: 'the request has no session cookie', es: 'la petición no trae cookie de sesión' },
  'unknown-cookie': {
    en: 'no open session has the ID of the request’s cookie',
    es: 'ninguna sesión abierta tiene el ID de la cookie de la petición',
  },
  mobile: { en: 'another process of a 4D Mobile session', es: 'otro proceso de una sesión 4D Mobile' },
  'new-context': { en: 'new context', es: 'contexto nuevo' },
  'every-request': { en: 'at every request without legacy sessions', es: 'en cada petición sin sesiones heredadas' },
  request: { en: '', es: '' },
  database: { en: '', es: '' },
  handler: { en: 'HTTPHandlers.json', es: 'HTTPHandlers.json' },
  action: { en: '/4DACTION', es: '/4DACTION' },
  tags: { en: 'page with 4D tags', es: 'página con etiquetas 4D' },
};

/** Event kinds that only a full trace shows. */
const details: ReadonlySet<TraceEvent['kind']> = new Set([
  'cookie', // the response shows it
  'method',
  'process-started',
  'process-ended',
  'record-locked',
  'record-unlocked',
  'error-handled',
]);

/** True for events that tell how something came about, not what happened to sessions. */
export function isDetail(event: TraceEvent): boolean {
  return details.has(event.kind);
}

/** A session's ID as people can tell it apart: its first eight digits. */
export function shortId(id: string): string {
  if (id.length <= 12) return id;
  const mark = id.indexOf('#');
  return `${id.slice(0, 8)}…${mark < 0 ? '' : id.slice(mark)}`;
}

/** One trace event as one line of text in a language, without its time. What the web server of a component tells has its name in front. */
export function traceText(event: TraceEvent, language: Language): string {
  return (event.server === undefined ? '' : `[${event.server}] `) + plainText(event, language);
}

function plainText(event: TraceEvent, language: Language): string {
  const t = (text: Bilingual, ...values: (string | number)[]) => say(text, language, ...values);
  const reason = (why: string) =>
    Object.hasOwn(reasons, why) ? t(reasons[why]) : Object.hasOwn(ends, why) ? t(ends[why as SessionEnd]) : why;
  const place = (file: string | undefined, line: number | undefined) =>
    file === undefined ? '' : ` (${file}${line === undefined ? '' : `:${line}`})`;
  switch (event.kind) {
    case 'server-started':
      return t(texts[event.kind], event.mode);
    case 'server-listens':
      return t(texts[event.kind], event.url);
    case 'server-stopped':
      return t(texts[event.kind]);
    case 'request': {
      const session = event.session === undefined ? '' : t(texts['request-session'], shortId(event.session));
      return t(texts.request, event.id, event.client, event.method, event.url) + session;
    }
    case 'response':
      return t(texts.response, event.id, event.status) + event.setCookie.map((cookie) => `\n    Set-Cookie: ${cookie}`).join('');
    case 'session-opened': {
      const process = event.process === undefined ? '' : t(texts['in-process'], event.process);
      return t(texts[event.kind], shortId(event.session), event.mode, process, reason(event.why));
    }
    case 'session-closing':
      return t(texts[event.kind], shortId(event.session), t(ends[event.cause]));
    case 'session-closed':
      return t(texts[event.kind], shortId(event.session), event.variables, event.selections, event.unlocked);
    case 'close-ignored':
      return t(texts[event.kind], shortId(event.session), t(ignored[event.why])) + place(event.file, event.line);
    case 'file-missing':
      return t(texts[event.kind], event.process, event.path);
    case 'cookie':
      return t(texts.cookie, shortId(event.session), event.header);
    case 'process-started':
    case 'process-ended':
      return t(texts[event.kind], event.process, event.name);
    case 'method': {
      const why = reason(event.why);
      return t(texts.method, event.process, event.name, why && ` (${why})`);
    }
    case 'record-locked':
    case 'record-unlocked':
      return t(texts[event.kind], event.process, event.table, event.record);
    case 'error':
    case 'error-handled':
      return t(texts[event.kind], event.process, event.messages ? event.messages[language] : event.message, place(event.file, event.line));
    case 'output':
      return t(texts.output, event.process, event.text);
    case 'problem':
      return t(texts.problem, t(event.message));
    case 'assumption': {
      const known = Object.hasOwn(assumptions, event.what) ? assumptions[event.what as Assumption] : undefined;
      return t(texts.assumption, known ? t(known) : event.what);
    }
    case 'clock':
      return t(texts.clock, clockText(event.now));
  }
}

/** `2024-02-29 08:30:00` */
export function clockText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}
