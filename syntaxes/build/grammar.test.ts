import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import type * as textmate from 'vscode-textmate';
import { defaultCatalogue } from '../catalogue/catalogue.js';

const require = createRequire(import.meta.url);
const { INITIAL, parseRawGrammar, Registry }: typeof textmate = require('vscode-textmate');
const oniguruma: typeof import('vscode-oniguruma') = require('vscode-oniguruma');

const source = (path: string) => new URL(`../../../syntaxes/${path}`, import.meta.url);
const text = readFileSync(source('4d.tmLanguage.json'), 'utf8');

const sql = {
  scopeName: 'source.sql',
  patterns: [{ match: '(?i)\\b(?:select|from|into)\\b', name: 'keyword.other.DML.sql' }],
  repository: {},
};
const registry = new Registry({
  onigLib: oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'))).then(() => ({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (s) => new oniguruma.OnigString(s),
  })),
  loadGrammar: async (scope) => {
    if (scope === 'source.sql') return sql as unknown as textmate.IRawGrammar;
    return scope === 'source.4d-web-sessions' ? parseRawGrammar(text, '4d.tmLanguage.json') : null;
  },
});
const loading = registry.loadGrammar('source.4d-web-sessions');

/** For each line `text innermost.scope`, parted by bars, of all tokens that are not blank; scopes without `.4d`, punctuation left out. */
async function scopes(code: string): Promise<string[]> {
  const grammar = await loading;
  assert.ok(grammar);
  const found: string[] = [];
  let state: textmate.StateStack = INITIAL;
  for (const line of code.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    const parts: string[] = [];
    for (const token of tokens) {
      const part = line.slice(token.startIndex, token.endIndex).trim();
      const scope = token.scopes.length > 1 ? token.scopes[token.scopes.length - 1].replace(/\.4d$/, '') : 'none';
      if (part && scope !== 'punctuation' && scope !== 'punctuation.accessor') parts.push(`${part} ${scope}`);
    }
    found.push(parts.join(' | '));
  }
  return found;
}

/** One line of code and one of what it shows, in turn. */
function shows(name: string, ...lines: string[]): void {
  const code = lines.filter((_, i) => i % 2 === 0);
  const expected = lines.filter((_, i) => i % 2 === 1);
  test(name, async () => assert.deepEqual(await scopes(code.join('\n')), expected));
}

test('the grammar is what the generator makes', async () => {
  const { makeGrammar, printGrammar } = await import(source('build/grammar.mjs').href);
  assert.equal(text, printGrammar(makeGrammar(defaultCatalogue())), 'run node syntaxes/build/grammar.mjs');
});

shows(
  'commands and constants with tokens, whatever their spelling',
  'WEB CLOSE SESSION:C1208(WEB Get current session ID:C1162)',
  'WEB CLOSE SESSION support.function.command | :C1208 punctuation.definition.token.command | WEB Get current session ID support.function.command | :C1162 punctuation.definition.token.command',
  'If (Form event code:C388=Sur clic:K2:4)',
  'If keyword.control | Form event code support.function.command | :C388 punctuation.definition.token.command | = keyword.operator | Sur clic support.constant | :K2:4 punctuation.definition.token.constant',
  'LISTE COMPOSANTS :C1001($x)',
  'LISTE COMPOSANTS support.function.command | :C1001 punctuation.definition.token.command | $x variable.other.local',
  'PV PRINT:P13000:229',
  'PV PRINT support.function.plugin | :P13000:229 punctuation.definition.token.plugin',
);

shows(
  'commands and constants without tokens: whole names only',
  'WEB LEGACY CLOSE SESSION($id)',
  'WEB LEGACY CLOSE SESSION support.function.command | $id variable.other.local',
  'WEB SET OPTION(Web max sessions; 3)',
  'WEB SET OPTION support.function.command | Web max sessions support.constant | 3 constant.numeric',
  '$n:=Length($t)+Session count($o)',
  '$n variable.other.local | := keyword.operator.assignment | Length support.function.command | $t variable.other.local | + keyword.operator | Session count entity.name.function | $o variable.other.local',
  'Alert box:=1',
  'Alert box variable.other.readwrite | := keyword.operator.assignment | 1 constant.numeric',
);

shows(
  'project methods and process variables',
  '\tShop_open ',
  'Shop_open entity.name.function',
  '\tShop_close  // done',
  'Shop_close entity.name.function | // done comment.line.double-slash',
  '4D_Log ($x)',
  '4D_Log entity.name.function | $x variable.other.local',
  'vCount:=vTotal',
  'vCount variable.other.readwrite | := keyword.operator.assignment | vTotal variable.other.readwrite',
  'Paris boutique(1)',
  'Paris boutique entity.name.function | 1 constant.numeric',
);

