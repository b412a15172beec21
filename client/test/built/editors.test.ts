/**
 * `fourd` as npm installs it, on the command line and in editors that are not VS Code. Neovim and Emacs are installed where they can be; without
 * them this fails, it is never skipped.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { emacs, neovim } from '../../build/system.mjs';
import { inProject, placeText } from '../answers.js';
import { installCommand } from './command.js';

/** What Neovim is answered; VS Code is held to the same (client/test/host/language.ts). */
const golden = 'client/test/fixtures/answers.json';

type Location = { uri: string; range: Parameters<typeof placeText>[1] };
type NeovimDiagnostic = { code: string; severity: number; message: string; lnum: number; col: number; end_lnum: number; end_col: number };

const root = mkdtempSync(join(tmpdir(), 'editors-'));
const shop = join(root, 'shop');
let fourd: string;

/** The code of a language below a heading of the Spanish page, which asks for Spanish. */
function snippets(heading: string, language: string, page = 'docs/es/editors.md'): string[] {
  const [, part] = readFileSync(page, 'utf8').split(new RegExp(`^## ${heading}$`, 'm'));
  const section = part.split(/^## /m)[0];
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code]) => code);
}

/** Writes a snippet into a file and gives its path. */
function write(name: string, code: string): string {
  const path = join(root, name);
  writeFileSync(path, code);
  return path;
}

before(() => {
  fourd = installCommand(root);
  cpSync('docs/tutorial', shop, { recursive: true });
  cpSync('docs/tutorial/settings-scalable/settings.4DSettings', join(shop, 'Project/Sources/settings.4DSettings'));
});
after(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));

const run = (command: string, args: string[], env: Record<string, string> = {}) =>
  spawnSync(command, args, {
    encoding: 'utf8',
    timeout: 180_000,
    cwd: root,
    env: {
      ...process.env,
      HOME: root,
      PATH: `${dirname(fourd)}${delimiter}${process.env.PATH}`,
      FOURD_FILE: join(shop, 'Project/Sources/Methods/Web_logOut.4dm'),
      ...env,
    },
  });

/** The line of JSON among what an editor printed. */
function answer(output: string) {
  const line = output.split(/\r?\n/).find((one) => one.startsWith('{'));
  assert.ok(line, output);
  return JSON.parse(line);
}

test('the snippets are the same in both languages, but for the language they ask for', () => {
  for (const [heading, language] of [
    ['Neovim', 'lua'],
    ['Emacs', 'elisp'],
    ['Helix', 'toml'],
    ['Sublime Text', 'json'],
  ]) {
    const english = snippets(heading, language, 'docs/en/editors.md').map((code) => code.replace('Log in and out', 'Entrar y salir'));
    const asked = english.map((code) => code.replace(/(["'])auto\1/, '$1es$1'));
    assert.ok(asked.length > 0);
    assert.deepEqual(asked, snippets(heading, language), heading);
  }
});

test('fourd runs where npm installed it', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  assert.equal(run(fourd, ['--version']).stdout, `${version}\n`);
  const { stdout, status } = run(fourd, ['lint', '--format', 'json', shop]);
  assert.equal(status, 1);
  assert.ok(JSON.parse(stdout).projects[0].diagnostics.some(({ code }: { code: string }) => code === 'legacy-close-ignored'));
});

test('Neovim shows the hover in Spanish and the warning, and nvim-dap is told what starts the adapter', () => {
  const [lsp, dap] = snippets('Neovim', 'lua');
  const { status, stderr } = run(neovim(), ['--clean', '--headless', '-u', resolve('client/test/editors/neovim.lua')], {
    FOURD_SNIPPET: write('lsp.lua', lsp),
    FOURD_DAP: write('dap.lua', dap),
  });
  // Headless, Neovim prints to standard error.
  assert.equal(status, 0, stderr);
  const { hover, definition, references, diagnostics, adapter, configuration, root: found } = answer(stderr);
  assert.match(hover, /sesión/);
  const places = (list: Location[]): string[] => list.map(({ uri, range }) => placeText(uri, range));
  const folder = pathToFileURL(realpathSync(shop)).href;
  const uri = `${folder}/Project/Sources/Methods/Web_logOut.4dm`;
  const answers = inProject(
    {
      hover,
      definition: places(definition),
      references: places(references),
      diagnostics: (diagnostics as NeovimDiagnostic[]).map(({ code, severity, message, ...at }) => {
        const range = { start: { line: at.lnum, character: at.col }, end: { line: at.end_lnum, character: at.end_col } };
        return { code, severity, message, place: placeText(uri, range) };
      }),
    },
    folder,
  );
  if (process.env.UPDATE && !process.env.CI) writeFileSync(golden, `${JSON.stringify(answers, null, 2)}\n`);
  assert.deepEqual(answers, JSON.parse(readFileSync(golden, 'utf8')), 'if the change is meant: UPDATE=1');
  assert.equal(realpathSync(found), realpathSync(shop));
  assert.equal(configuration.type, '4d-simulator');
  const initialize = JSON.stringify({ seq: 1, type: 'request', command: 'initialize', arguments: { adapterID: '4d-simulator' } });
  const started = spawnSync(join(dirname(fourd), adapter.command), adapter.args, {
    encoding: 'utf8',
    timeout: 180_000,
    input: `Content-Length: ${initialize.length}\r\n\r\n${initialize}`,
  });
  assert.match(started.stdout, /"command":"initialize".*"success":true|"success":true.*"command":"initialize"/, started.stderr);
});

test('Emacs shows the hover in Spanish and the warning', () => {
  const { status, stdout, stderr } = run(emacs(), ['-q', '--batch', '-l', resolve('client/test/editors/emacs.el')], {
    FOURD_SNIPPET: write('init.el', snippets('Emacs', 'elisp')[0]),
  });
  assert.equal(status, 0, stderr);
  const { hover, diagnostics } = answer(stdout);
  assert.match(hover, /WEB LEGACY CLOSE SESSION/);
  assert.match(hover, /sesión/);
  assert.match(diagnostics.join('\n'), /legacy-close-ignored/);
  // A client is only asked for what it offered.
  assert.doesNotMatch(stderr, /unsupported capability/);
});
