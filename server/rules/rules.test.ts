/** What each rule reports and what it stays silent about, as lines of code. Examples of the pages are run by `pages.test.ts`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryProject, problemsOf, type SessionsSetting } from '../test/memoryProject.js';

interface Case {
  readonly mode: SessionsSetting | undefined;
  readonly code: string;
  /** Codes that are expected, in text order; none: all is well. */
  readonly finds?: readonly string[];
  readonly file?: string;
  readonly files?: Readonly<Record<string, string>>;
}

const method = 'Project/Sources/Methods/Example.4dm';
const close = 'WEB LEGACY CLOSE SESSION:C1208(WEB Get current session ID:C1162)';

const cases: Readonly<Record<string, Case>> = {
  'closing works in a legacy project': { mode: 'legacy', code: close },
  'closing does nothing without sessions': { mode: 'none', code: close, finds: ['legacy-close-ignored'] },
  'where nothing decides, it is a note': { mode: undefined, code: close, finds: ['legacy-close-ignored:info'] },
  'code that sets the mode by a computed value leaves it open': {
    mode: 'scalable',
    code: close,
    files: { 'Project/Sources/DatabaseMethods/onStartup.4dm': 'WEB SET OPTION:C1210(Web scalable session; $value)\n' },
  },
  'the Else of a guard is no cover': {
    mode: 'scalable',
    code: `If (Session:C1714#Null:C1517)\n\t${close}\nEnd if `,
    finds: ['legacy-close-ignored'],
  },
  'a guard by an early return': { mode: 'scalable', code: `If (Session:C1714#Null:C1517)\n\treturn \nEnd if \n${close}` },
  'a guard by the option': {
    mode: 'scalable',
    code: `WEB GET OPTION:C1209(Web legacy session:K73:1; $legacy)\nIf ($legacy=1)\n\t${close}\nEnd if `,
  },
  'a former name without its token': { mode: 'legacy', code: 'WEB CLOSE SESSION(WEB Get current session ID)', finds: ['former-name'] },
  'a French name': {
    mode: 'legacy',
    code: 'WEB SESSION ANCIENNE FERMER:C1208(WEB Get current session ID:C1162)',
    finds: ['former-name:hint'],
  },
  'the former name of a selector': {
    mode: 'legacy',
    code: 'WEB SET OPTION:C1210(Web keep session:K73:1; 1)',
    finds: ['former-name:info'],
  },
  'a constant of a component whose name begins with a number': { mode: undefined, code: '$a:=3 Trimestres\nIf ($a=2 Half years)\nEnd if ' },
  'an operator that is missing': {
    mode: undefined,
    code: 'vTotal:=1\n$a:=3 vTotal\n$b:=3 $a\n$c:=3 Example',
    finds: ['syntax-operator-missing:error', 'syntax-operator-missing:error', 'syntax-operator-missing:error'],
  },
  'a separator with nothing behind it': {
    mode: undefined,
    code: 'ALERT:C41("x"; )\n$a:=1;\nALERT:C41(String:C10($a);)',
    finds: ['syntax-spare-separator:warning', 'syntax-spare-separator:warning', 'syntax-spare-separator:warning'],
  },
  'a condition without parentheses': { mode: undefined, code: 'var $a : Integer\nIf $a<0\n\t$a:=1\nEnd if ' },
  'a shared object that the caller has reserved': {
    mode: undefined,
    code: 'Session:C1714.storage.a:=1',
    files: {
      'Project/Sources/Methods/Between.4dm': 'Example',
      'Project/Sources/Methods/Caller.4dm': 'Use (Session:C1714.storage)\n\tBetween\nEnd use \n',
    },
  },
  'a shared object that callers reserve for others': {
    mode: undefined,
    code: 'Session:C1714.storage.a:=1',
    finds: ['storage-outside-use'],
    files: { 'Project/Sources/Methods/Caller.4dm': 'Use (Session:C1714.storage)\n\tOther\nEnd use \nExample\n' },
  },
  'a text that names a method by a slip': {
    mode: undefined,
    code: 'ON ERR CALL("Handel_errors")\nEXECUTE METHOD("Handle_errors")\nEXECUTE METHOD("Of_component")',
    finds: ['unknown-method'],
    files: { 'Project/Sources/Methods/Handle_errors.4dm': '' },
  },
  'no argument': { mode: 'legacy', code: 'WEB LEGACY CLOSE SESSION:C1208', finds: ['argument-count:error'] },
  'optional arguments left out in the middle': {
    mode: undefined,
    code: 'ARRAY TEXT:C222($paths; 0)\nMETHOD GET PATHS:C1163(1; $paths)\nvar $e : Text\n$e:=DOM Create XML Ref:C861("a")\nDOM SET XML ELEMENT VALUE:C868($e; 1000)',
  },
  'an argument of a command that takes none': { mode: undefined, code: 'ALERT:C41(Null:C1517(1))', finds: ['argument-count'] },
  'a plug-in that is not there, with commands of its own prefix': { mode: undefined, code: 'SR Report To BLOB(1)\nOT Copy(2)\nOB_SET(3)' },
  'a name that is called all over the project': { mode: undefined, code: 'ALERTE_(1)\nALERTE_(2)\nALERTE_(3)\nALERTE_(4)' },
  'a name and a token that belonged together before 17 R6': { mode: undefined, code: '$c:=LISTBOX Get row color:C1271(vBox; 1)' },
  'a number for the identifier': { mode: 'legacy', code: 'WEB LEGACY CLOSE SESSION:C1208(7)', finds: ['argument-type'] },
  'an empty identifier': { mode: 'legacy', code: 'WEB LEGACY CLOSE SESSION:C1208("")', finds: ['session-id-wrong'] },
  'the name of the cookie as identifier': {
    mode: 'legacy',
    code: 'WEB LEGACY CLOSE SESSION:C1208(WEB Server:C1674.sessionCookieName)',
    finds: ['session-id-wrong'],
  },
  'a UUID with dashes': { mode: 'legacy', code: 'WEB LEGACY CLOSE SESSION:C1208("db36747f-fc29-41e6-8da2-fca0cc290b14")' },
  'Session is read outside web code': { mode: 'legacy', code: '$name:=Session:C1714.userName\nALERT:C41($name)' },
  'the cookie’s path works in every mode': { mode: 'scalable', code: 'WEB SET OPTION:C1210(Web session cookie path:K73:16; "/")' },
  'a variable set again after the close': {
    mode: 'legacy',
    code: `${close}\nvCustomer:=0\nALERT:C41(String:C10(vCustomer))`,
    files: { 'Project/Sources/Methods/Other.4dm': 'vCustomer:=7\n' },
  },
  'a variable read after the close': {
    mode: 'legacy',
    code: `${close}\nALERT:C41(String:C10(vCustomer))`,
    files: { 'Project/Sources/Methods/Other.4dm': 'vCustomer:=7\n' },
    finds: ['read-after-close'],
  },
  'a declaration after the close is no read': {
    mode: 'legacy',
    code: `${close}\nC_LONGINT:C283(vCustomer)`,
    files: { 'Project/Sources/Methods/Other.4dm': 'vCustomer:=7\n' },
  },
  'another session is closed': {
    mode: 'legacy',
    code: 'WEB LEGACY CLOSE SESSION:C1208(vOther)\nALERT:C41(String:C10(vCustomer))',
    files: { 'Project/Sources/Methods/Other.4dm': 'vCustomer:=7\n' },
  },
  'a URL whose name goes on elsewhere': {
    mode: undefined,
    code: 'WEB SEND HTTP REDIRECT:C659("/4DACTION/Web_"+vWhat)',
    files: { 'Project/Sources/Methods/Web_.4dm': '' },
  },
  'the log-out method is not published': {
    mode: 'legacy',
    code: '$html:="<a href=\\"/4DACTION/Leave/now\\">Bye</a>"\nWEB SEND TEXT:C677($html)',
    files: { 'Project/Sources/Methods/Leave.4dm': `//%attributes = {}\n${close}\n` },
    finds: ['action-not-published'],
  },
  'the classic test of a new session': {
    mode: 'scalable',
    code: 'If (vSession#WEB Get current session ID:C1162)\n\tvSession:=WEB Get current session ID:C1162\nEnd if ',
    finds: ['session-state-in-process'],
  },
  'the same in a legacy project': {
    mode: 'legacy',
    code: 'If (vSession#WEB Get current session ID:C1162)\n\tvSession:=WEB Get current session ID:C1162\nEnd if ',
  },
  'a process variable that the request itself loads': {
    mode: 'scalable',
    code: '//%attributes = {"publishedWeb":true}\nLoad\nIf (vCustomer=0)\n\tALERT:C41("?")\nEnd if ',
    files: {
      'Project/Sources/Methods/Load.4dm': 'vCustomer:=Num:C11("7")\n',
      'Project/Sources/Methods/LogIn.4dm': '//%attributes = {"publishedWeb":true}\nvCustomer:=7\n',
    },
  },
  'dialogs of a converted database, where every method is open to URLs': {
    mode: 'scalable',
    code: '//%attributes = {"publishedWeb":true}\nIf (vCanRemove)\n\tOBJECT SET VISIBLE:C603(*; "remove"; True:C214)\nEnd if ',
    files: { 'Project/Sources/Methods/Prepare.4dm': '//%attributes = {"publishedWeb":true}\nvCanRemove:=True:C214\n' },
  },
  'storage under a Use of its own part': {
    mode: undefined,
    code: 'Use (Storage:C1525.counters)\n\tStorage:C1525.counters.hits:=1\nEnd use ',
  },
  'a plain value in storage': {
    mode: 'scalable',
    code: 'Use (Session:C1714.storage)\n\tSession:C1714.storage.at:=Current date:C33\nEnd use ',
  },
  'a plain object in storage': {
    mode: 'scalable',
    code: 'Use (Session:C1714.storage)\n\tSession:C1714.storage.basket:={lines: 0}\nEnd use ',
    finds: ['storage-unshared'],
  },
  'one of two modes by a condition': {
    mode: undefined,
    code: 'If ($old)\n\tWEB SET OPTION:C1210(Web legacy session:K73:1; 1)\nElse \n\tWEB SET OPTION:C1210(Web scalable session; 1)\nEnd if ',
  },
  'both modes in one start': {
    mode: undefined,
    code: '$server:=WEB Server:C1674\n$server.start({keepSession: True:C214; scalableSession: True:C214})',
    finds: ['session-modes-conflict', 'session-modes-conflict'],
  },
  'SameSite None over an open line': {
    mode: 'scalable',
    code: '$server:=WEB Server:C1674\n$server.start({sessionCookieSameSite: "None"; HTTPSEnabled: False:C215})',
    finds: ['weak-session-cookie'],
  },
  'SameSite None with HTTPS': {
    mode: 'scalable',
    code: '$server:=WEB Server:C1674\n$server.start({sessionCookieSameSite: "None"; HTTPSEnabled: True:C214})',
  },
  'a one-time token in a legacy project': {
    mode: 'legacy',
    code: 'WEB SEND HTTP REDIRECT:C659("/shop?$4DSID="+vToken)',
    finds: ['needs-scalable-sessions'],
  },
  'the same in a scalable project': { mode: 'scalable', code: 'WEB SEND HTTP REDIRECT:C659("/shop?$4DSID="+vToken)' },
  'a former name with its token': { mode: undefined, code: '$p:=Get edited text:C655\nALERT:C41($p)' },
  'a component may have the method': {
    mode: undefined,
    code: 'Exmple(7)',
    files: { 'Components/Other.4dbase/Other.4DZ': '' },
  },
  'a name like no other': { mode: undefined, code: 'Something_else(7)' },
  'a variable that a command may fill': { mode: undefined, code: 'GET SYSTEM FORMAT:C994(0; $format)\nALERT:C41($format)' },
  'names in formulas': { mode: undefined, code: 'EXECUTE FORMULA:C63("$x:=1")\nIf ($x=1)\n\tALERT:C41("?")\nEnd if ' },
  'an early return under a condition': { mode: undefined, code: 'If (OK=1)\n\treturn \nEnd if \nALERT:C41("on")' },
  'a comment with a reason': {
    mode: 'scalable',
    code: `${close}  // 4d-web-sessions-disable-line legacy-close-ignored -- for the old server`,
  },
  'a comment for another rule': {
    mode: 'scalable',
    code: `${close}  // 4d-web-sessions-disable-line session-null`,
    finds: ['legacy-close-ignored'],
  },
};

for (const [name, { mode, code, finds = [], file = method, files = {} }] of Object.entries(cases)) {
  test(name, async () => {
    const project = await memoryProject(mode, { ...files, [file]: `${code}\n` });
    const problems = await problemsOf(project, file);
    const found = problems.map((p, i) => (finds[i]?.includes(':') ? `${p.code}:${p.severity}` : p.code));
    assert.deepEqual(found, finds);
  });
}

test('levels by settings: another one, off, and the whole parser', async () => {
  const project = await memoryProject('scalable', { [method]: `${close}\nIf (OK=1)\n` });
  const codes = async (settings: Parameters<typeof problemsOf>[2]) =>
    (await problemsOf(project, method, settings)).map((p) => `${p.code}:${p.severity}`);
  assert.deepEqual(await codes({}), ['legacy-close-ignored:warning', 'syntax-end-missing:error']);
  assert.deepEqual(await codes({ 'legacy-close-ignored': 'error', syntax: 'off' }), ['legacy-close-ignored:error']);
  assert.deepEqual(await codes({ 'legacy-close-ignored': 'off', 'syntax-end-missing': 'hint' }), ['syntax-end-missing:hint']);
});
