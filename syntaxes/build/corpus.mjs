// Reads every `.4dm` below folders and prints how well: lossless trees, files without a syntax diagnostic (each of the others listed), tokens
// against the catalogue, files that formatting leaves alone, speed.
//   npx tsc -b && node syntaxes/build/corpus.mjs FOLDER… [--list N] [--rounds N]
import process from 'node:process';
import { compiled, methodFiles, readMethod } from './files.mjs';
import { agreementOf } from './tokens.mjs';

const args = process.argv.slice(2);
const option = (name, usual) => {
  const at = args.indexOf(`--${name}`);
  return at >= 0 ? Number(args.splice(at, 2)[1]) : usual;
};
const limit = option('list', 100);
const rounds = option('rounds', 5);
if (args.length === 0) {
  console.error('Usage: node syntaxes/build/corpus.mjs FOLDER… [--list N] [--rounds N]');
  process.exit(2);
}
const { parse } = await compiled('parser/parse.js');
const { syntaxErrorText } = await compiled('parser/syntaxErrors.js');
const { formatEdits } = await compiled('printer/format.js');
const { LineIndex } = await compiled('tree/lineIndex.js');
const { lawViolations } = await compiled('tree/laws.js');

const files = methodFiles(args).map((path) => ({ path, text: readMethod(path) }));
const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
const share = (part, whole) => `${(100 * (whole ? part / whole : 1)).toFixed(3)} %`;
let broken = 0;
let lossless = 0;
let unchanged = 0;
const byCode = new Map();
const listed = [];
const rewritten = [];
for (const { path, text } of files) {
  const tree = parse(text);
  const laws = lawViolations(tree);
  if (laws.length === 0) lossless++;
  for (const law of laws.slice(0, 3)) listed.push(`${path}: LAW ${law}`);
  if (tree.errors.length === 0) {
    if (formatEdits(tree).length === 0) unchanged++;
    else rewritten.push(path);
    continue;
  }
  broken++;
  const index = new LineIndex(text);
  for (const error of tree.errors) {
    byCode.set(error.code, (byCode.get(error.code) ?? 0) + 1);
    const line = index.lineAt(error.start);
    listed.push(`${path}:${line + 1}: ${error.code}: ${syntaxErrorText(error, 'en')}\n    ${index.lineText(line).trim().slice(0, 160)}`);
  }
}
for (const line of listed.slice(0, limit)) console.log(line);
for (const path of rewritten.slice(0, limit)) console.log(`formatting would change ${path}`);

console.log(`\nfiles                               ${files.length} (${(bytes / 1e6).toFixed(1)} MB)`);
console.log(`lossless                            ${share(lossless, files.length)}`);
console.log(`without a syntax diagnostic         ${share(files.length - broken, files.length)} (${broken} with one)`);
for (const [code, count] of [...byCode].sort((a, b) => b[1] - a[1])) console.log(`  ${code} ${count}`);
console.log(`formatting changes nothing          ${share(unchanged, files.length - broken)} of these`);
const { total, agreed } = agreementOf(files.map(({ path }) => path));
console.log(`tokens that agree with their names  ${share(agreed, total)} of ${total}`);
const seconds = [];
for (let round = 0; round < rounds; round++) {
  const start = process.hrtime.bigint();
  for (const { text } of files) parse(text);
  seconds.push(Number(process.hrtime.bigint() - start) / 1e9);
}
seconds.sort((a, b) => a - b);
console.log(`parse                               ${(bytes / 1e6 / seconds[rounds >> 1]).toFixed(1)} MB/s (median of ${rounds})`);
