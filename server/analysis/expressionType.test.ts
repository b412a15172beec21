import assert from 'node:assert/strict';
import test from 'node:test';
import { N } from '#syntaxes/tree/kinds.js';
import { testMethod } from '../test/project.js';
import { typeOf } from './expressionType.js';
import { methodHeader } from './methodHeader.js';

const catalog = `<base name="Shop">
\t<table name="Shop" id="1"><field name="City" type="10" id="1" uuid="S1"/><field name="Open" type="8" id="2"/></table>
\t<table name="Visit" id="2"><field name="ID" type="4" id="1" uuid="V1"/><field name="Shop ID" type="4" id="2" uuid="V2"/></table>
\t<relation name_Nto1="shop" name_1toN="visits"><related_field kind="source"><field_ref uuid="V2"/></related_field>
\t\t<related_field kind="destination"><field_ref uuid="S1"/></related_field></relation>
</base>`;

/** The types of what is assigned, line by line. */
async function types(lines: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<(string | undefined)[]> {
  const { snapshot } = await testMethod(`${lines.join('\n')}\n`, { 'Project/Sources/catalog.4DCatalog': catalog, ...more });
  const { tree } = snapshot;
  const found: (string | undefined)[] = [];
  for (let node = 0; node < tree.data.nodeCount; node++)
    if (tree.kind(node) === N.Assignment && tree.kind(tree.firstChild(node)) === N.Name) found.push(typeOf(snapshot, tree.child(node, 1)));
  return found;
}

test('declared types lose their tokens', async () => {
  const source = [
    'var $f : 4D:C1709.File',
    'var $s : cs:C1710.ShopEntity:=ds:C1482.Shop.get(1)',
    'a:=$f',
    'a:=$s',
    'a:=$s.visits',
    'a:=$f.parent',
  ];
  assert.deepEqual(await types(source), ['4D.File', 'cs.ShopEntity', 'cs.VisitSelection', '4D.Folder']);
});

test('the object of a singleton is of its class', async () => {
  const more = { 'Project/Sources/Classes/Till.4dm': 'shared singleton Class constructor\nFunction count() : Integer\n' };
  assert.deepEqual(await types(['a:=cs:C1710.Till.me', 'a:=cs.Till.me.count()', 'a:=cs.Till.new().count()'], more), [
    'cs.Till',
    'Integer',
    'Integer',
  ]);
});

test('literals, operations and results of commands', async () => {
  assert.deepEqual(await types(['a:="x"', 'a:=1.5', 'a:=!2026-01-02!', 'a:=?10:00:00?', 'a:={}', 'a:=[1]']), [
    'Text',
    'Real',
    'Date',
    'Time',
    'Object',
    'Collection',
  ]);
  assert.deepEqual(await types(['a:=("x"+"y")="z"', 'a:="x"*3', 'a:=Current date-!2026-01-02!', 'a:=Current date+1', 'a:=1 & 2']), [
    'Boolean',
    'Text',
    'Integer',
    'Date',
    undefined,
  ]);
  assert.deepEqual(await types(['a:=Length("x")', 'a:=Session', 'a:=[Shop]City', 'a:=Nobody']), [
    'Integer',
    '4D.Session',
    'Text',
    undefined,
  ]);
});

test('variables of the process and parameters by what compiler methods declare', async () => {
  const more = {
    Compiler_all:
      'C_TEXT(vName)\nC_OBJECT(<>settings)\nARRAY DATE(aDays; 0)\nC_LONGINT(Count_up; $0)\nC_TIME(Main; $1)\nC_BOOLEAN(Main; $0)\n',
    Count_up: '$0:=$0+1\n',
  };
  const source = ['a:=vName', 'a:=vName[[1]]', 'a:=<>settings', 'a:=aDays', 'a:=aDays{1}', 'a:=Count_up', 'a:=$1', '$0:=$1'];
  assert.deepEqual(await types(source, more), ['Text', 'Text', 'Object', 'Date array', 'Date', 'Integer', 'Time']);
  const { snapshot } = await testMethod('$0:=$1\n', more);
  const header = methodHeader(snapshot);
  assert.deepEqual([header.parameters, header.result], [[{ name: '$1', type: 'Time' }], 'Boolean']);
});

test('chains: classes of 4D, of the project, and of its tables', async () => {
  const more = {
    'Project/Sources/Classes/Basket.4dm':
      'property owner : Text\nFunction add() : cs.Basket\n\nFunction total() : Real\n\nClass constructor\n\tThis.owner:=""\n',
  };
  const source = [
    'a:=cs.Basket.new()',
    'a:=cs.Basket.new().add().total()',
    'a:=cs.Basket.new().owner',
    'a:=4D.File.new("/x").extension',
    'a:=ds.Shop',
    'a:=ds.Shop.get(1)',
    'a:=ds.Shop.all().first()',
    'a:=ds.Shop.query("City=1").first().City',
    'a:=ds.Shop.all().visits.first().shop.Open',
    'a:=ds.Visit.all().shop.City',
  ];
  assert.deepEqual(await types(source, more), [
    'cs.Basket',
    'Real',
    'Text',
    'Text',
    'cs.Shop',
    'cs.ShopEntity',
    'cs.ShopEntity',
    'Text',
    'Date',
    'Collection',
  ]);
});
