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
