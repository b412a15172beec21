/**
 * `fourd` as npm installs it, on the command line and in editors that are not VS Code. Neovim and Emacs are installed where they can be; without
 * them this fails, it is never skipped.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { emacs, neovim } from '../../build/system.mjs';
import { installCommand } from './command.js';

const root = mkdtempSync(join(tmpdir(), 'editors-'));
const shop = join(root, 'shop');
let fourd: string;

before(() => {
  fourd = installCommand(root);
  cpSync('docs/tutorial', shop, { recursive: true });
  cpSync('docs/tutorial/settings-scalable/settings.4DSettings', join(shop, 'Project/Sources/settings.4DSettings'));
});
after(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));

const run = (command: string, args: string[], timeout = 60_000) =>
  spawnSync(command, args, {
    encoding: 'utf8',
    timeout,
    cwd: root,
    env: { ...process.env, HOME: root, FOURD: fourd, FOURD_ROOT: shop, FOURD_FILE: join(shop, 'Project/Sources/Methods/Web_logOut.4dm') },
  });

/** The line of JSON among what an editor printed. */
function answer(output: string): { hover: string; diagnostics: unknown[] } {
  const line = output.split(/\r?\n/).find((one) => one.startsWith('{'));
  assert.ok(line, output);
  return JSON.parse(line);
}

test('fourd runs where npm installed it', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  assert.equal(run(fourd, ['--version']).stdout, `${version}\n`);
  const { stdout, status } = run(fourd, ['lint', '--format', 'json', shop]);
  assert.equal(status, 1);
  assert.ok(JSON.parse(stdout).projects[0].diagnostics.some(({ code }: { code: string }) => code === 'legacy-close-ignored'));
});

test('Neovim shows the hover in Spanish and the warning', () => {
  const { status, stderr } = run(neovim(), ['--clean', '--headless', '-u', resolve('client/test/editors/neovim.lua')]);
  // Headless, Neovim prints to standard error.
  assert.equal(status, 0, stderr);
  const { hover, diagnostics } = answer(stderr);
  assert.match(hover, /WEB LEGACY CLOSE SESSION/);
  assert.match(hover, /sesión/);
  assert.ok(
    (diagnostics as { code: string }[]).some(({ code }) => code === 'legacy-close-ignored'),
    JSON.stringify(diagnostics),
  );
});

test('Emacs shows the hover in Spanish and the warning', () => {
  const { status, stdout, stderr } = run(emacs(), ['-q', '--batch', '-l', resolve('client/test/editors/emacs.el')]);
  assert.equal(status, 0, stderr);
  const { hover, diagnostics } = answer(stdout);
  assert.match(hover, /WEB LEGACY CLOSE SESSION/);
  assert.match(hover, /sesión/);
  assert.match(diagnostics.join('\n'), /legacy-close-ignored/);
  // A client is only asked for what it offered.
  assert.doesNotMatch(stderr, /unsupported capability/);
});
