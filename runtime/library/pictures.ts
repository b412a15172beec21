/** Theme Pictures, as far as pictures are carried and not drawn: bytes, sizes, formats, files (facts: 4D theme page `Pictures`). */

import type { PictureValue, Value } from '../values/value.js';
import { blob, blobArgument } from './blobs.js';
import { look, writeFile } from './files/disk.js';
import { type Call, diskOf, FileTheme, pathArgument } from './files/natives.js';
import { toSystem } from './files/paths.js';

export const pictures = new FileTheme('Pictures');

const empty: PictureValue = { t: 'picture', bytes: new Uint8Array(0), mime: '' };

function pictureAt(call: Call, index: number): PictureValue {
  const value = call.value(index);
  return typeof value === 'object' && value?.t === 'picture' ? value : empty;
}

const formats: readonly { readonly mime: string; readonly extension: string; readonly begins: readonly number[] }[] = [
  { mime: 'image/png', extension: '.png', begins: [0x89, 0x50, 0x4e, 0x47] },
  { mime: 'image/jpeg', extension: '.jpg', begins: [0xff, 0xd8, 0xff] },
  { mime: 'image/gif', extension: '.gif', begins: [0x47, 0x49, 0x46, 0x38] },
  { mime: 'image/bmp', extension: '.bmp', begins: [0x42, 0x4d] },
  { mime: 'image/tiff', extension: '.tif', begins: [0x49, 0x49, 0x2a, 0] },
];

/** What the first bytes say; SVG is text. Undefined for what is no picture that is known here. */
function formatOf(bytes: Uint8Array): { readonly mime: string; readonly extension: string } | undefined {
  const found = formats.find(({ begins }) => begins.every((byte, i) => bytes[i] === byte));
  if (found) return found;
  const head = new TextDecoder().decode(bytes.subarray(0, 400));
  return /<svg[\s>]/i.test(head) ? { mime: 'image/svg+xml', extension: '.svg' } : undefined;
}

/** Width and height in points; zeros where the format does not tell them in its head. */
export function sizeOf({ bytes }: PictureValue): { readonly width: number; readonly height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (formatOf(bytes)?.mime) {
    case 'image/png':
      if (bytes.length >= 24) return { width: view.getUint32(16), height: view.getUint32(20) };
      break;
    case 'image/gif':
      if (bytes.length >= 10) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
      break;
    case 'image/bmp':
      if (bytes.length >= 26) return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
      break;
    case 'image/jpeg':
      return jpegSize(view);
    case 'image/svg+xml': {
      const tag = /<svg[^>]*>/i.exec(new TextDecoder().decode(bytes))?.[0] ?? '';
      const number = (name: string) => Number(new RegExp(`\\s${name}\\s*=\\s*["']([\\d.]+)`).exec(tag)?.[1] ?? 0);
      return { width: number('width'), height: number('height') };
    }
  }
  return { width: 0, height: 0 };
}

/** The frame header of a JPEG file. */
function jpegSize(view: DataView): { width: number; height: number } {
  for (let at = 2; at + 9 < view.byteLength; ) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff) break;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return { width: 0, height: 0 };
}

pictures.pathReader(356, 'Picture size', (call) => pictureAt(call, 0).bytes.length);
pictures.pathReader(457, 'PICTURE PROPERTIES', (call) => {
  const { width, height } = sizeOf(pictureAt(call, 0));
  const values: Value[] = [width, height, 0, 0, 0];
  for (const [i, value] of values.entries()) if (call.has(i + 1)) call.set(i + 1, value);
  return undefined;
});
pictures.command(682, 'BLOB TO PICTURE', (call) => {
  const bytes = blobArgument(call, 0);
  const format = formatOf(bytes);
  call.set(1, format ? { t: 'picture', bytes, mime: format.mime } : empty);
  call.setSystem('OK', format ? 1 : 0);
  return undefined;
});
/** The bytes as they are: nothing is converted, so that another codec than the picture's own fails. */
pictures.command(692, 'PICTURE TO BLOB', (call) => {
  const picture = pictureAt(call, 0);
  const ok = picture.bytes.length > 0 && isCodec(picture, call.text(2));
  call.set(1, blob(ok ? picture.bytes : new Uint8Array(0)));
  call.setSystem('OK', ok ? 1 : 0);
  return undefined;
});

function isCodec({ bytes }: PictureValue, codec: string): boolean {
  const format = formatOf(bytes);
  const wanted = codec.toLowerCase().replace('.jpeg', '.jpg');
  return codec === '' || (format !== undefined && [format.extension, format.mime].includes(wanted));
}

pictures.command(678, 'READ PICTURE FILE', (call) => {
  const path = pathArgument(call, 0);
  const { bytes } = look(diskOf(call), path, true);
  const format = bytes && formatOf(bytes);
  call.setSystem('OK', format ? 1 : 0);
  if (!bytes || !format) return undefined;
  call.set(1, { t: 'picture', bytes, mime: format.mime });
  call.setSystem('Document', toSystem(path, false));
  return undefined;
});
pictures.command(680, 'WRITE PICTURE FILE', (call) => {
  const path = pathArgument(call, 0);
  const picture = pictureAt(call, 1);
  const ok = picture.bytes.length > 0 && isCodec(picture, call.text(2));
  look(diskOf(call), path);
  if (ok) writeFile(diskOf(call), path, picture.bytes, call.machine.clock.now());
  call.setSystem('OK', ok ? 1 : 0);
  return undefined;
});
pictures.command(1113, 'Is picture file', (call) => {
  const { bytes } = look(diskOf(call), pathArgument(call, 0), true);
  return bytes !== undefined && formatOf(bytes) !== undefined;
});
pictures.command(1406, 'GET PICTURE FORMATS', (call) => {
  const format = formatOf(pictureAt(call, 0).bytes);
  call.array(1, 'text').items = ['', ...(format ? [format.extension] : [])];
  return undefined;
});
