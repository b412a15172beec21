import assert from 'node:assert/strict';
import { test } from 'node:test';
import { header, published, request, simulate, text } from './simulate.js';

const shared = '//%attributes = {"shared":true}\n';

/** A host and two components: `Mail`, which gives its classes as `cs.Post`, and `Tools`. */
const components = {
  'Components/Mail.4dbase/Project/Mail.4DProject': '{}',
  'Components/Mail.4dbase/Project/Sources/settings.4DSettings':
    '<?xml version="1.0"?><preferences><com.4d><general component_classStore_name="Post"/><web><standalone_server><configuration session_mode="3"/></standalone_server></web></com.4d></preferences>',
  'Components/Mail.4dbase/Project/Sources/Methods/mail_count.4dm': `${shared}C_LONGINT($0)
C_LONGINT(vCount; <>total)
vCount:=vCount+1
<>total:=<>total+1
step
$0:=vCount`,
  'Components/Mail.4dbase/Project/Sources/Methods/step.4dm': 'vCount:=vCount+10',
  'Components/Mail.4dbase/Project/Sources/Methods/mail_late.4dm': `${shared}#DECLARE($text : Text) : Text
var $formula : 4D.Function
$formula:=Formula(hidden($text))
var vShown : Text
EXECUTE FORMULA("vShown:=hidden(\\"now \\")")
EXECUTE METHOD("hidden"; vLast; "by name ")
return vShown+vLast+$formula.call()`,
  'Components/Mail.4dbase/Project/Sources/Methods/hidden.4dm': `${published}#DECLARE($text : Text) : Text\nreturn $text+"done"`,
  'Components/Mail.4dbase/Project/Sources/Methods/mail_pointer.4dm': `${shared}C_POINTER($1)\n$1->:=$1->+"!"`,
  'Components/Mail.4dbase/Project/Sources/Methods/mail_table.4dm': `${shared}ALL RECORDS([Shop])`,
  'Components/Mail.4dbase/Project/Sources/Methods/mail_fails.4dm': `${shared}ON ERR CALL("caught")\nvSeen:=""\nvoid:=noSuchMethod(1)\nON ERR CALL("")\nC_TEXT($0)\n$0:=vSeen`,
  'Components/Mail.4dbase/Project/Sources/Methods/caught.4dm': 'vSeen:="caught by the component"',
  'Components/Mail.4dbase/Project/Sources/Classes/Sender.4dm': `Class extends Base
Class constructor($name : Text)
	Super()
	This.name:=$name
Function greet() : Text
	return hidden(This.kind+" "+This.name+" ")`,
  'Components/Mail.4dbase/Project/Sources/Classes/Base.4dm': 'Class constructor()\n\tThis.kind:="component"',
  'Components/Mail.4dbase/Project/Sources/Methods/mail_server.4dm': `${shared}C_TEXT($0)\n$0:=WEB Server(Web server host database).name+" "+WEB Server.name`,
  'Components/Mail.4dbase/Project/Sources/Methods/mail_begin.4dm': `${shared}#DECLARE() : Text
var $result : Object
$result:=WEB Server.start()
return String($result.success)+" "+String(WEB Server list.length)`,
  'Components/Mail.4dbase/Project/Sources/Methods/COMPILER_WEB.4dm': 'C_LONGINT(vVisits)',
  'Components/Mail.4dbase/Project/Sources/Methods/visit.4dm': `${published}vVisits:=vVisits+1
WEB SEND TEXT(String(vVisits)+" "+WEB Server(Web server receiving request).name)`,
  'Components/Mail.4dbase/Project/Sources/Methods/leave.4dm': `${published}WEB LEGACY CLOSE SESSION(WEB Get current session ID)\nWEB SEND TEXT("left")`,
  'Components/Mail.4dbase/Project/Sources/DatabaseMethods/onWebConnection.4dm': 'C_TEXT($1)\nWEB SEND TEXT("connection "+$1)',
  'Components/Mail.4dbase/Project/Sources/DatabaseMethods/onWebSessionSuspend.4dm': '<>closed:=<>closed+1',
  'Components/Mail.4dbase/Project/Sources/Methods/mail_closed.4dm': `${shared}C_LONGINT($0)\n$0:=<>closed`,
  'Components/Mail.4dbase/WebFolder/a.html': 'the component’s page',
  'Components/Mail.4dbase/WebFolder/t.shtml': '<!--#4DTEXT hidden("tag ")-->',
  'WebFolder/a.html': 'the host’s page',
  'Components/Tools.4dbase/Project/Tools.4DProject': '{}',
  'Components/Tools.4dbase/Project/Sources/Methods/tool_twice.4dm': `${shared}#DECLARE() : Integer\nvar $n : Integer\n$n:=mail_count\nreturn mail_count`,
  'Components/Closed.4DZ': '',
  'Project/Sources/dependencies.json': '{"dependencies": {"Mail": {}, "Elsewhere": {"github": "a/b"}}}',
};
const methods = {
  server: `${published}WEB SEND TEXT(mail_server)`,
  begin: `${published}WEB SEND TEXT(mail_begin)`,
  who: `${published}WEB SEND TEXT("host")`,
  count: `${published}vCount:=5\n<>total:=7\nvResult:=mail_count\nWEB SEND TEXT(String(vResult)+" "+String(vCount)+" "+String(<>total))`,
  twice: `${published}WEB SEND TEXT(String(tool_twice))`,
  late: `${published}WEB SEND TEXT(mail_late("later "))`,
  pointer: `${published}vText:="a"\nmail_pointer(->vText)\nWEB SEND TEXT(vText)`,
  table: `${published}mail_table\nWEB SEND TEXT("no error")`,
  fails: `${published}WEB SEND TEXT(mail_fails)`,
  unshared: `${published}hidden("x")\nWEB SEND TEXT("no error")`,
  aClass: `${published}var $s : cs.Post.Sender\n$s:=cs.Post.Sender.new("Ana")\nWEB SEND TEXT($s.greet()+" "+OB Class($s).name+" "+cs.Base.new().kind)`,
  list: `${published}ARRAY TEXT($names; 0)\nCOMPONENT LIST($names)\nWEB SEND TEXT(String(Size of array($names))+$names{1}+$names{2})`,
  caught: '',
  asks: `${published}C_TEXT($text)\n$status:=HTTP Get("http://127.0.0.1:8123/4DACTION/visit"; $text)\nWEB SEND TEXT($text)`,
  errors: `${published}vTold:=""\nON ERR CALL("told")\nTry\n\tmail_table\nCatch\n\tvTold:=vTold+"Try "\nEnd try\nON ERR CALL("told"; ek errors from components)\nmail_table\nmail_fails\nWEB SEND TEXT(vTold+Method called on error+" "+Method called on error(ek errors from components)+Method called on error(ek global))`,
  told: 'vTold:=vTold+"told "',
  closed: 'C_LONGINT($0)\n$0:=mail_closed',
};
const classes = { Base: 'Class constructor()\n\tThis.kind:="host"' };

