import { N } from '#syntaxes/tree/kinds.js';
import type { Node } from '#syntaxes/tree/tree.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { runsHiddenCode } from './localCode.js';
import type { Rule } from './rule.js';

/** A local variable that is read though nothing in the method declares or sets it: a mistyped name, nearly always. */
export const undeclaredLocal: Rule = {
  code: 'undeclared-local',
  severity: 'warning',
  aboutSessions: false,
  *check(snapshot) {
    const { tree } = snapshot;
    if (runsHiddenCode(snapshot)) return;
    for (const variable of snapshot.locals.all) {
      if (variable.kind !== 'local' || variable.declared) continue;
      if (!variable.occurrences.every((node) => isPlainRead(snapshot, node))) continue;
      const [first] = variable.occurrences;
      const close = nearest(
        variable.name,
        snapshot.locals
          .inScope(variable.scope)
          .filter((v) => v !== variable)
          .map((v) => v.name),
      );
      yield {
        start: tree.start(first),
        end: tree.end(first),
        message: {
          en: `Nothing in this method declares or sets \`${variable.name}\`, so it holds nothing here.${close ? ` Is \`${close}\` meant?` : ' Declare it, or check its name.'}`,
          es: `Nada en este método declara ni asigna \`${variable.name}\`, así que aquí no contiene nada.${close ? ` ¿Se refiere a \`${close}\`?` : ' Declárela o compruebe su nombre.'}`,
        },
        fixes: close
          ? [
              {
                title: { en: `Change to \`${close}\``, es: `Cambiar por \`${close}\`` },
                edits: variable.occurrences.map((n) => ({ start: tree.start(n), end: tree.end(n), text: close })),
              },
            ]
          : [],
      };
    }
  },
};

/** The value is compared, calculated with or assigned; nothing that could set it. */
function isPlainRead(snapshot: Snapshot, node: Node): boolean {
  const { tree } = snapshot;
  const parent = tree.parent(node);
  switch (tree.kind(parent)) {
    case N.Binary:
    case N.Unary:
    case N.If:
    case N.Case:
    case N.Return:
      return true;
    case N.Assignment:
      return tree.firstChild(parent) !== node;
    default:
      return false;
  }
}

/** The one name that differs by a single letter, or by two neighbours swapped. */
export function nearest(name: string, others: readonly string[]): string | undefined {
  const close = others.filter(
    (other) => Math.abs(other.length - name.length) <= 1 && differsByOne(name.toLowerCase(), other.toLowerCase()),
  );
  return close.length === 1 && name.length > 3 ? close[0] : undefined;
}

function differsByOne(a: string, b: string): boolean {
  if (a === b) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const restA = a.slice(start, a.length - end);
  const restB = b.slice(start, b.length - end);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
