/** Theme XML SAX: writing and reading XML in a document that is open (facts: 4D theme page `XML SAX`). Closing the document closes what is open in it. */

import { fromBase64 } from '../../values/bytes.js';
import { blob, isBlob } from '../blobs.js';
import { BAD_PARAMETER, raise } from '../errors.js';
import type { OpenDocument } from '../files/disk.js';
import { type Call, FileTheme, fileAt } from '../files/natives.js';
import { documentAt, write } from '../files/openDocuments.js';
import { decodeText, encodeText } from '../text.js';
import { fill } from '../webRequest.js';
import { textIn, xmlText } from './dom.js';
import {
  closeElement,
  declaration,
  EVENT,
  newReading,
  newWriting,
  openElement,
  writeMarkup,
  writeText,
  type XmlEvent,
  type XmlReading,
  type XmlWriting,
} from './streams.js';
import { encodeEntities, XmlError } from './tree.js';

export const sax = new FileTheme('XML SAX');

/** The document of the first argument: a time, or its seconds. */
function documentOf(call: Call): OpenDocument {
  const value = call.value(0);
  return documentAt(call, typeof value === 'object' && value?.t === 'time' ? value.seconds : call.integer(0));
}

function put(call: Call, say: (writing: XmlWriting) => string): undefined {
  const document = documentOf(call);
  fileAt(call, document.path);
  document.writing ??= newWriting();
  write(call, document, encodeText(say(document.writing), document.writing.encoding));
  call.setSystem('OK', 1);
}

function problem(call: Call, en: string, es: string, ...values: string[]): never {
  call.setSystem('OK', 0);
  return raise(BAD_PARAMETER, { en: `{0}: ${en}`, es: `{0}: ${es}` }, call.command, ...values);
}

// ---- writing

sax.command(858, 'SAX SET XML DECLARATION', (call) =>
  put(call, (writing) => {
    if (writing.begun) problem(call, 'something was written to this document before.', 'ya se escribió algo antes en este documento.');
    writing.encoding = known(call.text(1));
    writing.indent = call.boolean(3);
    writing.begun = true;
    return declaration(writing.encoding, call.boolean(2));
  }),
);

/** UTF-8 in place of a character set that is not known. */
function known(name: string): string {
  try {
    new TextDecoder(name);
    return name;
  } catch {
    return 'UTF-8';
  }
}

function nameArgument(call: Call, index: number): string {
  const name = call.text(index);
  if (!/^[\p{L}_:][\p{L}\p{N}_.:-]*$/u.test(name))
    problem(call, '“{1}” is no name of an element.', '«{1}» no es un nombre de elemento.', name);
  return name;
}

sax.command(853, 'SAX OPEN XML ELEMENT', (call) => {
  const attributes: [string, string][] = [];
  for (let i = 2; i + 1 < call.count(); i += 2) attributes.push([call.text(i), xmlText(call.value(i + 1))]);
  const name = nameArgument(call, 1);
  return put(call, (writing) => openElement(writing, name, attributes));
});
sax.command(921, 'SAX OPEN XML ELEMENT ARRAYS', (call) => {
  const attributes: [string, string][] = [];
  for (let i = 2; i + 1 < call.count(); i += 2) {
    const names = call.arrayOrNone(i)?.items ?? [];
    const values = call.arrayOrNone(i + 1)?.items ?? [];
    for (let at = 1; at < names.length; at++) attributes.push([String(names[at]), xmlText(values[at] as never)]);
  }
  const name = nameArgument(call, 1);
  return put(call, (writing) => openElement(writing, name, attributes));
});
sax.command(854, 'SAX CLOSE XML ELEMENT', (call) =>
  put(call, (writing) => {
    if (!writing.open.length) problem(call, 'no element is open.', 'no hay ningún elemento abierto.');
    return closeElement(writing);
  }),
);

