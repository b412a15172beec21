import { N, T } from '../tree/kinds.js';
import type { SyntaxTree } from '../tree/tree.js';

/** What stands between two tokens of a statement as 4D writes it; undefined where 4D knows several ways, or leaves it to the author. */
export type Gap = '' | ' ' | '  ' | undefined;

/** What the gaps of one file depend on. */
export interface SpacingFacts {
  /** Behind `;`: older versions of 4D wrote no blank there, and the whole file is written one way (facts: language-in-the-wild §1). */
  readonly behindSemicolon: '' | ' ';
  /** Nodes that a `:` token belongs to, as far as they are no pair of an object literal: those have no blank before the colon. */
  readonly pairColons: ReadonlySet<number>;
  /** Words after which a parenthesis stands with a blank: `If (`, `For each (`. */
  readonly keywords: ReadonlySet<number>;
}

/** Reads what the gaps of a file depend on. */
export function spacingFacts(tree: SyntaxTree, keywords: ReadonlySet<number>): SpacingFacts {
  const { tokenCount, tokenKind, tokenStart, tokenEnd, nodeCount, nodeKind, nodeToken } = tree.data;
  let tight = 0;
  let wide = 0;
  for (let i = 0; i + 1 < tokenCount; i++) {
    if (tokenKind[i] !== T.Semicolon || tokenKind[i + 1] === T.LineEnd) continue;
    const gap = tokenStart[i + 1] - tokenEnd[i];
    if (gap === (isLogical(tree, i + 1) ? 1 : 0)) tight++;
    else wide++;
  }
  const pairColons = new Set<number>();
  for (let node = 0; node < nodeCount; node++) if (nodeKind[node] === N.Pair) pairColons.add(nodeToken[node]);
  return { behindSemicolon: tight > wide ? '' : ' ', pairColons, keywords };
}

/**
 * The gap between a token and the next one of the same statement: none around operators and brackets, one blank behind `;`, around
 * `&`, `|` and the signs of a ternary, and before a type.
 */
export function gapBehind(tree: SyntaxTree, token: number, facts: SpacingFacts): Gap {
  const { tokenKind } = tree.data;
  const a: T = tokenKind[token];
  const b: T = tokenKind[token + 1];
  if (b === T.Suffix) return '';
  if (a === T.Ellipsis || b === T.Ellipsis) return undefined;
  // A conjunction has a blank of its own: `;  & `, and `; & ` where there is none behind `;`.
  if (a === T.Semicolon) return !isLogical(tree, token + 1) ? facts.behindSemicolon : facts.behindSemicolon ? '  ' : ' ';
  // A method called without arguments may have a blank behind it: `Formula(Refresh )`, `Folder of shop +"a"`.
  if (a === T.Word && isBlankBetween(tree, token)) {
    if (b === T.Semicolon || b === T.Dot || isClosing(b)) return undefined;
    if (b === T.Operator && !isLogical(tree, token + 1) && !isBlankBetween(tree, token + 1)) return undefined;
  }
  // … and then the conjunction's own: `IsWindows  & ($a)`.
  if (a === T.Word && isLogical(tree, token + 1) && blanksBetween(tree, token) === 2) return undefined;
  if (isOpening(a) || isClosing(b)) return isLogical(tree, token) || isLogical(tree, token + 1) ? undefined : '';
  if (a === T.Dot || b === T.Dot) return '';
  if (a === T.Colon) return ' ';
  if (b === T.Colon) return facts.pairColons.has(token + 1) ? '' : ' ';
  if (a === T.Question || b === T.Question) return ' ';
  if (isLogical(tree, token) || isLogical(tree, token + 1)) return ' ';
  if (b === T.Semicolon) return '';
  if (a === T.Assign || b === T.Assign) return '';
  if (a === T.Operator || b === T.Operator)
    return isBitOperator(tree, token) || isBitOperator(tree, token + 1) || isReturn(tree, token) ? undefined : '';
  if (b === T.OpenParen) return facts.keywords.has(token) ? ' ' : a === T.Suffix && !isPlugin(tree, token) ? '' : undefined;
  if (b === T.OpenBrace || b === T.OpenBracket || b === T.OpenDouble) return isReturn(tree, token) ? ' ' : undefined;
  if (isWordLike(a) && (b === T.Local || b === T.Interprocess || b === T.String)) return ' ';
  if (a === T.CloseParen && b === T.Word) return ' ';
  return undefined;
}

function isOpening(kind: T): boolean {
  return kind === T.OpenParen || kind === T.OpenBracket || kind === T.OpenDouble || kind === T.OpenBrace || kind === T.DollarBrace;
}

function isClosing(kind: T): boolean {
  return kind === T.CloseParen || kind === T.CloseBracket || kind === T.CloseDouble || kind === T.CloseBrace;
}

function isWordLike(kind: T): boolean {
  return kind === T.Word || kind === T.Number;
}

/** `&`, `|`, `&&`, `||`: in a list they stand with blanks of their own. */
function isLogical(tree: SyntaxTree, token: number): boolean {
  const { tokenKind, tokenStart } = tree.data;
  const c = tree.text.charCodeAt(tokenStart[token]);
  return tokenKind[token] === T.Operator && (c === 38 || c === 124);
}

/** `??`, `?+`, `?-`, `<<`, `>>`, `^|` are met with blanks and without. */
function isBitOperator(tree: SyntaxTree, token: number): boolean {
  const { tokenKind, tokenStart, tokenEnd } = tree.data;
  const at = tokenStart[token];
  if (tokenKind[token] !== T.Operator || tokenEnd[token] - at !== 2) return false;
  const c = tree.text.charCodeAt(at);
  return c === 63 || c === 94 || ((c === 60 || c === 62) && tree.text.charCodeAt(at + 1) === c);
}

function isBlankBetween(tree: SyntaxTree, token: number): boolean {
  return blanksBetween(tree, token) === 1;
}

function blanksBetween(tree: SyntaxTree, token: number): number {
  return tree.data.tokenStart[token + 1] - tree.data.tokenEnd[token];
}

/** `:P12000:142`: older versions of 4D write a plug-in's command like a method, with a blank before its parenthesis. */
function isPlugin(tree: SyntaxTree, suffix: number): boolean {
  return tree.text.charCodeAt(tree.data.tokenStart[suffix] + 1) === 80;
}

function isReturn(tree: SyntaxTree, token: number): boolean {
  return tree.tokenKind(token) === T.Word && tree.tokenText(token).toLowerCase() === 'return';
}
