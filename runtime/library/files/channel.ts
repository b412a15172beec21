/** The document that a process has open as its channel: SET CHANNEL, and whole variables and records in it (facts: 4D theme page `Communications`). Serial ports are not simulated. */
import * as r from '../../records/records.js';
import type { Slot, Value } from '../../values/value.js';
import { packedSlot, unpackedSlot } from '../blobs.js';
import { notModelled, raise } from '../errors.js';
import { tableArgument } from '../tables.js';
import { look, type OpenDocument, writeFile } from './disk.js';
import { type Call, diskOf, FILE_NOT_FOUND, FileTheme, fileAt, pathArgument } from './natives.js';
import { cancelled, channelKey, channelOf, missing, opened, write } from './openDocuments.js';

export const channels = new FileTheme('Channel');

const OPEN = 10;
const CLOSE = 11;
const CREATE = 12;
const OPEN_TEXT = 13;

channels.command(77, 'SET CHANNEL', (call) => {
  const operation = call.integer(0);
  const named = typeof call.value(1) === 'string';
  if (operation === CLOSE) {
    close(call);
    call.setSystem('OK', 1);
    return undefined;
  }
  if (!named || operation < OPEN || operation > OPEN_TEXT) {
    return notModelled(
      {
        en: '{0} opens a serial port with {1}, which is not simulated; 10 to 13 with a text open a document.',
        es: '{0} abre un puerto serie con {1}, que no se simula; de 10 a 13 con un texto abren un documento.',
      },
      call.command,
      String(operation),
    );
  }
  if (call.text(1) === '') {
    cancelled(call);
    return undefined;
  }
  const path = pathArgument(call, 1);
  const there = look(diskOf(call), path, true).kind === 'file';
  if (!there && operation === OPEN_TEXT) {
    missing(call);
    return undefined;
  }
  // One document at a time.
  close(call);
  if (!there || operation === CREATE) writeFile(diskOf(call), path, new Uint8Array(0), call.machine.clock.now());
  const reference = opened(call, path, 'write', 0);
  call.process.extra.set(channelKey, (reference as { seconds: number }).seconds);
  return undefined;
});

function close(call: Call): void {
  const reference = call.process.extra.get(channelKey);
  if (typeof reference === 'number') diskOf(call).state.documents.delete(reference);
  call.process.extra.delete(channelKey);
}

function channel(call: Call): OpenDocument {
  return (
    channelOf(call) ??
    raise(
      FILE_NOT_FOUND,
      {
        en: '{0}: no document is open as the channel. Open one with SET CHANNEL(10; path), or create it with 12.',
        es: '{0}: no hay ningún documento abierto como canal. Abra uno con SET CHANNEL(10; ruta) o créelo con 12.',
      },
      call.command,
    )
  );
}

function send(call: Call, slot: Slot): undefined {
  const document = channel(call);
  fileAt(call, document.path);
  write(call, document, packedSlot(slot));
  call.setSystem('OK', 1);
}

/** The next value of the channel; undefined when something else comes, or nothing. */
function receive(call: Call): { readonly slot: Slot } | undefined {
  const document = channel(call);
  const found = unpackedSlot(fileAt(call, document.path).bytes, document.offset);
  call.setSystem('OK', found ? 1 : 0);
  if (found) document.offset = found.end;
  return found;
}

channels.command(80, 'SEND VARIABLE', (call) => {
  if (call.arrayOrNone(0)) {
    return raise(
      54,
      { en: '{0}: arrays cannot be sent; use VARIABLE TO BLOB.', es: '{0}: no se pueden enviar arrays; use VARIABLE TO BLOB.' },
      call.command,
    );
  }
  return send(call, call.value(0));
});
channels.command(81, 'RECEIVE VARIABLE', (call) => {
  const found = receive(call);
  if (found) call.set(0, found.slot as Value);
  return undefined;
});

/** The whole current record: its fields by number, so that a table with other names takes it too. */
channels.command(78, 'SEND RECORD', (call) => {
  const table = tableArgument(call);
  const { current } = r.tableState(call.host.records, call.process.number, table);
  if (!current?.loaded) {
    call.setSystem('OK', 0);
    return undefined;
  }
  const fields = r.tableByNumber(call.host.records, table)?.fields ?? [];
  return send(call, { t: 'object', properties: new Map(fields.map(({ number }) => [String(number), current.values[number]])) });
});
channels.command(79, 'RECEIVE RECORD', (call) => {
  const table = tableArgument(call);
  const all = call.host.records;
  const found = receive(call);
  if (typeof found?.slot !== 'object' || found.slot?.t !== 'object') {
    call.setSystem('OK', 0);
    return undefined;
  }
  r.createRecord(all, call.process.number, table);
  for (const { number } of r.tableByNumber(all, table)?.fields ?? []) {
    const value = found.slot.properties.get(String(number));
    if (value !== undefined) r.writeField(all, call.process.number, table, number, value);
  }
  return undefined;
});
