import { parse } from '#syntaxes/parser/parse.js';
import { declarationsOf } from '#syntaxes/resolution/declarations.js';
import type { Program } from '../machine/types.js';
import { plainToValue } from '../records/fixtures.js';
import { dateFromIso } from '../values/dates.js';
import type { Value } from '../values/value.js';
import { jsonOrText } from './usage.js';

/**
 * Words of a command line as arguments of a method: a text where it declares one, a date as `2026-01-15`, a time as `08:30:00`,
 * anything else as JSON when it is some, else as text.
 */
export function argumentsFor(program: Program, path: string, words: readonly string[]): Value[] {
  const types = parameterTypes(program, path);
  return words.map((word, i) => argument(types[i]?.toLowerCase(), word));
}

function argument(type: string | undefined, word: string): Value {
  if (type === 'text') return word;
  if (type === 'date') return dateFromIso(word);
  const time = type === 'time' ? /^(\d+):([0-5]\d)(?::([0-5]\d))?$/.exec(word) : null;
  if (time) return { t: 'time', seconds: Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3] ?? 0) };
  return plainToValue(jsonOrText(word));
}

/** Declared types of a method's parameters, in order: from `#DECLARE`, or from `C_TEXT($1)` and its kind. */
function parameterTypes(program: Program, path: string): (string | undefined)[] {
  const declarations = declarationsOf(parse(program.text(path) ?? ''), program);
  const declared = declarations.filter(({ how }) => how === 'parameter').map(({ type }) => type);
  if (declared.length) return declared;
  const types: (string | undefined)[] = [];
  for (const { name, type } of declarations) {
    const number = /^\$(\d+)$/.exec(name)?.[1];
    if (number !== undefined && number !== '0') types[Number(number) - 1] = type;
  }
  return types;
}
