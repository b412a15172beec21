import type { StructureCatalog } from '#syntaxes/project/types.js';
import { namesOf } from '#syntaxes/resolution/calls.js';
import { resolveText } from '#syntaxes/resolution/resolve.js';
import type { Resolved } from '#syntaxes/resolution/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { N } from '#syntaxes/tree/kinds.js';
import { nameRange, nameText, suffixOf, suffixToken } from '#syntaxes/tree/names.js';
import type { Node, SyntaxTree } from '#syntaxes/tree/tree.js';
import type { FormatEdit } from './format.types.js';
import type { TokenContext } from './tokens.types.js';

/**
 * Edits that give every command, constant, table and field its token (`:C1208`, `:K73:1`, `:2`), in the name that is theirs today
 * (facts: language-in-the-wild §2). Names that nothing known bears stay as they are.
 */
export function addTokens(tree: SyntaxTree, context: TokenContext): FormatEdit[] {
  const edits: FormatEdit[] = [];
  for (const { node, resolved } of namesOf(tree, context)) {
    const token = tokenOf(resolved);
    if (token === undefined || suffixToken(tree, node) >= 0) continue;
    const { end } = nameRange(tree, node);
    edits.push({ start: end, end, text: token });
  }
  if (context.structure) structureTokens(tree, context.structure, edits);
  return edits;
}

/**
 * Edits that take the tokens off. Where the name alone would not lead to the same command or constant (an older or a French name), the present
 * name takes its place; a token that nothing explains stays.
 */
export function removeTokens(tree: SyntaxTree, context: TokenContext): FormatEdit[] {
  const edits: FormatEdit[] = [];
  for (const { node, resolved } of namesOf(tree, context)) {
    const token = suffixToken(tree, node);
    if (token < 0 || tokenOf(resolved) === undefined) continue;
    const { start, end } = nameRange(tree, node);
    const written = nameText(tree, node);
    const present = presentName(resolved);
    const same = present !== undefined && (fold(written) === fold(present) || sameAs(resolved, resolveText(written, 'value', context)));
    if (same) edits.push({ start: end, end: tree.tokenEnd(token), text: '' });
    else if (present !== undefined && sameAs(resolved, resolveText(present, 'value', context)))
      edits.push({ start, end: tree.tokenEnd(token), text: present });
  }
  for (let node = 0; node < tree.data.nodeCount; node++) {
    const kind = tree.kind(node);
    if (kind !== N.Table && kind !== N.Field) continue;
    const named = kind === N.Field ? tree.child(node, 1) : node;
    const token = suffixToken(tree, named);
    if (token >= 0 && suffixOf(tree, named)?.kind === 'number')
      edits.push({ start: tree.tokenStart(token), end: tree.tokenEnd(token), text: '' });
  }
  return edits;
}

function structureTokens(tree: SyntaxTree, structure: StructureCatalog, edits: FormatEdit[]): void {
  const tables = new Map(structure.tables.map((t) => [fold(t.name), t]));
  const add = (node: Node, number: number | undefined) => {
    if (number === undefined || suffixToken(tree, node) >= 0) return;
    const { end } = nameRange(tree, node);
    edits.push({ start: end, end, text: `:${number}` });
  };
  for (let node = 0; node < tree.data.nodeCount; node++) {
    if (tree.kind(node) !== N.Table) continue;
    const suffix = suffixOf(tree, node);
    const table =
      suffix?.kind === 'number' ? structure.tables.find((t) => t.number === suffix.number) : tables.get(fold(nameText(tree, node)));
    if (!table) continue;
    add(node, table.number);
    const parent = tree.parent(node);
    if (parent < 0 || tree.kind(parent) !== N.Field) continue;
    const named = tree.child(parent, 1);
    const key = fold(nameText(tree, named));
    add(named, table.fields.find((f) => fold(f.name) === key)?.number);
  }
}

function tokenOf(resolved: Resolved): string | undefined {
  if (resolved.kind === 'command') return resolved.command.number === undefined ? undefined : `:C${resolved.command.number}`;
  const token = resolved.kind === 'constant' ? resolved.constant.token : undefined;
  return token && `:K${token.theme}:${token.index}`;
}

function presentName(resolved: Resolved): string | undefined {
  if (resolved.kind === 'command') return resolved.command.name;
  return resolved.kind === 'constant' ? resolved.constant.name : undefined;
}

function sameAs(a: Resolved, b: Resolved): boolean {
  if (a.kind === 'command') return b.kind === 'command' && a.command === b.command;
  return a.kind === 'constant' && b.kind === 'constant' && a.constant === b.constant;
}
