import { CompletionItemKind } from 'vscode-languageserver';
import type { ClassMember } from '#syntaxes/catalogue/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText, suffixOf } from '#syntaxes/tree/names.js';
import { fieldTypeName, membersOf, ownMembers, tableOfClass, typeOf } from '../analysis/expressionType.js';
import { Use } from '../analysis/projectIndex.js';
import { relationMembers } from '../analysis/relations.js';
import { roleOf } from '../analysis/roles.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { Choice } from './completion.types.js';
import type { TypedName } from './typedName.js';

/** No more names than this where nothing is known of the object. */
const GUESSES = 80;

/** Members behind a dot: of the class that the object is known to have, else names that members have in this project; tables behind `ds.`. */
export function members(snapshot: Snapshot, name: TypedName): Choice[] {
  const { tree } = snapshot;
  const key = fold(name.typed);
  const fits = (label: string): boolean => fold(label).startsWith(key) || (key !== '' && fold(label).includes(key));
  const node = memberNode(snapshot, name.start);
  if (node < 0) return [];
  if (roleOf(tree, tree.child(node, 1)) === 'dataclass')
    return dataStoreChoices(snapshot).filter((c) => (c.kind === CompletionItemKind.Struct ? fits(c.label) : fold(c.label).startsWith(key)));
  const space = componentClassChoices(snapshot, tree.firstChild(node)).filter(({ label }) => fits(label));
  if (space.length > 0) return space;
  const type = typeOf(snapshot, tree.firstChild(node));
  if (!type || /^(object|variant)$/i.test(type)) return guesses(snapshot, key, name);
  const found = new Map<string, Choice>();
  for (const choice of [
    ...ownChoices(snapshot, type),
    ...storedChoices(snapshot, type),
    ...membersOf(snapshot, type).map((m) => memberChoice(m, type)),
  ])
    if (fits(choice.label) && !found.has(fold(choice.label))) found.set(fold(choice.label), choice);
  return found.size > 0 ? [...found.values()] : guesses(snapshot, key, name);
}

/** Behind `cs.Mail.`: the classes that the component gives. */
function componentClassChoices({ tree, view }: Snapshot, object: number): Choice[] {
  if (!view?.componentClasses.size || tree.kind(object) !== N.Member || roleOf(tree, tree.child(object, 1)) !== 'class') return [];
  const space = fold(`${nameText(tree, tree.child(object, 1))}.`);
  return [...view.componentClasses.values()]
    .filter(({ file }) => fold(file.name).startsWith(space))
    .map(({ file }) => file.name.slice(space.length))
    .map((label): Choice => ({ label, text: label, kind: CompletionItemKind.Class, rank: 0 }));
}

/** Behind `ds.`: tables, functions of the project's own `DataStore` class, and of 4D's. Without a structure file, the names the code uses. */
function dataStoreChoices(snapshot: Snapshot): Choice[] {
  const { view } = snapshot;
  const tables = view?.project.structure.tables.map((t) => t.name) ?? [];
  const named =
    view && tables.length === 0 ? [...view.index.keysOf('t:')].filter((k) => !k.key.startsWith('t:#')).map((k) => k.spelling) : [];
  return [
    ...tables.map((label): Choice => ({ label, text: label, kind: CompletionItemKind.Struct, rank: 0 })),
    ...declaredChoices(snapshot, 'cs.DataStore'),
    ...named.map((label): Choice => ({ label, text: label, kind: CompletionItemKind.Struct, rank: 1 })),
    ...membersOf(snapshot, '4D.DataStoreImplementation').map((m) => ({ ...memberChoice(m, '4D.DataStoreImplementation'), rank: 2 })),
  ];
}

function memberChoice(member: ClassMember, type: string): Choice {
  const label = member.name.replace(/^\./, '');
  return {
    label,
    text: label,
    kind: member.kind === 'function' ? CompletionItemKind.Method : CompletionItemKind.Property,
    rank: 1,
    detail: member.kind === 'function' ? member.signatures[0]?.text : member.type,
    data: { kind: 'member', id: `${type} ${label}` },
  };
}

function declaredChoices(snapshot: Snapshot, type: string): Choice[] {
  return [...ownMembers(snapshot, type).values()].map(
    (m): Choice => ({
      label: m.name,
      text: m.name,
      kind: m.kind === 'function' ? CompletionItemKind.Method : CompletionItemKind.Property,
      rank: 0,
      detail: m.type,
    }),
  );
}

/** What a class of the project declares, and the properties its code gives its objects without declaring them. */
function ownChoices(snapshot: Snapshot, type: string): Choice[] {
  const { view } = snapshot;
  const choices = declaredChoices(snapshot, type);
  const file = view?.project.classByName(type.replace(/^cs\./i, ''));
  if (view && file)
    for (const { spelling } of view.index.keysIn(file.path, 'm:', Use.Write))
      choices.push({ label: spelling, text: spelling, kind: CompletionItemKind.Property, rank: 2 });
  return choices;
}

/** An entity has its table's fields and relations; a selection gives them as collections and selections. */
export function storedChoices(snapshot: Snapshot, type: string): Choice[] {
  const [, kind] = /(Entity|Selection)$/.exec(type) ?? [];
  const table = kind && tableOfClass(snapshot, type);
  if (!table || !snapshot.view) return [];
  const choice = (label: string, detail: string): Choice => ({ label, text: label, kind: CompletionItemKind.Field, rank: 0, detail });
  return [
    ...table.fields.map((f) => choice(f.name, fieldTypeName(f))),
    ...relationMembers(snapshot.view.project.structure, table, kind === 'Selection').map((m) => choice(m.name, m.type)),
  ];
}

/** Of an object nobody knows the class of, the names that members have elsewhere in the project. */
export function guesses({ view }: Snapshot, key: string, name: TypedName): Choice[] {
  if (key === '' || !view) return [];
  const names = view.index.spellings('m:', key, GUESSES, (_, spelling) => spelling !== name.typed);
  return names.map((label) => ({ label, text: label, kind: CompletionItemKind.Property, rank: 3 }));
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
      detail: fieldTypeName(f),
    }));
}
