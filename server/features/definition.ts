import type { Location } from 'vscode-languageserver';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText, typeName } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { classFile, componentClassAt } from '../analysis/componentClasses.js';
import { fieldOfMember, relationOfMember, tableOfClass, typeOf } from '../analysis/expressionType.js';
import { memberKey } from '../analysis/keys.js';
import type { Span } from '../analysis/lines.js';
import { Use } from '../analysis/projectIndex.js';
import { roleOf } from '../analysis/roles.js';
import { decisiveEvidence } from '../analysis/sessionMode.js';
import { isFamilyConstant, noteCommands } from '../analysis/sessionUses.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { FeatureContext } from './context.js';
import { assignedMember, type MemberPlace, ownMember } from './describeSource.js';
import { fieldOf, relationPlace, structurePlace, tableOf } from './structurePlaces.js';

/** More declarations of one name than this lead nowhere. */
const FEW = 8;

const top: Span = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The file of On Web Legacy Close Session; 4D kept its first name on disk. */
const CLOSE_METHOD = 'onWebSessionSuspend';
const closingCommands: ReadonlySet<number> = new Set([1208]);

/**
 * Where the thing under the offset is defined: a method's file, a local's declaration, a class. A command of the session family
 * leads to what decides its effect: the settings attribute or the call that sets the mode, and the close database method.
 */
export async function definition(snapshot: Snapshot, offset: number, context: Pick<FeatureContext, 'open'>): Promise<Location[]> {
  const node = snapshot.nameAt(offset);
  if (node < 0) return [];
  const { tree, view } = snapshot;
  switch (tree.kind(node)) {
    case N.Local: {
      const variable = snapshot.locals.of(node);
      return variable ? [{ uri: snapshot.uri, range: snapshot.nodeSpan(variable.declaration) }] : [];
    }
    case N.Interprocess:
      return declared(snapshot, node);
    case N.Table:
      return tablePlace(snapshot, node, context);
    case N.Type: {
      const own = /^cs\.(.+)$/i.exec(typeName(tree, node));
      return own ? classPlace(snapshot, own[1], context) : [];
    }
    default:
      break;
  }
  switch (roleOf(tree, node)) {
    case 'class':
      return classPlace(snapshot, nameText(tree, node), context);
    case 'memberDefinition':
      return [{ uri: snapshot.uri, range: snapshot.nodeSpan(node) }];
    case 'member': {
      const parent = tree.parent(node);
      const foreign = componentClassAt(snapshot, parent);
      if (foreign) return classPlace(snapshot, foreign, context);
      return tree.kind(parent) === N.Member ? memberPlaces(snapshot, parent, context) : [];
    }
    case 'dataclass': {
      const table = await tablePlace(snapshot, node, context);
      if (table.length > 0) return table;
      const found = await ownMember(snapshot, tree.parent(node), context);
      return found ? [placeOf(found)] : classPlace(snapshot, nameText(tree, node), context);
    }
    case 'field': {
      const found = fieldOf(snapshot, tree.parent(node));
      return found ? structurePlace(snapshot, found.table, found.field, context) : [];
    }
    case 'free':
      break;
    default:
      return [];
  }
  const resolved = snapshot.resolve(node);
  switch (resolved.kind) {
    case 'method':
      return view ? [{ uri: view.uriOf(resolved.file.path), range: top }] : [];
    case 'command':
      return resolved.command.number !== undefined && noteCommands.has(resolved.command.number)
        ? [...modePlaces(snapshot), ...(closingCommands.has(resolved.command.number) ? closeMethod(snapshot) : [])]
        : [];
    case 'constant':
      return isFamilyConstant(resolved.constant) ? modePlaces(snapshot) : [];
    case 'variable':
      return declared(snapshot, node);
    default:
      return [];
  }
}

/**
 * A member: its declaration in the class of its object, the field or relation of an entity, the place where the class first sets it. Of an object
 * nobody knows the class of: every declaration in the project under that name, where there are few.
 */
async function memberPlaces(snapshot: Snapshot, member: Node, context: Pick<FeatureContext, 'open'>): Promise<Location[]> {
  const { view } = snapshot;
  const found = await ownMember(snapshot, member, context);
  if (found) return [placeOf(found)];
  const field = fieldOfMember(snapshot, member);
  if (field) return structurePlace(snapshot, field.table, field.field, context);
  const related = relationOfMember(snapshot, member);
  if (related) return relationPlace(snapshot, related.member, context);
  const assigned = await assignedMember(snapshot, member, context);
  if (assigned) return [placeOf(assigned)];
  const type = typeOf(snapshot, snapshot.tree.firstChild(member));
  if (!view || (type !== undefined && !/^(object|variant)$/i.test(type))) return [];
  const named = view.index.definitions(memberKey(nameText(snapshot.tree, snapshot.tree.child(member, 1))));
  return named.length <= FEW ? named.map((o) => ({ uri: view.uriOf(o.path), range: o.span })) : [];
}

function placeOf({ source, name }: MemberPlace): Location {
  return { uri: source.uri, range: source.nodeSpan(name) };
}

async function tablePlace(snapshot: Snapshot, node: Node, context: Pick<FeatureContext, 'open'>): Promise<Location[]> {
  const table = tableOf(snapshot, node);
  return table ? structurePlace(snapshot, table, undefined, context) : [];
}

/** The places that decide the session mode, strongest first. */
export function modePlaces(snapshot: Snapshot): Location[] {
  const { view } = snapshot;
  return view ? decisiveEvidence(view.mode).map((e) => ({ uri: view.uriOf(e.file), range: e.span })) : [];
}

function closeMethod(snapshot: Snapshot): Location[] {
  const { view } = snapshot;
  const file = view?.project.databaseMethod(CLOSE_METHOD);
  return file && view ? [{ uri: view.uriOf(file.path), range: top }] : [];
}

/** The file of a class, else the table that gives a class of this name. */
async function classPlace(snapshot: Snapshot, name: string, context: Pick<FeatureContext, 'open'>): Promise<Location[]> {
  const { view } = snapshot;
  const file = classFile(view, name);
  if (file && view) return [{ uri: view.uriOf(file.path), range: top }];
  const table = tableOfClass(snapshot, name);
  return table ? structurePlace(snapshot, table, undefined, context) : [];
}

/** Declarations of a process or interprocess variable: in this text, else anywhere in the project. */
function declared(snapshot: Snapshot, node: Node): Location[] {
  const { view } = snapshot;
  const key = snapshot.key(node);
  if (key === undefined) return [];
  const here = snapshot.declarations.filter((d) => d.ofMethod === undefined && snapshot.key(d.node) === key);
  if (here.length > 0) return here.slice(0, 1).map((d) => ({ uri: snapshot.uri, range: snapshot.nodeSpan(d.node) }));
  if (!view) return [];
  const places = view.index.occurrences([key]).filter((o) => o.uses & Use.Definition);
  const shown =
    places.length > 0
      ? places
      : view.index
          .occurrences([key], 200)
          .filter((o) => o.uses & Use.Write)
          .slice(0, 1);
  return shown.slice(0, 20).map((o) => ({ uri: view.uriOf(o.path), range: o.span }));
}
