import assert from 'node:assert/strict';
import test from 'node:test';
import type { Language } from '#syntaxes/text/bilingual.js';
import { mark } from '../test/marks.js';
import { testProject } from '../test/project.js';
import { prepareRename, type Renaming, rename, renameFile } from './rename.js';
import { workspaceEdit } from './workspaceEdit.js';

const basket = 'Project/Sources/Classes/Basket.4dm';
const open = { cancelled: () => false, unsure: true };

/** Renames what the cursor in `Main` is on; the files as they are afterwards, those that did not change left out. */
async function renamed(sources: Readonly<Record<string, string>>, to: string, unsure = true) {
  const project = await testProject(sources);
  const main = await project.at('Main');
  const result = await rename(main.snapshot, main.cursor, to, project.context(), { ...open, unsure });
  if ('refused' in result) return { refused: result.refused.en, es: result.refused.es, files: {} as Record<string, string> };
  return { files: await applied(project, result), file: result.file, refused: undefined };
}

async function applied(project: Awaited<ReturnType<typeof testProject>>, { edits }: Renaming) {
  const { LineIndex } = await import('#syntaxes/tree/lineIndex.js');
  const files: Record<string, string> = {};
  for (const uri of new Set(edits.map((e) => e.uri))) {
    const text = (await project.files.readText(decodeURIComponent(uri.replace('file://', ''))))!;
    const lines = new LineIndex(text);
    const offset = (p: { line: number; character: number }): number => lines.offsetAt({ line: p.line, column: p.character });
    const here = edits.filter((e) => e.uri === uri).sort((a, b) => offset(b.range.start) - offset(a.range.start));
    let changed = text;
    for (const e of here) {
      const mark = e.unsure ? '?' : '';
      changed = changed.slice(0, offset(e.range.start)) + e.newText + mark + changed.slice(offset(e.range.end));
    }
    files[decodeURIComponent(uri.split('/').at(-1)!)] = changed;
  }
  return files;
}

test('a local in its method, with or without its sign, under every case', async () => {
  for (const to of ['code', '$code']) {
    const { files } = await renamed({ Main: 'var $id : Text\n$i‸d:=$ID+"$id"\nOther($id)' }, to);
    assert.deepEqual(files, { 'Main.4dm': 'var $code : Text\n$code:=$code+"$id"\nOther($code)' });
  }
});

test('a parameter of a class function stays in it', async () => {
  const project = await testProject({ [basket]: 'Function add($i‸d : Text)\n$id:=""\nFunction drop($id : Text)\n$id:=""' });
  const { snapshot, cursor } = await project.at(basket);
  const result = (await rename(snapshot, cursor, 'code', project.context(), open)) as Renaming;
  assert.deepEqual(await applied(project, result), {
    'Basket.4dm': 'Function add($code : Text)\n$code:=""\nFunction drop($id : Text)\n$id:=""',
  });
});

test('process and interprocess variables in the whole project', async () => {
  const { files } = await renamed({ Main: 'vUs‸er:="a"', COMPILER_WEB: 'C_TEXT(vUser)', Other: '$user:=vuser // vUser' }, 'vCustomer');
  assert.deepEqual(files, {
    'Main.4dm': 'vCustomer:="a"',
    'COMPILER_WEB.4dm': 'C_TEXT(vCustomer)',
    'Other.4dm': '$user:=vCustomer // vUser',
  });
  const ip = await renamed({ Main: '<>us‸ers:=1', Other: 'ALERT(<>users)' }, 'count');
  assert.deepEqual(ip.files, { 'Main.4dm': '<>count:=1', 'Other.4dm': 'ALERT(<>count)' });
});

test('a method with its file, its callers, the texts that name it to commands, and its folder', async () => {
  const sources = {
    Main: 'Log_‸out',
    Log_out: 'ALERT("Log_out")',
    Other: 'ON ERR CALL("Log_out")\n$p:=New process("log_out"; 0)\nLog_out("x")\n$a.Log_out:=1',
    'Project/Sources/folders.json': '{"Web": {"methods": ["Log_in", "Log_out"]}}',
  };
  const { files, file } = await renamed(sources, 'Sign out');
  assert.deepEqual(files, {
    'Main.4dm': 'Sign out',
    'Log_out.4dm': 'ALERT("Sign out?")',
    'Other.4dm': 'ON ERR CALL("Sign out")\n$p:=New process("Sign out"; 0)\nSign out("x")\n$a.Log_out:=1',
    'folders.json': '{"Web": {"methods": ["Log_in", "Sign out"]}}',
  });
  assert.deepEqual([file?.from.split('/').at(-1), file?.to.split('/').at(-1)], ['Log_out.4dm', 'Sign%20out.4dm']);
  // a client that cannot ask gets the sure edits alone
  assert.equal((await renamed(sources, 'Sign out', false)).files['Log_out.4dm'], undefined);
});

