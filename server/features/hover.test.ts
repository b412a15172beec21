import assert from 'node:assert/strict';
import test from 'node:test';
import type { Language } from '#syntaxes/text/bilingual.js';
import { mark } from '../test/marks.js';
import { settings, testMethod, testProject } from '../test/project.js';
import { hover } from './hover.js';

async function hoverText(source: string, more: Readonly<Record<string, string>> = {}, languages: readonly Language[] = ['en']) {
  const { snapshot, cursor, context, text } = await testMethod(source, more);
  const found = await hover(snapshot, cursor, context(languages[0], languages));
  const value = (found?.contents as { value: string } | undefined)?.value ?? '';
  const { start, end } = found?.range ?? snapshot.span(0, 0);
  return { value, marked: found ? mark(text, [[snapshot.lines.offset(start), snapshot.lines.offset(end)]]) : text };
}

test('the command under each of its names is the same command', async () => {
  for (const source of [
    'WEB LEGACY CLO‸SE SESSION($id)',
    'WEB CLOSE SES‸SION($id)',
    'Whatever‸:C1208($id)',
    'web legacy ‸close session:C1208($id)',
    'WEB SESSION ANCIEN‸NE FERMER($id)',
  ])
    assert.match((await hoverText(source)).value, /Closes the legacy web session/, source);
});

test('the range is the whole name with its token', async () => {
  assert.equal(
    (await hoverText('If (True)\n\tWEB LEG‸ACY CLOSE SESSION:C1208($id)')).marked,
    'If (True)\n\t⟦WEB LEGACY CLOSE SESSION:C1208⟧($id)',
  );
});

test('the effective mode and what follows from it', async () => {
  const source = 'WEB LEGACY ‸CLOSE SESSION($id)';
  const modes: [string, RegExp][] = [
    ['3', /legacy sessions; the command closes the session/],
    ['1', /scalable sessions; 4D ignores the command/],
    ['2', /no sessions; there is no session to close/],
  ];
  for (const [mode, expected] of modes)
    assert.match((await hoverText(source, { 'Project/Sources/settings.4DSettings': settings(mode as '1') })).value, expected);
  const overridden = await hoverText(source, {
    'Project/Sources/DatabaseMethods/onStartup.4dm': 'WEB SET OPTION(Web scalable session; 1)',
  });
  assert.match(overridden.value, /scalable sessions; 4D ignores/);
  assert.match(overridden.value, /onStartup\.4dm, line 1/);
});

test('behind ds: a function of the data store, one of 4D, a table nobody knows', async () => {
  const more = { 'Project/Sources/Classes/DataStore.4dm': 'Class extends DataStoreImplementation\nFunction readTexts() : Text' };
  assert.match((await hoverText('$a:=ds.read‸Texts()', more)).value, /\.readTexts : Text[\s\S]*cs\.DataStore/);
  assert.match((await hoverText('ds.start‸Transaction()', more)).value, /\.startTransaction\(\)/);
  assert.match((await hoverText('$a:=ds.Gone‸.all()', more)).value, /ds\.Gone[\s\S]*does not show/);
});

test('the relation of an entity tells what it gives', async () => {
  const catalog = `<base><table name="Shop" id="1"><field name="City" type="10" id="1" uuid="S1"/></table>
<table name="Visit" id="2"><field name="Shop ID" type="4" id="3" uuid="V3"/></table>
<relation name_Nto1="shop" name_1toN="visits"><related_field kind="source"><field_ref uuid="V3"/></related_field>
<related_field kind="destination"><field_ref uuid="S1"/></related_field></relation></base>`;
  const more = { 'Project/Sources/catalog.4DCatalog': catalog };
  assert.match(
    (await hoverText('var $v : cs.VisitEntity\n$v.sh‸op', more)).value,
    /\.shop : cs\.ShopEntity[\s\S]*Relation attribute · \[Visit\]/,
  );
  assert.match(
    (await hoverText('var $s : cs.ShopEntity\n$s.vis‸its', more, ['es'])).value,
    /cs\.VisitSelection[\s\S]*Atributo de relación/,
  );
});

test('what neither the project nor 4D has says so', async () => {
  assert.match((await hoverText('SVG_New‸Thing(1)')).value, /SVG_NewThing[\s\S]*component or a command of a plug-in/);
  assert.match((await hoverText('var $o : cs.toolkit‸')).value, /name space of a component/);
});

test('a property that a class sets without declaring it', async () => {
  const more = { 'Project/Sources/Classes/Shop.4dm': 'Class constructor\n\tThis.till:=0' };
  assert.match((await hoverText('$s:=cs.Shop.new()\n$a:=$s.ti‸ll', more)).value, /This\.till:=0[\s\S]*Property · cs\.Shop/);
});

