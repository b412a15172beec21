// Prints how fast code is read, beside a bare loop over its characters, and how time grows with size.
//   npx tsc -b && node --expose-gc syntaxes/build/benchParser.mjs [FOLDER…] [--tree-sitter GRAMMAR.wasm --modules NODE_MODULES]
// Without a folder it reads generated code. A tree-sitter grammar for 4D is read with the `web-tree-sitter` found in the named node_modules.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { compiled, methodFiles, processorTime, readMethod } from './files.mjs';

const args = process.argv.slice(2).filter((a) => a !== '--expose-gc');
const option = (name) => {
  const at = args.indexOf(`--${name}`);
  return at >= 0 ? args.splice(at, 2)[1] : undefined;
};
const grammar = option('tree-sitter');
const modules = option('modules') ?? 'node_modules';
const { parse } = await compiled('parser/parse.js');
const { formatEdits } = await compiled('printer/format.js');
const { scan } = await compiled('scanner/scanner.js');
const { TokenBuffer } = await compiled('scanner/tokens.js');
const { generated } = await compiled('test/generated.js');

const texts = args.length ? methodFiles(args).map(readMethod) : Array.from({ length: 2000 }, (_, n) => method(n));
const bytes = size(texts);
const buffer = new TokenBuffer();
let sink = 0;

console.log(
  `${texts.length} ${args.length ? 'files' : 'generated methods'}, ${(bytes / 1e6).toFixed(1)} MB; processor time, medians of five rounds\n`,
);
console.log('| Reading | MB/s | per second |');
console.log('| --- | --: | --: |');
let trees = texts.map((text) => parse(text));
const tokens = trees.reduce((n, t) => n + t.data.tokenCount, 0);
const nodes = trees.reduce((n, t) => n + t.data.nodeCount, 0);
row('a bare loop over the characters', bytes, () => {
  for (const text of texts) for (let i = 0; i < text.length; i++) sink += text.charCodeAt(i);
});
row('tokens', bytes, () => each(texts, (text) => scan(text, buffer)), tokens, 'tokens');
row('tree, blocks and mistakes', bytes, () => each(texts, parse), nodes, 'nodes');
row('edits of the formatter', bytes, () => each(trees, (tree) => formatEdits(tree)));
if (grammar) {
  const parser = await treeSitter(grammar, modules);
  row('web-tree-sitter with the grammar named', bytes, () => each(texts, (text) => parser.parse(text).delete()));
}
const kept = trees.reduce((n, t) => n + t.data.tokenStart.buffer.byteLength, 0);
console.log(`\nThe trees of all of it take ${(kept / 1e6).toFixed(1)} MB, ${(kept / bytes).toFixed(1)} bytes for a byte of code.`);

trees = [];
globalThis.gc?.();
console.log('\n| One file of | ms | MB/s | memory of its tree |');
console.log('| --: | --: | --: | --: |');
let largest = 0;
let long = '';
const parts = [];
for (let n = 0; long.length < 10_000_000; n++) {
  // Few different ones: making code takes longer than reading it. The first is short, for the smallest file.
  parts[n % 500] ??= `${generated(n, { lines: n ? 30 : 5, tokens: n % 2 === 0 })}\n`;
  long += parts[n % 500];
}
for (const length of [1_000, 10_000, 100_000, 1_000_000, 10_000_000]) {
  // Cut behind a whole method, so that the blocks fit together; a copy, so that the text is in one piece.
  const text = Buffer.from(long.slice(0, long.lastIndexOf('\n\n', Math.max(length, parts[0].length)) + 1)).toString();
  const ms = median(() => parse(text));
  largest = parse(text).data.tokenStart.buffer.byteLength;
  const rate = (Buffer.byteLength(text) / 1000 / ms).toFixed(1);
  const kilobytes = (text.length / 1000).toFixed(text.length < 2000 ? 1 : 0);
  console.log(`| ${kilobytes} KB | ${ms.toFixed(2)} | ${rate} | ${(largest / 1e6).toFixed(1)} MB |`);
}

console.log(
  `\nTo get ${(largest / 1e6).toFixed(0)} MB from the system and write to them takes ${memoryTime(largest).toFixed(0)} ms by itself.`,
);
console.log('\n| Files of about 1.5 KB | ms | files per second |');
console.log('| --: | --: | --: |');
const files = Array.from({ length: 1000 }, (_, n) => method(n));
for (const count of [100, 1_000, 5_000, 20_000]) {
  const ms = median(() => {
    for (let n = 0; n < count; n++) parse(files[n % files.length]);
  });
  console.log(`| ${count} | ${ms.toFixed(0)} | ${Math.round((1000 * count) / ms)} |`);
}

function method(n) {
  return `${generated(n, { lines: 30, tokens: n % 2 === 0 })}\n`;
}

function each(list, work) {
  for (const one of list) work(one);
}

function size(list) {
  return list.reduce((n, text) => n + Buffer.byteLength(text), 0);
}

/** Processor time of one run in milliseconds: the median of five rounds of at least 100 ms each. Other programs hardly change it. */
function median(work) {
  work();
  const times = [];
  for (let i = 0; i < 5; i++) {
    const start = processorTime();
    let runs = 0;
    do {
      work();
      runs++;
    } while (processorTime() - start < 100);
    times.push((processorTime() - start) / runs);
  }
  return times.sort((a, b) => a - b)[2];
}

/** What it costs to get so much memory from the system and write to it: some machines make large pieces dear, whatever they are for. */
function memoryTime(size) {
  const from = new Uint8Array(size).fill(1);
  return median(() => {
    const memory = new Uint8Array(new ArrayBuffer(size));
    memory.set(from);
    sink += memory[size - 1];
  });
}

function row(what, amount, work, count, unit) {
  const ms = median(work);
  const rate = count ? `${((count * 1000) / ms / 1e6).toFixed(1)} million ${unit}` : '';
  console.log(`| ${what} | ${(amount / 1000 / ms).toFixed(1)} | ${rate} |`);
}

async function treeSitter(path, folder) {
  const { Parser, Language } = createRequire(join(resolve(folder), 'x.js'))('web-tree-sitter');
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(resolve(path)));
  return parser;
}
if (!Number.isFinite(sink)) console.log(sink);
