import { N } from '#syntaxes/tree/kinds.js';
import type { Node } from '#syntaxes/tree/tree.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { lineEnd, statementOf } from './edits.js';
import { runsHiddenCode } from './localCode.js';
import type { Fix, Rule } from './rule.js';

/** A local variable that is declared and then never named again. Parameters belong to the method's form and are left alone. */
export const unusedLocal: Rule = {
  code: 'unused-local',
  severity: 'hint',
  aboutSessions: false,
  *check(snapshot) {
    const { tree } = snapshot;
    if (runsHiddenCode(snapshot)) return;
    for (const variable of snapshot.locals.all) {
      if (variable.kind !== 'local' || !variable.declared || variable.occurrences.length !== 1) continue;
      const node = variable.declaration;
      if (node !== variable.occurrences[0] || declaredWithValue(snapshot, node)) continue;
      yield {
        start: tree.start(node),
        end: tree.end(node),
        tag: 'unnecessary',
        message: {
          en: `\`${variable.name}\` is declared and never used. Remove it.`,
          es: `\`${variable.name}\` se declara y no se usa nunca. Quítela.`,
        },
        fixes: removal(snapshot, node),
      };
    }
  },
};

/** `var $x:=…` runs the value, which may matter. */
function declaredWithValue(snapshot: Snapshot, node: Node): boolean {
  const { tree } = snapshot;
  const parent = tree.parent(node);
  const kind = tree.kind(parent);
  if (kind !== N.Declarator) return kind !== N.Arguments;
  return tree.children(parent).some((c) => ![N.Name, N.Local, N.Interprocess, N.Type].includes(tree.kind(c)));
}

/** Takes the name out of its declaration; the line goes where it holds nothing else. */
function removal(snapshot: Snapshot, node: Node): Fix[] {
  const { tree, lines, text } = snapshot;
  const title = { en: 'Remove the declaration', es: 'Quitar la declaración' };
  const list = tree.parent(node);
  const siblings = tree.children(list).filter((c) => tree.kind(c) !== N.Type);
  const statement = statementOf(snapshot, node);
  const alone = siblings.length === 1 && (tree.kind(list) !== N.Declarator || tree.children(tree.parent(list)).length === 1);
  if (alone) {
    const start = lines.lineStart(lines.lineAt(tree.start(statement)));
    const end = lines.lineEnd(lines.lineAt(tree.end(statement)));
    if (text.slice(start, end).trim() !== tree.textOf(statement).trim()) return [];
    const eol = text.startsWith(lineEnd(text), end) ? lineEnd(text).length : 0;
    return [{ title, edits: [{ start, end: end + eol, text: '' }] }];
  }
  const at = siblings.indexOf(node);
  if (siblings.length < 2 || at < 0 || tree.kind(list) === N.Arguments) return [];
  const edit =
    at > 0
      ? { start: tree.end(siblings[at - 1]), end: tree.end(node), text: '' }
      : { start: tree.start(node), end: tree.start(siblings[1]), text: '' };
  return [{ title, edits: [edit] }];
}
