import { isLineEnd, lineEndFrom } from '../scanner/characters.js';
import { T } from '../tree/kinds.js';
import { LineIndex } from '../tree/lineIndex.js';
import type { SyntaxTree } from '../tree/tree.js';
import type { FormatEdit, FormatOptions } from './format.types.js';
import { type KeywordWords, keywordWords } from './keywordWords.js';
import { levelsOf } from './levels.js';
import { gapBehind, spacingFacts } from './spacing.js';
import { addTokens, removeTokens } from './tokens.js';

/**
 * The edits that bring a file to the layout 4D gives it: indentation, gaps between words and signs, and the case of keywords. What 4D wrote itself
 * stays as it is. Line ends, comments, SQL and the lines between `/*` and `*\/` are left alone; lines with a mistake keep their gaps,
 * and a file whose blocks do not fit together its indentation.
 *
 * @returns edits in order, none overlapping; applied to their own result they give no further ones
 */
export function formatEdits(tree: SyntaxTree, options: FormatOptions = {}): FormatEdit[] {
  const words = keywordWords(tree);
  const edits = [...keywordEdits(tree, words), ...gapEdits(tree, words, options), ...indentEdits(tree, options)];
  const { range, names } = options;
  if (names && options.tokens) edits.push(...(options.tokens === 'add' ? addTokens : removeTokens)(tree, names));
  const from = range ? lineStart(tree.text, range.start) : 0;
  const to = range ? lineEndFrom(tree.text, range.end) : tree.text.length;
  return edits.filter((e) => e.start >= from && e.end <= to).sort((a, b) => a.start - b.start || a.end - b.end);
}

function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isLineEnd(text.charCodeAt(at - 1))) at--;
  return at;
}

export type { FormatEdit, FormatOptions };

/** A text with edits applied to it, which must be in order. */
export function applyEdits(text: string, edits: readonly FormatEdit[]): string {
  let at = 0;
  let result = '';
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

function keywordEdits(tree: SyntaxTree, words: KeywordWords): FormatEdit[] {
  const edits: FormatEdit[] = [];
  for (const [token, text] of words.text)
    if (tree.tokenText(token) !== text) edits.push({ start: tree.tokenStart(token), end: tree.tokenEnd(token), text });
  return edits;
}

/** Gaps inside lines, and the blanks at their ends. */
function gapEdits(tree: SyntaxTree, words: KeywordWords, options: FormatOptions): FormatEdit[] {
  const { text, data } = tree;
  const { tokenCount, tokenKind, tokenStart, tokenEnd } = data;
  const edits: FormatEdit[] = [];
  const facts = spacingFacts(tree, words.heads);
  const broken = brokenStatements(tree, options);
  let comment = 0;
  for (let i = 0; i + 1 < tokenCount; i++) {
    if (tokenKind[i] === T.LineEnd || tokenKind[i] === T.Sql || tokenKind[i + 1] === T.Sql || broken[i]) continue;
    const start = tokenEnd[i];
    const next = tokenStart[i + 1];
    while (comment < data.comments.length && data.comments[comment] < start) comment += 3;
    if (comment < data.comments.length && data.comments[comment] < next) continue;
    const last = tokenKind[i + 1] === T.LineEnd || tokenKind[i + 1] === T.Eof;
    let end = next;
    let wanted: string | undefined;
    if (last) {
      while (end < text.length && isBlank(text.charCodeAt(end))) end++;
      wanted = options.trimLineEnds ? '' : words.blankBehind.has(i) && tokenKind[i + 1] === T.LineEnd ? ' ' : undefined;
    } else wanted = gapBehind(tree, i, facts);
    if (wanted === undefined || hasOther(text, start, end)) continue;
    if (end - start !== wanted.length || text.slice(start, end) !== wanted) edits.push({ start, end, text: wanted });
  }
  return edits;
}

function isBlank(c: number): boolean {
  return c === 32 || c === 9;
}

/** Whether something else than blanks lies between: a line that goes on. */
function hasOther(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!isBlank(text.charCodeAt(i))) return true;
  return false;
}

