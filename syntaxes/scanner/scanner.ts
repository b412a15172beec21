import { T } from '../tree/kinds.js';
import { blankEnd, codeAt, isDigit, isLineEnd, isTheWord, isWord, lineEndFrom, nextLine, wordEnd } from './characters.js';
import { blockCommentEnd, dateEnd, lineCommentEnd, numberEnd, numberSuffixEnd, stringEnd, suffixEnd, timeEnd } from './literals.js';
import { isFieldInside, isSqlOpening, propertyEnd, takeSql } from './lookahead.js';
import { assigns, signEnd } from './signs.js';
import type { TokenBuffer } from './tokens.js';

/** What an open bracket is, on the scanner's stack. */
const PAREN = 1;
const BRACKET = 2;
const DOUBLE = 3;
const BRACE = 4;
const OBJECT = 5;
const INDEX = 6;

/** What words mean for a number suffix behind them: `[Shop:2]`, `]City:3`. */
const PLAIN = 0;
const IN_TABLE = 1;
const FIELD = 2;

/**
 * Splits a text into tokens. What the meaning of a sign depends on is only what stands before it: whether that ends a value, and
 * which brackets are open in the statement. Never throws; every character is in a token or in the trivia between two.
 */
export function scan(text: string, out: TokenBuffer): void {
  out.clear(text.length);
  scanFrom(text, 0, out);
}

/**
 * The same from an offset where a statement may begin, behind the tokens there are: to the end of the text, or to the first end of a
 * statement at which `enough` says so, given the offset behind it.
 */
