// The TypeScript sources of the repository and what each of them imports; shared by the inner loop and the test of the floors.
import { readdirSync } from 'node:fs';

export const floors = ['syntaxes', 'server', 'runtime', 'client'];

/** Paths of all `.ts` files below the folders, with `/`, sorted; fixtures are data, not sources. */
export function sources(folders = floors) {
  const found = [];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== 'fixtures' && entry.name !== 'node_modules' && !entry.name.startsWith('.')) walk(path);
      } else if (entry.name.endsWith('.ts')) found.push(path);
    }
  };
  for (const folder of folders) walk(folder);
  return found.sort();
}

/**
 * Compiled unit tests. From the sources, not from `out`: a test that was removed must not run on.
 * Those in `client/test/built` look at what the bundler made and are left out unless asked for.
 */
export function tests({ folders = floors, built = false } = {}) {
  return sources(folders)
    .filter((path) => path.endsWith('.test.ts') && (built || !path.startsWith('client/test/built/')))
    .map((path) => `out/${path.replace(/\.ts$/, '.js')}`);
}

/** What a source imports, as written: static and dynamic imports, re-exports, `import('…').Type`. */
export function importsOf(text) {
  const found = new Set();
  for (const [, name] of text.matchAll(/^(?:import|export)\b[^;'"`]*?\bfrom\s*['"]([^'"]+)['"]/gm)) found.add(name);
  for (const [, name] of text.matchAll(/^import\s*['"]([^'"]+)['"]/gm)) found.add(name);
  for (const [, name] of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)) found.add(name);
  return [...found];
}
