// Packs the extension into one .vsix, from what `npm run build` made.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createVSIX, listFiles } from '@vscode/vsce';

// npm runs its scripts in the root of the repository.
const root = process.cwd();

/** What goes into the package, sorted; paths from the root of the repository. */
export async function packedFiles() {
  return (await listFiles({ cwd: root, dependencies: false })).sort();
}

/** Writes the package and gives its path. */
export async function pack(path) {
  await createVSIX({ cwd: root, packagePath: path, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  return path;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const path = await pack(join(root, `${name}-${version}.vsix`));
  console.log(`${path} (${(statSync(path).size / 1024).toFixed(0)} KB)`);
}
