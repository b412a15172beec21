/** Theme BLOB, class 4D.Blob, and base64 (facts: 4D theme page `BLOB`; pages `API/BlobClass`, `commands/base64-encode`). Compression is in `compression.ts`. */
import { concatBytes, fromBase64, packSlot, toBase64, unpackSlot } from '../values/bytes.js';
import { defaultValue } from '../values/convert.js';
import type { BlobValue, HostValue, Reference, Slot, Value } from '../values/value.js';
import { BAD_PARAMETER, raise } from './errors.js';
import { decodeText, encodeText } from './text.js';
import { type Call, Theme } from './theme.js';

export const blobs = new Theme('BLOB');

/** No blob of a simulated program grows beyond this. */
const largest = 256 * 1024 * 1024;

export function blob(bytes: Uint8Array): BlobValue {
  return { t: 'blob', bytes };
}

/** Bytes of a blob or of a 4D.Blob; of a text in UTF-8; empty for anything else. */
export function bytesOf(value: Value): Uint8Array {
  if (typeof value === 'string') return new TextEncoder().encode(value);
  if (typeof value === 'object' && value?.t === 'blob') return value.bytes;
  if (typeof value === 'object' && value?.t === 'host' && value.className === '4D.Blob') return (value.data as { bytes: Uint8Array }).bytes;
  return new Uint8Array(0);
}

export function isBlob(value: Value): boolean {
  return typeof value === 'object' && value !== null && (value.t === 'blob' || (value.t === 'host' && value.className === '4D.Blob'));
}

/** Bytes of an argument that must be a blob. */
export function blobArgument(call: Call, index: number): Uint8Array {
  const value = call.value(index);
  if (!isBlob(value) && value !== undefined && value !== null) {
    raise(
      BAD_PARAMETER,
      { en: '{0} needs a BLOB as argument {1}.', es: '{0} necesita un BLOB como argumento {1}.' },
      call.command,
      index + 1,
    );
  }
  return bytesOf(value);
}

export function blobObject(bytes: Uint8Array): HostValue {
  return { t: 'host', className: '4D.Blob', data: { bytes } };
}

export function checkSize(call: Call, size: number): number {
  if (size >= 0 && size <= largest) return size;
  return raise(
    BAD_PARAMETER,
    { en: '{0}: a BLOB cannot have {1} bytes here.', es: '{0}: un BLOB no puede tener aquí {1} bytes.' },
    call.command,
    size,
  );
}

blobs.reader(605, 'BLOB size', (call) => blobArgument(call, 0).length);

blobs.command(606, 'SET BLOB SIZE', (call) => {
  const bytes = blobArgument(call, 0);
  const sized = new Uint8Array(checkSize(call, call.integer(1))).fill(call.has(2) ? call.integer(2) & 255 : 0);
  sized.set(bytes.subarray(0, sized.length));
  call.set(0, blob(sized));
});

// ---- reading and writing at an offset

/** The offset argument: a number, or a variable that is moved behind what was read. */
function offsetAt(call: Call, index: number): number {
  return call.has(index) && !call.isOperator(index) ? Math.max(0, call.integer(index)) : 0;
}

function moveOffset(call: Call, index: number, offset: number): void {
  const argument = call.args[index];
  if (typeof argument === 'object' && argument !== null && 'ref' in argument) call.set(index, offset);
}

/** Puts bytes into the blob of argument `target`: at its end with `*`, at the offset variable's place, or in the place of all it held. */
function put(call: Call, target: number, offsetIndex: number, bytes: Uint8Array): void {
  const old = blobArgument(call, target);
  if (call.isOperator(offsetIndex)) {
    call.set(target, blob(concatBytes(old, bytes)));
  } else if (call.has(offsetIndex)) {
    const offset = offsetAt(call, offsetIndex);
    const made = new Uint8Array(checkSize(call, Math.max(old.length, offset + bytes.length)));
    made.set(old);
    made.set(bytes, offset);
    call.set(target, blob(made));
    moveOffset(call, offsetIndex, offset + bytes.length);
  } else call.set(target, blob(bytes));
}

/** The bytes of a number to read; raises an error when the blob ends before. */
function take(call: Call, offsetIndex: number, size: number): DataView {
  const bytes = blobArgument(call, 0);
  const offset = offsetAt(call, offsetIndex);
  if (offset + size > bytes.length) {
    raise(
      INDEX_BEYOND,
      {
        en: '{0}: the BLOB has {1} bytes; {2} from {3} on are not all there.',
        es: '{0}: el BLOB tiene {1} bytes; no están los {2} a partir del {3}.',
      },
      call.command,
      bytes.length,
      size,
      offset,
    );
  }
  moveOffset(call, offsetIndex, offset + size);
  return new DataView(bytes.buffer, bytes.byteOffset + offset, size);
}

