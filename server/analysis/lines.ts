/** A place as LSP counts it: both from 0, the character in units of the negotiated encoding. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Span {
  readonly start: Place;
  readonly end: Place;
}

/** How characters are counted on the wire; offsets inside the server are UTF-16 always. */
export type Encoding = 'utf-8' | 'utf-16' | 'utf-32';

/** Line starts of a text. `\n`, `\r\n` and a lone `\r` all end a line. */
export class Lines {
  readonly #starts: number[];

  constructor(
    readonly text: string,
    readonly encoding: Encoding = 'utf-16',
  ) {
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 13 && text.charCodeAt(i + 1) === 10) i++;
      else if (c !== 10 && c !== 13) continue;
      starts.push(i + 1);
    }
    this.#starts = starts;
  }

  get count(): number {
    return this.#starts.length;
  }

  /** Offset of a line's first character; beyond the last line, the end of the text. */
  start(line: number): number {
    return line < 0 ? 0 : line < this.#starts.length ? this.#starts[line] : this.text.length;
  }

  /** Offset behind a line's last character, its line end left out. */
  end(line: number): number {
    if (line + 1 >= this.#starts.length) return this.text.length;
    const end = this.start(line + 1) - 1;
    return this.text.charCodeAt(end) === 10 && end > this.start(line) && this.text.charCodeAt(end - 1) === 13 ? end - 1 : end;
  }

  lineText(line: number): string {
    return this.text.slice(this.start(line), this.end(line));
  }

  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  place(offset: number): Place {
    const at = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineAt(at);
    const start = this.#starts[line];
    if (this.encoding === 'utf-16') return { line, character: at - start };
    let units = 0;
    for (let i = start; i < at; ) {
      const point = this.text.codePointAt(i)!;
      units += this.encoding === 'utf-8' ? utf8Length(point) : 1;
      i += point > 0xffff ? 2 : 1;
    }
    return { line, character: units };
  }

  /** The offset of a place; what lies beyond a line or the text is drawn back to its end. */
  offset(place: Place): number {
    if (place.line < 0) return 0;
    if (place.line >= this.#starts.length) return this.text.length;
    const start = this.#starts[place.line];
    const end = this.end(place.line);
    if (this.encoding === 'utf-16') return Math.min(start + Math.max(0, place.character), end);
    let units = 0;
    let i = start;
    while (i < end && units < place.character) {
      const point = this.text.codePointAt(i)!;
      units += this.encoding === 'utf-8' ? utf8Length(point) : 1;
      i += point > 0xffff ? 2 : 1;
    }
    return i;
  }

  span(start: number, end: number): Span {
    return { start: this.place(start), end: this.place(end) };
  }
}

function utf8Length(point: number): number {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

/** One change of an open text: a stretch replaced, or the whole text. */
export interface TextChange {
  readonly range?: Span;
  readonly text: string;
}

/** The text after changes, each of which counts from the result of the one before. */
export function applyChanges(text: string, changes: readonly TextChange[], encoding: Encoding): string {
  for (const change of changes) {
    if (!change.range) {
      text = change.text;
      continue;
    }
    const lines = new Lines(text, encoding);
    const a = lines.offset(change.range.start);
    const b = lines.offset(change.range.end);
    text = text.slice(0, Math.min(a, b)) + change.text + text.slice(Math.max(a, b));
  }
  return text;
}
