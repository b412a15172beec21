import { N } from '#syntaxes/tree/kinds.js';
import type { Node } from '#syntaxes/tree/tree.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { Rule } from './rule.js';
import { isStatementList } from './statements.js';

/** Statements behind a `return`, `break` or `continue` of the same block, which nothing can reach. */
export const unreachableCode: Rule = {
  code: 'unreachable-code',
  severity: 'hint',
  aboutSessions: false,
  *check(snapshot) {
    const { tree } = snapshot;
    if (tree.errors.length > 0) return;
    for (let node = 0; node < tree.data.nodeCount; node++) {
      const kind = tree.kind(node);
      if (kind !== N.Return && kind !== N.Break && kind !== N.Continue) continue;
      if (!isStatementList(tree.kind(tree.parent(node)))) continue;
      const word = kind === N.Return ? 'return' : kind === N.Break ? 'break' : 'continue';
      const [first, last] = rest(snapshot, node);
      if (first < 0) continue;
      yield {
        start: tree.start(first),
        end: tree.end(last),
        tag: 'unnecessary',
        message: {
          en: `Nothing reaches this code: the \`${word}\` of line ${snapshot.lines.lineAt(tree.start(node)) + 1} leaves the block before. Remove it, or put the \`${word}\` under a condition.`,
          es: `Nada llega a este código: el \`${word}\` de la línea ${snapshot.lines.lineAt(tree.start(node)) + 1} sale del bloque antes. Quítelo o ponga el \`${word}\` bajo una condición.`,
        },
      };
    }
  },
};

/** The first and last statement behind one in its block; declarations do not run and do not count. */
function rest(snapshot: Snapshot, node: Node): [Node, Node] {
  const { tree } = snapshot;
  let first = -1;
  let last = -1;
  for (let c = tree.next(node); c >= 0; c = tree.next(c)) {
    const kind = tree.kind(c);
    if (kind === N.Function || kind === N.Constructor || kind === N.Property || kind === N.Alias || kind === N.ClassExtends) break;
    if (kind === N.Var || kind === N.Declare || kind === N.Skipped || kind === N.Missing) continue;
    if (first < 0) first = c;
    last = c;
  }
  return [first, last];
}
