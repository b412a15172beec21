import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageSource } from '../documentation/pages.js';

/** The package's `docs` folder, found upwards from a module: the same for compiled files and for bundles. */
export function pagesFolder(module: string): string | undefined {
  for (let folder = dirname(fileURLToPath(module)); folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'docs', 'en'))) return join(folder, 'docs');
  return undefined;
}

export function nodePages(folder: string | undefined): PageSource {
  return {
    read: async (path) => {
      if (!folder) return undefined;
      return readFile(join(folder, path), 'utf8').catch(() => undefined);
    },
  };
}
