/** XML that is written or read piece by piece, as plain data: what theme XML SAX keeps of an open document (facts: 4D theme page `XML SAX`). */
import { encodeEntities, parseXml, type XmlNode } from './tree.js';

/** A document that is being written. */
export interface XmlWriting {
  /** Elements that are open, outermost first, with what they hold so far. */
  readonly open: { readonly name: string; holds: 'nothing' | 'elements' | 'text' }[];
  /** The tag of the last one has no `>` yet. */
  inTag: boolean;
  begun: boolean;
  encoding: string;
  indent: boolean;
}

export const newWriting = (): XmlWriting => ({ open: [], inTag: false, begun: false, encoding: 'UTF-8', indent: false });

const line = (writing: XmlWriting, level: number): string => (writing.indent ? `\r\n${'\t'.repeat(level)}` : '');

/** The declaration, where nothing was written before. */
function begin(writing: XmlWriting): string {
  if (writing.begun) return '';
  writing.begun = true;
  return declaration(writing.encoding, false);
}

export const declaration = (encoding: string, standalone: boolean): string =>
  `<?xml version="1.0" encoding="${encoding}" standalone="${standalone ? 'yes' : 'no'}"?>\r\n`;

function endTag(writing: XmlWriting): string {
  const pending = writing.inTag ? '>' : '';
  writing.inTag = false;
  return pending;
}

/** Something inside the element that is open, or outside all of them: an element, a comment, an instruction, a document type. */
export function writeMarkup(writing: XmlWriting, text: string): string {
  const before = begin(writing) + endTag(writing);
  const inner = writing.open.at(-1);
  if (!inner) return `${before}${text}${writing.indent ? '\r\n' : ''}`;
  if (inner.holds === 'nothing') inner.holds = 'elements';
  return `${before}${inner.holds === 'text' ? '' : line(writing, writing.open.length)}${text}`;
}

export function openElement(writing: XmlWriting, name: string, attributes: readonly (readonly [string, string])[]): string {
  const before = begin(writing) + endTag(writing);
  const outer = writing.open.at(-1);
  if (outer?.holds === 'nothing') outer.holds = 'elements';
  const place = outer && outer.holds !== 'text' ? line(writing, writing.open.length) : '';
  writing.open.push({ name, holds: 'nothing' });
  writing.inTag = true;
  return `${before}${place}<${name}${attributes.map(([key, value]) => ` ${key}="${encodeEntities(value, true)}"`).join('')}`;
}

/** Text in the element that is open; the caller has seen that there is one. */
export function writeText(writing: XmlWriting, text: string): string {
  const inner = writing.open.at(-1);
  if (inner) inner.holds = 'text';
  return begin(writing) + endTag(writing) + text;
}

export function closeElement(writing: XmlWriting): string {
  const closed = writing.open.pop();
  if (!closed) return '';
  if (writing.inTag) {
    writing.inTag = false;
    return '/>';
  }
  return `${closed.holds === 'elements' ? line(writing, writing.open.length) : ''}</${closed.name}>`;
}

/** End tags of all that is open: what closing the document adds. */
export function closeAll(writing: XmlWriting): string {
  let text = '';
  while (writing.open.length) text += closeElement(writing);
  return text;
}

/** One of the events of a document that is read, by 4D's constants `XML Start Document` … */
export interface XmlEvent {
  readonly event: number;
  readonly name: string;
  readonly value: string;
  readonly attributes: readonly (readonly [string, string])[];
}

export const EVENT = { start: 1, comment: 2, instruction: 3, element: 4, endElement: 5, data: 6, cdata: 7, end: 9 } as const;

/** A document that is being read: its events, and the one it stands at. */
export interface XmlReading {
  readonly events: readonly XmlEvent[];
  at: number;
  readonly encoding: string;
  readonly version: string;
  readonly standalone: boolean;
}

/** All events of a text. Throws `XmlError` when it is not well-formed. */
export function newReading(text: string): XmlReading {
  const events: XmlEvent[] = [{ event: EVENT.start, name: '', value: '', attributes: [] }];
  const add = (event: number, { name, value, attributes }: Pick<XmlNode, 'name' | 'value' | 'attributes'>): void => {
    events.push({ event, name, value, attributes: [...attributes] });
  };
  const walk = (node: XmlNode): void => {
    if (node.kind === 'element') add(EVENT.element, node);
    else if (node.kind === 'text') add(EVENT.data, node);
    else if (node.kind === 'cdata') add(EVENT.cdata, node);
    else if (node.kind === 'comment') add(EVENT.comment, node);
    else if (node.kind === 'instruction') add(EVENT.instruction, node);
    for (const child of node.children) walk(child);
    if (node.kind === 'element') add(EVENT.endElement, { name: node.name, value: '', attributes: new Map() });
  };
  walk(parseXml(text));
  events.push({ event: EVENT.end, name: '', value: '', attributes: [] });
  const head = /^\uFEFF?<\?xml([^?]*)\?>/.exec(text)?.[1] ?? '';
  const said = (name: string): string => new RegExp(`${name}\\s*=\\s*["']([^"']*)["']`).exec(head)?.[1] ?? '';
  return {
    events,
    at: -1,
    encoding: said('encoding') || 'UTF-8',
    version: said('version') || '1.0',
    standalone: said('standalone') === 'yes',
  };
}
