/** Options of a web server, by selector number and by property name (facts: web-sessions §5, §11). */
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { isCookieAttribute, isCookieName } from '../sessions/cookie.js';
import { defaultWebOptions, modeOf, otherSelectors, sessionSelectors } from '../sessions/options.js';
import type { WebOptions } from '../sessions/types.js';
import type { Value } from '../values/value.js';
import type { ServerContext } from './context.js';

/** Properties that only tell something. */
const readOnly = new Set([
  'isRunning',
  'name',
  'openSSLVersion',
  'perfectForwardSecrecy',
  'sessionCookieName',
  'handlers',
  'rules',
  'accessKeyDefined',
]);
const otherProperties = new Map(Object.values(otherSelectors).map((each) => [each.property, each]));
/** Properties without a selector, with their defaults. */
const further: Readonly<Record<string, Value>> = {
  certificateFolder: '',
  cipherSuite: '',
  minTLSVersion: 3,
  rootFolder: 'WebFolder',
  defaultHomepage: 'index.html',
};
/** Not returned in scalable mode (facts: web-sessions §11). */
const hiddenInScalable = new Set(['inactiveProcessTimeout', 'inactiveSessionTimeout', 'maxSessions']);

const texts = {
  cookieName: {
    en: "“{0}” cannot be the name of a cookie: only letters, digits and !#$%&'*+-.^_`|~ may stand there.",
    es: "«{0}» no puede ser el nombre de una cookie: solo puede tener letras, cifras y !#$%&'*+-.^_`|~.",
  },
  cookieAttribute: {
    en: 'The domain or path of a cookie may hold neither “;” nor line breaks: they would become attributes or headers of their own.',
    es: 'El dominio o la ruta de una cookie no pueden contener «;» ni saltos de línea: se convertirían en otros atributos o cabeceras.',
  },
  sameSite: {
    en: 'sessionCookieSameSite is “Strict”, “Lax” or “None”, not “{0}”.',
    es: 'sessionCookieSameSite es «Strict», «Lax» o «None», no «{0}».',
  },
  selector: { en: 'There is no web option with selector {0}.', es: 'No hay ninguna opción web con el selector {0}.' },
  property: { en: 'A web server has no setting “{0}”.', es: 'Un servidor web no tiene el ajuste «{0}».' },
  readOnly: { en: '“{0}” of a web server can only be read.', es: '«{0}» de un servidor web solo se puede leer.' },
} satisfies Record<string, Bilingual>;

export interface SettingProblem {
  readonly what: Bilingual;
  readonly value: string;
}

/** Sets an option by its selector; gives what is wrong with it. */
export function setOption(server: ServerContext, selector: number, value: Value): SettingProblem | undefined {
  const session = Object.hasOwn(sessionSelectors, selector) ? sessionSelectors[selector as keyof typeof sessionSelectors] : undefined;
  if (session) return setSessionOption(server, session, value);
  if (selector === 93) server.state.options.others.set('CORSSettings', value);
  else if (Object.hasOwn(otherSelectors, selector)) {
    const { property, flag } = otherSelectors[selector];
    server.state.options.others.set(property, flag ? number(value) !== 0 : value);
  } else return { what: texts.selector, value: String(selector) };
  return undefined;
}

/** The value of an option by its selector; undefined for a selector that does not exist. Booleans are 0 and 1 here. */
export function getOption(server: ServerContext, selector: number): Value {
  const { options } = server.state;
  if (selector === 73) return server.cookieName();
  const session = Object.hasOwn(sessionSelectors, selector) ? sessionSelectors[selector as keyof typeof sessionSelectors] : undefined;
  if (session) return asOption(options[session]);
  if (selector === 93) return options.others.get('CORSSettings') ?? { t: 'collection', items: [] };
  if (!Object.hasOwn(otherSelectors, selector)) return undefined;
  const { property, value } = otherSelectors[selector];
  return asOption(options.others.get(property) ?? value);
}

/** Sets a property, as an assignment or in `start(settings)`. */
export function setProperty(server: ServerContext, property: string, value: Value): SettingProblem | undefined {
  if (readOnly.has(property)) return { what: texts.readOnly, value: property };
  const { options } = server.state;
  if (property !== 'others' && Object.hasOwn(options, property)) {
    return setSessionOption(server, property as Exclude<keyof WebOptions, 'others'>, typeof value === 'boolean' ? Number(value) : value);
  }
  if (!otherProperties.has(property) && property !== 'CORSSettings' && !Object.hasOwn(further, property))
    return { what: texts.property, value: property };
  options.others.set(property, value);
  return undefined;
}

