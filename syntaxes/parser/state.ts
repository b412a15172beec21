import { copyMoved, LARGE, resized, TokenBuffer } from '../scanner/tokens.js';
import type { N, T } from '../tree/kinds.js';
import { LineIndex } from '../tree/lineIndex.js';
import { type SyntaxError as Mistake, type Node, SyntaxTree, type TreeData } from '../tree/tree.js';

/** Expressions nested deeper than this are skipped flat with one error, so that nobody who reads a tree runs out of stack. */
export const MAX_NESTING = 256;
/** Height of one expression's tree: nesting and the length of sums taken together. */
export const MAX_HEIGHT = 1500;

/**
 * What one parse works on: the tokens, the place in them, and the nodes made so far, in arrays that grow.
 * One state serves all parses one after the other; a tree takes copies of exactly its size.
 */
export class ParseState {
  readonly tokens = new TokenBuffer();
  text = '';
  kind: Uint8Array = this.tokens.kind;
  start: Int32Array = this.tokens.start;
  end: Int32Array = this.tokens.end;
  pos = 0;
  /** Nesting of the expression under way. */
  depth = 0;
  /** Open brackets around the place, by kind: a closing one that fits none of them is a stray. */
  parens = 0;
  brackets = 0;
  doubles = 0;
  braces = 0;
  /** The statement under way has its error already. */
  broken = false;
  errors: Mistake[] = [];
  #lineIndex: LineIndex | undefined;
  /** First of the scanner's errors that no statement has taken over yet. */
  lexical = 0;

  nodeKind = new Uint8Array(64);
  nodeFirst = new Int32Array(64);
  nodeLast = new Int32Array(64);
  nodeToken = new Int32Array(64);
  nodeParent = new Int32Array(64);
  nodeFirstChild = new Int32Array(64);
  nodeLastChild = new Int32Array(64);
  nodeNext = new Int32Array(64);
  nodeHeight = new Uint16Array(64);
  nodeCount = 0;

  constructor() {
    // Grown once before use: engines take fields that never changed for constants, and would have to unlearn it at the first large file.
    this.#grow(USUAL);
  }

  /** Takes over the tokens that were scanned last. */
  begin(text: string): void {
    // What a giant file needed is not kept for the small ones after it.
    if (this.nodeKind.length > LARGE && text.length < LARGE) this.#grow(LARGE);
    this.text = text;
    this.kind = this.tokens.kind;
    this.start = this.tokens.start;
    this.end = this.tokens.end;
    this.pos = 0;
    this.nodeCount = 0;
    this.errors = [];
    this.#lineIndex = undefined;
    this.lexical = 0;
  }

  /** A new node that starts at a token; `token` is its principal one. It ends with the token before the present place until closed. */
  open(kind: N, first: number, token = -1): Node {
    const node = this.nodeCount++;
    if (node === this.nodeKind.length) this.#grow(node * 2);
    this.nodeKind[node] = kind;
    this.nodeFirst[node] = first;
    this.nodeLast[node] = this.pos;
    this.nodeToken[node] = token;
    this.nodeParent[node] = -1;
    this.nodeFirstChild[node] = -1;
    this.nodeLastChild[node] = -1;
    this.nodeNext[node] = -1;
    this.nodeHeight[node] = 0;
    return node;
  }

  /** Ends a node before the present place. */
  close(node: Node): Node {
    this.nodeLast[node] = this.pos;
    return node;
  }

  append(parent: Node, child: Node): void {
    const last = this.nodeLastChild[parent];
    if (last < 0) this.nodeFirstChild[parent] = child;
    else this.nodeNext[last] = child;
    this.nodeLastChild[parent] = child;
    this.nodeParent[child] = parent;
    const height = this.nodeHeight[child] + 1;
    if (height > this.nodeHeight[parent]) this.nodeHeight[parent] = height;
  }

  /** A node of one token, which is its principal one; goes past it. */
  leaf(kind: N): Node {
    const token = this.pos++;
    return this.open(kind, token, token);
  }

  /** Takes over nodes of a tree, from one to before another; tokens and nodes have moved so far. */
  take(tree: TreeData, from: Node, to: Node, tokensBy: number, nodesBy: number): void {
    const at = this.nodeCount;
    this.nodeCount += to - from;
    if (this.nodeCount >= this.nodeKind.length) this.#grow(this.nodeCount * 2);
    this.nodeKind.set(tree.nodeKind.subarray(from, to), at);
    copyMoved(tree.nodeFirst, from, to, this.nodeFirst, at, tokensBy);
    copyMoved(tree.nodeLast, from, to, this.nodeLast, at, tokensBy);
    copyMoved(tree.nodeToken, from, to, this.nodeToken, at, tokensBy);
    copyMoved(tree.nodeParent, from, to, this.nodeParent, at, nodesBy);
    copyMoved(tree.nodeFirstChild, from, to, this.nodeFirstChild, at, nodesBy);
    copyMoved(tree.nodeNext, from, to, this.nodeNext, at, nodesBy);
  }

