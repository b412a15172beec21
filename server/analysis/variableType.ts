import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { interprocessKey, methodKey, parameterKey } from './keys.js';
import type { Snapshot } from './snapshot.js';

/** The type a process or interprocess variable is declared with: in the text, else anywhere in the project. */
export function variableType(snapshot: Snapshot, node: Node): string | undefined {
  const name = nameText(snapshot.tree, node);
  const key = snapshot.tree.kind(node) === N.Interprocess ? interprocessKey(name) : methodKey(name);
  return snapshot.declaredType(name) ?? snapshot.view?.index.declaredType(key);
}

/** The type that a compiler method declares for a parameter or the result of a method: `C_TEXT(Method; $1)`. */
export function parameterType({ view }: Snapshot, method: string, name: string): string | undefined {
  return view?.index.declaredType(parameterKey(method, name));
}
