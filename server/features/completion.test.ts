import assert from 'node:assert/strict';
import test from 'node:test';
import { mark } from '../test/marks.js';
import { testMethod, testProject } from '../test/project.js';
import { completion } from './completion.js';
import type { CompletionOptions } from './completion.types.js';

const plain: CompletionOptions = { tokens: 'auto', deprecatedTags: true };

async function complete(source: string, more: Readonly<Record<string, string>> = {}, options: Partial<CompletionOptions> = {}) {
  const { snapshot, cursor, text } = await testMethod(source, more);
  const list = completion(snapshot, cursor, { ...plain, ...options });
  return {
    list,
    labels: list.items.map((i) => i.label),
    item: (label: string) => list.items.find((i) => i.label === label),
    /** The text with what an item replaces marked, and what it writes there. */
    replaces(label: string) {
      const edit = list.items.find((i) => i.label === label)?.textEdit;
      assert.ok(edit && 'range' in edit, `${label} is not among ${list.items.map((i) => i.label)}`);
      const { start, end } = edit.range;
      return [mark(text, [[snapshot.lines.offset(start), snapshot.lines.offset(end)]]), edit.newText];
    },
  };
}

test('one edit replaces all words of a name, whatever was typed of it', async () => {
  const cases = [
    ['web leg clo‸', '⟦web leg clo⟧'],
    ['wlcs‸', '⟦wlcs⟧'],
    ['\tWEB LEG‸ACY CLOSE SESSION:C1208($id)', '\t⟦WEB LEGACY CLOSE SESSION:C1208⟧($id)'],
    ['WEB LEG‸ACY CLOSE SESSION($id)', '⟦WEB LEGACY CLOSE SESSION⟧($id)'],
    ['web cl‸\nALERT("")', '⟦web cl⟧\nALERT("")'],
    ['return web leg‸', 'return ⟦web leg⟧'],
    ['$a:=web leg‸', '$a:=⟦web leg⟧'],
    ['If (web leg‸)', 'If (⟦web leg⟧)'],
  ];
  for (const [source, expected] of cases) {
    const found = await complete(source);
    assert.equal(found.replaces('WEB LEGACY CLOSE SESSION')[0], expected, source);
  }
});

test('tokens are written when the project has them, always, or never', async () => {
  const tokenised = { 'Project/Shop.4DProject': '{"tokenizedText": true}' };
  const written = async (more: Readonly<Record<string, string>>, tokens: CompletionOptions['tokens'], label: string, source: string) =>
    (await complete(source, more, { tokens })).replaces(label)[1];
  assert.equal(await written({}, 'auto', 'WEB LEGACY CLOSE SESSION', 'wlcs‸'), 'WEB LEGACY CLOSE SESSION');
  assert.equal(await written(tokenised, 'auto', 'WEB LEGACY CLOSE SESSION', 'wlcs‸'), 'WEB LEGACY CLOSE SESSION:C1208');
  assert.equal(await written({}, 'always', 'WEB LEGACY CLOSE SESSION', 'wlcs‸'), 'WEB LEGACY CLOSE SESSION:C1208');
  assert.equal(await written(tokenised, 'never', 'WEB LEGACY CLOSE SESSION', 'wlcs‸'), 'WEB LEGACY CLOSE SESSION');
  assert.equal(await written(tokenised, 'auto', 'Web legacy session', 'WEB SET OPTION(Web leg‸;1)'), 'Web legacy session:K73:1');
});

test('constants that fit the parameter come first', async () => {
  const { labels } = await complete('WEB SET OPTION(‸;1)');
  assert.ok(labels.slice(0, 30).includes('Web legacy session'), labels.slice(0, 30).join());
  assert.ok(labels.slice(0, 30).includes('Web scalable session'));
});

test('methods, locals of the scope, process variables of the project', async () => {
  const more = { Log_out: '', Log_in: 'vUser:=$1' };
  assert.ok((await complete('log‸', more)).labels.includes('Log_out'));
  assert.deepEqual((await complete('var $total : Real\nvar $name : Text\n$to‸', more)).labels, ['$total']);
  assert.ok((await complete('vU‸', more)).labels.includes('vUser'));
});

test('a local that is only being typed is not offered to itself', async () => {
  assert.deepEqual((await complete('$newOn‸')).labels, []);
});

test('members behind a dot', async () => {
  assert.ok((await complete('Session.‸')).labels.includes('clearPrivileges'));
  assert.deepEqual((await complete('Session.clearP‸')).replaces('clearPrivileges'), ['Session.⟦clearP⟧', 'clearPrivileges']);
  const more = { 'Project/Sources/Classes/Basket.4dm': 'property total : Real\nFunction add($id : Text)\n' };
  assert.deepEqual((await complete('var $b : cs.Basket\n$b.‸', more)).labels.sort(), ['add', 'total']);
  assert.deepEqual((await complete('cs.‸', more)).labels, ['Basket']);
  assert.ok((await complete('4D.Fi‸')).labels.includes('File'));
});

