import assert from 'node:assert/strict';
import test from 'node:test';
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import { parse } from '#syntaxes/parser/parse.js';
import type { SourceFile } from '#syntaxes/project/types.js';
import { fold } from '#syntaxes/text/fold.js';
import { callAt, callsOf, namesOf } from './calls.js';
import { declarationsOf, scopeOf } from './declarations.js';
import type { CallSite, NameContext, Resolved } from './types.js';

function project(...methods: string[]): NameContext {
  const files = new Map(methods.map((name): [string, SourceFile] => [fold(name), { path: `Methods/${name}.4dm`, kind: 'method', name }]));
  return { catalogue: defaultCatalogue(), methodByName: (name) => files.get(fold(name)) };
}

function say(resolved: Resolved): string {
  switch (resolved.kind) {
    case 'command':
      return `command ${resolved.command.number} ${resolved.spelling}${resolved.byToken ? ' token' : ''}`;
    case 'constant':
      return `constant ${resolved.constant.name} ${resolved.spelling}${resolved.byToken ? ' token' : ''}`;
    case 'plugin':
      return `plugin ${resolved.plugin}:${resolved.index}`;
    case 'method':
      return `method ${resolved.file.name}`;
    default:
      return `${resolved.kind} ${resolved.name}`;
  }
}

const names = (code: string, context = project()) => namesOf(parse(code), context).map((u) => say(u.resolved));

test('a token settles a name whatever its spelling', () => {
  assert.deepEqual(names('WEB CLOSE SESSION:C1208($id)'), ['command 1208 former token']);
  assert.deepEqual(names('WEB LEGACY CLOSE SESSION:C1208($id)'), ['command 1208 present token']);
  assert.deepEqual(names('web legacy close session:C1208($id)'), ['command 1208 present token']);
  assert.deepEqual(names('WEB SESSION ANCIENNE FERMER:C1208($id)'), ['command 1208 french token']);
  assert.deepEqual(names('ALERT:C1208($id)'), ['command 1208 other token']);
  assert.deepEqual(names('WEB CLOSE SESSION:C1208($id)', project('WEB CLOSE SESSION')), ['command 1208 former token']);
  assert.deepEqual(names('$a:=Sur clic:K2:4'), ['constant On Clicked french token']);
  assert.deepEqual(names('$a:=Web keep session:K73:1'), ['constant Web legacy session former token']);
  assert.deepEqual(names('$a:=Pi:K73:1'), ['constant Web legacy session other token']);
  assert.deepEqual(names('PV PRINT:P13000:229'), ['plugin 13000:229']);
  assert.deepEqual(names('SOMETHING NEW:C9999($id)'), ['unknown SOMETHING NEW']);
});

test('a token unknown to the catalogue goes with a constant that has none', () => {
  assert.deepEqual(names('$a:=Web scalable session:K73:32'), ['constant Web scalable session present']);
  assert.deepEqual(names('$a:=Web max sessions:K73:999'), ['unknown Web max sessions']);
});

test('without a token a project method goes before a name that is no longer, or not yet, a command', () => {
  assert.deepEqual(names('WEB CLOSE SESSION($id)'), ['command 1208 former']);
  assert.deepEqual(names('WEB CLOSE SESSION($id)', project('Web close session')), ['method Web close session']);
  assert.deepEqual(names('WEB LEGACY CLOSE SESSION ($id)'), ['command 1208 present']);
  assert.deepEqual(names('$t:=Trim($a)'), [`command ${defaultCatalogue().commandByName('Trim')?.command.number} present`]);
  assert.deepEqual(names('$t:=Trim($a)', project('Trim')), ['method Trim']);
  assert.deepEqual(names('$t:=This.a', project('This')), ['command 1470 present']);
  assert.deepEqual(names('WEB FERMER SESSION($id)'), ['command 1208 french']);
});

test('where only a variable can stand, a name is one', () => {
  assert.deepEqual(names('Chaine:=vTotal'), ['variable Chaine', 'variable vTotal']);
  assert.deepEqual(names('$a:=Chaine'), ['variable Chaine']);
  assert.deepEqual(names('$a:=Chaine(12)'), ['command 10 french']);
  assert.deepEqual(names('$a:=Vrai'), ['command 214 french']);
  assert.deepEqual(names('$a:=Retour chariot'), ['constant Carriage return french']);
  assert.deepEqual(names('Document:="x"'), ['variable Document']);
  assert.deepEqual(names('var Total; Sunday : Real:=Pi'), ['variable Total', 'variable Sunday', 'constant Pi present']);
  assert.deepEqual(names('For (Date; 1; Pi)\nEnd for'), ['variable Date', 'constant Pi present']);
  assert.deepEqual(names('Type{2}:=Type{1}'), ['variable Type', 'variable Type']);
});

test('called or alone and unknown, read or written and a variable', () => {
  assert.deepEqual(names('Shop_open\nShop_close(vA)', project('shop_OPEN')), ['method shop_OPEN', 'unknown Shop_close', 'variable vA']);
  assert.deepEqual(names('vA:=vB+Shop_total', project('Shop_total')), ['variable vA', 'variable vB', 'method Shop_total']);
});

test('properties, keys, fields, types and class names are not looked up', () => {
  assert.deepEqual(names('$a.Session.Date:=$b.Alert()'), []);
  assert.deepEqual(names('$a:={Date: Session; alert: 1}'), ['command 1714 present']);
  assert.deepEqual(names('[Shop:2]Date:4:=[Shop]Alert'), []);
  assert.deepEqual(names('var $a : Text\n#DECLARE($b : Date)->$c : Time'), []);
  assert.deepEqual(names('Class extends Date\nFunction Alert($a : Text)\n\tAlert($a)\nexposed Alias Date shop.Time'), [
    'command 41 present',
  ]);
  assert.deepEqual(names('property Date; alert : Text:=vTitle'), ['variable vTitle']);
  assert.deepEqual(names('$a:=cs.Shop.new(ds.Shop)'), ['command 1710 present', 'command 1482 present']);
});

