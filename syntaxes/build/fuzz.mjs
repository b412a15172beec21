// Mutates the `.4dm` files below folders, and generated ones, and holds the parser to its laws: nothing thrown, lossless, linear time,
// the same tree from an edited text's last tree as from nothing; and the formatter to its own: every token stays, and its result is formatted.
//   npx tsc -b && node syntaxes/build/fuzz.mjs [FOLDER…] [--bytes 10000000] [--seed 1]
import assert from 'node:assert/strict';
import process from 'node:process';
import { compiled, methodFiles, readMethod } from './files.mjs';

const args = process.argv.slice(2);
const option = (name, usual) => {
  const at = args.indexOf(`--${name}`);
  return at >= 0 ? Number(args.splice(at, 2)[1]) : usual;
};
const wanted = option('bytes', 10_000_000);
const seed = option('seed', 1);
const { parse } = await compiled('parser/parse.js');
const { reparse } = await compiled('parser/reparse.js');
const { formatViolations } = await compiled('test/formatLaws.js');
const { generated, randomOf } = await compiled('test/generated.js');
const { mutated, typed } = await compiled('test/mutations.js');
const { lawViolations } = await compiled('tree/laws.js');

const random = randomOf(seed);
const files = methodFiles(args);
const any = () =>
  files.length && random(4) ? readMethod(files[random(files.length)]).slice(0, 50_000) : generated(random(1e6), { lines: 40 });
let bytes = 0;
let texts = 0;
let failures = 0;
let slowest = { each: 0, text: '' };
while (bytes < wanted) {
  const text = mutated(any(), any(), random);
  bytes += Buffer.byteLength(text);
  texts++;
  try {
    const start = performance.now();
    const tree = parse(text);
    const each = (performance.now() - start) / (text.length + 2000);
    if (each > slowest.each) slowest = { each, text };
    const laws = lawViolations(tree);
    if (laws.length) throw new Error(laws.join('\n'));
    const format = formatViolations(tree, [{}, {}, { typing: true }, { indent: '  ', trimLineEnds: true }][random(4)]);
    if (format.length) throw new Error(format.join('\n'));
    let edited = reparse(undefined, text);
    for (let i = 0; i < 6; i++) {
      edited = reparse(edited, typed(edited.text, random));
      assert.deepEqual(edited.data, parse(edited.text).data);
    }
  } catch (error) {
    if (++failures <= 5) console.log(`${error.stack?.split('\n').slice(0, 4).join('\n')}\n${JSON.stringify(text.slice(0, 600))}`);
  }
}
const again = performance.now();
parse(slowest.text);
console.log(`${texts} texts, ${bytes} bytes, ${failures} failures`);
console.log(`slowest text: ${slowest.text.length} characters, read again in ${(performance.now() - again).toFixed(1)} ms`);
process.exitCode = failures ? 1 : 0;