shows(
  'words of the language, in any case',
  'Case of ',
  'Case of keyword.control',
  '\t: ($n=1)',
  ': keyword.control.case | $n variable.other.local | = keyword.operator | 1 constant.numeric',
  '\tElse ',
  'Else keyword.control',
  'End case ',
  'End case keyword.control',
  'for each ($a; $b)',
  'for each keyword.control | $a variable.other.local | $b variable.other.local',
  'END FOR EACH',
  'END FOR EACH keyword.control',
  'return True:C214',
  'return keyword.control | True constant.language | :C214 punctuation.definition.token.command',
  'This:C1470.x:=Null:C1517',
  'This variable.language | :C1470 punctuation.definition.token.command | x variable.other.property | := keyword.operator.assignment | Null constant.language | :C1517 punctuation.definition.token.command',
  'ds.Shop.all()',
  'ds variable.language | Shop variable.other.property | all entity.name.function.member',
);

shows(
  'block words that begin a longer name, and a field right behind a parenthesis',
  'USE ENTITY SELECTION:C1513($s)',
  'USE ENTITY SELECTION support.function.command | :C1513 punctuation.definition.token.command | $s variable.other.local',
  'For each pair(1)',
  'For each pair entity.name.function | 1 constant.numeric',
  'If (([Shop:2]City:3#""))',
  'If keyword.control | [ punctuation.definition.table | Shop entity.name.type.table | :2 punctuation.definition.token.number | ] punctuation.definition.table | City variable.other.field | :3 punctuation.definition.token.number | # keyword.operator | "" string.quoted.double',
);

shows(
  'declarations',
  'C_TEXT:C284($1; vName)',
  'C_TEXT storage.type.declaration | :C284 punctuation.definition.token.command | $1 variable.parameter | vName variable.other.readwrite',
  'ARRAY LONGINT($a; 0)',
  'ARRAY LONGINT storage.type.declaration | $a variable.other.local | 0 constant.numeric',
  'var $a; $b : cs.Shop:=Null',
  'var storage.type | $a variable.other.local | $b variable.other.local | : punctuation.colon | cs.Shop storage.type | := keyword.operator.assignment | Null constant.language',
  '#DECLARE($x : Text;  ...  : Variant)->$r : Boolean',
  '#DECLARE storage.type | $x variable.other.local | : punctuation.colon | Text storage.type | ... keyword.operator | : punctuation.colon | Variant storage.type | -> keyword.operator | $r variable.other.local | : punctuation.colon | Boolean storage.type',
  'property name : 4D.File',
  'property storage.type | name variable.other.readwrite | : punctuation.colon | 4D.File storage.type',
);

shows(
  'classes',
  'Class extends Entity',
  'Class extends storage.type.class.extends | Entity entity.other.inherited-class',
  'session singleton Class constructor($n : Text)',
  'session singleton storage.modifier | Class constructor storage.type.function.constructor | $n variable.other.local | : punctuation.colon | Text storage.type',
  'local exposed Function get label : Text',
  'local exposed storage.modifier | Function storage.type.function | get storage.modifier.accessor | label entity.name.function | : punctuation.colon | Text storage.type',
  'Function event touched name($event : Object)',
  'Function storage.type.function | event storage.modifier.accessor | touched entity.name.function | name entity.name.function | $event variable.other.local | : punctuation.colon | Object storage.type',
  'Function get',
  'Function storage.type.function | get entity.name.function',
  'exposed Alias shopName shop.name',
  'exposed storage.modifier | Alias storage.type.alias | shopName variable.other.property | shop.name variable.other.property.path',
  '$s:=cs.Shop.new()',
  '$s variable.other.local | := keyword.operator.assignment | cs support.class.store | Shop entity.name.type.class | new entity.name.function.member',
  '$f:=4D:C1709.File.new("x")',
  '$f variable.other.local | := keyword.operator.assignment | 4D support.class.store | :C1709 punctuation.definition.token.command | File entity.name.type.class | new entity.name.function.member | "x" string.quoted.double',
);

shows(
  'tables and fields, elements, collections',
  'QUERY:C277([Shop:2];  & [Réseau:4]Créé le:9="Ly@"; *)',
  'QUERY support.function.command | :C277 punctuation.definition.token.command | [ punctuation.definition.table | Shop entity.name.type.table | :2 punctuation.definition.token.number | ] punctuation.definition.table | & keyword.operator | [ punctuation.definition.table | Réseau entity.name.type.table | :4 punctuation.definition.token.number | ] punctuation.definition.table | Créé le variable.other.field | :9 punctuation.definition.token.number | = keyword.operator | "Ly@" string.quoted.double | * keyword.operator',
  '$c:=[1; $x]',
  '$c variable.other.local | := keyword.operator.assignment | 1 constant.numeric | $x variable.other.local',
  '$c[0]["a b"]:=$t{2}{3}+$w[[1]]',
  '$c variable.other.local | 0 constant.numeric | "a b" string.quoted.double | := keyword.operator.assignment | $t variable.other.local | 2 constant.numeric | 3 constant.numeric | + keyword.operator | $w variable.other.local | 1 constant.numeric',
  '$i:=$c[vRow]',
  '$i variable.other.local | := keyword.operator.assignment | $c variable.other.local | vRow variable.other.readwrite',
);