function brief(code: string, call: CallSite): string {
  const tree = parse(code);
  const callee =
    call.callee.kind === 'member' ? `member ${call.callee.name}` : call.callee.kind === 'expression' ? 'expression' : say(call.callee);
  const flags = `${call.parenthesised ? '()' : ''}${call.statement ? '!' : ''}`;
  return `${callee} ${flags} [${call.arguments.map((a) => tree.textOf(a)).join(' | ')}]`;
}
const calls = (code: string, context = project()) => callsOf(parse(code), context).map((c) => brief(code, c));

test('calls with and without parentheses, with their arguments', () => {
  assert.deepEqual(calls('WEB LEGACY CLOSE SESSION:C1208(WEB Get current session ID:C1162)'), [
    'command 1208 present token ()! [WEB Get current session ID:C1162]',
    'command 1162 present token  []',
  ]);
  assert.deepEqual(calls('WEB STOP SERVER\nShop_open  // now', project('Shop_open')), [
    'command 618 present ! []',
    'method Shop_open ! []',
  ]);
  assert.deepEqual(calls('Unknown_thing'), ['unknown Unknown_thing ! []']);
  assert.deepEqual(calls('$a:=vUnknown'), []);
  assert.deepEqual(calls('If (Session=Null)\nEnd if'), ['command 1714 present  []', 'command 1517 present  []']);
  assert.deepEqual(calls('QUERY([Shop]; ; *)'), ['command 277 present ()! [[Shop] |  | *]']);
  assert.deepEqual(calls('WEB SET OPTION()'), ['command 1210 present ()! []']);
});

test('calls of functions of objects and of formulas', () => {
  assert.deepEqual(calls('Session.clearPrivileges()'), ['member clearPrivileges ()! []', 'command 1714 present  []']);
  assert.deepEqual(calls('$a:=$b.c($d)'), ['member c () [$d]']);
  assert.deepEqual(calls('$f($x)'), ['expression ()! [$x]']);
});

test('the call around a place', () => {
  const code = 'ALERT(String($a))';
  const tree = parse(code);
  const at = (offset: number) => callAt(tree, tree.nodeAt(offset), project());
  assert.equal(brief(code, at(1)!), 'command 41 present ()! [String($a)]');
  assert.equal(brief(code, at(8)!), 'command 10 present () [$a]');
  assert.equal(at(13), undefined);
});

const declared = (code: string) =>
  declarationsOf(parse(code), project()).map(
    (d) => `${d.how} ${d.kind} ${d.name}${d.type ? ` : ${d.type}` : ''}${d.ofMethod ? ` of ${d.ofMethod}` : ''}`,
  );

test('declarations of every style', () => {
  assert.deepEqual(declared('var $a; $b : cs.Shop:=vC\nvar vT : Text\nvar $d:=$e'), [
    'var local $a : cs.Shop',
    'var local $b : cs.Shop',
    'var process vT : Text',
    'var local $d',
  ]);
  assert.deepEqual(declared('#DECLARE($x : Text; $y)->$r : Boolean'), [
    'parameter parameter $x : Text',
    'parameter parameter $y',
    'result result $r : Boolean',
  ]);
  assert.deepEqual(declared('C_TEXT:C284($1; $0; $t; vP; <>i)\nC_LONGINT(${3})'), [
    'directive parameter $1 : Text',
    'directive result $0 : Text',
    'directive local $t : Text',
    'directive process vP : Text',
    'directive interprocess <>i : Text',
    'directive parameter ${3} : Integer',
  ]);
  assert.deepEqual(declared('C_BOOLEAN(Stock_check; $0; $1)\n_O_C_TEXT(vOld)'), [
    'directive result $0 : Boolean of Stock_check',
    'directive parameter $1 : Boolean of Stock_check',
    'directive process vOld : Text',
  ]);
  assert.deepEqual(declared('ARRAY TEXT:C222($names; 0; 3)\nARRAY LONGINT(aIDs; $n)'), [
    'array local $names : Text array',
    'array process aIDs : Integer array',
  ]);
});

test('declarations belong to their function', () => {
  const tree = parse('property name : Text\nClass constructor($n : Text)\n\tvar $a : Real\nFunction b()->$r : Text\n\tvar $a : Date');
  const found = declarationsOf(tree, project());
  assert.deepEqual(
    found.map((d) => `${d.name} ${d.kind} ${tree.textOf(d.scope).slice(0, 17)}`),
    [
      'name property property name : T',
      '$n parameter Class constructor',
      '$a local Class constructor',
      '$r result Function b()->$r ',
      '$a local Function b()->$r ',
    ],
  );
  assert.equal(scopeOf(tree, found[0].node), tree.root);
});

test('names resolve in any text without an error', () => {
  for (const code of [
    '',
    ':C1208',
    '(((',
    'If (',
    '$a:=:K73:1',
    'A:C',
    'WEB CLOSE SESSION:C1208:C1208',
    '[:2]:3',
    '->',
    '.a.b',
    '{a:',
    'ARRAY TEXT(',
    'C_TEXT(; ;)',
    'var',
    'var :=',
    '#DECLARE(;',
  ]) {
    const tree = parse(code);
    assert.doesNotThrow(() => [namesOf(tree, project()), callsOf(tree, project()), declarationsOf(tree, project())], code);
  }
});
