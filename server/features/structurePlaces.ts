import type { Location } from 'vscode-languageserver';
import type { FieldDefinition, TableDefinition } from '#syntaxes/project/types.js';
import { readXml, type XmlAttribute, type XmlElement, xmlValue } from '#syntaxes/project/xml.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText, suffixOf } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import type { RelationMember } from '../analysis/relations.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { FeatureContext } from './context.js';

/** The table that a Table node, or the name behind `ds.`, stands for: by its number where it has one, else by its name. */
export function tableOf(snapshot: Snapshot, node: Node): TableDefinition | undefined {
  const number = suffixOf(snapshot.tree, node);
  return byNumberOrName(snapshot.view?.project.structure.tables, number, nameText(snapshot.tree, node));
}

/** The field that a Field node stands for, with its table. */
export function fieldOf(snapshot: Snapshot, node: Node): { table: TableDefinition; field: FieldDefinition } | undefined {
  const { tree } = snapshot;
  const table = tree.kind(tree.firstChild(node)) === N.Table ? tableOf(snapshot, tree.firstChild(node)) : undefined;
  const name = tree.child(node, 1);
  const field = name < 0 ? undefined : byNumberOrName(table?.fields, suffixOf(tree, name), nameText(tree, name));
  return table && field && { table, field };
}

function byNumberOrName<D extends { readonly name: string; readonly number: number }>(
  list: readonly D[] | undefined,
  suffix: ReturnType<typeof suffixOf>,
  name: string,
): D | undefined {
  if (suffix?.kind === 'number') return list?.find((one) => one.number === suffix.number);
  const key = fold(name);
  return list?.find((one) => fold(one.name) === key);
}

/**
 * Name attributes of the tables (`7`), fields (`7.3`) and relations (`7.3>` to the one, `7.3<` to the many, by the field of the many) of
 * the structure file read last: the next question is about the same one.
 */
let last: { readonly text: string; readonly names: ReadonlyMap<string, XmlAttribute> } | undefined;

function namesIn(text: string): ReadonlyMap<string, XmlAttribute> {
  if (last?.text === text) return last.names;
  const names = new Map<string, XmlAttribute>();
  const keys = new Map<XmlElement, string>();
  const fields = new Map<string, string>();
  const sources: { readonly relation: XmlElement; readonly uuid: string }[] = [];
  for (const element of readXml(text).elements) {
    const { parent } = element;
    const uuid = xmlValue(element, 'uuid') ?? '';
    const relation = element.name === 'field_ref' && xmlValue(parent ?? element, 'kind') === 'source' ? parent?.parent : undefined;
    if (relation?.name === 'relation') sources.push({ relation, uuid });
    const inTable = element.name === 'field' && parent ? keys.get(parent) : undefined;
    if (inTable === undefined && !(element.name === 'table' && parent?.name === 'base')) continue;
    const id = Number(xmlValue(element, 'id'));
    const key = inTable === undefined ? `${id}` : `${inTable}.${id}`;
    if (inTable === undefined) keys.set(element, key);
    else fields.set(uuid, key);
    const name = element.attributes.find((a) => a.name === 'name');
    if (name && !names.has(key)) names.set(key, name);
  }
  for (const { relation, uuid } of sources)
    for (const name of relation.attributes)
      if (/^name_(Nto1|1toN)$/.test(name.name)) names.set(`${fields.get(uuid)}${name.name === 'name_Nto1' ? '>' : '<'}`, name);
  last = { text, names };
  return names;
}

/** Where the structure file declares a table or a field of it: its `name` attribute. */
export function structurePlace(
  snapshot: Snapshot,
  table: TableDefinition,
  field: FieldDefinition | undefined,
  context: Pick<FeatureContext, 'open'>,
): Promise<Location[]> {
  return namePlace(snapshot, field ? `${table.number}.${field.number}` : `${table.number}`, context);
}

/** Where the structure file names a relation, in the direction asked for. */
export function relationPlace(
  snapshot: Snapshot,
  { relation: { many }, toOne }: RelationMember,
  context: Pick<FeatureContext, 'open'>,
): Promise<Location[]> {
  return namePlace(snapshot, `${many.table}.${many.field}${toOne ? '>' : '<'}`, context);
}

async function namePlace({ view }: Snapshot, key: string, context: Pick<FeatureContext, 'open'>): Promise<Location[]> {
  const file = view && (await context.open(`${view.project.sources}/catalog.4DCatalog`));
  const name = file && namesIn(file.text).get(key);
  return name ? [{ uri: file.uri, range: file.span(name.nameStart, name.valueEnd + 1) }] : [];
}
