import type { Bilingual } from '../text/bilingual.js';
import { fold } from '../text/fold.js';
import type { FileSystem } from './fileSystem.js';
import { eachLimited, projectFileIn, projectFolder } from './find.js';
import { atPace, type Pace, type Parts } from './parts.js';
import type { Project, ProjectProblem, SettingsFile } from './project.types.js';
import { sessionModeOf } from './sessionMode.js';
import { readSettings, settingsAttribute } from './settings.js';
import { classifyPath, jsonObject } from './sourceFiles.js';
import { noStructure, structureInParts } from './structure.js';
import type { SourceFile } from './types.js';

export { findProjects, projectRootOf } from './find.js';
export { classifyPath, readAttributes } from './sourceFiles.js';

type Report = (path: string, message: Bilingual, offset?: number) => void;

/** More methods than this are not listed; the rest of the project is read all the same. */
const maxFiles = 100_000;
/** `Project/Sources/TableForms/1/Input/ObjectMethods` is the deepest folder that holds methods. */
const maxDepth = 5;
/** So many files are one piece of work. */
const filesOfPart = 256;

const noProjectFile: Bilingual = {
  en: 'there is no .4DProject file beside the folder Sources; the name of the folder around it stands for the name of the application',
  es: 'no hay ningún archivo .4DProject junto a la carpeta Sources; el nombre de la carpeta que la contiene hace de nombre de la aplicación',
};
const brokenProjectFile: Bilingual = {
  en: 'the project file is not valid JSON; its options were read as if they were absent',
  es: 'el archivo de proyecto no es JSON válido; sus opciones se han leído como si no estuvieran',
};
const tooManyFiles: Bilingual = {
  en: `the project has more than ${maxFiles} methods; those beyond were left out`,
  es: `el proyecto tiene más de ${maxFiles} métodos; los demás se han dejado fuera`,
};

/**
 * Reads what a folder says about a 4D project: listings and a few small files, no method. Never fails: what cannot be read is in
 * `problems`, and the rest stands.
 *
 * @param root folder that holds `Project`
 * @param pace asked between two pieces of work whether others should have their turn
 */
export async function openProject(fs: FileSystem, root: string, pace?: Pace): Promise<Project> {
  const problems: ProjectProblem[] = [];
  const report: Report = (path, message, offset) => void problems.push({ path, message, ...(offset === undefined ? {} : { offset }) });

  const folder = (await projectFolder(fs, root, await fs.list(root || '/'))) ?? 'Project';
  const base = folder ? `${root}/${folder}` : root;
  const sources = folder ? `${folder}/Sources` : 'Sources';
  const fileName = await projectFileIn(fs, base);
  const projectFile = `${base}/${fileName ?? ''}`;
  if (fileName === undefined) report(`${root}/${sources}`, noProjectFile);
  const name = fileName?.replace(/\.4DProject$/i, '') ?? root.split('/').pop() ?? '';

  const [optionsText, structure, settings, lookUp, hasForeignCode] = await Promise.all([
    fileName === undefined ? undefined : fs.readText(projectFile),
    openStructure(fs, `${root}/${sources}/catalog.4DCatalog`, report, pace),
    openSettings(fs, root, sources, report),
    listFiles(fs, root, sources, report, pace).then((files) => atPace(lookUps(files), pace)),
    hasForeign(fs, root, sources),
  ]);
  const options = optionsText === undefined ? {} : jsonObject(optionsText.replace(/^\uFEFF/, ''));
  if (!options) report(projectFile, brokenProjectFile);
  const version = Number(options?.compatibilityVersion);

  const data: Data = {
    root,
    name,
    projectFile,
    sources,
    structure,
    settings,
    tokenized: options?.tokenizedText !== false,
    ...(Number.isInteger(version) && version > 0 ? { compatibilityVersion: version } : {}),
    webFolder: webFolderOf(settings),
    hasForeignCode,
    problems,
  };
  return new OpenProject(data, lookUp);
}

type Data = Pick<
  Project,
  | 'root'
  | 'name'
  | 'projectFile'
  | 'sources'
  | 'structure'
  | 'settings'
  | 'tokenized'
  | 'compatibilityVersion'
  | 'webFolder'
  | 'hasForeignCode'
  | 'problems'
>;

/** A project's files in the order of their paths, and the ways to find one. */
interface LookUps {
  readonly files: readonly SourceFile[];
  readonly byPath: ReadonlyMap<string, SourceFile>;
  /** By kind, then by folded name; of several, the first. */
  readonly byName: ReadonlyMap<SourceFile['kind'], ReadonlyMap<string, SourceFile>>;
  /** By their exact names. */
  readonly classes: ReadonlyMap<string, SourceFile>;
}

function* lookUps(files: readonly SourceFile[]): Parts<LookUps> {
  const byPath = new Map<string, SourceFile>();
  const byName = new Map<SourceFile['kind'], Map<string, SourceFile>>();
  const classes = new Map<string, SourceFile>();
  let count = 0;
  for (const file of files) {
    if (++count % filesOfPart === 0) yield;
    byPath.set(file.path, file);
    const named = byName.get(file.kind) ?? new Map<string, SourceFile>();
    byName.set(file.kind, named);
    const key = fold(file.name);
    if (!named.has(key)) named.set(key, file);
    if (file.kind === 'class' && !classes.has(file.name)) classes.set(file.name, file);
  }
  return { files, byPath, byName, classes };
}

