/** Theme XML DOM, and what of theme XML needs no parser of streams (facts: 4D theme pages `XML DOM`, `XML`). References are texts, as in 4D. */
import { dateFromIso, isoDate, isoTime } from '../../values/dates.js';
import { valueText } from '../../values/format.js';
import type { Value } from '../../values/value.js';
import { blob, bytesOf } from '../blobs.js';
import { BAD_PARAMETER, raise } from '../errors.js';
import { look, writeFile } from '../files/disk.js';
import { type Call, diskOf, FileTheme, pathArgument } from '../files/natives.js';
import { decodeText } from '../text.js';
import { documentOf, nodeAt, referenceTo, rootOf, store } from './store.js';
import { append, decodeEntities, detach, elementsIn, parseXml, textOf, writeXml, XmlError, type XmlNode, xmlNode } from './tree.js';
import { findNodes, XPathError } from './xpath.js';

export const dom = new FileTheme('XML DOM');

function parsed(call: Call, text: string): string {
  try {
    const document = parseXml(text);
    store(call).problem = undefined;
    return referenceTo(call, rootOf(document));
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const before = text.slice(0, error.offset).split(/\r\n?|\n/);
    store(call).problem = { text: error.message, line: before.length, column: (before.at(-1) ?? '').length + 1 };
    return referenceTo(call, undefined);
  }
}

/** The encoding that the declaration names, UTF-8 without one. */
export function textIn(bytes: Uint8Array): string {
  const head = decodeText(bytes.subarray(0, 200), 'windows-1252');
  const named = /encoding\s*=\s*["']([\w-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  try {
    return decodeText(bytes, new TextDecoder(named).encoding);
  } catch {
    return decodeText(bytes, 'utf-8');
  }
}

dom.command(720, 'DOM Parse XML variable', (call) => {
  const value = call.value(0);
  return parsed(call, typeof value === 'string' ? value : textIn(bytesOf(value)));
});
dom.command(719, 'DOM Parse XML source', (call) => {
  const { bytes } = look(diskOf(call), pathArgument(call, 0), true);
  return bytes ? parsed(call, textIn(bytes)) : referenceTo(call, undefined);
});
dom.command(722, 'DOM CLOSE XML', (call) => {
  const top = documentOf(nodeAt(call, 0));
  const all = store(call);
  for (const [reference, node] of all.nodes) {
    if (documentOf(node) !== top) continue;
    all.nodes.delete(reference);
    all.references.delete(node);
  }
  call.setSystem('OK', 1);
  return undefined;
});
dom.command(861, 'DOM Create XML Ref', (call) => {
  const document = xmlNode('document', '#document');
  const root = xmlNode('element', call.text(0));
  if (call.has(1) && call.text(1) !== '') root.attributes.set('xmlns', call.text(1));
  for (let i = 2; i + 1 < call.count(); i += 2) root.attributes.set(call.text(i), call.text(i + 1));
  append(document, root);
  return referenceTo(call, root);
});

// ---- around an element

dom.command(1053, 'DOM Get root XML element', (call) => referenceTo(call, rootOf(nodeAt(call, 0))));
dom.command(1088, 'DOM Get XML document ref', (call) => referenceTo(call, documentOf(nodeAt(call, 0))));

/** A neighbour, with its name and value in the arguments that follow. */
function neighbour(number: number, name: string, find: (node: XmlNode) => XmlNode | undefined): void {
  dom.command(number, name, (call) => {
    const found = find(nodeAt(call, 0));
    if (found && call.has(1)) call.set(1, found.name);
    if (found && call.has(2)) call.set(2, textOf(found));
    return referenceTo(call, found);
  });
}
const beside = (node: XmlNode, step: 1 | -1): XmlNode | undefined => {
  const siblings = node.parent ? elementsIn(node.parent) : [];
  return siblings[siblings.indexOf(node) + step];
};
neighbour(723, 'DOM Get first child XML element', (node) => elementsIn(node)[0]);
neighbour(925, 'DOM Get last child XML element', (node) => elementsIn(node).at(-1));
neighbour(724, 'DOM Get next sibling XML element', (node) => beside(node, 1));
neighbour(924, 'DOM Get previous sibling XML element', (node) => beside(node, -1));
neighbour(923, 'DOM Get parent XML element', (node) => (node.parent?.kind === 'element' ? node.parent : undefined));

dom.command(725, 'DOM Get XML element', (call) => {
  const named = elementsIn(nodeAt(call, 0)).filter((child) => child.name === call.text(1));
  const found = named[call.integer(2) - 1];
  if (found && call.has(3)) call.set(3, textOf(found));
  return referenceTo(call, found);
});
dom.command(726, 'DOM Count XML elements', (call) => elementsIn(nodeAt(call, 0)).filter((child) => child.name === call.text(1)).length);
/** The elements on a path; raises an error where it cannot be read. */
function nodesOn(call: Call, from: XmlNode, path: string): XmlNode[] {
  try {
    return findNodes(from, path);
  } catch (error) {
    if (!(error instanceof XPathError)) throw error;
    call.setSystem('OK', 0);
    return raise(
      BAD_PARAMETER,
      {
        en: '{0}: the XPath «{1}» cannot be read from «{2}» on, or leads to no elements. Steps, conditions in brackets and the common functions are known.',
        es: '{0}: no se puede leer el XPath «{1}» desde «{2}», o no lleva a elementos. Se conocen los pasos, las condiciones entre corchetes y las funciones corrientes.',
      },
      call.command,
      path,
      error.rest,
    );
  }
}

