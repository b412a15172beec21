import { N, T } from '../tree/kinds.js';
import type { Node, SyntaxTree } from '../tree/tree.js';

/** The keyword words of a file, by token. */
export interface KeywordWords {
  /** How 4D writes the word of a token: `If`, `each`, `SQL`. */
  readonly text: ReadonlyMap<number, string>;
  /** Last words before a condition: `If (`, `For each (`. */
  readonly heads: ReadonlySet<number>;
  /** Last words of lines that 4D ends with a blank: `Else `, `End if ` (facts: language-in-the-wild §1). */
  readonly blankBehind: ReadonlySet<number>;
}

interface Words {
  readonly begin: readonly string[];
  readonly end?: readonly string[];
  /** A condition in parentheses follows. */
  readonly head?: boolean;
  readonly blank?: boolean;
}

const words: Readonly<Partial<Record<N, Words>>> = {
  [N.If]: { begin: ['If'], end: ['End', 'if'], head: true },
  [N.Else]: { begin: ['Else'], blank: true },
  [N.CaseOf]: { begin: ['Case', 'of'], end: ['End', 'case'], blank: true },
  [N.While]: { begin: ['While'], end: ['End', 'while'], head: true },
  [N.Repeat]: { begin: ['Repeat'], blank: true },
  [N.For]: { begin: ['For'], end: ['End', 'for'], head: true },
  [N.ForEach]: { begin: ['For', 'each'], end: ['End', 'for', 'each'], head: true },
  [N.ForEachWhile]: { begin: ['While'], head: true },
  [N.ForEachUntil]: { begin: ['Until'], head: true },
  [N.Use]: { begin: ['Use'], end: ['End', 'use'], head: true },
  [N.Try]: { begin: ['Try'] },
  [N.Catch]: { begin: ['Catch'] },
  [N.Sql]: { begin: ['Begin', 'SQL'] },
  [N.Return]: { begin: ['return'], blank: true },
  [N.Break]: { begin: ['break'] },
  [N.Continue]: { begin: ['continue'] },
  [N.Var]: { begin: ['var'] },
  [N.Property]: { begin: ['property'] },
  [N.ClassExtends]: { begin: ['Class', 'extends'] },
};

const withoutBlankAtEnd = new Set<N>([N.Try, N.Sql]);

/** Finds the keywords of a tree. */
export function keywordWords(tree: SyntaxTree): KeywordWords {
  const text = new Map<number, string>();
  const heads = new Set<number>();
  const blankBehind = new Set<number>();
  const found = { text, heads, blankBehind };
  const { nodeCount, nodeKind, nodeFirst, nodeLast, nodeToken } = tree.data;
  for (let node = 0; node < nodeCount; node++) {
    const kind = nodeKind[node];
    const known = words[kind as N];
    if (known) {
      const last = take(tree, nodeFirst[node], known.begin, text);
      if (last >= 0 && known.head) heads.add(last);
      if (last >= 0 && known.blank) blankBehind.add(last);
      if (known.end) endWords(tree, node, known.end, found);
    } else if (kind === N.Function) take(tree, nodeToken[node], ['Function'], text);
    else if (kind === N.Constructor) take(tree, nodeToken[node] - 1, ['Class', 'constructor'], text);
    else if (kind === N.Alias) take(tree, nodeToken[node], ['Alias'], text);
    if (kind === N.Repeat) until(tree, node, found);
    if (kind === N.Try) endWords(tree, node, ['End', 'try'], found);
    if (kind === N.Sql) take(tree, nodeLast[node] - 2, ['End', 'SQL'], text);
  }
  return found;
}

interface Found {
  readonly text: Map<number, string>;
  readonly heads: Set<number>;
  readonly blankBehind: Set<number>;
}

/** The words at a token, if they are these; gives the last one's token, or -1. */
function take(tree: SyntaxTree, first: number, wanted: readonly string[], text: Map<number, string>): number {
  const { tokenKind } = tree.data;
  for (let i = 0; i < wanted.length; i++) {
    const token = first + i;
    if (token < 0 || tokenKind[token] !== T.Word || tree.tokenText(token).toLowerCase() !== wanted[i].toLowerCase()) return -1;
  }
  for (let i = 0; i < wanted.length; i++) text.set(first + i, wanted[i]);
  return first + wanted.length - 1;
}

function endWords(tree: SyntaxTree, node: Node, wanted: readonly string[], found: Found): void {
  const last = take(tree, tree.data.nodeLast[node] - wanted.length, wanted, found.text);
  if (last >= 0 && !withoutBlankAtEnd.has(tree.kind(node))) found.blankBehind.add(last);
}

/** The `Until` of a Repeat stands before its condition, the last child. */
function until(tree: SyntaxTree, node: Node, found: Found): void {
  const condition = tree.child(node, 1);
  if (condition < 0) return;
  const last = take(tree, tree.data.nodeFirst[condition] - 1, ['Until'], found.text);
  if (last >= 0) found.heads.add(last);
}
