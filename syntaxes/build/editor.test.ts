import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { defaultCatalogue } from '../catalogue/catalogue.js';
import { parse } from '../parser/parse.js';
import { syntaxErrorText } from '../parser/syntaxErrors.js';
import { callsOf } from '../resolution/calls.js';

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../../syntaxes/${path}`, import.meta.url), 'utf8'));

/** A snippet's body as it is inserted, every place with its proposal. */
function inserted(body: readonly string[]): string {
  let text = body.join('\n');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/(?<!\\)\$\{\d+:((?:\\.|[^\\{}])*)\}/g, '$1').replace(/(?<!\\)\$\{\d+\|([^,|}]*)[^}]*\}/g, '$1');
  }
  return text.replace(/(?<!\\)\$\d+/g, '').replace(/\\([$}\\])/g, '$1');
}

const snippets: Record<string, { prefix: string | string[]; description: string; body: string[] }> = read('snippets/4d.json');

for (const [name, snippet] of Object.entries(snippets)) {
  test(`snippet «${name}» is 4D`, () => {
    const code = inserted(snippet.body);
    const tree = parse(code);
    assert.deepEqual(
      tree.errors.map((e) => syntaxErrorText(e, 'en')),
      [],
      code,
    );
    assert.doesNotMatch(code, /\$\{|\\\$/, code);
    const unknown = callsOf(tree, { catalogue: defaultCatalogue(), methodByName: () => undefined })
      .filter((c) => c.callee.kind === 'unknown')
      .map((c) => tree.textOf(c.calleeNode));
    assert.deepEqual(
      unknown.filter((n) => !['Basket_save', 'Session_prepare'].includes(n)),
      [],
    );
  });
}

test('descriptions are in both languages, prefixes unique', () => {
  const seen = new Set<string>();
  for (const { prefix, description } of Object.values(snippets)) {
    assert.match(description, / · |…/);
    for (const p of [prefix].flat()) {
      assert.ok(!seen.has(p), p);
      seen.add(p);
    }
  }
});

const configuration = read('language-configuration.json');
const regex = (rule: string | { pattern: string; flags?: string }) =>
  typeof rule === 'string' ? new RegExp(rule) : new RegExp(rule.pattern, rule.flags);

test('words: names with their prefixes, accents and digits', () => {
  const { pattern, flags } = configuration.wordPattern;
  const words = (line: string) => [...line.matchAll(new RegExp(pattern, `g${flags}`))].map((m) => m[0]);
  assert.deepEqual(words('$été:=<>Nb_élèves+4D_Log ($1)#vX'), ['$été', '<>Nb_élèves', '4D_Log', '$1', 'vX']);
  assert.deepEqual(words('#DECLARE($a : Text)'), ['#DECLARE', '$a', 'Text']);
  assert.deepEqual(words('WEB SET OPTION:C1210'), ['WEB', 'SET', 'OPTION', 'C1210']);
});

test('blocks indent what follows and are taken back by their ends', () => {
  const more = regex(configuration.indentationRules.increaseIndentPattern);
  const less = regex(configuration.indentationRules.decreaseIndentPattern);
  for (const line of [
    'If ($a)',
    '\tFor each ($x; $y) While ($z)',
    'Case of ',
    '\t: ($n=1)  // one',
    'Else ',
    'Repeat ',
    'Try',
    'Catch // why',
    'shared Function a()',
    'Begin SQL',
  ]) {
    assert.match(line, more);
  }
  for (const line of ['Try(Ship($n))', 'If_open($a)', '$case of:=1', 'Tryst', 'Function_call ($x)', '// If ($a)'])
    assert.doesNotMatch(line, more);
  for (const line of ['End if ', '\tElse ', 'Until ($a)', 'End for each ', 'local Function b', 'Catch']) assert.match(line, less);
  for (const line of ['Ending:=1', 'Elsewhere', 'End_if', 'If ($a)']) assert.doesNotMatch(line, less);
});

test('a continued statement is indented once, what ends a block takes back', () => {
  const [, continued, ended] = configuration.onEnterRules;
  assert.match('$a:=$b+\\', regex(continued.beforeText));
  assert.match('$x:=1', regex(continued.previousLineText));
  assert.doesNotMatch('$x:=1+\\', regex(continued.previousLineText));
  for (const line of ['\treturn $x', 'return', '\tbreak ']) assert.match(line, regex(ended.beforeText));
  assert.doesNotMatch('returned:=1', regex(ended.beforeText));
});
