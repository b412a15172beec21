import type { SourceFile } from '#syntaxes/project/types.js';
import { compact } from '#syntaxes/text/compact.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText, typeName } from '#syntaxes/tree/names.js';
import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';
import { interprocessKey, type Key, methodKey, parameterKey } from './keys.js';
import type { FileFacts, MemberFacts } from './projectIndex.js';
import type { Snapshot } from './snapshot.js';

type ForOthers = Pick<FileFacts, 'members' | 'superclass' | 'result' | 'declared'>;

/**
 * What a file declares that gives expressions in other files their type: members of a class, what a method gives, variables of the
 * process, and parameters of other methods (compiler methods).
 */
export function declarationsForOthers(snapshot: Snapshot, source: SourceFile | undefined): ForOthers {
  const declared = declaredForOthers(snapshot);
  return { ...(declared.size > 0 ? { declared } : {}), ...ofKind(snapshot, source) };
}

function declaredForOthers(snapshot: Snapshot): ReadonlyMap<Key, string> {
  const found = new Map<Key, string>();
  for (const { name, kind, type, ofMethod } of snapshot.declarations) {
    if (!type) continue;
    if (ofMethod !== undefined) found.set(parameterKey(ofMethod, name), compact(type));
    else if (kind === 'process') found.set(methodKey(name), compact(type));
    else if (kind === 'interprocess') found.set(interprocessKey(name), compact(type));
  }
  return found;
}

function ofKind(snapshot: Snapshot, source: SourceFile | undefined): ForOthers {
  if (source?.kind === 'method') {
    const result = methodResult(snapshot);
    return result ? { result } : {};
  }
  if (source?.kind !== 'class') return {};
  const { tree } = snapshot;
  const members = new Map<string, MemberFacts>();
  let superclass: string | undefined;
  const add = (name: Node, kind: MemberFacts['kind'], type: string | undefined): void => {
    const label = nameText(tree, name);
    const known = members.get(fold(label));
    // a setter says nothing about the type that its getter has not said
    if (label && !(known?.type && !type)) members.set(compact(fold(label)), { name: compact(label), kind, ...(type ? { type } : {}) });
  };
  for (const child of tree.children(tree.root)) {
    switch (tree.kind(child)) {
      case N.ClassExtends:
        superclass = compact(nameText(tree, tree.firstChild(child)));
        break;
      case N.Function: {
        const name = tree.firstChild(child);
        const computed = /\b(get|set|query|orderBy|event)\s+\S+$/i.test(snapshot.text.slice(tree.start(child), tree.end(name)));
        add(name, computed ? 'property' : 'function', resultOf(snapshot, child));
        break;
      }
      case N.Property:
        for (const declarator of tree.children(child))
          for (const name of tree.children(declarator))
            if (tree.kind(name) === N.Name && snapshot.isDeclaring(name)) add(name, 'property', typeIn(tree, declarator));
        break;
      case N.Alias:
        add(tree.firstChild(child), 'property', undefined);
        break;
      default:
        break;
    }
  }
  return { members, ...(superclass ? { superclass } : {}) };
}

function methodResult(snapshot: Snapshot): string | undefined {
  const { tree } = snapshot;
  for (const child of tree.children(tree.root)) if (tree.kind(child) === N.Declare) return resultOf(snapshot, child);
  return snapshot.declarations.find((d) => d.kind === 'result' && d.name === '$0' && d.ofMethod === undefined)?.type;
}

function resultOf({ tree }: Snapshot, node: Node): string | undefined {
  const result = tree.children(node).find((c) => tree.kind(c) === N.Result);
  return result === undefined ? undefined : typeIn(tree, result);
}

function typeIn(tree: SyntaxTree, node: Node): string | undefined {
  const type = tree.children(node).find((c) => tree.kind(c) === N.Type);
  return type === undefined ? undefined : compact(typeName(tree, type));
}
