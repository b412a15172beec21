// Programs of the system that the tests need: finds them, installs them with apt where that is possible, and says what to do where it is not.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

/** Full path of the first of the programs that exists, or undefined. */
export function find(programs) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/opt/google/chrome'];
  for (const program of programs) {
    for (const folder of program.includes('/') ? [''] : folders) {
      const path = join(folder, program);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here.
      }
    }
  }
  return undefined;
}

/**
 * Full path of one of the programs; installs one of the packages when there is none. Throws with what to do when that cannot be.
 * An entry of `packages` may name several, parted by blanks.
 * @param {{ programs: string[], packages: string[], what: string, variable: string }} wanted
 */
export function need({ programs, packages, what, variable }) {
  if (process.env[variable]) {
    const named = find([process.env[variable]]);
    if (named) return named;
    throw new Error(`${variable} names ${process.env[variable]}, which is no program that can be run.`);
  }
  const found = find(programs) ?? (install(packages) ? find(programs) : undefined);
  if (found) return found;
  throw new Error(
    `${what} was not found and could not be installed. Install one of: ${packages.join(', ')} (Debian's names), or name a program with ${variable}=/path/to/it.`,
  );
}

/** Installs the first of the packages that can be, with apt, as root or with sudo where no password is asked. */
function install(packages) {
  const apt = find(['apt-get']);
  if (!apt) return false;
  const root = process.getuid?.() === 0;
  const sudo = root ? undefined : find(['sudo']);
  if (!root && !(sudo && spawnSync(sudo, ['-n', 'true']).status === 0)) return false;
  const run = (...args) =>
    spawnSync(sudo ?? apt, [...(sudo ? ['-n', apt] : []), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  run('update', '-q');
  for (const name of packages) {
    console.log(`installing ${name} with apt …`);
    const { status, stdout } = run('install', '-y', '-q', '--no-install-recommends', ...name.split(' '));
    const size = /Need to get ([\d.,]+ \S?B)/.exec(stdout ?? '');
    if (status === 0) {
      console.log(`installed ${name}${size ? ` (${size[1]} downloaded)` : ''}`);
      return true;
    }
  }
  return false;
}

/** A Chromium that can be driven; the one without a window starts faster. */
export const chromium = () =>
  need({
    programs: ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
    packages: ['chromium-headless-shell', 'chromium'],
    what: 'A Chromium for the tests in VS Code',
    variable: 'CHROMIUM',
  });

export const neovim = () => need({ programs: ['nvim'], packages: ['neovim'], what: 'Neovim', variable: 'NVIM_EXECUTABLE' });

/** An Emacs that has Eglot: part of Emacs since 29, a package of its own before. */
export function emacs() {
  const wanted = { programs: ['emacs', 'emacs-nox'], what: 'Emacs', variable: 'EMACS_EXECUTABLE' };
  const path = need({ ...wanted, packages: ['emacs-nox elpa-eglot', 'emacs-nox'] });
  const hasEglot = () => spawnSync(path, ['-q', '--batch', '--eval', "(require 'eglot)"]).status === 0;
  if (hasEglot() || (install(['elpa-eglot']) && hasEglot())) return path;
  throw new Error('Emacs has no Eglot and it could not be installed. Install elpa-eglot (Debian’s name), or Emacs 29 or later.');
}