dom.command(864, 'DOM Find XML element', (call) => {
  const found = nodesOn(call, nodeAt(call, 0), call.text(1));
  if (call.has(2)) {
    const array = call.array(2, 'text');
    array.items = ['', ...found.map((node) => referenceTo(call, node))];
  }
  return referenceTo(call, found[0]);
});
dom.command(1010, 'DOM Find XML element by ID', (call) => {
  const [found] = findNodes(nodeAt(call, 0), '//*').filter((node) =>
    [...node.attributes].some(([key, value]) => key.toLowerCase() === 'id' && value === call.text(1)),
  );
  return referenceTo(call, found);
});

// ---- reading

dom.command(730, 'DOM GET XML ELEMENT NAME', (call) => {
  call.set(1, nodeAt(call, 0).name);
  return done(call);
});
dom.command(731, 'DOM GET XML ELEMENT VALUE', (call) => {
  const node = nodeAt(call, 0);
  put(call, 1, textOf(node));
  if (call.has(2))
    call.set(
      2,
      node.children
        .filter((child) => child.kind === 'cdata')
        .map((child) => child.value)
        .join(''),
    );
  return done(call);
});
dom.command(727, 'DOM Count XML attributes', (call) => nodeAt(call, 0).attributes.size);
dom.command(728, 'DOM GET XML ATTRIBUTE BY NAME', (call) => {
  const value = nodeAt(call, 0).attributes.get(call.text(1));
  call.setSystem('OK', value === undefined ? 0 : 1);
  if (value !== undefined) put(call, 2, value);
  return undefined;
});
dom.command(729, 'DOM GET XML ATTRIBUTE BY INDEX', (call) => {
  const found = [...nodeAt(call, 0).attributes][call.integer(1) - 1];
  call.setSystem('OK', found ? 1 : 0);
  if (!found) return undefined;
  call.set(2, found[0]);
  put(call, 3, found[1]);
  return undefined;
});

const childTypes: Readonly<Record<XmlNode['kind'], number>> = { comment: 2, instruction: 3, text: 6, cdata: 7, element: 11, document: 0 };
dom.command(1081, 'DOM GET XML CHILD NODES', (call) => {
  const { children } = nodeAt(call, 0);
  const types = call.array(1, 'integer');
  const references = call.array(2, 'text');
  types.items = [0, ...children.map((child) => childTypes[child.kind])];
  references.items = ['', ...children.map((child) => (child.kind === 'element' ? referenceTo(call, child) : child.value))];
  return done(call);
});

function done(call: Call): undefined {
  call.setSystem('OK', 1);
  return undefined;
}

/** Writes a text into a variable as its type has it: numbers with a point, dates as ISO, Booleans as `true`. */
function put(call: Call, index: number, text: string): void {
  const type = call.machine.typeOf(call.process, call.reference(index));
  call.set(index, decoded(text, type ?? 'text'));
}

function decoded(text: string, type: string): Value {
  switch (type) {
    case 'integer':
    case 'real':
      return Number(text.trim()) || 0;
    case 'boolean':
      return /^(true|1)$/i.test(text.trim());
    case 'date':
      return dateFromIso(text);
    case 'time': {
      const found = /(\d+):(\d\d):(\d\d)/.exec(text);
      return { t: 'time', seconds: found ? Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3]) : 0 };
    }
    case 'blob':
      return blob(new TextEncoder().encode(text));
    default:
      return text;
  }
}

dom.command(1091, 'XML DECODE', (call) => {
  put(call, 1, decodeEntities(call.text(0)));
  return undefined;
});

// ---- writing

/** A value as XML has it. */
export function xmlText(value: Value): string {
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') return String(value);
  if (value === undefined || value === null) return '';
  if (typeof value === 'object' && value.t === 'date') return isoDate(value);
  if (typeof value === 'object' && value.t === 'time') return isoTime(value);
  if (typeof value === 'object' && value.t === 'blob') return textIn(value.bytes);
  return valueText(value);
}

function setAttributes(call: Call, node: XmlNode, first: number): void {
  for (let i = first; i + 1 < call.count(); i += 2) node.attributes.set(call.text(i), xmlText(call.value(i + 1)));
}

