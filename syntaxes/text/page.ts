/** One page of our documentation (`docs/en/commands/…`, `docs/es/…`), taken apart. Its form is described in `docs/ARCHITECTURE.md`. */
export interface DocumentationPage {
  /** The flat `key: value` lines between the two `---` at the top. */
  readonly frontMatter: Readonly<Record<string, string>>;
  /** The `#` heading, without its mark. */
  readonly title: string;
  /** First paragraph: one sentence, for completion. */
  readonly summary: string;
  /** Markdown above the line `<!-- more -->`, without the heading: what a hover shows. All of the page when there is no such line. */
  readonly hover: string;
  /** Markdown below that line. */
  readonly rest: string;
}

/** Ends what a hover shows. */
export const moreMarker = '<!-- more -->';

/** Takes a page apart; any text gives a page, with empty parts where something is missing. */
export function readPage(text: string): DocumentationPage {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const front = /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(plain);
  const frontMatter: Record<string, string> = {};
  for (const line of front?.[1].split('\n') ?? []) {
    const colon = line.indexOf(':');
    if (colon > 0) frontMatter[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
  }
  const body = plain.slice(front?.[0].length ?? 0).trimStart();
  const heading = /^# +(.*)(?:\n|$)/.exec(body);
  const content = body.slice(heading?.[0].length ?? 0).trim();
  const [hover, ...rest] = content.split(`\n${moreMarker}\n`);
  return {
    frontMatter,
    title: heading?.[1].trim() ?? '',
    summary: (/^[^\n]+(?:\n[^\n]+)*/.exec(hover)?.[0] ?? '').replace(/\n/g, ' '),
    hover: hover.trim(),
    rest: rest.join('\n').trim(),
  };
}
