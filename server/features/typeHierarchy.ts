import { SymbolKind, type TypeHierarchyItem } from 'vscode-languageserver';
import type { SourceFile } from '#syntaxes/project/types.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText, typeName } from '#syntaxes/tree/names.js';
import type { ProjectView } from '../analysis/projectView.js';
import { roleOf } from '../analysis/roles.js';
import type { Snapshot } from '../analysis/snapshot.js';

/** The class of the project that is named at an offset; in a class's own file, where nothing else is, that class. */
export function prepareTypeHierarchy(snapshot: Snapshot, offset: number): TypeHierarchyItem[] {
  const { view, source } = snapshot;
  if (!view) return [];
  const name = classNamed(snapshot, offset);
  const file = name === undefined ? (source?.kind === 'class' ? source : undefined) : view.project.classByName(name);
  return file ? [itemOf(view, file)] : [];
}

/** The class of the project that a class extends; those of 4D are in no file, and not shown. */
export function supertypes(view: ProjectView, path: string): TypeHierarchyItem[] {
  const name = view.index.get(path)?.superclass;
  const file = name === undefined ? undefined : view.project.classByName(name);
  return file ? [itemOf(view, file)] : [];
}

/** The classes that extend a class directly, by their names. */
export function subtypes(view: ProjectView, path: string): TypeHierarchyItem[] {
  const file = view.project.fileByPath(path);
  const below = (one: SourceFile): boolean =>
    one.kind === 'class' && file !== undefined && view.index.get(one.path)?.superclass === file.name;
  return view.project.files.filter(below).map((one) => itemOf(view, one));
}

function classNamed(snapshot: Snapshot, offset: number): string | undefined {
  const node = snapshot.nameAt(offset);
  if (node < 0) return undefined;
  const { tree } = snapshot;
  if (tree.kind(node) === N.Type) return /^cs\.(.+)$/i.exec(typeName(tree, node))?.[1];
  return tree.kind(node) === N.Name && roleOf(tree, node) === 'class' ? nameText(tree, node) : undefined;
}

function itemOf(view: ProjectView, file: SourceFile): TypeHierarchyItem {
  const start = { line: 0, character: 0 };
  const range = { start, end: start };
  return {
    name: `cs.${file.name}`,
    kind: SymbolKind.Class,
    uri: view.uriOf(file.path),
    range,
    selectionRange: range,
    data: { path: file.path },
  };
}
