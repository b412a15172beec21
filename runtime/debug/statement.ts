import { parse } from '#syntaxes/parser/parse.js';
import { callsOf } from '#syntaxes/resolution/calls.js';
import type { CallSite } from '#syntaxes/resolution/types.js';
import { LineIndex } from '#syntaxes/tree/lineIndex.js';
import type { StatementLocation } from '../machine/machine.js';
import type { Debugged } from './debugged.js';

/** A call in a statement that leads into code of the project. */
export interface CallTarget {
  /** Name of what is called: a method, or a function of a class. */
  readonly name: string;
  /** As written, on one line. */
  readonly label: string;
  readonly line: number;
  readonly column: number;
}

/** Calls of one statement that lead into code of the project, in the order they are made: arguments come before the call they belong to. */
export function callsIn(on: Debugged, statement: StatementLocation, text: string): CallTarget[] {
  const tree = parse(text);
  const lines = new LineIndex(text);
  const start = lines.offsetAt({ line: statement.line - 1, column: statement.column - 1 });
  const end = lines.offsetAt({ line: statement.endLine - 1, column: statement.endColumn - 1 });
  const context = { catalogue: on.catalogue, methodByName: (name: string) => on.project.methodByName(name) };
  return callsOf(tree, context)
    .filter(({ node }) => tree.start(node) >= start && tree.end(node) <= end)
    .sort((a, b) => tree.end(a.node) - tree.end(b.node))
    .flatMap((call) => {
      const name = codeCalled(call);
      if (name === undefined) return [];
      const label = text.slice(tree.start(call.node), tree.end(call.node)).replace(/\s+/g, ' ');
      const at = lines.placeAt(tree.start(call.node));
      return [{ name, label: label.length > 60 ? `${label.slice(0, 60)}…` : label, line: at.line + 1, column: at.column + 1 }];
    });
}

function codeCalled({ callee }: CallSite): string | undefined {
  if (callee.kind === 'method') return callee.file.name;
  if (callee.kind === 'member') return callee.name;
  return undefined;
}
