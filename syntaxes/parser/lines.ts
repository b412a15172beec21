import { copyMoved, resized } from '../scanner/tokens.js';
import type { Node } from '../tree/tree.js';
import type { K } from './keywords.js';

/** No node, no line. */
export const NONE = -1;

/** The statements of a text in order, before blocks are made of them, and what pairing finds out about them. Arrays that grow and are used again. */
export class Lines {
  keyword: Uint8Array = new Uint8Array(64);
  /** Its node; for words that only end a block {@link NONE}; for `Until` its condition. */
  node: Int32Array = new Int32Array(64);
  /** First token, and one past the last. */
  first = new Int32Array(64);
  last = new Int32Array(64);
  /** The first node made for it: those from here to the next line's first are its own. */
  own = new Int32Array(64);
  /** For `Else`, `: (…)`, `Catch` and the words that end a block: the line that opens it, or {@link NONE}. */
  opener = new Int32Array(64);
  /** For a line that opens a block nothing ends: the line before which it ends all the same, else {@link NONE}. */
  endsBefore = new Int32Array(64);
  /** 1: opens a block beyond the deepest nesting: it and the words that belong to it are taken as plain lines. */
  flat = new Uint8Array(64);
  count = 0;

  constructor() {
    // Grown once before use: engines take fields that never changed for constants.
    this.#grow(1 << 14);
  }

  clear(): void {
    this.count = 0;
  }

  add(keyword: K, node: Node, first: number, last: number, own: Node): void {
    const line = this.count++;
    if (line === this.keyword.length) this.#grow(line * 2);
    this.keyword[line] = keyword;
    this.node[line] = node;
    this.first[line] = first;
    this.last[line] = last;
    this.own[line] = own;
    this.opener[line] = NONE;
    this.endsBefore[line] = NONE;
    this.flat[line] = 0;
  }

  /** Takes over lines that were kept, from one to before another; their tokens and nodes have moved so far. */
  take(kept: KeptLines, from: number, to: number, tokensBy: number, nodesBy: number): void {
    const at = this.count;
    this.count += to - from;
    if (this.count > this.keyword.length) this.#grow(this.count * 2);
    this.keyword.set(kept.keyword.subarray(from, to), at);
    copyMoved(kept.node, from, to, this.node, at, nodesBy);
    copyMoved(kept.first, from, to, this.first, at, tokensBy);
    copyMoved(kept.last, from, to, this.last, at, tokensBy);
    copyMoved(kept.own, from, to, this.own, at, nodesBy);
    this.opener.fill(NONE, at, this.count);
    this.endsBefore.fill(NONE, at, this.count);
    this.flat.fill(0, at, this.count);
  }

  /** What {@link take} takes over, as it is now. */
  keep(): KeptLines {
    const { count } = this;
    return {
      count,
      keyword: this.keyword.slice(0, count),
      node: this.node.slice(0, count),
      first: this.first.slice(0, count),
      last: this.last.slice(0, count),
      own: this.own.slice(0, count),
    };
  }

  #grow(size: number): void {
    this.keyword = resized(this.keyword, new Uint8Array(size));
    this.node = resized(this.node, new Int32Array(size));
    this.first = resized(this.first, new Int32Array(size));
    this.last = resized(this.last, new Int32Array(size));
    this.own = resized(this.own, new Int32Array(size));
    this.opener = resized(this.opener, new Int32Array(size));
    this.endsBefore = resized(this.endsBefore, new Int32Array(size));
    this.flat = resized(this.flat, new Uint8Array(size));
  }
}

/** Lines beyond the parse that read them; see {@link Lines}. */
export type KeptLines = Readonly<Pick<Lines, 'count' | 'keyword' | 'node' | 'first' | 'last' | 'own'>>;
