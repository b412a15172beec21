import { type NameRole, nameRole } from '#syntaxes/resolution/resolve.js';
import { N } from '#syntaxes/tree/kinds.js';
import type { Spellings } from '#syntaxes/tree/spellings.js';
import type { SyntaxTree } from '#syntaxes/tree/tree.js';
import { type Role, roleOf } from './roles.js';
import { usesOf } from './uses.js';

const roles: readonly Role[] = ['free', 'member', 'class', 'builtInClass', 'dataclass', 'field', 'memberDefinition'];
const parts: readonly NameRole[] = ['call', 'value', 'variable', 'member'];

/**
 * What a name is by its place in its statement, in one number that is never 0: its role, its part in the expression, and what is done to it.
 * Found out once and kept with the spellings, also when other statements are edited.
 */
export function markAt(tree: SyntaxTree, spellings: Spellings, place: number): number {
  const { marks } = spellings;
  if (marks[place] === 0) {
    const node = spellings.nodes[place];
    const isName = tree.kind(node) === N.Name;
    const role = isName ? roles.indexOf(roleOf(tree, node)) : 0;
    const part = isName ? parts.indexOf(nameRole(tree, node)) : 0;
    marks[place] = (role + 1) | (part << 3) | (usesOf(tree, node) << 5);
  }
  return marks[place];
}

/** The role of a Name; see {@link roleOf}. */
export const roleIn = (mark: number): Role => roles[(mark & 7) - 1];
/** Its part in the expression; see {@link nameRole}. */
export const partIn = (mark: number): NameRole => parts[(mark >> 3) & 3];
/** Role and part, as one small number. */
export const roleAndPartIn = (mark: number): number => mark & 31;
/** What is done to it; see {@link usesOf}. */
export const usesIn = (mark: number): number => mark >> 5;
