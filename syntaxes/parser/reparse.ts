import { scan, scanFrom } from '../scanner/scanner.js';
import { T } from '../tree/kinds.js';
import { carrySpellings } from '../tree/spellings.js';
import type { SyntaxError as Mistake, Node, SyntaxTree } from '../tree/tree.js';
import { type KeptLines, NONE } from './lines.js';
import { begin, finish, lines, readLines, state } from './parse.js';

/** What was known of a text before blocks were made of its statements. */
interface Statements {
  readonly lines: KeptLines;
  /** Nodes of the root and the statements; those of blocks come behind. */
  readonly nodeCount: number;
  /** Mistakes of the statements alone. */
  readonly errors: readonly Mistake[];
  /** Those of the scanner, and how many of them lie behind the last statement. */
  readonly lexical: readonly Mistake[];
  readonly behind: number;
}

/** What an old text and a new one have in common: a head of whole statements, and from `same` on all, moved by so much. */
interface Common {
  readonly old: SyntaxTree;
  readonly before: Statements;
  readonly head: number;
  readonly same: number;
  readonly by: number;
}

const statementsOf = new WeakMap<SyntaxTree, Statements>();

/**
 * The same tree as `parse(text)`, made from one that this function gave for a text before: only statements that differ are read, and
 * blocks are made anew. Without an old tree all is read, and what the next time needs is kept.
 */
export function reparse(old: SyntaxTree | undefined, text: string): SyntaxTree {
  if (old?.text === text) return old;
  const before = old && statementsOf.get(old);
  const common = before && commonOf(old, before, text);
  const nodes = common && readBetween(common, text);
  if (!nodes) {
    scan(text, state.tokens);
    begin(text);
    readLines(state.tokens.count - 1);
  }
  const { tokens, nodeCount, errors, lexical } = state;
  const behind = tokens.errors.length - lexical;
  const statements = { lines: lines.keep(), nodeCount, errors: errors.slice(), lexical: tokens.errors, behind };
  const tree = finish();
  statementsOf.set(tree, statements);
  if (old && nodes) carrySpellings(old, tree, nodes.before, nodes.from, nodes.by);
  return tree;
}

/** Undefined where a change may reach back further than to the statement it lies in. */
function commonOf(old: SyntaxTree, before: Statements, text: string): Common | undefined {
  const { tokenEnd, comments } = old.data;
  const { count, last } = before.lines;
  const from = commonStart(old.text, text);
  // The end of a statement is a line end, and that may depend on one character more.
  let head = 0;
  let high = count;
  while (head < high) {
    const middle = (head + high) >> 1;
    if (tokenEnd[last[middle]] < from) head = middle + 1;
    else high = middle;
  }
  for (let i = 0; i < comments.length && comments[i] < from; i += 3)
    if (comments[i + 2] && endsForWantOfMore(old.text, comments[i], comments[i + 1])) return undefined;
  const same = old.text.length - commonEnd(old.text, text, from);
  return { old, before, head, same, by: text.length - old.text.length };
}

/** Whether a block comment holds the start of another and ends at the first end all the same: one more behind it would change that. */
function endsForWantOfMore(text: string, start: number, end: number): boolean {
  const inner = text.indexOf('/*', start + 2);
  return inner >= 0 && inner < end - 2 && text.indexOf('*/', start + 2) === end - 2;
}

/** Nodes that a new tree has from an old one: all before one, and all of its statements from another one on, moved by so much. */
interface SameNodes {
  readonly before: Node;
  readonly from: Node;
  readonly by: number;
}

