/** Documents opened piece by piece: `Open document`, `SEND PACKET` and their kin, and 4D.FileHandle (facts: 4D theme pages `System Documents`, `Communications`; page `API/FileHandleClass`). */
import type { HostValue, Value } from '../../values/value.js';
import { blob, blobArgument, blobObject, bytesOf, checkSize } from '../blobs.js';
import { notModelled, raise } from '../errors.js';
import { decodeText, encodeText } from '../text.js';
import { closeAll } from '../xml/streams.js';
import { look, type OpenDocument, writeFile } from './disk.js';
import { type Call, diskOf, FILE_NOT_FOUND, FileTheme, fileAt, fileObject, givenPath, pathArgument, placeOf } from './natives.js';
import { toSystem } from './paths.js';

export const openDocuments = new FileTheme('Documents open');

const NOT_OPEN = -38;

function open(call: Call, path: string, mode: OpenDocument['mode'], offset: number): number {
  const { state } = diskOf(call);
  const reference = state.nextDocument++;
  state.documents.set(reference, { path, mode, offset, charset: 'utf-8' });
  return reference;
}

export function opened(call: Call, path: string, mode: OpenDocument['mode'], offset: number): Value {
  call.setSystem('OK', 1);
  call.setSystem('Document', toSystem(path, false));
  return { t: 'time', seconds: open(call, path, mode, offset) };
}

/** An empty name opens a dialog, which nobody answers here: as if it were cancelled. */
export function cancelled(call: Call): Value {
  call.machine.trace({
    kind: 'output',
    process: call.process.number,
    text: `${call.command} without a name would open a dialog: cancelled`,
  });
  call.setSystem('OK', 0);
  return { t: 'time', seconds: 0 };
}

export function missing(call: Call): Value {
  call.setSystem('OK', 0);
  call.setSystem('Error', FILE_NOT_FOUND);
  return { t: 'time', seconds: 0 };
}

openDocuments.command(264, 'Open document', (call) => {
  if (call.text(0) === '') return cancelled(call);
  const path = pathArgument(call, 0);
  if (look(diskOf(call), path, true).kind !== 'file') return missing(call);
  const mode = call.has(2) ? call.integer(2) : typeof call.value(1) === 'number' ? call.integer(1) : 0;
  return opened(call, path, mode === 2 ? 'read' : 'write', 0);
});
openDocuments.command(265, 'Append document', (call) => {
  if (call.text(0) === '') return cancelled(call);
  const path = pathArgument(call, 0);
  const entry = look(diskOf(call), path, true);
  return entry.bytes ? opened(call, path, 'append', entry.bytes.length) : missing(call);
});
openDocuments.command(266, 'Create document', (call) => {
  if (call.text(0) === '') return cancelled(call);
  const path = pathArgument(call, 0);
  look(diskOf(call), path);
  writeFile(diskOf(call), path, new Uint8Array(0), call.machine.clock.now());
  return opened(call, path, 'write', 0);
});
openDocuments.command(267, 'CLOSE DOCUMENT', (call) => {
  const { documents } = diskOf(call).state;
  const document = documents.get(call.integer(0));
  // XML gets the end tags that it lacks.
  if (document?.writing?.open.length) {
    fileAt(call, document.path);
    write(call, document, encodeText(closeAll(document.writing), document.writing.encoding));
  }
  documents.delete(call.integer(0));
  return undefined;
});

/** The open document of a reference; raises error -38 when it is none. */
export function documentAt(call: Call, reference: number): OpenDocument {
  return (
    diskOf(call).state.documents.get(reference) ??
    raise(
      NOT_OPEN,
      {
        en: '{0}: no document is open under this reference. Open one with Open document or Create document.',
        es: '{0}: no hay ningún documento abierto con esta referencia. Abra uno con Open document o Create document.',
      },
      call.command,
    )
  );
}

/** Key in `ProcessState.extra` of the reference of the document that SET CHANNEL opened. */
export const channelKey = 'channel';

export function channelOf(call: Call): OpenDocument | undefined {
  const reference = call.process.extra.get(channelKey);
  return typeof reference === 'number' ? diskOf(call).state.documents.get(reference) : undefined;
}

