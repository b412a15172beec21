/** Theme System Documents, and the folders of 4D Environment (facts: 4D theme pages of these names). */
import { fold } from '#syntaxes/text/fold.js';
import { putSet, recordSet } from '../../records/records.js';
import type { ArrayValue, Value } from '../../values/value.js';
import { blob, blobArgument } from '../blobs.js';
import { BAD_PARAMETER, raise } from '../errors.js';
import { fill } from '../webRequest.js';
import { textBytes, textOf } from './breaks.js';
import { contentsOf, copyTree, look, makeFolders, removePath, wholeTree, writeFile } from './disk.js';
import { ALREADY_THERE, type Call, dateAt, diskOf, FILE_NOT_FOUND, FileTheme, fileAt, notFound, pathArgument, timeAt } from './natives.js';
import {
  extensionOf,
  fileByNumber,
  folderByNumber,
  folderSeparator,
  fromPosix,
  fromSystem,
  fullNameOf,
  parentOf,
  temporaryFolder,
  toPosix,
  toSystem,
} from './paths.js';

export const documents = new FileTheme('System Documents');

const now = (call: Call) => call.machine.clock.now();

function failed(call: Call, code: number): undefined {
  call.setSystem('OK', 0);
  call.setSystem('Error', code);
  return undefined;
}
function done(call: Call, path?: string): undefined {
  call.setSystem('OK', 1);
  if (path !== undefined) call.setSystem('Document', toSystem(path, false));
  return undefined;
}

/** 1 for a document, 0 for a folder, an error number for nothing. */
documents.reader(476, 'Test path name', (call) => {
  const text = call.text(0);
  if (text.trim() === '') return FILE_NOT_FOUND;
  const { kind } = look(diskOf(call), pathArgument(call, 0));
  return kind === 'file' ? 1 : kind === 'folder' ? 0 : FILE_NOT_FOUND;
});

// ---- whole documents

documents.reader(1236, 'Document to text', (call) =>
  textOf(call, fileAt(call, pathArgument(call, 0)).bytes, { charset: 1, breaks: 2, defaultBreaks: 1 }),
);
documents.command(1237, 'TEXT TO DOCUMENT', (call) => {
  const path = pathArgument(call, 0);
  const bytes = textBytes(call, call.text(1), { charset: 2, breaks: 3, defaultBreaks: 1 });
  writable(call, path);
  writeFile(diskOf(call), path, bytes, now(call));
  return done(call, path);
});
documents.command(525, 'DOCUMENT TO BLOB', (call) => {
  const entry = look(diskOf(call), pathArgument(call, 0), true);
  if (!entry.bytes) return failed(call, FILE_NOT_FOUND);
  call.set(1, blob(entry.bytes));
  return done(call);
});
documents.command(526, 'BLOB TO DOCUMENT', (call) => {
  const path = pathArgument(call, 0);
  const bytes = blobArgument(call, 1);
  writable(call, path);
  writeFile(diskOf(call), path, bytes, now(call));
  return done(call, path);
});

/** A set as a file of the simulator's own form: its table and its records (facts: 4D pages `commands/save-set`, `load-set`). */
documents.command(184, 'SAVE SET', (call) => {
  const path = pathArgument(call, 1);
  const set = recordSet(call.host.records, call.process.number, call.text(0));
  if (!set) {
    call.setSystem('OK', 0);
    return undefined;
  }
  writable(call, path);
  const text = JSON.stringify({ set: { table: set.table, records: [...set.records] } });
  writeFile(diskOf(call), path, new TextEncoder().encode(text), now(call));
  return done(call, path);
});
documents.command(185, 'LOAD SET', (call) => {
  const first = call.table(0) === undefined ? 0 : 1;
  const saved = setIn(fileAt(call, pathArgument(call, first + 1)).bytes);
  const table = call.table(0) ?? saved?.table;
  call.setSystem('OK', saved && saved.table === table ? 1 : 0);
  if (saved && saved.table === table) putSet(call.host.records, call.process.number, call.text(first), saved.table, saved.records);
  return undefined;
});

