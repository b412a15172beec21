import type { Resolved } from '#syntaxes/resolution/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameText, suffixOf, typeName } from '#syntaxes/tree/names.js';
import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';
import { roleOf } from './roles.js';

/**
 * The identity of what a name stands for, the same under every spelling:
 * `c:1208` a command, `k:73:1` a constant, `p:12000:141` a plug-in's command, `n:basket add` a method or process variable,
 * `i:` an interprocess variable, `t:#2` or `t:shop` a table, `f:#2:1` or `f:shop.city` a field, `cs:` a class, `4d:` a built-in
 * class, `m:` a member of any object. Locals have none: they live in their method.
 */
export type Key = string;

export function commandKey(command: { readonly number?: number; readonly name: string }): Key {
  return command.number === undefined ? `c:${fold(command.name)}` : `c:${command.number}`;
}

export function constantKey(constant: { readonly token?: { theme: number; index: number }; readonly name: string }): Key {
  return constant.token ? `k:${constant.token.theme}:${constant.token.index}` : `k:${fold(constant.name)}`;
}

export const methodKey = (name: string): Key => `n:${fold(name)}`;
/** A parameter (`$1`) or the result (`$0`) of a method, as compiler methods declare them: `C_TEXT(Method; $1)`. */
export const parameterKey = (method: string, name: string): Key => `${methodKey(method)} ${fold(name)}`;
export const interprocessKey = (name: string): Key => `i:${fold(name.replace(/^(<>|◊)/, ''))}`;
export const classKey = (name: string): Key => `cs:${fold(name)}`;
export const memberKey = (name: string): Key => `m:${fold(name)}`;

/** The identity of a resolved free name. */
export function resolvedKey(resolved: Resolved): Key {
  switch (resolved.kind) {
    case 'command':
      return commandKey(resolved.command);
    case 'constant':
      return constantKey(resolved.constant);
    case 'plugin':
      return `p:${resolved.plugin}:${resolved.index}`;
    case 'method':
      return methodKey(resolved.file.name);
    default:
      return methodKey(resolved.name);
  }
}

/** The identity of a node that names something; undefined for locals and for everything that is no name. */
export function keyOf(tree: SyntaxTree, node: Node, resolve: (name: Node) => Resolved): Key | undefined {
  switch (tree.kind(node)) {
    case N.Name:
      switch (roleOf(tree, node)) {
        case 'free':
          return resolvedKey(resolve(node));
        case 'class':
          return classKey(nameText(tree, node));
        case 'builtInClass':
          return `4d:${fold(nameText(tree, node))}`;
        case 'dataclass':
          return `t:${fold(nameText(tree, node))}`;
        case 'field':
          return fieldKey(tree, tree.parent(node));
        default:
          return memberKey(nameText(tree, node));
      }
    case N.Interprocess:
      return interprocessKey(nameText(tree, node));
    case N.Table:
      return tableKey(tree, node);
    case N.Type: {
      const m = /^(cs|4D)\.(.+)$/i.exec(typeName(tree, node));
      return m ? `${m[1].toLowerCase()}:${fold(m[2])}` : undefined;
    }
    default:
      return undefined;
  }
}

function tableKey(tree: SyntaxTree, table: Node): Key | undefined {
  const suffix = suffixOf(tree, table);
  if (suffix?.kind === 'number') return `t:#${suffix.number}`;
  const name = nameText(tree, table);
  return name ? `t:${fold(name)}` : undefined;
}

function fieldKey(tree: SyntaxTree, field: Node): Key | undefined {
  const table = tree.firstChild(field);
  const tableNumber = suffixOf(tree, table);
  const name = tree.child(field, 1);
  const number = suffixOf(tree, name);
  if (tableNumber?.kind === 'number' && number?.kind === 'number') return `f:#${tableNumber.number}:${number.number}`;
  return `f:${fold(nameText(tree, table))}.${fold(nameText(tree, name))}`;
}

/** All keys under which the thing behind one key may stand: a table by number and by name. */
export function sameAs(
  key: Key,
  structure:
    | { readonly tables: readonly { name: string; number: number; fields: readonly { name: string; number: number }[] }[] }
    | undefined,
): Key[] {
  const keys = new Set([key]);
  for (const table of structure?.tables ?? []) {
    const tableKeys = [`t:#${table.number}`, `t:${fold(table.name)}`];
    if (tableKeys.includes(key)) for (const k of tableKeys) keys.add(k);
    if (!key.startsWith('f:')) continue;
    for (const field of table.fields) {
      const fieldKeys = [`f:#${table.number}:${field.number}`, `f:${fold(table.name)}.${fold(field.name)}`];
      if (fieldKeys.includes(key)) for (const k of fieldKeys) keys.add(k);
    }
  }
  return [...keys];
}