/** The document that is named first, or the one that SET CHANNEL opened. */
function packetDocument(call: Call): OpenDocument {
  const value = call.value(0);
  if (typeof value === 'object' && value?.t === 'time') return documentAt(call, value.seconds);
  if (typeof value === 'number' && call.count() > (call.command === 'SEND PACKET' ? 1 : 2)) return documentAt(call, value);
  const channel = channelOf(call);
  if (channel) return channel;
  return notModelled(
    {
      en: '{0} without a document and without SET CHANNEL writes to a serial port, which is not simulated.',
      es: '{0} sin documento y sin SET CHANNEL escribe en un puerto serie, que no se simula.',
    },
    call.command,
  );
}

export function write(call: Call, document: OpenDocument, bytes: Uint8Array): void {
  if (document.mode === 'read') {
    raise(-61, { en: '{0}: the document was opened to read.', es: '{0}: el documento se abrió para leer.' }, call.command);
  }
  const old = fileAt(call, document.path).bytes;
  const made = new Uint8Array(checkSize(call, Math.max(old.length, document.offset + bytes.length)));
  made.set(old);
  made.set(bytes, document.offset);
  document.offset += bytes.length;
  writeFile(diskOf(call), document.path, made, call.machine.clock.now());
}

/** `USE CHARACTER SET`: what packets are encoded in, per process (facts: 4D page `commands/use-character-set`). */
function packetCharset(call: Call, way: 'in' | 'out'): string {
  const named = call.process.extra.get(`charset ${way}`);
  return typeof named === 'string' ? named : 'utf-8';
}
openDocuments.command(205, 'USE CHARACTER SET', (call) => {
  const way = call.count() > 1 && call.integer(1) === 1 ? 'in' : 'out';
  if (call.isOperator(0)) call.process.extra.delete(`charset ${way}`);
  else {
    try {
      call.process.extra.set(`charset ${way}`, new TextDecoder(call.text(0)).encoding);
      call.setSystem('OK', 1);
    } catch {
      call.setSystem('OK', 0);
    }
  }
  return undefined;
});

openDocuments.command(103, 'SEND PACKET', (call) => {
  const document = packetDocument(call);
  const packet = call.value(call.count() > 1 ? 1 : 0);
  fileAt(call, document.path);
  write(call, document, typeof packet === 'string' ? encodeText(packet, packetCharset(call, 'out')) : bytesOf(packet));
  call.setSystem('OK', 1);
  return undefined;
});

openDocuments.command(104, 'RECEIVE PACKET', (call) => {
  const document = packetDocument(call);
  const { bytes } = fileAt(call, document.path);
  const at = call.count() > 2 ? 1 : 0;
  const wanted = call.value(at + 1);
  const rest = bytes.subarray(document.offset);
  const target = call.value(at);
  if (typeof target === 'object' && target?.t === 'blob') {
    const size = typeof wanted === 'number' ? Math.max(0, call.integer(at + 1)) : rest.length;
    const piece = rest.slice(0, size);
    document.offset += piece.length;
    call.set(at, blob(piece));
    call.setSystem('OK', piece.length > 0 ? 1 : 0);
    return undefined;
  }
  const { text, used, complete } = nextText(decodeText(rest, packetCharset(call, 'in')), wanted);
  document.offset += encodeText(used, packetCharset(call, 'in')).length;
  call.set(at, text);
  call.setSystem('OK', used !== '' && complete ? 1 : 0);
  return undefined;
});

/** Up to a number of characters, or up to one of the stop characters, which is passed over. */
function nextText(source: string, wanted: Value): { text: string; used: string; complete: boolean } {
  if (typeof wanted === 'number') {
    const size = Math.max(0, Math.trunc(wanted));
    const text = source.slice(0, size);
    return { text, used: text, complete: text.length === size };
  }
  const stop = typeof wanted === 'string' ? wanted : '';
  if (stop === '') return { text: source, used: source, complete: true };
  for (let i = 0; i < source.length; i++) {
    if (stop.includes(source[i])) return { text: source.slice(0, i), used: source.slice(0, i + 1), complete: true };
  }
  return { text: source, used: source, complete: false };
}

openDocuments.command(482, 'SET DOCUMENT POSITION', (call) => {
  const document = documentAt(call, call.integer(0));
  const size = fileAt(call, document.path).bytes.length;
  const anchor = call.has(2) ? call.integer(2) : 1;
  const from = anchor === 2 ? size : anchor === 3 ? document.offset : 0;
  document.offset = Math.max(0, Math.min(size, from + call.integer(1)));
  return undefined;
});
openDocuments.reader(481, 'Get document position', (call) => documentAt(call, call.integer(0)).offset);
openDocuments.command(480, 'SET DOCUMENT SIZE', (call) => {
  const document = documentAt(call, call.integer(0));
  resize(call, document, call.integer(1));
  return undefined;
});