shows(
  'literals',
  '$a:="x\\"y\\n"+"//no comment"',
  '$a variable.other.local | := keyword.operator.assignment | " string.quoted.double | x string.quoted.double | \\" constant.character.escape | y string.quoted.double | \\n constant.character.escape | " string.quoted.double | + keyword.operator | "//no comment" string.quoted.double',
  '$b:=!2024-02-29!-!00-00-00!',
  '$b variable.other.local | := keyword.operator.assignment | !2024-02-29! constant.numeric.date | - keyword.operator | !00-00-00! constant.numeric.date',
  '$c:=?08:30:00?+0x1F+1.5e-3+12',
  '$c variable.other.local | := keyword.operator.assignment | ?08:30:00? constant.numeric.time | + keyword.operator | 0x1F constant.numeric | + keyword.operator | 1.5e-3 constant.numeric | + keyword.operator | 12 constant.numeric',
  '$d:="open',
  '$d variable.other.local | := keyword.operator.assignment | "open string.quoted.double',
  '$e:=1',
  '$e variable.other.local | := keyword.operator.assignment | 1 constant.numeric',
);

shows(
  'operators: pointers, bit tests, ternaries, interprocess variables, continuation',
  '$x:=$late ? ?22:00:00? : ->[Shop]Name',
  '$x variable.other.local | := keyword.operator.assignment | $late variable.other.local | ? keyword.operator | ?22:00:00? constant.numeric.time | : punctuation.colon | -> keyword.operator | [ punctuation.definition.table | Shop entity.name.type.table | ] punctuation.definition.table | Name variable.other.field',
  '$y:=vCount<<>max',
  '$y variable.other.local | := keyword.operator.assignment | vCount variable.other.readwrite | < keyword.operator | <>max variable.other.interprocess',
  '$z:=$f ?? 3 && Not($p->)',
  '$z variable.other.local | := keyword.operator.assignment | $f variable.other.local | ?? keyword.operator | 3 constant.numeric | && keyword.operator | Not support.function.command | $p variable.other.local | -> keyword.operator',
  '$s+=$a\\2+\\',
  '$s variable.other.local | += keyword.operator.assignment | $a variable.other.local | \\ keyword.operator | 2 constant.numeric | + keyword.operator | \\ punctuation.separator.continuation',
  '\t$b',
  '$b variable.other.local',
);

shows(
  'comments and directives',
  '//%attributes = {"lang":"en","shared":true}',
  '// comment.line.double-slash | %attributes keyword.control.directive.attributes | = comment.line.double-slash | { meta.attributes | "lang" support.type.property-name.json | : meta.attributes | "en" string.quoted.double.json | , meta.attributes | "shared" support.type.property-name.json | : meta.attributes | true constant.language.json | } meta.attributes',
  '//%W-533.3',
  '// comment.line.double-slash | %W-533.3 keyword.control.directive.compiler',
  '$a:=1 // TODO: later',
  '$a variable.other.local | := keyword.operator.assignment | 1 constant.numeric | // comment.line.double-slash | TODO: keyword.codetag.notation | later comment.line.double-slash',
  '//MARK:- part',
  '// comment.line.double-slash | MARK: keyword.codetag.notation | - part comment.line.double-slash',
  '/* a /* b */ $c */ $d:=2',
  '/* comment.block | a comment.block | /* comment.block | b comment.block | */ comment.block | $c comment.block | */ comment.block | $d variable.other.local | := keyword.operator.assignment | 2 constant.numeric',
);

shows(
  'SQL blocks are SQL up to their last line',
  'Begin SQL',
  'Begin SQL keyword.control.sql',
  '\tSELECT Name FROM Shop INTO :$names, <<[Shop]City>>',
  'SELECT keyword.other.DML.sql | Name meta.embedded.block.sql | FROM keyword.other.DML.sql | Shop meta.embedded.block.sql | INTO keyword.other.DML.sql | : punctuation.definition.variable.sql | $names variable.other.readwrite.sql | , meta.embedded.block.sql | << punctuation.definition.variable.sql | [Shop]City variable.other.readwrite.sql | >> punctuation.definition.variable.sql',
  'End SQL',
  'End SQL keyword.control.sql',
  'ALERT:C41("x")',
  'ALERT support.function.command | :C41 punctuation.definition.token.command | "x" string.quoted.double',
);

test('a line of any length and content is taken in a time that grows with it', async () => {
  const grammar = await loading;
  assert.ok(grammar);
  for (const piece of ['[', '(', 'word ', '"', '<', '?', '\\', ': ', '[a', '/*', '. ']) {
    const { stoppedEarly } = grammar.tokenizeLine(piece.repeat(2000), INITIAL, 5000);
    assert.equal(stoppedEarly, false, piece);
  }
});
