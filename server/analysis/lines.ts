import { LineIndex } from '#syntaxes/tree/lineIndex.js';

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

/** Offsets ↔ places of a text as the client counts them. */
export class Lines extends LineIndex {
  constructor(
    text: string,
    readonly encoding: Encoding = 'utf-16',
  ) {
    super(text);
  }

  place(offset: number): Place {
    const inside = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineAt(inside);
    return { line, character: this.character(line, inside) };
  }

  /** The character of an offset in the line that holds it. */
  character(line: number, offset: number): number {
    const start = this.lineStart(line);
    if (this.encoding === 'utf-16') return offset - start;
    let units = 0;
    for (let i = start; i < offset; ) {
      const point = this.text.codePointAt(i)!;
      units += this.encoding === 'utf-8' ? utf8Length(point) : 1;
      i += point > 0xffff ? 2 : 1;
    }
    return units;
  }

  /** The offset of a place; what lies beyond a line or the text is drawn back to its end. */
  offset(place: Place): number {
    if (this.encoding === 'utf-16' || place.line < 0 || place.line >= this.lineCount)
      return this.offsetAt({ line: place.line, column: place.character });
    const end = this.lineEnd(place.line);
    let units = 0;
    let i = this.lineStart(place.line);
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

/** The text after changes to the text of some lines; each change counts from the result of the one before. */
export function applyChanges(before: Lines, changes: readonly TextChange[]): string {
  let { text } = before;
  for (const change of changes) {
    if (!change.range) {
      text = change.text;
      continue;
    }
    const lines = text === before.text ? before : new Lines(text, before.encoding);
    const a = lines.offset(change.range.start);
    const b = lines.offset(change.range.end);
    // Joined, not added: engines read a text in one piece faster than one made of pieces.
    text = [text.slice(0, Math.min(a, b)), change.text, text.slice(Math.max(a, b))].join('');
  }
  return text;
}
