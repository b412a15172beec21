import type { InlineValue } from 'vscode-languageserver';
import { N } from '#syntaxes/tree/kinds.js';
import { nameRange, nameText } from '#syntaxes/tree/names.js';
import { scopeAt } from '../analysis/locals.js';
import { roleOf } from '../analysis/roles.js';
import type { Snapshot } from '../analysis/snapshot.js';

/** The variables whose values a stopped debugger shows beside the code: of the function it stands in, up to the line it stands on. */
export function inlineValues(snapshot: Snapshot, from: number, to: number, stoppedAt: number): InlineValue[] {
  const { tree } = snapshot;
  const scope = scopeAt(tree, stoppedAt);
  const last = Math.min(to, snapshot.lines.lineEnd(snapshot.lines.lineAt(stoppedAt)));
  const values: InlineValue[] = [];
  const seen = new Set<string>();
  for (let node = 0; node < tree.data.nodeCount; node++) {
    const kind = tree.kind(node);
    if (kind !== N.Local && kind !== N.Interprocess && kind !== N.Name) continue;
    const { start, end } = nameRange(tree, node);
    if (end <= start || start < from || end > last || scopeAt(tree, start) !== scope) continue;
    if (kind === N.Name && (roleOf(tree, node) !== 'free' || snapshot.resolve(node).kind !== 'variable')) continue;
    const range = snapshot.span(start, end);
    const name = nameText(tree, node);
    const once = `${range.start.line} ${name.toLowerCase()}`;
    if (seen.has(once)) continue;
    seen.add(once);
    values.push({ range, variableName: name, caseSensitiveLookup: false });
  }
  return values;
}
