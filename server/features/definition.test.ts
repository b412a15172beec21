import assert from 'node:assert/strict';
import test from 'node:test';
import { mark } from '../test/marks.js';
import { testMethod } from '../test/project.js';
import { definition } from './definition.js';

const catalogue = `<base><table name="Article" uuid="A" id="2"><field name="Label" uuid="B" type="10" id="1"/></table></base>`;

/** Each place as `file: line with its range marked`. */
async function places(source: string, more: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const { snapshot, cursor, project, files } = await testMethod(source, more);
  const found = await definition(snapshot, cursor, {
    open: async (path) => {
      const { Snapshot } = await import('../analysis/snapshot.js');
      const text = await project.readText(path);
      if (text === undefined) return undefined;
      const source = project.project.fileByPath(path);
      return new Snapshot({ uri: project.uriOf(path), version: 1, text, catalogue: project.catalogue, view: project, source });
    },
  });
  const told: string[] = [];
  for (const { uri, range } of found) {
    const path = decodeURIComponent(uri.replace('file://', ''));
    const line = ((await files.readText(path)) ?? '').split('\n')[range.start.line];
    told.push(`${path.split('/').at(-1)}: ${mark(line, [[range.start.character, range.end.character]]).trim()}`);
  }
  return told;
}

test('the command leads to the attribute and the close method', async () => {
  const more = { 'Project/Sources/DatabaseMethods/onWebSessionSuspend.4dm': '// saves the basket' };
  assert.deepEqual(await places('WEB LEG‸ACY CLOSE SESSION($id)', more), [
    'settings.4DSettings: <configuration port_number="8080" ⟦session_mode="3"⟧/>',
    'onWebSessionSuspend.4dm: ⟦⟧// saves the basket',
  ]);
});

test('the command leads first to the code that decides', async () => {
  const more = { 'Project/Sources/DatabaseMethods/onStartup.4dm': 'WEB SET OPTION(Web scalable session; 1)' };
  assert.equal((await places('WEB LEG‸ACY CLOSE SESSION($id)', more))[0], 'onStartup.4dm: ⟦WEB SET OPTION(Web scalable session; 1)⟧');
});

test('locals, process and interprocess variables', async () => {
  assert.deepEqual(await places('var $id : Text\n$i‸d:=""'), ['Main.4dm: var ⟦$id⟧ : Text']);
  assert.deepEqual(await places('$a:=vUs‸er', { COMPILER_WEB: 'C_TEXT(vUser)' }), ['COMPILER_WEB.4dm: C_TEXT(⟦vUser⟧)']);
  assert.deepEqual(await places('$a:=<>us‸ers', { COMPILER_WEB: 'C_TEXT(<>users)' }), ['COMPILER_WEB.4dm: C_TEXT(⟦<>users⟧)']);
  assert.deepEqual(await places('$a:=vUs‸er', { Start: 'vUser:="x"' }), ['Start.4dm: ⟦vUser⟧:="x"']);
});

test('methods, classes, class functions', async () => {
  const more = { Log_out: '// out', 'Project/Sources/Classes/Basket.4dm': 'property total : Real\nFunction add($id : Text)\n' };
  assert.deepEqual(await places('Log_‸out', more), ['Log_out.4dm: ⟦⟧// out']);
  assert.deepEqual(await places('$b:=cs.Bas‸ket.new()', more), ['Basket.4dm: ⟦⟧property total : Real']);
  assert.deepEqual(await places('$b:=cs.Basket.new()\n$b.a‸dd("")', more), ['Basket.4dm: Function ⟦add⟧($id : Text)']);
  assert.deepEqual(await places('var $b : cs.Bas‸ket', more), ['Basket.4dm: ⟦⟧property total : Real']);
});

test('members: functions of the data store, properties a class sets without declaring them, those of objects of unknown class', async () => {
  const more = {
    'Project/Sources/Classes/DataStore.4dm': 'Class extends DataStoreImplementation\nFunction readTexts() : Text',
    'Project/Sources/Classes/Shop.4dm': 'Class constructor\n\tThis.till:=0\nFunction count\n\tThis.till:=This.till+1',
    'Project/Sources/Classes/Basket.4dm': 'Class extends Shop\nFunction add($id : Text)\n',
  };
  assert.deepEqual(await places('$a:=ds.read‸Texts()', more), ['DataStore.4dm: Function ⟦readTexts⟧() : Text']);
  assert.deepEqual(await places('$b:=cs.Basket.new()\n$c:=$b.ti‸ll', more), ['Shop.4dm: This.⟦till⟧:=0']);
  assert.deepEqual(await places('$1.ad‸d("x")', more), ['Basket.4dm: Function ⟦add⟧($id : Text)']);
  assert.deepEqual(await places('$1.no‸thing', more), []);
});

test('tables and fields lead into the structure', async () => {
  const more = { 'Project/Sources/catalog.4DCatalog': catalogue };
  for (const source of ['QUERY([Art‸icle])', 'QUERY([Gone‸:2])', '$a:=ds.Art‸icle.all()', 'var $e : cs.ArticleEn‸tity'])
    assert.deepEqual(await places(source, more), [
      'catalog.4DCatalog: <base><table ⟦name="Article"⟧ uuid="A" id="2"><field name="Label" uuid="B" type="10" id="1"/></table></base>',
    ]);
  for (const source of ['$a:=[Article:2]La‸bel:1', 'var $e : cs.ArticleEntity\n$a:=$e.La‸bel'])
    assert.match((await places(source, more))[0], /<field ⟦name="Label"⟧/);
});

test('the type of a declaration leads to its class, with a token or without', async () => {
  const more = { 'Project/Sources/Classes/Basket.4dm': 'Class constructor' };
  for (const source of ['var $b : cs.Bas‸ket', 'var $b : cs:C1710.Bas‸ket', '#DECLARE($b : cs:C1710.Bas‸ket)'])
    assert.deepEqual(await places(source, more), ['Basket.4dm: ⟦⟧Class constructor']);
});

test('relation attributes of entities lead to the relation, in each direction', async () => {
  const structure = `<base>
<table name="Shop" id="1"><field name="City" type="10" id="1" uuid="S1"/></table>
<table name="Visit" id="2"><field name="Shop ID" type="4" id="3" uuid="V3"/></table>
<relation name_Nto1="shop" name_1toN="visits"><related_field kind="source"><field_ref uuid="V3"/></related_field>
<related_field kind="destination"><field_ref uuid="S1"/></related_field></relation></base>`;
  const more = { 'Project/Sources/catalog.4DCatalog': structure };
  const relation = (mark: string) =>
    `catalog.4DCatalog: <relation ${mark}><related_field kind="source"><field_ref uuid="V3"/></related_field>`;
  assert.deepEqual(await places('var $s : cs.ShopEntity\n$a:=$s.vis‸its.length', more), [
    relation('name_Nto1="shop" ⟦name_1toN="visits"⟧'),
  ]);
  assert.deepEqual(await places('var $v : cs.VisitSelection\n$a:=$v.sh‸op', more), [relation('⟦name_Nto1="shop"⟧ name_1toN="visits"')]);
});
