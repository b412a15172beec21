/** The bundles as users get them: they start, and stand alone. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';

const dist = resolve('dist');
const fourd = (args: string[], options: object = {}) =>
  spawnSync(process.execPath, [join(dist, 'fourd.mjs'), ...args], { encoding: 'utf8', timeout: 20_000, ...options });

test('every bundle that the manifest and the client need is there', () => {
  const wanted = [
    ...[
      'ThirdPartyNotices.txt',
      ...['classes', 'commands', 'constants', 'language'].map((name) => `data/${name}.json`),
      'debugAdapter.cjs',
      'extension.cjs',
      'fourd.mjs',
      'languageClient.cjs',
      'server.cjs',
      'timeline/main.js',
      'timeline/timeline.css',
      'tutorial.json',
    ],
    ...['web/extension.js', 'web/server.js', 'web/simulator.js'],
  ];
  const found = readdirSync(dist, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  assert.deepEqual(found.filter((path) => path.includes('.')).sort(), wanted);
  accessSync(join(dist, 'fourd.mjs'), constants.X_OK);
});

test('bundles need nothing that is not in them: Node’s own modules on Node, nothing in the browser', () => {
  for (const path of readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[cm]?js$/.test(name))) {
    const text = readFileSync(join(dist, path), 'utf8');
    const named = [...text.matchAll(/(?:\brequire\(|\bfrom\s*|\bimport\(|\bimport\s*)"([\w@.][\w@./:-]*)"/g)].map(([, name]) => name);
    const strangers = named.filter(
      (name) =>
        !(name === 'vscode' && /extension|languageClient/.test(path)) &&
        !(name.startsWith('./') && existsSync(join(dist, name))) &&
        (/^(web|timeline)/.test(path) || !isBuiltin(name)),
    );
    assert.deepEqual([...new Set(strangers)], [], path);
  }
});

test('fourd says its version and its subcommands, in the language of the terminal', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  assert.equal(fourd(['--version']).stdout, `${version}\n`);
  const english = fourd(['help'], { env: { LC_ALL: 'C' } }).stdout;
  const spanish = fourd(['help'], { env: { LC_ALL: 'es_ES.UTF-8' } }).stdout;
  for (const name of ['lsp', 'dap', 'lint', 'serve', 'run']) {
    assert.match(english, new RegExp(`^  fourd ${name}\\b`, 'm'));
    assert.match(spanish, new RegExp(`^  fourd ${name}\\b`, 'm'));
  }
  assert.match(english, /^Usage/m);
  assert.match(spanish, /^Uso/m);
});

test('fourd refuses what it does not know with exit code 2', () => {
  const { status, stderr } = fourd(['frobnicate'], { env: { LANG: 'es_MX.UTF-8' } });
  assert.equal(status, 2);
  assert.match(stderr, /«frobnicate»/);
});

test('fourd lint runs from any folder and writes JSON', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lint-'));
  try {
    const { stdout, stderr } = fourd(['lint', '--format', 'json', resolve('docs/tutorial')], { cwd: folder });
    const { projects } = JSON.parse(stdout || `{"projects":[],"error":${JSON.stringify(stderr)}}`);
    assert.equal(projects.length, 1, stderr);
    assert.equal(projects[0].sessionMode.value, 'legacy');
    assert.ok(existsSync(join(projects[0].root, 'Project')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
