/** `fourd lint` as a program: forms of report, exit codes, files left out, baseline, standard input. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { settingsXml } from '../test/memoryProject.js';
import { baselineText, readBaseline } from './baseline.js';
import { main } from './lint.js';
import { main as migrate } from './migrate.js';
import type { Terminal } from './terminal.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const close = 'WEB LEGACY CLOSE SESSION:C1208(WEB Get current session ID:C1162)\n';
const example = 'Project/Sources/Methods/Example.4dm';

/** A project on disk. */
function project(files: Readonly<Record<string, string>> = { [example]: close }): string {
  const folder = mkdtempSync(join(tmpdir(), 'fourd-'));
  folders.push(folder);
  const all = { 'Project/Shop.4DProject': '{}', 'Project/Sources/settings.4DSettings': settingsXml('scalable'), ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function run(command: typeof main, cwd: string, args: readonly string[], input = '') {
  let out = '';
  let err = '';
  const terminal: Terminal = {
    cwd,
    colours: false,
    interactive: false,
    out(text) {
      out += text;
    },
    err(text) {
      err += text;
    },
    input: () => input,
  };
  const code = await command(args, 'en', terminal);
  return { code, out, err };
}

const lint = (cwd: string, args: readonly string[], input?: string) => run(main, cwd, args, input);

const schema = (name: string) => JSON.parse(readFileSync(join(root, 'docs/schemas', name), 'utf8'));
const codes = (out: string): string[] =>
  JSON.parse(out).projects.flatMap((p: { diagnostics: { code: string }[] }) => p.diagnostics.map((d) => d.code));

test('exit codes: 0 all well, 1 problems, 2 wrong usage', async () => {
  assert.equal((await lint(project({ [example]: 'ALERT:C41("x")\n' }), [])).code, 0);
  const warned = project();
  assert.equal((await lint(warned, [])).code, 1);
  assert.equal((await lint(warned, ['--max-warnings', '1'])).code, 0);
  assert.equal((await lint(warned, ['--rule', 'legacy-close-ignored=info'])).code, 0);
  for (const args of [
    ['--format', 'xml'],
    ['--rule', 'no-such-rule'],
    ['--nonsense'],
    ['nowhere'],
    ['--max-warnings', 'x'],
    ['--write-baseline'],
    ['--stdin'],
  ]) {
    const result = await lint(warned, args);
    assert.equal(result.code, 2, args.join(' '));
    assert.ok(result.err.length > 20 && result.out === '', args.join(' '));
  }
});

test('JSON follows its schema', async () => {
  const result = await lint(project(), ['--format', 'json']);
  const validate = new Ajv({ strict: false }).compile(schema('lint.schema.json'));
  const value: unknown = JSON.parse(result.out);
  assert.ok(validate(value), JSON.stringify(validate.errors));
  assert.deepEqual(codes(result.out), ['legacy-close-ignored']);
});

interface Log {
  readonly runs: readonly {
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number; readonly relatedLocations?: readonly unknown[] }[];
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  }[];
}

test('SARIF follows the schema of SARIF 2.1.0, with related places and rules', async () => {
  const text = readFileSync(join(root, 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8');
  const sarif = JSON.parse(text);
  // an old draft of JSON Schema, of which nothing else matters here
  delete sarif.$schema;
  delete sarif.id;
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(sarif);
  const folder = project({
    [example]: close,
    'Project/Sources/Methods/Broken.4dm': 'If (OK=1)\n',
    'Project/Sources/Methods/a b.4dm': close,
  });
  const log: Log = JSON.parse((await lint(folder, ['--format', 'sarif'])).out);
  assert.ok(validate(log as unknown), JSON.stringify(validate.errors));
  assert.equal(log.runs[0].results.length, 3);
  for (const result of log.runs[0].results) assert.equal(log.runs[0].tool.driver.rules[result.ruleIndex].id, result.ruleId);
  assert.ok(log.runs[0].results.some((r) => r.relatedLocations?.length));
  // the report of a migration too
  const plan: unknown = JSON.parse((await run(migrate, root, ['--format', 'sarif', 'docs/tutorial'])).out);
  assert.ok(validate(plan), JSON.stringify(validate.errors));
});

test('annotations of GitHub: one line each, with what would break a line masked', async () => {
  const { out } = await lint(project(), ['--format', 'github']);
  assert.match(
    out,
    /^::warning file=Project\/Sources\/Methods\/Example\.4dm,line=1,col=1,endLine=1,endColumn=25,title=legacy-close-ignored::[^\n]+\n$/,
  );
});

test('pretty: mode with its cause, code frame, colours when asked for', async () => {
  const folder = project({ [example]: `\t${close}` });
  const plain = (await lint(folder, [])).out;
  assert.match(plain, /Sessions: scalable \(certain\)/);
  assert.match(plain, /settings\.4DSettings:\d+/);
  assert.match(plain, /1 │ {5}WEB LEGACY CLOSE SESSION:C1208/);
  assert.match(plain, /│ {5}~{24}\n/);
  assert.ok(!plain.includes('\u001B'));
  assert.ok((await lint(folder, ['--color'])).out.includes('\u001B[33m'));
  assert.match((await lint(folder, ['--lang', 'es'])).out, /Sesiones: escalables \(seguro\)/);
});

test('--fix writes what is safe, keeps the rest, and the byte order mark', async () => {
  const folder = project({ [example]: '\uFEFFWEB CLOSE SESSION:C1208($1)\r\n' });
  const result = await lint(folder, ['--fix', '--format', 'json']);
  assert.equal(readFileSync(join(folder, example), 'utf8'), '\uFEFFWEB LEGACY CLOSE SESSION:C1208($1)\r\n');
  assert.deepEqual(codes(result.out), ['legacy-close-ignored']);
});

test('fourd.json: levels for the project and for folders, behind the command line', async () => {
  const config = {
    rules: { 'legacy-close-ignored': 'off' },
    overrides: [{ files: ['Project/Sources/Methods/Old_*'], rules: { 'legacy-close-ignored': 'error' } }],
  };
  assert.ok(new Ajv({ strict: false }).validate(schema('fourd.schema.json'), config));
  const folder = project({ [example]: close, 'Project/Sources/Methods/Old_one.4dm': close, 'fourd.json': JSON.stringify(config) });
  const result = await lint(folder, ['--format', 'json']);
  assert.equal(result.code, 1);
  assert.deepEqual(
    JSON.parse(result.out).projects[0].diagnostics.map((d: { file: string; severity: string }) => `${d.file} ${d.severity}`),
    ['Project/Sources/Methods/Old_one.4dm error'],
  );
  assert.equal(codes((await lint(folder, ['--format', 'json', '--rule', 'legacy-close-ignored=hint'])).out).length, 2);
  writeFileSync(join(folder, 'fourd.json'), '{"rules": {"former-name": "loud"}, "colour": 1}');
  assert.deepEqual(codes((await lint(folder, ['--format', 'json', '--rule', 'legacy-close-ignored=off'])).out), [
    'project-file',
    'project-file',
  ]);
});

test('.fourdignore leaves files out; what they do to the mode still counts', async () => {
  const folder = project({
    [example]: close,
    'Project/Sources/Methods/Old_one.4dm': close,
    'Project/Sources/DatabaseMethods/onStartup.4dm':
      'WEB SET OPTION:C1210(Web scalable session; 0)\nWEB SET OPTION:C1210(Web legacy session:K73:1; 1)\n',
    '.fourdignore': '# old\nOld_*\nDatabaseMethods/\n',
  });
  assert.deepEqual(codes((await lint(folder, ['--format', 'json'])).out), []);
  writeFileSync(join(folder, 'others'), '*.4dm\n!Old_one.4dm\n');
  const result = await lint(folder, ['--format', 'json', '--ignore-file', 'others']);
  assert.equal(JSON.parse(result.out).projects[0].files, 1);
});

test('a baseline: what is known is left out, also when lines move; what is new is not', async () => {
  const folder = project();
  assert.equal((await lint(folder, ['--baseline', 'known.json', '--write-baseline'])).code, 0);
  const written = JSON.parse(readFileSync(join(folder, 'known.json'), 'utf8'));
  assert.ok(new Ajv({ strict: false }).validate(schema('baseline.schema.json'), written));
  assert.equal((await lint(folder, ['--baseline', 'known.json'])).code, 0);
  writeFileSync(join(folder, example), `ALERT:C41("x")\n\n\t${close}`);
  assert.equal((await lint(folder, ['--baseline', 'known.json'])).code, 0);
  writeFileSync(join(folder, example), `${close}${close}`);
  assert.equal(codes((await lint(folder, ['--baseline', 'known.json', '--format', 'json'])).out).length, 1);
  writeFileSync(join(folder, 'known.json'), '{}');
  assert.equal((await lint(folder, ['--baseline', 'known.json'])).code, 2);
});

test('standard input stands for a file, there or not yet', async () => {
  const folder = project({ [example]: 'ALERT:C41("x")\n' });
  for (const path of [example, 'Project/Sources/Methods/New.4dm']) {
    const result = await lint(folder, ['--stdin', '--stdin-path', path, '--format', 'json'], close);
    assert.deepEqual(codes(result.out), ['legacy-close-ignored'], result.err);
  }
  assert.equal((await lint(folder, ['--stdin', '--stdin-path', 'README.md'], close)).code, 2);
});

test('HTTP request handlers in a legacy project', async () => {
  const handlers = { 'Project/Sources/HTTPHandlers.json': '[{"class": "Shop", "method": "basket", "pattern": "basket"}]\n' };
  const legacy = project({ ...handlers, 'Project/Sources/settings.4DSettings': settingsXml('legacy') });
  assert.deepEqual(codes((await lint(legacy, ['--format', 'json'])).out), ['needs-scalable-sessions']);
  assert.deepEqual(codes((await lint(legacy, ['--format', 'json', '--rule', 'needs-scalable-sessions=off'])).out), []);
  assert.deepEqual(codes((await lint(project(handlers), ['--format', 'json'])).out), []);
});

test('the tutorial has nothing to report', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fourd-'));
  folders.push(folder);
  cpSync(join(root, 'docs/tutorial'), folder, { recursive: true });
  const result = await lint(folder, ['--format', 'json']);
  assert.deepEqual([result.code, codes(result.out)], [0, []]);
});

test('baselines read back what they write; other texts are none', async () => {
  const report = { file: 'a.4dm', code: 'x-y', line: ' $a:=1 ' };
  const baseline = readBaseline(baselineText([report, report]))!;
  assert.deepEqual([baseline.takes(report), baseline.takes({ ...report, line: '$a:=1' }), baseline.takes(report)], [true, true, false]);
  for (const text of ['', '[]', '{"version":2,"reports":[]}', '{"version":1,"reports":[{}]}']) assert.equal(readBaseline(text), undefined);
});
