import { isTheWord } from '../scanner/characters.js';
import { T } from '../tree/kinds.js';
import type { ParseState } from './state.js';

/** What kind of line a statement is. The words are those of 4D (facts: keywords.json, keywords), without regard to case. */
export enum K {
  /** An expression or assignment. */
  None,
  If,
  Else,
  EndIf,
  CaseOf,
  EndCase,
  While,
  EndWhile,
  Repeat,
  Until,
  For,
  EndFor,
  ForEach,
  EndForEach,
  Use,
  EndUse,
  Try,
  Catch,
  EndTry,
  BeginSql,
  EndSql,
  Return,
  Break,
  Continue,
  Var,
  Property,
  Function,
  Constructor,
  Extends,
  Alias,
  /** `:` before the condition of a case. */
  Case,
  Declare,
}

/** How each line that has words of its own is written. */
export const keywordText: Readonly<Partial<Record<K, string>>> = {
  [K.If]: 'If',
  [K.Else]: 'Else',
  [K.EndIf]: 'End if',
  [K.CaseOf]: 'Case of',
  [K.EndCase]: 'End case',
  [K.While]: 'While',
  [K.EndWhile]: 'End while',
  [K.Repeat]: 'Repeat',
  [K.Until]: 'Until',
  [K.For]: 'For',
  [K.EndFor]: 'End for',
  [K.ForEach]: 'For each',
  [K.EndForEach]: 'End for each',
  [K.Use]: 'Use',
  [K.EndUse]: 'End use',
  [K.Try]: 'Try',
  [K.Catch]: 'Catch',
  [K.EndTry]: 'End try',
  [K.BeginSql]: 'Begin SQL',
  [K.EndSql]: 'End SQL',
  [K.Return]: 'return',
  [K.Break]: 'break',
  [K.Continue]: 'continue',
  [K.Var]: 'var',
  [K.Property]: 'property',
  [K.Function]: 'Function',
  [K.Constructor]: 'Class constructor',
  [K.Extends]: 'Class extends',
  [K.Alias]: 'Alias',
  [K.Case]: ':',
  [K.Declare]: '#DECLARE',
};

const modifiers = ['local', 'server', 'exposed', 'onhttpget', 'shared', 'singleton', 'session'];

/** Whether a token is this lower-case word. */
export function isWordAt(s: ParseState, token: number, lower: string): boolean {
  return s.kind[token] === T.Word && s.end[token] - s.start[token] === lower.length && isTheWord(s.text, s.start[token], lower);
}

/** What kind of line starts at a token. Two-word forms need both words; a name that merely starts like one stays a name. */
export function lineKeyword(s: ParseState, token: number): K {
  const kind = s.kind[token];
  if (kind === T.Colon) return K.Case;
  if (kind === T.Declare) return K.Declare;
  if (kind !== T.Word) return K.None;
  const next = s.kind[token + 1];
  switch (s.text.charCodeAt(s.start[token]) | 32) {
    case 97: // a
      return isWordAt(s, token, 'alias') && next === T.Word && s.kind[token + 2] === T.Word ? K.Alias : K.None;
    case 98: // b
      if (isWordAt(s, token, 'begin') && isWordAt(s, token + 1, 'sql')) return K.BeginSql;
      return isWordAt(s, token, 'break') && isLast(next) ? K.Break : K.None;
    case 99: // c
      if (isWordAt(s, token, 'case')) return isWordAt(s, token + 1, 'of') ? K.CaseOf : K.None;
      if (isWordAt(s, token, 'class')) {
        if (isWordAt(s, token + 1, 'constructor')) return K.Constructor;
        return isWordAt(s, token + 1, 'extends') ? K.Extends : K.None;
      }
      if (isWordAt(s, token, 'catch')) return isLast(next) ? K.Catch : K.None;
      return isWordAt(s, token, 'continue') && isLast(next) ? K.Continue : K.None;
    case 101: // e
      if (isWordAt(s, token, 'end')) return endKeyword(s, token + 1);
      if (isWordAt(s, token, 'else') && next !== T.Assign) return K.Else;
      return modified(s, token);
    case 102: // f
      if (isWordAt(s, token, 'for')) return isWordAt(s, token + 1, 'each') ? K.ForEach : heads(next) ? K.For : K.None;
      return isWordAt(s, token, 'function') && (next === T.Word || next === T.Local) ? K.Function : K.None;
    case 105: // i
      return isWordAt(s, token, 'if') && heads(next) ? K.If : K.None;
    case 108: // l
    case 111: // o
    case 115: // s
      return modified(s, token);
    case 112: // p
      return isWordAt(s, token, 'property') && (next === T.Word || next === T.Local) ? K.Property : K.None;
    case 114: // r
      if (isWordAt(s, token, 'return')) return next !== T.Assign ? K.Return : K.None;
      return isWordAt(s, token, 'repeat') && isLast(next) ? K.Repeat : K.None;
    case 116: // t
      return isWordAt(s, token, 'try') && isLast(next) ? K.Try : K.None;
    case 117: // u
      if (isWordAt(s, token, 'until')) return heads(next) ? K.Until : K.None;
      return isWordAt(s, token, 'use') && headsUse(s, token + 1) ? K.Use : K.None;
    case 118: // v
      return isWordAt(s, token, 'var') && declares(next) ? K.Var : K.None;
    case 119: // w
      return isWordAt(s, token, 'while') && heads(next) ? K.While : K.None;
    default:
      return K.None;
  }
}

