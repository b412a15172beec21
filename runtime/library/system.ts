/** Themes 4D Environment and System Environment: what the simulated 4D tells about itself (facts: 4D theme pages of these names). It is a 4D Server on Windows, interpreted. */
import { civil, nullDate } from '../values/dates.js';
import type { Value } from '../values/value.js';
import { emptyElement } from './arrays.js';
import type { ApplicationFacts } from './host.js';
import { type Call, Theme } from './theme.js';
import { CURRENT_USER } from './users.js';

export const system = new Theme('System information');

const SERVER = 5;
const FULL_VERSION = 1;
const LAST_BACKUP_DATE = 0;
const NEXT_BACKUP_DATE = 4;

function application(call: Call): ApplicationFacts {
  return call.host.application ?? { name: 'Project', release: 21, started: 0 };
}
function project(call: Call): string {
  return `${(call.host.disk?.places.project ?? 'C:/project').replaceAll('/', '\\')}\\`;
}
function object(properties: Readonly<Record<string, Value>>): Value {
  return { t: 'object', properties: new Map(Object.entries(properties)) };
}

system.reader(494, 'Application type', () => SERVER);
system.reader(495, 'Version type', () => FULL_VERSION);
/** `21` is `2100`: release, then R number and minor number, which the simulator does not tell apart. */
system.command(493, 'Application version', (call) => {
  if (call.has(0) && !call.isOperator(0)) call.set(0, 0);
  const { release } = application(call);
  return call.isOperator(0) || call.isOperator(1) ? `F00${String(release).padStart(2, '0')}00` : `${String(release).padStart(2, '0')}00`;
});
system.reader(491, 'Application file', () => 'C:\\Program Files\\4D\\4D Server\\4D Server.exe');
system.reader(489, 'Structure file', (call) => `${project(call)}Project\\${application(call).name}.4DProject`);
system.reader(490, 'Data file', (call) => `${project(call)}Data\\data.4DD`);
system.reader(492, 'Is compiled mode', () => false);
system.reader(716, 'Is data file locked', () => false);
system.reader(1572, 'Is macOS', () => false);
system.reader(1573, 'Is Windows', () => true);
system.reader(483, 'Current machine', () => 'localhost');
system.reader(484, 'Current system user', () => CURRENT_USER);
system.reader(1009, 'Get database localization', () => 'en');
system.reader(1301, 'Last update log path', () => '');
/** Nothing is logged, and nothing was ever backed up nor will be. */
system.reader(928, 'Log file', () => '');
system.command(888, 'BACKUP INFO', (call) => {
  const about = call.integer(0);
  const isDate = about === LAST_BACKUP_DATE || about === NEXT_BACKUP_DATE;
  call.set(1, isDate ? nullDate : 0);
  call.set(2, isDate ? { t: 'time', seconds: 0 } : '');
});
/** No operation takes so long that anybody could see it. */
system.command(1277, 'ACTIVITY SNAPSHOT', (call) => {
  for (const [i, type] of (['object', 'text', 'integer', 'object'] as const).entries()) {
    if (call.has(i) && !call.isOperator(i)) call.array(i, type).items.length = 1;
  }
});
system.reader(1599, 'Application info', (call) =>
  object({
    headless: true,
    uptime: Math.floor((call.machine.clock.now() - application(call).started) / 1000),
    startTime: `${isoOf(application(call).started)}Z`,
    volumeShadowCopyStatus: 'notAvailable',
  }),
);
function isoOf(milliseconds: number): string {
  const { date, time } = civil(milliseconds);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.year}-${two(date.month)}-${two(date.day)}T${two(Math.floor(time.seconds / 3600))}:${two(Math.floor(time.seconds / 60) % 60)}:${two(time.seconds % 60)}`;
}
system.reader(1571, 'System info', () =>
  object({
    machineName: 'localhost',
    osVersion: 'Microsoft Windows',
    osLanguage: 'en',
    model: '4D simulator',
    processor: 'simulated',
    cores: 1,
    cpuThreads: 1,
    physicalMemory: 4_194_304,
    uptime: 0,
    accountName: CURRENT_USER,
    userName: CURRENT_USER,
    networkInterfaces: { t: 'collection', items: [] },
    volumes: { t: 'collection', items: [] },
  }),
);
system.reader(994, 'GET SYSTEM FORMAT', (call) => {
  call.set(1, ['.', ',', '$', 'MM', 'DD', 'YYYY', ':'][call.integer(0)] ?? '');
  return undefined;
});
function list(call: Call, index: number, type: 'text' | 'integer', values: readonly Value[]): void {
  const array = call.array(index, type);
  array.items = [emptyElement(array), ...values];
}
system.command(1001, 'COMPONENT LIST', (call) => {
  list(call, 0, 'text', call.host.application?.components ?? []);
  return undefined;
});
system.command(847, 'PLUGIN LIST', (call) => {
  list(call, 0, 'integer', []);
  list(call, 1, 'text', []);
  return undefined;
});
system.command(471, 'VOLUME LIST', (call) => {
  list(call, 0, 'text', ['C:']);
  return undefined;
});

// ---- parameters: kept, and given back; they change nothing else

const PARAMETERS = 'database parameters';

function parameterKey(call: Call, index: number): string {
  return `${PARAMETERS} ${call.table(0) ?? ''}:${call.integer(index)}`;
}
const selectorIndex = (call: Call): 0 | 1 => (call.has(0) && call.table(0) !== undefined ? 1 : 0);
const SEQUENCE_NUMBER = 31;

system.command(642, 'SET DATABASE PARAMETER', (call) => {
  const at = selectorIndex(call);
  const table = call.table(0);
  const value = call.value(at + 1);
  if (call.integer(at) === SEQUENCE_NUMBER && table !== undefined && typeof value === 'number') {
    const stored = call.host.records.state.tables.get(table);
    if (stored) stored.nextSequence = Math.max(1, Math.trunc(value) + 1);
  }
  call.machine.state.singletons.set(parameterKey(call, at), value);
  return undefined;
});
system.command(643, 'Get database parameter', (call) => {
  const at = selectorIndex(call);
  const table = call.table(0);
  if (call.integer(at) === SEQUENCE_NUMBER && table !== undefined)
    return (call.host.records.state.tables.get(table)?.nextSequence ?? 1) - 1;
  const value = call.machine.state.singletons.get(parameterKey(call, at));
  if (call.has(at + 1) && !call.isOperator(at + 1)) call.set(at + 1, typeof value === 'string' ? value : '');
  return typeof value === 'number' ? value : 0;
});

// ---- messages

system.command(667, 'LOG EVENT', (call) => {
  const text = typeof call.value(0) === 'string' ? call.text(0) : call.text(1);
  call.machine.trace({ kind: 'output', process: call.process.number, text: `LOG EVENT: ${text}` });
  return undefined;
});

/** Translations are not read: the name is what 4D gives too where there is none (facts: 4D page `commands/localized-string`). */
system.reader(991, 'Localized string', (call) => call.text(0));

// ---- a pasteboard of its own, for texts

const PASTEBOARD = 'pasteboard';

system.command(523, 'SET TEXT TO PASTEBOARD', (call) => {
  call.machine.state.singletons.set(PASTEBOARD, call.text(0));
  call.setSystem('OK', 1);
  return undefined;
});
system.command(524, 'Get text from pasteboard', (call) => {
  const text = call.machine.state.singletons.get(PASTEBOARD);
  call.setSystem('OK', typeof text === 'string' ? 1 : 0);
  return typeof text === 'string' ? text : '';
});
system.command(402, 'CLEAR PASTEBOARD', (call) => {
  call.machine.state.singletons.delete(PASTEBOARD);
  return undefined;
});

// ---- what a simulated 4D has nothing to do for

for (const [number, name] of [
  [297, 'FLUSH CACHE'],
  [1399, 'SET CACHE SIZE'],
  [1429, 'ADJUST TABLE CACHE PRIORITY'],
  [1400, 'SET TABLE CACHE PRIORITY'],
  [1052, 'NOTIFY RESOURCES FOLDER MODIFICATION'],
] as const) {
  system.command(number, name, () => undefined);
}
