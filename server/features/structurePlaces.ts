import type { Location } from 'vscode-languageserver';
import type { FieldDefinition, TableDefinition } from '#syntaxes/project/types.js';
import { readXml, type XmlElement, xmlValue } from '#syntaxes/project/xml.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText, suffixOf } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { FeatureContext } from './context.js';

const CATALOG = 'Project/Sources/catalog.4DCatalog';

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
  return list?.find((one) => (suffix?.kind === 'number' ? one.number === suffix.number : fold(one.name) === fold(name)));
}

/** The last structure file read: the next question is about the same one. */
let last: { readonly text: string; readonly elements: readonly XmlElement[] } | undefined;

function elementsOf(text: string): readonly XmlElement[] {
  if (last?.text !== text) last = { text, elements: readXml(text).elements };
  return last.elements;
}

/** Where the structure file declares a table or a field of it: its `name` attribute. */
export async function structurePlace(
  table: TableDefinition,
  field: FieldDefinition | undefined,
  context: Pick<FeatureContext, 'open'>,
): Promise<Location[]> {
  const file = await context.open(CATALOG);
  if (!file) return [];
  const elements = elementsOf(file.text);
  const is = (element: XmlElement, kind: string, number: number): boolean =>
    element.name === kind && Number(xmlValue(element, 'id')) === number;
  const tableElement = elements.find((e) => e.parent?.name === 'base' && is(e, 'table', table.number));
  const element = field ? elements.find((e) => e.parent === tableElement && is(e, 'field', field.number)) : tableElement;
  const name = element?.attributes.find((a) => a.name === 'name');
  return name ? [{ uri: file.uri, range: file.span(name.nameStart, name.valueEnd + 1) }] : [];
}
