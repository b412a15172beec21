// The `.4dm` files below folders, and the compiled parser, for the measuring scripts beside this file.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const out = fileURLToPath(new URL('../../out/syntaxes/', import.meta.url));

/** Paths of all methods and classes below the folders; deleted ones under `Project/Trash` are no part of a program. */
export function methodFiles(folders) {
  const files = [];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== '.git' && entry.name !== 'node_modules' && !(entry.name === 'Trash' && folder.endsWith('Project'))) walk(path);
      } else if (entry.name.endsWith('.4dm')) files.push(path);
    }
  };
  for (const folder of folders) if (existsSync(folder)) statSync(folder).isDirectory() ? walk(folder) : files.push(folder);
  return files.sort();
}

export function readMethod(path) {
  return readFileSync(path, 'utf8');
}

/** A module of the compiled `syntaxes` floor; `npm run compile` makes it. */
export function compiled(path) {
  return import(new URL(path, `file://${out}`).href);
}

/** Processor time this process has used so far, in milliseconds: other programs hardly change it. */
export function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
