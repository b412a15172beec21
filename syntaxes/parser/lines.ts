import type { Node } from '../tree/tree.js';
import type { K } from './keywords.js';

/** No node, no line. */
export const NONE = -1;

/** The statements of a text in order, before blocks are made of them, and what pairing finds out about them. */
export class Lines {
  readonly keyword: K[] = [];
  /** Its node; for words that only end a block {@link NONE}; for `Until` its condition. */
  readonly node: Node[] = [];
  /** First token, and one past the last. */
  readonly first: number[] = [];
  readonly last: number[] = [];
  /** For `Else`, `: (…)`, `Catch` and the words that end a block: the line that opens it, or {@link NONE}. */
  readonly opener: number[] = [];
  /** For a line that opens a block nothing ends: the line before which it ends all the same, else {@link NONE}. */
  readonly endsBefore: number[] = [];
  /** Opens a block beyond the deepest nesting: it and the words that belong to it are taken as plain lines. */
  readonly flat: boolean[] = [];

  get count(): number {
    return this.keyword.length;
  }

  clear(): void {
    const { keyword, node, first, last, opener, endsBefore, flat } = this;
    keyword.length = node.length = first.length = last.length = opener.length = endsBefore.length = flat.length = 0;
  }

  add(keyword: K, node: Node, first: number, last: number): void {
    this.keyword.push(keyword);
    this.node.push(node);
    this.first.push(first);
    this.last.push(last);
    this.opener.push(NONE);
    this.endsBefore.push(NONE);
    this.flat.push(false);
  }
}
