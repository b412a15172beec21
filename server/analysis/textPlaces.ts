import { compact } from '#syntaxes/text/compact.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText } from '#syntaxes/tree/names.js';
import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';
import { type Key, memberKey, methodKey } from './keys.js';
import type { Snapshot } from './snapshot.js';

/**
 * Where a text literal stands, the same for all places whose texts mean the same: what it is compared with or assigned to (the key of a
 * variable, field, member or command), the argument of a method or function it is (`n:send 1`, `m:show 2`, the number from 1), or the kind
 * of thing it names to a command (`a:object`, `a:812 varName`).
 */
export type TextPlace = Key;

/** Longer texts are no names that anyone would choose from a list. */
const LONGEST = 60;

/** Parameters of 4D's commands that name things: texts given to them elsewhere are names to choose from, unlike messages and contents. */
const naming =
  /^(name|action|codec|charSet|encoding|dataType|fieldArray|font|group|header|languageCode|metaName|mimeType|option|relativePath|selector|tag|theme|type|user|xPath|attribName|attributePath|listName|menuBar|semaphore|\w+Name)$/;
/** Names of one kind that many commands take. */
const kinds: readonly (readonly [string, RegExp])[] = [
  ['a:object', /^(object|objectName|formObjectName|subformObject|subformName|boundTo)$/],
  ['a:form', /^(form|formName|userForm|detailSubform|listSubform)$/],
  ['a:set', /^(set|set1|set2|resultSet|setName|srcSet|dstSet)$/],
  ['a:list', /^(list|listName)$/],
  ['a:text', /^resName$/],
];
export const objectPlace: TextPlace = 'a:object';
export const formPlace: TextPlace = 'a:form';

/** `New object`, `New shared object`; `OB SET`, whose names are one argument later. */
const objectMakers: ReadonlyMap<number, 0 | 1> = new Map([
  [1471, 0],
  [1526, 0],
  [1220, 1],
]);

/** Whether a literal's text, without its quotes, is one to choose again. */
export function isChoice(text: string): boolean {
  return text !== '' && text.length <= LONGEST && !/[\r\n\\]/.test(text);
}

