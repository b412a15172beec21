import { N, T } from '../tree/kinds.js';
import type { Node } from '../tree/tree.js';
import { aliasLine, classExtends, constructorLine, declaration, declareLine, functionLine } from './declarations.js';
import { expression } from './expressions.js';
import { K, keywordText, lineKeyword } from './keywords.js';
import { NONE } from './lines.js';
import { closing } from './lists.js';
import { atStatementEnd, missing, report, reportHere, reportSpare, reportUnexpected, skipInList, skipStatement } from './recovery.js';
import type { ParseState } from './state.js';

/**
 * One statement, from its first token to its line's end, which stays. Gives its node; none for `End …` words, and the
 * condition for `Until`. What blocks the statements make is settled afterwards, over all of them (`blocks.ts`).
 */
export function statement(s: ParseState, keyword: K): Node {
  const first = s.pos;
  s.depth = s.parens = s.brackets = s.doubles = s.braces = 0;
  const node = content(s, keyword, first);
  if (atStatementEnd(s)) return node;
  if (s.at() === T.Semicolon && atStatementEnd(s, s.pos + 1)) reportSpare(s, s.pos);
  else reportUnexpected(s);
  const rest = skipStatement(s);
  if (node === NONE) return rest;
  const nothing = s.nodeKind[node] === N.Missing;
  s.append(nothing ? rest : node, nothing ? node : rest);
  return nothing ? rest : s.close(node);
}

function content(s: ParseState, keyword: K, first: number): Node {
  switch (keyword) {
    case K.If:
      return conditional(s, N.If, keyword, false);
    case K.While:
      return conditional(s, N.While, keyword);
    case K.Use:
      return conditional(s, N.Use, keyword);
    case K.Case:
      return conditional(s, N.Case, keyword, false);
    case K.Until:
      s.pos++;
      return condition(s, keyword, first, true);
    case K.Else:
      return words(s, N.Else, 1);
    case K.CaseOf:
      return words(s, N.CaseOf, 2);
    case K.Repeat:
      return words(s, N.Repeat, 1);
    case K.Try:
      return words(s, N.Try, 1);
    case K.Catch:
      return words(s, N.Catch, 1);
    case K.EndIf:
    case K.EndCase:
    case K.EndWhile:
    case K.EndFor:
    case K.EndUse:
    case K.EndTry:
      return end(s, 2);
    case K.EndSql:
      // The one of a block is read with it (`sql`): this one has no `Begin SQL`.
      report(s, 'syntax-opening-missing', first, first + 1, ['Begin SQL', 'End SQL', s.lineNumber(s.start[first])]);
      return end(s, 2);
    case K.EndForEach:
      return end(s, 3);
    case K.For:
      return forLine(s);
    case K.ForEach:
      return forEachLine(s);
    case K.BeginSql:
      return sql(s);
    case K.Return: {
      const node = words(s, N.Return, 1);
      if (!atStatementEnd(s)) s.append(node, expression(s));
      return s.close(node);
    }
    case K.Break:
      return words(s, N.Break, 1);
    case K.Continue:
      return words(s, N.Continue, 1);
    case K.Var:
      return declaration(s, N.Var);
    case K.Property:
      return declaration(s, N.Property);
    case K.Declare:
      return declareLine(s);
    case K.Extends:
      return classExtends(s);
    case K.Constructor:
      return constructorLine(s);
    case K.Function:
      return functionLine(s);
    case K.Alias:
      return aliasLine(s);
    default:
      return simple(s);
  }
}

/** Goes past the words that end a block: they need no node, the block's statement holds them. */
function end(s: ParseState, count: number): number {
  s.pos += count;
  if (s.at() === T.Suffix) s.pos++;
  return NONE;
}

/** Goes past the words of a keyword and its token, and gives a node that holds them. */
function words(s: ParseState, kind: N, count: number): Node {
  const first = s.pos;
  s.pos += count;
  if (s.at() === T.Suffix) s.pos++;
  return s.open(kind, first, first);
}

