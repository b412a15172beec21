import type { Location } from 'vscode-languageserver';
import { N } from '#syntaxes/tree/kinds.js';
import { typeName } from '#syntaxes/tree/names.js';
import { classFile } from '../analysis/componentClasses.js';
import { tableOfClass, typeOf } from '../analysis/expressionType.js';
import { roleOf } from '../analysis/roles.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { FeatureContext } from './context.js';
import { structurePlace } from './structurePlaces.js';

/** The class of what the name at an offset holds: its file, or for entities, selections and dataclasses the table in the structure. */
export async function typeDefinition(snapshot: Snapshot, offset: number, context: Pick<FeatureContext, 'open'>): Promise<Location[]> {
  const { tree, view } = snapshot;
  const node = snapshot.nameAt(offset);
  if (node < 0 || !view) return [];
  const kind = tree.kind(node);
  const isMember = kind === N.Name && roleOf(tree, node) === 'member' && tree.kind(tree.parent(node)) === N.Member;
  let of = isMember ? tree.parent(node) : node;
  // a function's name stands for what it gives
  if (tree.kind(tree.parent(of)) === N.Call && tree.firstChild(tree.parent(of)) === of) of = tree.parent(of);
  const type = kind === N.Type ? typeName(tree, node) : typeOf(snapshot, of);
  const name = /^cs\.(.+)$/i.exec(type ?? '')?.[1];
  if (!name) return [];
  const file = classFile(view, name);
  const top = { line: 0, character: 0 };
  if (file) return [{ uri: view.uriOf(file.path), range: { start: top, end: top } }];
  const table = tableOfClass(snapshot, name);
  return table ? structurePlace(snapshot, table, undefined, context) : [];
}
