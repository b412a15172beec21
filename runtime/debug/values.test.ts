import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Adapter, methodPath, project } from './test/adapter.js';

const main = `#DECLARE($who : Text; $count : Integer)
var $text : Text
var $object : Object
var $list : Collection
ARRAY TEXT($names; 2)
$names{1}:="a"
$names{2}:="b"
$text:="say \\"hi\\""
$object:=New object("city"; "Lyon"; "tall"; True; "odd name"; Null)
$list:=New collection(1; 2.5; $object)
vDate:=!2026-01-31!
vTime:=?08:30:00?
vPointer:=->vDate
<>shared:=42
vStop:=0
vStop:=1`;

async function stopped(adapter: Adapter, root: string): Promise<{ threadId: number; frameId: number }> {
  await adapter.launch({ program: methodPath(root, 'Main') }, () => adapter.breakAt(methodPath(root, 'Main'), 15));
  const { threadId } = await adapter.stopped();
  return { threadId: threadId!, frameId: (await adapter.stack(threadId!))[0].id };
}

test('scopes and values as 4D shows them, their parts on demand and in pages', async (t) => {
  const adapter = new Adapter(t);
  const { frameId } = await stopped(adapter, project(t, { Main: main }));
  const { scopes } = (await adapter.client.scopesRequest({ frameId })).body;
  assert.deepEqual(
    scopes.map(({ name }) => name),
    ['Parameters', 'Local variables', 'Process variables', 'Interprocess variables', 'System variables'],
  );
  const values = await adapter.values(frameId);
  const shown = Object.fromEntries([...values].map(([name, { value }]) => [name, value]));
  assert.equal(shown.$text, '"say \\"hi\\""');
  assert.equal(shown.vDate, '!2026-01-31!');
  assert.equal(shown.vTime, '?08:30:00?');
  assert.equal(shown['<>shared'], '42');
  assert.deepEqual(await adapter.children(values.get('$names')!.variablesReference), ['{0}=""', '{1}="a"', '{2}="b"']);
  const list = values.get('$list')!;
  assert.equal(list.indexedVariables, 3);
  assert.deepEqual(await adapter.children(list.variablesReference, { filter: 'indexed', start: 1, count: 1 }), ['[1]=2.5']);
  assert.deepEqual(await adapter.children(values.get('$object')!.variablesReference), ['city="Lyon"', 'tall=True', 'odd name=Null']);
  assert.deepEqual(await adapter.children(values.get('vPointer')!.variablesReference), ['->=!2026-01-31!']);
  assert.equal(await adapter.evaluate('$object["odd name"]', frameId), 'Null');
  const { result } = (await adapter.client.evaluateRequest({ expression: '255', frameId, format: { hex: true } })).body;
  assert.equal(result, '0xFF');
});

test('hovers and watches change nothing; the console and “set” do', async (t) => {
  const adapter = new Adapter(t);
  const { frameId, threadId } = await stopped(adapter, project(t, { Main: main, Sideways: '<>shared:=7' }));
  assert.equal(await adapter.evaluate('<>shared+1', frameId, 'hover'), '43');
  assert.notEqual(await adapter.refusal(adapter.evaluate('<>shared:=7', frameId, 'hover')), '');
  assert.notEqual(await adapter.refusal(adapter.evaluate('Sideways', frameId, 'watch')), '');
  assert.equal(await adapter.evaluate('<>shared', frameId), '42');
  assert.notEqual(await adapter.refusal(adapter.evaluate('1+(', frameId)), '');
  await adapter.evaluate('<>shared:=<>shared*2', frameId, 'repl');
  assert.equal(await adapter.evaluate('<>shared', frameId), '84');
  const { scopes } = (await adapter.client.scopesRequest({ frameId })).body;
  const locals = scopes[1].variablesReference;
  const set = (variablesReference: number, name: string, value: string) =>
    adapter.client.setVariableRequest({ variablesReference, name, value }).then(({ body }) => body.value);
  assert.equal(await set(locals, '$text', '"new "+$who+Uppercase("text")'), '"new TEXT"');
  const values = await adapter.values(frameId);
  assert.equal(await set(values.get('$names')!.variablesReference, '{2}', '"c"'), '"c"');
  assert.equal(await set(values.get('$object')!.variablesReference, 'city', '"Oslo"'), '"Oslo"');
  assert.equal(await adapter.evaluate('$list[2].city+$names{2}', frameId), '"Osloc"');
  assert.match(await adapter.refusal(set(locals, '$names', '1')), /is an array/);
  const { body } = await adapter.client.customRequest('setExpression', { expression: '$list[0]', value: '$count+10', frameId });
  assert.equal(body.value, '10');
  const stale = values.get('$object')!.variablesReference;
  await adapter.client.continueRequest({ threadId });
  await adapter.next('terminated');
  assert.notEqual(await adapter.refusal(adapter.children(stale)), '');
});

test('completion in the console: variables in sight, members, methods, commands, verbs', async (t) => {
  const adapter = new Adapter(t);
  const { frameId } = await stopped(adapter, project(t, { Main: main, Make_it: '' }));
  const complete = async (text: string): Promise<string[]> =>
    (await adapter.client.completionsRequest({ text, column: text.length + 1, frameId })).body.targets.map(({ label }) => label);
  assert.ok((await complete('$na')).includes('$names'));
  assert.ok((await complete('1+Make')).includes('Make_it'));
  assert.ok((await complete('WEB LEG')).includes('WEB LEGACY CLOSE SESSION'));
  assert.deepEqual(await complete('$object.ci'), ['city']);
  assert.ok((await complete('$list.len')).includes('length'));
  assert.ok((await complete('adv')).includes('advance'));
  const { targets } = (await adapter.client.completionsRequest({ text: 'x:=$tex', column: 8, frameId })).body;
  assert.deepEqual(
    targets.map(({ label, start, length }) => ({ label, start, length })),
    [{ label: '$text', start: 3, length: 4 }],
  );
});
