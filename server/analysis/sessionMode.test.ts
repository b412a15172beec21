import assert from 'node:assert/strict';
import test from 'node:test';
import { settings, testProject } from '../test/project.js';

const file = 'Project/Sources/settings.4DSettings';
const startup = 'Project/Sources/DatabaseMethods/onStartup.4dm';

/** The mode, how sure, and the places that speak for it. */
async function mode(sources: Readonly<Record<string, string>>): Promise<string> {
  const { project } = await testProject(sources);
  const { value, confidence, evidence, open } = project.mode;
  return [
    `${value} ${confidence}${open ? ' open' : ''}`,
    ...evidence.map((e) => `${e.file.split('/').at(-1)}:${e.span.start.line + 1}`),
  ].join(' | ');
}

test('settings alone', async () => {
  assert.equal(await mode({ [file]: settings('3') }), 'legacy certain | settings.4DSettings:4');
  assert.equal(await mode({ [file]: settings('1') }), 'scalable certain | settings.4DSettings:4');
  assert.equal(await mode({ [file]: settings('2') }), 'none certain | settings.4DSettings:4');
  assert.match(await mode({ [file]: '<preferences><com.4d><web/></com.4d></preferences>' }), /^scalable assumed/);
  assert.match(await mode({ [file]: settings('3').replace('session_mode="3"', 'automatic_session_management="true"') }), /^legacy assumed/);
});

test('user settings outweigh those of the project, where they are enabled', async () => {
  const enabled = settings('3').replace('<com.4d>', '<com.4d><general allow_user_settings="true"/>');
  const user = { 'Settings/settings.4DSettings': settings('1') };
  assert.match(await mode({ [file]: enabled, ...user }), /^scalable certain \| settings\.4DSettings:4 \| settings\.4DSettings:4$/);
  assert.match(await mode({ [file]: settings('3'), ...user }), /^legacy certain/);
  assert.match(await mode({ [file]: enabled, ...user, 'Data/Settings/settings.4DSettings': settings('2') }), /^none certain/);
});

test('an option set at each start is certain, one that may not run is assumed', async () => {
  const set = 'WEB SET OPTION(Web scalable session; 1)';
  assert.equal(await mode({ [startup]: set }), 'scalable certain | onStartup.4dm:1 | settings.4DSettings:4');
  assert.equal(await mode({ [startup]: `If ($x)\n\t${set}\nEnd if` }), 'scalable assumed | onStartup.4dm:2 | settings.4DSettings:4');
  assert.equal(await mode({ Anywhere: set }), 'scalable assumed | Anywhere.4dm:1 | settings.4DSettings:4');
});

test('every way of writing it', async () => {
  for (const source of [
    'WEB SET OPTION(Web scalable session; 1)',
    'WEB SET OPTION(90; 1)',
    'WEB Server.start({scalableSession: True})',
    'WEB Server(Web server database).start(New object("scalableSession"; True))',
    '$s:=New object\n$s.scalableSession:=True\n$w:=WEB Server\n$w.start($s)',
    'var $s : Object\n$s:={port: 80; scalableSession: True}\n$r:=WEB Server.start($s)',
  ]) {
    assert.match(await mode({ [startup]: source }), /^scalable certain/, source);
  }
  assert.match(await mode({ [startup]: 'WEB SET OPTION(Web legacy session; 0)' }), /^none certain/);
  assert.match(await mode({ [startup]: 'WEB SET OPTION(Web keep session; 1)', [file]: settings('2') }), /^legacy certain/);
});

test('start outweighs the option, the option the settings', async () => {
  const told = await mode({
    [startup]: 'WEB SET OPTION(Web scalable session; 1)\nWEB Server.start({scalableSession: False; keepSession: True})',
  });
  assert.match(told, /^legacy/);
});

test('values known only at run time, and code that contradicts itself, leave it open', async () => {
  assert.match(await mode({ [startup]: 'WEB SET OPTION(Web scalable session; $n)' }), /assumed open/);
  assert.match(await mode({ [startup]: 'WEB SET OPTION($option; 1)' }), /assumed open/);
  assert.match(
    await mode({ [startup]: 'WEB SET OPTION(Web scalable session; 1)', Other: 'WEB SET OPTION(Web scalable session; 0)' }),
    /assumed open/,
  );
  assert.match(await mode({ [startup]: 'WEB SET OPTION(Web port ID; 80)' }), /^legacy certain \| settings\.4DSettings:4$/);
});

test('comments and texts are no evidence', async () => {
  assert.match(
    await mode({ [startup]: '// WEB SET OPTION(Web scalable session; 1)\n$a:="WEB SET OPTION(90;1)"' }),
    /^legacy certain \| settings\.4DSettings:4$/,
  );
});

test('the web server of a remote 4D has settings of its own', async () => {
  const both = settings('3').replace('</standalone_server>', '</standalone_server><remote><configuration session_mode="1"/></remote>');
  const { project } = await testProject({ [file]: both });
  assert.equal(project.mode.value, 'legacy');
  assert.equal(project.remoteMode?.value, 'scalable');
  assert.equal((await testProject({})).project.remoteMode, undefined);
});
