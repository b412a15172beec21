/**
 * Paths of the simulated 4D, which runs on Windows with its project at `C:\<project>\` (facts: 4D pages `Concepts/paths`, `API/FileClass`).
 * Inside, a path is `C:/shop/Project/x`: volume, `/`, no `.` or `..`, no `/` at its end.
 */
import { fold } from '#syntaxes/text/fold.js';

export const folderSeparator = '\\';

/** Where 4D's folders are, for a project with this folder. */
export interface Places {
  /** `C:/shop` */
  readonly project: string;
  /** Web folder relative to the project. */
  readonly webFolder: string;
}

const outside = 'C:/Users/Designer';
export const temporaryFolder = 'C:/Temp';

/** File systems of 4D by their names (facts: 4D page `Concepts/paths`, section Filesystem pathnames). */
function fileSystems(places: Places): Readonly<Record<string, string>> {
  const { project } = places;
  return {
    PACKAGE: project,
    PROJECT: `${project}/Project`,
    SOURCES: `${project}/Project/Sources`,
    RESOURCES: `${project}/Resources`,
    DATA: `${project}/Data`,
    LOGS: `${project}/Logs`,
  };
}

/** Folders by the constants `fk …` of Folder and `… folder` of Get 4D folder. */
export function folderByNumber(places: Places, number: number): string | undefined {
  const { project } = places;
  switch (number) {
    case 0:
      return `${outside}/AppData/Roaming/4D`;
    case 1:
      return 'C:/ProgramData/4D/Licenses';
    case 3:
    case 4:
      return project;
    case 6:
      return `${project}/Resources`;
    case 7:
      return `${project}/Logs`;
    case 8:
      return `${project}/${places.webFolder}`;
    case 9:
      return `${project}/Data`;
    case 10:
      return `${project}/MobileApps`;
    case 100:
      return 'C:/Windows';
    case 115:
      return `${outside}/Desktop`;
    case 116:
      return 'C:/Program Files';
    case 117:
      return `${outside}/Documents`;
    case 118:
      return outside;
    default:
      return undefined;
  }
}

/** Files by the constants of Get 4D file and File, as far as they lie in the project. */
export function fileByNumber({ project }: Places, number: number): string | undefined {
  const names: Readonly<Record<number, string>> = {
    1: 'Settings/directory.json',
    18: 'Settings/Backup.4DSettings',
    19: 'Settings/BackupHistory.json',
    20: 'Settings/buildApp.4DSettings',
  };
  const name = names[number];
  return name === undefined ? undefined : `${project}/${name}`;
}

/** A path without `.`, `..` and doubled separators; `..` never leads out of a volume. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.length > 1) parts.pop();
    } else parts.push(part);
  }
  return parts.join('/');
}

/** The path behind a POSIX path of 4D code: `/RESOURCES/a.txt`, `C:/x`, `/a/x`. Relative ones begin at the project's folder. */
export function fromPosix(path: string, places: Places): string {
  const system = /^\/([A-Z]+)(?=\/|$)(.*)$/i.exec(path);
  const root = system && fileSystems(places)[system[1].toUpperCase()];
  // Nothing leads out of one of 4D's own file systems.
  if (root) return `${root}/${inside(system[2])}`.replace(/\/$/, '');
  if (/^[A-Z]:/i.test(path)) return normalPath(path);
  return path.startsWith('/') ? normalPath(`C:/${path}`) : normalPath(`${places.project}/${path}`);
}

function inside(path: string): string {
  return normalPath(`x/${path}`).replace(/^x\/?/, '');
}

/** The path behind a system path: `C:\shop\a.txt`, `Macintosh HD:shop:a.txt`, or a name relative to the project's folder. */
export function fromSystem(path: string, places: Places): string {
  if (/^[A-Z]:($|[\\/])/i.test(path)) return normalPath(path.replaceAll('\\', '/'));
  if (path.startsWith('/') || path.startsWith('\\\\')) return fromPosix(path.replaceAll('\\', '/'), places);
  const parts = path.replaceAll('\\', '/');
  // Colons are the separators of macOS; code that builds such paths gets the same folders.
  return normalPath(`${places.project}/${parts.includes('/') ? parts : parts.replaceAll(':', '/')}`);
}

/** `C:\shop\a.txt`; a folder ends with the separator. */
export function toSystem(path: string, folder: boolean): string {
  const text = path.replaceAll('/', folderSeparator);
  return folder && !text.endsWith(folderSeparator) ? text + folderSeparator : text;
}

/** True for a path with its volume: `C:\\shop\\a.txt`, `C:/shop/a.txt`. */
export function isFullPath(path: string): boolean {
  return /^[A-Z]:[\\/]/i.test(path);
}

/** A full path relative to a folder (`C:/shop`), `''` for the folder itself; undefined when it lies elsewhere. */
export function relativeTo(folder: string, path: string): string | undefined {
  const full = normalPath(path.replaceAll('\\', '/'));
  if (!`${fold(full)}/`.startsWith(`${fold(folder)}/`)) return undefined;
  return full.split('/').slice(folder.split('/').length).join('/');
}

export function toPosix(path: string, folder: boolean): string {
  return folder && !path.endsWith('/') ? `${path}/` : path;
}

export function parentOf(path: string): string | undefined {
  const at = path.lastIndexOf('/');
  return at < 0 ? undefined : path.slice(0, at);
}

/** Last part of a path: `a.txt`. */
export function fullNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `.txt` with its dot, empty without one; a name that begins with its only dot has none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot) : '';
}

/** True for a name that is one part of a path and no way out of its folder. */
export function isPlainName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[\\/:*?"<>|]/.test(name) && !/^\s|\s$/.test(name);
}
