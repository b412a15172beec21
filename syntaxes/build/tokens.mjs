// Holds the tokens of real code against the catalogue:
//   npx tsc -b && node syntaxes/build/tokens.mjs FOLDER…
//
// Every `NAME:C…` and `NAME:K…:…` of all .4dm files below the folders must lead to the same command or constant by name and by
// number. What does not is listed by kind, most frequent first. Ends with 1 below 99.9 %.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { compiled, methodFiles, readMethod } from './files.mjs';

const { defaultCatalogue } = await compiled('catalogue/catalogue.js');
const { parse } = await compiled('parser/parse.js');
const { namesOf } = await compiled('resolution/calls.js');
const { nameText, suffixOf } = await compiled('tree/names.js');

const catalogue = defaultCatalogue();
const context = { catalogue, methodByName: () => undefined };

/** What a token says: the kind of agreement, and for a disagreement the pair itself. */
function judge(name, suffix, resolved) {
  const pair = suffix.kind === 'command' ? `${name}:C${suffix.number}` : `${name}:K${suffix.theme}:${suffix.index}`;
  if (resolved.kind === 'unknown') return [`unknown ${suffix.kind} number`, pair];
  if (!resolved.byToken) return [`${suffix.kind} number unknown, found by name`, ''];
  if (resolved.spelling !== 'other') return [`${suffix.kind}, ${resolved.spelling} name`, ''];
  const other = suffix.kind === 'command' ? catalogue.commandByName(name) : catalogue.constantByName(name);
  return [`${suffix.kind}, ${other ? "another one's name" : 'unknown name'}`, `${pair} is ${(resolved.command ?? resolved.constant).name}`];
}

/** Counts by kind of agreement, and the pairs that do not agree with how often and where. */
export function agreementOf(files) {
  const counts = new Map();
  const exceptions = new Map();
  for (const file of files) {
    const tree = parse(readMethod(file));
    for (const { node, resolved } of namesOf(tree, context)) {
      const suffix = suffixOf(tree, node);
      if (suffix?.kind !== 'command' && suffix?.kind !== 'constant') continue;
      const [kind, what] = judge(nameText(tree, node), suffix, resolved);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      if (!what) continue;
      if (!exceptions.has(kind)) exceptions.set(kind, new Map());
      const known = exceptions.get(kind).get(what) ?? { times: 0, file };
      known.times++;
      exceptions.get(kind).set(what, known);
    }
  }
  const total = [...counts.values()].reduce((a, b) => a + b, 0);
  const agreed = [...counts].filter(([kind]) => /(present|former|french) name|found by name/.test(kind)).reduce((a, [, n]) => a + n, 0);
  return { counts, exceptions, total, agreed };
}

function main(folders) {
  if (folders.length === 0) {
    console.error('Usage: node syntaxes/build/tokens.mjs FOLDER…');
    process.exit(2);
  }
  const files = methodFiles(folders);
  const { counts, exceptions, total, agreed } = agreementOf(files);
  console.log(`${files.length} files, ${total} tokens`);
  for (const [kind, n] of [...counts].sort((a, b) => b[1] - a[1]))
    console.log(`${String(n).padStart(9)}  ${((100 * n) / total).toFixed(4).padStart(8)} %  ${kind}`);
  for (const [kind, pairs] of exceptions) {
    console.log(`\n${kind}:`);
    for (const [pair, { times, file }] of [...pairs].sort((a, b) => b[1].times - a[1].times).slice(0, 40))
      console.log(`${String(times).padStart(6)}  ${pair}   ${file}`);
  }
  const share = total ? (100 * agreed) / total : 100;
  console.log(`\n${share.toFixed(4)} % agree`);
  process.exitCode = share >= 99.9 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
