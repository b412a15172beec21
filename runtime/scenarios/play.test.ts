import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';
import { playScenario } from './play.js';
import { readScenario } from './read.js';
import type { Step } from './types.js';

const files = memoryFileSystem({
  '/p/Project/Test.4DProject': '{"tokenizedText": false}',
  '/p/Project/Sources/Methods/hello.4dm':
    '//%attributes = {"publishedWeb":true}\nvCount:=vCount+1\nWEB SEND TEXT(WEB Get current session ID+" "+String(vCount))',
  '/p/Project/Sources/Methods/COMPILER_WEB.4dm': 'C_LONGINT(vCount)',
  '/p/Project/Sources/Methods/twice.4dm': '#DECLARE($n : Integer)->$twice : Integer\n$twice:=$n*2',
  '/p/Project/Sources/Methods/fails.4dm': 'var $o : Object\n$o.x.y:=1\nNo such thing',
});

const failuresOf = async (...steps: Step[]): Promise<string[]> => {
  const { failures } = await playScenario({ title: 'x', steps }, files, '/p', 'legacy');
  return failures.map(({ step, message }) => `${step} ${message.en}`);
};

test('what is as expected fails nothing', async () => {
  assert.deepEqual(
    await failuresOf(
      {
        request: {
          url: '/4DACTION/hello',
          expect: { status: 200, body: 'S1 1', contains: ['S1'], lacks: 'S2', headers: { 'X-None': null } },
        },
      },
      {
        request: { url: '/4DACTION/hello', expect: { legacy: { body: 'S1 2' }, scalable: { body: 'S1 1' } } },
        never: ['opened'],
        sessions: 1,
      },
      { run: 'twice', args: [21], result: 42 },
      { run: 'fails', error: '' },
      {
        close: 'S1',
        closed: true,
        happens: ['closing S1: command'],
        trace: ['closing S1: command', 'gone S1: 1 variables, 0 selections, 0 locks'],
      },
      { in: ['scalable'], request: { url: '/nothing', expect: { status: 200 } } },
    ),
    [],
  );
});

test('every kind of expectation can fail, at its step', async () => {
  const table: [Step, RegExp][] = [
    [{ request: { url: '/4DACTION/hello', expect: { status: 201 } } }, /^1 status is 200, not 201/],
    [{ request: { url: '/4DACTION/hello', expect: { body: 'S2 1' } } }, /^1 body is "S1 1", not "S2 1"/],
    [{ request: { url: '/4DACTION/hello', expect: { contains: 'x' } } }, /^1 The body lacks “x”/],
    [{ request: { url: '/4DACTION/hello', expect: { lacks: 'S1' } } }, /^1 The body holds “S1”/],
    [
      { request: { url: '/4DACTION/hello', expect: { headers: { 'content-type': 'x' } } } },
      /^1 content-type is "text\/html; charset=UTF-8", not "x"/,
    ],
    [{ request: { url: '/4DACTION/hello', expect: { cookie: null } } }, /^1 cookie is "4DSID_Test=S1;/],
    [{ request: { url: '/4DACTION/hello', wait: false, expect: { status: 201 } } }, /status is 200, not 201/],
    [{ advance: '1h', trace: ['> browser GET /'] }, /^1 Line 1 of the trace is “—”, not “> browser GET \/”/],
    [{ advance: '1h', happens: ['< 200'] }, /^1 “< 200” did not happen/],
    [{ request: { url: '/4DACTION/hello' }, never: ['opened'] }, /^1 “opened S1: legacy/],
    [{ advance: '1h', sessions: 1 }, /^1 sessions is 0, not 1/],
    [{ close: 'S1', closed: true }, /^1 closed is false, not true/],
    [{ run: 'twice', args: [2], result: 5 }, /^1 result is 4, not 5/],
    [{ run: 'twice', args: [2], error: 'x' }, /^1 twice: no error/],
    [{ run: 'fails' }, /^1 fails: /],
    [{ run: 'nothing' }, /^1 nothing: The project has no method/],
    [{ set: { colour: 'red' } }, /^1 A web server has no setting “colour”/],
  ];
  for (const [step, says] of table) {
    const failures = await failuresOf(step);
    assert.equal(failures.length, 1, JSON.stringify(step));
    assert.match(failures[0], says);
  }
});

test('what is wrong with a file is told with its place', () => {
  const problems = (json: unknown): string[] => {
    const read = readScenario(typeof json === 'string' ? json : JSON.stringify(json));
    return 'problems' in read ? read.problems.map(({ en }) => en) : [];
  };
  assert.match(problems('{')[0], /It is no JSON/);
  assert.deepEqual(problems([]), ['A scenario is an object.']);
  assert.deepEqual(problems({ title: 'x', steps: [] }), []);
  const many = problems({
    tittle: 'x',
    modes: ['both'],
    steps: [
      1,
      {},
      { advance: 'soon' },
      { advance: 1, close: 'S1' },
      { request: { uri: '/' } },
      { together: [{ url: '/' }, 2] },
      { server: 'explode' },
      { run: 1 },
    ],
  });
  const wanted = [
    'tittle',
    'title',
    'modes',
    'steps[0]',
    'steps[1]',
    'steps[2].advance',
    'steps[3]',
    'steps[4].request.uri',
    'steps[4].request.url',
    'steps[5].together[1]',
    'steps[6].server',
    'steps[7].run',
  ];
  for (const place of wanted)
    assert.ok(
      many.some((problem) => problem.startsWith(`${place}: `)),
      `${place}\n${many.join('\n')}`,
    );
  assert.equal(many.length, wanted.length);
});
