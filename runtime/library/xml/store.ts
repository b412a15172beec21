/** What a process has of XML: documents, and the texts that stand for their nodes. */
import { BAD_PARAMETER, raise } from '../errors.js';
import type { Call } from '../files/natives.js';
import { elementsIn, type XmlNode } from './tree.js';

const KEY = 'xml';
export const NOTHING = '0'.repeat(32);

/** What a process has of XML: its nodes by reference. Plain data. */
export interface Store {
  readonly nodes: Map<string, XmlNode>;
  readonly references: Map<XmlNode, string>;
  readonly indented: Set<string>;
  next: number;
  problem: { readonly text: string; readonly line: number; readonly column: number } | undefined;
}

export function store(call: Call): Store {
  const known = call.process.extra.get(KEY) as Store | undefined;
  if (known) return known;
  const made: Store = { nodes: new Map(), references: new Map(), indented: new Set(), next: 1, problem: undefined };
  call.process.extra.set(KEY, made);
  return made;
}

export function referenceTo(call: Call, node: XmlNode | undefined): string {
  call.setSystem('OK', node ? 1 : 0);
  if (!node) return NOTHING;
  const all = store(call);
  let reference = all.references.get(node);
  if (reference === undefined) {
    reference = (all.next++).toString(16).toUpperCase().padStart(32, '0');
    all.references.set(node, reference);
    all.nodes.set(reference, node);
  }
  return reference;
}

/** The node of a reference; an error when it is none, or its document was closed. */
export function nodeAt(call: Call, index: number): XmlNode {
  const node = store(call).nodes.get(call.text(index));
  if (node) return node;
  call.setSystem('OK', 0);
  return raise(
    BAD_PARAMETER,
    {
      en: '{0}: «{1}» is no reference of an XML element, or its document was closed.',
      es: '{0}: «{1}» no es una referencia de un elemento XML, o su documento se cerró.',
    },
    call.command,
    call.text(index),
  );
}

export function rootOf(node: XmlNode): XmlNode {
  let at = node;
  while (at.parent && at.parent.kind !== 'document') at = at.parent;
  return at.kind === 'document' ? (elementsIn(at)[0] ?? at) : at;
}
export function documentOf(node: XmlNode): XmlNode {
  let at = node;
  while (at.parent) at = at.parent;
  return at;
}
