/** The language server in an editor that is not VS Code. Neovim is installed where it can be; without it this fails, it is never skipped. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { neovim } from '../../build/system.mjs';

test('Neovim shows the hover in Spanish and the warning', () => {
  const nvim = neovim();
  const root = mkdtempSync(join(tmpdir(), 'neovim-'));
  try {
    cpSync('docs/tutorial', root, { recursive: true });
    cpSync('docs/tutorial/settings-scalable/settings.4DSettings', join(root, 'Project/Sources/settings.4DSettings'));
    const { status, stderr } = spawnSync(nvim, ['--clean', '--headless', '-u', resolve('client/test/editors/neovim.lua')], {
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        ...process.env,
        HOME: root,
        NODE: process.execPath,
        FOURD: resolve('dist/fourd.mjs'),
        FOURD_ROOT: root,
        FOURD_FILE: join(root, 'Project/Sources/Methods/Web_logOut.4dm'),
      },
    });
    // Headless, Neovim prints to standard error.
    assert.equal(status, 0, stderr);
    const line = stderr.split(/\r?\n/).find((one) => one.startsWith('{'));
    assert.ok(line, stderr);
    const { hover, diagnostics } = JSON.parse(line);
    assert.match(hover, /WEB LEGACY CLOSE SESSION/);
    assert.match(hover, /sesión/);
    assert.ok(
      diagnostics.some(({ code }: { code: string }) => code === 'legacy-close-ignored'),
      JSON.stringify(diagnostics),
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
