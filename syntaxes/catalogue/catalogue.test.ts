import assert from 'node:assert/strict';
import test from 'node:test';
import { fold } from '#syntaxes/text/fold.js';
import { defaultCatalogue } from './catalogue.js';
import { parseSignature } from './signature.js';

const catalogue = defaultCatalogue();

function duplicates(list: readonly (string | number)[]): (string | number)[] {
  return list.filter((value, i) => list.indexOf(value) !== i);
}

test('numbers, names and tokens are unique', () => {
  assert.deepEqual(duplicates(catalogue.commands.flatMap((c) => [...(c.number === undefined ? [] : [c.number]), ...c.otherNumbers])), []);
  assert.deepEqual(duplicates(catalogue.commands.map((c) => fold(c.name))), []);
  assert.deepEqual(duplicates(catalogue.constants.map((c) => fold(c.name))), []);
  assert.deepEqual(
    duplicates(catalogue.constants.flatMap((c) => [...(c.token ? [c.token] : []), ...c.otherTokens].map((t) => `${t.theme}:${t.index}`))),
    [],
  );
  assert.deepEqual(duplicates(catalogue.classes.flatMap((c) => [c.name, ...c.aliases].map(fold))), []);
  assert.deepEqual(duplicates(catalogue.keywords.map((k) => fold(k.name))), []);
  assert.deepEqual(duplicates(catalogue.databaseMethods.flatMap((m) => [m.name, m.file, ...m.formerNames].map(fold))), []);
});

test('every number, name and alias leads back to its command', () => {
  for (const command of catalogue.commands) {
    if (command.number !== undefined) assert.equal(catalogue.commandByNumber(command.number), command);
    assert.deepEqual(catalogue.commandByName(command.name.toLowerCase()), { command, kind: 'present' });
    for (const name of [...command.formerNames, ...command.frenchNames]) {
      const found = catalogue.commandByName(name);
      assert.ok(found, name);
      // A name that a present command bears, or that two commands left behind, can only lead to one of them.
      if (found.command !== command) assert.ok(ambiguous.has(fold(name)), `${name} leads to ${found.command.name}`);
    }
  }
});
/** `Form event` was 388 and is 1606 now; `Get localized string` was 991's name and, once, 1578's. */
const ambiguous = new Set(['form event', 'get localized string']);

test('every constant is found by its names and its token', () => {
  const shared = new Set(['associated standard action', 'normal']);
  for (const constant of catalogue.constants) {
    if (constant.token) assert.equal(catalogue.constantByToken(constant.token.theme, constant.token.index), constant);
    for (const name of [constant.name, ...constant.otherNames, ...constant.formerNames, ...constant.frenchNames]) {
      const found = catalogue.constantByName(name);
      assert.ok(found, name);
      if (found.constant !== constant) assert.ok(shared.has(fold(name)), `${name} leads to ${found.constant.name}`);
    }
    if (constant.type === 'Text') assert.notEqual(typeof constant.value, 'number', constant.name);
    if (constant.type === 'Integer') assert.notEqual(typeof constant.value, 'string', constant.name);
  }
});

test('every signature is well formed and begins with its name', () => {
  const members = catalogue.classes.flatMap((c) => c.members.flatMap((m) => m.signatures.map((s) => ({ s, name: m.name }))));
  const all = catalogue.commands.flatMap((c) => c.signatures.map((s) => ({ s, name: c.name }))).concat(members);
  assert.ok(all.length > 2200);
  for (const { s, name } of all) {
    const parsed = parseSignature(s.text);
    assert.ok(parsed.wellFormed, s.text);
    assert.ok(parsed.name === name || parsed.name.endsWith(`.${name}`), s.text);
    assert.ok(s.maximum === undefined || s.minimum <= s.maximum, s.text);
    for (const p of s.parameters) assert.equal(p.type === 'Operator', p.name === '*', s.text);
  }
});

test('the data has no parameter of its own that no signature knows', () => {
  for (const command of catalogue.commands) {
    if (command.section !== 'Undocumented') assert.ok(command.signatures.length > 0, command.name);
    for (const release of command.history) assert.match(release.change, /^(Created|Modified|Renamed)$/, command.name);
    for (const n of command.alsoSeenWith) {
      assert.ok(!command.signatures.some((s) => s.minimum <= n && n <= (s.maximum ?? n)), `${command.name} with ${n}`);
    }
  }
});

