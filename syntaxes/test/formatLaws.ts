import { parse } from '../parser/parse.js';
import { applyEdits, type FormatOptions, formatEdits } from '../printer/format.js';
import { fold } from '../text/fold.js';
import { LineIndex } from '../tree/lineIndex.js';
import type { SyntaxTree } from '../tree/tree.js';

/**
 * What formatting must leave as it is: each token, the case of keywords aside, and each comment on its line, and the mistakes. And its
 * result must be formatted. Gives what is violated, in words; empty when all holds.
 */
export function formatViolations(tree: SyntaxTree, options: FormatOptions = {}): string[] {
  const formatted = parse(applyEdits(tree.text, formatEdits(tree, options)));
  const found: string[] = [];
  const before = partsOf(tree);
  const after = partsOf(formatted);
  const at = before.findIndex((part, i) => part !== after[i]);
  if (at >= 0 || before.length !== after.length) found.push(`formatting makes ${after[at] ?? 'nothing'} of ${before[at] ?? 'nothing'}`);
  const mistakes = tree.errors.map((e) => e.code).join();
  const left = formatted.errors.map((e) => e.code).join();
  if (mistakes !== left) found.push(`formatting makes the mistakes “${left}” of “${mistakes}”`);
  const [edit] = formatEdits(formatted, options);
  if (edit) found.push(`formatted text is not formatted at ${edit.start}`);
  return found;
}

/** Tokens and comments, each with its line and kind. Blanks at the end of a comment may go. */
function partsOf(tree: SyntaxTree): string[] {
  const { text, data } = tree;
  const lines = new LineIndex(text);
  const parts: string[] = [];
  for (let i = 0; i < data.tokenCount; i++) {
    const { tokenStart, tokenEnd, tokenKind } = data;
    parts.push(`${lines.lineAt(tokenStart[i]) + 1}: ${tokenKind[i]} ${fold(text.slice(tokenStart[i], tokenEnd[i]))}`);
  }
  for (let i = 0; i < data.comments.length; i += 3)
    parts.push(`${lines.lineAt(data.comments[i]) + 1}: ${text.slice(data.comments[i], data.comments[i + 1]).trimEnd()}`);
  return parts;
}
