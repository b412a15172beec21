/** Methods that would take all of the host get a 4D error at their line; the next request is served. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { nodeGuards } from '../simulator/node/guards.js';
import type { TraceEvent } from '../trace.js';
import { published, simulate, text } from './simulate.js';

const refused: Readonly<Record<string, readonly [code: string, line: number, reason: RegExp]>> = {
  'a huge array': ['ARRAY TEXT($a; 1000000000)', 2, /too many/],
  'a huge table of arrays': ['ARRAY LONGINT($a; 100000; 100000)', 2, /too many/],
  'a collection resized': ['$c:=[]\n$c.resize(2000000000)', 3, /too many/],
  'an item far away': ['$c:=[]\n$c[2000000000]:=1', 3, /10000000 items/],
  'a text doubled for ever': ['$t:="x"\nWhile (True)\n\t$t:=$t+$t\nEnd while', 4, /too long/],
  'a text repeated': ['$t:="xxxxxxxxxx"*1000000000', 2, /too long/],
  'a text replaced by long ones': ['$t:=Replace string("a"*100000; "a"; "b"*100000)', 2, /too long/],
  'a text split into very many': ['$c:=Split string("a,"*20000000; ",")', 2, /too many/],
  'a BLOB': ['SET BLOB SIZE($b; 2000000000)', 2, /cannot have/],
  'a BLOB that grows': ['While (True)\n\tINSERT IN BLOB($b; 0; 100000000)\nEnd while', 3, /cannot have/],
  'recursion without end': ['eat', 2, /4096 deep/],
  'an object nested without end as JSON': ['For ($i; 1; 200000)\n\t$o:={next: $o}\nEnd for\n$t:=JSON Stringify($o)', 5, /too deep/],
  'JSON nested without end': ['$c:=JSON Parse("["*5000000)', 2, /no JSON/],
  'a regular expression that tries everything': ['$ok:=Match regex("(a+)+b"; "a"*60)', 2, /takes too long/],
  'one with alternatives': ['$ok:=Match regex("(a|a)*b"; "a"*60; 1)', 2, /takes too long/],
  'one on a long text': ['$ok:=Match regex("a*b"; "a"*3000000; 1)', 2, /takes too long/],
};

for (const [name, [code, line, reason]] of Object.entries(refused)) {
  test(`${name}: refused at its line`, async () => {
    const errors: Extract<TraceEvent, { kind: 'error' }>[] = [];
    const { get, simulator } = await simulate(
      { methods: { eat: `${published}${code}`, hello: `${published}WEB SEND TEXT("hello")` } },
      { mode: 'scalable', host: nodeGuards(), trace: (event) => void (event.kind === 'error' && errors.push(event)) },
    );
    const eating = get('/4DACTION/eat');
    assert.equal(text(await get('/4DACTION/hello')), 'hello');
    assert.equal((await eating).status, 500);
    assert.match(errors[0].message, reason);
    assert.equal(errors[0].line, line);
    await simulator.stop();
  });
}

test('when memory is nearly used up, the process that has taken it ends, and no other', async () => {
  const errors: string[] = [];
  let used = 0;
  const { get, simulator } = await simulate(
    {
      methods: {
        eat: `${published}While (True)\n\t$i:=$i+1\n\tAPPEND TO ARRAY(names; "name "+String($i))\nEnd while`,
        wait: `${published}While (Not(<>stop))\n\t$i:=$i+1\nEnd while\nWEB SEND TEXT("well")`,
        stop: `${published}<>stop:=True\nWEB SEND TEXT("stopped")`,
      },
      database: { onStartup: 'C_BOOLEAN(<>stop)' },
    },
    {
      mode: 'scalable',
      // Full from the hundredth slice on until an error has been raised.
      host: { memory: () => (++used > 100 && errors.length === 0 ? 0.9 : 0.1) },
      trace: (event) => void (event.kind === 'error' && errors.push(event.message)),
    },
  );
  const waiting = get('/4DACTION/wait');
  assert.equal((await get('/4DACTION/eat')).status, 500);
  assert.deepEqual(errors, ['The memory of the simulator is nearly used up, and this process has taken most of it.']);
  assert.equal(text(await get('/4DACTION/stop')), 'stopped');
  assert.equal(text(await waiting), 'well');
  await simulator.stop();
});

test('a program that takes memory without end is ended by its error, not by the host', () => {
  const folder = mkdtempSync(join(tmpdir(), 'limits-'));
  mkdirSync(join(folder, 'Project/Sources/Methods'), { recursive: true });
  writeFileSync(join(folder, 'Project/P.4DProject'), '{"tokenizedText": false}');
  writeFileSync(join(folder, 'Project/Sources/Methods/eat.4dm'), 'While (True)\n\t$o:={next: $o; items: [1; 2; 3]}\nEnd while');
  const run = new URL('../cli/run.js', import.meta.url).href;
  const script = `process.exitCode = await (await import(${JSON.stringify(run)})).main(['eat', '--project', ${JSON.stringify(folder)}], 'en')`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--max-old-space-size=128', '--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  assert.match(`${stdout}${stderr}`, /memory of the simulator is nearly used up/);
});
