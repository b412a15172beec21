import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { bare, commandNumber, isNot, isNull, numberValue } from './literals.js';
import { LEGACY_SELECTOR, SCALABLE_SELECTOR } from './sessionEvidence.js';
import type { Snapshot } from './snapshot.js';

const SESSION = 1714;
const WEB_GET_OPTION = 1209;

/** What the conditions around a node say about the session mode while it runs. */
export type Guard =
  /** `Session` is Null here: legacy sessions or none. */
  | 'sessionNull'
  /** There is a `Session` object here. */
  | 'sessionPresent'
  /** The mode is tested in a way that is not followed further. */
  | 'tested';

/** A test of the mode: what it says where it holds, and where it does not. */
interface Test {
  readonly holds: Guard;
  readonly fails: Guard;
}

/** The guard a node stands under: the nearest test of the session mode among the conditions around it and the early returns before it. */
export function guardOf(snapshot: Snapshot, node: Node): Guard | undefined {
  const { tree } = snapshot;
  for (let child = node, up = tree.parent(node); up >= 0; child = up, up = tree.parent(up)) {
    const guard = guardFrom(snapshot, up, child);
    if (guard) return guard;
  }
  return undefined;
}

function guardFrom(snapshot: Snapshot, up: Node, child: Node): Guard | undefined {
  const { tree } = snapshot;
  switch (tree.kind(up)) {
    case N.If:
    case N.Ternary: {
      const condition = tree.firstChild(up);
      if (child === condition) return undefined;
      const test = testOf(snapshot, condition);
      if (!test) return undefined;
      return child === tree.child(up, 1) ? test.holds : test.fails;
    }
    case N.While:
    case N.Case: {
      const condition = tree.firstChild(up);
      return child === condition ? undefined : testOf(snapshot, condition)?.holds;
    }
    case N.CaseOf: {
      // a later case runs where the earlier ones did not hold
      let guard: Guard | undefined;
      for (let c = tree.firstChild(up); c >= 0 && c !== child; c = tree.next(c))
        if (tree.kind(c) === N.Case) guard = testOf(snapshot, tree.firstChild(c))?.fails ?? guard;
      return guard;
    }
    case N.Binary: {
      // `(Session#Null) && (Session.storage…)`
      const operator = tree.tokenText(tree.token(up));
      if (child !== tree.child(up, 1) || !/^(&&|\|\|)$/.test(operator)) return undefined;
      const test = testOf(snapshot, tree.firstChild(up));
      return operator === '&&' ? test?.holds : test?.fails;
    }
    case N.Block:
    case N.File:
    case N.Function:
    case N.Constructor: {
      return lastBefore(earlyReturns(snapshot, up), tree.start(child))?.guard;
    }
    default:
      return undefined;
  }
}

interface EarlyReturn {
  readonly start: number;
  readonly guard: Guard;
}

/** The last of the early returns that begins before an offset; they are in text order. */
function lastBefore(found: readonly EarlyReturn[], offset: number): EarlyReturn | undefined {
  let low = 0;
  for (let high = found.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (found[middle].start < offset) low = middle + 1;
    else high = middle;
  }
  return found[low - 1];
}

const known = new WeakMap<Snapshot, Map<Node, readonly EarlyReturn[]>>();

/** The statements of a list behind which a guard holds, in their order; looked for once. */
function earlyReturns(snapshot: Snapshot, list: Node): readonly EarlyReturn[] {
  const { tree } = snapshot;
  const lists = known.get(snapshot) ?? new Map<Node, readonly EarlyReturn[]>();
  known.set(snapshot, lists);
  let found = lists.get(list);
  if (!found) {
    found = tree.children(list).flatMap((c) => {
      const guard = afterReturn(snapshot, c);
      return guard ? [{ start: tree.start(c), guard }] : [];
    });
    lists.set(list, found);
  }
  return found;
}

/** `If (Session=Null) … return … End if`: what follows runs only where the test fails. */
function afterReturn(snapshot: Snapshot, statement: Node): Guard | undefined {
  const { tree } = snapshot;
  if (tree.kind(statement) !== N.If || tree.child(statement, 2) >= 0) return undefined;
  const body = tree.children(tree.child(statement, 1));
  const last = body.at(-1);
  return last !== undefined && tree.kind(last) === N.Return ? testOf(snapshot, tree.firstChild(statement))?.fails : undefined;
}

function testOf(snapshot: Snapshot, condition: Node): Test | undefined {
  const { tree } = snapshot;
  const node = bare(snapshot, condition);
  if (node < 0) return undefined;
  if (isNot(snapshot, node)) {
    const inner = tree.child(tree.child(node, 1), 0);
    const test = inner < 0 ? undefined : testOf(snapshot, inner);
    return test && { holds: test.fails, fails: test.holds };
  }
  if (tree.kind(node) === N.Binary) {
    const operator = tree.tokenText(tree.token(node));
    const [left, right] = tree.children(node);
    const about = (a: Node, b: Node): boolean => commandNumber(snapshot, a) === SESSION && isNull(snapshot, b);
    if (about(left, right) || about(right, left)) {
      if (operator === '=') return { holds: 'sessionNull', fails: 'sessionPresent' };
      if (operator === '#') return { holds: 'sessionPresent', fails: 'sessionNull' };
    }
    if (operator === '&' || operator === '&&') {
      const test = testOf(snapshot, left) ?? testOf(snapshot, right);
      return test && { holds: test.holds, fails: 'tested' };
    }
    if (operator === '|' || operator === '||') {
      const test = testOf(snapshot, left) ?? testOf(snapshot, right);
      return test && { holds: 'tested', fails: test.fails };
    }
  }
  return speaksOfMode(snapshot, node) ? { holds: 'tested', fails: 'tested' } : undefined;
}

/** `.scalableSession`, `.keepSession`, or a local that `WEB GET OPTION` filled with one of the two options. */
function speaksOfMode(snapshot: Snapshot, condition: Node): boolean {
  const { tree } = snapshot;
  const stack = [condition];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const kind = tree.kind(node);
    if (kind === N.Member && /^(scalablesession|keepsession)$/.test(fold(nameText(tree, tree.child(node, 1))))) return true;
    if ((kind === N.Local || kind === N.Name) && modeVariables(snapshot).has(fold(nameText(tree, node)))) return true;
    if (kind === N.Name && commandNumber(snapshot, node) === SESSION && isCompared(snapshot, node)) return true;
    for (let c = tree.firstChild(node); c >= 0; c = tree.next(c)) stack.push(c);
  }
  return false;
}

/** `Session` itself is compared or passed on, not one of its members. */
function isCompared(snapshot: Snapshot, node: Node): boolean {
  const parent = snapshot.tree.parent(node);
  return parent < 0 || snapshot.tree.kind(parent) !== N.Member;
}

const asked = new WeakMap<Snapshot, ReadonlySet<string>>();

function modeVariables(snapshot: Snapshot): ReadonlySet<string> {
  const { tree } = snapshot;
  const found = asked.get(snapshot);
  if (found) return found;
  const names = new Set<string>();
  asked.set(snapshot, names);
  for (const use of snapshot.usesOf(WEB_GET_OPTION)) {
    const selector = use.args.length > 1 ? numberValue(snapshot, use.args[0]) : undefined;
    if (selector === LEGACY_SELECTOR || selector === SCALABLE_SELECTOR) names.add(fold(nameText(tree, use.args[1])));
  }
  return names;
}
