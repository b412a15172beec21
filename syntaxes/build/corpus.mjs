// Parses every `.4dm` below the folders and prints what the parser makes of them.
//   node syntaxes/build/corpus.mjs FOLDER… [--list N]
import process from 'node:process';
import { compiled, methodFiles, readMethod } from './files.mjs';

const args = process.argv.slice(2);
const listAt = args.indexOf('--list');
const limit = listAt >= 0 ? Number(args.splice(listAt, 2)[1]) : 100;
const { parse } = await compiled('parser/parse.js');
const { syntaxErrorText } = await compiled('parser/syntaxErrors.js');
const { LineIndex } = await compiled('tree/lineIndex.js');
const { lawViolations } = await compiled('tree/laws.js');

const files = methodFiles(args).map((path) => ({ path, text: readMethod(path) }));
const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
let broken = 0;
let violated = 0;
const byCode = new Map();
const listed = [];
for (const { path, text } of files) {
  const tree = parse(text);
  for (const law of lawViolations(tree)) {
    violated++;
    if (violated <= 20) console.log(`LAW ${path}: ${law}`);
  }
  if (tree.errors.length === 0) continue;
  broken++;
  const index = new LineIndex(text);
  for (const error of tree.errors) {
    byCode.set(error.code, (byCode.get(error.code) ?? 0) + 1);
    const line = index.lineAt(error.start);
    listed.push(`${path}:${line + 1}: ${error.code}: ${syntaxErrorText(error, 'en')}\n    ${index.lineText(line).trim().slice(0, 160)}`);
  }
}
const seconds = [];
for (let round = 0; round < 5; round++) {
  const start = process.hrtime.bigint();
  for (const { text } of files) parse(text);
  seconds.push(Number(process.hrtime.bigint() - start) / 1e9);
}
seconds.sort((a, b) => a - b);
for (const line of listed.slice(0, limit)) console.log(line);
console.log(`files ${files.length}, bytes ${bytes}`);
console.log(`without a syntax diagnostic ${(100 * (1 - broken / files.length)).toFixed(3)} % (${broken} with one)`);
for (const [code, count] of [...byCode].sort((a, b) => b[1] - a[1])) console.log(`  ${code} ${count}`);
console.log(`violated laws ${violated}`);
console.log(`parse ${(bytes / 1e6 / seconds[2]).toFixed(1)} MB/s (median of five)`);
