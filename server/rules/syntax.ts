import { syntaxErrorText } from '#syntaxes/parser/syntaxErrors.js';
import { fold } from '#syntaxes/text/fold.js';
import { T } from '#syntaxes/tree/kinds.js';
import { methodKey } from '../analysis/keys.js';
import { Use } from '../analysis/projectIndex.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { Rule } from './rule.js';

/** What the parser could not read. Each kind of error has its own code, all beginning with `syntax-`. */
export const syntax: Rule = {
  code: 'syntax',
  severity: 'error',
  aboutSessions: false,
  *check(snapshot) {
    const { tree, lines } = snapshot;
    for (const error of tree.errors) {
      if (error.code === 'syntax-operator-missing' && mayBeOneName(snapshot, error.start)) continue;
      const message = { en: syntaxErrorText(error, 'en'), es: syntaxErrorText(error, 'es') };
      yield {
        start: error.start,
        end: error.end,
        code: error.code.startsWith('syntax-') ? error.code : `syntax-${error.code}`,
        message,
        ...(error.code === 'syntax-spare-separator' ? { severity: 'warning' as const } : {}),
        related: error.related && [
          {
            span: lines.span(error.related.start, error.related.end),
            message: { en: 'This is what it belongs to.', es: 'A esto pertenece.' },
          },
        ],
      };
    }
  },
};

/**
 * `3 Trimestres`: names may begin with a number, and components bring constants that are not there to be seen. Where the words behind a
 * whole number mean nothing by themselves in the project, they may be the rest of such a name.
 */
function mayBeOneName({ tree, view, text, catalogue }: Snapshot, offset: number): boolean {
  if (!view?.indexed || text[offset - 1] !== ' ') return false;
  const first = tree.tokenAt(offset);
  const number = first - 1;
  if (number < 0 || tree.tokenKind(number) !== T.Number || tree.tokenEnd(number) !== offset - 1 || !/^\d+$/.test(tree.tokenText(number)))
    return false;
  let last = first;
  while (
    tree.tokenKind(last) === T.Word &&
    tree.tokenKind(last + 1) === T.Word &&
    text.slice(tree.tokenEnd(last), tree.tokenStart(last + 1)) === ' '
  )
    last++;
  if (tree.tokenKind(last) !== T.Word) return false;
  const name = text.slice(offset, tree.tokenEnd(last));
  const known =
    view.project.methodByName(name) ??
    view.sharedMethods.get(fold(name)) ??
    catalogue.commandByName(name) ??
    catalogue.constantByName(name) ??
    catalogue.systemVariableByName(name);
  return !known && !view.index.occurrences([methodKey(name)]).some((o) => o.uses & (Use.Definition | Use.Write));
}
