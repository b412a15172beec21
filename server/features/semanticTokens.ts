import type { SemanticTokensEdit } from 'vscode-languageserver';
import { N } from '#syntaxes/tree/kinds.js';
import { nameEnd, nameStart } from '#syntaxes/tree/names.js';
import type { Node } from '#syntaxes/tree/tree.js';
import { markAt, roleIn, usesIn } from '../analysis/nameMarks.js';
import { Numbers } from '../analysis/numbers.js';
import { Use } from '../analysis/projectIndex.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { type Modifier, modifiers, type TokenType, types } from './semanticTokenLegend.js';

/** What a name is shown as; the same one for all that are shown alike. */
interface Kind {
  readonly type: number;
  readonly bits: number;
}

function kind(type: TokenType, ...has: readonly Modifier[]): Kind {
  return { type: types.indexOf(type), bits: bitsOf(...has) };
}

function bitsOf(...has: readonly Modifier[]): number {
  return has.reduce((bits, m) => bits | (1 << modifiers.indexOf(m)), 0);
}

const DECLARATION = bitsOf('declaration');
const MODIFICATION = bitsOf('modification');

const kinds = {
  parameter: kind('parameter'),
  local: kind('variable'),
  interprocess: kind('variable', 'global', 'static'),
  process: kind('variable', 'global'),
  table: kind('struct'),
  type: kind('type'),
  class: kind('class'),
  builtInClass: kind('class', 'defaultLibrary'),
  property: kind('property'),
  function: kind('function'),
  method: kind('method'),
  command: kind('function', 'defaultLibrary'),
  oldCommand: kind('function', 'defaultLibrary', 'deprecated'),
  constant: kind('enumMember', 'readonly', 'defaultLibrary'),
  oldConstant: kind('enumMember', 'readonly', 'defaultLibrary', 'deprecated'),
};

const data = new Numbers();

/** The numbers LSP wants, five a name, for the whole text or the part between two offsets. */
export function semanticTokens(snapshot: Snapshot, from = 0, to = snapshot.text.length): Int32Array {
  const { tree, lines } = snapshot;
  const { nodes } = snapshot.spellings;
  data.clear();
  let line = 0;
  let character = 0;
  let last = 0;
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    const isType = tree.kind(node) === N.Type;
    const start = isType ? tree.start(node) : nameStart(tree, node);
    const end = isType ? tree.end(node) : nameEnd(tree, node);
    if (end <= start || end <= from || start >= to || start < last) continue;
    const shown = kindOf(snapshot, node, i);
    const at = lines.lineAt(start);
    if (end > lines.lineEnd(at)) continue;
    const first = lines.character(at, start);
    const length = lines.character(at, end) - first;
    data.add(at - line);
    data.add(at === line ? first - character : first);
    data.add(length);
    data.add(shown.type);
    data.add(shown.bits | (isType ? 0 : useBits(snapshot, node, i)));
    line = at;
    character = first;
    last = end;
  }
  return data.copy();
}

function useBits(snapshot: Snapshot, node: Node, place: number): number {
  const uses = usesIn(markAt(snapshot.tree, snapshot.spellings, place));
  const declares = uses & Use.Definition || snapshot.isDeclaring(node);
  return (declares ? DECLARATION : 0) | (uses & Use.Write ? MODIFICATION : 0);
}

/** What a node is shown as that stands at a place among the spellings. */
function kindOf(snapshot: Snapshot, node: Node, place: number): Kind {
  const { tree } = snapshot;
  switch (tree.kind(node)) {
    case N.Local:
      return snapshot.locals.of(node)?.kind === 'parameter' ? kinds.parameter : kinds.local;
    case N.Interprocess:
      return kinds.interprocess;
    case N.Table:
      return kinds.table;
    case N.Type:
      return /^(cs|4D)\b/i.test(tree.textOf(node)) ? kinds.class : kinds.type;
    default:
      return kindOfName(snapshot, node, place);
  }
}

function kindOfName(snapshot: Snapshot, node: Node, place: number): Kind {
  const { tree } = snapshot;
  switch (roleIn(markAt(tree, snapshot.spellings, place))) {
    case 'class':
      return kinds.class;
    case 'builtInClass':
      return kinds.builtInClass;
    case 'dataclass':
      return kinds.table;
    case 'field':
      return kinds.property;
    case 'memberDefinition':
      return tree.kind(tree.parent(node)) === N.Function ? kinds.function : kinds.property;
    case 'member': {
      const member = tree.parent(node);
      const call = tree.parent(member);
      const called = tree.kind(member) === N.Member && tree.kind(call) === N.Call && tree.firstChild(call) === member;
      return called ? kinds.method : kinds.property;
    }
    default:
      break;
  }
  const resolved = snapshot.resolveAt(place, node);
  switch (resolved.kind) {
    case 'command':
      return resolved.command.deprecated ? kinds.oldCommand : kinds.command;
    case 'constant':
      return resolved.constant.deprecated ? kinds.oldConstant : kinds.constant;
    case 'plugin':
      return kinds.command;
    case 'variable':
      return kinds.process;
    default:
      return kinds.method;
  }
}

/** The one stretch in which two lists of tokens differ. */
export function tokenEdits(before: Int32Array, after: Int32Array): SemanticTokensEdit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return [];
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end])
    end++;
  return [{ start, deleteCount: before.length - start - end, data: [...after.subarray(start, after.length - end)] }];
}
