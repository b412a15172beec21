/** What `npm run package` packs: a list that only changes on purpose. `UPDATE=1` writes it anew. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { pack, packedFiles } from '../../build/package.mjs';

const golden = 'client/test/fixtures/packed.txt';
const scratch = mkdtempSync(join(tmpdir(), 'packed-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

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

test('the package is small, and the same sources give the same bytes', async () => {
  const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
  const first: string = await pack(join(scratch, 'first.vsix'), join(scratch, 'one'));
  const second: string = await pack(join(scratch, 'second.vsix'), join(scratch, 'two'));
  assert.equal(hash(first), hash(second));
  const { size } = statSync(first);
  assert.ok(size <= 2 * 1024 * 1024, `${(size / 1024 / 1024).toFixed(2)} MB`);
});

test('what is bundled of others stands in the notices, with licences that allow it', () => {
  const text = readFileSync('dist/ThirdPartyNotices.txt', 'utf8');
  const heads = [...text.matchAll(/^-{80}\n\n(\S+) \S+ \((.+)\)$/gm)].map(([, name, licence]) => ({ name, licence }));
  for (const name of ['vscode-languageclient', 'vscode-languageserver', '@vscode/debugadapter', 'htmlparser2'])
    assert.ok(
      heads.some((one) => one.name === name),
      name,
    );
  for (const { name, licence } of heads)
    assert.match(licence, /^(MIT|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|0BSD)$/, name);
});
