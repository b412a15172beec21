import type { CatalogueClass, ClassMember } from '#syntaxes/catalogue/types.js';
import type { FieldDefinition, StructureCatalog, TableDefinition } from '#syntaxes/project/types.js';
import { initialValue } from '#syntaxes/resolution/declarator.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText, suffixOf } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { classFacts, classFile, componentClassAt } from './componentClasses.js';
import type { MemberFacts } from './projectIndex.js';
import { type RelationMember, relationMembers } from './relations.js';
import { roleOf } from './roles.js';
import type { Snapshot } from './snapshot.js';
import { parameterType, variableType } from './variableType.js';

/** How far a chain of members and assignments is followed. */
const DEPTH = 12;

/**
 * The type of an expression as 4D writes it (`Text`, `4D.Session`, `cs.Shop`, `Collection`), as far as declarations and documented
 * results say; undefined where they do not. Light: no flow of control, no joining of types.
 */
export function typeOf(snapshot: Snapshot, node: Node, depth = DEPTH): string | undefined {
  if (node < 0 || depth === 0) return undefined;
  const { tree } = snapshot;
  switch (tree.kind(node)) {
    case N.Parenthesized:
      return typeOf(snapshot, tree.firstChild(node), depth - 1);
    case N.String:
      return 'Text';
    case N.Number:
      return 'Real';
    case N.Date:
      return 'Date';
    case N.Time:
      return 'Time';
    case N.ObjectLiteral:
      return 'Object';
    case N.CollectionLiteral:
      return 'Collection';
    case N.Local:
      return localType(snapshot, node, depth);
    case N.Name:
      return nameType(snapshot, node);
    case N.Interprocess:
      return variableType(snapshot, node);
    case N.Element:
      return elementType(snapshot, node, depth);
    case N.Character:
      return 'Text';
    case N.Binary:
      return operationType(snapshot, node, depth);
    case N.Call:
      return callType(snapshot, node, depth);
    case N.Member:
      return memberType(snapshot, node, depth);
    case N.Ternary:
      return typeOf(snapshot, tree.child(node, 1), depth - 1);
    case N.Field:
      return fieldType(snapshot, node);
    default:
      return undefined;
  }
}

/** The type of a field as declarations write it. */
export function fieldTypeName({ type }: FieldDefinition): string {
  return type === 'uuid' ? 'Text' : type === 'integer64' ? 'Real' : type[0].toUpperCase() + type.slice(1);
}

function fieldType({ tree, view }: Snapshot, node: Node): string | undefined {
  const named = <D extends { readonly name: string; readonly number: number }>(
    list: readonly D[] | undefined,
    name: Node,
  ): D | undefined => {
    const suffix = suffixOf(tree, name);
    const key = fold(nameText(tree, name));
    return list?.find((one) => (suffix?.kind === 'number' ? one.number === suffix.number : fold(one.name) === key));
  };
  const table = named(view?.project.structure.tables, tree.firstChild(node));
  const field = named(table?.fields, tree.child(node, 1));
  return field && fieldTypeName(field);
}

function localType(snapshot: Snapshot, node: Node, depth: number): string | undefined {
  const { tree } = snapshot;
  const variable = snapshot.locals.of(node);
  if (!variable) return undefined;
  if (variable.type && !/^(object|variant)$/i.test(variable.type)) return variable.type;
  for (const use of variable.occurrences) {
    const parent = tree.parent(use);
    const kind = tree.kind(parent);
    const value =
      kind === N.Assignment && tree.firstChild(parent) === use
        ? tree.child(parent, 1)
        : kind === N.Declarator && initialValue(tree, parent) !== use
          ? initialValue(tree, parent)
          : -1;
    const type = value >= 0 ? typeOf(snapshot, value, depth - 1) : undefined;
    if (type && !/^(object|variant)$/i.test(type)) return type;
  }
  const { source } = snapshot;
  return variable.type ?? (source?.kind === 'method' ? parameterType(snapshot, source.name, variable.name) : undefined);
}

/** `Text` of an element of a `Text array`. */
function elementType(snapshot: Snapshot, node: Node, depth: number): string | undefined {
  return typeOf(snapshot, snapshot.tree.firstChild(node), depth - 1)?.match(/^(.+) array$/i)?.[1];
}