class OpenProject implements Project {
  readonly root: string;
  readonly name: string;
  readonly projectFile: string;
  readonly sources: string;
  readonly files: readonly SourceFile[];
  readonly structure: Project['structure'];
  readonly settings: readonly SettingsFile[];
  readonly tokenized: boolean;
  readonly compatibilityVersion?: number;
  readonly webFolder: string;
  readonly hasForeignCode: boolean;
  readonly problems: Project['problems'];

  constructor(
    data: Data,
    private readonly lookUp: LookUps,
  ) {
    this.root = data.root;
    this.name = data.name;
    this.projectFile = data.projectFile;
    this.sources = data.sources;
    this.files = lookUp.files;
    this.structure = data.structure;
    this.settings = data.settings;
    this.tokenized = data.tokenized;
    if (data.compatibilityVersion !== undefined) this.compatibilityVersion = data.compatibilityVersion;
    this.webFolder = data.webFolder;
    this.hasForeignCode = data.hasForeignCode;
    this.problems = data.problems;
  }

  methodByName(name: string): SourceFile | undefined {
    return this.lookUp.byName.get('method')?.get(fold(name));
  }

  classByName(name: string): SourceFile | undefined {
    // names of classes do matter by case
    return this.lookUp.classes.get(name);
  }

  databaseMethod(name: string): SourceFile | undefined {
    return this.lookUp.byName.get('databaseMethod')?.get(fold(name));
  }

  fileByPath(path: string): SourceFile | undefined {
    return this.lookUp.byPath.get(path);
  }

  sessionMode(block: 'standalone_server' | 'remote') {
    return sessionModeOf(this.settings, block, this);
  }
}

async function hasForeign(fs: FileSystem, root: string, folder: string): Promise<boolean> {
  const [beside, sources] = await Promise.all([fs.list(root), fs.list(`${root}/${folder}`)]);
  return (
    beside.some((entry) => /^(components|plugins)$/i.test(entry.name)) || sources.some((entry) => /^dependencies\.json$/i.test(entry.name))
  );
}

async function openStructure(fs: FileSystem, path: string, report: Report, pace: Pace | undefined) {
  const text = await fs.readText(path);
  if (text === undefined) return noStructure;
  const { structure, problems } = await atPace(structureInParts(text), pace);
  for (const { message, offset } of problems) report(path, message, offset);
  return structure;
}

/** Settings of the project, then user settings where they are enabled, lowest priority first (facts: web-sessions §12.4). */
async function openSettings(fs: FileSystem, root: string, sources: string, report: Report): Promise<SettingsFile[]> {
  const read = async (path: string, level: SettingsFile['level']): Promise<SettingsFile[]> => {
    const text = await fs.readText(path);
    if (text === undefined) return [];
    const { attributes, problems } = readSettings(text);
    for (const { message, offset } of problems) report(path, message, offset);
    return [{ path, level, text, attributes }];
  };
  const structure = await read(`${root}/${sources}/settings.4DSettings`, 'structure');
  const enabled = structure.some((file) => settingsAttribute(file.attributes, '/general', 'allow_user_settings')?.value === 'true');
  if (!enabled) return structure;
  const user = await read(`${root}/Settings/settings.4DSettings`, 'user');
  const data = await read(`${root}/Data/Settings/settings.4DSettings`, 'data');
  return [...structure, ...user, ...data];
}

async function listFiles(fs: FileSystem, root: string, sources: string, report: Report, pace: Pace | undefined): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  let count = 0;
  let level = [sources];
  for (let depth = 0; depth <= maxDepth && level.length; depth++) {
    const listings = await eachLimited(level, (folder) => fs.list(`${root}/${folder}`));
    const next: string[] = [];
    for (const [index, entries] of listings.entries()) {
      for (const entry of entries) {
        const path = `${level[index]}/${entry.name}`;
        const file = entry.folder ? undefined : classifyPath(path);
        if (file) files.push(file);
        else if (entry.folder) next.push(path);
        if (++count % filesOfPart !== 0) continue;
        const turn = pace?.();
        if (turn) await turn;
      }
    }
    level = next;
  }
  if (files.length > maxFiles) {
    report(`${root}/${sources}`, tooManyFiles);
    files.length = maxFiles;
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** `html_root` of the first host, where it is a plain relative path; `WebFolder` otherwise. */
function webFolderOf(settings: readonly SettingsFile[]): string {
  for (const file of [...settings].reverse()) {
    const root = settingsAttribute(file.attributes, 'standalone_server/configuration/hosts/host', 'html_root')?.value;
    const plain = root?.replace(/\\/g, '/').replace(/^\/+|\/+$/g, '');
    if (plain && !plain.includes(':') && !plain.split('/').includes('..')) return plain;
  }
  return 'WebFolder';
}
