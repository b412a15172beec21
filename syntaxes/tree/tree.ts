import type { N, T } from './kinds.js';

/** A mistake in the syntax: a code of `parser/syntaxErrors.ts`, the place (UTF-16 offsets), and what its message needs. */
export interface SyntaxError {
  readonly code: string;
  readonly start: number;
  readonly end: number;
  /** Values for the message's places `{0}`, `{1}` … */
  readonly args: readonly string[];
  /** The place that explains it: the `If` that has no `End if`. */
  readonly related?: { readonly start: number; readonly end: number };
}

/** A comment: `start` and `end` are UTF-16 offsets; `block` for the kind between slash-star and star-slash. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly block: boolean;
}

/** What a name carries behind it in tokenised code (facts: `language-in-the-wild`, section 2). */
export type Suffix =
  | { readonly kind: 'command'; readonly number: number }
  | { readonly kind: 'constant'; readonly theme: number; readonly index: number }
  | { readonly kind: 'plugin'; readonly plugin: number; readonly index: number }
  | { readonly kind: 'number'; readonly number: number };

/** The flat arrays that the parser fills and a tree reads. Token i spans `tokenStart[i] … tokenEnd[i]`; what lies between is trivia. */
export interface TreeData {
  readonly text: string;
  readonly tokenKind: Uint8Array;
  readonly tokenStart: Int32Array;
  readonly tokenEnd: Int32Array;
  readonly tokenCount: number;
  readonly nodeKind: Uint8Array;
  /** First token of the node. */
  readonly nodeFirst: Int32Array;
  /** One past the last token of the node; equal to `nodeFirst` for a node without width. */
  readonly nodeLast: Int32Array;
  /** Principal token, or -1. */
  readonly nodeToken: Int32Array;
  readonly nodeParent: Int32Array;
  readonly nodeFirstChild: Int32Array;
  readonly nodeNext: Int32Array;
  readonly nodeCount: number;
  /** start, end, 1 for a block comment: three numbers a comment, in order. */
  readonly comments: Int32Array;
  readonly errors: readonly SyntaxError[];
}

/** A node is its number; 0 is the root, -1 none. */
export type Node = number;

/**
 * A lossless syntax tree over one text: tokens and nodes in flat arrays, no names resolved.
 * Every token belongs to a node; tokens and the trivia between them give back the text.
 */
export class SyntaxTree {
  readonly text: string;
  readonly errors: readonly SyntaxError[];
  constructor(readonly data: TreeData) {
    this.text = data.text;
    this.errors = data.errors;
  }

  get root(): Node {
    return 0;
  }
  kind(node: Node): N {
    return this.data.nodeKind[node];
  }
  parent(node: Node): Node {
    return this.data.nodeParent[node];
  }
  firstChild(node: Node): Node {
    return this.data.nodeFirstChild[node];
  }
  next(node: Node): Node {
    return this.data.nodeNext[node];
  }
  /** The child at a position, -1 when there are fewer. */
  child(node: Node, index: number): Node {
    let c = this.data.nodeFirstChild[node];
    while (index-- > 0 && c >= 0) c = this.data.nodeNext[c];
    return c;
  }
  children(node: Node): Node[] {
    const { nodeFirstChild, nodeNext } = this.data;
    let count = 0;
    for (let c = nodeFirstChild[node]; c >= 0; c = nodeNext[c]) count++;
    // Of the right size at once: a list that grows by itself keeps room for sixteen.
    const list = new Array<Node>(count);
    for (let c = nodeFirstChild[node], i = 0; c >= 0; c = nodeNext[c]) list[i++] = c;
    return list;
  }
  /** The principal token of a node (see {@link N}), or -1. */
  token(node: Node): number {
    return this.data.nodeToken[node];
  }
  /** Offset of the first character of a node; for a node without width, where it would stand. */
  start(node: Node): number {
    const { nodeFirst, nodeLast, tokenStart, tokenEnd } = this.data;
    const first = nodeFirst[node];
    if (first === nodeLast[node]) return first > 0 ? tokenEnd[first - 1] : 0;
    return tokenStart[first];
  }
  /** Offset behind the last character of a node. */
  end(node: Node): number {
    const { nodeFirst, nodeLast, tokenEnd } = this.data;
    const last = nodeLast[node];
    if (last === nodeFirst[node]) return this.start(node);
    return tokenEnd[last - 1];
  }
  /** The source text of a node, as written. */
  textOf(node: Node): string {
    return this.text.slice(this.start(node), this.end(node));
  }
  tokenKind(token: number): T {
    return this.data.tokenKind[token];
  }
  tokenText(token: number): string {
    return token < 0 ? '' : this.text.slice(this.data.tokenStart[token], this.data.tokenEnd[token]);
  }
  tokenStart(token: number): number {
    return this.data.tokenStart[token];
  }
  tokenEnd(token: number): number {
    return this.data.tokenEnd[token];
  }
  /** The token that holds the offset, or the first one behind it (binary search). */
  tokenAt(offset: number): number {
    const { tokenEnd, tokenCount } = this.data;
    let low = 0;
    let high = tokenCount - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tokenEnd[middle] <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  /** The innermost node that holds the offset; at the border of two, the one that starts there. Ends are included. */
  nodeAt(offset: number): Node {
    let node = 0;
    for (;;) {
      let found = -1;
      for (let c = this.data.nodeFirstChild[node]; c >= 0; c = this.data.nodeNext[c]) {
        const start = this.start(c);
        if (start > offset) break;
        if (offset < this.end(c) || (offset === this.end(c) && start < offset)) found = c;
      }
      if (found < 0) return node;
      node = found;
    }
  }
  comments(): Comment[] {
    const { comments } = this.data;
    const list: Comment[] = [];
    for (let i = 0; i < comments.length; i += 3) list.push({ start: comments[i], end: comments[i + 1], block: comments[i + 2] === 1 });
    return list;
  }
}
