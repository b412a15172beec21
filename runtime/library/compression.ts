/** COMPRESS BLOB and its kin (facts: 4D pages `commands/compress-blob`, `expand-blob`, `blob-properties`). 4D's own two formats are gzip here, with a mark in front. */
import type { NativeResult } from '../machine/types.js';
import { concatBytes } from '../values/bytes.js';
import type { Value } from '../values/value.js';
import { blob, blobArgument } from './blobs.js';
import { notModelled } from './errors.js';
import { type Call, Theme } from './theme.js';

export const compression = new Theme('Compression');

/** `4DZ` and the mode, then the size before, then gzip. */
const mark = [0x34, 0x44, 0x5a];
const COMPACT = 1;
const FAST = 2;
const GZIP_BEST = -1;
const headSize = 8;
/** A small blob that expands without end is given up. */
const largest = 256 * 1024 * 1024;

function modeOf(bytes: Uint8Array): number {
  if (mark.every((byte, i) => bytes[i] === byte) && bytes.length > headSize) return bytes[3] === FAST ? FAST : COMPACT;
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? GZIP_BEST : 0;
}

function sizeBefore(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const mode = modeOf(bytes);
  if (mode === 0) return bytes.length;
  return mode > 0 ? view.getUint32(4) : view.getUint32(bytes.length - 4, true);
}

async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const writer = (stream.writable as WritableStream<Uint8Array>).getWriter();
  // What goes wrong is told by the reading side.
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  const reader = (stream.readable as ReadableStream<Uint8Array>).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    size += next.value.length;
    if (size > largest) throw new Error('too large');
  }
  return concatBytes(...parts);
}

/** Runs at the host and goes on with `then`; null stands for a failure. */
function outside(call: Call, work: () => Promise<Uint8Array>, then: string, state: object): NativeResult {
  const host = call.host.outside;
  if (!host) {
    return notModelled({ en: '{0}: this host cannot compress.', es: '{0}: este entorno no puede comprimir.' }, call.command);
  }
  const safe = async (): Promise<Value> => {
    try {
      return blob(await work());
    } catch {
      return null;
    }
  };
  return host.start(call.process, safe, then, state);
}

compression.command(534, 'COMPRESS BLOB', (call) => {
  const bytes = blobArgument(call, 0);
  const mode = call.has(1) ? call.integer(1) : COMPACT;
  if (modeOf(bytes) !== 0) {
    call.setSystem('OK', 0);
    return undefined;
  }
  const size = bytes.length;
  return outside(call, () => through(bytes, new CompressionStream('gzip')), 'COMPRESS BLOB', { mode, size });
});
compression.continuation('COMPRESS BLOB', (call, state, result) => {
  const { mode, size } = state as { mode: number; size: number };
  const ok = typeof result === 'object' && result?.t === 'blob';
  call.setSystem('OK', ok ? 1 : 0);
  if (!ok) return undefined;
  if (mode < 0) call.set(0, result);
  else {
    const head = new Uint8Array(headSize);
    head.set([...mark, mode === FAST ? FAST : COMPACT]);
    new DataView(head.buffer).setUint32(4, size);
    call.set(0, blob(concatBytes(head, result.bytes)));
  }
  return undefined;
});

compression.command(535, 'EXPAND BLOB', (call) => {
  const bytes = blobArgument(call, 0);
  const mode = modeOf(bytes);
  if (mode === 0) {
    call.setSystem('OK', 0);
    return undefined;
  }
  const body = mode > 0 ? bytes.slice(headSize) : bytes;
  return outside(call, () => through(body, new DecompressionStream('gzip')), 'EXPAND BLOB', {});
});
compression.continuation('EXPAND BLOB', (call, _state, result) => {
  const ok = typeof result === 'object' && result?.t === 'blob';
  call.setSystem('OK', ok ? 1 : 0);
  if (ok) call.set(0, result);
  return undefined;
});

compression.command(536, 'BLOB PROPERTIES', (call) => {
  const bytes = blobArgument(call, 0);
  call.set(1, modeOf(bytes));
  if (call.has(2)) call.set(2, sizeBefore(bytes));
  if (call.has(3)) call.set(3, bytes.length);
  return undefined;
});
