import type { ProjectIndex } from '../analysis/projectIndex.js';
import type { Snapshot } from '../analysis/snapshot.js';

type Named = { readonly name: string; readonly frenchNames: readonly string[] };

const french = new WeakMap<ProjectIndex, Partial<Record<'command' | 'constant', boolean>>>();

/**
 * The name under which a project writes a command or a constant. A 4D that runs in French shows them by their French names, and the token
 * keeps the meaning: `Sur clic:K2:4`. A project that writes one of them so gets all that are known.
 */
export function nameHere(snapshot: Snapshot, kind: 'command' | 'constant', item: Named): string {
  return item.frenchNames.length > 0 && writesFrench(snapshot, kind) ? item.frenchNames[0] : item.name;
}

function writesFrench({ view, catalogue }: Snapshot, kind: 'command' | 'constant'): boolean {
  if (!view?.indexed) return false;
  const known = french.get(view.index) ?? {};
  french.set(view.index, known);
  if (known[kind] === undefined) {
    const look = kind === 'command' ? catalogue.commandByName.bind(catalogue) : catalogue.constantByName.bind(catalogue);
    known[kind] = [...view.index.keysOf(kind === 'command' ? 'c:' : 'k:')].some((k) => look(k.spelling)?.kind === 'french');
  }
  return known[kind];
}
