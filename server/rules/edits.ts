import { N } from '#syntaxes/tree/kinds.js';
import type { Node } from '#syntaxes/tree/tree.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { TextEdit } from './rule.js';

/** A command as the project writes it: `Session:C1714` where code is tokenised, `Session` elsewhere. */
export function written(snapshot: Snapshot, number: number): string {
  const command = snapshot.catalogue.commandByNumber(number);
  const name = command?.name ?? '';
  return usesTokens(snapshot) ? `${name}:C${number}` : name;
}

const tokenised = new WeakMap<Snapshot, boolean>();

/** Whether names carry tokens here: the project says so, or, without a project, the text itself has some. */
export function usesTokens(snapshot: Snapshot): boolean {
  if (snapshot.view) return snapshot.view.project.tokenized;
  const found = tokenised.get(snapshot) ?? /:C\d+/.test(snapshot.text);
  tokenised.set(snapshot, found);
  return found;
}

/** The statement a node stands in. */
export function statementOf(snapshot: Snapshot, node: Node): Node {
  const { tree } = snapshot;
  for (let up = node; up > 0; up = tree.parent(up)) {
    const parent = tree.kind(tree.parent(up));
    if (parent === N.Block || parent === N.File || parent === N.Function || parent === N.Constructor) return up;
  }
  return node;
}

/** The line end the text uses. */
export function lineEnd(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
}

/** Puts an If around a statement that has its lines to itself. */
export function wrapInIf(snapshot: Snapshot, statement: Node, condition: string): TextEdit[] {
  const { tree, lines, text } = snapshot;
  const start = lines.lineStart(lines.lineAt(tree.start(statement)));
  const end = lines.lineEnd(lines.lineAt(tree.end(statement)));
  const eol = lineEnd(text);
  const body = text.slice(start, end);
  const indent = /^[\t ]*/.exec(body)![0];
  const deeper = body
    .split(/\r\n|\r|\n/)
    .map((line) => `\t${line}`)
    .join(eol);
  return [{ start, end, text: `${indent}If (${condition})${eol}${deeper}${eol}${indent}End if ` }];
}