test('in a token the name is chosen again', async () => {
  const found = await complete('If (ALERT:C4‸1("x"))', {}, { tokens: 'always' });
  assert.deepEqual(found.replaces('ALERT'), ['If (⟦ALERT:C41⟧("x"))', 'ALERT:C41']);
});

test('a method in a text that a command takes as one', async () => {
  const found = await complete('ON ERR CALL("Er‸r")', { Error_handler: '' });
  assert.deepEqual(found.replaces('Error_handler'), ['ON ERR CALL("⟦Err⟧")', 'Error_handler']);
});

test('properties in texts that name them', async () => {
  const more = { Other: '$o.customer:=1' };
  assert.deepEqual((await complete('$a:=New object("cus‸"; 1)', more)).replaces('customer'), ['$a:=New object("⟦cus⟧"; 1)', 'customer']);
  assert.deepEqual((await complete('$a:=$o["cus‸"]', more)).labels, ['customer']);
  assert.deepEqual((await complete('OB SET($o; "cus‸"; "cus")', more)).labels, ['customer']);
  assert.deepEqual((await complete('$a:=New object("x"; "cus‸")', more)).labels, []);
});

test('types in declarations, classes behind their stores', async () => {
  const more = { 'Project/Sources/Classes/Basket.4dm': '' };
  assert.deepEqual((await complete('var $a : Te‸')).replaces('Text'), ['var $a : ⟦Te⟧', 'Text']);
  assert.ok((await complete('#DECLARE($a : ‸)')).labels.includes('cs'));
  assert.deepEqual((await complete('var $a : cs:C1710.Ba‸', more)).replaces('Basket'), ['var $a : cs:C1710.⟦Ba⟧', 'Basket']);
  assert.ok((await complete('var $f : 4D.Fi‸')).labels.includes('File'));
  assert.deepEqual((await complete('Class extends Bas‸', more)).replaces('Basket'), ['Class extends ⟦Bas⟧', 'Basket']);
  assert.ok(!(await complete('$a:=True ? 1 : Te‸')).labels.includes('cs'));
});

test('members by declared results and properties of other files, inherited ones too', async () => {
  const more = {
    'Project/Sources/Classes/Basket.4dm': 'Class extends Shop\nproperty owner : cs.Customer\nFunction first() : cs.Article\n',
    'Project/Sources/Classes/Shop.4dm': 'Function close()\nFunction fill()\n\tThis.undeclared:=1',
    'Project/Sources/Classes/Customer.4dm': 'Function greet()',
    'Project/Sources/Classes/Article.4dm': 'Function price() : Real',
    Make: '#DECLARE() : cs.Basket',
  };
  assert.deepEqual((await complete('Make().‸', more)).labels.sort(), ['close', 'fill', 'first', 'owner']);
  assert.deepEqual((await complete('$b:=Make\n$b.owner.‸', more)).labels, ['greet']);
  assert.deepEqual((await complete('$b:=cs.Basket.new()\n$b.first().‸', more)).labels, ['price']);
  assert.ok((await complete('$b:=cs.Shop.new()\n$b.un‸', more)).labels.includes('undeclared'));
  assert.deepEqual((await complete('var $b : cs:C1710.Basket:=Null\n$b.ow‸', more)).labels, ['owner'], 'declared with a token');
  assert.ok((await complete('#DECLARE($f : 4D:C1709.File)\n$f.getT‸', more)).labels.includes('getText'));
});

test('where a value is wanted, commands that give one come first', async () => {
  const first = async (source: string) => {
    const items = [...(await complete(source)).list.items].sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
    return items
      .slice(0, 6)
      .map((i) => i.label)
      .join();
  };
  assert.match(await first('OBJECT‸'), /OBJECT SET/);
  for (const source of ['$a:=OBJECT‸', 'If (OBJECT‸', '$a:=New object(\\\n\tOBJECT‸'])
    assert.doesNotMatch(await first(source), /OBJECT SET|OBJECT MOVE/);
  assert.ok((await complete('$a:=OBJECT‸')).labels.includes('OBJECT SET VISIBLE'), 'the others are there still');
});

test('entities have fields and what entities have', async () => {
  const catalog = `<base><table name="Article" uuid="A" id="2"><field name="Label" uuid="B" type="10" id="1"/></table></base>`;
  const more = { 'Project/Sources/catalog.4DCatalog': catalog };
  const { labels } = await complete('var $e : cs.ArticleEntity\n$e.‸', more);
  assert.ok(labels.includes('Label') && labels.includes('save'), labels.join());
  assert.ok((await complete('ds.Article.‸', more)).labels.includes('query'));
});