/**
 * Whether a word inside or before a name belongs to a block and so ends the name: nobody's name goes on across `Else` or `End if`.
 * Words that names do contain (`Is string var`, `Use selected file`) end it only in the company that makes them keywords.
 */
export function endsName(s: ParseState, token: number): boolean {
  const next = s.kind[token + 1];
  switch (s.text.charCodeAt(s.start[token]) | 32) {
    case 98:
      return isWordAt(s, token, 'begin') && isWordAt(s, token + 1, 'sql');
    case 99:
      return isWordAt(s, token, 'case') && isWordAt(s, token + 1, 'of');
    case 101:
      if (isWordAt(s, token, 'else')) return next !== T.Assign;
      return isWordAt(s, token, 'end') && endKeyword(s, token + 1) !== K.None;
    case 102:
      return isWordAt(s, token, 'for') && (next === T.OpenParen || isWordAt(s, token + 1, 'each'));
    case 105:
      return isWordAt(s, token, 'if') && next === T.OpenParen;
    case 117:
      return (isWordAt(s, token, 'until') || isWordAt(s, token, 'use')) && next === T.OpenParen;
    case 119:
      return isWordAt(s, token, 'while') && next === T.OpenParen;
    default:
      return false;
  }
}

function endKeyword(s: ParseState, second: number): K {
  if (s.kind[second] !== T.Word) return K.None;
  switch (s.text.charCodeAt(s.start[second]) | 32) {
    case 99:
      return isWordAt(s, second, 'case') ? K.EndCase : K.None;
    case 102:
      if (!isWordAt(s, second, 'for')) return K.None;
      return isWordAt(s, second + 1, 'each') ? K.EndForEach : K.EndFor;
    case 105:
      return isWordAt(s, second, 'if') ? K.EndIf : K.None;
    case 115:
      return isWordAt(s, second, 'sql') ? K.EndSql : K.None;
    case 116:
      return isWordAt(s, second, 'try') ? K.EndTry : K.None;
    case 117:
      return isWordAt(s, second, 'use') ? K.EndUse : K.None;
    case 119:
      return isWordAt(s, second, 'while') ? K.EndWhile : K.None;
    default:
      return K.None;
  }
}

/** Any run of modifiers before `Function`, `Class constructor` or `Alias`, in any order (facts: language-in-the-wild §5). */
function modified(s: ParseState, token: number): K {
  let i = token;
  while (isModifier(s, i)) i++;
  if (i === token) return K.None;
  const keyword = lineKeyword(s, i);
  return keyword === K.Function || keyword === K.Constructor || keyword === K.Alias ? keyword : K.None;
}

export function isModifier(s: ParseState, token: number): boolean {
  return s.kind[token] === T.Word && modifiers.some((m) => isWordAt(s, token, m));
}

function declares(next: T): boolean {
  return next === T.Local || next === T.Word || next === T.Interprocess || next === T.DollarBrace;
}

function isLast(next: T): boolean {
  return next === T.LineEnd || next === T.Eof;
}

/** What may follow a keyword with a condition, also where its parenthesis was forgotten: everything that does not make a name of it. */
function heads(next: T): boolean {
  return next !== T.Assign && next !== T.Dot && next !== T.OpenBrace && next !== T.OpenBracket;
}

/** `Use (x)` and, with its parenthesis forgotten, `Use x.y)`; but not the commands `USE SET (…)`. */
function headsUse(s: ParseState, next: number): boolean {
  if (s.kind[next] !== T.Word) return heads(s.kind[next]) && !isLast(s.kind[next]);
  let i = next;
  while (s.kind[i] === T.Word) i++;
  if (s.kind[i] === T.Suffix) i++;
  return s.kind[i] !== T.OpenParen && !isLast(s.kind[i]) && s.kind[i] !== T.Assign;
}

/** Whether an operator token is `->`. */
export function isArrow(s: ParseState, token: number): boolean {
  const at = s.start[token];
  return s.text.charCodeAt(at) === 45 && s.end[token] - at === 2;
}

/** Whether an operator token is this one character. */
export function isSign(s: ParseState, token: number, character: number): boolean {
  const at = s.start[token];
  return s.text.charCodeAt(at) === character && s.end[token] - at === 1;
}
