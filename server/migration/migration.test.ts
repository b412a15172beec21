import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import { parse } from '#syntaxes/parser/parse.js';
import { memoryFileSystem } from '#syntaxes/project/memoryFileSystem.js';
import { nodeFileSystem } from '#syntaxes/project/node/fileSystem.js';
import { type SessionsSetting, settingsXml } from '../test/memoryProject.js';
import { lineDiff } from './lineDiff.js';
import { json, markdown, sarif } from './reportText.js';
import { type MigrationOptions, migrate } from './run.js';
import type { MigrationItem } from './types.js';

const method = 'Project/Sources/Methods/Example.4dm';
const settings = 'Project/Sources/settings.4DSettings';
const published = '//%attributes = {"publishedWeb":true}\n';
const close = 'WEB LEGACY CLOSE SESSION:C1208(WEB Get current session ID:C1162)';

async function migrated(mode: SessionsSetting, files: Readonly<Record<string, string>>, options: Partial<MigrationOptions> = {}) {
  const all: Record<string, string> = { 'Project/Shop.4DProject': '{}', [settings]: settingsXml(mode), ...files };
  const fs = memoryFileSystem(Object.fromEntries(Object.entries(all).map(([path, text]) => [`/shop/${path}`, text])));
  return migrate(fs, '/shop', defaultCatalogue(), { bothModes: false, wants: () => true, ...options });
}

const brief = (items: readonly MigrationItem[]): string[] => items.map((i) => `${i.idiom}: ${i.kind}`);
const after = (m: Awaited<ReturnType<typeof migrated>>, path = method): string | undefined => m.changed.find((c) => c.path === path)?.after;

test('a log-out: edited together with the settings, and what is different is said', async () => {
  const m = await migrated('legacy', { [method]: `If (OK=1)\n\t${close}  // bye\nEnd if \n` });
  assert.deepEqual(brief(m.plan.items), ['close-own-session: assisted', 'current-session-id: automatic', 'settings-mode: assisted']);
  assert.equal(
    after(m),
    `If (OK=1)
	var $storageKey : Text
	Session:C1714.clearPrivileges()
	Use (Session:C1714.storage)
		For each ($storageKey; OB Keys:C1719(Session:C1714.storage))
			OB REMOVE:C1226(Session:C1714.storage; $storageKey)
		End for each 
	End use   // bye
End if 
`,
  );
  assert.equal(after(m, settings), settingsXml('scalable'));
  assert.deepEqual(m.remaining, []);
  for (const item of m.plan.items.filter((i) => i.kind === 'assisted')) assert.ok(item.change?.en && item.change.es && item.title?.es);
});

test('both modes: the call gets a guard, the settings stay', async () => {
  const m = await migrated('legacy', { [method]: `${close}\n` }, { bothModes: true });
  assert.match(after(m)!, /^If \(Session:C1714=Null:C1517\)\n\tWEB LEGACY CLOSE SESSION/);
  assert.equal(after(m, settings), undefined);
  assert.deepEqual(m.remaining, []);
  assert.deepEqual(brief(m.rest.items), ['guarded-call: automatic', 'settings-mode: assisted']);
});

test('a project of plain text gets plain text, its line ends and indentation kept', async () => {
  const m = await migrated('legacy', {
    'Project/Shop.4DProject': '{"tokenizedText": false}',
    [method]: 'If (OK=1)\r\n  WEB CLOSE SESSION(WEB Get current session ID)\r\nEnd if\r\n',
  });
  const text = after(m)!;
  assert.ok(
    !/:C\d/.test(text) && !/[^\r]\n/.test(text) && text.includes('\r\n  Session.clearPrivileges()\r\n  Use (Session.storage)\r\n'),
    text,
  );
  assert.deepEqual(m.remaining, []);
});

