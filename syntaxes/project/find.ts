import type { DirectoryEntry, FileSystem } from './fileSystem.js';

/** Folders that hold no project of their own, whatever is in them. */
const skipped = /^(node_modules|trash|deriveddata|libraries|\..*)$/i;
/** Deeper than this no project is looked for. */
const maxDepth = 8;
/** More folders than this are not listed. */
const maxFolders = 5000;

export interface FoundProjects {
  /** Folders that hold `Project`, or what is in it, in the order of their names, an outer one before the inner ones. */
  readonly roots: readonly string[];
  /** False when the search was given up because there were too many folders. */
  readonly complete: boolean;
}

/**
 * The 4D projects in a folder: several, also inside one another. A folder inside a project (`…/Project/Sources`) finds
 * that project. `node_modules`, `Trash`, compiled data and hidden folders are passed by.
 */
export async function searchProjects(fs: FileSystem, folder: string): Promise<FoundProjects> {
  const start = withoutSlash(folder);
  const around = await projectRootOf(fs, start);
  if (around !== undefined && around !== start) return { roots: [around], complete: true };
  const roots: string[] = [];
  let level = [start];
  let listed = 0;
  for (let depth = 0; depth <= maxDepth && level.length; depth++) {
    const room = maxFolders - listed;
    const folders = level.slice(0, room);
    listed += folders.length;
    const listings = await eachLimited(folders, (path) => fs.list(path));
    const next: string[] = [];
    for (const [index, entries] of listings.entries()) {
      const path = folders[index];
      const holds = await projectFolder(fs, path, entries);
      if (holds !== undefined) roots.push(path);
      for (const entry of entries) {
        if (entry.folder && !isProject(entry.name) && !skipped.test(entry.name) && !(holds === '' && isSources(entry.name)))
          next.push(`${path}/${entry.name}`);
      }
    }
    if (folders.length < level.length) return { roots: roots.sort(), complete: false };
    level = next;
  }
  return { roots: roots.sort(), complete: level.length === 0 };
}

/** The roots of `searchProjects`, without saying whether the search went to the end. */
export async function findProjects(fs: FileSystem, folder: string): Promise<string[]> {
  return [...(await searchProjects(fs, folder)).roots];
}

/** Root of the project that a file or folder belongs to: the nearest one above it, or it itself; undefined without one. */
export async function projectRootOf(fs: FileSystem, path: string): Promise<string | undefined> {
  const parts = withoutSlash(path).split('/');
  for (let length = parts.length; length > 0; length--) {
    const root = parts.slice(0, length).join('/');
    if (isProject(parts[length - 1])) continue;
    if ((await projectFolder(fs, root, await fs.list(root || '/'))) !== undefined) return root || '/';
  }
  return undefined;
}

/**
 * Where the project's files lie below a folder: in `Project`, or, where only the inside of that folder is kept, in the folder itself (empty
 * text). Undefined for folders that hold no project. A `.4DProject` file says that there is one, or else 4D code in `Sources`.
 */
export async function projectFolder(fs: FileSystem, root: string, entries: readonly DirectoryEntry[]): Promise<'Project' | '' | undefined> {
  const project = entries.find((entry) => entry.folder && isProject(entry.name));
  if (project) {
    const inside = await fs.list(`${root}/${project.name}`);
    if (projectFileOf(inside) || (await holdsCode(fs, `${root}/${project.name}`, inside))) return 'Project';
  }
  if (!entries.some((entry) => entry.folder && isSources(entry.name))) return undefined;
  return projectFileOf(entries) || (await holdsCode(fs, root, entries)) ? '' : undefined;
}

/** Whether `Sources` in a folder holds what 4D alone writes: a structure file, methods, database methods, classes. */
async function holdsCode(fs: FileSystem, folder: string, entries: readonly DirectoryEntry[]): Promise<boolean> {
  const sources = entries.find((entry) => entry.folder && isSources(entry.name));
  if (!sources) return false;
  const inside = await fs.list(`${folder}/${sources.name}`);
  if (inside.some((entry) => !entry.folder && /\.(4DCatalog|4DSettings)$/i.test(entry.name))) return true;
  for (const { name } of inside.filter((entry) => entry.folder && /^(methods|databasemethods|classes)$/i.test(entry.name)))
    if ((await fs.list(`${folder}/${sources.name}/${name}`)).some((entry) => /\.4dm$/i.test(entry.name))) return true;
  return false;
}

/** Name of the `.4DProject` file in a `Project` folder; the first one by name when there are several. */
export async function projectFileIn(fs: FileSystem, projectFolder: string): Promise<string | undefined> {
  return projectFileOf(await fs.list(projectFolder));
}

function projectFileOf(entries: readonly DirectoryEntry[]): string | undefined {
  return entries
    .filter((entry) => !entry.folder && /^[^.].*\.4DProject$/i.test(entry.name))
    .map((entry) => entry.name)
    .sort()[0];
}

/** Runs a function over many things, a few at a time; results in the order of the things. */
export async function eachLimited<T, R>(things: readonly T[], run: (thing: T) => Promise<R>, atOnce = 16): Promise<R[]> {
  const results = new Array<R>(things.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < things.length) {
      const index = next++;
      results[index] = await run(things[index]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, worker));
  return results;
}

function isProject(name: string): boolean {
  return name.toLowerCase() === 'project';
}

function isSources(name: string): boolean {
  return name.toLowerCase() === 'sources';
}

function withoutSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}
