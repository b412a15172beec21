import { N, T } from '../tree/kinds.js';
import type { Node } from '../tree/tree.js';
import { endsName, isArrow, isSign, isWordAt } from './keywords.js';
import { closing, list } from './lists.js';
import { local, name, numberBeginsName, pairKey, tableOrField } from './names.js';
import { missing, report, reportHere, shown } from './recovery.js';
import { MAX_HEIGHT, MAX_NESTING, type ParseState } from './state.js';
import { tooDeep, tooLong } from './tooDeep.js';

/**
 * Operands joined by operators, strictly from left to right and without precedence, then a ternary
 * (facts: keywords.json, operators). Gives a Missing where there is nothing.
 */
export function expression(s: ParseState): Node {
  if (s.depth >= MAX_NESTING) return tooDeep(s);
  s.depth++;
  const node = operators(s, operand(s));
  s.depth--;
  return node;
}

/** The operators and operands behind a first operand. */
function operators(s: ParseState, first: Node): Node {
  let left = first;
  for (;;) {
    const kind = s.kind[s.pos];
    if (kind === T.Operator) {
      const operator = s.pos++;
      const node = s.open(N.Binary, s.nodeFirst[left], operator);
      s.append(node, left);
      s.append(node, operand(s));
      left = s.close(node);
    } else if (kind === T.Question) left = ternary(s, left);
    else return left;
    if (s.nodeHeight[left] > MAX_HEIGHT) return tooLong(s, left);
  }
}

function ternary(s: ParseState, condition: Node): Node {
  const question = s.pos++;
  const node = s.open(N.Ternary, s.nodeFirst[condition], question);
  s.append(node, condition);
  s.append(node, expression(s));
  if (s.at() === T.Colon) {
    s.pos++;
    s.append(node, expression(s));
  } else {
    reportHere(s, 'syntax-ternary-colon', [], question);
    s.append(node, missing(s));
  }
  return s.close(node);
}

/** One operand with all that follows it: members, subscripts, arguments, `->`. */
function operand(s: ParseState): Node {
  const start = s.pos;
  switch (s.kind[start]) {
    case T.Word:
      if (endsName(s, start)) break;
      return postfix(s, isTryExpression(s, start) ? tryExpression(s) : name(s));
    case T.Local:
      return postfix(s, local(s, N.Local));
    case T.Interprocess:
      return postfix(s, local(s, N.Interprocess));
    case T.Number:
      if (s.kind[start + 1] === T.Word && numberBeginsName(s)) return postfix(s, name(s));
      return s.leaf(N.Number);
    case T.String:
      return postfix(s, s.leaf(N.String));
    case T.Date:
      return s.leaf(N.Date);
    case T.Time:
      return s.leaf(N.Time);
    case T.OpenParen:
      return postfix(s, parenthesized(s));
    case T.OpenBracket:
      return postfix(s, collectionOrTable(s));
    case T.OpenBrace:
      return postfix(s, objectLiteral(s));
    case T.DollarBrace:
      return postfix(s, parameterIndex(s));
    case T.Operator:
      if (isArrow(s, start)) return unary(s, N.AddressOf);
      if (isSign(s, start, 45) || isSign(s, start, 43)) return unary(s, N.Unary);
      break;
  }
  reportMissingOperand(s);
  return missing(s);
}

/** `-x`, `->x`; `->[]` points to nothing. */
function unary(s: ParseState, kind: N): Node {
  if (s.depth >= MAX_NESTING) return tooDeep(s);
  s.depth++;
  const operator = s.pos++;
  const node = s.open(kind, operator, operator);
  if (kind === N.AddressOf && s.at() === T.OpenBracket && s.kind[s.pos + 1] === T.CloseBracket) {
    s.append(node, missing(s));
    s.pos += 2;
  } else s.append(node, operand(s));
  s.depth--;
  return s.close(node);
}