const byIdiom: Readonly<Record<string, { code: string; items: readonly string[]; gives?: string; mode?: SessionsSetting }>> = {
  'closing another session': { code: 'WEB LEGACY CLOSE SESSION:C1208([User:1]Session:2)\n', items: ['close-other-session: manual'] },
  'closing by a local that holds the own identifier': {
    code: '$id:=WEB Get current session ID:C1162\nWEB LEGACY CLOSE SESSION:C1208($id)\n',
    items: ['current-session-id: automatic', 'close-own-session: assisted'],
  },
  'a call that is left over': {
    code: `Session:C1714.clearPrivileges()\n${close}\nALERT:C41("bye")\n`,
    items: ['close-own-session: automatic', 'current-session-id: automatic'],
    gives: 'Session:C1714.clearPrivileges()\nALERT:C41("bye")\n',
    mode: 'scalable',
  },
  'the mode by option': {
    code: 'WEB SET OPTION:C1210(Web keep session:K73:1; 1)\n',
    items: ['mode-by-option: assisted', 'former-name: automatic'],
    gives: 'WEB SET OPTION:C1210(Web scalable session; 1)\n',
  },
  'options that lose their meaning': {
    code: 'WEB SET OPTION:C1210(Web max sessions:K73:2; 50)\nWEB SET OPTION:C1210(Web session cookie path:K73:16; "/")\n',
    items: ['ignored-option: automatic', 'cookie-option: automatic'],
    gives: 'WEB SET OPTION:C1210(Web session cookie path:K73:16; "/")\n',
  },
  'the mode by start': {
    code: 'WEB Server:C1674.start({keepSession: True:C214})\n',
    items: ['mode-by-start: assisted'],
    gives: 'WEB Server:C1674.start({scalableSession: True:C214})\n',
  },
  'both modes by start': {
    code: 'WEB Server:C1674.start({keepSession: True:C214; scalableSession: $scalable})\n',
    items: ['mode-by-start: manual'],
  },
  'a guarded call stays': {
    code: `If (Session:C1714=Null:C1517)\n\t${close}\nEnd if \n`,
    items: ['guarded-call: automatic'],
  },
  'a call that shares its line': {
    code: `If (Undefined:C82(${close}))\nEnd if \n`,
    items: ['close-own-session: manual', 'current-session-id: automatic'],
  },
};

for (const [name, { code, items, gives, mode = 'legacy' }] of Object.entries(byIdiom)) {
  test(name, async () => {
    const m = await migrated(mode, { [method]: code });
    assert.deepEqual(brief(m.plan.items.filter((i) => i.path === method)), items);
    if (gives !== undefined) assert.equal(after(m), gives);
    if (items.every((i) => i.endsWith('manual') || i === 'guarded-call: automatic')) assert.equal(after(m), undefined);
  });
}

const state = {
  'Project/Sources/Methods/COMPILER_WEB.4dm': 'C_LONGINT:C283(vCustomer)\nC_OBJECT:C1216(vBasket)\nARRAY TEXT:C222(aLines; 0)\n',
  'Project/Sources/Methods/LogIn.4dm': `${published}vCustomer:=7\nvBasket:=New object:C1471\nAPPEND TO ARRAY:C911(aLines; "x")\n`,
  'Project/Sources/Methods/IsIn.4dm': '#DECLARE->$in : Boolean\n$in:=(vCustomer#0)\n',
  'Project/Sources/Methods/Basket.4dm': `${published}If (IsIn)\n\tWEB SEND TEXT:C677(String:C10(vCustomer)+vBasket.name)\nEnd if \n`,
};

test('a scalar and an object that carry state move into the storage, an array is explained', async () => {
  const m = await migrated('legacy', state);
  assert.deepEqual(
    m.plan.items
      .filter((i) => i.idiom === 'process-state')
      .map((i) => `${i.text}: ${i.kind}`)
      .sort(),
    ['aLines: manual', 'vBasket: assisted', 'vCustomer: assisted'],
  );
  assert.equal(
    after(m, 'Project/Sources/Methods/LogIn.4dm'),
    `${published}Use (Session:C1714.storage)\n\tSession:C1714.storage.vCustomer:=7\nEnd use \nUse (Session:C1714.storage)\n\tSession:C1714.storage.vBasket:=OB Copy:C1225(New object:C1471; ck shared:K85:29; Session:C1714.storage)\nEnd use \nAPPEND TO ARRAY:C911(aLines; "x")\n`,
  );
  assert.equal(
    after(m, 'Project/Sources/Methods/IsIn.4dm'),
    '#DECLARE->$in : Boolean\n$in:=(Num:C11(Session:C1714.storage.vCustomer)#0)\n',
  );
});

