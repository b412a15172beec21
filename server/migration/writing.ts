import type { Node } from '#syntaxes/tree/tree.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { lineEnd, statementOf, usesTokens, written } from '../rules/edits.js';
import type { TextEdit } from '../rules/rule.js';

/** 4D's numbers of the commands that edits write. */
export const command = {
  session: 1714,
  null: 1517,
  keys: 1719,
  remove: 1226,
  setOption: 1210,
  copy: 1225,
} as const;

/** `Session.storage` as the project writes it. */
export const storage = (snapshot: Snapshot): string => `${written(snapshot, command.session)}.storage`;

/** Blanks before the statement's first line. */
export function indentOf(snapshot: Snapshot, statement: Node): string {
  const { lines, text, tree } = snapshot;
  const start = lines.lineStart(lines.lineAt(tree.start(statement)));
  return /^[\t ]*/.exec(text.slice(start, tree.start(statement)))![0];
}

/** Whether nothing but blanks stands before a statement on its line, and nothing but a comment behind it. */
export function standsAlone(snapshot: Snapshot, statement: Node): boolean {
  const { lines, text, tree } = snapshot;
  const before = text.slice(lines.lineStart(lines.lineAt(tree.start(statement))), tree.start(statement));
  const behind = text.slice(tree.end(statement), lines.lineEnd(lines.lineAt(tree.end(statement))));
  return before.trim() === '' && /^\s*(\/\/.*)?$/.test(behind);
}

/** Replaces a statement by lines of code, each at its indentation. */
export function replaceStatement(snapshot: Snapshot, statement: Node, lines: readonly string[]): TextEdit {
  const indent = indentOf(snapshot, statement);
  return {
    start: snapshot.tree.start(statement),
    end: snapshot.tree.end(statement),
    text: lines.join(`${lineEnd(snapshot.text)}${indent}`),
  };
}

/** Takes a statement out with its lines; undefined where something else stands on them. */
export function removeStatement(snapshot: Snapshot, node: Node): TextEdit | undefined {
  const { lines, text, tree } = snapshot;
  const statement = statementOf(snapshot, node);
  if (!standsAlone(snapshot, statement)) return undefined;
  const start = lines.lineStart(lines.lineAt(tree.start(statement)));
  const end = lines.lineEnd(lines.lineAt(tree.end(statement)));
  const eol = lineEnd(text);
  return { start, end: text.startsWith(eol, end) ? end + eol.length : end, text: '' };
}

const declaring = new WeakMap<Snapshot, boolean>();

/** Whether a text declares the variable of the lines that log a visitor out. */
function declaresKey(snapshot: Snapshot): boolean {
  const declared = declaring.get(snapshot) ?? /\bvar\s[^\r\n]*\$storageKey\b/i.test(snapshot.text);
  declaring.set(snapshot, declared);
  return declared;
}

/** The lines that log a visitor out of a scalable session: no privileges, nothing in its storage. The first place of a method declares. */
export function logOutLines(snapshot: Snapshot, first: boolean): string[] {
  const tokens = usesTokens(snapshot);
  const name = (plain: string, number: number): string => (tokens ? `${plain}:C${number}` : plain);
  const session = written(snapshot, command.session);
  return [
    ...(!first || declaresKey(snapshot) ? [] : ['var $storageKey : Text']),
    `${session}.clearPrivileges()`,
    `Use (${session}.storage)`,
    `\tFor each ($storageKey; ${name('OB Keys', command.keys)}(${session}.storage))`,
    `\t\t${name('OB REMOVE', command.remove)}(${session}.storage; $storageKey)`,
    '\tEnd for each ',
    'End use ',
  ];
}

/** `Session=Null` as the project writes it. */
export const sessionIsNull = (snapshot: Snapshot): string => `${written(snapshot, command.session)}=${written(snapshot, command.null)}`;