const INDEX_BEYOND = -111;
const PC_ORDER = 2;

function numberBytes(size: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(size);
  write(new DataView(bytes.buffer));
  return bytes;
}

blobs.command(548, 'INTEGER TO BLOB', (call) => {
  const little = call.integer(2) === PC_ORDER;
  put(
    call,
    1,
    3,
    numberBytes(2, (view) => view.setInt16(0, call.integer(0), little)),
  );
});
blobs.command(550, 'LONGINT TO BLOB', (call) => {
  const little = call.integer(2) === PC_ORDER;
  put(
    call,
    1,
    3,
    numberBytes(4, (view) => view.setInt32(0, call.integer(0), little)),
  );
});
blobs.command(552, 'REAL TO BLOB', (call) => {
  realFormat(call, 2);
  const little = call.integer(2) !== 2;
  put(
    call,
    1,
    3,
    numberBytes(8, (view) => view.setFloat64(0, call.number(0), little)),
  );
});
blobs.command(549, 'BLOB to integer', (call) => take(call, 2, 2).getInt16(0, call.integer(1) === PC_ORDER));
blobs.command(551, 'BLOB to longint', (call) => take(call, 2, 4).getInt32(0, call.integer(1) === PC_ORDER));
blobs.command(553, 'BLOB to real', (call) => {
  realFormat(call, 1);
  return take(call, 2, 8).getFloat64(0, call.integer(1) !== 2);
});

/** Native, Macintosh and PC doubles; the extended format of old processors is not written by anything today. */
function realFormat(call: Call, index: number): void {
  if (call.integer(index) !== 1) return;
  raise(
    BAD_PARAMETER,
    {
      en: '{0}: the extended real format is not known here. Use Native real format.',
      es: '{0}: el formato real extendido no se conoce aquí. Use Native real format.',
    },
    call.command,
  );
}

// ---- texts

const MAC_C = 0;
const MAC_PASCAL = 1;
const MAC_WITH_LENGTH = 2;
const UTF8_C = 4;
const UTF8_WITH_LENGTH = 5;

blobs.command(554, 'TEXT TO BLOB', (call) => {
  // The format may be left out: the offset stands in its place then only as `*`.
  const format = call.has(2) && !call.isOperator(2) ? call.integer(2) : MAC_C;
  const text = encodeText(call.text(0), format >= UTF8_C ? 'utf-8' : 'macintosh');
  const bytes =
    format === MAC_C || format === UTF8_C
      ? concatBytes(text, Uint8Array.of(0))
      : format === MAC_PASCAL
        ? concatBytes(Uint8Array.of(Math.min(255, text.length)), text.subarray(0, 255))
        : format === MAC_WITH_LENGTH
          ? concatBytes(
              numberBytes(2, (view) => view.setUint16(0, text.length)),
              text,
            )
          : format === UTF8_WITH_LENGTH
            ? concatBytes(
                numberBytes(4, (view) => view.setUint32(0, text.length)),
                text,
              )
            : text;
  put(call, 1, call.isOperator(2) ? 2 : 3, bytes);
});

blobs.command(555, 'BLOB to text', (call) => {
  const bytes = blobArgument(call, 0);
  const format = call.has(1) ? call.integer(1) : MAC_C;
  const offset = Math.min(offsetAt(call, 2), bytes.length);
  const rest = bytes.subarray(offset);
  const view = new DataView(rest.buffer, rest.byteOffset, rest.length);
  let from = 0;
  let length = call.has(3) ? Math.max(0, call.integer(3)) : rest.length;
  let after = 0;
  if (format === MAC_C || format === UTF8_C) {
    const end = rest.indexOf(0);
    length = Math.min(length, end < 0 ? rest.length : end);
    after = end < 0 ? 0 : 1;
  } else if (format === MAC_PASCAL && rest.length >= 1) [from, length] = [1, rest[0]];
  else if (format === MAC_WITH_LENGTH && rest.length >= 2) [from, length] = [2, view.getUint16(0)];
  else if (format === UTF8_WITH_LENGTH && rest.length >= 4) [from, length] = [4, view.getUint32(0)];
  const end = Math.min(rest.length, from + length);
  moveOffset(call, 2, offset + end + after);
  return decodeText(rest.subarray(from, end), format >= UTF8_C ? 'utf-8' : 'macintosh');
});

// ---- pieces

blobs.command(558, 'COPY BLOB', (call) => {
  const from = Math.max(0, call.integer(2));
  const at = Math.max(0, call.integer(3));
  const piece = blobArgument(call, 0).subarray(from, from + Math.max(0, call.integer(4)));
  const old = blobArgument(call, 1);
  const made = new Uint8Array(checkSize(call, Math.max(old.length, at + piece.length)));
  made.set(old);
  made.set(piece, at);
  call.set(1, blob(made));
});