function setIn(bytes: Uint8Array): { readonly table: number; readonly records: readonly number[] } | undefined {
  try {
    const { set } = JSON.parse(new TextDecoder().decode(bytes)) as { set?: { table?: unknown; records?: unknown } };
    const { table, records } = set ?? {};
    return typeof table === 'number' && Array.isArray(records)
      ? { table, records: records.filter((each) => typeof each === 'number') }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Raises an error where no file can be written: on a folder, or in a folder that is not there. */
function writable(call: Call, path: string): void {
  const disk = diskOf(call);
  const parent = parentOf(path);
  if (look(disk, path).kind === 'folder') notFound(call, path);
  if (parent === undefined || (look(disk, parent).kind !== 'folder' && fold(parent) !== fold(temporaryFolder))) notFound(call, path);
}

// ---- copying, moving, deleting

documents.command(475, 'CREATE FOLDER', (call) => {
  const path = pathArgument(call, 0);
  // With `*` a document's path is meant: its folders are made.
  const folder = call.isOperator(1) && !/[\\/:]$/.test(call.text(0)) ? parentOf(path) : path;
  if (folder === undefined || look(diskOf(call), folder).kind !== 'gone') return failed(call, ALREADY_THERE);
  makeAll(call, folder);
  return done(call);
});

function makeAll(call: Call, folder: string): void {
  for (let at: string | undefined = folder; at !== undefined; at = parentOf(at)) look(diskOf(call), at);
  makeFolders(diskOf(call), folder, now(call));
}

documents.command(159, 'DELETE DOCUMENT', (call) => {
  const path = pathArgument(call, 0);
  if (look(diskOf(call), path).kind !== 'file') return failed(call, FILE_NOT_FOUND);
  removePath(diskOf(call), path, now(call));
  return done(call);
});
documents.command(693, 'DELETE FOLDER', (call) => {
  const path = pathArgument(call, 0);
  if (look(diskOf(call), path).kind !== 'folder') return failed(call, FILE_NOT_FOUND);
  if (call.integer(1) !== 1 && contentsOf(diskOf(call), path).length > 0) return failed(call, -47);
  removePath(diskOf(call), path, now(call));
  return done(call);
});

documents.command(541, 'COPY DOCUMENT', (call) => {
  const from = pathArgument(call, 0);
  const named = call.has(2) && !call.isOperator(2) ? call.text(2) : '';
  const overwrite = call.isOperator(2) || call.isOperator(3);
  return transfer(call, from, target(call, from, named), overwrite, false);
});
documents.command(540, 'MOVE DOCUMENT', (call) => {
  const from = pathArgument(call, 0);
  return transfer(call, from, target(call, from, ''), false, true);
});

/** Where a copy goes: into the folder that the destination names, or to the path it gives. */
function target(call: Call, from: string, name: string): string {
  const to = pathArgument(call, 1);
  const intoFolder = /[\\/:]$/.test(call.text(1)) || look(diskOf(call), to).kind === 'folder';
  return intoFolder ? `${to}/${name || fullNameOf(from)}` : name ? `${parentOf(to) ?? to}/${name}` : to;
}

function transfer(call: Call, from: string, to: string, overwrite: boolean, move: boolean): undefined {
  const disk = diskOf(call);
  if (look(disk, from).kind === 'gone') return failed(call, FILE_NOT_FOUND);
  wholeTree(disk, from);
  const there = look(disk, to).kind !== 'gone';
  if ((there && !overwrite) || `${to}/`.startsWith(`${from}/`)) return failed(call, ALREADY_THERE);
  if (there) removePath(disk, to, now(call));
  copyTree(disk, from, to, now(call));
  if (move) removePath(disk, from, now(call));
  return done(call);
}

// ---- lists and properties

documents.command(474, 'DOCUMENT LIST', (call) => {
  list(call, 'file', call.integer(2));
  return undefined;
});
documents.command(473, 'FOLDER LIST', (call) => {
  list(call, 'folder', 0);
  return undefined;
});

const RECURSIVE = 1;
const ABSOLUTE = 2;
const POSIX = 4;
const NO_INVISIBLE = 8;

function list(call: Call, kind: 'file' | 'folder', options: number): void {
  const folder = pathArgument(call, 0);
  const disk = diskOf(call);
  const array: ArrayValue = call.array(1, 'text');
  if (look(disk, folder).kind !== 'folder') {
    fill(array, []);
    notFound(call, folder);
  }
  const walk = (path: string): string[] =>
    contentsOf(disk, path).flatMap((entry) => [
      ...(entry.kind === kind ? [entry.path] : []),
      ...(options & RECURSIVE && entry.kind === 'folder' ? walk(entry.path) : []),
    ]);
  const found = walk(folder).filter((path) => !(options & NO_INVISIBLE) || !fullNameOf(path).startsWith('.'));
  const shown = (path: string): string => {
    const text = options & ABSOLUTE ? path : options & RECURSIVE ? path.slice(folder.length) : path.slice(folder.length + 1);
    return options & POSIX ? text : text.replaceAll('/', folderSeparator);
  };
  fill(array, found.map(shown));
}

documents.reader(479, 'Get document size', (call) => {
  const value = call.value(0);
  const open = typeof value === 'object' && value?.t === 'time' ? diskOf(call).state.documents.get(value.seconds) : undefined;
  return fileAt(call, open ? open.path : pathArgument(call, 0)).bytes.length;
});
documents.command(477, 'GET DOCUMENT PROPERTIES', (call) => {
  const path = pathArgument(call, 0);
  const entry = look(diskOf(call), path);
  if (entry.kind === 'gone') notFound(call, path);
  const values: Value[] = [false, entry.hidden === true];
  for (const moment of [entry.created, entry.modified]) values.push(dateAt(moment), timeAt(moment));
  for (const [i, value] of values.entries()) if (call.has(i + 1)) call.set(i + 1, value);
  return undefined;
});

// ---- paths

documents.reader(1106, 'Convert path system to POSIX', (call) =>
  toPosix(fromSystem(call.text(0), diskOf(call).places), /[\\/:]$/.test(call.text(0))),
);
documents.reader(1107, 'Convert path POSIX to system', (call) =>
  toSystem(fromPosix(call.text(0), diskOf(call).places), call.text(0).endsWith('/')),
);

documents.reader(1547, 'Path to object', (call) => {
  const text = call.text(0);
  const separator = call.integer(1) === 1 && call.has(1) ? '/' : /[\\]/.test(text) || !text.includes('/') ? folderSeparator : '/';
  const isFolder = text.endsWith(separator);
  const trimmed = isFolder ? text.slice(0, -1) : text;
  const at = trimmed.lastIndexOf(separator);
  const full = trimmed.slice(at + 1);
  const extension = extensionOf(full);
  return {
    t: 'object',
    properties: new Map<string, Value>([
      ['parentFolder', trimmed.slice(0, at + 1)],
      ['name', full.slice(0, full.length - extension.length)],
      ['extension', extension],
      ['isFolder', isFolder],
    ]),
  };
});
documents.reader(1548, 'Object to path', (call) => {
  const { properties } = call.object(0);
  const text = (name: string) => {
    const value = properties.get(name);
    return typeof value === 'string' ? value : '';
  };
  const parent = text('parentFolder');
  const separator = parent.includes('/') ? '/' : folderSeparator;
  const joined = parent === '' || parent.endsWith(separator) ? parent : parent + separator;
  const extension = text('extension');
  const dotted = extension === '' || extension.startsWith('.') ? extension : `.${extension}`;
  return `${joined}${text('name')}${dotted}${properties.get('isFolder') === true ? separator : ''}`;
});

documents.reader(485, 'Get 4D folder', (call) => {
  const number = call.has(0) && !call.isOperator(0) ? call.integer(0) : 0;
  const { places } = diskOf(call);
  if (number === 5) return toPosix(places.project, true);
  const path = folderByNumber(places, number);
  if (path !== undefined && number < 100) return toSystem(path, true);
  return raise(
    BAD_PARAMETER,
    { en: '{0}: there is no folder number {1}.', es: '{0}: no hay ninguna carpeta número {1}.' },
    call.command,
    number,
  );
});
documents.reader(486, 'Temporary folder', () => toSystem(temporaryFolder, true));
documents.reader(487, 'System folder', (call) => {
  const number = call.integer(0);
  return toSystem(
    folderByNumber(diskOf(call).places, number === 15 ? 115 : number === 16 ? 116 : number === 17 ? 117 : 100) ?? 'C:/Windows',
    true,
  );
});
documents.reader(1418, 'Get 4D file', (call) => {
  const path = fileByNumber(diskOf(call).places, call.integer(0));
  return path === undefined ? '' : toSystem(path, false);
});
documents.reader(1105, 'Localized document path', (call) =>
  toSystem(`${diskOf(call).places.project}/Resources/${call.text(0).replaceAll('\\', '/')}`, false),
);
