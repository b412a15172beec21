/** HTTP requests of the simulated 4D to itself: the process that asks waits, another one answers; nothing goes out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { published, simulate } from './simulate.js';

const methods = {
  hello: `${published}#DECLARE($name : Text)\nDELAY PROCESS(Current process; 60)\nWEB SEND TEXT("hello "+$name)`,
  echo: `${published}var $body : Text\nWEB GET HTTP BODY($body)\nARRAY TEXT($n; 0)\nARRAY TEXT($v; 0)\nWEB GET HTTP HEADER($n; $v)\nWEB SEND TEXT($v{1}+" "+$v{Find in array($n; "Content-Type")}+" "+$body; "text/plain")`,
  json: `${published}WEB SEND TEXT("{\\"a\\":[1,2]}"; "application/json")`,
  moved: `${published}WEB SEND HTTP REDIRECT("/4DACTION/json")`,
};
const declare = 'var $text : Text\nvar $object : Object\nvar $blob : Blob\n';
const at = 'http://127.0.0.1/4DACTION';

async function run(code: string, mode: 'legacy' | 'scalable' = 'legacy') {
  const { simulator, transcript } = await simulate(
    { methods: { ...methods, main: `#DECLARE()->$r : Variant\n${declare}${code}` } },
    { mode },
  );
  const result = await simulator.run('main');
  const lines = transcript.drain();
  await simulator.stop();
  return { value: 'value' in result ? result.value : result.error, lines, told: simulator.web.state.told };
}

test('a request to the own server is answered by another process while this one waits', async () => {
  const { value, lines } = await run(`$status:=HTTP Get("${at}/hello/you"; $text)\n$r:=String($status)+" "+$text`);
  assert.equal(value, '200 hello you');
  assert.ok(
    lines.some((line) => /opened S1: legacy/.test(line)),
    lines.join('\n'),
  );
});

test('objects go as JSON and come from it; headers go and come; a redirect is followed as the option says', async () => {
  const echo = `ARRAY TEXT($n; 1)\nARRAY TEXT($v; 1)\n$n{1}:="X-One"\n$v{1}:="1"\n$s:=HTTP Request(HTTP POST method; "${at}/echo"; New object("q"; 1); $text; $n; $v)\n$r:=$text+" "+$n{1}+" "+String(Find in array($n; "Set-Cookie")>0)`;
  assert.equal((await run(echo)).value, 'POST application/json {"q":1} X-STATUS True');
  assert.equal((await run(`$s:=HTTP Get("${at}/json"; $object)\n$r:=$object.a.length`)).value, 2);
  assert.equal((await run(`$s:=HTTP Get("localhost/4DACTION/moved"; $object)\n$r:=String($s)+String($object.a[1])`)).value, '2002');
  const still = `HTTP SET OPTION(HTTP follow redirect; 0)\n$s:=HTTP Get("${at}/moved"; $text)\n$r:=$s`;
  assert.equal((await run(still)).value, 302);
  assert.equal((await run(`$s:=HTTP Get("${at}/nothing"; $blob)\n$r:=String($s)`)).value, '404');
});

test('no answer in time and no server are errors of 4D; another address is none: it names the stand-in', async () => {
  const late = `HTTP SET OPTION(HTTP timeout; 1)\nTry\n\t$s:=HTTP Get("${at}/slow"; $text)\nCatch\n\t$r:=String(Last errors[0].errCode)+" "+String(OK)\nEnd try`;
  const slow = { slow: `${published}DELAY PROCESS(Current process; 600)\nWEB SEND TEXT("late")` };
  const { simulator } = await simulate({ methods: { ...slow, main: `#DECLARE()->$r : Variant\n${declare}${late}` } }, { mode: 'scalable' });
  const result = await simulator.run('main');
  await simulator.stop();
  assert.equal('value' in result ? result.value : result.error, '17 0');
  const stopped = `WEB STOP SERVER\nTry\n\t$s:=HTTP Get("${at}/json"; $text)\nCatch\n\t$r:=Last errors[0].errCode\nEnd try`;
  assert.equal((await run(stopped)).value, 30);
  const { value } = await run('$s:=HTTP Get("https://example.com/x"; $text)');
  assert.match(String(value), /no network in the simulator.*stand-in/);
});

test('a request that would wait for itself ends by its timeout: one session runs one request at a time', async () => {
  const own = `${published}${declare}ARRAY TEXT($n; 1)\nARRAY TEXT($v; 1)\n$n{1}:="Cookie"\n$v{1}:="4DSID_Test="+WEB Get current session ID\nTry\n\t$s:=HTTP Get("${at}/json"; $text; $n; $v)\nCatch\n\t$text:=String(Last errors[0].errCode)\nEnd try\nWEB SEND TEXT($text)`;
  const { simulator, get } = await simulate({ methods: { ...methods, own } }, { mode: 'legacy' });
  const response = await get('/4DACTION/own');
  await simulator.stop();
  assert.equal(new TextDecoder().decode(response.body), '17');
});

// ---- 4D.HTTPRequest

const note = 'This.log:=This.log+$2.type+":"+String($1.response.status)+" "';

test('4D.HTTPRequest: the process goes on, waits when it likes, and finds the response by its type', async () => {
  const hello = `$q:=4D.HTTPRequest.new("${at}/hello/you")\n$r:=String($q.terminated)+String($q.response=Null)\n$q.wait()\n$r:=$r+" "+String($q.response.status)+$q.response.statusText+" "+$q.response.body+" "+String($q.terminated)+" "+$q.method+$q.dataType`;
  assert.equal((await run(hello)).value, 'FalseTrue 200OK hello you True GETauto');
  const json = `$q:=4D.HTTPRequest.new("${at}/moved"; {headers: {Accept: "*/*"}}).wait()\n$r:=String($q.response.body.a[1])+$q.url`;
  assert.equal((await run(json)).value, `2${at}/moved`);
  const still = `$r:=4D.HTTPRequest.new("${at}/moved"; {automaticRedirections: False; dataType: "blob"}).wait().response.status`;
  assert.equal((await run(still)).value, 302);
  const echo = `$q:=4D.HTTPRequest.new("${at}/echo"; {method: "post"; body: {q: 1}; dataType: "text"})\n$q.wait()\n$r:=$q.response.body`;
  assert.equal((await run(echo)).value, 'POST application/json {"q":1}');
  const object = `$q:=4D.HTTPRequest.new("${at}/hello/x"; {dataType: "object"}).wait()\n$r:=String($q.errors.length)+String($q.response.body=Null)`;
  assert.equal((await run(object)).value, '1True');
});

