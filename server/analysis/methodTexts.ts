import type { Catalogue, Command } from '#syntaxes/catalogue/types.js';
import { N } from '#syntaxes/tree/kinds.js';
import type { Node } from '#syntaxes/tree/tree.js';
import type { Snapshot } from './snapshot.js';

const methodParameter = /^(method|methodName|errorMethod|eventMethod|formula|statement)$/;
const name = /^[\p{L}_][\p{L}\p{N}_ ]*$/u;
/** Calls a method of another server. */
const WEB_SERVICE_CALL = 778;

const known = new WeakMap<Catalogue, Map<Command, ReadonlySet<number>>>();

/** Where a command takes a method by its name, by the names the manual gives parameters: `ON ERR CALL`, `New process`, `EXECUTE METHOD`. */
function positionsOf(command: Command, catalogue: Catalogue): ReadonlySet<number> {
  let byCommand = known.get(catalogue);
  if (!byCommand) {
    byCommand = new Map();
    known.set(catalogue, byCommand);
  }
  let positions = byCommand.get(command);
  if (!positions) {
    const found = new Set<number>();
    if (command.number !== WEB_SERVICE_CALL)
      for (const signature of command.signatures)
        signature.parameters.forEach((p, i) => {
          if (methodParameter.test(p.name) && p.type.includes('Text')) found.add(i);
        });
    positions = found;
    byCommand.set(command, positions);
  }
  return positions;
}

/** A text literal that names a method to a command: the name and its offsets within the quotes. */
export function methodText(snapshot: Snapshot, node: Node): { name: string; start: number; end: number } | undefined {
  const { tree } = snapshot;
  if (!takesMethod(snapshot, node)) return undefined;
  const text = tree.textOf(node).slice(1, -1);
  if (!name.test(text)) return undefined;
  const start = tree.start(node) + 1;
  return { name: text, start, end: start + text.length };
}

/** Whether a text literal is an argument that is a method's name, whatever it says so far. */
export function takesMethod(snapshot: Snapshot, node: Node): boolean {
  const { tree } = snapshot;
  const list = tree.parent(node);
  if (list < 0 || tree.kind(list) !== N.Arguments) return false;
  const callee = tree.firstChild(tree.parent(list));
  if (tree.kind(callee) !== N.Name) return false;
  const resolved = snapshot.resolve(callee);
  if (resolved.kind !== 'command') return false;
  const positions = positionsOf(resolved.command, snapshot.catalogue);
  if (positions.size === 0) return false;
  let index = 0;
  for (let c = tree.firstChild(list); c >= 0 && c !== node; c = tree.next(c)) index++;
  return positions.has(index);
}
