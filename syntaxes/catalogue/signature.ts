import type { CatalogueParameter, Direction } from './types.js';

/** What a signature's text says. Directions and translations are not in the text; see {@link parseSignature}. */
export interface ParsedSignature {
  /** What stands before the parenthesis: `WEB SET OPTION`, `.clearPrivileges`, `4D.File.new`. */
  readonly name: string;
  readonly parameters: CatalogueParameter[];
  readonly result?: string;
  readonly minimum: number;
  /** Undefined: no limit. */
  readonly maximum?: number;
  /** False when the text breaks its own notation: braces that do not close, a parameter without a name. */
  readonly wellFormed: boolean;
}

/**
 * Reads the notation of 4D's manual: `NAME ( a : Text {; b : Integer} {; ...(c : Field ; d : Array)} ) : Result`.
 * Braces make what they hold optional, `...` repeats a parameter or a parenthesised group, `;` separates, a `*` alone is the operator.
 *
 * A repeated parameter counts nothing towards the minimum and lifts the maximum.
 * @param text the signature; never throws, see `wellFormed`
 * @param direction direction of a parameter by its name; `in` for all of them when left out
 */
export function parseSignature(text: string, direction: (name: string) => Direction = () => 'in'): ParsedSignature {
  const parameters: CatalogueParameter[] = [];
  let wellFormed = true;
  const open = openingParenthesis(text);
  // `New collection {( ...value : any )}`: the brace may stand outside the parenthesis.
  let depth = open < 0 ? 0 : text.slice(0, open).split('{').length - 1;
  const outer = depth;
  let group = 0;
  let inGroup = false;
  let repeated = false;
  let groups = 0;

  let i = open < 0 ? text.length : open + 1;
  let end = -1;
  while (i < text.length && end < 0) {
    const c = text[i];
    if (c === '{') depth++;
    else if (c === '}') {
      depth--;
      repeated = false;
      if (depth < 0) wellFormed = false;
    } else if (c === ';') repeated = false;
    else if (c === ')') {
      if (inGroup) {
        inGroup = false;
        repeated = false;
      } else end = i;
    } else if (text.startsWith('...', i)) {
      repeated = true;
      i += 2;
    } else if (c === '(') {
      if (inGroup || !repeated) wellFormed = false;
      inGroup = true;
      group = ++groups;
    } else if (!/\s/.test(c)) {
      const stop = endOfParameter(text, i);
      const [name, type] = nameAndType(text.slice(i, stop));
      if (!name || !type) wellFormed = false;
      parameters.push({
        name,
        type,
        direction: direction(name),
        optional: depth > 0,
        repeatable: repeated || inGroup,
        ...(inGroup ? { group } : {}),
      });
      i = stop - 1;
    }
    i++;
  }
  if (depth !== outer || inGroup || (open >= 0 && end < 0)) wellFormed = false;
  const head = open < 0 ? text : text.slice(0, open);
  const rest = open < 0 ? text : text.slice(end + 1);
  const colon = rest.indexOf(':');
  const result = colon < 0 ? undefined : rest.slice(colon + 1).trim();
  if (result === '') wellFormed = false;
  return {
    name: (open < 0 && colon >= 0 ? text.slice(0, colon) : head).replace('{', '').trim(),
    parameters,
    ...(result ? { result } : {}),
    minimum: parameters.filter((p) => !p.optional && !p.repeatable).length,
    ...(parameters.some((p) => p.repeatable) ? {} : { maximum: parameters.length }),
    wellFormed,
  };
}

/** The parenthesis that opens the parameters: the first one before any colon (`Session : 4D.Session` has none). */
function openingParenthesis(text: string): number {
  const open = text.indexOf('(');
  const colon = text.indexOf(':');
  return open >= 0 && (colon < 0 || open < colon) ? open : -1;
}

function endOfParameter(text: string, from: number): number {
  let i = from;
  while (i < text.length && !';{})('.includes(text[i])) i++;
  return i;
}

/** `value : Integer, Text` → its two parts; a `*` alone is of type Operator, as in 4D's tables. */
function nameAndType(text: string): [string, string] {
  const colon = text.indexOf(':');
  const name = (colon < 0 ? text : text.slice(0, colon)).trim();
  const type = colon < 0 ? '' : text.slice(colon + 1).trim();
  return [name, type || (name === '*' ? 'Operator' : '')];
}
