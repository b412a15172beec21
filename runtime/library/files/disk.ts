/**
 * The disk that 4D code sees: the project's files as they are, and over them, in memory, what the program wrote, moved and deleted.
 * Elsewhere there is only what the program puts there. State is plain data; the host's files are only ever read.
 */
import type { FileSystem } from '#syntaxes/project/fileSystem.js';
import { fold } from '#syntaxes/text/fold.js';
import type { Value } from '../../values/value.js';
import type { XmlReading, XmlWriting } from '../xml/streams.js';
import { type Places, parentOf } from './paths.js';

export interface DiskEntry {
  /** As it is written. */
  path: string;
  readonly kind: 'file' | 'folder' | 'gone';
  /** Undefined until they were read. */
  readonly bytes?: Uint8Array;
  /** A folder whose contents in the project are all known. */
  readonly listed?: boolean;
  readonly created: number;
  readonly modified: number;
  /** The program made, changed or deleted it. */
  readonly own: boolean;
  readonly hidden?: boolean;
}

/** An open document of `Open document` and its kin, or a 4D.FileHandle. */
export interface OpenDocument {
  readonly path: string;
  readonly mode: 'read' | 'write' | 'append';
  offset: number;
  readonly charset: string;
  /** XML that is written to it, or read from it, piece by piece. */
  writing?: XmlWriting;
  reading?: XmlReading;
}

export interface DiskState {
  /** By folded path. */
  readonly entries: Map<string, DiskEntry>;
  /** By document reference. */
  readonly documents: Map<number, OpenDocument>;
  nextDocument: number;
}

export interface Disk {
  state: DiskState;
  readonly places: Places;
  /** The project's folder at the host, read only. */
  readonly files: FileSystem;
  readonly root: string;
  /** When files of the project were made, as far as the program can tell: hosts do not say. */
  readonly epoch: number;
}

/**
 * @param root folder of the project as `files` names it
 * @param name of the project: it lies at `C:\<name>\` for 4D code
 */
export function createDisk(files: FileSystem, root: string, name: string, webFolder: string, epoch: number): Disk {
  const project = `C:/${name.replace(/[\\/:*?"<>|]/g, '_') || 'project'}`;
  return { state: { entries: new Map(), documents: new Map(), nextDocument: 1 }, places: { project, webFolder }, files, root, epoch };
}

/** Thrown while a native looks at something that was not read yet; its wrapper reads it and calls the native again. */
export class NotReadYet extends Error {
  constructor(readonly path: string) {
    super(path);
  }
}

const nowhere = (path: string): DiskEntry => ({ path, kind: 'gone', created: 0, modified: 0, own: false });

/** What is at a path; `contents`: the bytes of a file or the names in a folder must be there too. Throws {@link NotReadYet}. */
export function look(disk: Disk, path: string, contents = false): DiskEntry {
  const entry = disk.state.entries.get(fold(path));
  if (entry) {
    if (contents && entry.kind === 'file' && !entry.bytes) throw new NotReadYet(path);
    if (contents && entry.kind === 'folder' && !entry.listed && !entry.own && isInProject(disk, path)) throw new NotReadYet(path);
    return entry;
  }
  if (!isInProject(disk, path)) return isRootOf(disk, path) ? { ...nowhere(path), kind: 'folder' } : nowhere(path);
  for (let above = parentOf(path); above !== undefined && isInProject(disk, above); above = parentOf(above)) {
    const known = disk.state.entries.get(fold(above));
    // The nearest folder that is known: what it does not list, or what lay in a deleted one, is not there.
    if (known && (known.kind !== 'folder' || known.listed)) return nowhere(path);
    if (known) break;
  }
  throw new NotReadYet(path);
}

/** A volume, and the folders above the project. */
function isRootOf(disk: Disk, path: string): boolean {
  return fold(`${disk.places.project}/`).startsWith(`${fold(path)}/`) || /^[A-Za-z]:$/.test(path);
}

export function isInProject(disk: Disk, path: string): boolean {
  const project = fold(disk.places.project);
  return fold(path) === project || fold(path).startsWith(`${project}/`);
}

/** Paths directly in a folder, in the order of their names. */
export function contentsOf(disk: Disk, folder: string): DiskEntry[] {
  look(disk, folder, true);
  const start = `${fold(folder)}/`;
  const found: DiskEntry[] = [];
  for (const [key, entry] of disk.state.entries) {
    if (entry.kind !== 'gone' && key.startsWith(start) && !key.slice(start.length).includes('/')) found.push(entry);
  }
  return found.sort((a, b) => (fold(a.path) < fold(b.path) ? -1 : 1));
}

/** Reads a file or folder of the project at the host: `{path, bytes}` or `{path, names}` with its real spelling, as a 4D value so that a run can be recorded. */
export async function readOutside(disk: Disk, path: string): Promise<Value> {
  const at = await locate(disk, path);
  if (at === undefined) return null;
  const folder = await disk.files.list(at);
  const bytes = folder.length === 0 ? await disk.files.readBytes(at) : undefined;
  if (!bytes && folder.length === 0 && !(await isFolder(disk, at))) return null;
  const properties = new Map<string, Value>([['path', disk.places.project + at.slice(disk.root.length)]]);
  if (bytes) properties.set('bytes', { t: 'blob', bytes });
  else properties.set('names', { t: 'collection', items: folder.map((entry) => (entry.folder ? `${entry.name}/` : entry.name)) });
  return { t: 'object', properties };
}

async function isFolder(disk: Disk, at: string): Promise<boolean> {
  if (at === disk.root) return true;
  const cut = at.lastIndexOf('/');
  return (await disk.files.list(at.slice(0, cut))).some((entry) => entry.folder && entry.name === at.slice(cut + 1));
}

