/** Texts in files: character set and line ends (facts: 4D pages `commands/document-to-text`, `commands/text-to-document`). */
import { charSet, decodeText, encodeText } from '../text.js';
import type { Call } from './natives.js';

/** Arguments that say how a text is stored: index of the character set and of the break mode, and the mode without one. */
export interface TextForm {
  readonly charset: number;
  readonly breaks: number;
  readonly defaultBreaks: 0 | 1;
}

/** By break mode: unchanged, native (Windows), CRLF, CR, LF. */
const lineEnds = [undefined, '\r\n', '\r\n', '\r', '\n'];

function withBreaks(call: Call, text: string, { breaks, defaultBreaks }: TextForm): string {
  const end = lineEnds[call.has(breaks) ? call.integer(breaks) : defaultBreaks];
  return end === undefined ? text : text.replace(/\r\n?|\n/g, end);
}

/** The text in these bytes; a byte order mark says more than the arguments. */
export function textOf(call: Call, bytes: Uint8Array, form: TextForm): string {
  call.spend(bytes.length >> 8);
  const named = call.has(form.charset) ? charSet(call, form.charset) : 'utf-8';
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : named;
  return withBreaks(call, decodeText(bytes, encoding), form);
}

/** The bytes that a text is stored as. */
export function textBytes(call: Call, text: string, form: TextForm): Uint8Array {
  call.spend(text.length >> 8);
  return encodeText(withBreaks(call, text, form), call.has(form.charset) ? charSet(call, form.charset) : 'utf-8');
}
