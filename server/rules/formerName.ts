import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameRange, nameText } from '#syntaxes/tree/names.js';
import { roleOf } from '../analysis/roles.js';
import { isFamilyConstant, noteCommands } from '../analysis/sessionUses.js';
import type { Snapshot } from '../analysis/snapshot.js';
import type { Finding, Rule } from './rule.js';

const family: ReadonlySet<number | undefined> = noteCommands;

/**
 * A command under a name it bore before, or under its French one. The token keeps such code working; without one 4D takes the name
 * for a method's (facts: `web-sessions` section 3, aliases). Reported for the web session commands and selectors, whose new names say which mode they are for.
 */
export const formerName: Rule = {
  code: 'former-name',
  severity: 'info',
  aboutSessions: true,
  *check(snapshot) {
    const { tree } = snapshot;
    for (const use of snapshot.uses) {
      if (use.spelling === 'present' || !family.has(use.command.number)) continue;
      const range = nameRange(tree, use.name);
      const written = nameText(tree, use.name);
      const { command } = use;
      if (fold(written) === fold(command.name)) continue;
      const french = use.spelling === 'french';
      const former = use.spelling === 'former' || command.formerNames.some((n) => fold(n) === fold(written));
      const since = former ? command.history.find((h) => h.change === 'Renamed')?.release : undefined;
      yield {
        ...range,
        severity: french || !former ? 'hint' : 'info',
        tag: former ? 'deprecated' : undefined,
        message: french
          ? frenchText(written, command.name)
          : former
            ? formerText(written, command.name, since, use.byToken)
            : otherText(written, command.name, command.number!),
        fixes: [
          {
            title: { en: `Rename to \`${command.name}\``, es: `Cambiar el nombre a \`${command.name}\`` },
            edits: [{ ...range, text: command.name }],
            preferred: true,
          },
        ],
      };
    }
    yield* constants(snapshot);
  },
};

/** `Web keep session` for `Web legacy session`. */
function* constants(snapshot: Snapshot): Iterable<Finding> {
  const { tree } = snapshot;
  if (!/web keep session/i.test(snapshot.text)) return;
  for (let node = 0; node < tree.data.nodeCount; node++) {
    if (tree.kind(node) !== N.Name || roleOf(tree, node) !== 'free') continue;
    const resolved = snapshot.resolve(node);
    if (resolved.kind !== 'constant' || resolved.spelling !== 'former' || !isFamilyConstant(resolved.constant)) continue;
    const range = nameRange(tree, node);
    const { name } = resolved.constant;
    yield {
      ...range,
      tag: 'deprecated',
      message: formerText(nameText(tree, node), name, undefined, resolved.byToken),
      fixes: [
        {
          title: { en: `Rename to \`${name}\``, es: `Cambiar el nombre a \`${name}\`` },
          edits: [{ ...range, text: name }],
          preferred: true,
        },
      ],
    };
  }
}

function formerText(written: string, name: string, since: string | undefined, byToken: boolean): Bilingual {
  const from = since ? { en: ` since 4D ${since}`, es: ` desde 4D ${since}` } : { en: '', es: '' };
  return byToken
    ? {
        en: `\`${written}\` is called \`${name}\`${from.en}. The token keeps it working; use the present name.`,
        es: `\`${written}\` se llama \`${name}\`${from.es}. Gracias al token sigue funcionando; use el nombre actual.`,
      }
    : {
        en: `\`${written}\` is called \`${name}\`${from.en}. Without a token 4D takes the old name for a method; use the present one.`,
        es: `\`${written}\` se llama \`${name}\`${from.es}. Sin token, 4D toma el nombre antiguo por el de un método; use el actual.`,
      };
}

function frenchText(written: string, name: string): Bilingual {
  return {
    en: `\`${written}\` is the French name of \`${name}\`. It is read only where 4D is set to the French language; the English name works everywhere.`,
    es: `\`${written}\` es el nombre francés de \`${name}\`. Solo se entiende donde 4D está configurado en francés; el nombre inglés funciona en todas partes.`,
  };
}

function otherText(written: string, name: string, token: number): Bilingual {
  return {
    en: `\`${written}\` carries the token C${token}, which is \`${name}\`. 4D goes by the token; write the name that belongs to it.`,
    es: `\`${written}\` lleva el token C${token}, que es \`${name}\`. 4D se guía por el token; escriba el nombre que le corresponde.`,
  };
}
