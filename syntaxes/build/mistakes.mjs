// Breaks clean files in one way each and looks at what the parser says: a table by kind.
//   npx tsc -b && node syntaxes/build/mistakes.mjs FOLDER… [--each N] [--show KIND]
import process from 'node:process';
import { compiled, methodFiles, readMethod } from './files.mjs';

const args = process.argv.slice(2);
const option = (name, usual) => {
  const at = args.indexOf(`--${name}`);
  return at >= 0 ? args.splice(at, 2)[1] : usual;
};
const each = Number(option('each', 500));
const show = option('show', '');
const { parse } = await compiled('parser/parse.js');
const { LineIndex } = await compiled('tree/lineIndex.js');
const { randomOf } = await compiled('test/generated.js');
const { breakers } = await compiled('test/mistakes.js');

const random = randomOf(42);
const files = methodFiles(args);
console.log(`${'kind'.padEnd(42)} broken  reported  in place  more than two`);
const sum = { broken: 0, reported: 0, placed: 0, many: 0 };
for (const [kind, breaker] of Object.entries(breakers)) {
  const count = { broken: 0, reported: 0, placed: 0, many: 0 };
  let shown = 0;
  for (let tries = 0; count.broken < each && tries < each * 20; tries++) {
    const path = files[random(files.length)];
    const text = readMethod(path);
    if (text.length > 60_000) continue;
    const tree = parse(text);
    if (tree.errors.length > 0) continue;
    const broken = breaker(tree, random);
    if (!broken) continue;
    const { errors } = parse(broken.text);
    const index = new LineIndex(broken.text);
    count.broken++;
    if (errors.length > 0) count.reported++;
    if (errors.length > 2) count.many++;
    const placed = errors.some((e) => broken.places.includes(index.lineAt(e.start)));
    if (placed) count.placed++;
    if (show && kind.includes(show) && (!placed || errors.length > 2) && shown++ < 12) {
      const at = broken.places[1] ?? broken.places[0];
      console.log(`${path}\n  wanted ${broken.places.map((p) => p + 1)}: ${index.lineText(Math.max(0, at)).trim().slice(0, 140)}`);
      for (const e of errors.slice(0, 5))
        console.log(`  ${index.lineAt(e.start) + 1}: ${e.code} ${index.lineText(index.lineAt(e.start)).trim().slice(0, 120)}`);
    }
  }
  for (const key of Object.keys(sum)) sum[key] += count[key];
  row(kind, count);
}
row('all', sum);

function row(name, { broken, reported, placed, many }) {
  const percent = (n) => `${((100 * n) / Math.max(1, broken)).toFixed(1)} %`.padStart(9);
  console.log(`${name.padEnd(42)} ${String(broken).padStart(6)} ${percent(reported)} ${percent(placed)} ${String(many).padStart(14)}`);
}
