import type { SemanticTokensEdit } from 'vscode-languageserver';
import { N } from '#syntaxes/tree/kinds.js';
import { nameRange } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { usesOf } from '../analysis/facts.js';
import { Use } from '../analysis/projectIndex.js';
import { roleOf } from '../analysis/roles.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { type Modifier, modifiers, type TokenType, types } from './semanticTokenLegend.js';

interface Token {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly modifiers: readonly Modifier[];
}

/** The numbers LSP wants, for the whole text or the part between two offsets. */
export function semanticTokens(snapshot: Snapshot, from = 0, to = snapshot.text.length): number[] {
  const { tree, lines } = snapshot;
  const tokens: Token[] = [];
  for (let node = 0; node < tree.data.nodeCount; node++) {
    const token = tokenOf(snapshot, node);
    if (token && token.end > token.start && token.end > from && token.start < to) tokens.push(token);
  }
  tokens.sort((a, b) => a.start - b.start);
  const data: number[] = [];
  let line = 0;
  let character = 0;
  let last = 0;
  for (const token of tokens) {
    if (token.start < last) continue;
    const start = lines.place(token.start);
    const end = lines.place(token.end);
    if (start.line !== end.line) continue;
    let bits = 0;
    for (const m of token.modifiers) bits |= 1 << modifiers.indexOf(m);
    data.push(
      start.line - line,
      start.line === line ? start.character - character : start.character,
      end.character - start.character,
      types.indexOf(token.type),
      bits,
    );
    ({ line, character } = start);
    last = token.end;
  }
  return data;
}

function tokenOf(snapshot: Snapshot, node: Node): Token | undefined {
  const { tree } = snapshot;
  const make = (type: TokenType, ...modifiers: Modifier[]): Token => {
    const { start, end } = nameRange(tree, node);
    const uses = usesOf(tree, node);
    if (uses & Use.Definition || snapshot.declaredNodes.has(node)) modifiers.push('declaration');
    if (uses & Use.Write) modifiers.push('modification');
    return { start, end, type, modifiers };
  };
  switch (tree.kind(node)) {
    case N.Local: {
      const variable = snapshot.locals.of(node);
      return make(variable?.kind === 'parameter' ? 'parameter' : 'variable');
    }
    case N.Interprocess:
      return make('variable', 'global', 'static');
    case N.Table:
      return make('struct');
    case N.Type:
      return {
        start: tree.start(node),
        end: tree.end(node),
        type: /^(cs|4D)\b/i.test(tree.textOf(node)) ? 'class' : 'type',
        modifiers: [],
      };
    case N.Name:
      break;
    default:
      return undefined;
  }
  switch (roleOf(tree, node)) {
    case 'class':
      return make('class');
    case 'builtInClass':
      return make('class', 'defaultLibrary');
    case 'dataclass':
      return make('struct');
    case 'field':
      return make('property');
    case 'memberDefinition':
      return make(tree.kind(tree.parent(node)) === N.Function ? 'function' : 'property');
    case 'member': {
      const member = tree.parent(node);
      const call =
        tree.kind(member) === N.Member && tree.kind(tree.parent(member)) === N.Call && tree.firstChild(tree.parent(member)) === member;
      return make(call ? 'method' : 'property');
    }
    default:
      break;
  }
  const resolved = snapshot.resolve(node);
  switch (resolved.kind) {
    case 'command':
      return resolved.command.deprecated ? make('function', 'defaultLibrary', 'deprecated') : make('function', 'defaultLibrary');
    case 'constant':
      return resolved.constant.deprecated
        ? make('enumMember', 'readonly', 'defaultLibrary', 'deprecated')
        : make('enumMember', 'readonly', 'defaultLibrary');
    case 'plugin':
      return make('function', 'defaultLibrary');
    case 'method':
      return make('method');
    case 'variable':
      return make('variable', 'global');
    default:
      return make('method');
  }
}

/** The one stretch in which two lists of tokens differ. */
export function tokenEdits(before: readonly number[], after: readonly number[]): SemanticTokensEdit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return [];
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end])
    end++;
  return [{ start, deleteCount: before.length - start - end, data: after.slice(start, after.length - end) }];
}