/** By token: whether its statement has a mistake. */
function brokenStatements(tree: SyntaxTree, options: FormatOptions): Uint8Array {
  const { tokenCount, tokenKind } = tree.data;
  const broken = new Uint8Array(tokenCount);
  for (const error of tree.errors) {
    if (isYetToCome(error, options)) continue;
    const at = tree.tokenAt(error.start);
    for (let i = at; i < tokenCount && !broken[i]; i++) {
      broken[i] = 1;
      if (tokenKind[i] === T.LineEnd) break;
    }
    for (let i = at - 1; i >= 0 && tokenKind[i] !== T.LineEnd && !broken[i]; i--) broken[i] = 1;
  }
  return broken;
}

const blockMistakes = new Set([
  'syntax-end-missing',
  'syntax-opening-missing',
  'syntax-behind-else',
  'syntax-unclosed-comment',
  'syntax-too-deep',
]);

/** The end of a block that somebody is still writing. */
function isYetToCome(error: { readonly code: string }, options: FormatOptions): boolean {
  return options.typing === true && error.code === 'syntax-end-missing';
}

/** Indentation of statements, and of the comments and blank lines between them. */
function indentEdits(tree: SyntaxTree, options: FormatOptions): FormatEdit[] {
  if (tree.errors.some((e) => blockMistakes.has(e.code) && !isYetToCome(e, options))) return [];
  const { text, data } = tree;
  const { tokenKind, tokenStart, tokenEnd, comments } = data;
  const levels = levelsOf(tree);
  const unit = options.indent ?? '\t';
  const index = new LineIndex(text);
  const edits: FormatEdit[] = [];
  const put = (start: number, end: number, wanted: string) => {
    if (text.slice(start, end) !== wanted) edits.push({ start, end, text: wanted });
  };
  let token = 0;
  let comment = 0;
  let below = 0;
  /** Blanks before the statement under way, and those it is to have: the lines it goes on with move along. */
  let had = '';
  let has = '';
  for (let line = 0; line < index.lineCount; line++) {
    const start = index.lineStart(line);
    const end = index.lineEnd(line);
    let at = start;
    while (at < end && isBlank(text.charCodeAt(at))) at++;
    const lead = text.slice(start, at);
    while (tokenKind[token] !== T.Eof && tokenEnd[token] <= start) token++;
    while (comment < comments.length && comments[comment + 1] <= start) comment += 3;
    const inComment = comment < comments.length && comments[comment] < start;
    const inToken = tokenStart[token] < start && tokenKind[token] !== T.LineEnd;
    if (inComment || inToken || (start === 0 && text.charCodeAt(0) === 0xfeff)) continue;
    if (at === end) {
      const inSql = tokenKind[token] === T.Sql || tokenKind[token - 1] === T.Sql;
      if ((at > start || options.typing) && !inSql) put(start, at, options.trimLineEnds && !options.typing ? '' : unit.repeat(below));
      continue;
    }
    if (comment < comments.length && comments[comment] === at) {
      if (comments[comment + 2] === 0) put(start, at, commentLead(lead, unit.repeat(below)));
      else if (tokenStart[token] < end && levels.of[token] >= 0) below = levels.below[token];
      continue;
    }
    if (tokenKind[token] === T.Sql || tokenStart[token] !== at) continue;
    if (levels.of[token] < 0) {
      if (had !== has && lead.startsWith(had)) put(start, start + had.length, has);
      continue;
    }
    had = lead;
    has = unit.repeat(levels.of[token]);
    below = levels.below[token];
    put(start, at, has);
  }
  return edits;
}

/** Older versions of 4D wrote one or two blanks more before a comment: they may stay (facts: language-in-the-wild §1). */
function commentLead(lead: string, wanted: string): string {
  return lead === `${wanted} ` || lead === `${wanted}  ` ? lead : wanted;
}