  /** A statement's node as it was before blocks were made: with the children that have numbers between its own and `end`, and no place yet. */
  detach(node: Node, last: number, end: Node): void {
    this.nodeLast[node] = last;
    this.nodeParent[node] = -1;
    this.nodeNext[node] = -1;
    let lastChild = -1;
    for (let c = this.nodeFirstChild[node]; c >= 0 && c < end; c = this.nodeNext[c]) lastChild = c;
    this.nodeLastChild[node] = lastChild;
    if (lastChild >= 0) this.nodeNext[lastChild] = -1;
    else this.nodeFirstChild[node] = -1;
  }

  /** The number, from 1, of the line that holds an offset: for messages. */
  lineNumber(offset: number): string {
    this.#lineIndex ??= new LineIndex(this.text);
    return String(this.#lineIndex.lineAt(offset) + 1);
  }

  /** The source text of a token. */
  textOf(token: number): string {
    return this.text.slice(this.start[token], this.end[token]);
  }

  /** The tree of what was read. All its arrays lie in one piece of memory: many trees are small, and each piece has its price. */
  tree(): SyntaxTree {
    const { tokens, nodeCount } = this;
    const tokenCount = tokens.count;
    const comments = 3 * tokens.commentCount;
    const piece = new Piece(2 * tokenCount + 6 * nodeCount + comments, tokenCount + nodeCount);
    return new SyntaxTree({
      text: this.text,
      tokenStart: piece.numbers(tokens.start, tokenCount),
      tokenEnd: piece.numbers(tokens.end, tokenCount),
      tokenCount,
      nodeFirst: piece.numbers(this.nodeFirst, nodeCount),
      nodeLast: piece.numbers(this.nodeLast, nodeCount),
      nodeToken: piece.numbers(this.nodeToken, nodeCount),
      nodeParent: piece.numbers(this.nodeParent, nodeCount),
      nodeFirstChild: piece.numbers(this.nodeFirstChild, nodeCount),
      nodeNext: piece.numbers(this.nodeNext, nodeCount),
      nodeCount,
      comments: piece.numbers(tokens.comments, comments),
      tokenKind: piece.kinds(tokens.kind, tokenCount),
      nodeKind: piece.kinds(this.nodeKind, nodeCount),
      errors: this.errors,
    });
  }

  /** The kind of the present token. */
  at(): T {
    return this.kind[this.pos];
  }

  #grow(size: number): void {
    this.nodeKind = resized(this.nodeKind, new Uint8Array(size));
    this.nodeFirst = resized(this.nodeFirst, new Int32Array(size));
    this.nodeLast = resized(this.nodeLast, new Int32Array(size));
    this.nodeToken = resized(this.nodeToken, new Int32Array(size));
    this.nodeParent = resized(this.nodeParent, new Int32Array(size));
    this.nodeFirstChild = resized(this.nodeFirstChild, new Int32Array(size));
    this.nodeLastChild = resized(this.nodeLastChild, new Int32Array(size));
    this.nodeNext = resized(this.nodeNext, new Int32Array(size));
    this.nodeHeight = resized(this.nodeHeight, new Uint16Array(size));
  }
}

/** Memory that arrays are cut from, one behind the other: first numbers, then kinds. */
class Piece {
  readonly #memory: ArrayBuffer;
  #at = 0;

  constructor(numbers: number, kinds: number) {
    this.#memory = new ArrayBuffer(4 * numbers + kinds);
  }

  numbers(from: Int32Array, count: number): Int32Array {
    const to = new Int32Array(this.#memory, this.#at, count);
    this.#at += 4 * count;
    if (count > SMALL) to.set(from.subarray(0, count));
    else for (let i = 0; i < count; i++) to[i] = from[i];
    return to;
  }

  kinds(from: Uint8Array, count: number): Uint8Array {
    const to = new Uint8Array(this.#memory, this.#at, count);
    this.#at += count;
    if (count > SMALL) to.set(from.subarray(0, count));
    else for (let i = 0; i < count; i++) to[i] = from[i];
    return to;
  }
}

/** Room for the nodes of most files. */
const USUAL = 1 << 16;

/** Up to so many numbers a loop copies faster than a call. */
const SMALL = 100;