/** The host's path: names are compared without case as on Windows, and links do not lead out of the project. */
async function locate(disk: Disk, path: string): Promise<string | undefined> {
  let at = disk.root;
  for (const name of path.slice(disk.places.project.length).split('/').filter(Boolean)) {
    const entries = await disk.files.list(at);
    const found = entries.find((entry) => entry.name === name) ?? entries.find((entry) => fold(entry.name) === fold(name));
    if (!found) return undefined;
    at = `${at}/${found.name}`;
  }
  const { realPath } = disk.files;
  if (!realPath) return at;
  const [real, root] = [await realPath(at), await realPath(disk.root)];
  return real !== undefined && root !== undefined && (real === root || real.startsWith(root.endsWith('/') ? root : `${root}/`))
    ? at
    : undefined;
}

/** Puts what {@link readOutside} gave into the state; what the program did meanwhile stays. */
export function remember(disk: Disk, path: string, found: Value): void {
  const { entries } = disk.state;
  const known = entries.get(fold(path));
  if (typeof found !== 'object' || found?.t !== 'object') {
    if (!known) entries.set(fold(path), nowhere(path));
    return;
  }
  const times = { created: known?.created ?? disk.epoch, modified: known?.modified ?? disk.epoch };
  const spelled = known?.path ?? String(found.properties.get('path'));
  const bytes = found.properties.get('bytes');
  const names = found.properties.get('names');
  if (typeof bytes === 'object' && bytes?.t === 'blob' && (!known || (known.kind === 'file' && !known.bytes))) {
    entries.set(fold(path), { ...times, own: false, path: spelled, kind: 'file', bytes: bytes.bytes });
  } else if (typeof names === 'object' && names?.t === 'collection') {
    entries.set(fold(path), { ...times, own: known?.own ?? false, path: spelled, kind: 'folder', listed: true });
    for (const item of names.items) {
      const name = String(item);
      const child = `${spelled}/${name.replace(/\/$/, '')}`;
      if (!entries.has(fold(child))) {
        const { created, modified } = times;
        entries.set(fold(child), { created, modified, own: false, path: child, kind: name.endsWith('/') ? 'folder' : 'file' });
      }
    }
  }
}

/** What the program made of a file, by its path at the host: its bytes, null when it is gone, undefined when it left it alone. */
export function writtenAt(disk: Disk, at: string): Uint8Array | null | undefined {
  const entry = disk.state.entries.get(fold(disk.places.project + at.slice(disk.root.length)));
  if (!entry?.own) return undefined;
  return entry.kind === 'file' ? entry.bytes : null;
}

/** Writes a file, the folders above it too. */
export function writeFile(disk: Disk, path: string, bytes: Uint8Array, now: number): void {
  const known = disk.state.entries.get(fold(path));
  makeFolders(disk, parentOf(path), now);
  const created = known?.kind === 'file' ? known.created : now;
  disk.state.entries.set(fold(path), { path: known?.path ?? path, kind: 'file', bytes, created, modified: now, own: true });
}

/** Makes a folder and those above it, as far as they are not there. */
export function makeFolders(disk: Disk, path: string | undefined, now: number): void {
  if (path === undefined || /^[A-Za-z]:$/.test(path)) return;
  const known = disk.state.entries.get(fold(path));
  if (known?.kind === 'folder') return;
  makeFolders(disk, parentOf(path), now);
  // A folder of the project that nobody looked at yet stays to be read.
  if (!known && isInProject(disk, path)) return;
  disk.state.entries.set(fold(path), { path, kind: 'folder', listed: true, created: now, modified: now, own: true });
}

/** Makes one folder that is known not to be there. */
export function makeFolder(disk: Disk, path: string, now: number): void {
  makeFolders(disk, parentOf(path), now);
  disk.state.entries.set(fold(path), { path, kind: 'folder', listed: true, created: now, modified: now, own: true });
}

/** Deletes a file, or a folder with all that is in it. */
export function removePath(disk: Disk, path: string, now: number): void {
  const key = fold(path);
  for (const [other, entry] of disk.state.entries) {
    if (other === key || other.startsWith(`${key}/`)) {
      disk.state.entries.set(other, { path: entry.path, kind: 'gone', created: entry.created, modified: now, own: true });
    }
  }
}

/** Everything below a path that must be read before it can be copied or moved; throws {@link NotReadYet} until it was. */
export function wholeTree(disk: Disk, path: string): DiskEntry[] {
  const entry = look(disk, path, true);
  if (entry.kind !== 'folder') return [entry];
  return [entry, ...contentsOf(disk, path).flatMap((child) => wholeTree(disk, child.path))];
}

/** Copies a file or folder; what is at the target gives way. */
export function copyTree(disk: Disk, from: string, to: string, now: number): void {
  for (const entry of wholeTree(disk, from)) {
    const target = to + entry.path.slice(from.length);
    if (entry.kind === 'folder') makeFolder(disk, target, now);
    else if (entry.bytes) writeFile(disk, target, entry.bytes, now);
  }
}

export interface WrittenFile {
  /** Relative to the project's folder. */
  readonly path: string;
  /** Undefined for a file that was deleted. */
  readonly bytes: Uint8Array | undefined;
}

/** What the program changed in the project, for a host whose user asks to save it. */
export function writtenFiles(disk: Disk): WrittenFile[] {
  return [...disk.state.entries.values()]
    .filter((entry) => entry.own && entry.kind !== 'folder' && isInProject(disk, entry.path))
    .map(({ path, bytes }) => ({ path: path.slice(disk.places.project.length + 1), bytes }));
}
