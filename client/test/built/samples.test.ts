/** What the pages tell to copy: shell commands run, JSON is JSON, and what continuous integration starts finds what it should. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';

const command = resolve('dist/fourd.mjs');
const pages = ['README.md', 'README.es.md', 'CONTRIBUTING.md', 'CONTRIBUTING.es.md'].concat(
  ['editors', 'lint', 'migration', 'scenarios'].flatMap((name) => [`docs/en/${name}.md`, `docs/es/${name}.md`]),
);
const blocks = (page: string, language: string): string[] =>
  [...readFileSync(page, 'utf8').matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].filter(([, kind]) => kind === language).map(([, , text]) => text);

test('JSON in the pages can be read', () => {
  const found = pages.flatMap((page) => blocks(page, 'json').map((text) => ({ page, text })));
  assert.ok(found.length >= 4);
  for (const { page, text } of found) assert.doesNotThrow(() => JSON.parse(text), `${page}\n${text}`);
});

test('npm scripts that the pages name are there', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  for (const page of pages)
    for (const [, name] of readFileSync(page, 'utf8').matchAll(/npm run (?:--?\w+ )*([\w:-]+)/g))
      assert.ok(scripts[name], `${page}: ${name}`);
});

test('the examples for GitHub Actions and pre-commit find the ignored close', () => {
  const folder = mkdtempSync(join(tmpdir(), 'samples-'));
  try {
    cpSync('docs/tutorial', folder, { recursive: true });
    cpSync('docs/tutorial/settings-scalable/settings.4DSettings', join(folder, 'Project/Sources/settings.4DSettings'));
    for (const page of ['docs/en/editors.md', 'docs/es/editors.md']) {
      const lines = blocks(page, 'yaml').flatMap((text) =>
        [...text.matchAll(/(?:run|entry): fourd (.*)/g)].map(([, args]) => args.split(' ')),
      );
      assert.equal(lines.length, 2, page);
      for (const args of lines) {
        // pre-commit adds the files of the commit.
        const files = args.includes('--format') ? [] : ['Project/Sources/Methods/Web_logOut.4dm'];
        const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args, ...files], { cwd: folder, encoding: 'utf8' });
        assert.equal(status, 1, stderr);
        assert.match(
          stdout,
          files.length > 0 ? /legacy-close-ignored/ : /^::warning file=Project\/Sources\/Methods\/Web_logOut\.4dm,line=\d+/m,
        );
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('every `fourd` command in the pages has the flags that it names', () => {
  const helps = new Map<string, string>();
  const help = (name: string): string => {
    const known = helps.get(name);
    if (known !== undefined) return known;
    const { stdout } = spawnSync(process.execPath, [command, name, '--help'], { encoding: 'utf8' });
    helps.set(name, stdout);
    return stdout;
  };
  for (const page of pages)
    for (const line of [...blocks(page, 'sh'), ...blocks(page, '')].flatMap((text) => text.split('\n'))) {
      const [, name, rest] = /^(?:\$ )?fourd (lint|migrate|serve|run|test)\b([^#]*)/.exec(line) ?? [];
      if (!name) continue;
      for (const [flag] of rest.matchAll(/--[a-z-]+/g)) assert.ok(help(name).includes(flag), `${page}: ${line}`);
    }
});
