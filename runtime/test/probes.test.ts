/** Each probe of `probes.ts` over a real socket, and the pages that show them (`UPDATE=1` writes them anew). */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { type Door, openDoor, Telling } from '../debug/node/door.js';
import { Simulator } from '../simulator.js';
import { type HttpServer, serveHttp } from '../web/node/http.js';
import { probes } from './probes.js';
import { sender, type Target } from './probing.js';
import { published } from './simulate.js';

const formValue = 'ARRAY TEXT($n;0)\nARRAY TEXT($v;0)\nWEB GET VARIABLES($n;$v)\n';
const method = (code: string): string => published + code;
const files: Readonly<Record<string, string>> = {
  'Project/Probed.4DProject': '{"tokenizedText": false}',
  'secret.txt': 'secret of the project',
  'outside/secret.txt': 'secret of the project',
  'WebFolder/index.html': '<p>start',
  'WebFolder/.hidden': 'hidden',
  'WebFolder/large.bin': 'x'.repeat(20_000_000),
  'WebFolder/self.shtml': '<!--#4DINCLUDE self.shtml-->',
  'Project/Sources/HTTPHandlers.json': '[{"class": "Slow", "method": "slow", "regexPattern": "/(a+)+$"}]',
  'Project/Sources/Classes/Slow.4dm': 'shared singleton Class constructor\nFunction slow : Text\n\treturn "slow"',
  ...Object.fromEntries(
    Object.entries({
      hello: 'WEB SEND TEXT("hello")',
      session: 'WEB SEND TEXT(WEB Get current session ID)',
      redirect: `${formValue}WEB SEND HTTP REDIRECT($v{1})`,
      redirectAsIs: `${formValue}WEB SEND HTTP REDIRECT($v{1};*)`,
      header: `${formValue}ARRAY TEXT($a;1)\nARRAY TEXT($b;1)\n$a{1}:="X-Own"\n$b{1}:=$v{1}\nWEB SET HTTP HEADER($a;$b)\nWEB SEND TEXT("set")`,
      headerName: `${formValue}ARRAY TEXT($a;1)\nARRAY TEXT($b;1)\n$a{1}:=$v{1}\n$b{1}:="x"\nWEB SET HTTP HEADER($a;$b)\nWEB SEND TEXT("set")`,
      cookiePath: `${formValue}WEB SET OPTION(Web session cookie path;$v{1})\nWEB SEND TEXT("set")`,
      parts: 'WEB SEND TEXT(String(WEB Get body part count))',
      json: `${formValue}var $o : Object\n$o:=JSON Parse($v{1})\nWEB SEND TEXT(JSON Stringify($o))`,
      names: `${formValue}WEB SEND TEXT($n{1})`,
      size: 'var $b : Blob\nWEB GET HTTP BODY($b)\nWEB SEND TEXT(String(BLOB size($b)))',
      expand: 'var $b : Blob\nWEB GET HTTP BODY($b)\nEXPAND BLOB($b)\nWEB SEND TEXT(String(OK))',
      loop: 'While (True)\nEnd while',
      deep: 'deep',
      grow: 'var $c : Collection\n$c:=[]\n$c.resize(2000000000)',
      double: 'var $t : Text\n$t:="x"\nWhile (True)\n\t$t:=$t+$t\nEnd while',
      textType: `${formValue}WEB SEND TEXT("x";$v{1})`,
      blobType: `${formValue}var $b : Blob\nTEXT TO BLOB("x";$b)\nWEB SEND BLOB($b;$v{1})`,
      count: `${formValue}WEB SEND TEXT(String(Size of array($n)))`,
      jsonBody: 'var $t : Text\nvar $o : Variant\nWEB GET HTTP BODY($t)\n$o:=JSON Parse($t)\nWEB SEND TEXT("read")',
      tags: `${formValue}WEB SEND TEXT($v{1})`,
      headers:
        'While (True)\n\t$i:=$i+1\n\tARRAY TEXT($a;1)\n\tARRAY TEXT($b;1)\n\t$a{1}:="X-"+String($i)\n\tWEB SET HTTP HEADER($a;$b)\nEnd while',
      workers: 'While (True)\n\t$i:=$i+1\n\tCALL WORKER("w"+String($i);"rest")\nEnd while',
      rest: 'DELAY PROCESS(Current process;60*3600)',
      longArray: 'ARRAY LONGINT($a;2000000000)',
    }).map(([name, code]) => [`Project/Sources/Methods/${name}.4dm`, method(code)]),
  ),
};

let target: Target;
let folder: string;
let end: () => Promise<void>;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'probes-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'WebFolder/link.txt'));
  symlinkSync(join(folder, 'outside'), join(folder, 'WebFolder/linked'));
  const telling = new Telling();
  const simulator = await Simulator.create({
    files: nodeFileSystem,
    root: folder,
    mode: 'scalable',
    trace: (event) => telling.take(event),
  });
  const server: HttpServer = await serveHttp({
    port: 0,
    handle: (request) => simulator.handle(request),
    maximumBody: () => simulator.web.state.options.maxRequestSize,
    hosts: ['allowed.example'],
    patience: { headers: 300, request: 20_000, look: 50, reading: 1_000 },
  });
  const door: Door = await openDoor(simulator, telling, server.port, server.url, () => undefined);
  await simulator.start(server.url);
  target = { port: server.port, door: door.port, ...sender(server.port) };
  end = async () => {
    door.close();
    await server.close(0);
    await simulator.stop();
    rmSync(folder, { recursive: true });
  };
});
after(() => end());

for (const probe of probes) test(probe.what.en, () => probe.try(target));

for (const [file, language, heading] of [
  ['docs/en/security.md', 'en', '| Tried | What comes of it |'],
  ['docs/es/security.md', 'es', '| Se ha probado | Qué ocurre |'],
] as const) {
  test(`${file} shows each probe (else: UPDATE=1)`, () => {
    const rows = probes.map(({ what, outcome }) => `| ${what[language]} | ${outcome[language]} |`);
    const table = `<!-- probes:start -->\n\n${[heading, '| --- | --- |', ...rows].join('\n')}\n\n<!-- probes:end -->`;
    const text = readFileSync(file, 'utf8');
    const fresh = text.replace(/<!-- probes:start -->[\s\S]*<!-- probes:end -->/, () => table);
    if (process.env.UPDATE) writeFileSync(file, fresh);
    assert.ok(process.env.UPDATE || text === fresh, 'out of date: run UPDATE=1 npm run test:fast -- runtime/test');
  });
}
