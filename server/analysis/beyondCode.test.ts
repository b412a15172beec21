/** What forms and pages name belongs to references and renaming like what code names. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { references } from '../features/references.js';
import { rename } from '../features/rename.js';
import { testProject } from '../test/project.js';
import { isBeyondCode } from './beyondCode.js';

const form = `{
	"method": "method.4dm",
	"pages": [{"objects": {
		"list": {"type": "listbox", "method": "Show item", "dataSource": "vBasket", "rowFillSource": "Show item(This;\\"vBasket\\")+vBasket"},
		"button": {"method": "ObjectMethods/button.4dm", "events": ["onClick"], "text": "vBasket", "dataSourceTypeHint": "vBasket"}
	}}]
}`;
const page = `<p><!--#4DTEXT vBasket--> $4DEVAL(Show item(vBasket)) <!--#4DIF (vBasket#"")-->vBasket<!--#4DENDIF--></p>
<a href="/4DACTION/Show item?x=vBasket">Show item</a> <!--#4DSCRIPT/Show item/1--> <a href="/4DACTION/Elsewhere">`;

const sources = {
  'Show item': '#DECLARE($a : Text)->$b : Integer\n',
  Main: 'vBas‸ket:="1"\nShow item(vBasket)\n',
  Other: 'Show it‸em("x")\n',
  'Project/Sources/Forms/Basket/form.4DForm': form,
  'WebFolder/sub/basket.html': page,
};

/** The texts of places in forms and pages, by file. */
async function found(at: string): Promise<Record<string, string[]>> {
  const project = await testProject(sources);
  const { snapshot, cursor } = await project.at(at);
  const texts: Record<string, string[]> = {};
  for (const { uri, range } of await references(snapshot, cursor, true, project.context())) {
    const path = decodeURIComponent(uri).split('/shop/')[1];
    if (!isBeyondCode(path)) continue;
    const line = (path.endsWith('html') ? page : form).split('\n')[range.start.line];
    texts[path] = [...(texts[path] ?? []), line.slice(range.start.character - 1, range.end.character + 1)];
  }
  return texts;
}

test('a method: of a form object, in an expression of a form, in tags and URLs of a page', async () => {
  assert.deepEqual(await found('Other'), {
    'Project/Sources/Forms/Basket/form.4DForm': ['"Show item"', '"Show item('],
    'WebFolder/sub/basket.html': ['(Show item(', '/Show item?', '/Show item/'],
  });
});

test('a process variable: the source of a form object, in expressions and tags', async () => {
  assert.deepEqual(await found('Main'), {
    'Project/Sources/Forms/Basket/form.4DForm': ['"vBasket"', '+vBasket"'],
    'WebFolder/sub/basket.html': [' vBasket-', '(vBasket)', '(vBasket#'],
  });
});

test('renaming takes them along', async () => {
  const project = await testProject(sources);
  const { snapshot, cursor } = await project.at('Other');
  const renaming = await rename(snapshot, cursor, 'Show article', project.context(), { cancelled: () => false, unsure: false });
  assert.ok('edits' in renaming);
  const beyond = renaming.edits.filter((e) => isBeyondCode(e.uri));
  assert.equal(beyond.length, 5);
  assert.deepEqual(new Set(beyond.map((e) => e.newText)), new Set(['Show article']));
});

test('a form that changes on disk is read again, one that goes is forgotten', async () => {
  const { project, files } = await testProject(sources);
  const path = 'Project/Sources/Forms/Basket/form.4DForm';
  const count = () => project.index.count(['n:vbasket']);
  const before = count();
  files.write(`/shop/${path}`, '{"method": "Show item"}');
  await project.fileChanged(path);
  assert.equal(count(), before - 2);
  files.remove(`/shop/${path}`);
  await project.fileChanged(path);
  assert.deepEqual(project.index.get(path), undefined);
});
