/** Source with marks in it: `‸` is the cursor, `⟦` and `⟧` bound a range. None of them is part of 4D. */
export interface Marked {
  /** The text without its marks. */
  readonly text: string;
  /** Offsets of the cursors, in order. */
  readonly cursors: readonly number[];
  /** `[start, end]` of each range, in order of their starts. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** Takes the marks out of a text. Throws when a range is not closed: a test that is written wrongly says so. */
export function unmark(source: string): Marked {
  let text = '';
  const cursors: number[] = [];
  const open: number[] = [];
  const ranges: [number, number][] = [];
  for (const c of source) {
    if (c === '‸') cursors.push(text.length);
    else if (c === '⟦') open.push(text.length);
    else if (c === '⟧') {
      const start = open.pop();
      if (start === undefined) throw new Error(`⟧ without ⟦ in ${source}`);
      ranges.push([start, text.length]);
    } else text += c;
  }
  if (open.length > 0) throw new Error(`⟦ without ⟧ in ${source}`);
  return { text, cursors, ranges: ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]) };
}

/** The text with ranges marked, for comparing with a marked source. Ranges do not overlap. */
export function mark(text: string, ranges: readonly (readonly [number, number])[]): string {
  let out = '';
  let done = 0;
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    out += `${text.slice(done, start)}⟦${text.slice(start, end)}⟧`;
    done = end;
  }
  return out + text.slice(done);
}
