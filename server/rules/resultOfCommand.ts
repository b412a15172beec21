import { N } from '#syntaxes/tree/kinds.js';
import { nameRange, nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { knownCommands, number } from './mode.js';
import type { Rule } from './rule.js';

/** Types of parameters that only a value fits: a formula or a statement (`Formula`, `APPLY TO SELECTION`) may be any command. */
const values = /^(Text|Integer|Longint|Real|Number|Boolean|Date|Time|Picture|Blob|Object|Collection|Pointer|Table|Field|,| )+$/;

/** Whether an argument stands where a command demands a value. */
function wantsValue(snapshot: Snapshot, argument: Node): boolean {
  const { tree } = snapshot;
  const list = tree.parent(argument);
  const callee = tree.firstChild(tree.parent(list));
  const resolved = tree.kind(callee) === N.Name ? snapshot.resolve(callee) : undefined;
  if (resolved?.kind !== 'command' || resolved.command.signatures.length === 0) return false;
  const index = tree.children(list).indexOf(argument);
  return resolved.command.signatures.every((s) => {
    const parameter = s.parameters[index];
    return parameter !== undefined && values.test(parameter.type) && s.parameters.slice(0, index).every((p) => !p.repeatable);
  });
}

/** A command that gives nothing back, used where a value is needed. */
export const resultOfCommand: Rule = {
  code: 'result-of-command',
  severity: 'error',
  aboutSessions: false,
  *check(snapshot) {
    const { tree } = snapshot;
    for (const use of knownCommands(snapshot)) {
      const { command } = use;
      if (use.statement || command.isFunction || command.declares || command.signatures.some((s) => s.result !== undefined)) continue;
      const parent = tree.kind(tree.parent(use.call));
      // broken code around it, and `Try(COMMAND)`, say nothing about a value
      if (parent === N.Skipped || parent === N.TryExpression || parent === N.File || parent === N.Block) continue;
      if (parent === N.Arguments && !wantsValue(snapshot, use.call)) continue;
      const name = nameText(tree, use.name);
      const close = command.number === number.legacyClose;
      yield {
        ...nameRange(tree, use.name),
        message: {
          en: `\`${name}\` gives no result, so it cannot stand where a value is needed. Write it on a line of its own.${close ? ' It reports no error either: an unknown session is passed over in silence.' : ''}`,
          es: `\`${name}\` no devuelve ningún resultado, así que no puede estar donde hace falta un valor. Escríbalo en una línea propia.${close ? ' Tampoco informa de errores: una sesión desconocida se pasa por alto en silencio.' : ''}`,
        },
      };
    }
  },
};
