/** Reports that are known and left out of `fourd lint` (`docs/schemas/baseline.schema.json`). */

/** What a report is known by: its file, its rule, and the text of its line, so that lines may move. */
export interface Known {
  readonly file: string;
  readonly code: string;
  readonly line: string;
}

export interface Baseline {
  /** Whether a report is known; each time one is, its count goes down. */
  takes(report: Known): boolean;
}

const keyOf = ({ file, code, line }: Known): string => JSON.stringify([file, code, line.trim()]);

/** Reads a baseline; undefined when the text is none. */
export function readBaseline(text: string): Baseline | undefined {
  const counts = new Map<string, number>();
  try {
    const value = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (value?.version !== 1 || !Array.isArray(value.reports)) return undefined;
    for (const report of value.reports) {
      if (typeof report?.file !== 'string' || typeof report.code !== 'string' || typeof report.line !== 'string') return undefined;
      const count = Number(report.count);
      counts.set(keyOf(report), (counts.get(keyOf(report)) ?? 0) + (count > 0 ? count : 1));
    }
  } catch {
    return undefined;
  }
  return {
    takes(report) {
      const key = keyOf(report);
      const count = counts.get(key) ?? 0;
      if (count > 0) counts.set(key, count - 1);
      return count > 0;
    },
  };
}

/** The text of a baseline that knows these reports, in an order that does not change from run to run. */
export function baselineText(reports: readonly Known[]): string {
  const counts = new Map<string, number>();
  for (const report of reports) counts.set(keyOf(report), (counts.get(keyOf(report)) ?? 0) + 1);
  const list = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, count]) => {
      const [file, code, line] = JSON.parse(key) as string[];
      return { file, code, line, count };
    });
  return `${JSON.stringify({ version: 1, reports: list }, null, 2)}\n`;
}
