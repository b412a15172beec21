/** Where things stand in the text of a JSON file: what fails is shown at its line. */

/** A stretch of a text, by its offsets. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

interface Value extends Stretch {
  readonly parts?: ReadonlyMap<string | number, Value>;
}

const space = /[\s\uFEFF]*/y;
const scalar = /"(?:[^"\\]|\\.)*"|[^\s,\]}]+/y;

/** Reads a value from an offset on; for an entry of an object the stretch begins at its name. Broken JSON ends what is read, it never throws. */
function read(text: string, from: number, begins?: number): Value {
  const skip = (at: number): number => {
    space.lastIndex = at;
    space.exec(text);
    return space.lastIndex;
  };
  let at = skip(from);
  const start = begins ?? at;
  const open = text[at];
  if (open !== '{' && open !== '[') {
    scalar.lastIndex = at;
    return { start, end: scalar.test(text) ? scalar.lastIndex : at };
  }
  const parts = new Map<string | number, Value>();
  at = skip(at + 1);
  while (at < text.length && text[at] !== '}' && text[at] !== ']') {
    const before = at;
    let name: string | number = parts.size;
    let entry: number | undefined;
    if (open === '{') {
      entry = at;
      const key = read(text, at);
      name = nameOf(text.slice(key.start, key.end));
      at = skip(key.end);
      if (text[at] === ':') at++;
    }
    const value = read(text, at, entry);
    parts.set(name, value);
    at = skip(value.end);
    if (text[at] === ',') at = skip(at + 1);
    if (at === before) break;
  }
  return { start, end: Math.min(at + 1, text.length), parts };
}

function nameOf(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}

/**
 * The place of what a path of names and numbers leads to. Where a value is given by mode, the way goes through the mode's own. A path that leads
 * nowhere ends at the last place on its way: what is missing belongs there.
 */
export function placeOf(text: string, path: readonly (string | number)[], mode?: string): Stretch {
  let here = read(text, 0);
  for (const step of path) {
    const next = here.parts?.get(step) ?? (mode === undefined ? undefined : here.parts?.get(mode)?.parts?.get(step));
    if (!next) break;
    here = next;
  }
  const { start, end } = (mode !== undefined && path.length > 0 ? here.parts?.get(mode) : undefined) ?? here;
  return { start, end };
}

/** Line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/).length;
}