test('the session family', () => {
  const close = catalogue.commandByNumber(1208);
  assert.equal(close?.name, 'WEB LEGACY CLOSE SESSION');
  assert.equal(close.threadSafe, true);
  assert.equal(close.legacySessionsOnly, true);
  assert.equal(close.slug, 'commands/web-legacy-close-session');
  assert.equal(close.isFunction, false);
  assert.equal(close.signatures[0].text, 'WEB LEGACY CLOSE SESSION ( sessionID : Text )');
  assert.deepEqual(close.signatures[0].parameters, [
    { name: 'sessionID', nameEs: 'idSesion', type: 'Text', direction: 'in', optional: false, repeatable: false },
  ]);
  assert.deepEqual(catalogue.commandByName('WEB CLOSE SESSION'), { command: close, kind: 'former' });
  assert.deepEqual(catalogue.commandByName('web fermer session'), { command: close, kind: 'french' });
  assert.deepEqual(close.history[0], { release: '18 R6', change: 'Renamed' });

  assert.equal(catalogue.commandByNumber(1210)?.name, 'WEB SET OPTION');
  assert.equal(catalogue.commandByName('WEB DEMARRER SERVEUR')?.command.number, 617);
  const expiration = catalogue.commandByNumber(1207)?.signatures[0];
  assert.deepEqual(
    expiration?.parameters.map((p) => p.direction),
    ['in', 'out', 'out'],
  );
  assert.equal(catalogue.commandByNumber(1350)?.signatures[0].result, 'Integer');

  const legacy = catalogue.constantByToken(73, 1);
  assert.equal(legacy?.name, 'Web legacy session');
  assert.equal(legacy.value, 70);
  assert.deepEqual(catalogue.constantByName('Web keep session'), { constant: legacy, kind: 'former' });
  assert.ok(legacy.pages.includes('commands/web-set-option'));
  assert.equal(catalogue.constantByName('Web scalable session')?.constant.value, 90);
  // Values that only pages of older releases tell: window types and colours.
  assert.equal(catalogue.constantByName('Movable dialog box')?.constant.value, 5);
  assert.equal(catalogue.constantByName('Black')?.constant.value, 15);
  const ip = catalogue.constantByName('Web session enable IP address validation');
  assert.equal(ip?.constant, catalogue.constantByToken(73, 17));
  assert.equal(ip?.constant.value, 83);
  assert.equal(ip?.kind, 'present');

  const method = catalogue.databaseMethodByFile('onWebSessionSuspend');
  assert.equal(method?.name, 'On Web Legacy Close Session');
  assert.equal(catalogue.databaseMethodByName('On Web Close Process'), method);
  assert.equal(catalogue.classByName('4d.session')?.members.find((m) => m.name === 'storage')?.kind, 'property');
  for (const name of ['storage', 'QUERY']) {
    const owners = catalogue.classes.filter((c) => c.members.some((m) => !m.placeholder && m.name.toLowerCase() === name.toLowerCase()));
    assert.deepEqual(catalogue.classesWithMember(name), owners, name);
    assert.ok(owners.length > 0, name);
  }
  assert.deepEqual(catalogue.classesWithMember('toString of nothing'), []);
});

test('keywords, types and system variables', () => {
  assert.equal(catalogue.keywordByName('end IF')?.keyword.name, 'End if');
  assert.equal(catalogue.keywordByName('Fin de si')?.kind, 'french');
  assert.equal(catalogue.keywordByName('This')?.keyword.command, 1470);
  assert.equal(catalogue.systemVariableByName('ok')?.type, 'Integer');
  assert.equal(catalogue.arrayTypes.get('ARRAY TEXT'), 'Text');
  for (const name of catalogue.arrayTypes.keys()) assert.ok(catalogue.commandByName(name), name);
  for (const k of catalogue.keywords) if (k.command) assert.ok(catalogue.commandByNumber(k.command), k.name);
  for (const c of catalogue.constants) if (c.token && c.theme === '4D Write Pro') assert.equal(c.token.theme, 81);
});

test('names are found by prefix, pieces of words and initials', () => {
  const first = (typed: string) => catalogue.searchCommands(typed, 5)[0]?.name;
  for (const typed of [
    'wlcs',
    'web cl',
    'close ses',
    'web leg clo',
    'webclse',
    'WEB LEGACY CLOSE SESSION',
    'web close s',
    'web session anc f',
  ]) {
    assert.equal(first(typed), 'WEB LEGACY CLOSE SESSION', typed);
  }
  assert.equal(first('wso'), 'WEB SET OPTION');
  assert.equal(first('append'), 'APPEND TO ARRAY');
  assert.equal(catalogue.searchConstants('wmcp', 1)[0]?.name, 'Web max concurrent processes');
  assert.deepEqual(catalogue.searchCommands('', 5), []);
  assert.deepEqual(catalogue.searchCommands('zzzqqq', 5), []);
  assert.equal(catalogue.searchCommands('a', 7).length, 7);
  const found = catalogue.searchCommands('s', 10_000);
  assert.equal(new Set(found).size, found.length);
});
