// Runs the benchmarks of the rooms and prints their figures.
//   npm run bench               all of them
//   npm run bench -- parse      those whose path contains the word
//   npm run bench -- --list     their names
//   npm run bench -- --in FOLDER  on the code below a folder, where a benchmark reads code; several may be named
//   npm run bench -- --write    puts what they print into docs/performance.md and docs/es/performance.md
// A benchmark is a file `bench*.mjs` in a folder `build`, or any `.mjs` in a folder `bench`, of a floor; it prints what it measures.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { inSpanish } from './benchSpanish.mjs';
import { floors } from './sources.mjs';

const args = process.argv.slice(2);
const folders = [];
for (let at = args.indexOf('--in'); at >= 0; at = args.indexOf('--in')) folders.push(...args.splice(at, 2).slice(1));
const words = args.filter((argument) => !argument.startsWith('-'));
const pages = { 'docs/performance.md': (text) => text, 'docs/es/performance.md': inSpanish };
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
const run = (args, stdio = 'inherit') => spawnSync(process.execPath, args, { stdio, encoding: 'utf8' });
let failed = run(['node_modules/typescript/bin/tsc', '-b']).status || run(['client/build/bundle.mjs']).status;
for (const path of failed ? [] : benches) {
  console.log(`\n${path}`);
  const readsCode = folders.length > 0 && !path.startsWith('runtime/');
  const { status, stdout } = run(['--expose-gc', path, ...(readsCode ? folders : [])], ['inherit', 'pipe', 'inherit']);
  console.log(stdout);
  failed ||= status ?? 1;
  if (args.includes('--write') && status === 0) write(path, stdout);
}
process.exit(failed);

/** Puts what a benchmark prints between its marks on the pages; one that has none there is left out. */
function write(path, stdout) {
  for (const [page, translated] of Object.entries(pages)) {
    const text = readFileSync(page, 'utf8');
    const begin = `<!-- ${path} -->\n`;
    const start = text.indexOf(begin);
    const end = text.indexOf('<!-- end -->', start);
    if (start < 0 || end < 0) continue;
    const printed = translated(stdout.trim());
    const body = printed.includes('| --') ? printed : `\`\`\`\n${printed}\n\`\`\``;
    writeFileSync(page, `${text.slice(0, start)}${begin}\n${body}\n\n${text.slice(end)}`);
  }
}
