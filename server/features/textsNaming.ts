import { fold } from '#syntaxes/text/fold.js';
import { T } from '#syntaxes/tree/kinds.js';
import type { Span } from '../analysis/lines.js';
import type { Snapshot } from '../analysis/snapshot.js';

export interface TextPlace {
  readonly uri: string;
  readonly span: Span;
}

/** The text literals of a file that are exactly a name, without their quotes. JSON compares by case, 4D does not. */
export function textsNaming(file: Snapshot, name: string, json: boolean): TextPlace[] {
  const found: TextPlace[] = [];
  const add = (start: number, end: number): void => void found.push({ uri: file.uri, span: file.span(start, end) });
  if (json) {
    const quoted = JSON.stringify(name);
    for (let at = file.text.indexOf(quoted); at >= 0; at = file.text.indexOf(quoted, at + 1)) {
      const key = /^\s*:/.test(file.text.slice(at + quoted.length));
      if (!key) add(at + 1, at + quoted.length - 1);
    }
    return found;
  }
  const wanted = fold(name);
  if (!fold(file.text).includes(`"${wanted}"`)) return found;
  const { tree } = file;
  for (let token = 0; token < tree.data.tokenCount; token++) {
    if (tree.tokenKind(token) !== T.String) continue;
    const start = tree.tokenStart(token) + 1;
    const end = tree.tokenEnd(token) - 1;
    if (fold(file.text.slice(start, end)) === wanted) add(start, end);
  }
  return found;
}

/** A method's or class's name as its file is called: what file systems refuse is escaped, as 4D does. */
export function encodeFileName(name: string): string {
  return name.replace(/[%/\\:*?"<>|]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
