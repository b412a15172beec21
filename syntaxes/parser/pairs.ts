import type { SyntaxError as Mistake } from '../tree/tree.js';
import { K, keywordText } from './keywords.js';
import { type Lines, NONE } from './lines.js';
import type { ParseState } from './state.js';

/** Deepest nesting of blocks (facts: keywords.json, maxNesting). */
export const MAX_BLOCKS = 512;

/** Which words end the block that a keyword opens. */
const ends: Readonly<Partial<Record<K, K>>> = {
  [K.If]: K.EndIf,
  [K.CaseOf]: K.EndCase,
  [K.While]: K.EndWhile,
  [K.Repeat]: K.Until,
  [K.For]: K.EndFor,
  [K.ForEach]: K.EndForEach,
  [K.Use]: K.EndUse,
  [K.Try]: K.EndTry,
};

const PLAIN = 0;
const OPENS = 1;
const CONTINUES = 2;
const CLOSES = 3;
const role = new Uint8Array(64);
/** For the words that end a block: the keyword that opens it. */
const opens = new Uint8Array(64);
/** For the words that open a block: those that end it. */
const endOf = new Uint8Array(64);
for (const [opener, end] of Object.entries(ends)) {
  role[Number(opener)] = OPENS;
  role[end] = CLOSES;
  opens[end] = Number(opener);
  endOf[Number(opener)] = end;
}
role[K.Else] = role[K.Case] = role[K.Catch] = CONTINUES;

/**
 * Finds the line that opens the block of each `Else`, `: (…)`, `Catch` and `End …` between two lines. Where the words alone fit
 * together, indentation does not count. Where they do not, it is the evidence: 4D writes one tab a level, so a line that stands too far
 * left or right tells which word is missing (facts: language-in-the-wild §1). The reading with fewer mistakes wins.
 */
export function pairUnit(s: ParseState, lines: Lines, from: number, to: number): void {
  if (pairPlainly(lines, from, to)) return;
  const indented = new Pairing(s, lines, from, to, true);
  indented.run();
  const plain = new Pairing(s, lines, from, to, false);
  plain.run();
  let best = plain.errors.length < indented.errors.length ? plain : indented;
  if (best.errors.length > 2) {
    // Several mistakes may be one: a word that ends a block which nothing opens has ended an outer one.
    const innermost = new Pairing(s, lines, from, to, false, 1);
    innermost.run();
    if (innermost.errors.length < best.errors.length) best = innermost;
  }
  best.apply();
}

const stack: number[] = [];

function pairPlainly(lines: Lines, from: number, to: number): boolean {
  const { keyword, opener } = lines;
  /** Openers whose `Else` or `Catch` was met. */
  stack.length = 0;
  for (let i = from; i < to; i++) {
    const k = keyword[i];
    const r = role[k];
    if (r === PLAIN) continue;
    if (r === OPENS) {
      if (stack.length >= MAX_BLOCKS) return false;
      stack.push(i);
      continue;
    }
    if (stack.length === 0) return false;
    const top = stack[stack.length - 1];
    const open = keyword[top < 0 ? ~top : top];
    if (r === CLOSES) {
      if (open !== opens[k]) return false;
      opener[i] = top < 0 ? ~top : top;
      stack.pop();
    } else {
      // A negative number marks an opener that had its Else or Catch.
      if (top < 0 || !continues(k, open)) return false;
      opener[i] = top;
      if (k !== K.Case) stack[stack.length - 1] = ~top;
    }
  }
  return stack.length === 0;
}

function continues(k: K, open: K): boolean {
  if (k === K.Else) return open === K.If || open === K.CaseOf;
  return k === K.Case ? open === K.CaseOf : open === K.Try;
}

interface Open {
  /** The line that opens, or that stands for one that is missing. */
  readonly line: number;
  readonly keyword: K;
  readonly indent: number;
  /** Indentation of the cases of a `Case of`, once one was met. */
  label: number;
  last: boolean;
}

