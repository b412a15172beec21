/** Theme File and Folder: `File`, `Folder` and their classes (facts: 4D pages `API/FileClass`, `API/FolderClass`). */
import type { Value } from '../../values/value.js';
import { blobArgument, blobObject } from '../blobs.js';
import { BAD_PARAMETER, raise } from '../errors.js';
import { textBytes, textOf } from './breaks.js';
import { contentsOf, copyTree, look, makeFolder, removePath, wholeTree, writeFile } from './disk.js';
import {
  ALREADY_THERE,
  baseName,
  type Call,
  dateAt,
  diskOf,
  FileTheme,
  fileAt,
  fileObject,
  folderArgument,
  folderObject,
  givenPath,
  notFound,
  placeOf,
  timeAt,
} from './natives.js';
import {
  extensionOf,
  fileByNumber,
  folderByNumber,
  fromSystem,
  fullNameOf,
  isPlainName,
  normalPath,
  parentOf,
  toPosix,
  toSystem,
} from './paths.js';

export const fileObjects = new FileTheme('File and Folder');

const PLATFORM_PATH = 1;
const RECURSIVE = 1;
const OVERWRITE = 4;
const DELETE_WITH_CONTENTS = 1;

function pathGiven(call: Call): string {
  const text = call.text(0);
  const path = call.has(1) && !call.isOperator(1) && call.integer(1) === PLATFORM_PATH ? fromSystem(text, diskOf(call).places) : text;
  const systemless = path.startsWith('/') ? `/${normalPath(path)}` : normalPath(path);
  if (systemless !== '' && systemless !== '/') return systemless;
  return raise(
    BAD_PARAMETER,
    {
      en: '{0} needs a path, as in File("/RESOURCES/data.json").',
      es: '{0} necesita una ruta, como en File("/RESOURCES/datos.json").',
    },
    call.command,
  );
}

function file(call: Call): Value {
  const given = call.value(0);
  if (typeof given !== 'number') return fileObject(pathGiven(call));
  const path = fileByNumber(diskOf(call).places, given);
  return path === undefined
    ? raise(BAD_PARAMETER, { en: '{0}: there is no file number {1}.', es: '{0}: no hay ningún archivo número {1}.' }, call.command, given)
    : fileObject(path);
}
function folder(call: Call): Value {
  const given = call.value(0);
  if (typeof given !== 'number') return folderObject(pathGiven(call));
  const path = folderByNumber(diskOf(call).places, given);
  return path === undefined
    ? raise(
        BAD_PARAMETER,
        { en: '{0}: there is no folder number {1}.', es: '{0}: no hay ninguna carpeta número {1}.' },
        call.command,
        given,
      )
    : folderObject(path);
}
fileObjects.pathReader(1566, 'File', file);
fileObjects.pathReader(1567, 'Folder', folder);
fileObjects.pathProperty('4D.File.new', file);
fileObjects.pathProperty('4D.Folder.new', folder);

// ---- what both tell

for (const [className, isFile] of [
  ['4D.File', true],
  ['4D.Folder', false],
] as const) {
  const tell = (name: string, read: (call: Call) => Value) => fileObjects.property(`${className}.${name}`, read);
  const tellPath = (name: string, read: (call: Call) => Value) => fileObjects.pathProperty(`${className}.${name}`, read);
  tellPath('path', (call) => toPosix(givenPath(call.self), !isFile));
  tellPath('platformPath', (call) => toSystem(placeOf(call), !isFile));
  tellPath('fullName', (call) => fullNameOf(placeOf(call)));
  tellPath('name', (call) => (isFile ? baseName(placeOf(call)) : fullNameOf(placeOf(call)).replace(/\.[^.]*$/, '')));
  tellPath('extension', (call) => extensionOf(fullNameOf(placeOf(call))));
  tell('exists', (call) => look(diskOf(call), placeOf(call)).kind === (isFile ? 'file' : 'folder'));
  tellPath('isFile', () => isFile);
  tellPath('isFolder', () => !isFile);
  tellPath('isAlias', () => false);
  if (!isFile) tellPath('isPackage', () => false);
  tell('hidden', (call) => look(diskOf(call), placeOf(call)).hidden === true || fullNameOf(placeOf(call)).startsWith('.'));
  tellPath('original', (call) => call.self);
  tell('creationDate', (call) => dateAt(look(diskOf(call), placeOf(call)).created));
  tell('creationTime', (call) => timeAt(look(diskOf(call), placeOf(call)).created));
  tell('modificationDate', (call) => dateAt(look(diskOf(call), placeOf(call)).modified));
  tell('modificationTime', (call) => timeAt(look(diskOf(call), placeOf(call)).modified));
  tellPath('parent', (call) => {
    const parent = parentOf(givenPath(call.self));
    return parent === undefined || parent === '' ? null : folderObject(parent);
  });
  fileObjects.member(`${className}.copyTo`, (call) => copyOrMove(call, isFile, false));
  fileObjects.member(`${className}.moveTo`, (call) => copyOrMove(call, isFile, true));
  fileObjects.member(`${className}.rename`, (call) => {
    const parent = parentOf(givenPath(call.self)) ?? '';
    return relocate(call, isFile, `${parent}/${nameArgument(call, 0)}`, true, false);
  });
}

function nameArgument(call: Call, index: number): string {
  const name = call.text(index);
  if (isPlainName(name)) return name;
  return raise(
    BAD_PARAMETER,
    { en: '{0}: «{1}» cannot be the name of a file or folder.', es: '{0}: «{1}» no puede ser el nombre de un archivo o carpeta.' },
    call.command,
    name,
  );
}