const answers: Readonly<Record<string, string>> = {
  // its own process and interprocess variables, its own methods, also those that are not shared
  count: '11 5 7',
  twice: '22',
  late: 'now doneby name donelater done',
  pointer: 'a!',
  fails: 'caught by the component',
  aClass: 'component Ana done Sender host',
  list: '2MailTools',
  server: 'Test Mail',
  // the host's method for its own errors does not see those of a component; the one for components does, where they have none
  errors: 'Try told told told',
};

for (const [method, expected] of Object.entries(answers)) {
  test(`a component: ${method}`, async () => {
    const { get, transcript } = await simulate({ methods, classes, files: components });
    assert.equal(text(await get(`/4DACTION/${method}`)), expected, transcript.drain().join('\n'));
  });
}

test('what a component does not share, and tables of its host, are not there for the other', async () => {
  const { get } = await simulate({ methods, classes, files: components });
  assert.match(text(await get('/4DACTION/unshared')), /hidden is neither a command nor a method/);
  assert.match(text(await get('/4DACTION/table')), /Shop/);
});

test('a component’s web server starts when its code starts it, with its own settings, folder and sessions', async () => {
  const { get, simulator, transcript } = await simulate({ methods, classes, files: components }, { mode: 'scalable' });
  const ask = (target: string, cookie = '') =>
    get(target, { server: 'Mail', headers: [['Host', '127.0.0.1'], ...(cookie ? [['Cookie', cookie] as const] : [])] });
  assert.equal((await ask('/4DACTION/visit')).status, 503, 'it does not start by itself');
  assert.equal(text(await get('/4DACTION/begin')), 'True 2', transcript.drain().join('\n'));

  const first = await ask('/4DACTION/visit');
  assert.equal(text(first), '1 Mail');
  const cookie = header(first, 'Set-Cookie')!;
  assert.match(cookie, /^4DSID_Mail=[0-9A-F]{32}; Path=\/; Max-Age=28800; HttpOnly; Version=1/);
  assert.equal(text(await ask('/4DACTION/visit', cookie.split(';')[0])), '2 Mail');
  assert.equal(text(await ask('/4DACTION/visit')), '1 Mail');
  assert.deepEqual(
    simulator.sessions().map(({ mode }) => mode),
    ['scalable', 'legacy', 'legacy'],
  );

  simulator.servers.named('Mail')!.state.port = 8123;
  assert.equal(text(await get('/4DACTION/asks')), '1 Mail', 'the host asks the component’s server');

  assert.equal(text(await ask('/a.html')), 'the component’s page');
  assert.equal(text(await get('/a.html')), 'the host’s page');
  assert.equal(text(await ask('/t.shtml')), 'tag done');
  assert.equal(text(await ask('/x')), 'connection /x');
  assert.equal((await ask('/4DACTION/who')).status, 404, 'methods of the host are not there');
  assert.equal((await get('/4DACTION/visit')).status, 404);

  assert.equal(text(await ask('/4DACTION/leave', cookie.split(';')[0])), 'left');
  const idle = simulator.sessions().filter(({ mode }) => mode === 'legacy').length;
  await simulator.advance(481 * 60_000);
  assert.equal(simulator.sessions().length, 0, 'idle sessions end, also those of the component');
  const closed = await simulator.run('closed');
  // The one that left, and those that were idle.
  assert.deepEqual(closed, { value: 1 + idle }, transcript.drain().join('\n'));
});

