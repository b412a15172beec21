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
  return { value: 'value' in result ? result.value : result.error, lines };
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
