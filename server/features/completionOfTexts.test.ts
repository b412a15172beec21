/** Completion inside text literals: what stands in the same place elsewhere, and nothing where no place is shared. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { mark } from '../test/marks.js';
import { testMethod } from '../test/project.js';
import { completion } from './completion.js';

async function complete(source: string, more: Readonly<Record<string, string>> = {}, trigger?: string) {
  const { snapshot, cursor, text } = await testMethod(source, more);
  const { items } = completion(snapshot, cursor, { tokens: 'never', deprecatedTags: true, ...(trigger ? { trigger } : {}) });
  return {
    labels: items.map((i) => i.label),
    replaced: items.map(({ textEdit }) => {
      assert.ok(textEdit && 'range' in textEdit);
      const { start, end } = textEdit.range;
      return mark(text, [[snapshot.lines.offset(start), snapshot.lines.offset(end)]]);
    })[0],
  };
}

test('what a member is compared with, given, or made with, in this text and in others', async () => {
  const more = {
    Other: '$b:=New object("action"; "show")\n$c:={action: "hide"}\n$b.action:="close"',
    Third: 'OB SET($o; "action"; "open"; "x"; "y")',
  };
  const { labels, replaced } = await complete('If ($o.action="stop")\nEnd if\n$o.action:="s‸"', more);
  assert.deepEqual(labels, ['stop', 'show', 'close']);
  assert.equal(replaced, 'If ($o.action="stop")\nEnd if\n$o.action:="⟦s⟧"');
  assert.deepEqual((await complete('If ($o["action"]#"‸")', more)).labels.sort(), ['close', 'hide', 'open', 'show']);
});

test('a parameter takes what its method is called with, and a call what the method knows', async () => {
  const method = 'Case of\n\t: ($1="start")\n\t: ($1="stop")\nEnd case';
  assert.deepEqual((await complete('Control("st‸")', { Control: method })).labels, ['start', 'stop']);
  const declared = '#DECLARE($what : Text; $how : Text)\nIf ($how="slow")\nEnd if';
  assert.deepEqual((await complete('Control("x"; "‸")', { Control: declared })).labels, ['slow']);
  const within = await complete('Case of\n\t: ($1="‸")\nEnd case', { Caller: 'Main("begin")\nMain("end")\nOther("no")' });
  assert.deepEqual(within.labels, ['begin', 'end']);
});

test('a local belongs to its scope, a process variable to the project', async () => {
  const more = { Other: '$state:="far"\nvState:="near"' };
  assert.deepEqual((await complete('$state:="here"\nIf ($state="‸")', more)).labels, ['here']);
  assert.deepEqual((await complete('If (vState="‸")', more)).labels, ['near']);
});

test('the text under the cursor alone is no choice', async () => {
  assert.deepEqual((await complete('vState:="on‸ly"')).labels, []);
  assert.deepEqual((await complete('vState:="on‸ly"', { Other: 'vState:="only"' })).labels, ['only']);
});

test('names that commands take: form objects and forms, those in form files too', async () => {
  const form = JSON.stringify({ pages: [null, { objects: { bClose: { type: 'button' }, lbItems: { type: 'listbox' } } }] });
  const more = { 'Project/Sources/Forms/Editor/form.4DForm': form, Other: 'OBJECT SET VISIBLE(*; "bSave"; False)' };
  assert.deepEqual((await complete('OBJECT SET TITLE(*; "b‸"; "x")', more)).labels.sort(), ['bClose', 'bSave', 'lbItems']);
  assert.deepEqual((await complete('DIALOG("E‸")', more)).labels, ['Editor']);
  assert.deepEqual((await complete('DIALOG([Article]; "E‸")', more)).labels, ['Editor']);
});

test('messages and contents are no names', async () => {
  const more = { Other: 'ALERT("Stop it")\n$p:=Position("Stop"; $t)\n$c.push("Stop")' };
  for (const source of ['ALERT("St‸")', '$p:=Position("St‸"; $t)', '$d.push("St‸")', '$a:="St‸"+$b'])
    assert.deepEqual((await complete(source, more)).labels, [], source);
});

test('methods where a command takes one, also before a letter is typed, and beside a method’s name', async () => {
  for (const source of ['EXECUTE METHOD("‸")', 'If (Method called on error="‸")', 'ON ERR CALL("Cat‸")'])
    assert.ok((await complete(source, { Catch_all: '' })).labels.includes('Catch_all'), source);
});

test('tables of the data store, and attributes in queries', async () => {
  const catalog = '<base><table name="Article" uuid="A" id="2"><field name="Label" uuid="B" type="10" id="1"/></table></base>';
  const more = { 'Project/Sources/catalog.4DCatalog': catalog, Other: '$o.weight:=1' };
  assert.deepEqual((await complete('$t:=ds["A‸"]', more)).labels, ['Article']);
  assert.deepEqual((await complete('$s:=ds.Article.query("L‸")', more)).labels, ['Label']);
  assert.equal(
    (await complete('$s:=ds.Article.query("Label = :1 and La‸bel # :2")', more)).replaced,
    '$s:=ds.Article.query("Label = :1 and ⟦Label⟧ # :2")',
  );
  assert.deepEqual((await complete('$s:=ds.Article.query("Label = La‸")', more)).labels, []);
  assert.deepEqual((await complete('$d:=$c.orderBy("we‸ desc")', more)).labels, ['weight']);
});

test('a quotation mark as trigger asks for texts only', async () => {
  const more = { Other: 'vState:="near"' };
  assert.deepEqual((await complete('vState:="‸"', more, '"')).labels, ['near']);
  assert.deepEqual((await complete('vState:="near"‸', more, '"')).labels, []);
});

test('names of several words that the code calls and has no file of', async () => {
  const more = { Other: 'Picker SET DATE($a)' };
  assert.deepEqual((await complete('picker s‸', more)).labels.slice(0, 1), ['Picker SET DATE']);
  assert.ok(!(await complete('picker set date‸')).labels.includes('picker set date'));
});