test('English, Spanish, both', async () => {
  const source = 'WEB LEGACY ‸CLOSE SESSION($id)';
  assert.match((await hoverText(source, {}, ['es'])).value, /Modo de sesión de este proyecto/);
  const both = (await hoverText(source, {}, ['es', 'en'])).value;
  assert.match(both, /Modo de sesión[\s\S]*---[\s\S]*Session mode/);
});

test('every command, constant and class of the catalogue has a hover', async () => {
  const project = await testProject({ Main: '' });
  const { snapshot } = await project.at('Main');
  const { Snapshot } = await import('../analysis/snapshot.js');
  const missing: string[] = [];
  const say = async (text: string): Promise<string> => {
    const one = new Snapshot({ uri: 'x', version: 1, text, catalogue: snapshot.catalogue, view: snapshot.view, source: snapshot.source });
    const found = await hover(one, 1, project.context('es'));
    return (found?.contents as { value: string } | undefined)?.value ?? '';
  };
  for (const { name, number } of snapshot.catalogue.commands)
    if (!(await say(`${name}${number === undefined ? '' : `:C${number}`}(1)`)).includes(name)) missing.push(name);
  for (const { name, token } of snapshot.catalogue.constants)
    if (token && !(await say(`${name}:K${token.theme}:${token.index}`)).includes(name)) missing.push(name);
  assert.deepEqual(missing, []);
});

test('methods with their header, comment and attributes', async () => {
  const more = { Log_out: '//%attributes = {"publishedWeb":true}\n// Ends the *session*.\n#DECLARE($id : Text)->$ok : Boolean\n' };
  const { value } = await hoverText('$a:=Log_‸out("x")', more);
  assert.match(value, /Log_out \( \$id : Text \) : Boolean/);
  assert.match(value, /Ends the \\\*session\\\*\./);
  assert.match(value, /4DACTION/);
});

test('variables with type, kind and how often they are used', async () => {
  assert.match((await hoverText('var $t‸otal : Real')).value, /\$total : Real[\s\S]*Local variable/);
  assert.match((await hoverText('#DECLARE($‸id : Text)')).value, /Parameter/);
  assert.match((await hoverText('C_TEXT(vUser)\nvU‸ser:="a"\nvUser:="b"')).value, /vUser : Text[\s\S]*Process variable · uses: 3/);
  assert.match((await hoverText('<>co‸unt:=1')).value, /Interprocess variable/);
});

test('members of built-in and own classes', async () => {
  assert.match((await hoverText('Session.clear‸Privileges()')).value, /clearPrivileges[\s\S]*4D\.Session/);
  const more = { 'Project/Sources/Classes/Basket.4dm': '// Adds one.\nFunction add($id : Text) : Boolean\n' };
  assert.match(
    (await hoverText('var $b : cs.Basket\n$b.a‸dd("x")', more)).value,
    /\.add \( \$id : Text \) : Boolean[\s\S]*cs\.Basket[\s\S]*Adds one/,
  );
});

test('types, constructors, and members of objects nobody knows the class of', async () => {
  assert.match((await hoverText('var $a : Te‸xt')).value, /Text[\s\S]*Data type/);
  const more = { 'Project/Sources/Classes/Basket.4dm': 'Class constructor($id : Text)\nFunction capture()\n' };
  assert.match((await hoverText('$b:=cs.Basket.n‸ew("x")', more)).value, /cs\.Basket\.new \( \$id : Text \)/);
  const unknown = (await hoverText('$o.cap‸ture()', more)).value;
  assert.match(unknown, /class of the object is not known[\s\S]*In this project: `cs\.Basket`/);
  assert.match((await hoverText('$o.exi‸sts')).value, /In 4D: .*`4D\.File`/);
});

test('what stands for nothing in reach says so', async () => {
  assert.match((await hoverText('SVG_Ex‸port($a)')).value, /SVG_Export[\s\S]*a component or a command of a plug-in/);
  assert.match((await hoverText('var $a : cs.Noth‸ing')).value, /cs\.Nothing[\s\S]*of a component/);
  const project = await testProject({ 'Project/Sources/Classes/ShopEntity.4dm': 'Class extends Ent‸ity\n' });
  const { snapshot, cursor } = await project.at('Project/Sources/Classes/ShopEntity.4dm');
  assert.match(JSON.stringify(await hover(snapshot, cursor, project.context())), /4D\.Entity.*4D documentation/);
});

test('keywords, and nothing in comments, texts and blanks', async () => {
  assert.match((await hoverText('For ea‸ch ($a; $b)\nEnd for each')).value, /For each/);
  for (const source of ['// WEB LEG‸ACY CLOSE SESSION', '$a:="WEB‸"', '‸   ']) assert.equal((await hoverText(source)).value, '', source);
});
