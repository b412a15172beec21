/** Scalable sessions in code: `Session` and its class (facts: web-sessions §9, §10). */
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import type { NativeCall } from '../machine/types.js';
import { guestSession } from '../sessions/scalableStore.js';
import type { ScalableSession } from '../sessions/types.js';
import type { CollectionValue, HostValue, ObjectValue, Value } from '../values/value.js';
import type { WebHost } from '../web/host.js';
import { BAD_PARAMETER, notModelled, raise } from './errors.js';
import { Theme } from './theme.js';

export const session = new Theme<WebHost>('Session');

type Call = NativeCall<WebHost>;

const className = '4D.Session';

const texts = {
  privileges: {
    en: 'setPrivileges takes a text, a collection of texts, or an object with privileges, roles and userName.',
    es: 'setPrivileges recibe un texto, una colección de textos o un objeto con privileges, roles y userName.',
  },
  quotas: { en: 'Session.quotas is not modelled by the simulator.', es: 'El simulador no modela Session.quotas.' },
} satisfies Record<string, Bilingual>;

/** The session of a web process of a scalable server; undefined elsewhere (facts: web-sessions §9.3). */
function currentSession(call: Call): ScalableSession | undefined {
  const { web } = call.host;
  if (web.state.running !== 'scalable' || call.process.kind !== 'web' || !call.process.session) return undefined;
  return web.scalable.state.sessions.get(call.process.session);
}

/** The session behind `self`; a session that has ended since is an empty guest. */
function own(call: Call): ScalableSession {
  const { id } = (call.self as HostValue).data as { id: string };
  return call.host.web.scalable.state.sessions.get(id) ?? guestSession(id, '', { t: 'object', properties: new Map() }, 0);
}

function onlyTexts(items: readonly Value[]): string[] {
  return items.filter((item) => typeof item === 'string');
}

function collection(items: readonly Value[]): CollectionValue {
  return { t: 'collection', items: [...items] };
}

session.reader(1714, 'Session', (call) => {
  const current = currentSession(call);
  return current ? { t: 'host', className, data: { id: current.id } } : null;
});

session.reader(1839, 'Session storage', (call) => {
  const { web } = call.host;
  return web.scalable.find(call.text(0), web.now)?.storage ?? null;
});

session.reader(1844, 'Session info', (call) => {
  const { web } = call.host;
  const found = web.scalable.find(call.text(0), web.now);
  return found ? info(found) : null;
});

function info(of: ScalableSession): ObjectValue {
  const properties = new Map<string, Value>([
    ['type', 'web'],
    ['userName', of.userName],
    ['machineName', ''],
    ['systemUserName', ''],
    ['IPAddress', of.address],
    ['hostType', 'browser'],
    ['creationDateTime', isoText(of.opened)],
    ['state', 'active'],
    ['ID', of.id],
    ['persistentID', of.id],
  ]);
  return { t: 'object', properties };
}

function isoText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

session.property(`${className}.id`, (call) => own(call).id);
session.property(`${className}.userName`, (call) => own(call).userName);
session.property(`${className}.storage`, (call) => own(call).storage);
session.property(`${className}.info`, (call) => info(own(call)));
session.property(`${className}.idleTimeout`, (call) => own(call).idleTimeout);
session.property(`${className}.expirationDate`, (call) => {
  const { idleTimeout, lastRequest } = own(call);
  return isoText(lastRequest + idleTimeout * 60_000);
});
session.member(`${className}.idleTimeout=`, (call) => {
  call.host.web.scalable.setIdleTimeout(own(call), call.integer(call.count() - 1));
  return undefined;
});
session.member(`${className}.quotas`, () => notModelled(texts.quotas));

session.property(`${className}.isGuest`, (call) => own(call).guest);
session.property(`${className}.getPrivileges`, (call) => collection([...granted(call)].sort()));
session.property(`${className}.hasPrivilege`, (call) => {
  const wanted = call.text(0);
  return granted(call).has(wanted);
});

/** Privileges of a session with those that they include and those of its roles (`roles.json`), and what this process was promoted to. */
function granted(call: Call): ReadonlySet<string> {
  const { roles } = call.host.web.parts;
  const current = own(call);
  const all = new Set<string>();
  const add = (name: string) => {
    if (all.has(name)) return;
    all.add(name);
    for (const included of roles.privileges.get(name) ?? []) add(included);
  };
  if (current.guest) add('guest');
  for (const name of current.privileges) add(name);
  for (const role of current.roles) for (const name of roles.roles.get(role) ?? []) add(name);
  for (const name of promotions(call).values()) add(name);
  return all;
}

/** Promotions of the calling process by their number. */
function promotions(call: Call): Map<number, string> {
  let own = call.process.extra.get('promotions') as Map<number, string> | undefined;
  if (!own) {
    own = new Map();
    call.process.extra.set('promotions', own);
  }
  return own;
}

/** What is set takes the place of what was there (facts: web-sessions §10). */
session.member(`${className}.setPrivileges`, (call) => {
  const given = call.value(0);
  let privileges: string[] = [];
  let roles: string[] = [];
  let userName: string | undefined;
  const list = (value: Value): string[] => {
    if (typeof value === 'string') return value === '' ? [] : [value];
    return typeof value === 'object' && value?.t === 'collection' ? onlyTexts(value.items) : [];
  };
  if (typeof given === 'string' || (typeof given === 'object' && given?.t === 'collection')) privileges = list(given);
  else if (typeof given === 'object' && given?.t === 'object') {
    privileges = list(given.properties.get('privileges'));
    roles = list(given.properties.get('roles'));
    const name = given.properties.get('userName');
    if (typeof name === 'string') userName = name;
  } else raise(BAD_PARAMETER, texts.privileges);
  const current = own(call);
  current.privileges = privileges;
  current.roles = roles;
  current.guest = false;
  if (userName !== undefined) current.userName = userName;
  return true;
});

session.member(`${className}.clearPrivileges`, (call) => {
  const current = own(call);
  current.privileges = [];
  current.roles = [];
  current.guest = true;
  return true;
});

/** A number to give back to `demote`; 0 when the privilege is unknown or already there (facts: web-sessions §10). */
session.member(`${className}.promote`, (call) => {
  const name = call.text(0);
  if (!call.host.web.parts.roles.privileges.has(name) || granted(call).has(name)) return 0;
  const list = promotions(call);
  const number = Math.max(0, ...list.keys()) + 1;
  list.set(number, name);
  return number;
});

session.member(`${className}.demote`, (call) => {
  promotions(call).delete(call.integer(0));
  return undefined;
});

/** A token for one use; lives as long as the idle timeout unless seconds are given (facts: web-sessions §9.5). */
session.member(`${className}.createOTP`, (call) => {
  const current = own(call);
  const { web } = call.host;
  const seconds = call.has(0) && call.integer(0) > 0 ? call.integer(0) : current.idleTimeout * 60;
  const token = call.machine.random.uuid();
  web.scalable.state.tokens.set(token, { session: current.id, until: web.now + seconds * 1000 });
  return token;
});

/** Puts the request into the token's session; False leaves it where it is (facts: web-sessions §9.5). */
session.member(`${className}.restore`, (call) => {
  const { web } = call.host;
  const request = web.requestOf(call.process);
  const restored = web.scalable.redeem(call.text(0), web.now);
  if (!request || !restored) return false;
  web.pipeline.moveTo(request, restored, call.process);
  ((call.self as HostValue).data as { id: string }).id = restored.id;
  return true;
});
