import type { Command } from '#syntaxes/catalogue/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { nameRange, nameText } from '#syntaxes/tree/names.js';
import type { Rule } from './rule.js';

/**
 * A name and a token that belong to two different commands: 4D goes by the token, people by the name (facts: `language-in-the-wild`
 * section 2). Names that no command bears at present say nothing: they may be former or translated ones.
 */
export const tokenMismatch: Rule = {
  code: 'token-mismatch',
  severity: 'warning',
  aboutSessions: false,
  *check(snapshot) {
    const { tree, catalogue } = snapshot;
    for (const use of snapshot.uses) {
      if (!use.byToken || use.spelling !== 'other') continue;
      const written = nameText(tree, use.name);
      const named = catalogue.commandByName(written);
      const { command } = use;
      // a command may have several numbers, and one that 4D has taken over may bear the name of the one it replaces
      if (named?.kind !== 'present' || named.command === command || fold(command.name).replace(/^_o_/, '') === fold(written)) continue;
      if (named.command.number === undefined || named.command.otherNumbers.includes(command.number ?? -1)) continue;
      if (wasCalled(command, written)) continue;
      const range = nameRange(tree, use.name);
      yield {
        ...range,
        end: tree.end(use.name),
        message: {
          en: `The name says \`${named.command.name}\`, the token says \`${command.name}\` (C${command.number}): 4D runs the second. Write name and token of the same command.`,
          es: `El nombre dice \`${named.command.name}\`, el token dice \`${command.name}\` (C${command.number}): 4D ejecuta el segundo. Escriba el nombre y el token del mismo comando.`,
        },
        fixes: [
          {
            title: { en: `Write what 4D runs: \`${command.name}\``, es: `Escribir lo que ejecuta 4D: \`${command.name}\`` },
            edits: [{ ...range, text: command.name }],
          },
          {
            title: {
              en: `Write what the name says: C${named.command.number}`,
              es: `Escribir lo que dice el nombre: C${named.command.number}`,
            },
            edits: [{ start: range.start, end: tree.end(use.name), text: `${named.command.name}:C${named.command.number}` }],
          },
        ],
      };
    }
  },
};

/** `LISTBOX Get row color as number` gave its shorter name to a new command when it was renamed. */
function wasCalled(command: Command, written: string): boolean {
  return command.history.some((h) => h.change === 'Renamed') && fold(command.name).startsWith(`${fold(written)} `);
}
