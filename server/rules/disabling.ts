import { fold } from '#syntaxes/text/fold.js';
import type { Lines } from '../analysis/lines.js';
import type { Snapshot } from '../analysis/snapshot.js';
import { lineEnd } from './edits.js';
import type { Fix, Problem } from './rule.js';

/**
 * Comments that silence rules:
 *   `// 4d-web-sessions-disable-line code, code`        on the line itself
 *   `// 4d-web-sessions-disable-next-line code, code`   above it
 *   `// 4d-web-sessions-disable-file code, code`        anywhere, for the whole file
 * Without a code, every rule is silenced; `syntax` stands for all of the parser's. Text behind ` -- ` is the author's reason.
 */
const pattern = /4d-web-sessions-disable-(line|next-line|file)\b([^\r\n]*)/gi;

export interface Disabling {
  isDisabled(problem: { readonly code: string; readonly start: number }): boolean;
}

export function readDisabling(snapshot: Snapshot): Disabling {
  if (!/4d-web-sessions-disable-/i.test(snapshot.text)) return { isDisabled: () => false };
  const byLine = new Map<number, string[]>();
  const file: string[] = [];
  const { lines } = snapshot;
  for (const comment of snapshot.tree.comments()) {
    for (const [, what, rest] of snapshot.text.slice(comment.start, comment.end).matchAll(pattern)) {
      const codes = rest
        .replace(/\s--\s.*$|\*\/.*$/, '')
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map(fold);
      const list = codes.length === 0 ? ['*'] : codes;
      const kind = what.toLowerCase();
      if (kind === 'file') file.push(...list);
      else {
        const line = kind === 'line' ? lines.lineAt(comment.start) : lines.lineAt(comment.end) + 1;
        byLine.set(line, [...(byLine.get(line) ?? []), ...list]);
      }
    }
  }
  const covers = (list: readonly string[] | undefined, code: string): boolean =>
    list?.includes('*') === true || list?.includes(code) === true || (code.startsWith('syntax-') && list?.includes('syntax') === true);
  return { isDisabled: ({ code, start }) => covers(file, code) || covers(byLine.get(lines.lineAt(start)), code) };
}

/** Silences one problem by a comment at the end of its line; an existing one gets the code added. */
export function disableLine(problem: Problem, snapshot: Snapshot): Fix {
  const { lines } = snapshot;
  const line = lines.lineAt(problem.start);
  const title = {
    en: `Silence \`${problem.code}\` on this line`,
    es: `Silenciar \`${problem.code}\` en esta línea`,
  };
  return { title, edits: [edit(lines, line, problem.code, snapshot)] };
}

function edit(lines: Lines, line: number, code: string, snapshot: Snapshot): Fix['edits'][number] {
  const start = lines.lineStart(line);
  const end = lines.lineEnd(line);
  const text = snapshot.text.slice(start, end);
  const existing = /4d-web-sessions-disable-line((?:[\s,;]+(?!--)[\w-]+)*)/i.exec(text);
  if (existing && snapshot.inComment(start + existing.index)) {
    const at = start + existing.index + existing[0].length;
    return { start: at, end: at, text: `${existing[1].trim() ? ',' : ''} ${code}` };
  }
  // a continued line ends in `\`, and a comment behind it would cut the statement: the comment goes above
  if (/\\\s*$/.test(text) || snapshot.inComment(end)) {
    const indent = /^[\t ]*/.exec(text)![0];
    return { start, end: start, text: `${indent}// 4d-web-sessions-disable-next-line ${code}${lineEnd(snapshot.text)}` };
  }
  const trimmed = start + text.trimEnd().length;
  return { start: trimmed, end, text: `  // 4d-web-sessions-disable-line ${code}` };
}
