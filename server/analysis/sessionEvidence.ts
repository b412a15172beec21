import type { SourceFile } from '#syntaxes/project/types.js';
import { compact } from '#syntaxes/text/compact.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { argumentsOf, type CommandUse } from './calls.js';
import type { CodeEvidence } from './evidence.js';
import { booleanLiteral, numberValue, pairKey, textValue } from './literals.js';
import { scopeAt } from './locals.js';
import type { Snapshot } from './snapshot.js';

export const WEB_SET_OPTION = 1210;
/** Selectors of `WEB SET OPTION` that choose the session mode (facts: `web-sessions`, section 5.1). */
export const LEGACY_SELECTOR = 70;
export const SCALABLE_SELECTOR = 90;
const NEW_OBJECT = 1471;

/** All places of a text that set a session option. */
export function sessionEvidence(snapshot: Snapshot, path: string, source: SourceFile | undefined): CodeEvidence[] {
  const found: CodeEvidence[] = [];
  const add = (node: Node, by: CodeEvidence['by'], option: CodeEvidence['option'], value: boolean | undefined): void => {
    const start = snapshot.tree.start(node);
    const end = snapshot.tree.end(node);
    const text = snapshot.text.slice(start, end).replace(/\s+/g, ' ');
    found.push({
      path,
      start,
      end,
      span: snapshot.lines.span(start, end),
      by,
      option,
      value,
      always: isStartup(source) && isUnconditional(snapshot, node),
      text: compact(text.length > 100 ? `${text.slice(0, 99)}…` : text),
    });
  };
  if (/\bWEB\b/i.test(snapshot.text) || /:C1210\b/.test(snapshot.text)) for (const use of snapshot.usesOf(WEB_SET_OPTION)) option(use);
  if (/(scalableSession|keepSession)/i.test(snapshot.text)) starts();
  return found;

  function option(use: CommandUse): void {
    if (use.args.length < 2) return;
    const selector = numberValue(snapshot, use.args[0]);
    if (selector === LEGACY_SELECTOR || selector === SCALABLE_SELECTOR) {
      const value = numberValue(snapshot, use.args[1]);
      add(use.call, 'option', selector === LEGACY_SELECTOR ? 'legacy' : 'scalable', value === undefined ? undefined : value !== 0);
    } else if (selector === undefined && !isConstant(snapshot, use.args[0])) add(use.call, 'option', undefined, undefined);
  }

  function starts(): void {
    const { tree } = snapshot;
    for (let node = 0; node < tree.data.nodeCount; node++) {
      if (tree.kind(node) !== N.Call) continue;
      const callee = tree.firstChild(node);
      if (callee < 0 || tree.kind(callee) !== N.Member || fold(nameText(tree, tree.child(callee, 1))) !== 'start') continue;
      const [settings] = argumentsOf(tree, node);
      if (settings === undefined) continue;
      for (const [name, value, at] of settingsOf(snapshot, settings)) {
        const key = fold(name);
        if (key === 'scalablesession' || key === 'keepsession')
          add(at, 'start', key === 'keepsession' ? 'legacy' : 'scalable', value < 0 ? undefined : switchValue(snapshot, value));
      }
    }
  }
}

/** Members of an object literal, of `New object(…)`, or of a local built in the same method. `[name, value node, place]`. */
function settingsOf(snapshot: Snapshot, node: Node): [string, Node, Node][] {
  const { tree } = snapshot;
  const kind = tree.kind(node);
  if (kind === N.ObjectLiteral)
    return tree
      .children(node)
      .filter(isPair)
      .map((pair) => [pairKey(snapshot, pair), tree.child(pair, 1), pair]);
  if (kind === N.Call) {
    const callee = tree.firstChild(node);
    const resolved = tree.kind(callee) === N.Name ? snapshot.resolve(callee) : undefined;
    if (resolved?.kind !== 'command' || resolved.command.number !== NEW_OBJECT) return [];
    const args = argumentsOf(tree, node);
    const list: [string, Node, Node][] = [];
    for (let i = 0; i + 1 < args.length; i += 2) list.push([textValue(snapshot, args[i]) ?? '', args[i + 1], args[i]]);
    return list;
  }
  if (kind === N.Local) {
    const variable = snapshot.locals.of(node);
    return (variable?.occurrences ?? []).flatMap((use) => assigned(use, node));
  }
  return [];

  function isPair(child: Node): boolean {
    return tree.kind(child) === N.Pair;
  }

  function assigned(use: Node, local: Node): [string, Node, Node][] {
    const parent = tree.parent(use);
    if (parent < 0 || use === local || scopeAt(tree, tree.start(use)) !== scopeAt(tree, tree.start(local))) return [];
    if (tree.kind(parent) === N.Assignment && tree.firstChild(parent) === use) {
      const value = tree.child(parent, 1);
      return tree.kind(value) === N.Local ? [] : settingsOf(snapshot, value);
    }
    const grand = tree.parent(parent);
    if (tree.kind(parent) === N.Member && grand >= 0 && tree.kind(grand) === N.Assignment && tree.firstChild(grand) === parent)
      return [[nameText(tree, tree.child(parent, 1)), tree.child(grand, 1), grand]];
    return [];
  }
}

function switchValue(snapshot: Snapshot, node: Node): boolean | undefined {
  const literal = booleanLiteral(snapshot, node);
  if (literal !== undefined) return literal;
  const number = numberValue(snapshot, node);
  return number === undefined ? undefined : number !== 0;
}

export function isConstant(snapshot: Snapshot, node: Node): boolean {
  return snapshot.tree.kind(node) === N.Name && snapshot.resolve(node).kind === 'constant';
}

function isStartup(source: SourceFile | undefined): boolean {
  return source?.kind === 'databaseMethod' && /^(onStartup|onServerStartup)$/i.test(source.name);
}

const conditional = new Set([N.If, N.CaseOf, N.While, N.Repeat, N.For, N.ForEach, N.Try, N.Ternary, N.Function, N.Constructor]);

function isUnconditional(snapshot: Snapshot, node: Node): boolean {
  for (let up = snapshot.tree.parent(node); up > 0; up = snapshot.tree.parent(up))
    if (conditional.has(snapshot.tree.kind(up))) return false;
  return true;
}
