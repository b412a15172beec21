// Prints what the index of a project costs, as the server makes it: its settings, structure and list of files, then definitions, references and
// calls of every file, read from disk in a process of its own; and how that grows with the number of files.
//   npx tsc -b && node server/bench/index.mjs [FOLDER…]     folders that hold `Project`; generated projects when none is named
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { processorTime } from '../../syntaxes/build/files.mjs';

const out = new URL('../../out/', import.meta.url);
const module = (path) => import(new URL(path, out).href);
const args = process.argv.slice(2).filter((a) => a !== '--expose-gc');
if (args[0] === '--one') await one(args[1]);
else await compare(args);

/** Indexes one project and prints the figures as JSON. */
async function one(root) {
  const { defaultCatalogue } = await module('syntaxes/catalogue/catalogue.js');
  const { nodeFileSystem } = await module('syntaxes/project/node/fileSystem.js');
  const { LoadedProject } = await module('server/connection/projects.js');
  const start = performance.now();
  const used = processorTime();
  const host = { now: () => performance.now(), pause: () => new Promise((resolve) => setImmediate(resolve)) };
  const fail = (what, error) => {
    throw new Error(what, { cause: error });
  };
  const events = { changed() {}, modeChanged() {}, failed: fail };
  const project = new LoadedProject(root, nodeFileSystem, defaultCatalogue(), host, 'utf-16', events);
  await project.indexAll();
  const result = {
    files: project.index.size,
    seconds: (performance.now() - start) / 1000,
    processor: (processorTime() - used) / 1000,
    peak: process.resourceUsage().maxRSS / 1000,
  };
  console.log(JSON.stringify(result));
  process.exit(0);
}

async function compare(folders) {
  console.log('| Index of | files | cold | processor time | peak memory of the process |');
  console.log('| --- | --: | --: | --: | --: |');
  for (const folder of folders) row(basename(folder).replace('+', '/'), folder);
  if (folders.length > 0) return;
  const { generated } = await module('syntaxes/test/generated.js');
  const texts = Array.from({ length: 500 }, (_, n) => generated(n, { lines: 20, tokens: n % 2 === 0 }));
  const root = mkdtempSync(join(tmpdir(), 'fourd-bench-'));
  try {
    let made = 0;
    for (const count of [100, 1_000, 5_000, 20_000]) {
      grow(root, texts, made, count);
      made = count;
      row('generated methods', root);
    }
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The median of three runs, each in a process of its own. */
function row(name, root) {
  const run = () => JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--one', root], { encoding: 'utf8' }));
  const { files, seconds, processor, peak } = [run(), run(), run()].sort((a, b) => a.seconds - b.seconds)[1];
  console.log(`| ${name} | ${files} | ${seconds.toFixed(2)} s | ${processor.toFixed(2)} s | ${Math.round(peak)} MB |`);
}

/** Adds methods to a project on disk, from one number of them to another. */
function grow(root, texts, from, to) {
  const methods = join(root, 'Project', 'Sources', 'Methods');
  mkdirSync(methods, { recursive: true });
  writeFileSync(join(root, 'Project', 'Bench.4DProject'), '{}');
  for (let n = from; n < to; n++) writeFileSync(join(methods, `m${n}.4dm`), texts[n % texts.length]);
}
