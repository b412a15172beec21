import { scan } from '#syntaxes/scanner/scanner.js';
import { TokenBuffer } from '#syntaxes/scanner/tokens.js';
import { T } from '#syntaxes/tree/kinds.js';

const buffer = new TokenBuffer();

/** Where 4D's tokens stand in a text (`:C1208`, `:K73:1`, `:4` behind a table or field): from and to, as offsets in order. */
export function suffixes(text: string): [from: number, to: number][] {
  buffer.clear();
  scan(text, buffer);
  const found: [number, number][] = [];
  for (let i = 0; i < buffer.count; i++) if (buffer.kind[i] === T.Suffix) found.push([buffer.start[i], buffer.end[i]]);
  return found;
}
