import type { Constant } from '#syntaxes/catalogue/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { commandUse } from '../analysis/calls.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { matchScore } from './workspaceSymbols.js';

const MANY = 80;

/** Constants that the manual lists for the command whose argument is being written. */
export function wantedConstants(snapshot: Snapshot, offset: number, typed: string): Constant[] {
  const slug = commandSlugAround(snapshot, offset);
  if (!slug) return [];
  const key = fold(typed).replace(/\s+/g, '');
  return snapshot.catalogue.constants
    .filter((c) => !c.deprecated && c.pages.includes(slug))
    .map((c) => ({ c, score: matchScore(fold(c.name).replace(/\s+/g, ''), key) }))
    .filter((m) => m.score > 0)
    .sort((a, b) => b.score - a.score || b.c.uses - a.c.uses)
    .slice(0, MANY)
    .map((m) => m.c);
}

function commandSlugAround(snapshot: Snapshot, offset: number): string | undefined {
  const { tree } = snapshot;
  for (let node = tree.nodeAt(Math.max(0, offset - 1)); node >= 0; node = tree.parent(node)) {
    const kind = tree.kind(node);
    if (kind === N.Block || kind === N.File) return undefined;
    if (kind !== N.Call || offset < tree.tokenEnd(tree.token(node))) continue;
    const callee = tree.firstChild(node);
    const resolved = tree.kind(callee) === N.Name ? snapshot.resolve(callee) : undefined;
    return resolved?.kind === 'command' ? commandUse(tree, callee, resolved).command.slug : undefined;
  }
  return undefined;
}
