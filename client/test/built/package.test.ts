/** What `npm run package` packs: a list that only changes on purpose. `UPDATE=1` writes it anew. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { test } from 'node:test';
import { packedFiles } from '../../build/package.mjs';

const golden = 'client/test/fixtures/packed.txt';

test('the package holds what it should, and nothing else', async () => {
  const files: string[] = await packedFiles();
  for (const path of files) assert.ok(existsSync(path), path);
  // Pages come and go with the documentation; their folders are what counts here.
  const lines = [...new Set(files.map((path) => path.replace(/^(docs\/.*\/)[^/]+\.md$/, '$1*.md')))];
  const text = `${lines.join('\n')}\n`;
  if (process.env.UPDATE === '1') {
    assert.ok(!process.env.CI, 'golden files are not updated in CI');
    writeFileSync(golden, text);
  }
  assert.equal(text, readFileSync(golden, 'utf8'));
});

test('the package stays small', async () => {
  const files: string[] = await packedFiles();
  const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0);
  assert.ok(bytes < 12e6, `${(bytes / 1e6).toFixed(1)} MB unpacked`);
});
