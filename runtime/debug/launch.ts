import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import { projectRootOf } from '#syntaxes/project/find.js';
import type { Bilingual, Language } from '#syntaxes/text/bilingual.js';
import { openScenario } from '../scenarios/open.js';
import type { Scenario } from '../scenarios/types.js';
import { momentOf } from '../simulator/clock.js';
import type { SimulatorOptions, StandIn } from '../simulator/types.js';
import { Refusal } from './handlers.js';
import { plainPath, type SourceRoot } from './sources.js';

/** One request of a launch configuration. */
export interface PlayedRequest {
  /** Who sends it; each client has its own cookies. */
  readonly client: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A launch configuration that was checked. Paths use `/`. */
export interface LaunchConfiguration {
  readonly project?: string;
  readonly program?: string;
  /** A scenario file: it says itself which project it is for, who asks what, and when. */
  readonly scenario?: string;
  readonly requests: readonly PlayedRequest[];
  /** Not given: the first mode of the scenario, or what the project's settings say. */
  readonly sessionMode?: NonNullable<SimulatorOptions['mode']>;
  readonly port: number;
  readonly keepAlive: boolean;
  readonly stopOnEntry: boolean;
  readonly noDebug: boolean;
  readonly clock?: SimulatorOptions['clock'];
  readonly records?: SimulatorOptions['records'];
  readonly standIns?: SimulatorOptions['standIns'];
}

const texts = {
  kind: { en: 'Launch configuration: “{0}” must be {1}.', es: 'Configuración de inicio: «{0}» debe ser {1}.' },
  text: { en: 'a text', es: 'un texto' },
  trueOrFalse: { en: 'true or false', es: 'true o false' },
  number: { en: 'a number that is not negative', es: 'un número no negativo' },
  port: { en: 'a port between 0 and 65535; 0 takes a free one', es: 'un puerto entre 0 y 65535; 0 toma uno libre' },
  modes: { en: '“project”, “legacy”, “scalable” or “none”', es: '«project», «legacy», «scalable» o «none»' },
  list: { en: 'a list', es: 'una lista' },
  object: { en: 'an object', es: 'un objeto' },
  headers: { en: 'an object whose values are texts', es: 'un objeto cuyos valores son textos' },
  address: {
    en: 'a path that begins with “/”, for example /4DACTION/Logout',
    es: 'una ruta que empieza por «/», por ejemplo /4DACTION/Logout',
  },
  moment: { en: 'a date and time, for example 2026-01-31T08:00:00', es: 'una fecha y hora, por ejemplo 2026-01-31T08:00:00' },
  records: {
    en: 'the path of a JSON file, or an object with a list of records for each table',
    es: 'la ruta de un archivo JSON o un objeto con una lista de registros por tabla',
  },
  standIn: {
    en: '{ "value": … } or { "method": "name of a project method" }',
    es: '{ "value": … } o { "method": "nombre de un método proyecto" }',
  },
  nothing: {
    en: 'Launch configuration: neither “project” (the folder that holds “Project”) nor “program” (a .4dm file) nor “scenario” (a .scenario.json file) is given, so there is nothing to run.',
    es: 'Configuración de inicio: no se indica ni «project» (la carpeta que contiene «Project») ni «program» (un archivo .4dm) ni «scenario» (un archivo .scenario.json), así que no hay nada que ejecutar.',
  },
  scenarioSaysIt: {
    en: 'Launch configuration: a scenario says itself what “{0}” says. Leave out “{0}”, or leave out “scenario”.',
    es: 'Configuración de inicio: un escenario dice por sí mismo lo que dice «{0}». Quite «{0}» o quite «scenario».',
  },
  noProject: {
    en: 'There is no 4D project in “{0}”: no folder “Project” with a .4DProject file was found there. Name the folder that holds “Project”.',
    es: 'No hay ningún proyecto 4D en «{0}»: no se encontró allí una carpeta «Project» con un archivo .4DProject. Indique la carpeta que contiene «Project».',
  },
  noProgram: { en: 'The file “{0}” cannot be read.', es: 'No se puede leer el archivo «{0}».' },
  noMethodFile: {
    en: '“{0}” is no 4D method: its name does not end with .4dm.',
    es: '«{0}» no es un método 4D: su nombre no termina en .4dm.',
  },
} satisfies Record<string, Bilingual>;

class Reader {
  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    private readonly path = '',
  ) {}

