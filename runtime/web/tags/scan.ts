/** A template taken apart: what stands there as it is, and its 4D tags (facts: 4D page `Tags/tags`). */
export type Piece =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'tag';
      /** In capitals, without `4D`: `TEXT`, `IF`, `ENDLOOP` … */
      readonly name: string;
      /** What follows the name, without blanks at its ends. */
      readonly content: string;
      /** As written, for error texts. */
      readonly source: string;
      /** Written as `$4DTEXT(…)`: evaluated once, its result is plain. */
      readonly dollar: boolean;
    };

/** Tags by their names today; 4DVAR, 4DHTMLVAR and 4DACTION are what 4DTEXT, 4DHTML and 4DSCRIPT were called. */
const names: Readonly<Record<string, string>> = {
  ACTION: 'SCRIPT',
  BASE: 'BASE',
  CODE: 'CODE',
  EACH: 'EACH',
  ELSE: 'ELSE',
  ELSEIF: 'ELSEIF',
  ENDEACH: 'ENDEACH',
  ENDIF: 'ENDIF',
  ENDLOOP: 'ENDLOOP',
  EVAL: 'EVAL',
  HTML: 'HTML',
  HTMLVAR: 'HTML',
  IF: 'IF',
  INCLUDE: 'INCLUDE',
  LOOP: 'LOOP',
  SCRIPT: 'SCRIPT',
  TEXT: 'TEXT',
  VAR: 'TEXT',
};

/** True when a text holds a tag; `dollar`: also in the `$4DTEXT(…)` form. */
export function hasTags(text: string, dollar = false): boolean {
  return /<!--#?4D[A-Z]/i.test(text) || (dollar && /\$4D(TEXT|HTML|EVAL)\(/i.test(text));
}

/** Takes a template apart. Comments that begin with 4D but are no tag stay as they are. */
export function scanTemplate(text: string, dollar: boolean): Piece[] {
  const pieces: Piece[] = [];
  const start = dollar ? /<!--#?4D([A-Z]+)(?!\w)|\$4D(TEXT|HTML|EVAL)\(/gi : /<!--#?4D([A-Z]+)(?!\w)/gi;
  let literal = 0;
  // Behind the last end of a comment no tag has one: looking for it each time would take for ever.
  const last = text.lastIndexOf('-->');
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const inside = match.index + match[0].length;
    const end = match[2] ? closingParenthesis(text, inside) : inside > last ? -1 : text.indexOf('-->', inside);
    const name = (match[1] ?? match[2]).toUpperCase();
    if (end < 0 || !Object.hasOwn(names, name)) continue;
    const after = end + (match[2] ? 1 : 3);
    if (match.index > literal) pieces.push({ kind: 'literal', text: text.slice(literal, match.index) });
    pieces.push({
      kind: 'tag',
      name: names[name],
      content: text.slice(inside, end).trim(),
      source: text.slice(match.index, after),
      dollar: match[2] !== undefined,
    });
    literal = after;
    start.lastIndex = after;
  }
  if (literal < text.length) pieces.push({ kind: 'literal', text: text.slice(literal) });
  return pieces;
}

/** Characters of an expression in `$4DTEXT(…)`. */
const longest = 65_536;

/** Offset of the parenthesis that closes the one before `from`, quotes and pairs counted; -1 without one. */
function closingParenthesis(text: string, from: number): number {
  let depth = 1;
  let quoted = false;
  const end = Math.min(text.length, from + longest);
  for (let at = from; at < end; at++) {
    const c = text[at];
    if (quoted) {
      if (c === '\\') at++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return at;
  }
  return -1;
}
