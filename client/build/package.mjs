// Packs the extension into one .vsix, from what `npm run build` made.
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
 * package of ES modules, since VS Code for the browser takes CommonJS only.
 * @returns the folder
 */
export async function stage(folder = join(root, 'out/extension')) {
  rmSync(folder, { recursive: true, force: true });
  for (const path of await packedFiles()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  const { type, imports, scripts, devDependencies, private: _, ...manifest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return folder;
}

/** Writes the package and gives its path. */
export async function pack(path) {
  const cwd = await stage();
  await createVSIX({ cwd, packagePath: path, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  return path;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const path = await pack(join(root, `${name}-${version}.vsix`));
  console.log(`${path} (${(statSync(path).size / 1024).toFixed(0)} KB)`);
}