export function scanFrom(text: string, from: number, out: TokenBuffer, enough?: (at: number) => boolean): void {
  const stack: number[] = [];
  let parens = 0;
  let at = from === 0 && codeAt(text, 0) === 0xfeff ? 1 : from;
  /** The token before ends a value: an operator may follow, an operand may not. */
  let value = false;
  let kind: T = T.LineEnd;
  /** First token of the statement under way; equal to the count when it has none yet. */
  let first = out.count;
  let words = PLAIN;
  /** Words from here to a colon are the key of an object literal. */
  let key = false;

  for (;;) {
    const start = at;
    const c = codeAt(text, at);
    switch (c) {
      case 32:
      case 9:
        at++;
        continue;
      case 10:
      case 13: {
        at = nextLine(text, at);
        if (out.count === first) continue;
        out.add(T.LineEnd, start, at);
        if (isSqlOpening(text, out, first)) at = takeSql(text, at, out);
        else if (enough?.(at)) return;
        first = out.count;
        kind = T.LineEnd;
        value = key = false;
        words = PLAIN;
        stack.length = parens = 0;
        continue;
      }
      case 36: // $
        if (codeAt(text, at + 1) === 123) {
          at += 2;
          stack.push(BRACE);
          kind = T.DollarBrace;
          value = false;
        } else {
          at = wordEnd(text, at + 1);
          kind = kind === T.Dot ? T.Word : T.Local;
          value = true;
        }
        words = PLAIN;
        break;
      case 34: {
        at = stringEnd(text, at);
        if (at < 0) {
          at = -at;
          out.errors.push({ code: 'syntax-unclosed-text', start, end: at, args: [] });
        }
        kind = T.String;
        value = true;
        words = PLAIN;
        break;
      }
      case 33: // !
        if (isDigit(codeAt(text, at + 1))) {
          at = dateEnd(text, at);
          if (at < 0) {
            at = -at;
            out.errors.push({ code: 'syntax-unclosed-date', start, end: at, args: [] });
          }
          kind = T.Date;
          value = true;
        } else {
          at++;
          kind = T.Unknown;
        }
        words = PLAIN;
        break;
      case 63: {
        // ?
        const next = codeAt(text, at + 1);
        words = PLAIN;
        if (!value && isDigit(next)) {
          at = timeEnd(text, at);
          if (at < 0) {
            at = -at;
            out.errors.push({ code: 'syntax-unclosed-time', start, end: at, args: [] });
          }
          kind = T.Time;
          value = true;
        } else if (next === 63 || next === 43 || next === 45) {
          at += 2;
          kind = T.Operator;
          value = false;
        } else {
          at++;
          kind = T.Question;
          value = false;
        }
        break;
      }
      case 40:
        at++;
        stack.push(PAREN);
        parens++;
        kind = T.OpenParen;
        value = false;
        words = PLAIN;
        break;
      case 41:
        at++;
        if (parens > 0) {
          while (stack.pop() !== PAREN);
          parens--;
        }
        kind = T.CloseParen;
        value = true;
        words = PLAIN;
        break;
      case 91: // [
        if (value && codeAt(text, at + 1) === 91 && !isFieldInside(text, at + 1)) {
          at += 2;
          stack.push(DOUBLE);
          kind = T.OpenDouble;
          words = PLAIN;
        } else {
          at++;
          stack.push(value ? INDEX : BRACKET);
          kind = T.OpenBracket;
          words = value ? PLAIN : IN_TABLE;
        }
        value = false;
        break;
      case 93: {
        // ]
        if (codeAt(text, at + 1) === 93 && stack[stack.length - 1] === DOUBLE) {
          at += 2;
          stack.pop();
          kind = T.CloseDouble;
          words = PLAIN;
        } else {
          at++;
          const top = stack[stack.length - 1];
          if (top === BRACKET || top === INDEX) stack.pop();
          // What stands behind an index, or behind `[1]`, is no field.
          words = top !== INDEX && (kind === T.Word || kind === T.Suffix || kind === T.CloseParen) ? FIELD : PLAIN;
          kind = T.CloseBracket;
        }
        value = true;
        break;
      }
      case 123: // {
        at++;
        stack.push(value ? BRACE : OBJECT);
        key = !value;
        kind = T.OpenBrace;
        value = false;
        words = PLAIN;
        out.add(kind, start, at);
        continue;
      case 125: {
        // }
        at++;
        const top = stack[stack.length - 1];
        if (top === BRACE || top === OBJECT) stack.pop();
        kind = T.CloseBrace;
        value = true;
        words = PLAIN;
        break;
      }
      case 59:
        at++;
        key = stack[stack.length - 1] === OBJECT;
        kind = T.Semicolon;
        value = false;
        words = PLAIN;
        out.add(kind, start, at);
        continue;
      case 58: {
        // :
        const next = codeAt(text, at + 1);
        let end = -1;
        if (next === 61) {
          at += 2;
          kind = T.Assign;
          value = false;
        } else {
          if (isDigit(next)) {
            if (words !== PLAIN && value && out.end[out.count - 1] === at) end = numberSuffixEnd(text, at);
            if (words === IN_TABLE && codeAt(text, end) !== 93) end = -1;
          } else if (!key && (kind === T.Word || kind === T.Number) && value) end = suffixEnd(text, at);
          if (end > 0) {
            at = end;
            kind = T.Suffix;
          } else {
            at++;
            kind = T.Colon;
            value = false;
          }
        }
        words = words === IN_TABLE && kind === T.Suffix ? IN_TABLE : PLAIN;
        break;
      }
      case 46: // .
        if (codeAt(text, at + 1) === 46 && codeAt(text, at + 2) === 46) {
          at += 3;
          kind = T.Ellipsis;
          value = true;
        } else if (!value && isDigit(codeAt(text, at + 1))) {
          at = Math.abs(numberEnd(text, at));
          kind = T.Number;
          value = true;
        } else {
          at++;
          kind = T.Dot;
          value = false;
        }
        words = PLAIN;
        break;
      case 60: // <
        words = PLAIN;
        if (codeAt(text, at + 1) === 62 && isWord(codeAt(text, at + 2))) {
          at = wordEnd(text, at + 2);
          kind = T.Interprocess;
          value = true;
        } else {
          at = signEnd(text, at, value);
          kind = T.Operator;
          value = false;
        }
        break;
      case 47: {
        // /
        const next = codeAt(text, at + 1);
        if (next === 47) {
          at = lineCommentEnd(text, at, out.count === first);
          out.addComment(start, at, 0);
          continue;
        }
        if (next === 42) {
          at = blockCommentEnd(text, at);
          if (at < 0) {
            at = -at;
            out.errors.push({ code: 'syntax-unclosed-comment', start, end: start + 2, args: [] });
          }
          out.addComment(start, at, 1);
          continue;
        }
        at = signEnd(text, at, value);
        kind = next === 61 ? T.Assign : T.Operator;
        value = false;
        words = PLAIN;
        break;
      }
      case 96: // ` the comment of old versions
        at = lineEndFrom(text, at);
        out.addComment(start, at, 0);
        continue;
      case 92: {
        // \
        const end = blankEnd(text, at + 1);
        const next = codeAt(text, end);
        if (isLineEnd(next) || end === text.length) {
          // The line goes on on the next one, if only with its end: a blank line ends the statement too.
          at = isLineEnd(next) ? nextLine(text, end) : end;
          continue;
        }
        at++;
        kind = T.Operator;
        value = false;
        words = PLAIN;
        break;
      }
      case 35: // #
        if (out.count === first && isTheWord(text, at + 1, 'declare')) {
          at += 8;
          kind = T.Declare;
        } else {
          at++;
          kind = T.Operator;
        }
        value = false;
        words = PLAIN;
        break;
      case 37: // %
      case 38: // &
      case 42: // *
      case 43: // +
      case 45: // -
      case 61: // =
      case 62: // >
      case 94: // ^
      case 124: // |
        at = signEnd(text, at, value);
        kind = assigns(text, start, at) ? T.Assign : T.Operator;
        // `p->` ends a value, `->p` begins one: the operator leaves that as it was.
        if (!(c === 45 && text.charCodeAt(at - 1) === 62)) value = false;
        words = PLAIN;
        break;
      default: {
        if (at >= text.length) {
          out.add(T.Eof, at, at);
          return;
        }
        if (isDigit(c)) {
          const end = numberEnd(text, at);
          at = end < 0 ? -end : end;
          kind = end < 0 ? T.Word : T.Number;
          value = true;
          out.add(kind, start, at);
          continue;
        }
        if (isWord(c)) {
          at = wordEnd(text, at + 1);
          if (kind === T.Dot && codeAt(text, at) === 36) at = propertyEnd(text, at);
          // The value behind `return` starts anew: `return [1]`, `return -1`, `return {a: 1}`.
          value = !(out.count === first && at - start === 6 && isTheWord(text, start, 'return'));
          kind = T.Word;
          out.add(kind, start, at);
          continue;
        }
        const blank = blankEnd(text, at);
        if (blank > at) {
          at = blank;
          continue;
        }
        // A field of a subtable, as old structures have them: `[Shop]Opening'Day`.
        if (c === 39 && words === FIELD && kind === T.Word && isWord(codeAt(text, at + 1))) {
          at = wordEnd(text, at + 1);
          out.add(kind, start, at);
          continue;
        }
        if (c === 0x25ca && isWord(codeAt(text, at + 1))) {
          at = wordEnd(text, at + 1);
          kind = T.Interprocess;
          value = true;
        } else {
          at++;
          kind = T.Unknown;
        }
        words = PLAIN;
      }
    }
    key = false;
    out.add(kind, start, at);
  }
}
