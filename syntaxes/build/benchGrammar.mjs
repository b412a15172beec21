// Prints how fast vscode-textmate colours with the grammar, and how much it leaves without a scope.
//   node syntaxes/build/benchGrammar.mjs [--against OTHER.tmLanguage.json] [FOLDER…]     the tutorial when no folder is named
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import process from 'node:process';
import { methodFiles, processorTime, readMethod } from './files.mjs';

const args = process.argv.slice(2).filter((a) => a !== '--expose-gc');
const at = args.indexOf('--against');
const others = at >= 0 ? args.splice(at, 2).slice(1) : [];
const root = join(import.meta.dirname, '..', '..');
const files = methodFiles(args.length ? args : [join(root, 'docs', 'tutorial')]).map((path) => readMethod(path));
const bytes = files.reduce((n, text) => n + Buffer.byteLength(text), 0);
const methods = files.map((text) => text.split(/\r\n|\r|\n/));

const require = createRequire(import.meta.url);
const { INITIAL, parseRawGrammar, Registry } = require('vscode-textmate');
const oniguruma = require('vscode-oniguruma');
await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
const onigLib = Promise.resolve({
  createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
  createOnigString: (text) => new oniguruma.OnigString(text),
});

async function load(path) {
  const raw = parseRawGrammar(readFileSync(path, 'utf8'), path);
  const registry = new Registry({ onigLib, loadGrammar: async (scope) => (scope === raw.scopeName ? raw : null) });
  const start = processorTime();
  const grammar = await registry.loadGrammar(raw.scopeName);
  grammar.tokenizeLine('a', INITIAL);
  return { name: basename(path), grammar, compile: processorTime() - start, best: Infinity, tokens: 0, bare: 0, characters: 0 };
}

function colour(subject) {
  Object.assign(subject, { tokens: 0, bare: 0, characters: 0 });
  for (const lines of methods) {
    let state = INITIAL;
    for (const line of lines) {
      const { tokens, ruleStack } = subject.grammar.tokenizeLine(line, state);
      state = ruleStack;
      subject.tokens += tokens.length;
      for (const token of tokens) {
        const size = line.slice(token.startIndex, token.endIndex).replace(/\s/g, '').length;
        subject.characters += size;
        if (token.scopes.length === 1) subject.bare += size;
      }
    }
  }
}

const subjects = [];
for (const path of [join(root, 'syntaxes', '4d.tmLanguage.json'), ...others]) subjects.push(await load(path));
for (let round = 0; round < 5; round++) {
  for (const subject of subjects) {
    const start = processorTime();
    colour(subject);
    subject.best = Math.min(subject.best, processorTime() - start);
  }
}
console.log(`${files.length} files, ${bytes} bytes; processor time, the best of five rounds\n`);
console.log('| Grammar | MB/s | tokens | without a scope | patterns compiled |');
console.log('| --- | --: | --: | --: | --: |');
for (const s of subjects) {
  const speed = (bytes / s.best / 1000).toFixed(2);
  const bare = ((100 * s.bare) / Math.max(1, s.characters)).toFixed(2);
  console.log(`| ${s.name} | ${speed} | ${s.tokens} | ${bare} % | ${s.compile.toFixed(0)} ms |`);
}
