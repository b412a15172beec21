import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { guardOf } from '../analysis/guards.js';
import { bare, commandNumber } from '../analysis/literals.js';
import { Use } from '../analysis/projectIndex.js';
import { isDynamic, isWebEntry, otherWriters, reachOf, speaksWeb } from '../analysis/reach.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { usesOf } from '../analysis/uses.js';
import { knownMode, modePlace, modeRelated, number, weigh } from './mode.js';
import type { Related, Rule } from './rule.js';

/**
 * A process variable that carries something from one web request to the next, where each request has a process of its own (facts:
 * `web-sessions` sections 1 and 13). Two shapes are certain: the classic test whether the session is a new one, and a variable that a web
 * entry point reads, that nothing it runs ever touches, and that another web entry point sets.
 */
export const sessionStateInProcess: Rule = {
  code: 'session-state-in-process',
  severity: 'warning',
  aboutSessions: true,
  *check(snapshot) {
    const mode = knownMode(snapshot);
    const { view, source, tree } = snapshot;
    if (mode?.value !== 'scalable' || !view?.indexed || !source) return;
    const place = modePlace(mode);
    const probably = mode.confidence === 'certain' ? { en: '', es: '' } : { en: 'probably ', es: 'probablemente ' };
    for (const { node, name, others } of carried(snapshot)) {
      const guard = guardOf(snapshot, node);
      if (guard === 'sessionNull' || guard === 'tested') continue;
      const related: Related[] = others.slice(0, 3).map((path) => ({
        file: path,
        span: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        message: { en: `This web request sets \`${name}\`.`, es: `Esta petición web asigna \`${name}\`.` },
      }));
      const why =
        others.length > 0
          ? {
              en: `\`${name}\` is set by another web request, and is ${probably.en}empty here: `,
              es: `\`${name}\` la asigna otra petición web, y aquí está ${probably.es}vacía: `,
            }
          : {
              en: `\`${name}\` ${probably.en}never remembers the session: `,
              es: `\`${name}\` ${probably.es}nunca recuerda la sesión: `,
            };
      yield {
        start: tree.start(node),
        end: tree.end(node),
        message: {
          en: `${why.en}each request runs in a process of its own${place.en}, and process variables do not go from one to the next. Keep it in \`Session.storage\`.`,
          es: `${why.es}cada petición se ejecuta en su propio proceso${place.es}, y las variables de proceso no pasan de una a otra. Guárdelo en \`Session.storage\`.`,
        },
        severity: weigh(mode, 'warning'),
        related: [...related, ...modeRelated(mode)],
      };
    }
  },
};

interface Carried {
  readonly node: Node;
  readonly name: string;
  /** Web entry points that set it; empty for the test of a new session. */
  readonly others: readonly string[];
}

function carried(snapshot: Snapshot): Carried[] {
  const { tree, view, source } = snapshot;
  const found = new Map<string, Carried>();
  for (const use of snapshot.usesOf(number.getCurrentSessionId)) {
    const parent = tree.parent(use.call);
    if (tree.kind(parent) !== N.Binary || !/^[=#]$/.test(tree.tokenText(tree.token(parent)))) continue;
    const other = tree.children(parent).find((c) => c !== use.call);
    if (other === undefined) continue;
    const node = bare(snapshot, other);
    if (tree.kind(node) === N.Name && snapshot.resolve(node).kind === 'variable' && commandNumber(snapshot, node) === undefined)
      found.set(snapshot.key(node)!, { node, name: nameText(tree, node), others: [] });
  }
  if (!view || !source || !isWebEntry(view, source.path)) return [...found.values()];
  const plain = plainReads(snapshot);
  if (plain.size === 0) return [...found.values()];
  const reach = reachOf(view, [source.path]);
  if (isDynamic(view, reach) || !speaksWeb(view, reach)) return [...found.values()];
  for (const [key, node] of plain) {
    if (found.has(key)) continue;
    const elsewhere = view.index.occurrences([key]);
    // whatever else this request runs may set it through a pointer or an output parameter
    if (elsewhere.some((o) => o.path !== source.path && reach.has(o.path) && !(o.uses & Use.Definition))) continue;
    if (!elsewhere.some((o) => o.uses & Use.Write)) continue;
    const name = nameText(tree, node);
    const others = otherWriters(view, name, reach);
    if (others.length > 0) found.set(key, { node, name, others });
  }
  return [...found.values()].sort((a, b) => tree.start(a.node) - tree.start(b.node));
}

/** Process variables whose every occurrence in the text is a read of their value, with their first one. */
function plainReads(snapshot: Snapshot): Map<string, Node> {
  const { tree } = snapshot;
  const reads = new Map<string, Node>();
  const others = new Set<string>();
  for (let node = 0; node < tree.data.nodeCount; node++) {
    if (tree.kind(node) !== N.Name) continue;
    const key = snapshot.key(node);
    if (!key?.startsWith('n:') || snapshot.resolve(node).kind !== 'variable') continue;
    // 4D itself sets these
    if (snapshot.catalogue.systemVariableByName(nameText(tree, node))) continue;
    if (usesOf(tree, node) !== 0 || !isValue(tree.kind(tree.parent(node)))) others.add(key);
    else if (!reads.has(key) || tree.start(node) < tree.start(reads.get(key)!)) reads.set(key, node);
  }
  for (const key of others) reads.delete(key);
  return reads;
}

/** Where only the value counts: not an argument (it may be written to), not a subscripted array, not the target of `->`. */
function isValue(parent: N): boolean {
  return (
    parent === N.Binary ||
    parent === N.Unary ||
    parent === N.If ||
    parent === N.Case ||
    parent === N.Assignment ||
    parent === N.Parenthesized
  );
}