/** The value of a property; undefined for one that does not exist or that scalable mode does not return. */
export function getProperty(server: ServerContext, property: string): Value {
  const { options, running } = server.state;
  const mode = running ?? modeOf(options);
  if (property === 'isRunning') return running !== undefined;
  if (property === 'name') return server.parts.project.name;
  if (property === 'openSSLVersion') return '';
  if (property === 'perfectForwardSecrecy' || property === 'accessKeyDefined') return false;
  if (property === 'sessionCookieName') return server.cookieName();
  if (property === 'handlers' || property === 'rules') return { t: 'collection', items: [] };
  // While it runs the real values, before that those of the next start (facts: web-sessions §12.5).
  if (property === 'keepSession') return mode === 'legacy';
  if (property === 'scalableSession') return mode === 'scalable';
  if (mode === 'scalable' && hiddenInScalable.has(property)) return undefined;
  if (property !== 'others' && Object.hasOwn(options, property)) return options[property as Exclude<keyof WebOptions, 'others'>];
  const set = options.others.get(property);
  if (set !== undefined) return set;
  if (property === 'CORSSettings') return { t: 'collection', items: [] };
  const other = otherProperties.get(property);
  if (other) return other.flag ? other.value !== 0 : other.value;
  return Object.hasOwn(further, property) ? further[property] : undefined;
}

/** Names of the properties that have a value, in order, for `For each` over a web server. */
export function propertyNames(server: ServerContext): string[] {
  const { others: _, ...options } = server.state.options;
  const names = new Set([...readOnly, 'CORSSettings', ...Object.keys(options), ...otherProperties.keys(), ...Object.keys(further)]);
  return [...names].filter((name) => getProperty(server, name) !== undefined).sort();
}

function asOption(value: Value): Value {
  return typeof value === 'boolean' ? Number(value) : value;
}

function number(value: Value): number {
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value === 'boolean') return Number(value);
  const parsed = typeof value === 'string' ? Number.parseInt(value, 10) : 0;
  return Number.isFinite(parsed) ? parsed : 0;
}

function setSessionOption(server: ServerContext, name: Exclude<keyof WebOptions, 'others'>, value: Value): SettingProblem | undefined {
  const { options, running } = server.state;
  const defaults = defaultWebOptions();
  switch (name) {
    case 'keepSession':
    case 'scalableSession': {
      const on = number(value) !== 0;
      const other = name === 'keepSession' ? 'scalableSession' : 'keepSession';
      if (running) server.assume('mode-restart');
      if (on && options[other]) {
        server.assume('both-modes');
        options[other] = false;
      }
      options[name] = on;
      return undefined;
    }
    case 'sessionIPAddressValidation':
      options[name] = number(value) !== 0;
      return undefined;
    case 'sessionCookieName': {
      const text = String(value ?? '');
      if (text !== '' && !isCookieName(text)) return { what: texts.cookieName, value: text };
      options[name] = text;
      return undefined;
    }
    case 'sessionCookieDomain':
    case 'sessionCookiePath': {
      const text = String(value ?? '');
      if (!isCookieAttribute(text)) return { what: texts.cookieAttribute, value: text };
      options[name] = text || defaults[name];
      return undefined;
    }
    case 'sessionCookieSameSite': {
      const text = String(value ?? '');
      const known = ['Strict', 'Lax', 'None'].find((each) => each.toLowerCase() === text.toLowerCase());
      if (!known) return { what: texts.sameSite, value: text };
      options[name] = known;
      return undefined;
    }
    case 'maxConcurrentProcesses':
      options[name] = Math.min(32_000, Math.max(10, number(value) || defaults[name]));
      break;
    case 'maxRequestSize':
      options[name] = Math.min(2_147_483_647, Math.max(500_000, number(value) || defaults[name]));
      return undefined;
    default: {
      const wanted = number(value);
      options[name] = wanted > 0 ? wanted : defaults[name]; // 0 puts the default back (facts: web-sessions §5.1)
    }
  }
  if (running === 'legacy') server.assume('option-at-once');
  return undefined;
}
