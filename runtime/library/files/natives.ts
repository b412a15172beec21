/** What the natives about files share: the disk, waiting for what was not read yet, arguments and values. */
import type { Native, NativeCall, NativeResult } from '../../machine/types.js';
import { dateFromDays } from '../../values/dates.js';
import type { DateValue, HostValue, TimeValue, Value } from '../../values/value.js';
import { notModelled, raise } from '../errors.js';
import type { LibraryHost } from '../host.js';
import { Theme } from '../theme.js';
import { type Disk, type DiskEntry, look, NotReadYet, readOutside, remember } from './disk.js';
import { extensionOf, fromPosix, fromSystem, fullNameOf, toPosix } from './paths.js';

export type Call = NativeCall<LibraryHost>;

/** Error of the system for something that is not there, as 4D gives it on every platform (facts: 4D page `Concepts/error-handling`, system errors). */
export const FILE_NOT_FOUND = -43;
export const ALREADY_THERE = -48;
const READ = 'files: read';

/** The disk of the call; an error where the host has none. */
export function diskOf(call: Call): Disk {
  return call.host.disk ?? noDisk(call);
}

function noDisk(call: Call): never {
  return notModelled(
    {
      en: '{0}: this simulator was started without a project folder, so there are no files.',
      es: '{0}: este simulador se inició sin carpeta de proyecto, así que no hay archivos.',
    },
    call.command,
  );
}

/**
 * A theme about files. Its natives look at the disk with {@link look}; where something was not read yet they are called again after it was,
 * so that they must look at all they need before they change anything.
 */
export class FileTheme extends Theme {
  private readonly again = new Map<string, Native<LibraryHost>>();

  constructor(title: string) {
    super(title);
    this.continuation(`${READ} ${title}`, (call, state, result) => {
      const { key, path } = state as { key: string; path: string };
      remember(diskOf(call), path, result);
      return this.run(key, call);
    });
  }

  override command(number: number, name: string, native: Native<LibraryHost>): void {
    this.again.set(name, native);
    super.command(number, name, (call) => this.run(name, call));
  }

  override member(key: string, native: Native<LibraryHost>): void {
    this.again.set(key, native);
    super.member(key, (call) => this.run(key, call));
  }

  /** Reading a file waits, so that a hover cannot: only what looks at the path alone is free of effects. */
  override reader(number: number, name: string, native: Native<LibraryHost>): void {
    this.command(number, name, native);
  }
  override property(key: string, native: Native<LibraryHost>): void {
    this.member(key, native);
  }
  pathReader(number: number, name: string, native: Native<LibraryHost>): void {
    super.reader(number, name, native);
  }
  pathProperty(key: string, native: Native<LibraryHost>): void {
    super.property(key, native);
  }

  private run(key: string, call: Call): NativeResult {
    try {
      return (this.again.get(key) as Native<LibraryHost>)(call);
    } catch (stop) {
      if (!(stop instanceof NotReadYet)) throw stop;
      const { path } = stop;
      const disk = diskOf(call);
      const { outside } = call.host;
      if (!outside) return noDisk(call);
      return outside.start(call.process, () => readOutside(disk, path), `${READ} ${this.title}`, { key, path });
    }
  }
}

/** What a 4D.File or 4D.Folder holds: its path as 4D code gave it, `/RESOURCES/a.txt` included. */
export interface PathData {
  readonly path: string;
}

export function fileObject(path: string): HostValue {
  return { t: 'host', className: '4D.File', data: { path } satisfies PathData };
}
export function folderObject(path: string): HostValue {
  return { t: 'host', className: '4D.Folder', data: { path } satisfies PathData };
}

/** The path of a 4D.File or 4D.Folder as 4D's `.path` shows it, without `/` at its end. */
export function givenPath(value: Value): string {
  return ((value as HostValue).data as PathData).path;
}

/** Where a 4D.File or 4D.Folder lies on the disk. */
export function placeOf(call: Call, value: Value = call.self): string {
  return fromPosix(givenPath(value), diskOf(call).places);
}

/** The path of a command's argument, in the system's syntax. */
export function pathArgument(call: Call, index: number): string {
  return fromSystem(call.text(index), diskOf(call).places);
}

/** A 4D.Folder argument. */
export function folderArgument(call: Call, index: number): HostValue {
  const value = call.value(index);
  if (typeof value === 'object' && value?.t === 'host' && value.className === '4D.Folder') return value;
  return raise(
    77,
    {
      en: '{0} needs a 4D.Folder as argument {1}. Make one with Folder.',
      es: '{0} necesita un 4D.Folder como argumento {1}. Cree uno con Folder.',
    },
    call.command,
    index + 1,
  );
}

export function notFound(call: Call, path: string): never {
  return raise(FILE_NOT_FOUND, { en: '{0}: there is nothing at {1}.', es: '{0}: no hay nada en {1}.' }, call.command, toPosix(path, false));
}

/** The file at a path with its contents; raises error -43 when there is none. */
export function fileAt(call: Call, path: string): DiskEntry & { readonly bytes: Uint8Array } {
  const entry = look(diskOf(call), path, true);
  if (entry.kind !== 'file' || !entry.bytes) return notFound(call, path);
  return entry as DiskEntry & { readonly bytes: Uint8Array };
}

export function dateAt(milliseconds: number): DateValue {
  return dateFromDays(Math.floor(milliseconds / 86_400_000));
}
export function timeAt(milliseconds: number): TimeValue {
  return { t: 'time', seconds: Math.floor(milliseconds / 1000) % 86_400 };
}

/** `a` of `C:/x/a.txt`. */
export function baseName(path: string): string {
  const full = fullNameOf(path);
  return full.slice(0, full.length - extensionOf(full).length);
}
