import type { SelectionRange } from 'vscode-languageserver';
import type { Snapshot } from '../analysis/snapshot.js';

/** From the word at an offset outwards through the tree to the whole text. */
export function selectionRange(snapshot: Snapshot, offset: number): SelectionRange {
  const { tree, text } = snapshot;
  const spans: [number, number][] = [[0, text.length]];
  const chain: number[] = [];
  for (let node = tree.nodeAt(offset); node >= 0; node = tree.parent(node)) chain.unshift(node);
  for (const node of chain) add(tree.start(node), tree.end(node));
  const token = tree.tokenAt(offset);
  if (tree.tokenStart(token) <= offset && offset <= tree.tokenEnd(token)) add(tree.tokenStart(token), tree.tokenEnd(token));
  let range: SelectionRange | undefined;
  for (const [start, end] of spans) range = { range: snapshot.span(start, end), parent: range };
  return range!;

  function add(start: number, end: number): void {
    const [outerStart, outerEnd] = spans.at(-1)!;
    if (start < outerStart || end > outerEnd || start > offset || end < offset) return;
    if (start !== outerStart || end !== outerEnd) spans.push([start, end]);
  }
}