function inside(call: Call, text: string): undefined {
  return put(call, (writing) => {
    if (!writing.open.length) problem(call, 'no element is open.', 'no hay ningún elemento abierto.');
    return writeText(writing, text);
  });
}
sax.command(855, 'SAX ADD XML ELEMENT VALUE', (call) => inside(call, encodeEntities(textual(call, 1))));
sax.command(856, 'SAX ADD XML CDATA', (call) => inside(call, `<![CDATA[${textual(call, 1).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`));

/** A value as text; a BLOB as the text in it. */
function textual(call: Call, index: number): string {
  const value = call.value(index);
  return typeof value === 'object' && value?.t === 'blob' ? decodeText(value.bytes, 'utf-8') : xmlText(value);
}

sax.command(852, 'SAX ADD XML COMMENT', (call) => put(call, (writing) => writeMarkup(writing, `<!--${call.text(1)}-->`)));
sax.command(851, 'SAX ADD XML DOCTYPE', (call) => put(call, (writing) => writeMarkup(writing, `<!DOCTYPE ${call.text(1)}>`)));
sax.command(857, 'SAX ADD PROCESSING INSTRUCTION', (call) => put(call, (writing) => writeMarkup(writing, `<?${call.text(1)}?>`)));

// ---- reading

function readingOf(call: Call): XmlReading {
  const document = documentOf(call);
  const { bytes } = fileAt(call, document.path);
  if (document.reading) return document.reading;
  try {
    document.reading = newReading(textIn(bytes));
    return document.reading;
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return problem(call, 'the document is not well-formed: {1}.', 'el documento no está bien formado: {1}.', error.message);
  }
}

sax.command(860, 'SAX Get XML node', (call) => {
  const reading = readingOf(call);
  reading.at = Math.min(reading.at + 1, reading.events.length - 1);
  call.setSystem('OK', 1);
  return reading.events[reading.at].event;
});

/** The event that the document stands at, which must be one of these. */
function eventAt(call: Call, ...wanted: readonly number[]): XmlEvent {
  const reading = readingOf(call);
  const found = reading.events[Math.max(0, reading.at)];
  if (!wanted.includes(found.event)) {
    problem(call, 'the event of SAX Get XML node is another one, {1}.', 'el suceso de SAX Get XML node es otro, {1}.', String(found.event));
  }
  call.setSystem('OK', 1);
  return found;
}

sax.command(873, 'SAX GET XML DOCUMENT VALUES', (call) => {
  eventAt(call, EVENT.start);
  const { encoding, version, standalone } = readingOf(call);
  for (const [i, value] of [encoding, version, standalone].entries()) if (call.has(i + 1)) call.set(i + 1, value);
  return undefined;
});
sax.command(876, 'SAX GET XML ELEMENT', (call) => {
  const { name, attributes } = eventAt(call, EVENT.element, EVENT.endElement);
  const colon = name.indexOf(':');
  call.set(1, name.slice(colon + 1));
  call.set(2, name.slice(0, Math.max(0, colon)));
  fill(
    call.array(3, 'text'),
    attributes.map(([key]) => key),
  );
  fill(
    call.array(4, 'text'),
    attributes.map(([, value]) => value),
  );
  return undefined;
});

/** A BLOB gets what base64 in the text stands for. */
function give(call: Call, text: string): undefined {
  const type = call.machine.typeOf(call.process, call.reference(1));
  call.set(1, type === 'blob' || isBlob(call.value(1)) ? blob(fromBase64(text)) : text);
}
sax.command(877, 'SAX GET XML ELEMENT VALUE', (call) => give(call, eventAt(call, EVENT.data).value));
sax.command(878, 'SAX GET XML CDATA', (call) => give(call, eventAt(call, EVENT.cdata).value));
sax.command(874, 'SAX GET XML COMMENT', (call) => {
  call.set(1, eventAt(call, EVENT.comment).value);
  return undefined;
});
sax.command(875, 'SAX GET XML PROCESSING INSTRUCTION', (call) => {
  const { name, value } = eventAt(call, EVENT.instruction);
  call.set(1, name);
  call.set(2, value.slice(name.length).trim());
  return undefined;
});
