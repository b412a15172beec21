// `npm test`: installs what is missing, builds, and runs every test of every kind: style, units, built package and command line, other editors,
// and the extension in a real VS Code as a desktop extension and as a web extension. Ends with one line `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { bundle, compile, install, npmCacheSize, run } from './install.mjs';
import { tests } from './sources.mjs';

process.chdir(resolve(import.meta.dirname, '../..'));
const total = { passed: 0, failed: 0 };
const times = [];

/** Runs one stage and keeps its time; a stage gives its counts, or only whether it went well. */
async function stage(name, work) {
  console.log(`\n── ${name}`);
  const started = performance.now();
  let result;
  try {
    result = await work();
  } catch (error) {
    console.error(error.stack ?? error);
    result = false;
  }
  times.push(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${name}`);
  if (typeof result === 'object') {
    total.passed += result.passed;
    total.failed += result.failed;
  } else if (result === false) total.failed++;
  return result !== false;
}

/** Node's own runner: shows failures as they come, counts from a second report in a file. */
function units() {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const file = join(folder, 'report.tap');
  try {
    const { status } = spawnSync(
      process.execPath,
      [
        ...['--disable-warning=ExperimentalWarning', '--enable-source-maps', '--test'],
        ...['--test-reporter=dot', '--test-reporter-destination=stdout', '--test-reporter=tap', `--test-reporter-destination=${file}`],
        ...tests({ built: true }),
      ],
      { stdio: 'inherit' },
    );
    const report = readFileSync(file, 'utf8');
    const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(report)?.[1] ?? 0);
    const passed = count('pass');
    // A test that is left out is one that nobody sees failing.
    const failed = count('fail') + count('cancelled') + count('skipped') + count('todo');
    if (failed > 0) console.log(failures(report));
    console.log(`\n${passed} passed, ${failed} failed`.trimEnd());
    return { passed, failed: failed || (status === 0 && passed > 0 ? 0 : 1) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The parts of a TAP report that speak of what did not pass. */
function failures(report) {
  const lines = report.split('\n');
  return lines
    .flatMap((line, index) => {
      if (!/^\s*(not ok|ok .*# (SKIP|TODO))/.test(line)) return [];
      const end = lines.findIndex((other, at) => at > index && /^\s*\.\.\.$/.test(other));
      return lines.slice(index, end + 1);
    })
    .join('\n');
}

const inVSCode = async (options) => (await import('./hostTests.mjs')).runHostTests(options);

const started = performance.now();
const cached = npmCacheSize();
const ready = (await stage('install', install)) && (await stage('compile', compile)) && (await stage('bundle', () => bundle('--tests')));
if (ready) {
  await stage('style', () => run(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']));
  await stage('units, package, command line, other editors', units);
  await stage('in VS Code', () => inVSCode());
  await stage('in VS Code, as a web extension', () => inVSCode({ web: true }));
}
console.log(`\n── time\n${times.join('\n')}\n${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  in all`);
console.log(`downloaded from npm: ${((npmCacheSize() - cached) / 1e6).toFixed(0)} MB; what apt installed is said above`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