/** One attempt to fit the words of a unit together, with or without regard to indentation. */
class Pairing {
  readonly errors: Mistake[] = [];
  readonly #opener = new Map<number, number>();
  readonly #endsBefore = new Map<number, number>();
  readonly #flat = new Set<number>();
  readonly #open: Open[] = [];
  readonly #openCount = new Uint32Array(64);
  #tooDeep = false;

  constructor(
    readonly s: ParseState,
    readonly lines: Lines,
    readonly from: number,
    readonly to: number,
    readonly indented: boolean,
    /** How many open blocks a word may look through for the one it ends or continues. */
    readonly reach = MAX_BLOCKS,
  ) {}

  run(): void {
    const { lines, from, to } = this;
    for (let i = from; i < to; i++) {
      const k = lines.keyword[i];
      const indent = this.#indent(i);
      switch (role[k]) {
        case CLOSES:
          this.#closes(i, k, indent);
          break;
        case CONTINUES:
          this.#continues(i, k, indent);
          break;
        default:
          // A plain line inside a block stands further right than the word that opens it.
          if (this.indented && k !== K.Function && k !== K.Constructor)
            while (this.#open.length && this.#top().indent >= indent) this.#unclosed(i);
          if (role[k] === OPENS) this.#push({ line: i, keyword: k, indent, label: -1, last: false });
      }
    }
    while (this.#open.length) this.#unclosed(to);
  }

  apply(): void {
    const { lines } = this;
    for (let i = this.from; i < this.to; i++) {
      lines.opener[i] = this.#opener.get(i) ?? NONE;
      lines.endsBefore[i] = this.#endsBefore.get(i) ?? NONE;
      lines.flat[i] = this.#flat.has(i) ? 1 : 0;
    }
    for (const error of this.errors) this.s.errors.push(error);
  }

  #top(): Open {
    return this.#open[this.#open.length - 1];
  }

  #push(open: Open): void {
    if (this.#open.length >= MAX_BLOCKS) {
      this.#flat.add(open.line);
      if (!this.#tooDeep) this.#report('syntax-too-deep', open.line, [String(MAX_BLOCKS)]);
      this.#tooDeep = true;
    }
    this.#open.push(open);
    this.#openCount[open.keyword]++;
  }

  #pop(): Open {
    const open = this.#open.pop() as Open;
    this.#openCount[open.keyword]--;
    return open;
  }

