/** HTTP request handlers, passwords, one-time tokens, pages from elsewhere: with real code behind them. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { TraceEvent } from '../trace.js';
import { isDetail, traceText } from '../traceText.js';
import { header, published, simulate, text } from './simulate.js';

const handlers = {
  files: {
    'Project/Sources/HTTPHandlers.json': JSON.stringify([
      { class: 'Shop', method: 'start', pattern: 'start', verbs: 'get, post' },
      { class: 'Shop', method: 'plain', pattern: 'plain' },
    ]),
  },
  classes: {
    Shop: `shared singleton Class constructor

Function start($request : 4D.IncomingMessage)->$answer : 4D.OutgoingMessage
	$answer:=4D.OutgoingMessage.new()
	$answer.setStatus(201)
	$answer.setHeader("X-Own"; $request.getHeader("x-asked"))
	$answer.setBody($request.verb+" "+$request.url+" "+$request.urlPath.join("-")+" "+$request.urlQuery.a+" "+$request.getText())

Function plain($request : 4D.IncomingMessage)->$answer : Object
	$answer:=New object("guest"; Session.isGuest())
`,
  },
  methods: { COMPILER_WEB: 'C_LONGINT(vCount)' },
  database: {
    onWebAuthentication: '#DECLARE($url : Text)->$ok : Boolean\n$ok:=False',
    onWebConnection: '#DECLARE($url : Text)\nWEB SEND TEXT("page")',
  },
};

test('a handler answers instead of everything else, and asks nobody', async () => {
  const { get, simulator, transcript } = await simulate(handlers, { mode: 'scalable' });
  const answer = await get('/start/x?a=1', {
    method: 'POST',
    headers: [
      ['X-Asked', 'yes'],
      ['Content-Type', 'text/plain'],
    ],
    body: new TextEncoder().encode('hi'),
  });
  assert.deepEqual([answer.status, header(answer, 'X-Own'), text(answer)], [201, 'yes', 'POST /start/x?a=1 start-x 1 hi']);
  assert.deepEqual(transcript.drain().slice(2, 4), ['runs COMPILER_WEB in 1: every-request', 'runs Shop.start in 1: handler']);
  assert.equal((await get('/start', { method: 'PUT' })).status, 405);
  const plain = await get('/plain');
  assert.deepEqual([plain.status, header(plain, 'Content-Type'), text(plain)], [200, 'application/json; charset=UTF-8', '{"guest":true}']);
  await simulator.stop();
});

test('with legacy sessions 4D calls no handler', async () => {
  const { get, simulator } = await simulate(handlers, { mode: 'legacy', choices: { refusedStatus: 403 } });
  assert.equal((await get('/start/x')).status, 403);
  await simulator.stop();
});

const settings = (kind: number): Record<string, string> => ({
  'Project/Sources/settings.4DSettings': `<?xml version="1.0"?><preferences><com.4d><web><standalone_server><options><web_passwords kind="${kind}"/></options></standalone_server></web></com.4d></preferences>`,
});
const hello = `${published}WEB SEND TEXT("hello")`;

test('BASIC: the browser is asked, On Web Authentication gets name and password', async () => {
  const onWebAuthentication =
    '#DECLARE($url : Text; $content : Text; $ip : Text; $server : Text; $user : Text; $pw : Text)->$ok : Boolean\n$ok:=($user="ana") & ($pw="4711")';
  const { get, simulator } = await simulate(
    { files: settings(1), methods: { hello }, database: { onWebAuthentication } },
    { mode: 'none' },
  );
  const visit = (credentials?: string) =>
    get('/4DACTION/hello', {
      headers: credentials === undefined ? [] : [['Authorization', `Basic ${Buffer.from(credentials).toString('base64')}`]],
    });
  const asked = await visit();
  assert.deepEqual([asked.status, header(asked, 'WWW-Authenticate')], [401, 'Basic realm="Test", charset="UTF-8"']);
  assert.equal((await visit('ana:0815')).status, 401);
  assert.equal(text(await visit('ana:4711')), 'hello');
  await simulator.stop();
});

test('BASIC without On Web Authentication refuses everybody', async () => {
  const { get, simulator } = await simulate({ files: settings(1), methods: { hello } }, { mode: 'legacy' });
  assert.equal((await get('/4DACTION/hello', { headers: [['Authorization', 'Basic YTpi']] })).status, 401);
  await simulator.stop();
});

test('DIGEST: WEB Validate digest decides', async () => {
  const onWebAuthentication =
    '#DECLARE($url : Text; $content : Text; $ip : Text; $server : Text; $user : Text; $pw : Text)->$ok : Boolean\n$ok:=($pw="") & (WEB Validate digest($user;"4711"))';
  const { get, simulator } = await simulate(
    { files: settings(2), methods: { hello }, database: { onWebAuthentication } },
    { mode: 'scalable' },
  );
  const challenge = header(await get('/4DACTION/hello'), 'WWW-Authenticate') ?? '';
  const nonce = /^Digest realm="Test", qop="auth", algorithm=MD5, nonce="([0-9A-F]{32})"$/.exec(challenge)?.[1];
  assert.ok(nonce, challenge);
  const hash = (value: string) => createHash('md5').update(value).digest('hex');
  const visit = (password: string) => {
    const response = hash(`${hash(`ana:Test:${password}`)}:${nonce}:00000001:c:auth:${hash('GET:/4DACTION/hello')}`);
    const fields = `username="ana", realm="Test", nonce="${nonce}", uri="/4DACTION/hello", qop=auth, nc=00000001, cnonce="c", response="${response}"`;
    return get('/4DACTION/hello', { headers: [['Authorization', `Digest ${fields}`]] });
  };
  assert.equal((await visit('0815')).status, 401);
  assert.equal(text(await visit('4711')), 'hello');
  await simulator.stop();
});

test('a one-time token opens its session once, in the address or by Session.restore', async () => {
  const methods = {
    token: `${published}#DECLARE($s : Text)\nUse (Session.storage)\n\tSession.storage.own:="mine"\nEnd use \nWEB SEND TEXT(Session.createOTP(Num($s)))`,
    own: `${published}WEB SEND TEXT(String(Session.storage.own))`,
    restore: `${published}#DECLARE($token : Text)\nvar $ok : Boolean\n$ok:=Session.restore($token)\nWEB SEND TEXT(String($ok)+" "+String(Session.storage.own))`,
  };
  const { get, simulator } = await simulate({ methods }, { mode: 'scalable' });
  const first = text(await get('/4DACTION/token/0'));
  assert.equal(text(await get(`/4DACTION/own?$4DSID=${first}`)), 'mine');
  assert.notEqual(text(await get(`/4DACTION/own?$4DSID=${first}`)), 'mine');
  const second = text(await get('/4DACTION/token/10'));
  assert.equal(text(await get(`/4DACTION/restore/${second}`)), 'True mine');
  assert.match(text(await get(`/4DACTION/restore/${second}`)), /^False /);
  const late = text(await get('/4DACTION/token/10'));
  await simulator.advance(10_000);
  assert.match(text(await get(`/4DACTION/restore/${late}`)), /^False /);
  await simulator.stop();
});

test('pages from elsewhere, ranges and compression go together with sessions', async () => {
  const methods = {
    hello: `${published}WEB SEND TEXT("hello "*500)`,
    COMPILER_WEB: 'C_LONGINT(vCount)',
  };
  const onStartup =
    'WEB SET OPTION(Web CORS enabled;1)\nWEB SET OPTION(Web CORS settings;New collection(New object("host";"*.shop.example";"methods";"get")))';
  const { get, simulator } = await simulate(
    { methods, database: { onStartup }, files: { 'WebFolder/a.txt': '0123456789' } },
    { mode: 'legacy' },
  );
  const from = (origin: string, method = 'GET') =>
    get('/4DACTION/hello', {
      method,
      headers: [
        ['Host', '127.0.0.1'],
        ['Origin', origin],
        ['Accept-Encoding', 'gzip'],
      ],
    });
  const allowed = await from('https://my.shop.example');
  assert.deepEqual(
    [allowed.status, header(allowed, 'Access-Control-Allow-Origin'), header(allowed, 'Content-Encoding')],
    [200, 'https://my.shop.example', 'gzip'],
  );
  assert.equal(header(allowed, 'Content-Length'), String(allowed.body.length));
  assert.equal((await from('https://evil.example')).status, 403);
  assert.equal((await from('https://my.shop.example', 'POST')).status, 403);
  assert.equal(simulator.sessions().length, 1, 'what is refused opens no session');
  const part = await get('/a.txt', { headers: [['Range', 'bytes=2-4']] });
  assert.deepEqual([part.status, text(part), header(part, 'Content-Range')], [206, '234', 'bytes 2-4/10']);
  await simulator.stop();
});

test('On Web Authentication that gives no result accepts; one that may give one refuses without it', async () => {
  const connection = 'WEB SEND TEXT("in")';
  const silent = '#DECLARE($url : Text)->$accepted : Boolean\n$url:=""';
  const deciding = `${silent}\nIf (False)\n\t$accepted:=True\nEnd if`;
  for (const [code, status] of [
    [silent, 200],
    [deciding, 401],
    [`${deciding}\nreturn True`, 200],
  ] as const) {
    const { get, simulator } = await simulate({ database: { onWebAuthentication: code, onWebConnection: connection } });
    assert.equal((await get('/x')).status, status, code);
    await simulator.stop();
  }
});

test('BASIC credentials that a client sends by itself are handed on', async () => {
  const { get, simulator } = await simulate({
    database: { onWebConnection: '#DECLARE($u;$h;$c;$s;$user;$password : Text)\nWEB SEND TEXT($user+"/"+$password)' },
  });
  const basic = Buffer.from('ana:secret').toString('base64');
  assert.equal(text(await get('/x', { headers: [['Authorization', `Basic ${basic}`]] })), 'ana/secret');
  assert.equal(text(await get('/x')), '/');
  await simulator.stop();
});

test('a handler sends the bytes of a 4D.Blob, and no type for nothing', async () => {
  const { get, simulator } = await simulate(
    {
      classes: {
        Shop: 'shared singleton Class constructor\nFunction blob : 4D.OutgoingMessage\n\tvar $m : 4D.OutgoingMessage\n\t$m:=4D.OutgoingMessage.new()\n\tvar $b : Blob\n\tTEXT TO BLOB("<p>";$b;UTF8 text without length)\n\t$m.setBody(4D.Blob.new($b))\n\t$m.setHeader("Content-Type";"text/html")\n\treturn $m\nFunction nothing : 4D.OutgoingMessage\n\tvar $m : 4D.OutgoingMessage\n\t$m:=4D.OutgoingMessage.new()\n\t$m.setStatus(204)\n\treturn $m',
      },
      files: {
        'Project/Sources/HTTPHandlers.json': JSON.stringify([
          { class: 'Shop', method: 'blob', pattern: 'blob' },
          { class: 'Shop', method: 'nothing', pattern: 'nothing' },
        ]),
      },
    },
    { mode: 'scalable' },
  );
  const answer = await get('/blob');
  assert.deepEqual([text(answer), header(answer, 'Content-Type')], ['<p>', 'text/html']);
  assert.equal(header(await get('/nothing'), 'Content-Type'), undefined);
  await simulator.stop();
});

test('stand-ins take the place of what plug-ins and components give', async () => {
  const problems: string[] = [];
  const { simulator } = await simulate(
    {
      methods: {
        hash: '#DECLARE($t : Text)->$h : Text\n$h:=NTK HMAC Text($t;"SHA512")+String(xlRegister("x"))',
        twice: '#DECLARE($a : Text)->$b : Text\n$b:=$a+$a',
      },
    },
    {
      standIns: { 'NTK HMAC Text': { method: 'twice' }, XLREGISTER: { value: 1 }, 'No Such Thing': { value: 1 } },
      trace: (event) => void (event.kind === 'problem' && problems.push(event.message.en)),
    },
  );
  assert.deepEqual(await simulator.run('hash', ['ab']), { value: 'abab1' });
  assert.match(problems.join(), /^Stand-in “No Such Thing”/);
  await simulator.stop();
});

test('On Server Startup and On Startup run before the first request, On Exit and On Server Shutdown after the last', async () => {
  const told: string[] = [];
  const say = (name: string) => `ALERT("${name}")`;
  const { simulator } = await simulate(
    {
      database: { onServerStartup: say('server'), onStartup: say('own'), onExit: say('own ends'), onServerShutdown: say('server ends') },
    },
    { trace: (event) => void (event.kind === 'output' && told.push(/: (.*) \(/.exec(event.text)?.[1] ?? '')) },
  );
  await simulator.stop();
  assert.deepEqual(told, ['server', 'own', 'own ends', 'server ends']);
});

test('4D Mobile: a close by one of its own processes ends them all, a busy one after its request; the mark of a process is no id', async () => {
  const { get, simulator, transcript } = await simulate(
    {
      methods: {
        hello: `${published}vCount:=vCount+1\nWEB SEND TEXT(WEB Get current session ID+" "+String(vCount))`,
        slow: `${published}DELAY PROCESS(Current process;60)\nWEB SEND TEXT("slow")`,
        bye: `${published}WEB LEGACY CLOSE SESSION(WEB Get current session ID)\nWEB SEND TEXT("bye")`,
      },
      database: { onWebSessionSuspend: 'vCount:=0' },
    },
    { mode: 'legacy' },
  );
  const [id] = text(await get('/4DACTION/hello', { mobile: true })).split(' ');
  const headers: [string, string][] = [['Cookie', `4DSID_Test=${id}`]];
  const slow = get('/4DACTION/slow', { headers, mobile: true });
  assert.equal(text(await get('/4DACTION/hello', { headers, mobile: true })), `${id} 1`);
  transcript.drain();
  assert.equal(text(await get('/4DACTION/bye', { headers, mobile: true })), 'bye');
  assert.equal(text(await slow), 'slow');
  const lines = transcript.drain();
  assert.equal(lines.filter((line) => line.startsWith('runs On Web Legacy Close Session')).length, 2);
  assert.deepEqual(simulator.sessions(), []);
  assert.deepEqual(simulator.processes(), []);
  const [other] = text(await get('/4DACTION/hello', { headers: [['Cookie', `4DSID_Test=${id}#2`]] })).split(' ');
  assert.notEqual(other, id);
  await simulator.stop();
});

test('WEB SEND FILE and WEB SET ROOT FOLDER take full paths, and never leave the web folder', async () => {
  const send = (path: string) => `${published}WEB SEND FILE(${path})`;
  const methods = {
    full: send('Folder(fk web root folder).file("pages/a.html").platformPath'),
    posix: send('"C:/Test/Pages/pages/a.html"'),
    above: send('Folder(fk database folder).file("secret.txt").platformPath'),
    around: send('"C:\\\\Test\\\\Pages\\\\..\\\\secret.txt"'),
  };
  const files = {
    'Pages/pages/a.html': 'the page',
    'secret.txt': 'secret',
    'Project/Sources/settings.4DSettings':
      '<?xml version="1.0"?><preferences><com.4d><web><standalone_server><configuration><hosts><host html_root="Pages"/></hosts></configuration></standalone_server></web></com.4d></preferences>',
  };
  const missing: string[] = [];
  const { get, simulator } = await simulate(
    { methods, files },
    { trace: (event) => void (event.kind === 'file-missing' && missing.push(traceText(event, 'en'))) },
  );
  assert.equal(text(await get('/4DACTION/full')), 'the page');
  assert.equal(text(await get('/4DACTION/posix')), 'the page');
  assert.deepEqual(missing, []);
  for (const name of ['above', 'around']) assert.equal(text(await get(`/4DACTION/${name}`)), '');
  assert.deepEqual(
    missing.map((line) => /“(.*)”/.exec(line)?.[1]),
    ['C:\\Test\\secret.txt', 'C:\\Test\\Pages\\..\\secret.txt'],
  );
  await simulator.stop();

  const onStartup = 'WEB SET ROOT FOLDER(Get 4D folder(Database folder)+"Pages"+Folder separator)';
  const moved = await simulate({ database: { onStartup }, files: { 'Pages/b.txt': 'moved' } });
  assert.equal(text(await moved.get('/b.txt')), 'moved');
  await moved.simulator.stop();
});

test('a comment whose name only begins like a tag stays as it is', async () => {
  const methods = { page: `${published}WEB SEND TEXT("<!--4DHTMLVAR_ vName -->|<!--#4DTEXT 1+1-->|<!--4DIFx-->")` };
  const { get, simulator } = await simulate({ methods });
  assert.equal(text(await get('/4DACTION/page')), '<!--4DHTMLVAR_ vName -->|2|<!--4DIFx-->');
  await simulator.stop();
});

test('the full trace tells errors that ON ERR CALL or Try takes, with their place', async () => {
  const told: TraceEvent[] = [];
  const methods = { page: `${published}ON ERR CALL("quiet")\nvGone.call()\nTry(vGone.call())\nWEB SEND TEXT("on")`, quiet: '' };
  const { get, simulator, transcript } = await simulate(
    { methods },
    { trace: (event) => void (event.kind === 'error-handled' && told.push(event)) },
  );
  assert.equal(text(await get('/4DACTION/page')), 'on');
  assert.deepEqual(
    told.map((event) => [isDetail(event), event.kind === 'error-handled' && event.line]),
    [
      [true, 3],
      [true, 4],
    ],
  );
  assert.match(traceText(told[0], 'en'), /^error in process \d+, handled: .*\(Project\/Sources\/Methods\/page\.4dm:\d+\)$/);
  assert.ok(!transcript.drain().some((line) => line.startsWith('error')));
  await simulator.stop();
});

test('what a program writes into the web folder or deletes there is what the server sends', async () => {
  const file = 'Folder(fk web root folder).file("out/new.txt")';
  const methods = {
    write: `${published}${file}.setText("written")\nWEB SEND FILE("out/new.txt")`,
    remove: `${published}${file}.delete()\nFolder(fk web root folder).file("old.txt").delete()\nWEB SEND FILE("old.txt")\nWEB SEND TEXT("OK "+String(OK))`,
  };
  const { get, simulator } = await simulate({ methods, files: { 'WebFolder/old.txt': 'old' } });
  assert.equal(text(await get('/old.txt')), 'old');
  assert.equal((await get('/out/new.txt')).status, 404);
  assert.equal(text(await get('/4DACTION/write')), 'written');
  assert.equal(text(await get('/out/new.txt')), 'written');
  assert.equal(text(await get('/4DACTION/remove')), 'OK 0');
  assert.equal((await get('/out/new.txt')).status, 404);
  assert.equal((await get('/old.txt')).status, 404);
  await simulator.stop();
});
