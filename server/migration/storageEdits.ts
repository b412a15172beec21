import { initialValue } from '#syntaxes/resolution/declarator.js';
import { N } from '#syntaxes/tree/kinds.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { commandNumber } from '../analysis/literals.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { lineEnd, statementOf, usesTokens } from '../rules/edits.js';
import type { TextEdit } from '../rules/rule.js';
import { command, indentOf, standsAlone, storage } from './writing.js';

/** How values of a type are kept in `Session.storage`. */
export interface Keeping {
  /** The command that turns a member that may be missing into a value: 0, "", False … where nothing was stored. */
  readonly reader?: readonly [name: string, number: number];
  /** Objects go in as shared copies. */
  readonly copied?: boolean;
}

const text: Keeping = { reader: ['String', 10] };
const number: Keeping = { reader: ['Num', 11] };

const keepings: Readonly<Record<string, Keeping>> = {
  text,
  uuid: text,
  integer: number,
  longint: number,
  real: number,
  boolean: { reader: ['Bool', 1537] },
  date: { reader: ['Date', 102] },
  time: { reader: ['Time', 179] },
  object: { copied: true },
};

/** How variables of a type are kept; undefined for types that no edit moves (arrays, pictures, pointers …). */
export function keepingOf(type: string | undefined): Keeping | undefined {
  return keepings[(type ?? '').toLowerCase()];
}

/** The edits that make one occurrence of a process variable a member of `Session.storage`; undefined where it cannot be rewritten. */
export function intoStorage(snapshot: Snapshot, node: Node, name: string, keeping: Keeping): TextEdit[] | undefined {
  const { tree } = snapshot;
  const range = { start: tree.start(node), end: tree.end(node) };
  const parent = tree.parent(node);
  const member = `${storage(snapshot)}.${name}`;
  if (tree.kind(parent) === N.Assignment && tree.firstChild(parent) === node) return stored(snapshot, parent, range, member, keeping);
  if (keeping.copied) return isLookedInto(snapshot, node) ? [{ ...range, text: member }] : undefined;
  if (!isRead(snapshot, node)) return undefined;
  const [reader, id] = keeping.reader!;
  return [{ ...range, text: `${token(snapshot, reader, id)}(${member})` }];
}

/** What stands in a page for a variable that has become a member of `Session.storage`, written as in `snapshot`. */
export function shownFromStorage(snapshot: Snapshot, name: string, { reader }: Keeping): string {
  const member = `${storage(snapshot)}.${name}`;
  return reader ? `${token(snapshot, ...reader)}(${member})` : member;
}

const token = (snapshot: Snapshot, name: string, id: number): string => (usesTokens(snapshot) ? `${name}:C${id}` : name);

/** `v:=…` becomes three lines with `Use`. */
function stored(
  snapshot: Snapshot,
  assignment: Node,
  range: { readonly start: number; readonly end: number },
  member: string,
  { copied }: Keeping,
): TextEdit[] | undefined {
  const { tree } = snapshot;
  const statement = statementOf(snapshot, assignment);
  if (statement !== assignment || tree.tokenText(tree.token(assignment)) !== ':=' || !standsAlone(snapshot, statement)) return undefined;
  const indent = indentOf(snapshot, statement);
  const eol = lineEnd(snapshot.text);
  const value = tree.child(assignment, 1);
  const wrapped = copied === true && commandNumber(snapshot, value) !== command.null;
  const shared = usesTokens(snapshot) ? 'ck shared:K85:29' : 'ck shared';
  return [
    { ...range, text: `Use (${storage(snapshot)})${eol}${indent}\t${member}` },
    ...(wrapped ? [{ start: tree.start(value), end: tree.start(value), text: `${token(snapshot, 'OB Copy', command.copy)}(` }] : []),
    {
      start: tree.end(statement),
      end: tree.end(statement),
      text: `${wrapped ? `; ${shared}; ${storage(snapshot)})` : ''}${eol}${indent}End use `,
    },
  ];
}

/** `v.name` whose value alone counts, or `v=Null`: nothing that could change the object or hand it on. */
function isLookedInto(snapshot: Snapshot, node: Node): boolean {
  const { tree } = snapshot;
  if (tree.kind(tree.parent(node)) === N.Binary) return true;
  let top = node;
  while (tree.kind(tree.parent(top)) === N.Member && tree.firstChild(tree.parent(top)) === top) top = tree.parent(top);
  return top !== node && isRead(snapshot, top);
}

/** Only the value counts here. */
function isRead(snapshot: Snapshot, node: Node): boolean {
  const { tree } = snapshot;
  const parent = tree.parent(node);
  const first = tree.firstChild(parent) === node;
  switch (tree.kind(parent)) {
    case N.Binary:
    case N.Unary:
    case N.Parenthesized:
    case N.If:
    case N.Case:
    case N.While:
    case N.Repeat:
    case N.Return:
    case N.Ternary:
      return true;
    case N.Assignment:
    case N.Pair:
      return !first;
    case N.Declarator:
      return initialValue(tree, parent) === node;
    case N.Arguments:
      return passesValue(snapshot, parent, node);
    default:
      return false;
  }
}

/** The argument of a project method or object function, or of a command whose parameter only goes in. */
function passesValue(snapshot: Snapshot, list: Node, node: Node): boolean {
  const { tree } = snapshot;
  const call = tree.parent(list);
  const callee = tree.firstChild(call);
  if (tree.kind(callee) === N.Member) return true;
  if (tree.kind(callee) !== N.Name) return false;
  const resolved = snapshot.resolve(callee);
  if (resolved.kind === 'method') return true;
  if (resolved.kind !== 'command' || resolved.command.signatures.length === 0 || commandNumber(snapshot, callee) === undefined)
    return false;
  const at = tree.children(list).indexOf(node);
  return resolved.command.signatures.every((s) => {
    const parameter = s.parameters[at];
    return parameter !== undefined && parameter.direction === 'in' && s.parameters.slice(0, at).every((p) => !p.repeatable && !p.optional);
  });
}
