/** XML as plain data: reading, writing, finding. No document type is fetched and no entity but the five and character codes is known. */

export interface XmlNode {
  readonly kind: 'document' | 'element' | 'text' | 'cdata' | 'comment' | 'instruction';
  name: string;
  value: string;
  readonly attributes: Map<string, string>;
  children: XmlNode[];
  parent: XmlNode | undefined;
}

export function xmlNode(kind: XmlNode['kind'], name: string, value = ''): XmlNode {
  return { kind, name, value, attributes: new Map(), children: [], parent: undefined };
}

export function append(parent: XmlNode, child: XmlNode, index = parent.children.length): void {
  child.parent = parent;
  parent.children.splice(index, 0, child);
}

export function detach(node: XmlNode): void {
  const { parent } = node;
  if (parent) parent.children = parent.children.filter((other) => other !== node);
  node.parent = undefined;
}

export const elementsIn = (node: XmlNode): XmlNode[] => node.children.filter((child) => child.kind === 'element');

/** Text of an element as `DOM GET XML ELEMENT VALUE` gives it: its own texts, not those of elements in it. */
export function textOf(node: XmlNode): string {
  if (node.kind !== 'element' && node.kind !== 'document') return node.value;
  return node.children.map((child) => (child.kind === 'text' || child.kind === 'cdata' ? child.value : '')).join('');
}

export class XmlError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

const deepest = 1000;
const nameHere = /[\p{L}_:][\p{L}\p{N}_:.\-·]*/uy;

/** The document of an XML text. Throws {@link XmlError} when it is not well-formed. */
export function parseXml(text: string): XmlNode {
  const document = xmlNode('document', '#document');
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let here = document;
  let depth = 0;
  const fail = (message: string): never => {
    throw new XmlError(message, at);
  };
  const until = (end: string): string => {
    const stop = text.indexOf(end, at);
    if (stop < 0) fail(`"${end}" is missing`);
    const found = text.slice(at, stop);
    at = stop + end.length;
    return found;
  };
  const name = (): string => {
    nameHere.lastIndex = at;
    const found = nameHere.exec(text)?.[0] ?? fail('a name is missing');
    at += found.length;
    return found;
  };
  const blank = (): void => {
    while (/\s/.test(text[at] ?? '')) at++;
  };
  const tag = (): void => {
    const element = xmlNode('element', name());
    if (here === document && elementsIn(document).length > 0) fail('there is a second root element');
    append(here, element);
    for (blank(); text[at] !== '>' && text[at] !== '/'; blank()) {
      if (at >= text.length) fail('a tag does not end');
      const key = name();
      blank();
      if (text[at++] !== '=') fail(`the attribute ${key} has no value`);
      blank();
      const quote = text[at++];
      if (quote !== '"' && quote !== "'") fail(`the value of ${key} has no quotes`);
      if (element.attributes.has(key)) fail(`the attribute ${key} is there twice`);
      element.attributes.set(key, decodeEntities(until(quote)));
    }
    if (text[at] === '/') {
      at++;
      if (text[at++] !== '>') fail('a tag does not end');
    } else {
      at++;
      if (++depth > deepest) fail('elements are nested too deeply');
      here = element;
    }
  };
  while (at < text.length) {
    if (text.startsWith('<!--', at)) {
      at += 4;
      append(here, xmlNode('comment', '#comment', until('-->')));
    } else if (text.startsWith('<![CDATA[', at)) {
      at += 9;
      append(here, xmlNode('cdata', '#cdata', until(']]>')));
    } else if (text.startsWith('<?', at)) {
      at += 2;
      const inner = until('?>');
      if (!/^xml\s/i.test(inner)) append(here, xmlNode('instruction', inner.split(/\s/)[0], inner));
    } else if (text.startsWith('<!', at)) {
      at += 2;
      const inner = until('>');
      if (inner.includes('[')) until(']>');
    } else if (text.startsWith('</', at)) {
      at += 2;
      const closing = name();
      blank();
      if (text[at++] !== '>' || here.name !== closing || here === document) fail(`</${closing}> closes nothing`);
      here = here.parent ?? document;
      depth--;
    } else if (text[at] === '<') {
      at++;
      tag();
    } else {
      const stop = text.indexOf('<', at);
      const piece = text.slice(at, stop < 0 ? text.length : stop);
      if (here !== document) append(here, xmlNode('text', '#text', decodeEntities(piece)));
      else if (piece.trim() !== '') fail('there is text outside the root element');
      at += piece.length;
    }
  }
  if (here !== document) fail(`<${here.name}> is not closed`);
  if (elementsIn(document).length === 0) fail('there is no root element');
  return document;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return Object.hasOwn(entities, name) ? entities[name] : whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

export function encodeEntities(text: string, attribute = false): string {
  const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return attribute ? plain.replaceAll('"', '&quot;') : plain;
}

/** The text of a node; with `indent` each element without text of its own has its children on lines of their own. */
export function writeXml(node: XmlNode, indent: boolean, level = 0): string {
  switch (node.kind) {
    case 'text':
      return encodeEntities(node.value);
    case 'cdata':
      return `<![CDATA[${node.value}]]>`;
    case 'comment':
      return `<!--${node.value}-->`;
    case 'instruction':
      return `<?${node.value}?>`;
    case 'document':
      return node.children.map((child) => writeXml(child, indent, level)).join(indent ? '\r\n' : '');
    case 'element': {
      const attributes = [...node.attributes].map(([key, value]) => ` ${key}="${encodeEntities(value, true)}"`).join('');
      if (node.children.length === 0) return `<${node.name}${attributes}/>`;
      const flat = !indent || node.children.some((child) => child.kind === 'text' || child.kind === 'cdata');
      const inner = node.children.map((child) => writeXml(child, indent && !flat, level + 1));
      const tabs = '\t'.repeat(level + 1);
      const body = flat ? inner.join('') : `\r\n${inner.map((line) => `${tabs}${line}\r\n`).join('')}${'\t'.repeat(level)}`;
      return `<${node.name}${attributes}>${body}</${node.name}>`;
    }
  }
}
