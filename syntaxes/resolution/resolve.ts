import type { Command, Constant, NameKind } from '#syntaxes/catalogue/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText, suffixOf } from '#syntaxes/tree/names.js';
import type { Node, Suffix, SyntaxTree } from '#syntaxes/tree/tree.js';
import { initialValue } from './declarator.js';
import type { NameContext, Resolved } from './types.js';

/** How a name stands in its expression: that decides between an old command's name and a variable. */
export type NameRole =
  /** Before a parenthesis, or alone as a statement. */
  | 'call'
  /** Read as a value. */
  | 'value'
  /** Written to, declared, subscripted as an array: only a variable can stand there. */
  | 'variable'
  /** A property, an object key, a field, a function's or class's own name: not looked up. */
  | 'member';

/**
 * Says what a name stands for (facts: `language-in-the-wild`, section 2; `web-sessions`, section 3).
 *
 * A token settles it, whatever the spelling. Without one: words of the language that are commands (`This`, `True`, `ds`); then a
 * project method, which 4D would not have let anyone name like a command, so that the command must be younger than the project;
 * then commands and constants by their present name; then by a former or French one, as far as a variable could not stand there
 * just as well; else a variable where a value is read or written, unknown where something is called.
 *
 * @param node a Name; Local and Interprocess nodes are variables
 */
export function resolveName(tree: SyntaxTree, node: Node, context: NameContext): Resolved {
  const name = nameText(tree, node);
  if (tree.kind(node) !== N.Name) return { kind: 'variable', name };
  const suffix = suffixOf(tree, node);
  if (suffix) {
    const settled = resolveToken(name, suffix, context);
    if (settled) return settled;
  }
  return resolveText(name, nameRole(tree, node), context);
}

/** What a token says; undefined where it says nothing about a name (`:4` belongs to tables and fields). */
function resolveToken(name: string, suffix: Suffix, context: NameContext): Resolved | undefined {
  const { catalogue } = context;
  switch (suffix.kind) {
    case 'command': {
      const command = catalogue.commandByNumber(suffix.number);
      if (command) return { kind: 'command', command, byToken: true, spelling: commandSpelling(command, name) };
      return { kind: 'unknown', name };
    }
    case 'constant': {
      const constant = catalogue.constantByToken(suffix.theme, suffix.index);
      if (constant) return { kind: 'constant', constant, byToken: true, spelling: constantSpelling(constant, name) };
      // Not every constant's token is known: one without a token of its own may be meant.
      const named = catalogue.constantByName(name);
      if (named && !named.constant.token) return { kind: 'constant', constant: named.constant, byToken: false, spelling: named.kind };
      return { kind: 'unknown', name };
    }
    case 'plugin':
      return { kind: 'plugin', plugin: suffix.plugin, index: suffix.index };
    case 'number':
      return undefined;
  }
}

/** What a name without a token stands for in a role; {@link resolveName} for the order. */
export function resolveText(name: string, role: NameRole, context: NameContext): Resolved {
  const { catalogue } = context;
  if (role !== 'variable' && role !== 'member') {
    const command = catalogue.commandByName(name);
    if (command?.kind === 'present' && catalogue.keywordByName(name)?.keyword.command !== undefined) return commandNamed(command);
    const file = context.methodByName(name);
    if (file) return { kind: 'method', file };
    if (command?.kind === 'present') return commandNamed(command);
    const constant = role === 'call' ? undefined : catalogue.constantByName(name);
    if (constant?.kind === 'present') return constantNamed(constant);
    if (command && canBeOldName(name, role, command.command)) return commandNamed(command);
    if (constant && name.includes(' ')) return constantNamed(constant);
  }
  return role === 'call' ? { kind: 'unknown', name } : { kind: 'variable', name };
}

/** No variable has a blank in its name, and none is called; a single word read as a value must at least do without arguments. */
function canBeOldName(name: string, role: NameRole, command: Command): boolean {
  return role === 'call' || name.includes(' ') || command.signatures.some((s) => s.minimum === 0);
}

function commandNamed(found: { readonly command: Command; readonly kind: NameKind }): Resolved {
  return { kind: 'command', command: found.command, byToken: false, spelling: found.kind };
}

function constantNamed(found: { readonly constant: Constant; readonly kind: NameKind }): Resolved {
  return { kind: 'constant', constant: found.constant, byToken: false, spelling: found.kind };
}

function commandSpelling(command: Command, name: string): NameKind | 'other' {
  if (name === command.name) return 'present';
  return spelling(name, [command.name], command.formerNames, command.frenchNames);
}

function constantSpelling(constant: Constant, name: string): NameKind | 'other' {
  if (name === constant.name) return 'present';
  return spelling(name, [constant.name, ...constant.otherNames], constant.formerNames, constant.frenchNames);
}

/** `other`: the token and the name contradict each other. */
function spelling(name: string, present: readonly string[], former: readonly string[], french: readonly string[]): NameKind | 'other' {
  const key = fold(name);
  const bears = (names: readonly string[]) => names.some((n) => fold(n) === key);
  if (bears(present)) return 'present';
  if (bears(former)) return 'former';
  return bears(french) ? 'french' : 'other';
}

/** The part a Name plays where it stands; see {@link NameRole}. */
export function nameRole(tree: SyntaxTree, node: Node): NameRole {
  const parent = tree.parent(node);
  if (parent < 0) return 'value';
  const first = tree.firstChild(parent) === node;
  switch (tree.kind(parent)) {
    case N.Call:
      return first ? 'call' : 'value';
    case N.ExpressionStatement:
      return 'call';
    case N.Assignment:
    case N.AssignmentArgument:
    case N.Element:
    case N.Character:
    case N.Dereference:
    case N.For:
    case N.ForEach:
      return first ? 'variable' : 'value';
    case N.Declarator:
      if (initialValue(tree, parent) === node) return 'value';
      return tree.kind(tree.parent(parent)) === N.Property ? 'member' : 'variable';
    case N.Parameter:
    case N.Result:
      return first ? 'variable' : 'value';
    case N.Member:
      return first && !isAliasPath(tree, parent) ? 'value' : 'member';
    case N.Pair:
      return first ? 'member' : 'value';
    case N.Field:
    case N.Table:
    case N.Type:
    case N.Alias:
    case N.ClassExtends:
      return 'member';
    case N.Function:
      return first ? 'member' : 'value';
    default:
      return 'value';
  }
}

function isAliasPath(tree: SyntaxTree, member: Node): boolean {
  let node = member;
  while (node >= 0 && tree.kind(node) === N.Member) node = tree.parent(node);
  return node >= 0 && tree.kind(node) === N.Alias;
}
