/** Regular expressions as ICU writes them, for JavaScript's engine (facts: 4D page `commands/match-regex`). */
import type { HostGuards } from '../edges.js';
import { BAD_PARAMETER, raise } from './errors.js';

const posix: Record<string, string> = {
  alpha: '\\p{Alphabetic}',
  alnum: '\\p{Alphabetic}\\p{Nd}',
  digit: '\\p{Nd}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  punct: '\\p{P}',
  xdigit: '0-9A-Fa-f',
  blank: ' \\t',
};

const escapes: Record<string, string> = {
  A: '^',
  z: '$',
  Z: '$',
  h: '[ \\t]',
  R: '(?:\\r\\n|[\\n\\r\\u2028\\u2029\\v\\f])',
  a: '\\u0007',
  e: '\\u001b',
};

/** The pattern and flags for `RegExp`; raises a 4D error when the pattern is wrong or uses what JavaScript lacks. */
export function compileRegex(source: string): { readonly pattern: string; readonly flags: string } {
  let flags = 'u';
  let rest = source;
  const leading = /^\(\?([imsx]+)\)/.exec(rest);
  if (leading) {
    for (const flag of leading[1]) if (flag !== 'x' && !flags.includes(flag)) flags += flag;
    rest = rest.slice(leading[0].length);
    if (leading[1].includes('x')) rest = rest.replace(/\\#|\\ |#.*$|\s+/gm, (piece) => (piece.startsWith('\\') ? piece : ''));
  }
  const pattern = translate(rest);
  try {
    new RegExp(pattern, flags);
    return { pattern, flags };
  } catch (error) {
    return raise(
      BAD_PARAMETER,
      {
        en: 'The regular expression «{0}» is wrong or uses what the simulator lacks ({1}).',
        es: 'La expresión regular «{0}» es incorrecta o usa algo que el simulador no tiene ({1}).',
      },
      source,
      error instanceof Error ? error.message : '',
    );
  }
}

type Places = readonly (readonly [number, number])[];

/** Places of the first match from an index on, and of its groups; null for none. Raises a 4D error where the host sees that it takes too long. */
export function firstMatch(regex: { pattern: string; flags: string }, text: string, from: number, guards?: HostGuards): Places | null {
  const { pattern, flags } = regex;
  if (guards?.match && mayTakeLong(pattern, text)) {
    const found = guards.match(pattern, flags, text, from);
    if (found !== undefined) return found;
    return raise(
      BAD_PARAMETER,
      {
        en: 'The regular expression «{0}» takes too long with a text of {1} characters. Repeat less inside of what repeats.',
        es: 'La expresión regular «{0}» tarda demasiado con un texto de {1} caracteres. Repita menos dentro de lo que se repite.',
      },
      pattern,
      text.length,
    );
  }
  const compiled = new RegExp(pattern, flags);
  compiled.lastIndex = from;
  return compiled.exec(text)?.indices?.map((pair) => pair ?? ([-1, -1] as const)) ?? null;
}

/** Two repetitions, one of a group, or one on a long text can take more steps than anybody waits for. */
function mayTakeLong(pattern: string, text: string): boolean {
  const repetitions = pattern.match(/[*+]|\{\d+,?\d*\}/g)?.length ?? 0;
  if (repetitions === 0 || text.length <= 16) return false;
  return repetitions > 1 || /\)[*+{]/.test(pattern) || text.length > 20_000;
}

function translate(source: string): string {
  let out = '';
  let inClass = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source[i];
    if (c === '\\') {
      const next = source[i + 1] ?? '';
      if (next === 'Q') {
        const end = source.indexOf('\\E', i + 2);
        const quoted = source.slice(i + 2, end < 0 ? source.length : end);
        out += quoted.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
        i = end < 0 ? source.length : end + 1;
        continue;
      }
      const property = /^\\[pP]\{[^}]*\}/.exec(source.slice(i));
      if (property) {
        out += property[0];
        i += property[0].length - 1;
        continue;
      }
      const wide = /^\\x\{([0-9A-Fa-f]+)\}/.exec(source.slice(i));
      if (wide) {
        out += `\\u{${wide[1]}}`;
        i += wide[0].length - 1;
        continue;
      }
      i++;
      if (inClass && next === 'h') out += ' \\t';
      else if (!inClass && escapes[next]) out += escapes[next];
      // In Unicode mode only syntax characters may be escaped.
      else if (/[\^$\\.*+?()[\]{}|/]/.test(next) || (inClass && next === '-')) out += `\\${next}`;
      else if (/[A-Za-z0-9]/.test(next)) out += `\\${next}`;
      else out += next;
    } else if (inClass > 0) {
      const named = /^\[:(\^?)(\w+):\]/.exec(source.slice(i));
      if (named && posix[named[2]]) {
        out += posix[named[2]];
        i += named[0].length - 1;
      } else if (c === '[') out += '\\[';
      else {
        if (c === ']') inClass--;
        out += c;
      }
    } else if (c === '[') {
      inClass++;
      out += c;
      if (source[i + 1] === '^') out += source[++i];
      // A bracket right after the opening one stands for itself.
      if (source[i + 1] === ']') {
        out += '\\]';
        i++;
      }
    } else if (/^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(source.slice(i))) {
      const [all, quantifier, mode] = /^([*+?]|\{\d+(?:,\d*)?\})([+?]?)/.exec(source.slice(i))!;
      // A possessive quantifier: JavaScript has none; without it the same texts match.
      out += quantifier + (mode === '?' ? mode : '');
      i += all.length - 1;
    } else if (source.startsWith('(?', i)) {
      out += source[i + 2] === '>' ? '(?:' : '(?';
      i += source[i + 2] === '>' ? 2 : 1;
    } else if (c === '{' && !/^\{\d+(?:,\d*)?\}/.test(source.slice(i))) out += '\\{';
    else if (c === '}' && !/\{\d+(?:,\d*)?$/.test(out)) out += '\\}';
    else if (c === ']') out += '\\]';
    else out += c;
  }
  return out;
}
