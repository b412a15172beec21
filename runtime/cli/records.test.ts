/** Records that are asked for and cannot be had end the command: what is wrong, what to write instead, exit code 2. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';

/** Runs a subcommand by its module, as `fourd` does. */
function fourd(command: string, ...args: string[]) {
  const module = JSON.stringify(resolve(import.meta.dirname, `${command}.js`));
  const code = `import(${module}).then(({ main }) => main(${JSON.stringify(args)}, 'en')).then((code) => process.exit(code))`;
  return spawnSync(process.execPath, ['-e', code], { encoding: 'utf8', timeout: 60_000 });
}

test('a records file that is no JSON is an error in the language asked for, and nothing runs', (t) => {
  const folder = mkdtempSync(join(tmpdir(), '4d-records-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'records.json');
  writeFileSync(file, '{ "Customer": [ }');
  const run = fourd('run', 'Html_page', '--project', 'docs/tutorial', '--records', file);
  assert.equal(run.status, 2);
  assert.equal(run.stdout, '');
  assert.match(run.stderr, /records\.json” is no JSON .*It should be/);
  const served = fourd('serve', 'docs/tutorial', '--records', file, '--lang', 'es');
  assert.equal(served.status, 2);
  assert.match(served.stderr, /no es JSON .*Debe ser/);
  const scenario = join(folder, 'a.scenario.json');
  writeFileSync(scenario, JSON.stringify({ title: 'a', project: resolve('docs/tutorial'), records: file, steps: [{ request: 'GET /' }] }));
  const tested = fourd('test', scenario);
  assert.equal(tested.status, 2, tested.stdout + tested.stderr);
});
