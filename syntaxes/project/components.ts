/**
 * Components of a project as 4D finds them (4D page `Project/components`): packages `*.4dbase` in the folder `Components` beside `Project`,
 * and names in `dependencies.json` beside the sources. Only what has its sources in the folder `Components` is read.
 */
import type { FileSystem } from './fileSystem.js';
import { eachLimited } from './find.js';
import type { Pace } from './parts.js';
import { openProject } from './project.js';
import type { Project } from './project.types.js';
import { settingsAttribute } from './settings.js';
import { jsonObject } from './sourceFiles.js';
import type { SourceFile } from './types.js';

/** A component whose sources are there. */
export interface Component {
  readonly name: string;
  /** Its package below the host's root: `Components/Mail.4dbase`. */
  readonly folder: string;
  /** Name behind `cs.` under which it gives its classes; undefined when it gives none. */
  readonly namespace: string | undefined;
  /** Its own project; paths are relative to its package. */
  readonly project: Project;
}

export interface Components {
  /** In the order of their folders. */
  readonly read: readonly Component[];
  /** Names of those that are compiled or lie elsewhere. */
  readonly unread: readonly string[];
}

/** Reads the components of a project. Never fails: what has no sources is in `unread`. */
export async function openComponents(fs: FileSystem, host: Project, pace?: Pace): Promise<Components> {
  if (!host.hasForeignCode) return { read: [], unread: [] };
  const folder = (await fs.list(host.root)).find((entry) => entry.folder && /^components$/i.test(entry.name))?.name;
  const packages =
    folder === undefined ? [] : (await fs.list(`${host.root}/${folder}`)).filter(({ name }) => /\.(4dbase|4dz)$/i.test(name));
  const opened = await eachLimited(packages, async ({ name, folder: isFolder }) => {
    const below = `${folder}/${name}`;
    const project = isFolder ? await openProject(fs, `${host.root}/${below}`, pace) : undefined;
    return project?.files.length ? componentOf(project, below) : name.replace(/\.[^.]*$/, '');
  });
  const read = opened.filter((each) => typeof each !== 'string');
  const compiled = opened.filter((each) => typeof each === 'string');
  const found = new Set([...read.flatMap((each) => [each.name, packageName(each.folder)]), ...compiled].map((name) => name.toLowerCase()));
  const declared = (await dependencies(fs, host)).filter((name) => !found.has(name.toLowerCase()));
  return { read: read.sort((a, b) => (a.folder < b.folder ? -1 : 1)), unread: [...compiled, ...declared].sort() };
}

function componentOf(project: Project, folder: string): Component {
  const attributes = project.settings[0]?.attributes ?? [];
  const namespace = settingsAttribute(attributes, '/general', 'component_classStore_name')?.value;
  return { name: project.name, folder, namespace: namespace || undefined, project };
}

function packageName(folder: string): string {
  return folder.slice(folder.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}

async function dependencies(fs: FileSystem, host: Project): Promise<string[]> {
  const text = await fs.readText(`${host.root}/${host.sources}/dependencies.json`);
  const names = text === undefined ? undefined : jsonObject(text.replace(/^\uFEFF/, ''))?.dependencies;
  return typeof names === 'object' && names !== null ? Object.keys(names) : [];
}

/** A file of a component as one of the host: its path is relative to the host's root. */
export function fileOfComponent(component: Component, file: SourceFile): SourceFile {
  return { ...file, path: `${component.folder}/${file.path}`, component: component.name };
}
