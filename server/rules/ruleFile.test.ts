import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ignoring, matches } from './patterns.js';
import { readRuleFile } from './ruleFile.js';

const path = 'Project/Sources/Methods/Old_one.4dm';

test('patterns: a name anywhere, a folder, across folders, one letter', () => {
  for (const pattern of [
    'Old_*',
    'old_one.4dm',
    'Methods/',
    'Project/Sources/Methods/Old_*',
    'Project/**',
    '**/Old_*.4dm',
    'Project/**/Old_???.4dm',
    path,
  ])
    assert.ok(matches(pattern, path), pattern);
  for (const pattern of ['Old', '*.4DSettings', 'Sources/Methods/Old_*', 'Project/*', 'Other/', 'Old_?.4dm', 'Old_one_4dm'])
    assert.ok(!matches(pattern, path), pattern);
});

test('patterns take all signs literally but their own', () => {
  assert.ok(matches('a+(b)[c].4dm', 'x/a+(b)[c].4dm'));
  assert.ok(!matches('a.4dm', 'ab4dm'));
});

test('an ignore file: comments, the last match counts, `!` takes back', () => {
  const ignored = ignoring('# made by a machine\r\n\r\nMethods/\n!Old_one.4dm\n');
  assert.ok(ignored('Project/Sources/Methods/New.4dm'));
  assert.ok(!ignored(path));
  assert.ok(!ignoring('')(path));
});

test('levels: of the project, of a folder, the last entry that names the file wins', () => {
  const file = readRuleFile(
    JSON.stringify({
      $schema: 'x',
      rules: { syntax: 'warning', 'former-name': 'off' },
      overrides: [
        { files: ['Old_*'], rules: { 'former-name': 'error' } },
        { files: ['Methods/'], rules: { 'former-name': 'hint' } },
      ],
    }),
  );
  assert.deepEqual(file.problems, []);
  assert.deepEqual(file.levelsFor(path), { syntax: 'warning', 'former-name': 'hint' });
  assert.deepEqual(file.levelsFor('Project/Sources/Classes/Shop.4dm'), { syntax: 'warning', 'former-name': 'off' });
});

test('what cannot be used is told in both languages, and the rest counts', () => {
  for (const [text, count] of [
    ['{', 1],
    ['[]', 1],
    ['{"rules": 1}', 1],
    ['{"rules": {"a": "loud", "b": "off"}}', 1],
    ['{"overrides": {}}', 1],
    ['{"overrides": [{}, {"files": ["*"], "rules": {"c": 3}}]}', 2],
    ['{"ignore": []}', 1],
  ] as const) {
    const { problems, levelsFor } = readRuleFile(text);
    assert.equal(problems.length, count, text);
    for (const problem of problems) assert.ok(problem.en !== problem.es && problem.en.includes('fourd.json'));
    assert.ok(typeof levelsFor(path) === 'object');
  }
  assert.deepEqual(readRuleFile('{"rules": {"a": "loud", "b": "off"}}').levelsFor(path), { b: 'off' });
});