function resize(call: Call, document: OpenDocument, size: number): void {
  const made = new Uint8Array(checkSize(call, size));
  made.set(fileAt(call, document.path).bytes.subarray(0, made.length));
  writeFile(diskOf(call), document.path, made, call.machine.clock.now());
  document.offset = Math.min(document.offset, made.length);
}

// ---- 4D.FileHandle

const className = '4D.FileHandle';

openDocuments.member('4D.File.open', (call) => {
  const path = placeOf(call);
  const settings = call.value(0);
  const mode =
    typeof settings === 'string'
      ? settings
      : typeof settings === 'object' && settings?.t === 'object'
        ? settings.properties.get('mode')
        : 'read';
  const exists = look(diskOf(call), path, true).kind === 'file';
  if (mode !== 'write' && mode !== 'append') {
    fileAt(call, path);
    return handle(call, path, 'read', 0);
  }
  if (!exists) writeFile(diskOf(call), path, new Uint8Array(0), call.machine.clock.now());
  return handle(call, path, mode, mode === 'append' ? fileAt(call, path).bytes.length : 0);
});

function handle(call: Call, path: string, mode: OpenDocument['mode'], offset: number): HostValue {
  return { t: 'host', className, data: { reference: open(call, path, mode, offset), path: givenPath(call.self) } };
}
function own(call: Call): OpenDocument {
  return documentAt(call, ((call.self as HostValue).data as { reference: number }).reference);
}
const rest = (call: Call) => fileAt(call, own(call).path).bytes.subarray(own(call).offset);

openDocuments.property(`${className}.file`, (call) => fileObject(((call.self as HostValue).data as { path: string }).path));
openDocuments.property(`${className}.mode`, (call) => own(call).mode);
openDocuments.property(`${className}.charset`, () => 'UTF-8');
openDocuments.property(`${className}.breakModeRead`, () => 'native');
openDocuments.property(`${className}.breakModeWrite`, () => 'native');
openDocuments.property(`${className}.eof`, (call) => rest(call).length === 0);
openDocuments.property(`${className}.offset`, (call) => own(call).offset);
openDocuments.member(`${className}.offset=`, (call) => {
  own(call).offset = Math.max(0, call.integer(call.count() - 1));
  return undefined;
});
openDocuments.property(`${className}.getSize`, (call) => fileAt(call, own(call).path).bytes.length);
openDocuments.member(`${className}.setSize`, (call) => {
  resize(call, own(call), call.integer(0));
  return undefined;
});
openDocuments.member(`${className}.readBlob`, (call) => {
  const piece = rest(call).slice(0, Math.max(0, call.integer(0)));
  own(call).offset += piece.length;
  return blobObject(piece);
});
openDocuments.member(`${className}.readText`, (call) => {
  const stop = call.has(0) ? call.text(0) : '';
  const source = decodeText(rest(call), 'utf-8');
  const at = stop === '' ? -1 : source.indexOf(stop);
  const text = at < 0 ? source : source.slice(0, at);
  own(call).offset += encodeText(at < 0 ? source : source.slice(0, at + stop.length), 'utf-8').length;
  return text.replace(/\r\n?|\n/g, '\r\n');
});
openDocuments.member(`${className}.readLine`, (call) => {
  const source = decodeText(rest(call), 'utf-8');
  const line = /^[^\r\n]*/.exec(source)?.[0] ?? '';
  const end = /^(\r\n?|\n)/.exec(source.slice(line.length))?.[0] ?? '';
  own(call).offset += encodeText(line + end, 'utf-8').length;
  return line;
});
openDocuments.member(`${className}.writeText`, (call) => {
  write(call, own(call), encodeText(call.text(0).replace(/\r\n?|\n/g, '\r\n'), 'utf-8'));
  return undefined;
});
openDocuments.member(`${className}.writeLine`, (call) => {
  write(call, own(call), encodeText(`${call.text(0)}\r\n`, 'utf-8'));
  return undefined;
});
openDocuments.member(`${className}.writeBlob`, (call) => {
  write(call, own(call), blobArgument(call, 0));
  return undefined;
});