  /** The innermost block has no end: it ends before a line all the same. */
  #unclosed(before: number): void {
    const { s, lines } = this;
    const open = this.#pop();
    this.#endsBefore.set(open.line, before);
    const line = lines.keyword[open.line];
    if (line !== open.keyword) return;
    const last = lines.last[before - 1] - 1;
    const wanted = s.end[last];
    this.#report(
      'syntax-end-missing',
      open.line,
      [keywordText[endOf[open.keyword] as K] ?? '', keywordText[open.keyword] ?? '', this.s.lineNumber(s.start[lines.first[open.line]])],
      { start: wanted, end: wanted },
    );
  }

  #closes(i: number, k: K, indent: number): void {
    const keyword = opens[k] as K;
    const at = this.#find((open) => open.keyword === keyword && (!this.indented || open.indent === indent), keyword);
    if (at < 0 && !(this.indented && this.#open.length && this.#top().keyword === keyword && this.#top().indent > indent)) {
      this.#unopened(i, keyword, k, indent);
      return;
    }
    while (at >= 0 && this.#open.length - 1 > at) this.#unclosed(i);
    this.#opener.set(i, this.#pop().line);
  }

  #continues(i: number, k: K, indent: number): void {
    const fits = (open: Open): boolean => {
      if (!continues(k, open.keyword)) return false;
      if (!this.indented) return !open.last;
      if (open.keyword !== K.CaseOf) return open.indent === indent;
      return open.label < 0 ? open.indent < indent : open.label === indent;
    };
    const at = this.#find(fits, k === K.Case ? K.CaseOf : k === K.Catch ? K.Try : undefined);
    if (at < 0) {
      const keyword = k === K.Else ? K.If : k === K.Case ? K.CaseOf : K.Try;
      this.#unopened(i, keyword, k, indent);
      this.#push({ line: i, keyword, indent: k === K.Case ? indent - TAB : indent, label: k === K.Case ? indent : -1, last: k !== K.Case });
      this.#opener.set(i, i);
      return;
    }
    while (this.#open.length - 1 > at) this.#unclosed(i);
    const open = this.#top();
    if (open.keyword === K.CaseOf) open.label = indent;
    if (open.last)
      this.#report('syntax-behind-else', i, [keywordText[k] ?? '', keywordText[open.keyword] ?? '', this.#lineNumberOf(open.line)]);
    if (k !== K.Case) open.last = true;
    this.#opener.set(i, open.line);
  }

  /** The innermost open block that fits, or -1. */
  #find(fits: (open: Open) => boolean, keyword?: K): number {
    if (keyword !== undefined && this.#openCount[keyword] === 0) return -1;
    const last = this.#open.length - 1;
    for (let at = last; at >= 0 && at > last - this.reach; at--) if (fits(this.#open[at])) return at;
    return -1;
  }

  /** A word that closes or continues a block which nothing opens. With indentation, the report stands where the opening line is missing. */
  #unopened(i: number, keyword: K, k: K, indent: number): void {
    const { s, lines } = this;
    let place = i;
    if (this.indented) while (place - 1 >= this.from && i - place < 2000 && this.#indent(place - 1) > indent) place--;
    const found = { start: s.start[lines.first[i]], end: s.end[lines.first[i]] };
    const args = [keywordText[keyword] ?? '', k === K.Case ? ': (…)' : (keywordText[k] ?? ''), this.#lineNumberOf(i)];
    const comment = this.indented ? this.#commentBefore(place, indent) : undefined;
    if (comment) this.errors.push({ code: 'syntax-opening-missing', ...comment, args, related: found });
    else this.#report('syntax-opening-missing', place, args, found);
  }

  /** The first comment on a line of its own between a line and the one before it that stands further right than `indent`. */
  #commentBefore(line: number, indent: number): { start: number; end: number } | undefined {
    const { s, lines } = this;
    const { comments, commentCount } = s.tokens;
    const first = lines.first[line];
    const from = first > 0 ? s.end[first - 1] : 0;
    let low = 0;
    let high = commentCount;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (comments[3 * middle] < from) low = middle + 1;
      else high = middle;
    }
    for (let i = 3 * low; i < 3 * commentCount && comments[i] < s.start[first]; i += 3)
      if (this.#indentAt(comments[i]) > indent) return { start: comments[i], end: comments[i + 1] };
    return undefined;
  }

  #report(code: string, line: number, args: readonly string[], related?: { start: number; end: number }): void {
    const { s, lines } = this;
    const first = lines.first[line];
    let last = first;
    if (role[lines.keyword[line]] !== PLAIN && s.kind[first + 1] === s.kind[first] && lines.last[line] - first < 4)
      last = lines.last[line] - 1;
    this.errors.push({ code, start: s.start[first], end: s.end[last], args, related });
  }

  #lineNumberOf(line: number): string {
    return this.s.lineNumber(this.s.start[this.lines.first[line]]);
  }

  /** Width of the blanks before a line: a tab counts as four. */
  #indent(line: number): number {
    return this.#indentAt(this.s.start[this.lines.first[line]]);
  }

  #indentAt(offset: number): number {
    const { text } = this.s;
    let width = 0;
    for (let i = offset - 1; i >= 0; i--) {
      const c = text.charCodeAt(i);
      if (c === 9) width += TAB;
      else if (c === 32) width++;
      else break;
    }
    return width;
  }
}

const TAB = 4;