/** What two values give: a comparison a Boolean, a sum or a difference what its first part is (`Date-Date` a number). */
function operationType(snapshot: Snapshot, node: Node, depth: number): string | undefined {
  const { tree } = snapshot;
  const operator = tree.tokenText(tree.token(node));
  if (/^([=#<>]|<=|>=|\?\?)$/.test(operator)) return 'Boolean';
  if (!/^[+*/%^\\-]$/.test(operator)) return undefined;
  const left = typeOf(snapshot, tree.firstChild(node), depth - 1);
  if (operator !== '-' || left !== 'Date') return left;
  return typeOf(snapshot, tree.child(node, 1), depth - 1) === 'Date' ? 'Integer' : left;
}

function nameType(snapshot: Snapshot, node: Node): string | undefined {
  const { tree } = snapshot;
  if (roleOf(tree, node) !== 'free') return undefined;
  const resolved = snapshot.resolve(node);
  if (resolved.kind === 'constant') return resolved.constant.type;
  if (resolved.kind === 'variable') return variableType(snapshot, node);
  if (resolved.kind === 'method')
    return snapshot.view?.index.get(resolved.file.path)?.result ?? parameterType(snapshot, resolved.file.name, '$0');
  if (resolved.kind !== 'command') return undefined;
  const name = fold(resolved.command.name);
  if (name === 'this') return snapshot.source?.kind === 'class' ? `cs.${snapshot.source.name}` : undefined;
  if (name === 'super') return superClass(snapshot);
  if (name === 'ds') return snapshot.view?.project.classByName('DataStore') ? 'cs.DataStore' : '4D.DataStoreImplementation';
  return resultOf(resolved.command.signatures);
}

function superClass(snapshot: Snapshot): string | undefined {
  const { tree } = snapshot;
  for (let c = tree.firstChild(tree.root); c >= 0; c = tree.next(c))
    if (tree.kind(c) === N.ClassExtends) return `cs.${nameText(tree, tree.firstChild(c))}`;
  return undefined;
}

function callType(snapshot: Snapshot, node: Node, depth: number): string | undefined {
  const { tree } = snapshot;
  const callee = tree.firstChild(node);
  if (tree.kind(callee) === N.Name) return nameType(snapshot, callee);
  if (tree.kind(callee) !== N.Member) return undefined;
  const name = tree.child(callee, 1);
  // `cs.Shop.new()`, `4D.File.new()`
  const object = tree.firstChild(callee);
  if (/^new$/i.test(nameText(tree, name)) && tree.kind(object) === N.Member) {
    const role = roleOf(tree, tree.child(object, 1));
    const foreign = componentClassAt(snapshot, object);
    if (foreign) return `cs.${foreign}`;
    if (role === 'class') return `cs.${nameText(tree, tree.child(object, 1))}`;
    if (role === 'builtInClass') return `4D.${nameText(tree, tree.child(object, 1))}`;
  }
  return memberType(snapshot, callee, depth);
}

/** The type of a member, or of what it gives when it is a function. */
function memberType(snapshot: Snapshot, node: Node, depth: number): string | undefined {
  const { tree } = snapshot;
  const name = tree.child(node, 1);
  if (name >= 0 && tree.kind(name) === N.Name && roleOf(tree, name) === 'dataclass' && !dataStoreMember(snapshot, node))
    return `cs.${nameText(tree, name)}`;
  const object = tree.firstChild(node);
  // the one object of a singleton, `cs.Shop.me`
  if (tree.kind(object) === N.Member && roleOf(tree, tree.child(object, 1)) === 'class' && /^me$/i.test(nameText(tree, name)))
    return `cs.${nameText(tree, tree.child(object, 1))}`;
  const foreign = /^me$/i.test(nameText(tree, name)) ? componentClassAt(snapshot, object) : undefined;
  if (foreign) return `cs.${foreign}`;
  const type = typeOf(snapshot, object, depth - 1);
  if (type === undefined || name < 0) return undefined;
  const key = fold(nameText(tree, name));
  const own = ownMember(snapshot, type, key);
  if (own) return own.type;
  const table = tableOfClass(snapshot, type);
  const given = (table && storedMember(snapshot, table, type, key)) ?? memberOf(snapshot, node, depth)?.type;
  return table ? ofTable(table, given) : given;
}

/** The type of a field or relation of an entity; of a selection, the collection or selection of them. */
function storedMember({ view }: Snapshot, table: TableDefinition, type: string, key: string): string | undefined {
  const selection = /Selection$/i.test(type);
  if (!selection && !/Entity$/i.test(type)) return undefined;
  const field = table.fields.find((f) => fold(f.name) === key);
  if (field) return selection ? 'Collection' : fieldTypeName(field);
  return view && relationMembers(view.project.structure, table, selection).find((m) => fold(m.name) === key)?.type;
}

/** What a function of a table's class, selection or entity gives is of the same table. */
function ofTable(table: TableDefinition, type: string | undefined): string | undefined {
  const kind = /^4D\.(Entity|EntitySelection|DataClass)$/i.exec(type ?? '')?.[1].toLowerCase();
  if (!kind) return type;
  return `cs.${table.name}${kind === 'entity' ? 'Entity' : kind === 'dataclass' ? '' : 'Selection'}`;
}

/** Whether what stands behind `ds.` is no table but a function: of the project's own `DataStore` class, or of 4D's. */
export function dataStoreMember(snapshot: Snapshot, node: Node): boolean {
  const key = fold(nameText(snapshot.tree, snapshot.tree.child(node, 1)));
  if (snapshot.view?.project.structure.tables.some((t) => fold(t.name) === key)) return false;
  const store = snapshot.catalogue.classByName('4D.DataStoreImplementation');
  return ownMembers(snapshot, 'cs.DataStore').has(key) || (store !== undefined && memberNamed(snapshot, store, key) !== undefined);
}

/** The members that the project declares for a class of its own, those it inherits from others of its own included. */
export function ownMembers(snapshot: Snapshot, type: string): ReadonlyMap<string, MemberFacts> {
  const found = new Map<string, MemberFacts>();
  for (const members of ancestry(snapshot, type)) for (const [key, member] of members) if (!found.has(key)) found.set(key, member);
  return found;
}

function ownMember(snapshot: Snapshot, type: string, key: string): MemberFacts | undefined {
  for (const members of ancestry(snapshot, type)) {
    const member = members.get(key);
    if (member) return member;
  }
  return undefined;
}

/** The members of a class of the project, then those of the classes of the project that it extends. */
function* ancestry({ view }: Snapshot, type: string): Iterable<ReadonlyMap<string, MemberFacts>> {
  for (let name = ownName(type), hops = 0; name && hops < 8; hops++) {
    const facts = classFacts(view, name);
    if (facts?.members) yield facts.members;
    name = facts?.superclass;
  }
}

function ownName(type: string): string | undefined {
  return /^cs\.(.+)$/i.exec(type)?.[1];
}

/** The class of 4D that a type is or comes from: of a class of the project by what it extends, of an entity by its name. */
export function builtInClass(snapshot: Snapshot, type: string): CatalogueClass | undefined {
  const { catalogue, view } = snapshot;
  let name = ownName(type);
  if (!name) return catalogue.classByName(type);
  for (let hops = 0; hops < 8; hops++) {
    const superclass: string | undefined = classFacts(view, name)?.superclass;
    if (superclass && !classFile(view, superclass)) return catalogue.classByName(`4D.${superclass.replace(/^4D\./i, '')}`);
    if (!superclass) break;
    name = superclass;
  }
  const table = tableOfClass(snapshot, name);
  if (!table) return undefined;
  const rest = name.slice(table.name.length);
  return catalogue.classByName(rest === 'Entity' ? '4D.Entity' : rest === 'Selection' ? '4D.EntitySelection' : '4D.DataClass');
}

/** The tables of a structure under the folded names of the three classes that each of them makes. */
const tableClasses = new WeakMap<StructureCatalog, ReadonlyMap<string, TableDefinition>>();

/** The table behind `cs.Shop`, `cs.ShopEntity`, `cs.ShopSelection`; undefined for other names. */
export function tableOfClass({ view }: Snapshot, name: string): TableDefinition | undefined {
  const structure = view?.project.structure;
  if (!structure) return undefined;
  let known = tableClasses.get(structure);
  if (!known) {
    const classes = new Map<string, TableDefinition>();
    for (const t of structure.tables)
      for (const of of [t.name, `${t.name}Entity`, `${t.name}Selection`].map(fold)) if (!classes.has(of)) classes.set(of, t);
    known = classes;
    tableClasses.set(structure, known);
  }
  return known.get(fold(name.replace(/^cs\./i, '')));
}

/** The field that a member of an entity or of a selection is. */
export function fieldOfMember(
  snapshot: Snapshot,
  node: Node,
): { readonly table: TableDefinition; readonly field: FieldDefinition } | undefined {
  const { tree } = snapshot;
  const type = typeOf(snapshot, tree.firstChild(node));
  const table = type && /(Entity|Selection)$/.test(type) ? tableOfClass(snapshot, type) : undefined;
  const key = table && fold(nameText(tree, tree.child(node, 1)));
  const field = table?.fields.find((f) => fold(f.name) === key);
  return table && field && { table, field };
}

/** The relation attribute that a member of an entity or of a selection is. */
export function relationOfMember(
  snapshot: Snapshot,
  node: Node,
): { readonly table: TableDefinition; readonly member: RelationMember } | undefined {
  const { tree, view } = snapshot;
  const type = typeOf(snapshot, tree.firstChild(node));
  const [, kind] = /(Entity|Selection)$/.exec(type ?? '') ?? [];
  const table = type && kind ? tableOfClass(snapshot, type) : undefined;
  if (!view || !table) return undefined;
  const key = fold(nameText(tree, tree.child(node, 1)));
  const member = relationMembers(view.project.structure, table, kind === 'Selection').find((m) => fold(m.name) === key);
  return member && { table, member };
}

/** A built-in class's member that a Member node names, with the type of what it gives. */
export function memberOf(
  snapshot: Snapshot,
  node: Node,
  depth = DEPTH,
): { readonly owner: CatalogueClass; readonly member: ClassMember; readonly type: string | undefined } | undefined {
  const { tree } = snapshot;
  const name = tree.child(node, 1);
  if (name < 0 || tree.kind(name) !== N.Name) return undefined;
  const type = typeOf(snapshot, tree.firstChild(node), depth - 1);
  const owner = type === undefined ? undefined : builtInClass(snapshot, type);
  if (!owner) return undefined;
  const key = fold(nameText(tree, name));
  const member = memberNamed(snapshot, owner, key);
  return (
    member && {
      owner,
      member,
      type: member.kind === 'function' ? resultOf(member.signatures) : (member.type ?? resultOf(member.signatures)),
    }
  );
}

const membersByName = new WeakMap<CatalogueClass, ReadonlyMap<string, ClassMember>>();

/** A member of a class or of the classes it extends. */
function memberNamed(snapshot: Snapshot, owner: CatalogueClass, key: string): ClassMember | undefined {
  for (let c: CatalogueClass | undefined = owner, hops = 0; c && hops < 8; hops++) {
    let known = membersByName.get(c);
    if (!known) {
      const members = c.members.filter((m) => !m.placeholder).reverse();
      known = new Map(members.map((m) => [fold(m.name.replace(/^\./, '')), m]));
      membersByName.set(c, known);
    }
    const member = known.get(key);
    if (member) return member;
    c = c.extends ? snapshot.catalogue.classByName(c.extends) : undefined;
  }
  return undefined;
}

/** The members of a class, those it inherits last. */
export function membersOf(snapshot: Snapshot, type: string): ClassMember[] {
  const list: ClassMember[] = [];
  for (let c = builtInClass(snapshot, type), hops = 0; c && hops < 8; hops++) {
    list.push(...c.members.filter((m) => !m.placeholder));
    c = c.extends ? snapshot.catalogue.classByName(c.extends) : undefined;
  }
  return list;
}

function resultOf(signatures: readonly { readonly result?: string }[]): string | undefined {
  const types = new Set(signatures.map((s) => s.result));
  const [only] = types;
  return types.size === 1 && only && !only.includes(',') ? only : undefined;
}
