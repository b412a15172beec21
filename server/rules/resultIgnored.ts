import { nameRange, nameText } from '#syntaxes/tree/names.js';
import { knownCommands, number } from './mode.js';
import type { Rule } from './rule.js';

/** Themes whose functions only give a value; calling one for nothing does nothing. */
const pureThemes: readonly string[] = ['String', 'Math', 'Date and Time', 'Boolean'];
/** Functions of other themes that do nothing else. */
const pure: readonly number[] = [number.getCurrentSessionId, number.session, number.sessionStorage, number.sessionInfo];

/** A function that only gives a value, called on a line of its own: the value goes nowhere. */
export const resultIgnored: Rule = {
  code: 'result-ignored',
  severity: 'warning',
  aboutSessions: false,
  *check(snapshot) {
    const { tree } = snapshot;
    for (const use of knownCommands(snapshot)) {
      const { command } = use;
      if (!use.statement || !command.isFunction || command.signatures.some((s) => s.parameters.some((p) => p.direction !== 'in'))) continue;
      if (!pure.includes(command.number!) && !pureThemes.includes(command.theme ?? '')) continue;
      const name = nameText(tree, use.name);
      yield {
        ...nameRange(tree, use.name),
        message: {
          en: `\`${name}\` only gives a value, and this line does nothing with it. Assign it, or remove the line.`,
          es: `\`${name}\` solo da un valor, y esta línea no hace nada con él. Asígnelo o quite la línea.`,
        },
      };
    }
  },
};
