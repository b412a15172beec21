import { N } from '../tree/kinds.js';
import type { Node } from '../tree/tree.js';
import { K } from './keywords.js';
import { type Lines, NONE } from './lines.js';
import { pairUnit } from './pairs.js';
import type { ParseState } from './state.js';

/** An open block: the line that opened it, its statement, the part of it that is being filled (`Else`, a case), and that part's Block. */
interface Frame {
  readonly line: number;
  readonly node: Node;
  section: Node;
  block: Node;
}

/** Makes blocks of the lines, below the root: each function of a class by itself, so that a mistake in one leaves the others alone. */
export function arrange(s: ParseState, lines: Lines, root: Node): void {
  let from = 0;
  for (let i = 0; i <= lines.count; i++) {
    if (i < lines.count && !opensUnit(lines.keyword[i])) continue;
    if (i > from) {
      pairUnit(s, lines, from, i);
      new Arranger(s, lines, root).unit(from, i);
    }
    from = i;
  }
}

function opensUnit(keyword: K): boolean {
  return keyword === K.Function || keyword === K.Constructor;
}

class Arranger {
  readonly #frames: Frame[] = [];
  /** Where statements go that no block holds: the file, or the body of a function. */
  #body: Node;

  constructor(
    readonly s: ParseState,
    readonly lines: Lines,
    root: Node,
  ) {
    this.#body = root;
  }

  unit(from: number, to: number): void {
    const { s, lines } = this;
    const root = this.#body;
    let i = from;
    if (opensUnit(lines.keyword[i])) {
      s.append(root, lines.node[i]);
      this.#body = this.#block(lines.node[i], lines.last[i]);
      i++;
    }
    for (; i < to; i++) {
      while (this.#frames.length && lines.endsBefore[this.#top().line] === i) this.#end(lines.last[i - 1]);
      this.#line(i);
    }
    while (this.#frames.length) this.#end(lines.last[to - 1]);
    if (this.#body !== root) {
      this.#extend(this.#body, lines.last[to - 1]);
      s.nodeLast[lines.node[from]] = lines.last[to - 1];
    }
  }

  #line(i: number): void {
    const { s, lines } = this;
    const node = lines.node[i];
    const opener = lines.opener[i];
    if (lines.flat[i] || (opener !== NONE && lines.flat[opener])) {
      this.#add(this.#skipped(i));
      return;
    }
    switch (lines.keyword[i]) {
      case K.If:
      case K.While:
      case K.For:
      case K.ForEach:
      case K.Use:
      case K.CaseOf:
      case K.Repeat:
      case K.Try:
        this.#add(node);
        this.#open(i, node);
        return;
      case K.Else:
      case K.Case:
      case K.Catch: {
        if (opener === i) this.#phantom(i);
        const frame = this.#top();
        this.#endSection(frame, lines.last[i - 1]);
        s.append(frame.node, node);
        frame.section = node;
        frame.block = this.#block(node, lines.last[i]);
        return;
      }
      case K.EndIf:
      case K.EndCase:
      case K.EndWhile:
      case K.EndFor:
      case K.EndForEach:
      case K.EndUse:
      case K.EndTry:
        if (opener === NONE) this.#add(this.#skipped(i));
        else {
          const { node: block } = this.#top();
          this.#end(lines.last[i - 1], lines.last[i]);
          if (node !== NONE) s.append(block, node);
        }
        return;
      case K.EndSql:
        this.#add(this.#skipped(i));
        return;
      case K.Until:
        if (opener === NONE) this.#add(this.#skipped(i));
        else {
          const repeat = this.#top();
          this.#endSection(repeat, lines.last[i - 1]);
          s.append(repeat.node, node);
          s.nodeLast[repeat.node] = lines.last[i];
          this.#frames.pop();
        }
        return;
      default:
        this.#add(node);
    }
  }

  #top(): Frame {
    return this.#frames[this.#frames.length - 1];
  }

  #add(node: Node): void {
    this.s.append(this.#frames.length ? this.#top().block : this.#body, node);
  }

  /** An empty Block as the last child of a node, at a token. */
  #block(parent: Node, token: number): Node {
    const block = this.s.open(N.Block, token);
    this.s.nodeLast[block] = token;
    this.s.append(parent, block);
    return block;
  }

  #open(line: number, node: Node): void {
    this.#frames.push({ line, node, section: node, block: this.#block(node, this.lines.last[line]) });
  }

  /** The statement that a lone `Else`, `: (…)` or `Catch` demands, around it. */
  #phantom(i: number): void {
    const { s, lines } = this;
    const first = lines.first[i];
    const keyword = lines.keyword[i];
    const node = s.open(keyword === K.Else ? N.If : keyword === K.Case ? N.CaseOf : N.Try, first);
    s.nodeLast[node] = first;
    if (keyword === K.Else) {
      const condition = s.open(N.Missing, first);
      s.nodeLast[condition] = first;
      s.append(node, condition);
    }
    this.#add(node);
    this.#frames.push({ line: i, node, section: node, block: this.#block(node, first) });
  }

  /** A Block lies from its first statement to its last; an empty one has no width. */
  #extend(block: Node, last: number): void {
    const { s } = this;
    const first = s.nodeFirstChild[block];
    if (first < 0) return;
    s.nodeFirst[block] = s.nodeFirst[first];
    s.nodeLast[block] = last;
  }

  #endSection(frame: Frame, last: number): void {
    this.#extend(frame.block, last);
    if (last > this.s.nodeLast[frame.section]) this.s.nodeLast[frame.section] = last;
  }

  /** Ends the innermost block behind the token `last`, its statement with the words that end it, if any. */
  #end(last: number, statementLast = last): void {
    const frame = this.#top();
    this.#endSection(frame, last);
    this.#frames.pop();
    const { s } = this;
    if (s.nodeKind[frame.node] === N.Repeat && this.lines.keyword[frame.line] === K.Repeat) {
      const until = s.open(N.Missing, last);
      s.nodeLast[until] = last;
      s.append(frame.node, until);
    }
    if (statementLast > s.nodeLast[frame.node]) s.nodeLast[frame.node] = statementLast;
  }

  /** A line that fits nowhere, with what was read of it. */
  #skipped(i: number): Node {
    const { s, lines } = this;
    const node = s.open(N.Skipped, lines.first[i], lines.first[i]);
    s.nodeLast[node] = lines.last[i];
    if (lines.node[i] !== NONE) s.append(node, lines.node[i]);
    return node;
  }
}
