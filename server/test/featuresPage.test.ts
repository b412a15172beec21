/** The first table of `docs/features.md` and `docs/es/features.md` has a row for each capability of the golden file, and no other. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { pagesFolder } from '../node/pages.js';

const docs = pagesFolder(import.meta.url)!;
const golden = JSON.parse(readFileSync(join(dirname(docs), 'server/test/golden/capabilities-full.json'), 'utf8'));
const { workspace, ...rest } = golden;
const offered = [...Object.keys(rest), ...Object.keys(workspace).map((name) => `workspace.${name}`)];

/** The rows below a heading, each with its cells. */
function rows(page: string, heading: string): string[][] {
  const section = readFileSync(join(docs, page), 'utf8')
    .split(/^## /m)
    .find((part) => part.startsWith(`${heading}\n`));
  return [...(section ?? '').matchAll(/^\| (`.*) \|$/gm)].map(([, row]) => row.split(' | '));
}

const en = rows('features.md', 'Language server');
const es = rows('es/features.md', 'Servidor de lenguaje');

for (const [language, table] of Object.entries({ en, es }))
  test(`what the server offers has its row, and nothing else has one: ${language}`, () => {
    assert.deepEqual(table.map(([name]) => name.replaceAll('`', '')).sort(), [...offered].sort());
    for (const [name, text, ...marks] of table) {
      assert.ok(text.length > 3, name);
      assert.match(marks.join(''), /^[●◐–?]{2}$/, name);
    }
  });

test('both languages say the same of other servers', () => {
  const marks = (table: string[][]) => table.map(([name, , ...others]) => [name, ...others]);
  assert.deepEqual(marks(es), marks(en));
});
