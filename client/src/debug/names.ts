/** Finds the expression that a hover of the debugger is about, outside of comments and texts. */

/** A name in a line, with the characters it takes. */
export interface NameInLine {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const blank = (text: string): string => ' '.repeat(text.length);

/** What is no code: texts, comments, tokens of names. */
const noCode = /"(?:\\.|[^"\\])*"?|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|:[CK]?\d+(?::\d+)?/gi;

/** A line in which what is no code is blanked, so that columns stay. `inside` tells that a block comment is open where it begins, or ends. */
function bare(line: string, inside: boolean): { readonly text: string; readonly inside: boolean } {
  const end = inside ? line.indexOf('*/') : -2;
  if (end === -1) return { text: blank(line), inside: true };
  let open = false;
  const text = line.slice(end + 2).replace(noCode, (match) => {
    if (match.startsWith('/*')) open = match.length < 4 || !match.endsWith('*/');
    return blank(match);
  });
  return { text: blank(line.slice(0, end + 2)) + text, inside: open };
}

/** The variable at a column of the last line, with its properties up to there; undefined where there is none. */
export function expressionAt(lines: readonly string[], column: number): NameInLine | undefined {
  let inside = false;
  let text = '';
  for (const each of lines) ({ text, inside } = bare(each, inside));
  for (const { 0: chain, index } of text.matchAll(/(?:<>|\$)?[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/gu)) {
    if (index > column || index + chain.length < column) continue;
    const rest = /^[\p{L}\p{N}_]*/u.exec(text.slice(column))?.[0].length ?? 0;
    const end = Math.max(column + rest, index + 1);
    const name = text.slice(index, Math.min(end, index + chain.length)).replace(/\.$/, '');
    return { name, start: index, end: index + name.length };
  }
  return undefined;
}
