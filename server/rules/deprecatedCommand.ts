import { nameRange, nameText } from '#syntaxes/tree/names.js';
import { noteCommands } from '../analysis/sessionUses.js';
import type { Rule } from './rule.js';

/** What 4D has in place of commands it keeps for old code only, by number: the name of a command, or of a class and member (facts: `web-sessions` section 3; 4D's pages). */
const instead: Readonly<Record<number, string>> = {
  193: 'OBJECT SET ENABLED',
  192: 'OBJECT SET ENABLED',
  218: 'ARRAY TEXT',
  271: 'OBJECT SET RGB COLORS',
  336: 'Process info',
  463: 'CONVERT FROM TEXT',
  464: 'Convert to text',
  519: 'CONVERT FROM TEXT',
  520: 'Convert to text',
  681: 'PICTURE CODEC LIST',
  882: 'PROCESS 4D TAGS',
  1015: 'Last errors',
  1350: 'Process activity',
};

/** A command whose name 4D has marked with `_O_`, or that left the manual: kept for old code alone. */
export const deprecatedCommand: Rule = {
  code: 'deprecated-command',
  severity: 'hint',
  aboutSessions: false,
  *check(snapshot) {
    const { tree, catalogue } = snapshot;
    for (const use of snapshot.uses) {
      const { command } = use;
      if (command.deprecated?.kind !== 'obsolete-prefix' || command.declares) continue;
      const name = nameText(tree, use.name);
      const replacement = instead[command.number ?? 0];
      const known = replacement !== undefined && catalogue.commandByName(replacement)?.kind === 'present';
      const advice = known
        ? { en: `Use \`${replacement}\`.`, es: `Use \`${replacement}\`.` }
        : { en: 'Look for another way before it is removed.', es: 'Busque otra forma antes de que se elimine.' };
      yield {
        ...nameRange(tree, use.name),
        severity: noteCommands.has(command.number ?? 0) ? 'info' : 'hint',
        tag: 'deprecated',
        message: {
          en: `\`${name}\` is obsolete: 4D keeps it for old code only, and no longer describes it. ${advice.en}`,
          es: `\`${name}\` está obsoleto: 4D lo conserva solo para código antiguo y ya no lo describe. ${advice.es}`,
        },
      };
    }
  },
};
