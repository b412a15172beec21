import type { T } from '../tree/kinds.js';
import type { SyntaxError as Mistake } from '../tree/tree.js';

/** Growing arrays that the scanner fills. One is kept and used again: parsing allocates only what a tree keeps. */
export class TokenBuffer {
  kind = new Uint8Array(4096);
  start = new Int32Array(4096);
  end = new Int32Array(4096);
  count = 0;
  /** start, end, 1 for a block comment: three numbers a comment. */
  comments: number[] = [];
  errors: Mistake[] = [];

  clear(): void {
    this.count = 0;
    this.comments = [];
    this.errors = [];
  }

  add(kind: T, start: number, end: number): void {
    const i = this.count++;
    if (i === this.kind.length) this.#grow();
    this.kind[i] = kind;
    this.start[i] = start;
    this.end[i] = end;
  }

  #grow(): void {
    const size = this.kind.length * 2;
    const kind = new Uint8Array(size);
    const start = new Int32Array(size);
    const end = new Int32Array(size);
    kind.set(this.kind);
    start.set(this.start);
    end.set(this.end);
    this.kind = kind;
    this.start = start;
    this.end = end;
  }
}