function copyOrMove(call: Call, isFile: boolean, move: boolean): Value {
  const target = givenPath(folderArgument(call, 0));
  const named = call.has(1) && typeof call.value(1) === 'string';
  const name = named ? nameArgument(call, 1) : fullNameOf(givenPath(call.self));
  const options = call.has(named ? 2 : 1) && !move ? call.integer(named ? 2 : 1) : 0;
  return relocate(call, isFile, `${target}/${name}`, move, options === OVERWRITE);
}

/** Copies or moves to another path; gives the file or folder there. */
function relocate(call: Call, isFile: boolean, target: string, move: boolean, overwrite: boolean): Value {
  const disk = diskOf(call);
  const made = isFile ? fileObject(target) : folderObject(target);
  const [from, to] = [placeOf(call), placeOf(call, made)];
  wholeTree(disk, from);
  if (look(disk, from).kind !== (isFile ? 'file' : 'folder')) return notFound(call, from);
  const now = call.machine.clock.now();
  const there = look(disk, to);
  if (from === to) return made;
  if (!isFile && `${to}/`.startsWith(`${from}/`)) nowhereToGo(call, to);
  if (there.kind !== 'gone') {
    if (!overwrite) nowhereToGo(call, to);
    removePath(disk, to, now);
  }
  copyTree(disk, from, to, now);
  if (move) removePath(disk, from, now);
  return made;
}

function nowhereToGo(call: Call, path: string): never {
  return raise(
    ALREADY_THERE,
    {
      en: '{0}: {1} is already there, or lies in what is to be copied.',
      es: '{0}: {1} ya existe, o está dentro de lo que se quiere copiar.',
    },
    call.command,
    path,
  );
}

// ---- files

fileObjects.property('4D.File.size', (call) => {
  const entry = look(diskOf(call), placeOf(call), true);
  return entry.bytes?.length ?? 0;
});
fileObjects.property('4D.File.isWritable', () => true);
fileObjects.property('4D.File.getText', (call) =>
  textOf(call, fileAt(call, placeOf(call)).bytes, { charset: 0, breaks: 1, defaultBreaks: 1 }),
);
fileObjects.property('4D.File.getContent', (call) => blobObject(fileAt(call, placeOf(call)).bytes));
fileObjects.member('4D.File.setText', (call) => {
  const bytes = textBytes(call, call.text(0), { charset: 1, breaks: 2, defaultBreaks: 1 });
  look(diskOf(call), placeOf(call));
  writeFile(diskOf(call), placeOf(call), bytes, call.machine.clock.now());
  return undefined;
});
fileObjects.member('4D.File.setContent', (call) => {
  look(diskOf(call), placeOf(call));
  writeFile(diskOf(call), placeOf(call), blobArgument(call, 0), call.machine.clock.now());
  return undefined;
});
fileObjects.member('4D.File.create', (call) => {
  if (look(diskOf(call), placeOf(call)).kind !== 'gone') return false;
  writeFile(diskOf(call), placeOf(call), new Uint8Array(0), call.machine.clock.now());
  return true;
});
fileObjects.member('4D.File.delete', (call) => {
  if (look(diskOf(call), placeOf(call)).kind === 'file') removePath(diskOf(call), placeOf(call), call.machine.clock.now());
  return undefined;
});

// ---- folders

fileObjects.member('4D.Folder.create', (call) => {
  if (look(diskOf(call), placeOf(call)).kind !== 'gone') return false;
  makeFolder(diskOf(call), placeOf(call), call.machine.clock.now());
  return true;
});
fileObjects.member('4D.Folder.delete', (call) => {
  const disk = diskOf(call);
  const path = placeOf(call);
  if (look(disk, path).kind !== 'folder') return undefined;
  if (call.integer(0) !== DELETE_WITH_CONTENTS && contentsOf(disk, path).length > 0) {
    return raise(-47, { en: '{0}: the folder {1} is not empty.', es: '{0}: la carpeta {1} no está vacía.' }, call.command, path);
  }
  removePath(disk, path, call.machine.clock.now());
  return undefined;
});

/** A path below the folder: a relative one, which may not leave it. */
function below(call: Call): string {
  const path = call.text(0).replaceAll('\\', '/');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length === 0 || parts.includes('..') || path.startsWith('/')) {
    return raise(
      BAD_PARAMETER,
      { en: '{0} takes a path inside the folder, not «{1}».', es: '{0} recibe una ruta dentro de la carpeta, no «{1}».' },
      call.command,
      call.text(0),
    );
  }
  return `${givenPath(call.self)}/${parts.join('/')}`;
}
fileObjects.pathProperty('4D.Folder.file', (call) => fileObject(below(call)));
fileObjects.pathProperty('4D.Folder.folder', (call) => folderObject(below(call)));

for (const [member, kind] of [
  ['files', 'file'],
  ['folders', 'folder'],
] as const) {
  fileObjects.property(`4D.Folder.${member}`, (call) => {
    const disk = diskOf(call);
    const path = placeOf(call);
    const given = givenPath(call.self);
    if (look(disk, path).kind !== 'folder') return { t: 'collection', items: [] };
    const options = call.integer(0);
    const entries = options & RECURSIVE ? wholeNames(call, path) : contentsOf(disk, path);
    const visible = (name: string) => !(options & 8) || !name.startsWith('.');
    const items = entries
      .filter((entry) => entry.kind === kind && visible(fullNameOf(entry.path)))
      .map((entry) => given + entry.path.slice(path.length));
    return { t: 'collection', items: items.map((item) => (kind === 'file' ? fileObject(item) : folderObject(item))) };
  });
}

/** All entries below a folder; contents of files are not read. */
function wholeNames(call: Call, path: string): ReturnType<typeof contentsOf> {
  return contentsOf(diskOf(call), path).flatMap((entry) => (entry.kind === 'folder' ? [entry, ...wholeNames(call, entry.path)] : [entry]));
}
