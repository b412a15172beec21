/** Methods that a component shares: its sources lie in the project, below `Components`. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { testProject } from '../test/project.js';
import { completion } from './completion.js';
import { definition } from './definition.js';
import { hover } from './hover.js';
import { prepareRename } from './rename.js';
import { signatureHelp } from './signatureHelp.js';

const mail = 'Components/Mail.4dbase/Project/';
const component = {
  [`${mail}Mail.4DProject`]: '{}',
  [`${mail}Sources/Methods/MAIL send.4dm`]:
    '//%attributes = {"shared":true}\n// Sends one message.\n#DECLARE($to : Text; $body : Text) : Boolean\n',
  [`${mail}Sources/Methods/MAIL inner.4dm`]: '#DECLARE($what : Text)\n',
};

async function asked(source: string, more: Readonly<Record<string, string>> = {}) {
  const project = await testProject({ ...component, ...more, Main: source });
  return { project, context: project.context(), ...(await project.at('Main')) };
}

test('hover, definition and signature of a shared method come from its source', async () => {
  const { snapshot, cursor, context } = await asked('$ok:=MAIL se‸nd("ana"; "hello")');
  const shown = JSON.stringify(await hover(snapshot, cursor, context));
  assert.match(shown, /MAIL send.*\$to : Text.*Method of the component Mail.*Sends one message/s);
  const [place] = await definition(snapshot, cursor, context);
  assert.equal(place.uri, 'file:///shop/Components/Mail.4dbase/Project/Sources/Methods/MAIL%20send.4dm');
  const help = await signatureHelp(snapshot, snapshot.text.indexOf('"hello"'), context);
  assert.equal(help?.activeParameter, 1);
  assert.match(help?.signatures[0].label ?? '', /\$body/);
});

test('completion offers what is shared and nothing else of the component', async () => {
  const { snapshot, cursor } = await asked('MAIL ‸');
  const labels = completion(snapshot, cursor, { tokens: 'auto', deprecatedTags: true }).items.map(({ label }) => label);
  assert.ok(labels.includes('MAIL send'), labels.join());
  assert.ok(!labels.includes('MAIL inner'), labels.join());
});

test('the method of the project itself comes first, and a shared one is not renamed from outside', async () => {
  const own = await asked('MAIL se‸nd', { 'MAIL send': '// Mine.' });
  assert.match(JSON.stringify(await hover(own.snapshot, own.cursor, own.context)), /Project method.*Mine/s);
  const { snapshot, cursor, context } = await asked('MAIL se‸nd("ana"; "hello")');
  const refused = await prepareRename(snapshot, cursor, context);
  assert.ok('refused' in refused);
  assert.match(refused.refused.es, /componente/);
});

const classes = {
  ...component,
  [`${mail}Sources/settings.4DSettings`]:
    '<?xml version="1.0" encoding="UTF-8"?><preferences><com.4d><general component_classStore_name="Mail"/></com.4d></preferences>',
  [`${mail}Sources/Classes/Sender.4dm`]:
    'Class extends Base\n\nproperty last : Text\n\nClass constructor($host : Text)\n\tSuper()\n\n// Sends it.\nFunction send($to : Text) : cs.Sender\n\treturn This\n',
  [`${mail}Sources/Classes/Base.4dm`]: 'Class constructor()\n\nFunction close() : Boolean\n\treturn True\n',
};

async function inClass(source: string) {
  const project = await testProject({ ...classes, Main: source });
  const { snapshot, cursor } = await project.at('Main');
  const context = project.context();
  const labels = (): string[] => completion(snapshot, cursor, { tokens: 'auto', deprecatedTags: true }).items.map(({ label }) => label);
  const places = async (): Promise<string[]> =>
    (await definition(snapshot, cursor, context)).map(({ uri, range }) => `${uri.split('/').at(-1)}:${range.start.line + 1}`);
  return { hover: async () => JSON.stringify(await hover(snapshot, cursor, context)), labels, places };
}

test('a class of a component: hover and definition of its name, its functions, what they give, and what it extends', async () => {
  const name = await inClass('$s:=cs.Mail.Sen‸der.new("host")');
  assert.match(await name.hover(), /cs\.Mail\.Sender.*\.send \( \$to : Text/s);
  assert.deepEqual(await name.places(), ['Sender.4dm:1']);
  const made = await inClass('$s:=cs.Mail.Sender.ne‸w("host")');
  assert.match(await made.hover(), /cs\.Mail\.Sender\.new ?\( \$host : Text/);
  const called = await inClass('var $s : cs.Mail.Sender\n$s.se‸nd("ana")');
  assert.match(await called.hover(), /Sends it/);
  assert.match(await called.hover(), /cs\.Mail\.Sender/);
  assert.deepEqual(await called.places(), ['Sender.4dm:9']);
  const chained = await inClass('$b:=cs.Mail.Sender.new("host").send("ana").clo‸se()');
  assert.deepEqual(await chained.places(), ['Base.4dm:3']);
  assert.match(await chained.hover(), /cs\.Mail\.Base/);
});

test('completion behind a name space and behind an object of its class', async () => {
  assert.deepEqual(await (await inClass('$s:=cs.Mail.‸')).labels(), ['Base', 'Sender']);
  assert.ok((await inClass('$s:=cs.Ma‸')).labels().includes('Mail'));
  const members = (await inClass('$s:=cs.Mail.Sender.new("host")\n$s.‸')).labels();
  for (const label of ['send', 'last', 'close']) assert.ok(members.includes(label), `${label}: ${members}`);
});

test('without a name space a component gives no class', async () => {
  const { [`${mail}Sources/settings.4DSettings`]: _, ...without } = classes;
  const project = await testProject({ ...without, Main: '$s:=cs.Mail.Sen‸der.new()' });
  const { snapshot, cursor } = await project.at('Main');
  assert.deepEqual(await definition(snapshot, cursor, project.context()), []);
});
