// Packs the extension into one .vsix and the command `fourd` into one .tgz for npm, from what `npm run build` made.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createVSIX, listFiles } from '@vscode/vsce';

// npm runs its scripts in the root of the repository.
const root = process.cwd();

/** What goes into the package, sorted; paths from the root of the repository. */
export async function packedFiles() {
  return (await listFiles({ cwd: root, dependencies: false })).sort();
}

/**
 * Lays the extension out as it is packed, in a folder of its own. Its manifest says nothing of how the repository is built: above all it is no
 * package of ES modules, since VS Code for the browser takes CommonJS only. `fourd` is a package of its own.
 * @returns the folder
 */
export async function stage(folder = join(root, 'out/extension')) {
  rmSync(folder, { recursive: true, force: true });
  for (const path of await packedFiles()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  const {
    type,
    imports,
    scripts,
    devDependencies,
    bin,
    private: _,
    ...manifest
  } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return folder;
}

/** A moment that all files in a package have, so that the same sources give the same bytes: the beginning of zip's own time, and a day. */
const moment = '315619200';

/** Writes the extension's package and gives its path. */
export async function pack(path, folder) {
  const cwd = await stage(folder);
  const before = process.env.SOURCE_DATE_EPOCH;
  process.env.SOURCE_DATE_EPOCH = moment;
  try {
    await createVSIX({ cwd, packagePath: path, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  } finally {
    if (before === undefined) delete process.env.SOURCE_DATE_EPOCH;
    else process.env.SOURCE_DATE_EPOCH = before;
  }
  return path;
}

/**
 * Writes the package of `fourd` for npm and gives its path: the command, the pages that hovers show, and nothing to install beside it.
 * The repository itself stays private, so that nobody publishes it by mistake.
 */
export function packCommand(folder, scratch = join(root, 'out/npm')) {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  for (const path of [
    'README.md',
    'README.es.md',
    'CHANGELOG.md',
    'LICENSE',
    'dist/fourd.mjs',
    'dist/data',
    'dist/ThirdPartyNotices.txt',
    'docs/en',
    'docs/es',
  ])
    cpSync(join(root, path), join(scratch, path), { recursive: true });
  const { name, version, license, keywords, engines, bin, type } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const description = 'Language server, linter, debugger and web session simulator for the 4D language: no 4D needed.';
  const manifest = { name, version, description, license, keywords, engines: { node: engines.node }, type, bin };
  writeFileSync(join(scratch, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const { status, stdout, stderr, error } = spawnSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: scratch,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm pack failed: ${error ?? stderr}`);
  return join(folder, JSON.parse(stdout)[0].filename);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const paths = [await pack(join(root, `${name}-${version}.vsix`)), packCommand(root)];
  for (const path of paths) console.log(`${path} (${(statSync(path).size / 1024).toFixed(0)} KB)`);
}
