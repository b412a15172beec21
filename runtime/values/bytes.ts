/** Bytes and texts: base64, and values as bytes and back. */
import type { ArrayValue, Slot, Value } from './value.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64; `url` takes `-` and `_` and no padding. */
export function toBase64(bytes: Uint8Array, url = false): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k < 4; k++) text += i + k > bytes.length ? '=' : alphabet[(group >> (18 - 6 * k)) & 63];
  }
  return url ? text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') : text;
}

/** The bytes of a base64 text, either alphabet; characters that are none of it are passed over. */
export function fromBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let group = 0;
  let bits = 0;
  for (const character of text.replaceAll('-', '+').replaceAll('_', '/')) {
    const at = alphabet.indexOf(character);
    if (at < 0) continue;
    group = ((group << 6) | at) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((group >> bits) & 255);
    }
  }
  return Uint8Array.from(bytes);
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const encoder = new TextEncoder();
/** Characters of a text that is copied by hand. */
const short = 256;
let pool = new Uint8Array(8_192);
let used = 0;

/** A text as UTF-8. Short plain ones lie together in one buffer: making one for each costs more than all else. */
export function utf8(text: string): Uint8Array {
  const { length } = text;
  if (length > short) return encoder.encode(text);
  if (used + length > pool.length) {
    pool = new Uint8Array(pool.length);
    used = 0;
  }
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i);
    if (c > 127) return encoder.encode(text);
    pool[used + i] = c;
  }
  const bytes = pool.subarray(used, used + length);
  used += length;
  return bytes;
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A value as plain JSON, every kind kept: what the simulator's own binary format of variables holds. Pointers and opaque things become Null. */
export function packSlot(slot: Slot): unknown {
  if (typeof slot === 'number' && !Number.isFinite(slot)) return { t: 'number', text: String(slot) };
  if (typeof slot !== 'object' || slot === null) return slot === undefined ? { t: 'undefined' } : slot;
  switch (slot.t) {
    case 'date':
    case 'time':
      return { ...slot };
    case 'blob':
      return { t: 'blob', bytes: toBase64(slot.bytes) };
    case 'picture':
      return { t: 'picture', bytes: toBase64(slot.bytes), mime: slot.mime };
    case 'object':
      return { t: 'object', properties: [...slot.properties].map(([name, item]) => [name, packSlot(item)]) };
    case 'collection':
      return { t: 'collection', items: slot.items.map(packSlot) };
    case 'array':
      return { t: 'array', type: slot.type, dimensions: slot.dimensions, items: slot.items.map(packSlot), current: slot.current };
    case 'pointer':
      return { t: 'pointer' };
    default:
      return null;
  }
}

/** The value that {@link packSlot} made plain; undefined for what it never makes. */
export function unpackSlot(plain: unknown): Slot {
  if (typeof plain !== 'object' || plain === null) return plain as Value;
  const given = plain as Record<string, never>;
  switch (given.t as string) {
    case 'number':
      return Number(given.text);
    case 'date':
      return { t: 'date', year: given.year, month: given.month, day: given.day };
    case 'time':
      return { t: 'time', seconds: given.seconds };
    case 'blob':
      return { t: 'blob', bytes: fromBase64(given.bytes) };
    case 'picture':
      return { t: 'picture', bytes: fromBase64(given.bytes), mime: given.mime };
    case 'object': {
      const pairs = given.properties as readonly [string, unknown][];
      return { t: 'object', properties: new Map(pairs.map(([name, item]) => [name, unpackSlot(item) as Value])) };
    }
    case 'collection':
      return { t: 'collection', items: (given.items as unknown[]).map((item) => unpackSlot(item) as Value) };
    case 'array': {
      const items = (given.items as unknown[]).map(unpackSlot) as ArrayValue['items'];
      return { t: 'array', type: given.type, dimensions: given.dimensions, items, current: given.current };
    }
    case 'pointer':
      return { t: 'pointer', target: undefined };
    default:
      return undefined;
  }
}
