import { scopeOf } from '#syntaxes/resolution/declarations.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { mayRunHeld } from '../analysis/heldCalls.js';
import { classKey, memberKey, methodKey } from '../analysis/keys.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { lineEnd, statementOf } from './edits.js';
import type { Fix, Rule } from './rule.js';
import { storageWrites } from './sharedStorage.js';
import { around } from './statements.js';

/** Who calls a method or a function may have reserved the object for it; while callers are not known, nobody can say. */
function callersMayHold({ view, source, tree }: Snapshot, assignment: Node): boolean {
  if (!view || (source?.kind !== 'method' && source?.kind !== 'class')) return false;
  if (!view.indexed) return true;
  if (source.kind === 'method') return mayRunHeld(view, [methodKey(source.name)]);
  const scope = scopeOf(tree, assignment);
  return mayRunHeld(view, [tree.kind(scope) === N.Function ? memberKey(nameText(tree, tree.firstChild(scope))) : classKey(source.name)]);
}

/** A shared object is written outside `Use … End use`, which is an error at run time (facts: `web-sessions` section 9.4). */
export const storageOutsideUse: Rule = {
  code: 'storage-outside-use',
  severity: 'warning',
  aboutSessions: true,
  *check(snapshot) {
    const { tree, lines, text } = snapshot;
    for (const { assignment, target, store } of storageWrites(snapshot)) {
      if (around(snapshot, assignment, N.Use) >= 0 || callersMayHold(snapshot, assignment)) continue;
      const statement = statementOf(snapshot, assignment);
      const fixes: Fix[] = [];
      const first = lines.lineStart(lines.lineAt(tree.start(statement)));
      const last = lines.lineEnd(lines.lineAt(tree.end(statement)));
      const alone = text.slice(first, tree.start(statement)).trim() === '';
      if (alone && statement === assignment) {
        const indent = /^[\t ]*/.exec(text.slice(first, last))![0];
        const eol = lineEnd(text);
        const body = text
          .slice(first, last)
          .split(/\r\n|\r|\n/)
          .map((line) => `\t${line}`)
          .join(eol);
        const written = text
          .slice(tree.start(target), tree.end(target))
          .replace(/^([\s\S]*?storage(?::C\d+)?(?:\([^()]*\))?)[\s\S]*$/i, '$1');
        fixes.push({
          title: { en: 'Put it inside `Use … End use`', es: 'Ponerlo dentro de `Use … End use`' },
          edits: [{ start: first, end: last, text: `${indent}Use (${written})${eol}${body}${eol}${indent}End use ` }],
        });
      }
      yield {
        start: tree.start(target),
        end: tree.end(target),
        message: {
          en: `\`${store}\` is a shared object: 4D lets it be changed only between \`Use (${store})\` and \`End use\`, and raises an error here. Put the line into such a block.`,
          es: `\`${store}\` es un objeto compartido: 4D solo deja cambiarlo entre \`Use (${store})\` y \`End use\`, y aquí produce un error. Ponga la línea dentro de un bloque así.`,
        },
        fixes,
      };
    }
  },
};