dom.command(866, 'DOM SET XML ATTRIBUTE', (call) => {
  setAttributes(call, nodeAt(call, 0), 1);
  return done(call);
});
dom.command(1084, 'DOM REMOVE XML ATTRIBUTE', (call) => {
  nodeAt(call, 0).attributes.delete(call.text(1));
  return done(call);
});
dom.command(867, 'DOM SET XML ELEMENT NAME', (call) => {
  nodeAt(call, 0).name = call.text(1);
  return done(call);
});
/** `elementRef {; xPath} ; value {; *}`; with `*` the value goes into a CDATA section. */
dom.command(868, 'DOM SET XML ELEMENT VALUE', (call) => {
  const starred = call.isOperator(call.count() - 1);
  const last = call.count() - (starred ? 2 : 1);
  const node = last > 1 ? made(call, nodeAt(call, 0), call.text(1)) : nodeAt(call, 0);
  node.children = node.children.filter((child) => child.kind !== 'text' && child.kind !== 'cdata');
  append(node, xmlNode(starred ? 'cdata' : 'text', starred ? '#cdata' : '#text', xmlText(call.value(last))));
  return done(call);
});
dom.command(865, 'DOM Create XML element', (call) => {
  const node = made(call, nodeAt(call, 0), call.text(1), true);
  setAttributes(call, node, 2);
  return referenceTo(call, node);
});

/** The element on a path; what is not there is made. `fresh`: its last step is always a new element. */
function made(call: Call, from: XmlNode, path: string, fresh = false): XmlNode {
  const steps = path.split('/').filter((step) => step !== '');
  let at = from;
  if (path.startsWith('/') && steps.length > 0) {
    at = rootOf(from);
    if (at.name === steps[0]) steps.shift();
  }
  for (const [i, step] of steps.entries()) {
    const found = fresh && i === steps.length - 1 && !step.includes('[') ? undefined : nodesOn(call, at, step)[0];
    if (found) at = found;
    else {
      const name = step.replace(/\[.*$/, '');
      if (name === '') raise(BAD_PARAMETER, { en: '{0}: «{1}» is no path.', es: '{0}: «{1}» no es una ruta.' }, call.command, path);
      const child = xmlNode('element', name);
      append(at, child);
      at = child;
    }
  }
  return at;
}

dom.command(869, 'DOM REMOVE XML ELEMENT', (call) => {
  detach(nodeAt(call, 0));
  return done(call);
});

function copyOf(node: XmlNode): XmlNode {
  const copy = xmlNode(node.kind, node.name, node.value);
  for (const [key, value] of node.attributes) copy.attributes.set(key, value);
  for (const child of node.children) append(copy, copyOf(child));
  return copy;
}
dom.command(1082, 'DOM Append XML element', (call) => {
  const target = nodeAt(call, 0);
  const copy = copyOf(rootOfTree(nodeAt(call, 1)));
  append(target, copy);
  return referenceTo(call, copy);
});
dom.command(1083, 'DOM Insert XML element', (call) => {
  const target = nodeAt(call, 0);
  const copy = copyOf(rootOfTree(nodeAt(call, 1)));
  const before = elementsIn(target)[call.integer(2) - 1];
  append(target, copy, before ? target.children.indexOf(before) : undefined);
  return referenceTo(call, copy);
});
const rootOfTree = (node: XmlNode): XmlNode => (node.kind === 'document' ? rootOf(node) : node);

dom.command(1080, 'DOM Append XML child node', (call) => {
  const kind = (Object.keys(childTypes) as XmlNode['kind'][]).find((one) => childTypes[one] === call.integer(1)) ?? 'text';
  const value = xmlText(call.value(2));
  const node = xmlNode(kind, kind === 'element' ? value : `#${kind}`, kind === 'element' ? '' : value);
  append(nodeAt(call, 0), node);
  return referenceTo(call, node);
});

// ---- as text

const INDENTATION = 4;
dom.command(1090, 'XML SET OPTIONS', (call) => {
  const value = call.value(0);
  if (typeof value !== 'string') return undefined;
  for (let i = 1; i + 1 < call.count(); i += 2) if (call.integer(i) === INDENTATION) setIndent(call, call.integer(i + 1) !== 0);
  return undefined;
});
dom.command(859, 'DOM SET XML DECLARATION', (call) => {
  if (call.has(3)) setIndent(call, call.boolean(3));
  return done(call);
});
function setIndent(call: Call, on: boolean): void {
  const reference = referenceTo(call, documentOf(nodeAt(call, 0)));
  if (on) store(call).indented.add(reference);
  else store(call).indented.delete(reference);
}

function exported(call: Call): string {
  const document = documentOf(nodeAt(call, 0));
  const indent = store(call).indented.has(referenceTo(call, document));
  return `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\r\n${writeXml(document, indent)}`;
}
dom.command(863, 'DOM EXPORT TO VAR', (call) => {
  const text = exported(call);
  const type = call.machine.typeOf(call.process, call.reference(1));
  call.set(1, type === 'blob' ? blob(new TextEncoder().encode(text)) : text);
  return done(call);
});
dom.command(862, 'DOM EXPORT TO FILE', (call) => {
  const path = pathArgument(call, 1);
  look(diskOf(call), path);
  writeFile(diskOf(call), path, new TextEncoder().encode(exported(call)), call.machine.clock.now());
  return done(call);
});
dom.command(732, 'XML GET ERROR', (call) => {
  const { problem } = store(call);
  call.set(1, problem?.text ?? '');
  if (call.has(2)) call.set(2, problem?.line ?? 0);
  if (call.has(3)) call.set(3, problem?.column ?? 0);
  return undefined;
});
