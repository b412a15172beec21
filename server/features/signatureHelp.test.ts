import assert from 'node:assert/strict';
import test from 'node:test';
import { testMethod } from '../test/project.js';
import { signatureHelp } from './signatureHelp.js';

async function help(source: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const { snapshot, cursor, context } = await testMethod(source, more);
  const found = await signatureHelp(snapshot, cursor, context());
  if (!found) return 'none';
  const signature = found.signatures[found.activeSignature ?? 0];
  const label = signature.parameters?.[found.activeParameter ?? 0]?.label;
  return `${signature.label} | ${Array.isArray(label) ? signature.label.slice(...label) : '-'}`;
}

test('names with blanks, with and without their token, closed or not', async () => {
  const expected = 'WEB LEGACY CLOSE SESSION ( sessionID : Text ) | sessionID : Text';
  for (const source of [
    'WEB LEGACY CLOSE SESSION(‸)',
    'WEB LEGACY CLOSE SESSION:C1208(‸',
    'web close session("a‸"',
    'If (True)\n\tWEB LEGACY CLOSE SESSION(‸\nEnd if',
  ])
    assert.equal(await help(source), expected, source);
});

test('the parameter by its semicolons, those of inner calls left out', async () => {
  assert.match(await help('WEB SET OPTION(Web legacy session;‸)'), /\| value : /);
  assert.match(await help('WEB SET OPTION(Choose(True;1;2);‸1)'), /\| value : /);
  assert.match(await help('WEB SET OPTION(Choose(True;‸1;2);1)'), /^Choose/);
});

test('of several forms the one that has the parameter', async () => {
  const { snapshot, cursor, context } = await testMethod('ALERT("a"; ‸)');
  const found = await signatureHelp(snapshot, cursor, context());
  assert.equal(found?.activeParameter, 1);
});

test('methods and class functions of the project', async () => {
  const more = {
    Log_out: '// Ends it.\n#DECLARE($id : Text; $why : Integer)\n',
    Old_style: 'C_TEXT($1)\nC_BOOLEAN($0)\n$0:=($1="")',
    'Project/Sources/Classes/Basket.4dm': 'Function add($id : Text; $n : Integer)\n',
  };
  assert.equal(await help('Log_out("a";‸)', more), 'Log_out ( $id : Text ; $why : Integer ) | $why : Integer');
  assert.equal(await help('$a:=Old_style(‸)', more), 'Old_style ( $1 : Text ) : Boolean | $1 : Text');
  assert.equal(await help('cs.Basket.new().add("a";‸)', more), 'add ( $id : Text ; $n : Integer ) | $n : Integer');
  assert.match(await help('Session.setPrivileges(‸)'), /setPrivileges/);
});

test('outside parentheses, in comments and behind unknown names: none', async () => {
  for (const source of ['WEB LEGACY CLOSE SESSION("a")‸', '// WEB LEGACY CLOSE SESSION(‸', 'Not_known(‸)', '(‸)'])
    assert.equal(await help(source), 'none', source);
});
