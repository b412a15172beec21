import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import type { CommandUse } from '../analysis/calls.js';
import { booleanLiteral } from '../analysis/literals.js';
import { noteCommands } from '../analysis/sessionUses.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { knownCommands, takesSessionId } from './mode.js';
import type { Finding, Rule } from './rule.js';

type Literal = 'number' | 'text' | 'date' | 'time' | 'boolean' | 'object' | 'collection';

const kinds: Readonly<Record<Literal, Bilingual>> = {
  number: { en: 'a number', es: 'un número' },
  text: { en: 'a text', es: 'un texto' },
  date: { en: 'a date', es: 'una fecha' },
  time: { en: 'a time', es: 'una hora' },
  boolean: { en: 'a Boolean', es: 'un booleano' },
  object: { en: 'an object', es: 'un objeto' },
  collection: { en: 'a collection', es: 'una colección' },
};

/** A literal of another type where a command demands a text. */
export const argumentType: Rule = {
  code: 'argument-type',
  severity: 'warning',
  aboutSessions: false,
  *check(snapshot) {
    for (const use of knownCommands(snapshot)) {
      for (let i = 0; i < use.args.length; i++) {
        const literal = literalKind(snapshot, use.args[i]);
        if (!literal) continue;
        const parameter = demandsText(use, i);
        if (parameter && literal !== 'text') yield wrongType(snapshot, use, i, literal, parameter);
      }
    }
  },
};

/** The parameter's name where every form that fits demands a Text there and nothing else. */
function demandsText(use: CommandUse, index: number): string | undefined {
  const fitting = use.command.signatures.filter(
    (s) => use.args.length >= s.minimum && (s.maximum === undefined || use.args.length <= s.maximum),
  );
  if (fitting.length === 0) return undefined;
  // an optional or repeated parameter may be left out, also in the middle: then positions are no longer sure
  const sure = fitting.every((s) => {
    const parameter = s.parameters[index];
    const whole = use.args.length === s.maximum;
    return (
      parameter?.type === 'Text' &&
      parameter.direction === 'in' &&
      (whole || s.parameters.slice(0, index + 1).every((p) => !p.optional && !p.repeatable))
    );
  });
  return sure ? fitting[0].parameters[index].name : undefined;
}

function literalKind(snapshot: Snapshot, node: Node): Literal | undefined {
  switch (snapshot.tree.kind(node)) {
    case N.Number:
      return 'number';
    case N.Unary:
      return snapshot.tree.kind(snapshot.tree.firstChild(node)) === N.Number ? 'number' : undefined;
    case N.String:
      return 'text';
    case N.Date:
      return 'date';
    case N.Time:
      return 'time';
    case N.ObjectLiteral:
      return 'object';
    case N.CollectionLiteral:
      return 'collection';
    default:
      return booleanLiteral(snapshot, node) === undefined ? undefined : 'boolean';
  }
}

function wrongType(snapshot: Snapshot, use: CommandUse, index: number, literal: Literal, parameter: string): Finding {
  const { tree } = snapshot;
  const name = nameText(tree, use.name);
  const given = kinds[literal];
  const get = takesSessionId.includes(use.command.number!) && index === 0;
  return {
    start: tree.start(use.args[index]),
    end: tree.end(use.args[index]),
    // of other commands older forms may exist that the present manual no longer prints
    severity: noteCommands.has(use.command.number ?? 0) ? 'error' : 'warning',
    message: {
      en: `\`${name}\` wants a text for \`${parameter}\`, not ${given.en}.${get ? ' Pass the session’s identifier, as `WEB Get current session ID` gives it.' : ''}`,
      es: `\`${name}\` espera un texto en \`${parameter}\`, no ${given.es}.${get ? ' Pase el identificador de la sesión, tal como lo da `WEB Get current session ID`.' : ''}`,
    },
  };
}
