import { N } from '#syntaxes/tree/kinds.js';
import { nameRange, nameText } from '#syntaxes/tree/names.js';
import { knownCommands, number } from './mode.js';
import type { Rule } from './rule.js';

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
