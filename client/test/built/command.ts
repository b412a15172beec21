import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { packCommand } from '../../build/package.mjs';

/**
 * Packs `fourd` for npm and installs the tarball into a folder, as people do, without any network.
 * @returns path of the installed command
 */
export function installCommand(folder: string): string {
  const packed: string = packCommand(folder, join(folder, 'stage'));
  const prefix = join(folder, 'installed');
  mkdirSync(prefix);
  writeFileSync(join(prefix, 'package.json'), '{ "private": true }');
  const flags = ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', prefix, packed];
  const { status, stderr, error } = spawnSync('npm', flags, { cwd: prefix, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`The packed fourd could not be installed: ${error ?? stderr}`);
  return join(prefix, 'node_modules/.bin', process.platform === 'win32' ? 'fourd.cmd' : 'fourd');
}
