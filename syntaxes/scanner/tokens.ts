import type { T } from '../tree/kinds.js';
import type { SyntaxError as Mistake, TreeData } from '../tree/tree.js';

/** Growing arrays that the scanner fills. One is kept and used again: parsing allocates only what a tree keeps. */
export class TokenBuffer {
  kind = new Uint8Array(64);
  start = new Int32Array(64);
  end = new Int32Array(64);
  count = 0;
  /** start, end, 1 for a block comment: three numbers a comment. */
  comments = new Int32Array(1024);
  commentCount = 0;
  errors: Mistake[] = [];

  /** @param size room for so many tokens at first */
  constructor(size = 1 << 16) {
    // Grown once before use: engines take fields that never changed for constants.
    this.#resize(size);
  }

  /** Empties it, for a text of a length. */
  clear(length = 0): void {
    if (this.kind.length > LARGE && length < LARGE) this.#resize(LARGE);
    this.count = 0;
    this.commentCount = 0;
    this.errors = [];
  }

  add(kind: T, start: number, end: number): void {
    const i = this.count++;
    if (i === this.kind.length) this.#resize(i * 2);
    this.kind[i] = kind;
    this.start[i] = start;
    this.end[i] = end;
  }

  addComment(start: number, end: number, block: 0 | 1): void {
    const i = 3 * this.commentCount++;
    if (i + 3 > this.comments.length) this.comments = resized(this.comments, new Int32Array(this.comments.length * 2));
    this.comments[i] = start;
    this.comments[i + 1] = end;
    this.comments[i + 2] = block;
  }

  /** Takes over tokens of a tree, from one to before another, and its comments between two offsets; `by` is how far they have moved. */
  take(tree: TreeData, from: number, to: number, commentsFrom: number, commentsTo: number, by: number): void {
    const at = this.count;
    this.count += to - from;
    if (this.count >= this.kind.length) this.#resize(this.count * 2);
    this.kind.set(tree.tokenKind.subarray(from, to), at);
    copyMoved(tree.tokenStart, from, to, this.start, at, by);
    copyMoved(tree.tokenEnd, from, to, this.end, at, by);
    const { comments } = tree;
    for (let i = 0; i < comments.length; i += 3)
      if (comments[i] >= commentsFrom && comments[i] < commentsTo)
        this.addComment(comments[i] + by, comments[i + 1] + by, comments[i + 2] as 0 | 1);
  }

  #resize(size: number): void {
    this.kind = resized(this.kind, new Uint8Array(size));
    this.start = resized(this.start, new Int32Array(size));
    this.end = resized(this.end, new Int32Array(size));
  }
}

/** Beyond so many entries an array is given back after use. */
export const LARGE = 1 << 20;

/** Another array that starts with the same numbers. */
export function resized<A extends Uint8Array | Uint16Array | Int32Array>(old: A, to: A): A {
  to.set(old.length > to.length ? old.subarray(0, to.length) : old);
  return to;
}

/** Copies numbers, each a bit greater or less; what is negative stands for none and stays. */
export function copyMoved(source: Int32Array, from: number, to: number, target: Int32Array, at: number, by: number): void {
  if (by === 0) {
    target.set(source.subarray(from, to), at);
    return;
  }
  for (let i = from, j = at; i < to; i++, j++) {
    const number = source[i];
    target[j] = number < 0 ? number : number + by;
  }
}
