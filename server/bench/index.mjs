// Prints what the index of a project costs: definitions, references and calls of every file, read cold and a second time; processor time.
//   npx tsc -b && node --expose-gc server/bench/index.mjs [FOLDER…]     generated files when no folder is named
import process from 'node:process';
import { methodFiles, processorTime, readMethod } from '../../syntaxes/build/files.mjs';

const out = new URL('../../out/', import.meta.url);
const { defaultCatalogue } = await import(new URL('syntaxes/catalogue/catalogue.js', out).href);
const { generated } = await import(new URL('syntaxes/test/generated.js', out).href);
const { readFacts } = await import(new URL('server/analysis/facts.js', out).href);
const { ProjectIndex } = await import(new URL('server/analysis/projectIndex.js', out).href);

const folders = process.argv.slice(2).filter((a) => a !== '--expose-gc');
const paths = folders.length ? methodFiles(folders) : Array.from({ length: 5000 }, (_, n) => `Project/Sources/Methods/m${n}.4dm`);
const read = folders.length ? readMethod : (path) => generated(Number(/\d+/.exec(path)[0]), { lines: 30, tokens: true });

const catalogue = defaultCatalogue();
const index = new ProjectIndex();
let bytes = 0;
let peak = 0;
const pass = () => {
  const start = processorTime();
  bytes = 0;
  for (const [n, path] of paths.entries()) {
    const text = read(path);
    bytes += text.length;
    index.set(readFacts(path, text, catalogue, index, undefined, 'utf-16'));
    if (n % 500 === 0) peak = Math.max(peak, process.memoryUsage().rss);
  }
  return processorTime() - start;
};
const cold = pass();
const warm = pass();
peak = Math.max(peak, process.memoryUsage().rss);
console.log('| Index of a project | files | MB | cold | again | peak memory of the process |');
console.log('| --- | --: | --: | --: | --: | --: |');
console.log(
  `| ${folders.length ? 'files read from disk' : 'generated files'} | ${paths.length} | ${(bytes / 1e6).toFixed(1)} | ${(cold / 1000).toFixed(2)} s | ${(warm / 1000).toFixed(2)} s | ${Math.round(peak / 1e6)} MB |`,
);
