// Prints what one key pressed in a method of 10,000 lines costs until the editor knows everything again; processor time, medians.
//   npx tsc -b && node server/bench/keystroke.mjs
import process from 'node:process';
import { processorTime } from '../../syntaxes/build/files.mjs';

const out = new URL('../../out/', import.meta.url);
const module = (path) => import(new URL(path, out).href);
const { defaultCatalogue } = await module('syntaxes/catalogue/catalogue.js');
const { memoryFileSystem } = await module('syntaxes/project/memoryFileSystem.js');
const { reparse } = await module('syntaxes/parser/reparse.js');
const { generated } = await module('syntaxes/test/generated.js');
const { applyChanges, Lines } = await module('server/analysis/lines.js');
const { Snapshot } = await module('server/analysis/snapshot.js');
const { LoadedProject } = await module('server/connection/projects.js');
const { diagnostics, semanticTokens, tokenEdits } = await module('server/features/languageService.js');

const wanted = 10_000;
const path = 'Project/Sources/Methods/Long.4dm';
const parts = [];
for (let n = 0, lines = 0; lines < wanted; n++) {
  parts.push(generated(n, { lines: 40, tokens: n % 2 === 0 }).replace(/^#DECLARE.*$/m, ''));
  lines += parts.at(-1).split('\n').length - 1;
}
let text = parts.join('');
const host = { now: () => performance.now(), pause: () => new Promise((resolve) => setImmediate(resolve)) };
const fail = (what, error) => {
  throw new Error(what, { cause: error });
};
const files = memoryFileSystem({ '/p/Project/p.4DProject': '{}', [`/p/${path}`]: text });
const project = new LoadedProject('/p', files, defaultCatalogue(), host, 'utf-16', { changed() {}, modeChanged() {}, failed: fail });
await project.indexAll();
const source = project.project.fileByPath(path);
const options = { language: 'en', rules: {}, sessionsOnly: false, relatedInformation: true, tags: true };

const line = text.slice(0, text.length / 2).split('\n').length - 1;
const steps = {
  'the text, and its tree with mistakes': [],
  'names resolved, locals, declarations': [],
  'the index of the project': [],
  'diagnostics of all rules': [],
  'semantic tokens, as the difference to those before': [],
};
const totals = [];
let tree;
let lines = new Lines(text);
let tokensBefore = new Int32Array();
const parse = (text) => {
  tree = reparse(tree, text);
  return tree;
};
for (let round = 0; round < 60; round++) {
  const start = processorTime();
  let since = start;
  const took = (name) => {
    const now = processorTime();
    steps[name].push(now - since);
    since = now;
  };
  const at = { line, character: 0 };
  const change = round % 2 ? { range: { start: at, end: { line, character: 1 } }, text: '' } : { range: { start: at, end: at }, text: 'a' };
  text = applyChanges(lines, [change]);
  const snapshot = new Snapshot({ uri: 'file:///p', version: round, text, catalogue: project.catalogue, view: project, source, parse });
  lines = snapshot.lines;
  void snapshot.tree.errors;
  took('the text, and its tree with mistakes');
  void [snapshot.uses, snapshot.locals, snapshot.declarations];
  took('names resolved, locals, declarations');
  project.documentChanged(path, snapshot);
  took('the index of the project');
  diagnostics(snapshot, options);
  took('diagnostics of all rules');
  const tokens = semanticTokens(snapshot);
  JSON.stringify(tokenEdits(tokensBefore, tokens));
  tokensBefore = tokens;
  took('semantic tokens, as the difference to those before');
  totals.push(since - start);
}
// The first rounds warm the engine up, as the first keys do.
const median = (list) =>
  list
    .slice(20)
    .sort((a, b) => a - b)
    [(list.length - 20) >> 1].toFixed(1);
console.log(`| One key in a method of ${text.split('\n').length - 1} lines, ${Math.round(text.length / 1000)} KB | ms |`);
console.log('| --- | --: |');
for (const [name, list] of Object.entries(steps)) console.log(`| ${name} | ${median(list)} |`);
console.log(`| all of it | ${median(totals)} |`);
process.exit(0);