  /** A value that passes a test, undefined when it is not there. */
  take<T>(name: string, is: (value: unknown) => value is T, wanted: Bilingual): T | undefined {
    const value = this.values[name];
    if (value === undefined || value === null) return undefined;
    if (!is(value)) throw wrong(this.path + name, wanted);
    return value;
  }

  text = (name: string) => this.take(name, isText, texts.text)?.trim() || undefined;
  flag = (name: string) => this.take(name, (value): value is boolean => typeof value === 'boolean', texts.trueOrFalse);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isPort = (value: unknown): value is number => Number.isInteger(value) && isNumber(value) && value <= 65_535;
const isMode = (value: unknown): value is LaunchConfiguration['sessionMode'] =>
  isText(value) && ['project', 'legacy', 'scalable', 'none'].includes(value);
const isMoment = (value: unknown): value is string | number =>
  (isText(value) || typeof value === 'number') && momentOf(value) !== undefined;
const isStandIn = (value: unknown): value is StandIn => isObject(value) && (isText(value.method) || 'value' in value);
const isRecords = (value: unknown): value is NonNullable<SimulatorOptions['records']> =>
  isText(value) || (isObject(value) && Object.values(value).every((rows) => Array.isArray(rows) && rows.every(isObject)));
const isTexts = (value: unknown): value is Readonly<Record<string, string>> => isObject(value) && Object.values(value).every(isText);

class Wrong extends Refusal {}

function wrong(name: string, wanted: Bilingual): Refusal {
  const fill = (language: 'en' | 'es') => texts.kind[language].replace('{0}', name).replace('{1}', wanted[language]);
  return new Wrong({ en: fill('en'), es: fill('es') });
}

/** What a scenario file says itself. */
const ofScenario = ['project', 'program', 'requests', 'clock', 'records', 'standIns'];

/** Checks what the client sent. Throws a `Refusal` that names the first thing that is wrong, and what it should be. */
export function readLaunch(args: unknown): LaunchConfiguration {
  const values = isObject(args) ? args : {};
  const reader = new Reader(values);
  const project = reader.text('project');
  const program = reader.text('program');
  const scenario = reader.text('scenario');
  if (!project && !program && !scenario) throw new Refusal(texts.nothing);
  const twice = scenario && ofScenario.find((name) => (values[name] ?? undefined) !== undefined);
  if (twice) throw new Refusal(texts.scenarioSaysIt, twice);
  const requests = (reader.take('requests', Array.isArray, texts.list) ?? []).map(readRequest);
  const clock = reader.take('clock', isObject, texts.object);
  const clockReader = new Reader(clock ?? {}, 'clock.');
  const standIns = reader.take('standIns', isObject, texts.object);
  for (const [name, standIn] of Object.entries(standIns ?? {})) {
    if (!isStandIn(standIn)) throw wrong(`standIns.${name}`, texts.standIn);
  }
  return {
    project: project && plainOrUri(project),
    program: program && plainOrUri(program),
    scenario: scenario && plainOrUri(scenario),
    requests,
    sessionMode: reader.take('sessionMode', isMode, texts.modes),
    port: reader.take('port', isPort, texts.port) ?? 0,
    keepAlive: reader.flag('keepAlive') ?? (!program && !scenario && requests.length === 0),
    stopOnEntry: reader.flag('stopOnEntry') ?? false,
    noDebug: reader.flag('noDebug') ?? false,
    clock: clock && {
      start: clockReader.take('start', isMoment, texts.moment),
      speed: clockReader.take('speed', isNumber, texts.number),
    },
    records: reader.take('records', isRecords, texts.records),
    standIns: standIns as Readonly<Record<string, StandIn>> | undefined,
  };
}

function readRequest(value: unknown, index: number): PlayedRequest {
  const path = `requests[${index}]`;
  if (!isObject(value)) throw wrong(path, texts.object);
  const reader = new Reader(value, `${path}.`);
  const url = reader.text('url');
  if (!url?.startsWith('/')) throw wrong(`${path}.url`, texts.address);
  return {
    client: reader.text('client') ?? 'browser',
    method: (reader.text('method') ?? 'GET').toUpperCase(),
    url,
    headers: reader.take('headers', isTexts, texts.headers) ?? {},
    body: reader.take('body', isText, texts.text) ?? '',
  };
}

/** On a disk paths are plain; elsewhere they stay URIs. */
const plainOrUri = (path: string): string =>
  /^file:/i.test(path) ? plainPath(path) : path.includes('://') ? path : path.replaceAll('\\', '/');

/** The project of a configuration as the simulator opens it. */
export interface Opened {
  readonly files: FileSystem;
  readonly root: string;
  readonly sources: SourceRoot;
  /** The program relative to the project. */
  readonly program?: string;
  readonly scenario?: OpenedFile;
}

/** A scenario with its text, and the path that the client knows it by. */
export interface OpenedFile {
  readonly scenario: Scenario;
  readonly text: string;
  readonly path: string;
}

/**
 * Finds the project to run. A `.4dm` file outside of any project runs as a method of a project made for it, together with the other
 * `.4dm` files of its folder. Throws a `Refusal` where there is nothing to open.
 */
export async function openConfiguration(configuration: LaunchConfiguration, files: FileSystem): Promise<Opened> {
  const { project, program, scenario } = configuration;
  if (scenario) return openedScenario(scenario, files);
  if (program && !/\.4dm$/i.test(program)) throw new Refusal(texts.noMethodFile, program);
  if (program && (await files.readText(program)) === undefined) throw new Refusal(texts.noProgram, program);
  const root = await projectRootOf(files, project ?? folderOf(program!));
  if (root !== undefined) {
    const sources = await sourcesOf(root, files);
    return { files, root, sources, ...(program && { program: below(sources, program) }) };
  }
  if (project || !program) throw new Refusal(texts.noProject, project ?? '');
  return loneMethods(files, program);
}

async function openedScenario(path: string, files: FileSystem): Promise<Opened> {
  const text = await files.readText(path);
  if (text === undefined) throw new Refusal(texts.noProgram, path);
  const opened = await openScenario(files, path, text);
  if ('problems' in opened) {
    const all = (language: Language): string => opened.problems.map((problem) => problem[language]).join(' ');
    throw new Refusal({ en: `${path}: ${all('en')}`, es: `${path}: ${all('es')}` });
  }
  const { scenario, root } = opened;
  return { files, root, sources: await sourcesOf(root, files), scenario: { scenario, text, path } };
}

async function sourcesOf(root: string, files: FileSystem): Promise<SourceRoot> {
  const real = await files.realPath?.(root);
  return { folder: root, prefix: '', ...(real && real !== root && { alsoKnownAs: [real.replaceAll('\\', '/')] }) };
}

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || '/';

function below(sources: SourceRoot, path: string): string {
  const folder = [sources.folder, ...(sources.alsoKnownAs ?? [])].find((each) => path.startsWith(`${each}/`));
  return folder ? path.slice(folder.length + 1) : path;
}

const methods = 'Project/Sources/Methods';

/** A file system in which the `.4dm` files of a folder are the methods of a project. */
function loneMethods(files: FileSystem, program: string): Opened {
  const folder = folderOf(program);
  const made = `${folder}/${methods}`;
  const projectFile = `${folder}/Project/Methods.4DProject`;
  const real = (path: string): string => (path.startsWith(`${made}/`) ? `${folder}${path.slice(made.length)}` : path);
  const entry = (name: string, isFolder: boolean) => ({ name, folder: isFolder });
  const overlay: FileSystem = {
    readText: async (path) => (path === projectFile ? '{}' : files.readText(real(path))),
    readBytes: async (path) => (path === projectFile ? new TextEncoder().encode('{}') : files.readBytes(real(path))),
    async list(path) {
      const name = path.replace(/\/+$/, '');
      if (name === folder) return [entry('Project', true)];
      if (name === `${folder}/Project`) return [entry('Methods.4DProject', false), entry('Sources', true)];
      if (name === `${folder}/Project/Sources`) return [entry('Methods', true)];
      if (name !== made) return [];
      return (await files.list(folder)).filter((each) => !each.folder && /\.4dm$/i.test(each.name));
    },
  };
  const name = program.slice(program.lastIndexOf('/') + 1);
  return { files: overlay, root: folder, sources: { folder, prefix: methods }, program: `${methods}/${name}` };
}
