import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { bare, textValue } from '../analysis/literals.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { knownCommands, takesSessionId } from './mode.js';
import type { Rule } from './rule.js';

/** A text that no session can have as its identifier: empty, no UUID, or the name of the cookie (facts: `web-sessions` section 6.2). */
export const sessionIdWrong: Rule = {
  code: 'session-id-wrong',
  severity: 'warning',
  aboutSessions: true,
  *check(snapshot) {
    const { tree } = snapshot;
    for (const use of knownCommands(snapshot)) {
      if (!takesSessionId.includes(use.command.number!) || use.args.length === 0) continue;
      const what = mistake(snapshot, use.args[0]);
      if (!what) continue;
      const name = nameText(tree, use.name);
      yield {
        start: tree.start(use.args[0]),
        end: tree.end(use.args[0]),
        message: {
          en: `\`${name}\` finds no session here: ${what.en}, and a session’s identifier is a UUID of 32 hexadecimal digits. Pass what \`WEB Get current session ID\` gives.`,
          es: `\`${name}\` no encuentra ninguna sesión aquí: ${what.es}, y el identificador de una sesión es un UUID de 32 cifras hexadecimales. Pase lo que da \`WEB Get current session ID\`.`,
        },
      };
    }
  },
};

function mistake(snapshot: Snapshot, argument: Node): Bilingual | undefined {
  const { tree } = snapshot;
  const node = bare(snapshot, argument);
  if (node >= 0 && tree.kind(node) === N.Member && fold(nameText(tree, tree.child(node, 1))) === 'sessioncookiename')
    return { en: 'this is the name of the cookie, not its value', es: 'esto es el nombre de la cookie, no su valor' };
  const value = textValue(snapshot, argument);
  if (value === undefined || /^[0-9a-f]{32}$/i.test(value.replaceAll('-', ''))) return undefined;
  if (value === '') return { en: 'the identifier is empty', es: 'el identificador está vacío' };
  if (/^4DSID/i.test(value))
    return { en: 'the text is the name of a cookie, not its value', es: 'el texto es el nombre de una cookie, no su valor' };
  return { en: 'the text is no UUID', es: 'el texto no es un UUID' };
}
