/** The same requests give the same run, to the byte: what is told of it, ids, times and bodies; also when it was recorded and is played again. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { Simulator } from '../simulator.js';
import { published, request } from '../test/simulate.js';
import type { TraceEvent } from '../trace.js';
import type { HttpRequest } from '../web/http.js';
import { playScenario } from './play.js';
import { readScenario } from './read.js';
import { Recorder } from './record.js';
import { Transcript } from './transcript.js';

for (const folder of ['runtime/scenarios/cases', 'docs/tutorial']) {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.scenario.json'))) {
    test(`${file} runs the same way every time`, async () => {
      const read = readScenario(readFileSync(`${folder}/${file}`, 'utf8'));
      assert.ok('scenario' in read);
      for (const mode of read.scenario.modes ?? ['project']) {
        const told = async () => {
          const events: string[] = [];
          await playScenario(read.scenario, nodeFileSystem, folder, mode, (event) => void events.push(JSON.stringify(event)));
          return events;
        };
        const first = await told();
        assert.ok(first.length > 3);
        assert.deepEqual(await told(), first);
      }
    });
  }
}

const files = memoryFileSystem({
  '/p/Project/Test.4DProject': '{"tokenizedText": false}',
  '/p/Project/Sources/Methods/COMPILER_WEB.4dm': 'C_LONGINT(vCount)\nC_TEXT(word)',
  '/p/Project/Sources/Methods/hello.4dm': `${published}vCount:=vCount+1\nDELAY PROCESS(Current process; 30)\nWEB SEND TEXT(String(vCount)+" "+String(Random)+" "+Generate UUID+" "+String(Current time)+" "+word)`,
  '/p/Project/Sources/Methods/bye.4dm': `${published}WEB LEGACY CLOSE SESSION(WEB Get current session ID)\nWEB SEND HTTP REDIRECT("/4DACTION/hello")`,
});

test('a recorded run is played again to the byte', async () => {
  const transcript = new Transcript();
  const events: TraceEvent[] = [];
  const simulator = await Simulator.create({
    files,
    root: '/p',
    mode: 'legacy',
    clock: { start: '2026-03-01T10:00:00', speed: 0 },
    seed: 77,
    trace: (event) => {
      transcript.take(event);
      events.push(event);
    },
  });
  const recorder = new Recorder(simulator, transcript);
  await simulator.start();
  const cookies = new Map<string, string>();
  const bodies: string[] = [];
  const ask = async (client: string, target: string, more: Partial<HttpRequest> = {}) => {
    const cookie = cookies.get(client);
    const headers: [string, string][] = [['Host', '127.0.0.1'], ...(cookie ? [['Cookie', cookie] as [string, string]] : [])];
    const response = await recorder.handle(request(target, { client, headers, ...more }));
    const set = response.headers.find(([name]) => name.toLowerCase() === 'set-cookie')?.[1];
    if (set) cookies.set(client, set.slice(0, set.indexOf(';')));
    bodies.push(new TextDecoder().decode(response.body));
  };
  await ask('ann', '/4DACTION/hello');
  await ask('bob', '/4DACTION/hello?word=caf%C3%A9');
  await simulator.advance(60_000);
  await ask('ann', '/4DACTION/hello');
  await ask('ann', '/4DACTION/bye');
  await ask('ann', '/4DACTION/hello');
  await simulator.stop();
  assert.deepEqual(
    bodies.map((body) => body.split(' ')[0]),
    ['1', '1', '2', '', '1'],
  );

  const scenario = recorder.scenario({ project: '.', mode: 'legacy', seed: 77 });
  const again: TraceEvent[] = [];
  const read = readScenario(JSON.stringify(scenario));
  assert.ok('scenario' in read, JSON.stringify(read));
  const { failures } = await playScenario(read.scenario, files, '/p', 'legacy', (event) => void again.push(event));
  assert.deepEqual(
    failures.map(({ step, message }) => `${step}: ${message.en}`),
    [],
  );
  assert.deepEqual(again, events);
});

test('a run that was recorded by the real clock is played again to the byte: code that takes long, waits and works in the background', async () => {
  const busy = memoryFileSystem({
    '/p/Project/Test.4DProject': '{"tokenizedText": false}',
    '/p/Project/Sources/Methods/hello.4dm': `${published}For ($i; 1; 150000)\n\tvX:=$i\nEnd for\nvA:=Milliseconds\nDELAY PROCESS(Current process; 2)\nWEB SEND TEXT(String(vA)+" "+String(Milliseconds))`,
    '/p/Project/Sources/Methods/work.4dm':
      'Repeat\n\tDELAY PROCESS(Current process; 1)\n\tLOG EVENT(Into 4D debug message; String(Milliseconds))\nUntil (False)',
    '/p/Project/Sources/DatabaseMethods/onStartup.4dm': 'New process("work"; 0; "work")',
  });
  const transcript = new Transcript();
  const events: TraceEvent[] = [];
  const simulator = await Simulator.create({
    files: busy,
    root: '/p',
    mode: 'legacy',
    seed: 5,
    clock: { speed: 3, record: true },
    trace: (event) => {
      transcript.take(event);
      events.push(event);
    },
  });
  const recorder = new Recorder(simulator, transcript);
  await simulator.start();
  const bodies: string[] = [];
  for (let i = 0; i < 4; i++) {
    const response = await recorder.handle(request('/4DACTION/hello', { client: 'ann', headers: [['Host', '127.0.0.1']] }));
    bodies.push(new TextDecoder().decode(response.body));
  }
  // What the process in the background did after the last answer is no part of the recording.
  const until = events.findLastIndex(({ kind }) => kind === 'response') + 1;
  await simulator.stop();
  assert.ok(new Set(bodies).size === 4, bodies.join());
  assert.ok(simulator.readings().length > 10);
  const read = readScenario(JSON.stringify(recorder.scenario({ project: '.', mode: 'legacy', seed: 5 })));
  assert.ok('scenario' in read, JSON.stringify(read));
  const again: TraceEvent[] = [];
  const { failures } = await playScenario(read.scenario, busy, '/p', 'legacy', (event) => void again.push(event));
  assert.deepEqual(failures, []);
  const told = (list: readonly TraceEvent[]) => list.filter(({ kind }) => kind !== 'clock').map((event) => JSON.stringify(event));
  const expected = told(events.slice(0, until));
  assert.deepEqual(told(again).slice(0, expected.length), expected);
});
