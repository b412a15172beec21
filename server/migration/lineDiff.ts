/** Lines of context around a change. */
const CONTEXT = 2;

/** The difference of two texts in the unified form, without its head lines; empty where there is none. */
export function lineDiff(before: string, after: string): string {
  const a = before.split(/\r\n|\r|\n/);
  const b = after.split(/\r\n|\r|\n/);
  const steps = compare(a, b);
  const shown = new Set<number>();
  steps.forEach((step, i) => {
    if (step.sign !== ' ') for (let near = Math.max(0, i - CONTEXT); near <= i + CONTEXT; near++) shown.add(near);
  });
  const out: string[] = [];
  for (let i = 0; i < steps.length; i++) {
    if (!shown.has(i)) continue;
    if (!shown.has(i - 1)) {
      let end = i;
      while (end < steps.length && shown.has(end)) end++;
      const part = steps.slice(i, end);
      const count = (sign: string): number => part.filter((s) => s.sign !== sign).length;
      out.push(`@@ -${steps[i].a + 1},${count('+')} +${steps[i].b + 1},${count('-')} @@`);
    }
    out.push(`${steps[i].sign}${steps[i].text}`);
  }
  return out.join('\n');
}

interface Step {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
  readonly a: number;
  readonly b: number;
}

/** Stretches of more pairs of lines than this are cut at lines that each text has once. */
const MOST_PAIRS = 1_000_000;

/** As many common lines kept as can be; of long texts those between lines that occur once, or none. */
function compare(a: readonly string[], b: readonly string[], most = MOST_PAIRS): Step[] {
  const steps: Step[] = [];
  // stretches still to be compared, the first one on top
  const stack: Stretch[] = [{ a: 0, aEnd: a.length, b: 0, bEnd: b.length }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    let { a: i, aEnd, b: j, bEnd } = next;
    while (i < aEnd && j < bEnd && a[i] === b[j]) steps.push({ sign: ' ', text: a[i], a: i++, b: j++ });
    let same = 0;
    while (aEnd > i && bEnd > j && a[aEnd - 1] === b[bEnd - 1]) {
      aEnd--;
      bEnd--;
      same++;
    }
    // what is equal at the end comes when what is before it has been compared
    if (same > 0) stack.push({ a: aEnd, aEnd: aEnd + same, b: bEnd, bEnd: bEnd + same });
    if ((aEnd - i) * (bEnd - j) <= most) {
      common(a, b, { a: i, aEnd, b: j, bEnd }, steps);
      continue;
    }
    const cuts = anchors(a, b, { a: i, aEnd, b: j, bEnd });
    if (cuts.length === 0) {
      for (; i < aEnd; i++) steps.push({ sign: '-', text: a[i], a: i, b: j });
      for (; j < bEnd; j++) steps.push({ sign: '+', text: b[j], a: i, b: j });
      continue;
    }
    const parts = cuts.map((cut, k): Stretch => ({ ...cut, aEnd: cuts[k + 1]?.a ?? aEnd, bEnd: cuts[k + 1]?.b ?? bEnd }));
    stack.push(...parts.reverse(), { a: i, aEnd: cuts[0].a, b: j, bEnd: cuts[0].b });
  }
  return steps;
}

interface Stretch {
  readonly a: number;
  readonly aEnd: number;
  readonly b: number;
  readonly bEnd: number;
}

/** The longest common run of lines, by the lengths of those that begin at each pair. */
function common(a: readonly string[], b: readonly string[], { a: start, aEnd, b: startB, bEnd }: Stretch, steps: Step[]): void {
  const rows = aEnd - start;
  const columns = bEnd - startB;
  const length = Array.from({ length: rows + 1 }, () => new Int32Array(columns + 1));
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      length[i][j] = a[start + i] === b[startB + j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
  let i = 0;
  let j = 0;
  while (i < rows || j < columns) {
    const at = { a: start + i, b: startB + j };
    if (i < rows && j < columns && a[start + i] === b[startB + j]) {
      steps.push({ sign: ' ', text: a[start + i++], ...at });
      j++;
    } else if (i < rows && (j === columns || length[i + 1][j] >= length[i][j + 1])) steps.push({ sign: '-', text: a[start + i++], ...at });
    else steps.push({ sign: '+', text: b[startB + j++], ...at });
  }
}

/** Lines that each of two stretches has once, as many as stand in the same order in both. */
function anchors(a: readonly string[], b: readonly string[], { a: start, aEnd, b: startB, bEnd }: Stretch): { a: number; b: number }[] {
  const inB = once(b, startB, bEnd);
  const pairs = [...once(a, start, aEnd)].flatMap(([line, i]) => {
    const j = inB.get(line);
    return j === undefined ? [] : { a: i, b: j, before: -1 };
  });
  // the longest rising run of places in the second text: of each length the one that ends earliest
  const ends: number[] = [];
  pairs.forEach((pair, k) => {
    let low = 0;
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]].b < pair.b) low = middle + 1;
      else high = middle;
    }
    pair.before = ends[low - 1] ?? -1;
    ends[low] = k;
  });
  const found: { a: number; b: number }[] = [];
  for (let k = ends.at(-1) ?? -1; k >= 0; k = pairs[k].before) found.push({ a: pairs[k].a, b: pairs[k].b });
  return found.reverse();
}

/** Lines that occur once in a stretch, in their order, with their places. */
function once(lines: readonly string[], start: number, end: number): Map<string, number> {
  const found = new Map<string, number>();
  const twice = new Set<string>();
  for (let i = start; i < end; i++) {
    if (found.has(lines[i])) twice.add(lines[i]);
    else found.set(lines[i], i);
  }
  for (const line of twice) found.delete(line);
  return found;
}

/** A run of lines that becomes another text, as offsets in the text before. */
export interface LineEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** The edits that make one text of the other, one for each run of changed lines, in order. `most` pairs of lines are compared with each other. */
export function lineEdits(before: string, after: string, most?: number): LineEdit[] {
  const lines = (text: string): string[] => text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  const edits: { start: number; end: number; newText: string }[] = [];
  let at = 0;
  let open = false;
  for (const { sign, text } of compare(lines(before), lines(after), most)) {
    if (sign === ' ') open = false;
    else {
      if (!open) edits.push({ start: at, end: at, newText: '' });
      open = true;
      const edit = edits.at(-1)!;
      if (sign === '-') edit.end += text.length;
      else edit.newText += text;
    }
    if (sign !== '+') at += text.length;
  }
  return edits;
}
