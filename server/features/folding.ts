import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import { N } from '#syntaxes/tree/kinds.js';
import type { Snapshot } from '../analysis/snapshot.js';

const withBlock = new Set([N.If, N.Else, N.Case, N.While, N.Repeat, N.For, N.ForEach, N.Use, N.Try, N.Catch, N.Function, N.Constructor]);
const whole = new Set([N.CaseOf, N.Sql, N.ObjectLiteral, N.CollectionLiteral]);

/** Blocks, comments, `#region`s and the stretches between `MARK:` comments. The line that ends a block stays in sight. */
export function foldingRanges(snapshot: Snapshot): FoldingRange[] {
  const { tree, lines } = snapshot;
  const ranges: FoldingRange[] = [];
  const seen = new Set<number>();
  const add = (startLine: number, endLine: number, kind?: FoldingRange['kind']): void => {
    if (endLine <= startLine || seen.has(startLine)) return;
    seen.add(startLine);
    ranges.push(kind ? { startLine, endLine, kind } : { startLine, endLine });
  };
  for (let node = 0; node < tree.data.nodeCount; node++) {
    const kind = tree.kind(node);
    const start = lines.lineAt(tree.start(node));
    if (whole.has(kind)) add(start, lines.lineAt(tree.end(node)) - 1);
    else if (withBlock.has(kind)) {
      for (let c = tree.firstChild(node); c >= 0; c = tree.next(c))
        if (tree.kind(c) === N.Block && tree.end(c) > tree.start(c)) add(start, lines.lineAt(Math.max(tree.start(c), tree.end(c) - 1)));
    }
  }
  foldComments(snapshot, add);
  return ranges.sort((a, b) => a.startLine - b.startLine);
}

function foldComments(snapshot: Snapshot, add: (start: number, end: number, kind?: FoldingRange['kind']) => void): void {
  const { tree, lines, text } = snapshot;
  let runStart = -1;
  let runEnd = -2;
  const flush = (): void => {
    if (runStart >= 0) add(runStart, runEnd, FoldingRangeKind.Comment);
    runStart = -1;
  };
  const regions: number[] = [];
  let mark = -1;
  for (const { start, end, block } of tree.comments()) {
    const line = lines.lineAt(start);
    const comment = text.slice(start, end);
    if (block) add(line, lines.lineAt(end), FoldingRangeKind.Comment);
    if (/^\/\/\s*#?region\b/i.test(comment)) regions.push(line);
    else if (/^\/\/\s*#?end\s?region\b/i.test(comment) && regions.length > 0) add(regions.pop()!, line, FoldingRangeKind.Region);
    else if (/^\/\/\s*MARK:/i.test(comment)) {
      if (mark >= 0) add(mark, line - 1, FoldingRangeKind.Region);
      mark = line;
    } else if (!block && text.slice(lines.lineStart(line), start).trim() === '') {
      if (line !== runEnd + 1) {
        flush();
        runStart = line;
      }
      runEnd = line;
      continue;
    }
    flush();
    runEnd = -2;
  }
  flush();
  if (mark >= 0) add(mark, lines.lineCount - 1, FoldingRangeKind.Region);
}
