import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readSettings, type SettingsBlock, sessionModeValues, settingsAttribute, withSessionModeEdit } from './settings.js';

const settings = `<?xml version="1.0" encoding="UTF-8"?><preferences stamp="16">
	<com.4d>
		<general allow_user_settings="true"/>
		<web>
			<standalone_server>
				<configuration automatic_session_management="true" port_number="8044" session_mode="3"/>
			</standalone_server>
			<remote>
				<configuration port_number="80"/>
			</remote>
		</web>
	</com.4d>
</preferences>`;

function edited(text: string, block: SettingsBlock, mode: 'legacy' | 'scalable' | 'none'): string {
  const edit = withSessionModeEdit(text, block, mode);
  assert.ok(edit, 'an edit');
  return text.slice(0, edit.start) + edit.newText + text.slice(edit.end);
}

const modeIn = (text: string, block: SettingsBlock): string | undefined =>
  settingsAttribute(readSettings(text).attributes, `${block}/configuration`, 'session_mode')?.value;

test('attributes are found below web and beside it, each block apart', () => {
  const { attributes, problems } = readSettings(settings);
  assert.deepEqual(problems, []);
  assert.equal(settingsAttribute(attributes, '/general', 'allow_user_settings')?.value, 'true');
  assert.equal(settingsAttribute(attributes, 'remote/configuration', 'session_mode'), undefined);
  const mode = settingsAttribute(attributes, 'standalone_server/configuration', 'session_mode')!;
  assert.equal(settings.slice(mode.nameStart, mode.valueEnd), 'session_mode="3');
});

test('switching changes one value and nothing else', () => {
  assert.equal(edited(settings, 'standalone_server', 'scalable'), settings.replace('session_mode="3"', 'session_mode="1"'));
});

test('a missing attribute goes where 4D would write it', () => {
  assert.equal(edited(settings, 'remote', 'legacy'), settings.replace('port_number="80"/>', 'port_number="80" session_mode="3"/>'));
  assert.equal(
    edited('<preferences><com.4d><web><remote><configuration z="1"/></remote></web></com.4d></preferences>', 'remote', 'none'),
    '<preferences><com.4d><web><remote><configuration session_mode="2" z="1"/></remote></web></com.4d></preferences>',
  );
});

test('missing elements are written with the line ends and the indentation of the file', () => {
  assert.equal(
    edited('<preferences stamp="1">\r\n\t<com.4d>\r\n\t\t<web/>\r\n\t</com.4d>\r\n</preferences>', 'standalone_server', 'scalable'),
    '<preferences stamp="1">\r\n\t<com.4d>\r\n\t\t<web>\r\n\t\t\t<standalone_server>\r\n\t\t\t\t<configuration session_mode="1"/>\r\n\t\t\t</standalone_server>\r\n\t\t</web>\r\n\t</com.4d>\r\n</preferences>',
  );
});

test('a file without preferences cannot be switched', () => {
  assert.equal(withSessionModeEdit('', 'remote', 'legacy'), undefined);
  assert.equal(withSessionModeEdit('<other/>', 'remote', 'legacy'), undefined);
});

test('half-edited values are replaced or completed', () => {
  for (const part of ['session_mode', 'session_mode=', 'session_mode=3', 'session_mode="3', "session_mode=''", 'session_mode="legacy"']) {
    const text = settings.replace('session_mode="3"', part);
    assert.equal(modeIn(edited(text, 'standalone_server', 'scalable'), 'standalone_server'), '1', part);
  }
});

test('whatever is cut out of a file: reading does not throw, and an edit that is given works', () => {
  const block = fc.constantFrom<SettingsBlock>('standalone_server', 'remote');
  const mode = fc.constantFrom<keyof typeof sessionModeValues>('legacy', 'scalable', 'none');
  fc.assert(
    fc.property(fc.nat(settings.length), fc.nat(40), block, mode, (at, length, where, wanted) => {
      const text = settings.slice(0, at) + settings.slice(at + length);
      const edit = withSessionModeEdit(text, where, wanted);
      if (edit) assert.equal(modeIn(text.slice(0, edit.start) + edit.newText + text.slice(edit.end), where), sessionModeValues[wanted]);
    }),
    { numRuns: 1000 },
  );
});
