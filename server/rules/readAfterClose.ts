import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { commandNumber } from '../analysis/literals.js';
import { Use } from '../analysis/projectIndex.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { usesOf } from '../analysis/uses.js';
import { statementOf } from './edits.js';
import { number } from './mode.js';
import type { Rule } from './rule.js';
import { nodesBelow } from './statements.js';

/**
 * A process variable read after the method has closed its own session. Closing resets the variables; whether at once or when the request
 * ends is not documented (facts: `web-sessions` section 2.3), so such code rests on nothing.
 */
export const readAfterClose: Rule = {
  code: 'read-after-close',
  severity: 'info',
  aboutSessions: true,
  *check(snapshot) {
    const mode = snapshot.view?.mode;
    if (!mode?.complete || mode.open || mode.value !== 'legacy') return;
    const { tree } = snapshot;
    for (const use of snapshot.usesOf(number.legacyClose)) {
      if (!use.statement || use.args.length !== 1 || commandNumber(snapshot, use.args[0]) !== number.getCurrentSessionId) continue;
      const read = firstReadBehind(snapshot, statementOf(snapshot, use.call));
      if (read === undefined) continue;
      const name = nameText(tree, read);
      const line = snapshot.lines.lineAt(tree.start(use.call)) + 1;
      yield {
        start: tree.start(read),
        end: tree.end(read),
        message: {
          en: `\`${name}\` is a process variable of the session that line ${line} has closed. Closing resets it, and 4D does not document whether at once or when the request ends. Read it before, or keep it in a local variable.`,
          es: `\`${name}\` es una variable de proceso de la sesión que la línea ${line} ha cerrado. El cierre la reinicia, y 4D no documenta si enseguida o cuando termina la petición. Léala antes o guárdela en una variable local.`,
        },
        related: [
          {
            span: snapshot.nodeSpan(use.call),
            message: { en: 'The session is closed here.', es: 'La sesión se cierra aquí.' },
          },
        ],
      };
    }
  },
};

/** The first process variable read in the statements that follow in the same block; those assigned there first do not count. */
function firstReadBehind(snapshot: Snapshot, close: Node): Node | undefined {
  const { tree } = snapshot;
  const assigned = new Set<string>();
  for (let statement = tree.next(close); statement >= 0; statement = tree.next(statement)) {
    if (tree.kind(statement) === N.Return) return undefined;
    const names = [...nodesBelow(snapshot, statement)]
      .filter((n) => tree.kind(n) === N.Name && snapshot.key(n)?.startsWith('n:'))
      .sort((a, b) => tree.start(a) - tree.start(b));
    for (const node of names) {
      const resolved = snapshot.resolve(node);
      if (resolved.kind !== 'variable') continue;
      const key = snapshot.key(node)!;
      if (snapshot.isDeclaring(node) || usesOf(tree, node) & Use.Write) continue;
      if (!assigned.has(key) && isProcessVariable(snapshot, key)) return node;
    }
    for (const node of names) if (usesOf(tree, node) & Use.Write) assigned.add(snapshot.key(node)!);
  }
  return undefined;
}

/** Somewhere in the project it is written: a name that nothing ever sets says nothing. */
function isProcessVariable(snapshot: Snapshot, key: string): boolean {
  return snapshot.view?.index.occurrences([key]).some((o) => o.uses & Use.Write) === true;
}
