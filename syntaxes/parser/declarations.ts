import { N, T } from '../tree/kinds.js';
import type { Node } from '../tree/tree.js';
import { expression, parameterIndex } from './expressions.js';
import { isModifier, isWordAt } from './keywords.js';
import { closing } from './lists.js';
import { name } from './names.js';
import { atStatementEnd, missing, reportHere, reportUnexpected, skipInList } from './recovery.js';
import type { ParseState } from './state.js';

/** `var $a; $b : Integer:=5` and `property a; b : Text`; several groups may follow each other. */
export function declaration(s: ParseState, kind: N.Var | N.Property): Node {
  const word = s.pos++;
  const node = s.open(kind, word, word);
  for (;;) {
    s.append(node, declarator(s));
    if (s.at() !== T.Semicolon) break;
    s.pos++;
  }
  return s.close(node);
}

/** Names, one type for them all, one initial value. */
function declarator(s: ParseState): Node {
  const first = s.pos;
  const node = s.open(N.Declarator, first, first);
  s.append(node, declaredName(s));
  while (s.at() === T.Semicolon) {
    s.pos++;
    s.append(node, declaredName(s));
  }
  if (s.at() === T.Colon) s.append(node, type(s));
  if (s.at() === T.Assign) {
    s.pos++;
    s.append(node, expression(s));
  }
  return s.close(node);
}

function declaredName(s: ParseState): Node {
  switch (s.at()) {
    case T.Local:
    case T.Interprocess: {
      const node = s.leaf(s.kind[s.pos] === T.Local ? N.Local : N.Interprocess);
      while (s.at() === T.Word) s.pos++;
      return s.close(node);
    }
    case T.Word:
      return name(s);
    case T.DollarBrace:
      return parameterIndex(s);
    default:
      reportHere(s, 'syntax-name-missing');
      return missing(s);
  }
}

/** `: Text`, `: cs.Shop`, `: 4D.File`; the colon belongs to what has the type. */
function type(s: ParseState): Node {
  s.pos++;
  if (s.at() !== T.Word) {
    reportHere(s, 'syntax-type-missing');
    return missing(s);
  }
  const first = s.pos;
  for (;;) {
    while (s.at() === T.Word) s.pos++;
    if (s.at() === T.Suffix) s.pos++;
    if (s.at() !== T.Dot) break;
    s.pos++;
    if (s.at() !== T.Word) reportHere(s, 'syntax-type-missing');
  }
  return s.open(N.Type, first, first);
}

/** `#DECLARE($a : Text)->$r : Object` */
export function declareLine(s: ParseState): Node {
  const word = s.pos++;
  const node = s.open(N.Declare, word, word);
  signature(s, node);
  return s.close(node);
}

/** Parameters and result, as children of what declares them. */
function signature(s: ParseState, node: Node): void {
  s.append(node, parameters(s));
  if (s.at() === T.Colon) {
    const result = s.open(N.Result, s.pos, s.pos);
    s.append(result, type(s));
    s.append(node, s.close(result));
  } else if (s.at() === T.Operator && s.textOf(s.pos) === '->') {
    const result = s.open(N.Result, s.pos, s.pos);
    s.pos++;
    s.append(result, declaredName(s));
    if (s.at() === T.Colon) s.append(result, type(s));
    s.append(node, s.close(result));
  }
}

function parameters(s: ParseState): Node {
  const node = s.open(N.Parameters, s.pos, s.at() === T.OpenParen ? s.pos : -1);
  if (s.at() !== T.OpenParen) return node;
  const open = s.pos++;
  s.parens++;
  while (s.at() !== T.CloseParen && !atStatementEnd(s)) {
    s.append(node, parameter(s));
    if (s.at() !== T.Semicolon && s.at() !== T.CloseParen && !atStatementEnd(s)) {
      reportUnexpected(s);
      const skipped = skipInList(s);
      if (skipped >= 0) s.append(node, skipped);
    }
    if (s.at() !== T.Semicolon) break;
    s.pos++;
    if (s.at() === T.CloseParen || atStatementEnd(s)) reportHere(s, 'syntax-name-missing');
  }
  s.parens--;
  closing(s, T.CloseParen, open);
  return s.close(node);
}

/** `$a : Text`, or `... : Variant` for any number of further ones. */
function parameter(s: ParseState): Node {
  const first = s.pos;
  const node = s.open(N.Parameter, first, first);
  if (s.at() === T.Ellipsis) s.pos++;
  else s.append(node, declaredName(s));
  if (s.at() === T.Colon) s.append(node, type(s));
  return s.close(node);
}

/** `Class extends Entity` */
export function classExtends(s: ParseState): Node {
  const first = s.pos;
  s.pos += 2;
  const node = s.open(N.ClassExtends, first, first + 1);
  s.append(node, dotted(s));
  return s.close(node);
}

/** `shared singleton Class constructor($a : Text)`; its body is added later. */
export function constructorLine(s: ParseState): Node {
  const first = s.pos;
  while (isModifier(s, s.pos)) s.pos++;
  s.pos += 2;
  const node = s.open(N.Constructor, first, s.pos - 1);
  s.append(node, parameters(s));
  return s.close(node);
}

/** `exposed Function get label : Text`; its body is added later. */
export function functionLine(s: ParseState): Node {
  const first = s.pos;
  while (isModifier(s, s.pos)) s.pos++;
  const node = s.open(N.Function, first, s.pos++);
  const special = ['get', 'set', 'query', 'orderby', 'event'].find((word) => isWordAt(s, s.pos, word));
  if (special && s.kind[s.pos + 1] === T.Word) s.pos++;
  s.append(node, s.at() === T.Word ? name(s) : declaredName(s));
  signature(s, node);
  return s.close(node);
}

/** `exposed Alias shopName shop.name` */
export function aliasLine(s: ParseState): Node {
  const first = s.pos;
  while (isModifier(s, s.pos)) s.pos++;
  const node = s.open(N.Alias, first, s.pos++);
  s.append(node, s.leaf(N.Name));
  s.append(node, dotted(s));
  return s.close(node);
}

/** One word, or several with dots between: a Name or a chain of Members. */
function dotted(s: ParseState): Node {
  if (s.at() !== T.Word) {
    reportHere(s, 'syntax-name-missing');
    return missing(s);
  }
  let node = s.leaf(N.Name);
  if (s.at() === T.Suffix) s.pos++;
  s.close(node);
  while (s.at() === T.Dot) {
    const member = s.open(N.Member, s.nodeFirst[node], s.pos++);
    s.append(member, node);
    if (s.at() === T.Word) s.append(member, s.leaf(N.Name));
    else {
      reportHere(s, 'syntax-name-missing');
      s.append(member, missing(s));
    }
    node = s.close(member);
  }
  return node;
}
