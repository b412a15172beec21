import type { FormattingOptions, TextEdit } from 'vscode-languageserver';
import { formatEdits } from '#syntaxes/printer/format.js';
import type { Snapshot } from '../analysis/snapshot.js';

/** The edits that lay out a document, or the lines between two offsets, as 4D does. Names keep or lack their tokens as they are. */
export function formatting(
  snapshot: Snapshot,
  options: FormattingOptions,
  range?: { readonly start: number; readonly end: number },
): TextEdit[] {
  const edits = formatEdits(snapshot.tree, {
    indent: options.insertSpaces ? ' '.repeat(Math.max(1, options.tabSize)) : '\t',
    ...(options.trimTrailingWhitespace ? { trimLineEnds: true } : {}),
    ...(range ? { range } : {}),
  });
  return edits.map((e) => ({ range: snapshot.span(e.start, e.end), newText: e.text }));
}

/** A line end was typed: the line before it is laid out. The new line is the editor's. */
export function formattingOnType(snapshot: Snapshot, offset: number, options: FormattingOptions): TextEdit[] {
  const line = snapshot.lines.lineAt(offset) - 1;
  if (line < 0 || snapshot.inComment(snapshot.lines.lineEnd(line))) return [];
  return formatting(snapshot, options, { start: snapshot.lines.lineStart(line), end: snapshot.lines.lineEnd(line) });
}
