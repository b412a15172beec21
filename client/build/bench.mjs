// Runs the benchmarks of the rooms and prints their figures.
//   npm run bench               all of them
//   npm run bench -- parse      those whose path contains the word
//   npm run bench -- --list     their names
// A benchmark is a file `bench*.mjs` in a folder `build`, or any `.mjs` in a folder `bench`, of a floor; it prints what it measures.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import process from 'node:process';
import { floors } from './sources.mjs';

const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const benches = floors
  .flatMap((floor) => readdirSync(floor, { recursive: true }).map((path) => `${floor}/${path.replaceAll('\\', '/')}`))
  .filter((path) => /\/build\/bench[^/]+\.mjs$|\/bench\/[^/]+\.mjs$/.test(path) && path !== 'client/build/bench.mjs')
  .filter((path) => words.every((word) => path.includes(word)))
  .sort();
if (process.argv.includes('--list')) {
  for (const path of benches) console.log(path);
  process.exit(0);
}
if (benches.length === 0) {
  console.error(words.length > 0 ? `No benchmark has “${words.join(' ')}” in its path; --list names them.` : 'There is no benchmark yet.');
  process.exit(1);
}
const run = (args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
let failed = run(['node_modules/typescript/bin/tsc', '-b']) || run(['client/build/bundle.mjs']);
for (const path of failed ? [] : benches) {
  console.log(`\n${path}`);
  failed ||= run(['--expose-gc', path]);
}
process.exit(failed);
