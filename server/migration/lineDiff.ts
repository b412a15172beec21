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

/** The longest common run of lines kept; what is equal at both ends is not looked at. */
function compare(a: readonly string[], b: readonly string[]): Step[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const rows = a.length - start - end;
  const columns = b.length - start - end;
  const length = Array.from({ length: rows + 1 }, () => new Int32Array(columns + 1));
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      length[i][j] = a[start + i] === b[start + j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
  const steps: Step[] = [];
  for (let i = 0; i < start; i++) steps.push({ sign: ' ', text: a[i], a: i, b: i });
  let i = 0;
  let j = 0;
  while (i < rows || j < columns) {
    const at = { a: start + i, b: start + j };
    if (i < rows && j < columns && a[start + i] === b[start + j]) {
      steps.push({ sign: ' ', text: a[start + i++], ...at });
      j++;
    } else if (i < rows && (j === columns || length[i + 1][j] >= length[i][j + 1])) steps.push({ sign: '-', text: a[start + i++], ...at });
    else steps.push({ sign: '+', text: b[start + j++], ...at });
  }
  for (let k = 0; k < end; k++) steps.push({ sign: ' ', text: a[a.length - end + k], a: a.length - end + k, b: b.length - end + k });
  return steps;
}

/** A run of lines that becomes another text, as offsets in the text before. */
export interface LineEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** The edits that make one text of the other, one for each run of changed lines, in order. */
export function lineEdits(before: string, after: string): LineEdit[] {
  const lines = (text: string): string[] => text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  const edits: { start: number; end: number; newText: string }[] = [];
  let at = 0;
  let open = false;
  for (const { sign, text } of compare(lines(before), lines(after))) {
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
