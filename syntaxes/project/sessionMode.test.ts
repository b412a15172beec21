import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SettingsFile } from './project.types.js';
import { sessionModeOf } from './sessionMode.js';
import { readSettings } from './settings.js';

const age = { projectFile: '/p/Project/p.4DProject' };

function file(level: SettingsFile['level'], configuration: string): SettingsFile {
  const text = `<preferences><com.4d><web><standalone_server>${configuration}</standalone_server></web></com.4d></preferences>`;
  return { path: `/p/${level}`, level, text, attributes: readSettings(text).attributes };
}

function mode(configuration: string, compatibilityVersion?: number) {
  const files = [file('structure', configuration)];
  const answer = sessionModeOf(files, 'standalone_server', { ...age, compatibilityVersion });
  const [first] = answer.evidence;
  return { ...answer, decisive: files[0].text.slice(first.start, first.end) };
}

/** facts: web-sessions §12.2 */
const table: readonly [configuration: string, value: string, confidence: string][] = [
  ['', 'scalable', 'assumed'],
  ['<configuration port_number="80"/>', 'scalable', 'assumed'],
  ['<configuration session_mode="1"/>', 'scalable', 'certain'],
  ['<configuration session_mode="2"/>', 'none', 'certain'],
  ['<configuration session_mode="3"/>', 'legacy', 'certain'],
  ['<configuration automatic_session_management="true" session_mode="1"/>', 'scalable', 'certain'],
  ['<configuration automatic_session_management="false" session_mode="1"/>', 'scalable', 'certain'],
  ['<configuration automatic_session_management="true" session_mode="2"/>', 'none', 'certain'],
  ['<configuration automatic_session_management="true"/>', 'legacy', 'assumed'],
  ['<configuration automatic_session_management="false"/>', 'none', 'assumed'],
  ['<configuration automatic_session_management="maybe"/>', 'unknown', 'assumed'],
  ['<configuration session_mode="0"/>', 'unknown', 'assumed'],
  ['<configuration session_mode=""/>', 'unknown', 'assumed'],
];

for (const [configuration, value, confidence] of table) {
  test(`${configuration || 'no configuration'} is ${value}, ${confidence}`, () => {
    const answer = mode(configuration);
    assert.equal(answer.value, value);
    assert.equal(answer.confidence, confidence);
    for (const { what } of answer.evidence) assert.ok(what.en && what.es && what.en !== what.es);
  });
}

test('the first evidence is the exact attribute, an old flag beside it says that it does not count', () => {
  const answer = mode('<configuration automatic_session_management="true" session_mode="3"/>');
  assert.equal(answer.decisive, 'session_mode="3"');
  assert.match(answer.evidence[1].what.es, /ya no cuenta/);
});

test('an unknown value is named', () => {
  assert.match(mode('<configuration session_mode="7"/>').evidence[0].what.en, /"7"/);
});

test('the default of an old project is said to be doubtful', () => {
  assert.equal(mode('', 1840).evidence.length, 2);
  assert.equal(mode('', 1940).evidence.length, 1);
});

test('each attribute counts at the highest level where it is found', () => {
  const files = [
    file('structure', '<configuration session_mode="3"/>'),
    file('user', '<configuration session_mode="1"/>'),
    file('data', '<configuration automatic_session_management="false"/>'),
  ];
  const answer = sessionModeOf(files, 'standalone_server', age);
  assert.equal(answer.value, 'scalable');
  assert.deepEqual(
    answer.evidence.map((one) => one.file),
    ['/p/user', '/p/structure', '/p/data'],
  );
});

test('without any settings file the project file stands for the default', () => {
  const answer = sessionModeOf([], 'remote', age);
  assert.equal(answer.value, 'scalable');
  assert.equal(answer.evidence[0].file, age.projectFile);
});
