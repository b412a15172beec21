import { atOnce, type Parts } from './parts.js';
import type { FieldDefinition, RelationDefinition, StructureCatalog, TableDefinition } from './types.js';
import { type XmlElement, type XmlProblem, xmlInParts, xmlValue } from './xml.js';

/** Types of fields in a catalog file, by number. Those that are not listed read as text. */
const fieldTypes: Readonly<Record<string, string>> = {
  '1': 'boolean',
  '3': 'integer',
  '4': 'integer',
  '5': 'integer64',
  '6': 'real',
  '7': 'real',
  '8': 'date',
  '9': 'time',
  '10': 'text',
  '12': 'picture',
  '14': 'text',
  '18': 'blob',
  '21': 'object',
};

export const noStructure: StructureCatalog = { tables: [], relations: [] };

/**
 * Tables, fields and relations of a `catalog.4DCatalog`. Tables and fields in the trash, and those without a number, are left
 * out. The DTD that the file names is never fetched. Broken XML gives what can be read.
 */
export function readStructure(text: string): ReadStructure {
  return atOnce(structureInParts(text));
}

export interface ReadStructure {
  readonly structure: StructureCatalog;
  readonly problems: readonly XmlProblem[];
}

/** The same in parts: a structure file may hold a million characters. */
export function* structureInParts(text: string): Parts<ReadStructure> {
  const { elements, problems } = yield* xmlInParts(text);
  const children = childrenOf(elements);
  yield;
  const child = (element: XmlElement, name: string): XmlElement | undefined => children.get(element)?.find((one) => one.name === name);
  const root = elements.find((element) => element.name === 'base' && !element.parent);
  if (!root) return { structure: noStructure, problems };

  const tables: TableDefinition[] = [];
  const places = new Map<string, { readonly table: number; readonly field: number }>();
  for (const element of children.get(root) ?? []) {
    const number = idOf(element);
    if (element.name !== 'table' || number === undefined) continue;
    yield;
    const extra = child(element, 'table_extra');
    if (extra && xmlValue(extra, 'trashed') === 'true') continue;
    const key = child(element, 'primary_key');
    const keyName = key && xmlValue(key, 'field_name');
    const fields: FieldDefinition[] = [];
    for (const fieldElement of children.get(element) ?? []) {
      const field = fieldElement.name === 'field' ? readField(fieldElement, keyName, child(fieldElement, 'field_extra')) : undefined;
      if (!field) continue;
      fields.push(field);
      const uuid = xmlValue(fieldElement, 'uuid');
      if (uuid) places.set(uuid, { table: number, field: field.number });
    }
    const runs = (event: string) => extra !== undefined && xmlValue(extra, `trigger_${event}`) === 'true';
    const triggers = { insert: runs('insert'), update: runs('update'), delete: runs('delete') };
    const some = triggers.insert || triggers.update || triggers.delete;
    tables.push({ name: xmlValue(element, 'name') ?? '', number, fields: fields.sort(byNumber), ...(some && { triggers }) });
  }

  const relations = (children.get(root) ?? []).flatMap((element) => {
    const relation = element.name === 'relation' ? readRelation(element, children, places) : undefined;
    return relation ? [relation] : [];
  });
  return { structure: { tables: tables.sort(byNumber), relations }, problems };
}

function readField(element: XmlElement, keyName: string | undefined, extra: XmlElement | undefined): FieldDefinition | undefined {
  const number = idOf(element);
  if (number === undefined || (extra && xmlValue(extra, 'trashed') === 'true')) return undefined;
  const name = xmlValue(element, 'name') ?? '';
  const is = (attribute: string): boolean => xmlValue(element, attribute) === 'true';
  const maxLength = Number(xmlValue(element, 'limiting_length') ?? '0');
  return {
    name,
    number,
    type: is('store_as_UUID') ? 'uuid' : (fieldTypes[xmlValue(element, 'type') ?? ''] ?? 'text'),
    autoSequence: is('autosequence'),
    autoGenerate: is('autogenerate'),
    primaryKey: name === keyName,
    unique: is('unique'),
    ...(maxLength > 0 ? { maxLength } : {}),
  };
}

function readRelation(
  element: XmlElement,
  children: ReadonlyMap<XmlElement, readonly XmlElement[]>,
  places: ReadonlyMap<string, { readonly table: number; readonly field: number }>,
): RelationDefinition | undefined {
  const place = (kind: string) => {
    const side = children.get(element)?.find((one) => one.name === 'related_field' && xmlValue(one, 'kind') === kind);
    const reference = side && children.get(side)?.find((one) => one.name === 'field_ref');
    return reference && places.get(xmlValue(reference, 'uuid') ?? '');
  };
  const many = place('source');
  const one = place('destination');
  if (!many || !one) return undefined;
  const manyToOneName = xmlValue(element, 'name_Nto1');
  const oneToManyName = xmlValue(element, 'name_1toN');
  return { many, one, ...(manyToOneName ? { manyToOneName } : {}), ...(oneToManyName ? { oneToManyName } : {}) };
}

function childrenOf(elements: readonly XmlElement[]): Map<XmlElement, XmlElement[]> {
  const children = new Map<XmlElement, XmlElement[]>();
  for (const element of elements) {
    if (!element.parent) continue;
    const list = children.get(element.parent);
    if (list) list.push(element);
    else children.set(element.parent, [element]);
  }
  return children;
}

function idOf(element: XmlElement): number | undefined {
  const id = Number(xmlValue(element, 'id') ?? '');
  return Number.isInteger(id) && id > 0 ? id : undefined;
}

function byNumber(a: { readonly number: number }, b: { readonly number: number }): number {
  return a.number - b.number;
}
