import { TokenBuffer } from '../scanner/tokens.js';
import type { N, T } from '../tree/kinds.js';
import { type SyntaxError as Mistake, type Node, SyntaxTree } from '../tree/tree.js';

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
  /** First of the scanner's errors that no statement has taken over yet. */
  lexical = 0;

  nodeKind = new Uint8Array(4096);
  nodeFirst = new Int32Array(4096);
  nodeLast = new Int32Array(4096);
  nodeToken = new Int32Array(4096);
  nodeParent = new Int32Array(4096);
  nodeFirstChild = new Int32Array(4096);
  nodeLastChild = new Int32Array(4096);
  nodeNext = new Int32Array(4096);
  nodeHeight = new Uint16Array(4096);
  nodeCount = 0;

  /** Takes over the tokens that were scanned last. */
  begin(text: string): void {
    this.text = text;
    this.kind = this.tokens.kind;
    this.start = this.tokens.start;
    this.end = this.tokens.end;
    this.pos = 0;
    this.nodeCount = 0;
    this.errors = [];
    this.lexical = 0;
  }

  /** A new node that starts at a token; `token` is its principal one. It ends with the token before the present place until closed. */
  open(kind: N, first: number, token = -1): Node {
    const node = this.nodeCount++;
    if (node === this.nodeKind.length) this.#grow();
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

  /** The source text of a token. */
  textOf(token: number): string {
    return this.text.slice(this.start[token], this.end[token]);
  }

  tree(): SyntaxTree {
    const tokens = this.tokens;
    const tokenCount = tokens.count;
    const nodeCount = this.nodeCount;
    return new SyntaxTree({
      text: this.text,
      tokenKind: tokens.kind.slice(0, tokenCount),
      tokenStart: tokens.start.slice(0, tokenCount),
      tokenEnd: tokens.end.slice(0, tokenCount),
      tokenCount,
      nodeKind: this.nodeKind.slice(0, nodeCount),
      nodeFirst: this.nodeFirst.slice(0, nodeCount),
      nodeLast: this.nodeLast.slice(0, nodeCount),
      nodeToken: this.nodeToken.slice(0, nodeCount),
      nodeParent: this.nodeParent.slice(0, nodeCount),
      nodeFirstChild: this.nodeFirstChild.slice(0, nodeCount),
      nodeNext: this.nodeNext.slice(0, nodeCount),
      nodeCount,
      comments: Int32Array.from(tokens.comments),
      errors: this.errors,
    });
  }

  /** The kind of the present token. */
  at(): T {
    return this.kind[this.pos];
  }

  #grow(): void {
    const size = this.nodeKind.length * 2;
    this.nodeKind = enlarged(this.nodeKind, new Uint8Array(size));
    this.nodeFirst = enlarged(this.nodeFirst, new Int32Array(size));
    this.nodeLast = enlarged(this.nodeLast, new Int32Array(size));
    this.nodeToken = enlarged(this.nodeToken, new Int32Array(size));
    this.nodeParent = enlarged(this.nodeParent, new Int32Array(size));
    this.nodeFirstChild = enlarged(this.nodeFirstChild, new Int32Array(size));
    this.nodeLastChild = enlarged(this.nodeLastChild, new Int32Array(size));
    this.nodeNext = enlarged(this.nodeNext, new Int32Array(size));
    this.nodeHeight = enlarged(this.nodeHeight, new Uint16Array(size));
  }
}

function enlarged<A extends Uint8Array | Uint16Array | Int32Array>(old: A, to: A): A {
  to.set(old);
  return to;
}