function reportMissingOperand(s: ParseState): void {
  const before = s.pos - 1;
  if (s.at() === T.Unknown) reportHere(s, 'syntax-unknown-sign', [s.textOf(s.pos)]);
  else if (s.at() === T.Word) reportHere(s, 'syntax-keyword-in-expression', [shown(s.textOf(s.pos))]);
  else if (before >= 0 && s.kind[before] !== T.LineEnd) report(s, 'syntax-operand-missing', before, before, [shown(s.textOf(before))]);
  else reportHere(s, 'syntax-unexpected', [shown(s.textOf(s.pos))]);
}

function parenthesized(s: ParseState): Node {
  const open = s.pos++;
  const node = s.open(N.Parenthesized, open, open);
  s.parens++;
  s.append(node, expression(s));
  s.parens--;
  closing(s, T.CloseParen, open);
  return s.close(node);
}

/** `${n}` */
export function parameterIndex(s: ParseState): Node {
  const open = s.pos++;
  const node = s.open(N.ParameterIndex, open, open);
  s.braces++;
  s.append(node, expression(s));
  s.braces--;
  closing(s, T.CloseBrace, open);
  return s.close(node);
}

/** `Try(` with an expression. Older code calls a method of its own with `try()`. */
function isTryExpression(s: ParseState, start: number): boolean {
  return isWordAt(s, start, 'try') && s.kind[start + 1] === T.OpenParen && s.kind[start + 2] !== T.CloseParen;
}

/** `Try(expression)` */
function tryExpression(s: ParseState): Node {
  const word = s.pos++;
  const node = s.open(N.TryExpression, word, word);
  const open = s.pos++;
  s.parens++;
  s.append(node, expression(s));
  s.parens--;
  closing(s, T.CloseParen, open);
  return s.close(node);
}

/** All that may follow an operand: `.name`, `(…)`, `[…]`, `{…}`, `[[…]]`, `->`. */
function postfix(s: ParseState, first: Node): Node {
  let node = first;
  for (;;) {
    switch (s.kind[s.pos]) {
      case T.OpenParen: {
        if (!isCallable(s.nodeKind[node])) return node;
        const call = s.open(N.Call, s.nodeFirst[node], s.pos);
        s.append(call, node);
        s.append(call, argumentList(s));
        node = s.close(call);
        break;
      }
      case T.Dot:
        node = member(s, node);
        break;
      case T.OpenBracket:
        node = subscript(s, node, N.Index, T.CloseBracket);
        break;
      case T.OpenBrace:
        node = subscript(s, node, N.Element, T.CloseBrace);
        break;
      case T.OpenDouble:
        node = subscript(s, node, N.Character, T.CloseDouble);
        break;
      case T.Operator: {
        if (!isArrow(s, s.pos)) return node;
        const arrow = s.pos++;
        const dereference = s.open(N.Dereference, s.nodeFirst[node], arrow);
        s.append(dereference, node);
        // `pointer->property`: the arrow is also the dot (facts: keywords.json, operators).
        node = s.at() === T.Word && s.start[s.pos] === s.end[arrow] ? arrowMember(s, dereference) : dereference;
        break;
      }
      default:
        return node;
    }
    if (s.nodeHeight[node] > MAX_HEIGHT) return tooLong(s, node);
  }
}

function isCallable(kind: N): boolean {
  return kind !== N.String && kind !== N.Table && kind !== N.ObjectLiteral && kind !== N.CollectionLiteral;
}

function arrowMember(s: ParseState, dereference: Node): Node {
  const node = s.open(N.Member, s.nodeFirst[dereference], s.pos - 1);
  s.append(node, dereference);
  s.append(node, s.leaf(N.Name));
  return s.close(node);
}

function member(s: ParseState, object: Node): Node {
  const dot = s.pos++;
  const node = s.open(N.Member, s.nodeFirst[object], dot);
  s.append(node, object);
  if (s.at() === T.Word) {
    const first = s.pos++;
    if (s.at() === T.Suffix) s.pos++;
    s.append(node, s.open(N.Name, first, first));
  } else {
    reportHere(s, 'syntax-member-missing', [], dot);
    s.append(node, missing(s));
  }
  return s.close(node);
}

