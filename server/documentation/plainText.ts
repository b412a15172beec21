/** Markdown as plain text for clients that show nothing else: marks go, words and code stay, links keep their address. */
export function plainText(markdown: string): string {
  const out: string[] = [];
  let fenced = false;
  for (const line of markdown.split('\n')) {
    if (/^\s*```/.test(line)) {
      fenced = !fenced;
      continue;
    }
    if (fenced) {
      out.push(line);
      continue;
    }
    if (/^\s*(-{3,}|\*{3,}|_{3,})\s*$/.test(line)) {
      out.push('');
      continue;
    }
    if (/^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)+\|?\s*$/.test(line)) continue;
    out.push(inline(line.replace(/^#{1,6}\s+/, '').replace(/^>\s?/, '')));
  }
  return out
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function inline(line: string): string {
  return line
    .split(/(`[^`]*`)/)
    .map((part, i) =>
      i % 2 === 1
        ? part.slice(1, -1)
        : part
            .replace(/!?\[([^\]]*)\]\(([^)]*)\)/g, (_, text: string, url: string) => (text === url ? url : `${text} (${url})`))
            .replace(/(\*\*|__)(.+?)\1/g, '$2')
            .replace(/(^|[\s(])[*_]([^*_\s][^*_]*)[*_](?=$|[\s.,;:)!?])/g, '$1$2')
            .replace(/\\([\\`*_{}[\]()#+\-.!|<>])/g, '$1')
            .replace(/<!--.*?-->/g, ''),
    )
    .join('');
}
