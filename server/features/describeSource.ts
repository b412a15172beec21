import type { SourceFile } from '#syntaxes/project/types.js';
import { type Language, say } from '#syntaxes/text/bilingual.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { classFacts, classFile } from '../analysis/componentClasses.js';
import { fieldOfMember, fieldTypeName, relationOfMember, typeOf } from '../analysis/expressionType.js';
import { memberKey, methodKey } from '../analysis/keys.js';
import { functionHeader, headerText, methodHeader } from '../analysis/methodHeader.js';
import { type FileFacts, Use } from '../analysis/projectIndex.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { code } from '../documentation/describe.js';
import { words } from '../documentation/words.js';
import type { FeatureContext } from './context.js';
import { fieldOf, tableOf } from './structurePlaces.js';

/** No more classes than this are named for one member. */
const NAMED = 6;

/** Comments are the author's: shown as they are, no Markdown read into them. */
function quoted(comment: string): string {
  return comment
    .split('\n')
    .map((line) => line.replace(/[\\`*_<>[\]#|]/g, '\\$&'))
    .join('  \n');
}

/** A project method: how it is called, its header comment, its attributes. */
export async function describeMethod(snapshot: Snapshot, file: SourceFile, context: FeatureContext): Promise<string> {
  const { language } = context;
  const source = await context.open(file.path);
  const header = source && methodHeader(source);
  const facts = [file.component === undefined ? say(words.projectMethod, language) : say(words.componentMethod, language, file.component)];
  const attributes = source?.attributes;
  if (attributes?.publishedWeb) facts.push(say(words.openToWeb, language));
  if (attributes?.shared) facts.push(say(words.shared, language));
  if (attributes?.executedOnServer) facts.push(say(words.onServer, language));
  if (attributes?.invisible) facts.push(say(words.invisible, language));
  if (attributes?.preemptive) facts.push(attributes.preemptive);
  const parts = [code(header ? headerText(file.name, header) : file.name), facts.join(' · ')];
  if (header?.comment) parts.push(quoted(header.comment));
  if (snapshot.view) parts.push(`[${file.path.split('/').at(-1)}](${snapshot.view.uriOf(file.path)})`);
  return parts.join('\n\n');
}

export function describeLocal(snapshot: Snapshot, node: Node, language: Language): string {
  const variable = snapshot.locals.of(node);
  const name = variable?.name ?? nameText(snapshot.tree, node);
  const kind = say(variable?.kind === 'parameter' ? words.parameter : variable?.kind === 'result' ? words.result : words.local, language);
  const type = variable?.type ?? typeOf(snapshot, node);
  const parts = [code(type ? `${name} : ${type}` : name), type ? kind : `${kind} · ${say(words.noTypeDeclared, language)}`];
  return parts.join('\n\n');
}

/** A process or interprocess variable: its declared type in this file, and how often the project names it. */
export function describeVariable(
  snapshot: Snapshot,
  name: string,
  key: string,
  kind: 'process' | 'interprocess',
  language: Language,
): string {
  const system = kind === 'process' ? snapshot.catalogue.systemVariableByName(name) : undefined;
  if (system) return [code(`${system.name} : ${system.type}`), say(words.systemVariable, language)].join('\n\n');
  const type = snapshot.declaredType(name);
  const facts = [say(kind === 'process' ? words.processVariable : words.interprocessVariable, language)];
  const folded = kind === 'process' ? methodKey(name) : fold(key).replace(/^i:(<>|◊)/, 'i:');
  const uses = snapshot.view?.indexed ? snapshot.view.index.count([folded]) : 0;
  if (uses > 0) facts.push(say(words.uses, language, uses));
  return [code(type ? `${name} : ${type}` : name), facts.join(' · ')].join('\n\n');
}

/** What stands behind `ds.`: a table, a function of the data store, a class; else the name of a table that the structure does not show. */
export async function describeDataclass(snapshot: Snapshot, node: Node, context: FeatureContext): Promise<string | undefined> {
  if (tableOf(snapshot, node)) return describeTable(snapshot, node, context.language);
  const name = nameText(snapshot.tree, node);
  return (
    (await describeOwnMember(snapshot, node, context)) ??
    (snapshot.view?.project.classByName(name) ? await describeClass(snapshot, name, context) : undefined) ??
    [code(`ds.${name}`), say(words.unknownTable, context.language)].join('\n\n')
  );
}

/** What the code calls and neither the project nor 4D has. */
export function describeUnknownName(snapshot: Snapshot, name: string, language: Language): string {
  const uses = snapshot.view?.indexed ? snapshot.view.index.count([methodKey(name)]) : 0;
  const facts = [say(words.unknownName, language), ...(uses > 0 ? [say(words.uses, language, uses)] : [])];
  return [code(name), facts.join(' · ')].join('\n\n');
}

/** A table by its node: `[Shop:2]`, `ds.Shop`. */
export function describeTable(snapshot: Snapshot, node: Node, language: Language): string | undefined {
  const table = tableOf(snapshot, node);
  const name = nameText(snapshot.tree, node);
  if (!table) return name ? [code(`[${name}]`), say(words.unknownTable, language)].join('\n\n') : undefined;
  const fields = table.fields.slice(0, 40).map((f) => `[${table.name}]${f.name} : ${fieldTypeName(f)}`);
  return [code([`[${table.name}:${table.number}]`, ...fields].join('\n')), say(words.table, language)].join('\n\n');
}

export function describeField(snapshot: Snapshot, node: Node, language: Language): string {
  const { tree } = snapshot;
  const found = fieldOf(snapshot, node);
  const shown = found
    ? `[${found.table.name}:${found.table.number}]${found.field.name}:${found.field.number} : ${fieldTypeName(found.field)}`
    : `[${nameText(tree, tree.firstChild(node))}]${nameText(tree, tree.child(node, 1))}`;
  return [code(shown), say(words.field, language)].join('\n\n');
}

export async function describeClass(snapshot: Snapshot, name: string, context: FeatureContext): Promise<string> {
  const file = classFile(snapshot.view, name);
  const table = snapshot.view?.project.structure.tables.find((t) => fold(name).replace(/(entity|selection)+$/, '') === fold(t.name));
  const { language } = context;
  if (!file)
    return [code(`cs.${name}`), table ? `${say(words.classWord, language)} · [${table.name}]` : say(words.unknownClass, language)].join(
      '\n\n',
    );
  const source = await context.open(file.path);
  if (!source) return code(`cs.${file.name}`);
  const { tree } = source;
  const members = tree
    .children(tree.root)
    .filter((c) => tree.kind(c) === N.Function || tree.kind(c) === N.Constructor)
    .slice(0, 30)
    .map((c) =>
      tree.kind(c) === N.Constructor
        ? headerText('constructor', functionHeader(source, c))
        : headerText(`.${nameText(tree, tree.firstChild(c))}`, functionHeader(source, c)),
    );
  return [
    code([`cs.${file.name}`, ...members].join('\n')),
    `${say(words.classWord, language)} · [${file.path.split('/').at(-1)}](${snapshot.view!.uriOf(file.path)})`,
  ].join('\n\n');
}

/** A member that the project itself declares: of the class the expression has, or the definition under the cursor. */
export async function describeOwnMember(snapshot: Snapshot, node: Node, context: FeatureContext): Promise<string | undefined> {
  const { tree } = snapshot;
  const parent = tree.parent(node);
  const name = nameText(tree, node);
  const { language } = context;
  if (tree.kind(parent) === N.Function) {
    const header = functionHeader(snapshot, parent);
    const parts = [code(headerText(`Function ${name}`, header)), say(words.function, language)];
    if (header.comment) parts.push(quoted(header.comment));
    return parts.join('\n\n');
  }
  if (tree.kind(parent) !== N.Member) return [code(name), say(words.property, language)].join('\n\n');
  const field = fieldOfMember(snapshot, parent);
  if (field)
    return [code(`.${field.field.name} : ${fieldTypeName(field.field)}`), `${say(words.field, language)} · [${field.table.name}]`].join(
      '\n\n',
    );
  const found = await ownMember(snapshot, parent, context);
  const related = found ? undefined : relationOfMember(snapshot, parent);
  if (related)
    return [code(`.${related.member.name} : ${related.member.type}`), `${say(words.relation, language)} · [${related.table.name}]`].join(
      '\n\n',
    );
  const place = found ?? (await assignedMember(snapshot, parent, context));
  if (!place) return undefined;
  const { source, definition, className } = place;
  if (source.tree.kind(definition) === N.Function) {
    const header = functionHeader(source, definition);
    const parts = [code(headerText(`.${name}`, header)), `${say(words.function, language)} · cs.${className}`];
    if (header.comment) parts.push(quoted(header.comment));
    return parts.join('\n\n');
  }
  return [code(source.tree.textOf(definition).split(/\r\n|\r|\n/)[0]), `${say(words.property, language)} · cs.${className}`].join('\n\n');
}

/** A member of an object of which no class is known: who has one of that name. */
export function describeUnknownMember(snapshot: Snapshot, node: Node, language: Language): string {
  const name = nameText(snapshot.tree, node);
  const parts = [code(`.${name}`), say(words.member, language)];
  const own = new Set(snapshot.view?.index.definitions(memberKey(name)).map((o) => snapshot.view!.index.get(o.path)?.source?.name ?? ''));
  const list = (names: Iterable<string>): string =>
    [...names]
      .slice(0, NAMED)
      .map((n) => `\`${n}\``)
      .join(', ');
  if (own.size > 0) parts.push(say(words.declaredIn, language, list([...own].map((n) => `cs.${n}`))));
  const builtIn = snapshot.catalogue.classesWithMember(name);
  if (builtIn.length > 0) parts.push(say(words.memberOf4D, language, list(builtIn.map((c) => c.name))));
  return parts.join('\n\n');
}

/** `cs.Shop.new( … )`: the constructor of a class of the project. */
export async function describeConstructor(snapshot: Snapshot, className: string, context: FeatureContext): Promise<string | undefined> {
  const file = classFile(snapshot.view, className);
  const source = file && (await context.open(file.path));
  if (!source) return undefined;
  const maker = source.tree.children(source.tree.root).find((c) => source.tree.kind(c) === N.Constructor);
  const header = maker === undefined ? undefined : functionHeader(source, maker);
  const parts = [
    code(header ? headerText(`cs.${className}.new`, header) : `cs.${className}.new()`),
    say(words.constructorOf, context.language),
  ];
  if (header?.comment) parts.push(quoted(header.comment));
  return parts.join('\n\n');
}

export interface MemberPlace {
  readonly source: Snapshot;
  /** Behind `cs.`. */
  readonly className: string;
  readonly definition: Node;
  readonly name: Node;
}

/** The definition of a member in the class that its object has, or in the classes that one extends. */
export async function ownMember(snapshot: Snapshot, member: Node, context: Pick<FeatureContext, 'open'>): Promise<MemberPlace | undefined> {
  return inClasses(snapshot, member, context, declaredMember, ({ members }, key) => members?.has(key) ?? true);
}

/** The first place where a class gives its object a property that it does not declare, `This.total:=0`. */
export async function assignedMember(
  snapshot: Snapshot,
  member: Node,
  context: Pick<FeatureContext, 'open'>,
): Promise<MemberPlace | undefined> {
  const assigns = ({ path }: FileFacts, key: string): boolean =>
    [...snapshot.view!.index.keysIn(path, 'm:', Use.Write)].some((written) => written.key === `m:${key}`);
  const find = ({ tree }: Snapshot, key: string): Found | undefined => {
    for (let node = 0; node < tree.data.nodeCount; node++) {
      if (tree.kind(node) !== N.Assignment) continue;
      const target = tree.firstChild(node);
      if (tree.kind(target) !== N.Member || !/^This\b/i.test(tree.textOf(tree.firstChild(target)))) continue;
      const name = tree.child(target, 1);
      if (tree.kind(tree.firstChild(target)) === N.Name && fold(nameText(tree, name)) === key) return { definition: node, name };
    }
    return undefined;
  };
  return inClasses(snapshot, member, context, find, assigns);
}

type Found = Omit<MemberPlace, 'source' | 'className'>;

async function inClasses(
  snapshot: Snapshot,
  member: Node,
  context: Pick<FeatureContext, 'open'>,
  find: (source: Snapshot, key: string) => Found | undefined,
  /** Whether a file that was read may have it: those that have not are not opened. */
  mayHave: (facts: FileFacts, key: string) => boolean,
): Promise<MemberPlace | undefined> {
  const { tree } = snapshot;
  let type = typeOf(snapshot, tree.firstChild(member));
  const key = fold(nameText(tree, tree.child(member, 1)));
  for (let hops = 0; hops < 8 && type; hops++) {
    const own = /^cs\.(.+)$/i.exec(type);
    const file = own ? classFile(snapshot.view, own[1]) : undefined;
    const facts = file && snapshot.view?.index.get(file.path);
    // what the open text says counts, not what was read of it
    if (facts && file.path !== snapshot.source?.path && !mayHave(facts, key)) {
      type = facts.superclass && `cs.${facts.superclass}`;
      continue;
    }
    const source = file ? (file.path === snapshot.source?.path ? snapshot : await context.open(file.path)) : undefined;
    if (!source) return undefined;
    const found = find(source, key);
    if (found) return { source, className: file!.name, ...found };
    const parent = source.tree.children(source.tree.root).find((c) => source.tree.kind(c) === N.ClassExtends);
    const superclass = file?.component === undefined ? undefined : classFacts(snapshot.view, file.name)?.superclass;
    type = parent === undefined ? undefined : `cs.${superclass ?? nameText(source.tree, source.tree.firstChild(parent))}`;
  }
  return undefined;
}

function declaredMember({ tree }: Snapshot, key: string): Found | undefined {
  for (const c of tree.children(tree.root)) {
    const kind = tree.kind(c);
    const first = tree.firstChild(c);
    if (kind === N.Function || kind === N.Alias) {
      if (fold(nameText(tree, first)) === key) return { definition: c, name: first };
    } else if (kind === N.Property) {
      for (const declarator of tree.children(c))
        for (const name of tree.children(declarator))
          if (tree.kind(name) === N.Name && fold(nameText(tree, name)) === key) return { definition: c, name };
    }
  }
  return undefined;
}