/** `(a; b; *)` behind what is called. */
function argumentList(s: ParseState): Node {
  const open = s.pos++;
  const node = s.open(N.Arguments, open, open);
  s.parens++;
  list(s, node, T.CloseParen, open, argument);
  s.parens--;
  return s.close(node);
}

/**
 * One argument: an expression, an assignment (`APPLY TO SELECTION`), an operator by itself (`*`, `>`, `&`), or a criterion with its
 * conjunction before it, `& [Shop]City="x"` (facts: language-in-the-wild §6), or its comparison behind the field, `[Shop]Rank; >=3`.
 */
function argument(s: ParseState): Node {
  const start = s.pos;
  const kind = s.kind[start];
  if (kind === T.Semicolon || kind === T.CloseParen) {
    reportHere(s, 'syntax-argument-missing');
    return missing(s);
  }
  if (kind === T.Operator) {
    const next = s.kind[start + 1];
    if (next === T.Semicolon || next === T.CloseParen) return s.leaf(N.OperatorArgument);
    if (isSign(s, start, 38) || isSign(s, start, 124) || isSign(s, start, 35) || (isComparison(s, start) && followsField(s, start))) {
      s.pos++;
      const node = s.open(N.Unary, start, start);
      s.append(node, expression(s));
      return s.close(node);
    }
  }
  const value = expression(s);
  if (s.at() !== T.Assign) return value;
  const operator = s.pos++;
  const node = s.open(N.AssignmentArgument, s.nodeFirst[value], operator);
  s.append(node, value);
  s.append(node, expression(s));
  return s.close(node);
}

/** `=`, `<`, `>`, `<=`, `>=` */
function isComparison(s: ParseState, token: number): boolean {
  const c = s.text.charCodeAt(s.start[token]);
  return c === 61 || ((c === 60 || c === 62) && (s.end[token] - s.start[token] === 1 || s.text.charCodeAt(s.start[token] + 1) === 61));
}

/** Whether the argument before is a field, `[Shop:2]Rank:4;` or `$field->;`: old methods write a criterion as three arguments. */
function followsField(s: ParseState, token: number): boolean {
  let i = token - 1;
  if (s.kind[i--] !== T.Semicolon) return false;
  if (s.kind[i] === T.Operator) return s.text.startsWith('->', s.start[i]);
  if (s.kind[i] === T.Suffix) i--;
  if (s.kind[i] !== T.Word) return false;
  while (s.kind[i] === T.Word) i--;
  return s.kind[i] === T.CloseBracket;
}

/** `a{1}`, `o["k"]`, `t[[1]]` behind what they are taken of. */
function subscript(s: ParseState, of: Node, kind: N, close: T): Node {
  const open = s.pos++;
  const node = s.open(kind, s.nodeFirst[of], open);
  s.append(node, of);
  const count = close === T.CloseBracket ? 'brackets' : close === T.CloseBrace ? 'braces' : 'doubles';
  s[count]++;
  s.append(node, expression(s));
  s[count]--;
  closing(s, close, open);
  return s.close(node);
}

/** `{name: value; "other key": value}` */
function objectLiteral(s: ParseState): Node {
  const open = s.pos++;
  const node = s.open(N.ObjectLiteral, open, open);
  s.braces++;
  list(s, node, T.CloseBrace, open, pair);
  s.braces--;
  return s.close(node);
}

function pair(s: ParseState): Node {
  const first = s.pos;
  const node = s.open(N.Pair, first);
  s.append(node, pairKey(s));
  if (s.at() === T.Colon) {
    s.nodeToken[node] = s.pos++;
    s.append(node, expression(s));
  } else {
    reportHere(s, 'syntax-pair-colon');
    s.append(node, missing(s));
  }
  return s.close(node);
}

/** `[Shop:2]`, `[Shop:2]City:3` or a collection `[1; 2]` */
function collectionOrTable(s: ParseState): Node {
  const table = tableOrField(s);
  if (table >= 0) return table;
  const open = s.pos++;
  const node = s.open(N.CollectionLiteral, open, open);
  s.brackets++;
  list(s, node, T.CloseBracket, open, expression);
  s.brackets--;
  return s.close(node);
}