/** `If (…)`, `While (…)`, `Use (…)`, `: (…)` */
function conditional(s: ParseState, kind: N, keyword: K, demanded = true): Node {
  const word = s.pos++;
  const node = s.open(kind, word, word);
  s.append(node, condition(s, keyword, word, demanded));
  return s.close(node);
}

/**
 * The condition behind a keyword. It starts with a parenthesis, but need not end with it: `If (a) & (b)`. 4D takes the condition of an
 * `If`, of a case, and that at the end of a `For each`, without one too.
 */
function condition(s: ParseState, keyword: K, word: number, demanded: boolean): Node {
  if (atStatementEnd(s)) {
    reportHere(s, 'syntax-condition-missing', [keywordText[keyword] ?? ''], word);
    return missing(s);
  }
  if (s.at() !== T.OpenParen && demanded) reportHere(s, 'syntax-condition-parenthesis', [keywordText[keyword] ?? '']);
  return expression(s);
}

/** `For ($i; 1; 10; 2)` */
function forLine(s: ParseState): Node {
  const word = s.pos++;
  const node = s.open(N.For, word, word);
  parts(s, node, 3, 4, K.For, word);
  return s.close(node);
}

/** `For each ($item; $list; 0; 10) While ($go)` */
function forEachLine(s: ParseState): Node {
  const word = s.pos;
  s.pos += 2;
  const node = s.open(N.ForEach, word, word);
  parts(s, node, 2, 4, K.ForEach, word);
  const tail = lineKeyword(s, s.pos);
  if (tail === K.While || tail === K.Until) s.append(node, conditional(s, tail === K.While ? N.ForEachWhile : N.ForEachUntil, tail, false));
  return s.close(node);
}

/** The parts of a loop's head between its parentheses; those demanded and absent are Missing. */
function parts(s: ParseState, node: Node, least: number, most: number, keyword: K, word: number): void {
  const open = s.pos;
  const parenthesis = s.at() === T.OpenParen;
  const text = keywordText[keyword] ?? '';
  if (parenthesis) {
    s.pos++;
    s.parens++;
  } else reportHere(s, 'syntax-condition-parenthesis', [text]);
  let count = 0;
  while (!atStatementEnd(s) && count < most) {
    if (count > 0) {
      if (s.at() !== T.Semicolon) break;
      s.pos++;
    }
    s.append(node, expression(s));
    count++;
  }
  if (count < least) reportHere(s, 'syntax-loop-parts', [text, String(least)], word);
  for (; count < least; count++) s.append(node, missing(s));
  if (!parenthesis) return;
  if (s.at() !== T.CloseParen) {
    if (s.at() === T.Semicolon) reportHere(s, 'syntax-loop-parts', [text, String(most)], word);
    else if (!atStatementEnd(s)) reportUnexpected(s);
    const skipped = skipInList(s);
    if (skipped >= 0) s.append(node, skipped);
  }
  s.parens--;
  closing(s, T.CloseParen, open);
}

/** `Begin SQL`, the SQL, `End SQL`: one statement; the scanner made one token of what lies between. */
function sql(s: ParseState): Node {
  const first = s.pos;
  const node = words(s, N.Sql, 2);
  if (!atStatementEnd(s)) {
    reportUnexpected(s);
    s.append(node, skipStatement(s));
  }
  if (s.at() === T.LineEnd) s.pos++;
  s.nodeToken[node] = s.at() === T.Sql ? s.pos++ : -1;
  if (lineKeyword(s, s.pos) === K.EndSql) {
    s.pos += 2;
    if (s.at() === T.Suffix) s.pos++;
  } else report(s, 'syntax-end-missing', first, first + 1, ['End SQL', 'Begin SQL', '']);
  return s.close(node);
}

/** An assignment or an expression. */
function simple(s: ParseState): Node {
  const first = s.pos;
  const value = expression(s);
  if (s.at() !== T.Assign) {
    const node = s.open(N.ExpressionStatement, first);
    s.append(node, value);
    return node;
  }
  const node = s.open(N.Assignment, first, s.pos++);
  s.append(node, value);
  s.append(node, expression(s));
  return s.close(node);
}