test('4D.HTTPRequest: callbacks run while it is waited for, with request and event, the options as This', async () => {
  const options = `$o:={log: ""}\nFor each ($n; ["onHeaders"; "onData"; "onResponse"; "onError"; "onTerminate"])\n\t$o[$n]:=Formula(${note.replaceAll('"', '"')})\nEnd for each\n`;
  const code = `${options}$q:=4D.HTTPRequest.new("${at}/json"; $o)\nDELAY PROCESS(Current process; 60)\n$r:=$o.log\n$q.wait()\n$r:=$r+$o.log`;
  const { value, told } = await run(code);
  assert.equal(value, 'headers:200 data:200 response:200 terminate:200 ');
  assert.ok(told.has('http-request'));
  const late = `$o:={log: ""; timeout: 0.5; onError: Formula(This.log:=String($1.errors[0].errCode)); onTerminate: Formula(This.log:=This.log+$2.type)}\n$q:=4D.HTTPRequest.new("${at}/hello/x"; $o).wait()\n$r:=$o.log+String($q.response=Null)`;
  assert.equal((await run(late)).value, '17terminateTrue');
  const gone = `$o:={log: ""; onTerminate: Formula(This.log:=$2.type); onResponse: Formula(This.log:="no")}\n$q:=4D.HTTPRequest.new("${at}/hello/x"; $o)\n$q.terminate()\n$q.wait()\n$r:=$o.log+String($q.terminated)`;
  assert.equal((await run(gone)).value, 'terminateTrue');
  const short = `$q:=4D.HTTPRequest.new("${at}/hello/x").wait(0.1)\n$r:=String($q.response=Null)\n$q.wait()\n$r:=$r+$q.response.body`;
  assert.equal((await run(short)).value, 'Truehello x');
  const stopped = `WEB STOP SERVER\n$r:=4D.HTTPRequest.new("${at}/json").wait().errors[0].errCode`;
  assert.equal((await run(stopped)).value, 30);
  assert.match(String((await run('$q:=4D.HTTPRequest.new("https://example.com/x")')).value), /4D\.HTTPRequest\.new.*no network.*stand-in/);
});

test('4D.HTTPRequest: a worker without work runs the callbacks by itself, those of a class too', async () => {
  const classes = {
    Asked:
      'Class constructor\n\tThis.method:="GET"\n\nFunction onResponse($request : 4D.HTTPRequest; $event : Object)\n\tUse (Storage)\n\t\tStorage.got:=$request.response.body+" "+Current process name\n\tEnd use',
  };
  const work = `var vRequest : Object\nvRequest:=4D.HTTPRequest.new("${at}/hello/you"; cs.Asked.new())`;
  const main = '#DECLARE()->$r : Text\nCALL WORKER("asker"; "work")\nDELAY PROCESS(Current process; 300)\n$r:=Storage.got';
  const { simulator } = await simulate({ methods: { ...methods, work, main }, classes }, { mode: 'scalable' });
  const result = await simulator.run('main');
  await simulator.stop();
  assert.equal('value' in result ? result.value : result.error, 'hello you asker');
});

test('4D.HTTPRequest: a run that is put back finds its request again', async () => {
  const code = `#DECLARE()->$r : Text\n$q:=4D.HTTPRequest.new("${at}/hello/you")\n$r:=$q.wait().response.body`;
  const { simulator } = await simulate({ methods: { ...methods, main: code } }, { mode: 'scalable' });
  const first = simulator.run('main');
  const kept = simulator.snapshot();
  assert.deepEqual(await first, { value: 'hello you' });
  simulator.restore(kept);
  await simulator.advance(5_000);
  assert.ok(![...simulator.machine.state.processes.values()].some(({ kind }) => kind === 'user'), 'it comes to its end again');
  await simulator.stop();
});
