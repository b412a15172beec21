import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';
import { lineAt, placeOf } from './places.js';
import { runScenario } from './run.js';

const files = memoryFileSystem({
  '/p/Project/Test.4DProject': '{"tokenizedText": false}',
  '/p/Project/Sources/Methods/hello.4dm': '//%attributes = {"publishedWeb":true}\nWEB SEND TEXT("hello")',
});

const text = `{
  "title": "Each expectation is at a line of its own",
  "steps": [
    {
      "request": {
        "url": "/4DACTION/hello",
        "expect": {
          "legacy": {
            "status": 201,
            "contains": ["hello", "nobody"]
          },
          "scalable": { "status": 200, "headers": { "X-A": "1" } }
        }
      },
      "happens": ["< 200", "< 500"],
      "sessions": 7
    },
    { "together": [{ "url": "/4DACTION/hello" },
        { "url": "/4DACTION/hello", "wait": false, "expect": {
            "body": "x" } }] }
  ]
}`;

const linesIn = async (mode: 'legacy' | 'scalable'): Promise<string[]> => {
  const result = await runScenario(files, { path: '/p/tests/a.scenario.json', text, mode });
  assert.ok('failures' in result, JSON.stringify(result));
  return result.failures.map(({ start, end }) => `${lineAt(text, start)} ${text.slice(start, end).replace(/\s+/g, ' ')}`);
};

test('a failure is placed at what was expected, in the part of the mode that was played', async () => {
  assert.deepEqual(await linesIn('legacy'), [
    '9 "status": 201',
    '10 "contains": ["hello", "nobody"]',
    '15 "< 500"',
    '16 "sessions": 7',
    '20 "body": "x"',
  ]);
  assert.deepEqual((await linesIn('scalable'))[0], '12 "X-A": "1"');
});

test('what cannot be played says why', async () => {
  const problem = async (path: string, written: string): Promise<string> => {
    const result = await runScenario(files, { path, text: written, mode: 'project' });
    return 'problems' in result ? result.problems[0].en : '';
  };
  assert.match(await problem('/p/a.scenario.json', '{'), /no JSON/);
  assert.match(await problem('/q/a.scenario.json', '\uFEFF{"title":"x","steps":[]}'), /no 4D project at “\/q”/);
  assert.match(await problem('/p/a.scenario.json', '{"title":"x","project":"../q","steps":[]}'), /no 4D project at “\/q”/);
});

test('places are found in any JSON, and broken text ends the search', () => {
  const at = (json: string, ...path: (string | number)[]): string => {
    const { start, end } = placeOf(json, path);
    return json.slice(start, end);
  };
  assert.equal(at('{"a":[1,{"b\\"c":"x, }"}]}', 'a', 1, 'b"c'), '"b\\"c":"x, }"');
  assert.equal(at('{"a":[1,2]}', 'a', 7), '"a":[1,2]');
  for (const broken of ['', '{', '{"a"', '{"a":', '{"a":[,', '{"a" 1}', '[}', '{]', '{"a":[[[', '"', '{:::}'])
    assert.ok(at(broken, 'a', 0) !== undefined, broken);
});
