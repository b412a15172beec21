import { CompletionItemKind } from 'vscode-languageserver';
import type { ClassMember } from '#syntaxes/catalogue/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText, suffixOf } from '#syntaxes/tree/names.js';
import { membersOf, typeOf } from '../analysis/expressionType.js';
import { Use } from '../analysis/projectIndex.js';
import { roleOf } from '../analysis/roles.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { Choice } from './completion.types.js';
import type { TypedName } from './typedName.js';

/** Members behind a dot: of the built-in or own class that the object is known to have; classes behind `cs.` and `4D.`; tables behind `ds.`. */
export function members(snapshot: Snapshot, name: TypedName): Choice[] {
  const { tree, view, catalogue } = snapshot;
  const key = fold(name.typed);
  const fits = (label: string): boolean => fold(label).startsWith(key) || (key !== '' && fold(label).includes(key));
  const node = memberNode(snapshot, name.start);
  if (node < 0) return [];
  switch (roleOf(tree, tree.child(node, 1))) {
    case 'class': {
      const own = view?.project.files.filter((f) => f.kind === 'class').map((f) => f.name) ?? [];
      return own.filter(fits).map((label) => ({ label, text: label, kind: CompletionItemKind.Class, rank: 0 }));
    }
    case 'builtInClass':
      return catalogue.classes
        .filter((c) => c.isClass && c.name.startsWith('4D.') && fits(c.name.slice(3)))
        .map((c) => ({ label: c.name.slice(3), text: c.name.slice(3), kind: CompletionItemKind.Class, rank: 0 }));
    case 'dataclass':
      return (view?.project.structure.tables ?? [])
        .filter((t) => fits(t.name))
        .map((t) => ({ label: t.name, text: t.name, kind: CompletionItemKind.Struct, rank: 0 }));
    default:
      break;
  }
  const type = typeOf(snapshot, tree.firstChild(node));
  if (!type) return [];
  const own = /^cs\.(.+)$/i.exec(type);
  if (own) return ownMembers(snapshot, own[1]).filter((c) => fits(c.label));
  return membersOf(snapshot, type)
    .map((m) => memberChoice(m, type))
    .filter((c) => fits(c.label));
}

function memberChoice(member: ClassMember, type: string): Choice {
  const label = member.name.replace(/^\./, '');
  return {
    label,
    text: label,
    kind: member.kind === 'function' ? CompletionItemKind.Method : CompletionItemKind.Property,
    rank: 0,
    detail: member.kind === 'function' ? member.signatures[0]?.text : member.type,
    data: { kind: 'member', id: `${type} ${label}` },
  };
}

/** Functions and properties of a class of the project, from the index. */
function ownMembers(snapshot: Snapshot, className: string): Choice[] {
  const { view } = snapshot;
  const file = view?.project.classByName(className);
  if (!file || !view) return [];
  const found: Choice[] = [];
  for (const { key, spelling } of view.index.keysIn(file.path, 'm:', Use.Definition))
    found.push({
      label: spelling,
      text: spelling,
      kind: CompletionItemKind.Method,
      rank: 0,
      detail: key.startsWith('m:') ? `cs.${file.name}` : undefined,
    });
  return found;
}

function memberNode(snapshot: Snapshot, offset: number): number {
  const { tree } = snapshot;
  for (const at of [offset, offset - 1]) {
    if (at < 0) continue;
    for (let node = tree.nodeAt(at); node >= 0; node = tree.parent(node)) {
      if (tree.kind(node) !== N.Member) continue;
      const dot = tree.token(node);
      if (dot >= 0 && tree.tokenEnd(dot) <= offset) return node;
    }
  }
  return -1;
}

export function tables(snapshot: Snapshot, name: TypedName, tokens: boolean): Choice[] {
  const key = fold(name.typed.trimEnd());
  return (snapshot.view?.project.structure.tables ?? [])
    .filter((t) => fold(t.name).startsWith(key))
    .slice(0, 100)
    .map((t) => ({ label: t.name, text: tokens ? `${t.name}:${t.number}` : t.name, kind: CompletionItemKind.Struct, rank: 0 }));
}

export function fields(snapshot: Snapshot, name: TypedName, tokens: boolean): Choice[] {
  const { tree, text, view } = snapshot;
  const open = text.lastIndexOf('[', name.start);
  const node = open < 0 ? -1 : tree.nodeAt(open);
  const tableNode = node >= 0 && tree.kind(node) === N.Field ? tree.firstChild(node) : node;
  if (tableNode < 0 || tree.kind(tableNode) !== N.Table) return [];
  const number = suffixOf(tree, tableNode);
  const table = view?.project.structure.tables.find((t) =>
    number?.kind === 'number' ? t.number === number.number : fold(t.name) === fold(nameText(tree, tableNode)),
  );
  const key = fold(name.typed.trimEnd());
  return (table?.fields ?? [])
    .filter((f) => fold(f.name).startsWith(key))
    .map((f) => ({
      label: f.name,
      text: tokens ? `${f.name}:${f.number}` : f.name,
      kind: CompletionItemKind.Field,
      rank: 0,
      detail: f.type,
    }));
}
