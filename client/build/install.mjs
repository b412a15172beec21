// Makes a fresh clone ready: dependencies, compiled sources, bundles. Uses nothing but Node, since nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const shell = process.platform === 'win32';

/** Runs a program with its output shown; true when it ended well. */
export function run(command, args, options = {}) {
  return spawnSync(command, args, { stdio: 'inherit', ...options }).status === 0;
}

/** Installs the dependencies when they are missing; no script of theirs runs. */
export function install() {
  if (existsSync('node_modules/typescript/bin/tsc') && existsSync('node_modules/.package-lock.json')) return true;
  console.log('installing dependencies (npm ci) …');
  return run(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { shell });
}

export const compile = () => run(process.execPath, ['node_modules/typescript/bin/tsc', '-b']);

/** @param {string[]} flags of `bundle.mjs` */
export const bundle = (...flags) => run(process.execPath, ['client/build/bundle.mjs', ...flags]);

/** Bytes that npm keeps of what it fetched: the difference over a run is what the run downloaded. */
export function npmCacheSize() {
  const { stdout } = spawnSync(npm, ['config', 'get', 'cache'], { encoding: 'utf8', shell });
  const folder = join((stdout ?? '').trim(), '_cacache');
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + (statSync(join(entry.parentPath ?? entry.path, entry.name), { throwIfNoEntry: false })?.size ?? 0), 0);
}
