import type { FormattingOptions, TextEdit } from 'vscode-languageserver';
import { formatEdits } from '#syntaxes/printer/format.js';
import type { Snapshot } from '../analysis/snapshot.js';

/** The edits that lay out a document, or the lines between two offsets, as 4D does. Names keep or lack their tokens as they are. */
export function formatting(
  snapshot: Snapshot,
  options: FormattingOptions,
  range?: { readonly start: number; readonly end: number },
  typing = false,
): TextEdit[] {
  const edits = formatEdits(snapshot.tree, {
    indent: options.insertSpaces ? ' '.repeat(Math.max(1, options.tabSize)) : '\t',
    ...(options.trimTrailingWhitespace ? { trimLineEnds: true } : {}),
    ...(range ? { range } : {}),
    ...(typing ? { typing } : {}),
  });
  return edits.map((e) => ({ range: snapshot.span(e.start, e.end), newText: e.text }));
}

/** A statement that goes on, or that nothing follows in its block: the editor knows where the next line begins. */
const leftToEditor = /\\\s*$|^\s*(?:break|continue|return)(?![\p{L}\p{N}_])/iu;

/** A line end was typed: the line before it is laid out, and the new line begins where its text will stand. */
export function formattingOnType(snapshot: Snapshot, offset: number, options: FormattingOptions): TextEdit[] {
  const { lines, text } = snapshot;
  const line = lines.lineAt(offset) - 1;
  if (line < 0 || snapshot.inComment(lines.lineEnd(line))) return [];
  const start = lines.lineStart(line);
  const ended = text.slice(start, lines.lineEnd(line));
  const blank = ended.trim() !== '' && text.slice(lines.lineStart(line + 1), lines.lineEnd(line + 1)).trim() === '';
  const last = blank && !leftToEditor.test(ended) ? line + 1 : line;
  return formatting(snapshot, options, { start, end: lines.lineEnd(last) }, true);
}
