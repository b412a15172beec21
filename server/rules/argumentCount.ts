import type { Command } from '#syntaxes/catalogue/types.js';
import type { Bilingual } from '#syntaxes/text/bilingual.js';
import { nameText, suffixToken } from '#syntaxes/tree/names.js';
import { noteCommands } from '../analysis/sessionUses.js';
import { knownCommands } from './mode.js';
import type { Rule } from './rule.js';

/** A command called with a number of arguments that none of its forms takes. */
export const argumentCount: Rule = {
  code: 'argument-count',
  severity: 'warning',
  aboutSessions: false,
  *check(snapshot) {
    const { tree } = snapshot;
    for (const use of knownCommands(snapshot)) {
      const { command, args } = use;
      if (command.declares || command.alsoSeenWith.includes(args.length) || takes(command, args.length)) continue;
      const name = nameText(tree, use.name);
      const fewer = command.signatures.every((s) => args.length < s.minimum);
      const last = suffixToken(tree, use.name);
      const start = fewer || args.length === 0 ? tree.start(use.name) : tree.start(args[Math.min(args.length - 1, largest(command))]);
      const end = fewer || args.length === 0 ? (last >= 0 ? tree.tokenEnd(last) : tree.end(use.name)) : tree.end(args[args.length - 1]);
      // of other commands older forms may exist that the present manual no longer prints
      const severity = noteCommands.has(command.number ?? 0) ? 'error' : 'warning';
      yield { start, end: Math.max(start, end), severity, message: tell(name, command, args.length) };
    }
  },
};

/** For each number of arguments whether some form takes it. Commands do not change. */
const known = new WeakMap<Command, boolean[]>();

function takes(command: Command, count: number): boolean {
  let taken = known.get(command);
  if (!taken) {
    taken = [];
    known.set(command, taken);
  }
  taken[count] ??= someFormTakes(command, count);
  return taken[count];
}

function someFormTakes(command: Command, count: number): boolean {
  return command.signatures.some((s) => {
    // what may be repeated may also be left out: `GRAPH SETTINGS` without a title
    const last = s.parameters[s.minimum - 1];
    const next = s.parameters[s.minimum];
    const spare = last?.repeatable === true || (next?.repeatable === true && next.name === last?.name);
    const minimum = spare && s.minimum > 1 ? s.minimum - 1 : s.minimum;
    return count >= minimum && (s.maximum === undefined || count <= s.maximum);
  });
}

function largest(command: Command): number {
  return Math.max(...command.signatures.map((s) => s.maximum ?? Number.MAX_SAFE_INTEGER));
}

function tell(name: string, command: Command, count: number): Bilingual {
  const bareName = largest(command) === 0;
  const forms = bareName ? [`\`${name}\``] : command.signatures.map((s) => `\`${s.text}\``);
  const given = {
    en: count === 0 ? 'none is given' : count === 1 ? '1 is given' : `${count} are given`,
    es: count === 0 ? 'no se da ninguno' : count === 1 ? 'se da 1' : `se dan ${count}`,
  };
  const wanted = bounds(command);
  return {
    en: `\`${name}\` takes ${wanted.en}, but ${given.en}. Write ${forms.join(' or ')}${bareName ? ' alone' : ''}.`,
    es: `\`${name}\` lleva ${wanted.es}, pero ${given.es}. Escriba ${bareName ? 'solo ' : ''}${forms.join(' o ')}.`,
  };
}

function bounds(command: Command): Bilingual {
  const minimum = Math.min(...command.signatures.map((s) => s.minimum));
  const unlimited = command.signatures.some((s) => s.maximum === undefined);
  const maximum = unlimited ? undefined : Math.max(...command.signatures.map((s) => s.maximum!));
  const words = (n: number): Bilingual =>
    n === 1 ? { en: '1 argument', es: '1 argumento' } : { en: `${n} arguments`, es: `${n} argumentos` };
  if (maximum === 0) return { en: 'no arguments', es: '0 argumentos' };
  if (maximum === undefined) return { en: `at least ${words(minimum).en}`, es: `al menos ${words(minimum).es}` };
  if (minimum === maximum) return words(minimum);
  return { en: `${minimum} to ${words(maximum).en}`, es: `de ${minimum} a ${words(maximum).es}` };
}