function readBetween({ old, before, head, same, by }: Common, text: string): SameNodes {
  const s = state;
  const { tokens } = s;
  const { data } = old;
  const { count, last, own } = before.lines;
  const headTokens = head > 0 ? last[head - 1] + 1 : 0;
  const headEnd = head > 0 ? data.tokenEnd[headTokens - 1] : 0;
  let tail = head;
  /** Where the old tail starts, once it is known to go on where the new text is. */
  let tailStart = -1;
  tokens.clear(text.length);
  tokens.take(data, 0, headTokens, 0, headEnd, 0);
  for (const e of before.lexical) if (e.start < headEnd) tokens.errors.push(e);
  const lexical = tokens.errors.length;
  scanFrom(text, headEnd, tokens, (at) => {
    const place = at - by;
    if (place < same) return false;
    while (tail < count && data.tokenEnd[last[tail]] < place) tail++;
    if (tail === count || data.tokenEnd[last[tail]] !== place || data.tokenKind[last[tail]] !== T.LineEnd) return false;
    tail++;
    tailStart = place;
    return true;
  });
  const between = tokens.count;
  const tailTokens = tailStart < 0 ? data.tokenCount : last[tail - 1] + 1;
  if (tailStart >= 0) {
    tokens.take(data, tailTokens, data.tokenCount, tailStart, old.text.length, by);
    for (const e of before.lexical) if (e.start >= tailStart) tokens.errors.push(moved(e, by));
  }

  begin(text);
  take(before, data, 0, head, 0, 0);
  const headNodes = s.nodeCount;
  for (const e of before.errors) if (e.start < headEnd) s.errors.push(e);
  s.lexical = lexical;
  s.pos = headTokens;
  if (tailStart < 0) {
    readLines(between - 1);
    return { before: headNodes, from: before.nodeCount, by: s.nodeCount - before.nodeCount };
  }
  readLines(between);
  const from = tail < count ? own[tail] : before.nodeCount;
  const nodesBy = s.nodeCount - from;
  take(before, data, tail, count, between - tailTokens, nodesBy);
  for (const e of before.errors) if (e.start >= tailStart) s.errors.push(moved(e, by));
  s.lexical = tokens.errors.length - before.behind;
  s.pos = tokens.count - 1;
  return { before: headNodes, from, by: nodesBy };
}

/** Takes over statements, from one to before another, with their nodes as they were before blocks were made. */
function take(
  { lines: kept, nodeCount }: Statements,
  tree: SyntaxTree['data'],
  from: number,
  to: number,
  tokensBy: number,
  nodesBy: number,
) {
  if (from === to) return;
  const end = to < kept.count ? kept.own[to] : nodeCount;
  state.take(tree, kept.own[from], end, tokensBy, nodesBy);
  const at = lines.count;
  lines.take(kept, from, to, tokensBy, nodesBy);
  for (let i = at; i < lines.count; i++)
    if (lines.node[i] !== NONE) state.detach(lines.node[i], lines.last[i], i + 1 < lines.count ? lines.own[i + 1] : state.nodeCount);
}

function moved(e: Mistake, by: number): Mistake {
  const there: { -readonly [P in keyof Mistake]: Mistake[P] } = { ...e, start: e.start + by, end: e.end + by };
  if (e.related) there.related = { start: e.related.start + by, end: e.related.end + by };
  // The one mistake of a single statement that tells its line: `End SQL` alone.
  if (e.code === 'syntax-opening-missing') there.args = [e.args[0], e.args[1], state.lineNumber(there.start)];
  return there;
}

/** Texts are compared in pieces first: engines do that fast. */
const PIECE = 2048;

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let i = 0;
  while (i + PIECE <= most && a.slice(i, i + PIECE) === b.slice(i, i + PIECE)) i += PIECE;
  while (i < most && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return i;
}

/** How many characters at their ends two texts have in common, beyond what they have at their starts. */
function commonEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let i = 0;
  while (i + PIECE <= most && a.slice(a.length - i - PIECE, a.length - i) === b.slice(b.length - i - PIECE, b.length - i)) i += PIECE;
  while (i < most && a.charCodeAt(a.length - 1 - i) === b.charCodeAt(b.length - 1 - i)) i++;
  return i;
}
