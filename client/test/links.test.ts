/** Every link in what people read leads somewhere: files by their path, parts of a page by their heading. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';

function markdownBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    return entry.isDirectory() ? markdownBelow(path) : entry.name.endsWith('.md') ? [path] : [];
  });
}

const pages = [...readdirSync('.').filter((name) => name.endsWith('.md')), ...markdownBelow('docs')];

/** Anchors of the headings of a page, as the usual renderers make them. */
function anchors(text: string): Set<string> {
  const plain = text.replace(/^```[\s\S]*?^```/gm, '');
  return new Set(
    [...plain.matchAll(/^#+ +(.*)$/gm)].map(([, heading]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}

/** Links of a page that lead nowhere. */
function dead(page: string): string[] {
  const text = readFileSync(page, 'utf8')
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '');
  const found: string[] = [];
  for (const [, link] of text.matchAll(/\]\(<?([^)>\s]+)>?(?: "[^"]*")?\)/g)) {
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) continue;
    const [path, anchor] = link.split('#', 2);
    const target = path === '' ? page : posix.normalize(posix.join(posix.dirname(page), decodeURI(path)));
    if (!existsSync(target)) found.push(`${page}: ${link}`);
    else if (anchor && statSync(target).isFile() && !anchors(readFileSync(target, 'utf8')).has(anchor)) found.push(`${page}: ${link}`);
  }
  return found;
}

test('every link in the pages leads somewhere', () => {
  assert.ok(pages.length > 20);
  assert.deepEqual(pages.flatMap(dead), []);
});