test('an object that is changed or handed on is left to people', async () => {
  for (const code of ['vBasket.name:="x"\n', 'Other(vBasket)\n', 'vBasket.lines.push(1)\n', '$b:=vBasket\n']) {
    const m = await migrated('legacy', { ...state, 'Project/Sources/Methods/Other.4dm': `${published}${code}` });
    assert.equal(m.plan.items.find((i) => i.text === 'vBasket')?.kind, 'manual', code);
  }
});

test("what is set only for a new session, the idiom of 4D's manual, is state; types come from what is assigned", async () => {
  const first =
    'If (vSession#WEB Get current session ID:C1162)\n\tvSession:=WEB Get current session ID:C1162\n\tvSince:=Current date:C33\n\tARRAY TEXT:C222(aSeen; 0)\nEnd if \n';
  const m = await migrated('legacy', {
    'Project/Sources/DatabaseMethods/onWebConnection.4dm': `${first}APPEND TO ARRAY:C911(aSeen; $1)\nWEB SEND TEXT:C677(String:C10(vSince))\nvScratch:=1\n`,
  });
  assert.deepEqual(
    m.plan.items
      .filter((i) => i.idiom === 'process-state')
      .map((i) => `${i.text}: ${i.kind}`)
      .sort(),
    ['aSeen: manual', 'vSession: assisted', 'vSince: assisted'],
  );
  assert.match(
    after(m, 'Project/Sources/DatabaseMethods/onWebConnection.4dm')!,
    /String:C10\(Date:C102\(Session:C1714\.storage\.vSince\)\)/,
  );
});

test('selectors that are handed on as values, and the call that gets them: by hand', async () => {
  const m = await migrated('legacy', {
    [method]: '$list:=New collection:C1472(Web legacy session:K73:1; Web max sessions:K73:2; Web port ID:K73:14)\n',
    'Project/Sources/Methods/Set.4dm': 'WEB SET OPTION:C1210($option.key; $option.value)\n',
  });
  assert.deepEqual(brief(m.plan.items), [
    'selector-handed-on: manual',
    'selector-handed-on: manual',
    'option-at-run-time: manual',
    'settings-mode: assisted',
  ]);
});

test('a project whose code may choose the mode has not changed already', async () => {
  const option =
    'If ($1)\n\tWEB SET OPTION:C1210(Web legacy session:K73:1; 1)\nElse \n\tWEB SET OPTION:C1210(Web legacy session:K73:1; 0)\nEnd if \n';
  const text = markdown(await migrated('scalable', { [method]: option }), 'en', false);
  assert.match(text, /Code may choose another mode/);
  assert.doesNotMatch(text, /scalable sessions already/);
  assert.match(text, /Places: 2 \(1 automatic, 1 assisted, 0 by hand\)/);
});

test('one place that cannot be rewritten leaves the variable alone everywhere', async () => {
  const awkward = [
    'vCustomer+=1\n',
    'GET PROCESS VARIABLE:C371(1; vOther; vCustomer)\n',
    '$p:=->vCustomer\n',
    'For (vCustomer; 1; 3)\nEnd for \n',
  ];
  for (const code of awkward) {
    const m = await migrated('legacy', { ...state, 'Project/Sources/Methods/Other.4dm': `${published}${code}` });
    const item = m.plan.items.find((i) => i.text === 'vCustomer');
    assert.equal(item?.kind, 'manual', code);
    assert.equal(after(m, 'Project/Sources/Methods/IsIn.4dm'), undefined);
  }
});

test('a variable of other processes too, or code run from texts: by hand', async () => {
  const desktop = await migrated('legacy', { ...state, 'Project/Sources/Methods/Desktop.4dm': 'ALERT:C41(String:C10(vCustomer))\n' });
  assert.equal(desktop.plan.items.find((i) => i.text === 'vCustomer')?.kind, 'manual');
  const dynamic = await migrated('legacy', { ...state, 'Project/Sources/Methods/Run.4dm': `${published}EXECUTE FORMULA:C63($1)\n` });
  assert.equal(dynamic.plan.items.find((i) => i.text === 'vCustomer')?.kind, 'manual');
});

