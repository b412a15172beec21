import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText, suffixToken, typeName } from '#syntaxes/tree/names.js';
import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';
import { initialValue } from './declarator.js';
import { resolveName } from './resolve.js';
import type { Declaration, NameContext } from './types.js';

/**
 * What a file declares: `var`, `property`, parameters and results, the `C_TEXT` family and `ARRAY TEXT` (facts: `language-in-the-wild`,
 * section 4), in the order of the text.
 */
export function declarationsOf(tree: SyntaxTree, context: NameContext): Declaration[] {
  const found: Declaration[] = [];
  for (let node = 0; node < tree.data.nodeCount; node++) {
    switch (tree.kind(node)) {
      case N.Declarator:
        declarator(tree, node, found);
        break;
      case N.Parameter:
      case N.Result:
        signaturePart(tree, node, found);
        break;
      case N.Call:
        directive(tree, node, context, found);
        break;
    }
  }
  return found.sort((a, b) => tree.start(a.node) - tree.start(b.node));
}

/** The File of a method, or the Function or Constructor around a node: where its local names live. */
export function scopeOf(tree: SyntaxTree, node: Node): Node {
  for (let n = node; n > 0; n = tree.parent(n)) {
    const kind = tree.kind(n);
    if (kind === N.Function || kind === N.Constructor) return n;
  }
  return tree.root;
}

/** Whether two spellings name the same local variable. */
export function sameName(a: string, b: string): boolean {
  return fold(a) === fold(b);
}

function declarator(tree: SyntaxTree, node: Node, found: Declaration[]): void {
  const property = tree.kind(tree.parent(node)) === N.Property;
  const type = typeText(tree, node);
  const end = initialValue(tree, node);
  for (let c = tree.firstChild(node); c >= 0 && c !== end; c = tree.next(c)) {
    const kind = tree.kind(c);
    if (kind !== N.Name && kind !== N.Local && kind !== N.Interprocess) break;
    found.push({
      name: nameText(tree, c),
      node: c,
      kind: property ? 'property' : variableKind(tree, c),
      type,
      how: property ? 'property' : 'var',
      scope: property ? tree.root : scopeOf(tree, node),
    });
  }
}

function signaturePart(tree: SyntaxTree, node: Node, found: Declaration[]): void {
  const name = tree.firstChild(node);
  if (name < 0 || tree.kind(name) !== N.Local) return;
  const how = tree.kind(node) === N.Result ? 'result' : 'parameter';
  found.push({ name: nameText(tree, name), node: name, kind: how, type: typeText(tree, node), how, scope: scopeOf(tree, node) });
}

/** `C_TEXT($a; vb)`, `C_TEXT(Method; $1)`, `ARRAY TEXT($names; 0)`. */
function directive(tree: SyntaxTree, node: Node, context: NameContext, found: Declaration[]): void {
  const callee = tree.firstChild(node);
  if (tree.kind(callee) !== N.Name || !maybeDirective(tree, callee)) return;
  const resolved = context.resolve ? context.resolve(callee) : resolveName(tree, callee, context);
  if (resolved.kind !== 'command') return;
  const element = context.catalogue.arrayTypes.get(resolved.command.name);
  const type = resolved.command.declares ?? (element && `${element} array`);
  if (!type) return;
  const list = tree.child(node, 1);
  const args = list < 0 ? [] : tree.children(list);
  const declared = element ? args.slice(0, 1) : args;
  const outside = !element && args.length > 1 && tree.kind(args[0]) === N.Name && args.slice(1).every((a) => isParameter(tree, a));
  for (const argument of outside ? declared.slice(1) : declared) {
    const kind = tree.kind(argument);
    if (kind !== N.Name && kind !== N.Local && kind !== N.Interprocess && kind !== N.ParameterIndex) continue;
    found.push({
      name: kind === N.ParameterIndex ? tree.textOf(argument) : nameText(tree, argument),
      node: argument,
      kind: parameterKind(tree, argument) ?? variableKind(tree, argument),
      type,
      how: element ? 'array' : 'directive',
      scope: scopeOf(tree, node),
      ...(outside ? { ofMethod: nameText(tree, args[0]) } : {}),
    });
  }
}

/** Saves looking up every call: a token is asked anyway, names are few. */
function maybeDirective(tree: SyntaxTree, callee: Node): boolean {
  if (suffixToken(tree, callee) >= 0) return true;
  // `C…`, `A…`, `T…`, `_…`
  const letter = tree.text.charCodeAt(tree.start(callee)) | 32;
  if (letter !== 99 && letter !== 97 && letter !== 116 && letter !== 127) return false;
  return /^(?:_o_)?(?:c_|array |tableau )/i.test(nameText(tree, callee));
}

function isParameter(tree: SyntaxTree, node: Node): boolean {
  return parameterKind(tree, node) !== undefined;
}

/** `$1`, `${2}` are parameters and `$0` the result of the old style. */
function parameterKind(tree: SyntaxTree, node: Node): 'parameter' | 'result' | undefined {
  if (tree.kind(node) === N.ParameterIndex) return 'parameter';
  const match = tree.kind(node) === N.Local ? /^\$(\d+)$/.exec(nameText(tree, node)) : undefined;
  if (!match) return undefined;
  return match[1] === '0' ? 'result' : 'parameter';
}

function variableKind(tree: SyntaxTree, node: Node): 'local' | 'process' | 'interprocess' {
  if (tree.kind(node) === N.Local) return 'local';
  return tree.kind(node) === N.Interprocess ? 'interprocess' : 'process';
}

function typeText(tree: SyntaxTree, node: Node): string | undefined {
  for (let c = tree.firstChild(node); c >= 0; c = tree.next(c)) if (tree.kind(c) === N.Type) return typeName(tree, c);
  return undefined;
}