test('a snapshot holds the servers of components', async () => {
  const { get, simulator } = await simulate({ methods, classes, files: components });
  await get('/4DACTION/begin');
  const before = simulator.snapshot();
  const visit = () => get('/4DACTION/visit', { server: 'Mail' });
  const cookie = header(await visit(), 'Set-Cookie');
  simulator.restore(before);
  assert.equal(header(await visit(), 'Set-Cookie'), cookie);
});

test('components without sources are named at the start', async () => {
  const said: string[] = [];
  await simulate({ methods, files: components }, { trace: (event) => event.kind === 'problem' && said.push(event.message.en) });
  assert.deepEqual(said, [
    'Components without sources in the folder Components are not read: Closed, Elsewhere. A stand-in can take the place of their methods.',
  ]);
});

test('a stand-in wins over a method of a component', async () => {
  const { get } = await simulate({ methods, files: components }, { standIns: { mail_count: { value: 3 } } });
  assert.match(text(await get('/4DACTION/count')), /^3 /);
});

test('a breakpoint in the code of a component stops there, and what is evaluated there is the component’s', async () => {
  const { simulator } = await simulate({ methods, classes, files: components });
  const { machine } = simulator;
  const file = 'Components/Mail.4dbase/Project/Sources/Methods/step.4dm';
  machine.setBreakpoints(file, machine.locations(file));
  machine.debug = { onStatement: () => 'stop' };
  const answer = simulator.handle(request('/4DACTION/count'));
  await simulator.settled();
  const stopped = [...machine.state.processes.values()].find(({ status }) => status === 'stopped')!;
  const [top, below] = machine.frames(stopped);
  assert.deepEqual([top.name, top.place?.file, top.place?.line], ['step', file, 1]);
  assert.deepEqual(machine.evaluate(stopped, top.id, 'vCount'), { ok: true, value: 1 });
  assert.deepEqual(machine.evaluate(stopped, top.id, 'hidden("x")'), { ok: true, value: 'xdone' });
  assert.equal(below.name, 'mail_count');
  machine.debug = undefined;
  machine.resume(stopped);
  simulator.resume();
  assert.equal(text(await answer), '11 5 7');
});