test('a class with its file: uses, types, extends', async () => {
  const { files, file } = await renamed(
    {
      Main: '$b:=cs.Bas‸ket.new()\nvar $c : cs.Basket\n$basket:=1',
      [basket]: '',
      'Project/Sources/Classes/Big.4dm': 'Class extends Basket',
    },
    'Cart',
  );
  assert.deepEqual(files, { 'Main.4dm': '$b:=cs.Cart.new()\nvar $c : cs.Cart\n$basket:=1', 'Big.4dm': 'Class extends Cart' });
  assert.match(file?.to ?? '', /Classes\/Cart\.4dm$/);
});

test('a class function: sure where the object’s class is known, doubtful where nothing is, untouched on others', async () => {
  const { files } = await renamed(
    {
      Main: 'var $b : cs.Basket\n$b.ad‸d("x")\n$unknown.add("y")\nvar $o : cs.Other\n$o.add("z")\nvar $c : Collection\n$c.add("w")',
      [basket]: 'Function add($id : Text)\nThis.add($id)',
      'Project/Sources/Classes/Other.4dm': 'Function add($id : Text)',
    },
    'put',
  );
  assert.deepEqual(files, {
    'Main.4dm': 'var $b : cs.Basket\n$b.put("x")\n$unknown.put?("y")\nvar $o : cs.Other\n$o.add("z")\nvar $c : Collection\n$c.add("w")',
    'Basket.4dm': 'Function put($id : Text)\nThis.put($id)',
  });
});

test('refused with a reason, in both languages', async () => {
  const cases: [string, string, RegExp][] = [
    ['WEB LEG‸ACY CLOSE SESSION($id)', 'x', /names 4D gives/],
    ['$a:=Web leg‸acy session', 'x', /names 4D gives/],
    ['QUERY([Art‸icle])', 'x', /structure editor/],
    ['$‸1:=""', 'x', /position/],
    ['Not_in_‸project', 'x', /component/],
    ['$o.na‸me:=1', 'x', /class this member/],
    ['If‸ (True)\nEnd if', 'x', /no name here/],
    ['OK‸:=1', 'x', /System variables/],
    ['$a:=$b‸', '1a', /cannot be a name/],
    ['$a:=$b‸', 'a', /already the name of a variable of this method/],
    ['vUs‸er:=1', 'Log_out', /already the name of a project method/],
    ['vUs‸er:=1', 'ALERT', /already the name of a 4D command/],
    ['vUs‸er:=1', 'Session', /already the name of a (4D command|word)/],
    ['Log_‸out', 'x'.repeat(32), /too long/],
    ['Log_‸out', 'End if', /word of the language/],
  ];
  for (const [source, to, why] of cases) {
    const { refused, es, files } = await renamed({ Main: source, Log_out: '' }, to);
    assert.match(refused ?? `not refused: ${JSON.stringify(files)}`, why, source);
    assert.ok(es && es !== refused, source);
  }
});

test('prepare gives the word under the cursor', async () => {
  const project = await testProject({ Main: 'var $b : cs.Bas‸ket\nvar $lo‸cal : Text', [basket]: '' });
  const { snapshot, cursors, text } = await project.at('Main');
  const told: string[] = [];
  for (const cursor of cursors) {
    const found = await prepareRename(snapshot, cursor, project.context());
    assert.ok(!('refused' in found));
    told.push(mark(text, [[snapshot.lines.offset(found.range.start), snapshot.lines.offset(found.range.end)]]), found.placeholder);
  }
  assert.deepEqual(told, ['var $b : cs.⟦Basket⟧\nvar $local : Text', 'Basket', 'var $b : cs.Basket\nvar ⟦$local⟧ : Text', '$local']);
});

test('a file renamed in the editor takes its callers along', async () => {
  const project = await testProject({ Main: 'Log_out', Log_out: '' });
  const file = project.project.project.methodByName('log_out')!;
  const result = await renameFile(project.project, file, 'Sign_out', project.context(), open);
  assert.deepEqual(await applied(project, result), { 'Main.4dm': 'Sign_out' });
});

test('the edit as each client can take it', async () => {
  const project = await testProject({ Main: 'Log_‸out', Log_out: '', Other: '$a:="Log_out"' });
  const { snapshot, cursor } = await project.at('Main');
  const result = (await rename(snapshot, cursor, 'Sign_out', project.context(), open)) as Renaming;
  const all = { documentChanges: true, annotations: true, renameFiles: true };
  const edit = workspaceEdit(result, all, 'es');
  assert.ok(!('refused' in edit));
  assert.deepEqual(Object.values(edit.changeAnnotations ?? {}), [
    { label: 'un texto que es exactamente este nombre', needsConfirmation: true },
  ]);
  assert.deepEqual(
    edit.documentChanges?.map((c) => ('kind' in c ? c.kind : c.textDocument.uri.split('/').at(-1))),
    ['Main.4dm', 'Other.4dm', 'rename'],
  );
  const language: Language = 'en';
  assert.ok('refused' in workspaceEdit(result, { ...all, renameFiles: false }, language));
  const plain = workspaceEdit({ edits: result.edits }, { documentChanges: false, annotations: false, renameFiles: false }, language);
  assert.ok(!('refused' in plain));
  assert.deepEqual(
    Object.keys(plain.changes ?? {}).map((uri) => uri.split('/').at(-1)),
    ['Main.4dm'],
  );
});