test('the settings: both blocks, and the old flag alone', async () => {
  const xml = (standalone: string, remote: string): string =>
    `<preferences><com.4d><web><standalone_server><configuration ${standalone}/></standalone_server><remote><configuration ${remote}/></remote></web></com.4d></preferences>`;
  const m = await migrated('legacy', { [settings]: xml('automatic_session_management="true" a="1"', 'session_mode="3"') });
  assert.equal(after(m, settings), xml('automatic_session_management="true" session_mode="1" a="1"', 'session_mode="1"'));
  assert.deepEqual(await migrated('scalable', {}).then((s) => s.plan.items), []);
});

test('only automatic edits when nothing else is wanted', async () => {
  const m = await migrated(
    'legacy',
    { [method]: `${close}\nWEB SET OPTION:C1210(Web max sessions:K73:2; 5)\n` },
    { wants: (i) => i.kind === 'automatic' },
  );
  assert.equal(after(m), `${close}\n`);
  assert.equal(after(m, settings), undefined);
});

test('the tutorial: every edit parses, scalars move, what remains is told', async () => {
  const root = fileURLToPath(new URL('../../../docs/tutorial', import.meta.url));
  const m = await migrate(nodeFileSystem, root, defaultCatalogue(), { bothModes: false, wants: () => true });
  for (const { path, after: text } of m.changed) if (path.endsWith('.4dm')) assert.deepEqual(parse(text).errors, [], path);
  const kinds = new Map(m.plan.items.filter((i) => i.idiom === 'process-state').map((i) => [i.text, i.kind]));
  for (const scalar of ['vCustomerID', 'vCustomerName', 'vAdministrator', 'vRequestCount'])
    assert.equal(kinds.get(scalar), 'assisted', scalar);
  const page = m.changed.find((c) => c.path.endsWith('account.shtml'));
  assert.match(page?.after ?? '', /4DTEXT String:C10\(Session:C1714\.storage\.vCustomerName\)-->/);
  for (const array of ['aBasketID', 'aBasketQuantity']) assert.equal(kinds.get(array), 'manual', array);
  assert.deepEqual([...new Set(m.remaining.map((r) => r.problem.code))].sort(), [
    'close-method-unused',
    'legacy-close-ignored',
    'legacy-expiration-ignored',
  ]);
  // nothing with an edit is left: planning again finds nothing to do but by hand
  assert.deepEqual(
    m.rest.items.filter((i) => i.edits),
    [],
  );
});

test('the report says the same in all forms and languages, and follows its schema', async () => {
  const m = await migrated('legacy', { ...state, [method]: `${close}\n` });
  const schema = JSON.parse(readFileSync(fileURLToPath(new URL('../../../docs/schemas/migrate.schema.json', import.meta.url)), 'utf8'));
  const validate = new Ajv({ strict: false }).compile(schema);
  for (const language of ['en', 'es'] as const) {
    const text = markdown(m, language, false);
    for (const item of m.plan.items) assert.ok(text.includes(item.reason[language]), item.idiom);
    for (const item of m.plan.items) if (item.change) assert.ok(text.includes(item.change[language]));
    const data = JSON.parse(json(m, language)) as { items: unknown[] };
    assert.ok(validate(data as unknown), JSON.stringify(validate.errors));
    assert.equal(data.items.length, m.plan.items.length);
    const log = JSON.parse(sarif(m, language, false, '0'));
    assert.equal(log.runs[0].results.length, m.plan.items.length);
  }
});

test('a line diff', () => {
  assert.equal(lineDiff('a\nb\nc\n', 'a\nb\nc\n'), '');
  assert.equal(lineDiff('a\nb\nc', 'a\nx\nc'), '@@ -1,3 +1,3 @@\n a\n-b\n+x\n c');
  assert.equal(lineDiff('1\n2\n3\n4\n5\n6', '1\n2\n3\n4\n5\n6\n7'), '@@ -5,2 +5,3 @@\n 5\n 6\n+7');
});