test('entities and selections have what their relations add', async () => {
  const catalog = `<base><table name="Shop" id="1"><field name="City" type="10" id="1" uuid="S1"/></table>
<table name="Visit" id="2"><field name="Shop ID" type="4" id="3" uuid="V3"/></table>
<relation name_Nto1="shop" name_1toN="visits"><related_field kind="source"><field_ref uuid="V3"/></related_field>
<related_field kind="destination"><field_ref uuid="S1"/></related_field></relation></base>`;
  const more = { 'Project/Sources/catalog.4DCatalog': catalog };
  assert.equal((await complete('var $s : cs.ShopEntity\n$s.vi‸', more)).labels[0], 'visits');
  assert.equal((await complete('var $v : cs.VisitSelection\n$v.shop.vi‸', more)).labels[0], 'visits');
  assert.ok(!(await complete('var $s : cs.ShopEntity\n$s.‸', more)).labels.includes('shop'));
});

test('behind ds: tables, functions of the data store, and the names in use where there is no structure file', async () => {
  const more = {
    'Project/Sources/Classes/DataStore.4dm': 'Class extends DataStoreImplementation\nFunction readTexts() : Text',
    Other: '$a:=ds.Invoice.all()',
  };
  const { labels } = await complete('$a:=ds.‸', more);
  for (const name of ['readTexts', 'Invoice', 'startTransaction']) assert.ok(labels.includes(name), `${name} in ${labels.join()}`);
});

test('behind cs: the name spaces of components that the project uses', async () => {
  const more = { Other: 'var $a : cs.toolkit.Chart\n$a:=cs.toolkit.Chart.new()' };
  assert.deepEqual((await complete('$b:=cs.to‸', more)).labels, ['toolkit']);
});

test('a project that writes French names is offered French names', async () => {
  const typed = 'If (Form event code=Sur cl‸)';
  assert.deepEqual((await complete(typed, {}, { tokens: 'always' })).replaces('On Clicked')[1], 'On Clicked:K2:4');
  const french = { Other: 'If (Form event code:C388=Sur chargement:K2:1)\nEnd if' };
  assert.deepEqual((await complete(typed, french, { tokens: 'always' })).replaces('Sur clic')[1], 'Sur clic:K2:4');
});

test('of an unknown object, names that members have in the project', async () => {
  const { labels } = await complete('$x.cu‸', { Other: '$o.customer:=1\n$o.total:=2' });
  assert.deepEqual(labels, ['customer']);
});

test('nothing in comments and texts', async () => {
  for (const source of ['// web leg‸', '/* web ‸', '$a:="web leg‸', '$a:="web leg‸al"'])
    assert.deepEqual((await complete(source)).labels, [], source);
});

test('tables and fields', async () => {
  const catalog = `<base><table name="Article" uuid="A" id="2"><field name="Label" uuid="B" type="10" id="1"/><field name="Left" uuid="C" type="4" id="2"/></table></base>`;
  const more = { 'Project/Sources/catalog.4DCatalog': catalog };
  assert.deepEqual((await complete('QUERY([Art‸])', more)).replaces('Article'), ['QUERY([⟦Art⟧])', 'Article']);
  assert.deepEqual((await complete('$a:=[Article]La‸', more, { tokens: 'always' })).replaces('Label'), ['$a:=[Article]⟦La⟧', 'Label:1']);
  assert.deepEqual((await complete('$a:=ds.Ar‸', more)).labels, ['Article']);
});

test('a blank as trigger goes on with a name of several words only', async () => {
  const { labels } = await complete('WEB ‸', {}, { trigger: ' ' });
  assert.ok(labels.length > 5 && labels.every((l) => /^web /i.test(l)), labels.join());
  assert.deepEqual((await complete('$a:=5 ‸', {}, { trigger: ' ' })).labels, []);
});

test('deprecated commands are struck through where the client can', async () => {
  const { snapshot, cursor } = await testMethod('C_TEX‸');
  const tagged = completion(snapshot, cursor, plain).items.filter((i) => i.tags?.length);
  const untagged = completion(snapshot, cursor, { ...plain, deprecatedTags: false }).items.filter((i) => i.tags?.length);
  assert.ok(tagged.some((i) => i.label === 'C_TEXT'));
  assert.deepEqual(untagged, []);
});

test('outside a project the catalogue answers', async () => {
  const project = await testProject({ Main: 'web leg clo‸' });
  const { snapshot, cursor } = await project.at('Main');
  assert.ok(completion(snapshot, cursor, plain).isIncomplete);
});
