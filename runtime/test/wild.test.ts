/** What real projects do, found by serving them: told in code of our own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { published, simulate, text } from './simulate.js';

test('a method that cannot begin is named with its file', async () => {
  const { simulator, get } = await simulate({
    methods: {
      Named: `${published}#DECLARE($o : Object)\nWEB SEND TEXT("never")`,
      ByNumber: `${published}C_OBJECT($1)\nWEB SEND TEXT("sent")`,
    },
  });
  const result = await simulator.run('Named', ['text']);
  assert.deepEqual('error' in result && result.place, { file: 'Project/Sources/Methods/Named.4dm', line: 1, column: 1 });
  assert.equal((await get('/4DACTION/Named')).status, 500);
  assert.equal(text(await get('/4DACTION/ByNumber')), 'sent');
});

test('a web server is an object: its properties by name, all in turn', async () => {
  const { simulator } = await simulate({
    methods: {
      Names: `$o:=WEB Server
$c:=New collection
For each ($name; $o)
	If (Value type($o[$name])#Is undefined)
		$c.push($name)
	End if
End for each
$o["HTTPPort"]:=8099
$0:=$c.join(" ")+" "+String($o.HTTPPort)`,
      Again: `$settings:=New object
For each ($name; WEB Server)
	$settings[$name]:=WEB Server[$name]
End for each
OB REMOVE($settings; "isRunning")
WEB Server.stop()
$0:=WEB Server.start($settings).success
WEB Server.stop()
$0:=$0 & Not(WEB Server.start(New object("name"; "other")).success)`,
    },
  });
  const result = await simulator.run('Names');
  assert.ok('value' in result, JSON.stringify(result));
  assert.deepEqual(await simulator.run('Again'), { value: true });
  assert.match(String(result.value), /HTTPPort.*isRunning.*keepSession.*name.*rootFolder.*scalableSession.* 8099$/);
});

test('a member that 4D does not have is told apart from one that is not modelled', async () => {
  const { simulator } = await simulate({
    methods: { Wrong: '$m:=4D.OutgoingMessage.new()\n$m.statusCode:=404' },
  });
  const wrong = await simulator.run('Wrong');
  assert.match('error' in wrong ? wrong.error : '', /^4D\.OutgoingMessage has no member named statusCode/);
});

test('a dialog ends the code of a web request, refuses in On Web Authentication, and shows nothing elsewhere', async () => {
  const { simulator, get } = await simulate({
    methods: {
      Shows: `${published}WEB SEND TEXT("before")\nALERT("look")\nWEB SEND TEXT("after")`,
      Plain: 'CONFIRM("sure?")\n$0:="went on"',
    },
    database: {
      onWebAuthentication: '#DECLARE($url : Text)->$ok : Boolean\nIf ($url="/asks")\n\tALERT("who?")\nEnd if\n$ok:=True',
      onWebConnection: 'WEB SEND TEXT("in")',
    },
  });
  assert.equal(text(await get('/4DACTION/Shows')), 'before');
  assert.equal((await get('/asks')).status, 401);
  assert.deepEqual(await simulator.run('Plain'), { value: 'went on' });
});