/** The place of a String node; undefined where its text has no company. Of a local variable the place is only good in the same text. */
export function textPlace(snapshot: Snapshot, node: Node): TextPlace | undefined {
  const { tree } = snapshot;
  const parent = tree.parent(node);
  if (parent < 0) return undefined;
  switch (tree.kind(parent)) {
    case N.Binary: {
      if (!/^[=#]$/.test(tree.tokenText(tree.token(parent)))) return undefined;
      const left = tree.firstChild(parent);
      return valuePlace(snapshot, left === node ? tree.child(parent, 1) : left);
    }
    case N.Assignment:
    case N.AssignmentArgument:
      if (tree.firstChild(parent) === node || tree.tokenText(tree.token(parent)) !== ':=') return undefined;
      return valuePlace(snapshot, tree.firstChild(parent));
    case N.Pair:
      return tree.firstChild(parent) === node ? undefined : memberKey(keyName(tree, tree.firstChild(parent)));
    case N.Arguments:
      return argumentPlace(snapshot, parent, node);
    default:
      return undefined;
  }
}

/** Adds a literal's place and text to a list, where other files may share the place. */
export function addText(snapshot: Snapshot, node: Node, found: string[]): void {
  const text = snapshot.tree.textOf(node).slice(1, -1);
  if (!isChoice(text)) return;
  const place = textPlace(snapshot, node);
  if (place !== undefined && !place.startsWith('$')) found.push(compact(place), compact(text));
}

/** Texts that stand at a place in a snapshot, those that are wanted, each once, without the literal that is being written. */
export function textsAt(snapshot: Snapshot, place: TextPlace, except: Node, wanted: (text: string) => boolean): string[] {
  const { tree } = snapshot;
  const found = new Set<string>();
  for (let node = 0; node < tree.data.nodeCount; node++) {
    if (tree.kind(node) !== N.String || node === except) continue;
    const text = tree.textOf(node).slice(1, -1);
    if (isChoice(text) && !found.has(text) && wanted(text) && textPlace(snapshot, node) === place) found.add(text);
  }
  return [...found];
}

/** What a text is a value of. */
function valuePlace(snapshot: Snapshot, node: Node): TextPlace | undefined {
  const { tree } = snapshot;
  switch (tree.kind(node)) {
    case N.Local:
      return localPlace(snapshot, node);
    case N.Parenthesized:
    case N.Element:
    case N.Unary:
      return valuePlace(snapshot, tree.firstChild(node));
    case N.Member:
      return memberKey(nameText(tree, tree.child(node, 1)));
    case N.Index: {
      const index = tree.child(node, 1);
      return tree.kind(index) === N.String ? memberKey(keyName(tree, index)) : undefined;
    }
    case N.Field:
      return snapshot.key(tree.child(node, 1));
    case N.Name:
    case N.Interprocess:
      return snapshot.key(node);
    case N.Call: {
      const key = tree.kind(tree.firstChild(node)) === N.Name ? snapshot.key(tree.firstChild(node)) : undefined;
      return key?.startsWith('n:') ? key : undefined;
    }
    default:
      return undefined;
  }
}

/** A parameter takes what its method is called with; any other local belongs to its scope alone. */
function localPlace(snapshot: Snapshot, node: Node): TextPlace | undefined {
  const variable = snapshot.locals.of(node);
  if (!variable) return undefined;
  const { tree, source } = snapshot;
  if (variable.kind === 'parameter') {
    const number = /^\$\d+$/.test(variable.name) ? Number(variable.name.slice(1)) : parameterNumber(tree, variable.declaration);
    const { scope } = variable;
    if (number > 0 && tree.kind(scope) === N.Function) return `${memberKey(nameText(tree, tree.firstChild(scope)))} ${number}`;
    if (number > 0 && scope === tree.root && source?.kind === 'method') return `${methodKey(source.name)} ${number}`;
  }
  return `$${variable.scope} ${fold(variable.name)}`;
}

function parameterNumber(tree: SyntaxTree, name: Node): number {
  const parameter = tree.parent(name);
  if (parameter < 0 || tree.kind(parameter) !== N.Parameter) return 0;
  return tree.children(tree.parent(parameter)).indexOf(parameter) + 1;
}

function argumentPlace(snapshot: Snapshot, list: Node, node: Node): TextPlace | undefined {
  const { tree } = snapshot;
  const callee = tree.firstChild(tree.parent(list));
  if (tree.kind(callee) === N.Member) {
    const name = nameText(tree, tree.child(callee, 1));
    // what 4D's own functions take is described, or is a value of any kind
    return snapshot.catalogue.classesWithMember(name).length > 0 ? undefined : `${memberKey(name)} ${numberOf(tree, list, node)}`;
  }
  if (tree.kind(callee) !== N.Name) return undefined;
  const resolved = snapshot.resolve(callee);
  if (resolved.kind !== 'command') {
    if (resolved.kind === 'constant') return undefined;
    return `${methodKey(resolved.kind === 'method' ? resolved.file.name : nameText(tree, callee))} ${numberOf(tree, list, node)}`;
  }
  const { number, signatures } = resolved.command;
  const first = objectMakers.get(number ?? 0);
  if (first !== undefined) {
    const at = numberOf(tree, list, node) - 1;
    const key = tree.child(list, at - 1);
    return at > first && (at - first) % 2 === 1 && tree.kind(key) === N.String ? memberKey(keyName(tree, key)) : undefined;
  }
  // tables and asterisks come and go: what remains is counted
  let place = 0;
  for (let c = tree.firstChild(list); c >= 0 && c !== node; c = tree.next(c))
    if (tree.kind(c) !== N.Table && tree.kind(c) !== N.OperatorArgument) place++;
  for (const { parameters } of signatures) {
    const parameter = parameters.filter((p) => p.type !== 'Table' && p.type !== 'Operator')[place];
    if (!parameter || !/\bText\b(?! array)/.test(parameter.type)) continue;
    const kind = kinds.find(([, names]) => names.test(parameter.name));
    if (kind) return kind[0];
    if (naming.test(parameter.name)) return `a:${number} ${parameter.name}`;
  }
  return undefined;
}

function numberOf(tree: SyntaxTree, list: Node, node: Node): number {
  let number = 1;
  for (let c = tree.firstChild(list); c >= 0 && c !== node; c = tree.next(c)) number++;
  return number;
}

/** The name that a key of an object is, written as a name or as a text. */
function keyName(tree: SyntaxTree, key: Node): string {
  return tree.kind(key) === N.String ? tree.textOf(key).slice(1, -1) : nameText(tree, key);
}