blobs.command(559, 'INSERT IN BLOB', (call) => {
  const bytes = blobArgument(call, 0);
  const at = Math.min(bytes.length, Math.max(0, call.integer(1)));
  checkSize(call, bytes.length + Math.max(0, call.integer(2)));
  const room = new Uint8Array(checkSize(call, call.integer(2))).fill(call.has(3) ? call.integer(3) & 255 : 0);
  call.set(0, blob(concatBytes(bytes.subarray(0, at), room, bytes.subarray(at))));
});

blobs.command(560, 'DELETE FROM BLOB', (call) => {
  const bytes = blobArgument(call, 0);
  const at = Math.min(bytes.length, Math.max(0, call.integer(1)));
  call.set(0, blob(concatBytes(bytes.subarray(0, at), bytes.subarray(at + Math.max(0, call.integer(2))))));
});

// ---- variables

/** The simulator's own format, not 4D's: a length, then the value as JSON. */
const mark = [0x34, 0x44, 0x53, 0x31];

export function packedSlot(slot: Slot): Uint8Array {
  const body = new TextEncoder().encode(JSON.stringify(packSlot(slot)));
  const head = numberBytes(8, (view) => {
    for (const [i, byte] of mark.entries()) view.setUint8(i, byte);
    view.setUint32(4, body.length);
  });
  return concatBytes(head, body);
}

/** The value at an offset, and where it ends; undefined when there is none. */
export function unpackedSlot(bytes: Uint8Array, offset: number): { readonly slot: Slot; readonly end: number } | undefined {
  if (offset + 8 > bytes.length || mark.some((byte, i) => bytes[offset + i] !== byte)) return undefined;
  const end = offset + 8 + new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(offset + 4);
  if (end > bytes.length) return undefined;
  try {
    return { slot: unpackSlot(JSON.parse(new TextDecoder().decode(bytes.subarray(offset + 8, end)))), end };
  } catch {
    return undefined;
  }
}

blobs.command(532, 'VARIABLE TO BLOB', (call) => {
  put(call, 1, 2, packedSlot(call.arrayOrNone(0) ?? call.value(0)));
  call.setSystem('OK', 1);
});

blobs.command(533, 'BLOB TO VARIABLE', (call) => {
  const found = unpackedSlot(blobArgument(call, 0), offsetAt(call, 2));
  call.setSystem('OK', 0);
  if (!found) return undefined;
  const { slot, end } = found;
  if (typeof slot === 'object' && slot?.t === 'array') {
    const array = call.array(1, slot.type, slot.dimensions);
    array.items = slot.items;
    array.current = slot.current;
  } else call.set(1, slot);
  moveOffset(call, 2, end);
  call.setSystem('OK', 1);
  return undefined;
});

// ---- base64

/** The argument at `index` when it is a place for the result, else undefined. */
function resultPlace(call: Call, index: number): Reference | undefined {
  const argument = call.args[index];
  return typeof argument === 'object' && argument !== null && 'ref' in argument ? argument : undefined;
}

/** Gives the result as the target's type has it: text, or blob. Without a target the first argument takes it. */
function deliver(call: Call, bytes: Uint8Array): void {
  const at = call.has(1) && !call.isOperator(1) ? 1 : 0;
  const place = resultPlace(call, at);
  if (!place) return;
  const type = call.machine.typeOf(call.process, place);
  const asBlob = type === 'blob' || (type === 'variant' && isBlob(call.value(at))) || (type !== 'text' && isBlob(call.value(at)));
  call.set(at, asBlob ? blob(bytes) : new TextDecoder().decode(bytes));
}

function isUrl(call: Call): boolean {
  return call.isOperator(1) || call.isOperator(2);
}

blobs.command(895, 'BASE64 ENCODE', (call) => {
  deliver(call, new TextEncoder().encode(toBase64(bytesOf(call.value(0)), isUrl(call))));
});
blobs.command(896, 'BASE64 DECODE', (call) => {
  deliver(call, fromBase64(new TextDecoder().decode(bytesOf(call.value(0)))));
});

// ---- the class

blobs.member('4D.Blob.new', (call) => blobObject(call.has(0) ? blobArgument(call, 0) : (defaultValue('blob') as BlobValue).bytes));
blobs.property('4D.Blob.size', (call) => bytesOf(call.self).length);
blobs.property('4D.Blob.slice', (call) => {
  const bytes = bytesOf(call.self);
  return blobObject(bytes.slice(call.has(0) ? call.integer(0) : 0, call.has(1) ? call.integer(1) : bytes.length));
});
