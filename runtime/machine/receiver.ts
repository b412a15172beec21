/** What stands before the dot of a call, for errors that name it. */
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import { statementAt } from './code.js';
import type { Engine } from './engine.js';
import type { Frame } from './types.js';

/** The text before `.name(` in the statement that a frame is at, without tokens; undefined where that is no file's or not certain. */
export function receiverText(engine: Engine, frame: Frame, name: string): string | undefined {
  const code = engine.codes[frame.code];
  const statement = code?.statements[statementAt(code, frame.pc - 1)];
  const source = code && engine.code.source(code.file);
  if (!statement || !source) return undefined;
  const { tree, lines } = source;
  const from = lines.offsetAt({ line: statement.line - 1, column: statement.column - 1 });
  const to = lines.offsetAt({ line: statement.endLine - 1, column: statement.endColumn - 1 });
  const found = new Set<string>();
  for (let node = 0; node < tree.data.nodeCount; node++) {
    if (tree.kind(node) !== N.Call || tree.start(node) < from || tree.start(node) >= to) continue;
    const callee = tree.firstChild(node);
    if (tree.kind(callee) !== N.Member || nameText(tree, tree.child(callee, 1)) !== name) continue;
    found.add(tree.textOf(tree.child(callee, 0)).replace(/:[CK]\d+(?::\d+)?/g, ''));
  }
  const [only] = found;
  return found.size === 1 && only.length <= 80 && !/[\r\n]/.test(only) ? only : undefined;
}
