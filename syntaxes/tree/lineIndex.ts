import { resized } from '../scanner/tokens.js';

/** A place in a text: line and column from 0, the column in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where the lines of the text being read start; used again for the next one. The first starts at 0. */
let room = new Int32Array(4096);

/**
 * Offsets ↔ lines of one text. `\n`, `\r\n` and a lone `\r` end a line, as the Language Server Protocol says
 * (facts: language-in-the-wild §1). Offsets and columns outside the text are moved to its nearest end.
 */
export class LineIndex {
  readonly #starts: Int32Array;
  /** The line found last: offsets are mostly asked for one behind the other. */
  #last = 0;

  constructor(readonly text: string) {
    let count = 1;
    const add = (start: number): void => {
      if (count === room.length) room = resized(room, new Int32Array(2 * count));
      room[count++] = start;
    };
    let cr = text.indexOf('\r');
    let lf = text.indexOf('\n');
    while (cr >= 0 || lf >= 0) {
      if (lf >= 0 && (cr < 0 || lf < cr)) {
        add(lf + 1);
        lf = text.indexOf('\n', lf + 1);
      } else {
        if (lf !== cr + 1) add(cr + 1);
        cr = text.indexOf('\r', cr + 1);
      }
    }
    this.#starts = room.slice(0, count);
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The line (from 0) that holds the offset. */
  lineAt(offset: number): number {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    const last = this.#last;
    if (starts[last] <= offset) {
      low = last;
      // Here or a few lines below, as a rule.
      const near = last + 4;
      if (near < high && starts[near] > offset) high = near - 1;
    }
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    this.#last = low;
    return low;
  }

  placeAt(offset: number): Place {
    const inside = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineAt(inside);
    return { line, column: inside - this.#starts[line] };
  }

  offsetAt(place: Place): number {
    if (place.line < 0) return 0;
    if (place.line >= this.#starts.length) return this.text.length;
    return Math.min(this.#starts[place.line] + Math.max(0, place.column), this.lineEnd(place.line));
  }

  lineStart(line: number): number {
    return this.#starts[line];
  }

  /** Offset behind the line's last character, before its line end. */
  lineEnd(line: number): number {
    if (line + 1 >= this.#starts.length) return this.text.length;
    let end = this.#starts[line + 1] - 1;
    if (end > this.#starts[line] && this.text.charCodeAt(end) === 10 && this.text.charCodeAt(end - 1) === 13) end--;
    return end;
  }

  lineText(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineEnd(line));
  }
}
