// What the start of the extension costs in a real VS Code: loading its code, the call of `activate`, and until that has ended, as VS Code itself
// tells in «Developer: Startup Performance». Beside it an extension that does nothing, started by the same event: what the host takes anyway.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { stage } from '../build/package.mjs';

const runs = 5;
const peer = 'nobody.does-nothing';
const columns = ['load code', 'call activate', 'finish activate'];
const measured = { ours: [], peer: [] };

const folder = mkdtempSync(join(tmpdir(), 'activation-'));
try {
  const workspace = join(folder, 'workspace');
  cpSync('docs/tutorial', join(workspace, 'shop'), { recursive: true });
  const [extension, beside] = [await stage(), doesNothing()];
  const report = join(folder, 'report.md');
  writeFileSync(join(folder, 'tests.cjs'), reader(report));
  for (let run = 0; run < runs; run++) {
    const flags = [`--extensionDevelopmentPath=${extension}`, `--extensionDevelopmentPath=${beside}`];
    const { status, stderr } = spawnSync(
      process.execPath,
      ['client/build/vscode/code.mjs', ...flags, `--extensionTestsPath=${join(folder, 'tests.cjs')}`, workspace],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`VS Code did not tell its times: ${stderr}`);
    const text = readFileSync(report, 'utf8');

    measured.ours.push(timesOf('4d-web-sessions', text));
    measured.peer.push(timesOf(peer, text));
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

const ours = medians(measured.ours);
const theirs = medians(measured.peer);
console.log(`| Median of ${runs} starts, milliseconds | ${columns.join(' | ')} | in all |`);
console.log('| --- | --: | --: | --: | --: |');
for (const [name, figures] of [
  ['this extension', ours],
  ['one that does nothing, in the same host', theirs],
  ['beyond the host’s own', ours.map((one, index) => one - theirs[index])],
])
  console.log(`| ${name} | ${figures.map((one) => one.toFixed(0)).join(' | ')} |`);

function doesNothing() {
  const [publisher, name] = peer.split('.');
  const { engines, activationEvents } = JSON.parse(readFileSync('package.json', 'utf8'));
  const path = join(folder, 'peer');
  mkdirSync(path);
  const manifest = { publisher, name, version: '0.0.1', engines: { vscode: engines.vscode }, main: './main.js', activationEvents };
  writeFileSync(join(path, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(path, 'main.js'), 'exports.activate = () => {};\n');
  return path;
}

/** What runs in the extension host: waits until both are active and keeps VS Code's own report. */
function reader(path) {
  return `const vscode = require('vscode');
const until = async (ask) => { for (;;) { const answer = await ask(); if (answer) return answer; await new Promise((go) => setTimeout(go, 100)); } };
exports.run = async () => {
  for (const id of ['4d-web-sessions.4d-web-sessions', ${JSON.stringify(peer)}]) await until(() => vscode.extensions.getExtension(id)?.isActive);
  const text = await until(async () => {
    await vscode.commands.executeCommand('perfview.show');
    const shown = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf')?.getText() ?? '';
    if (['4d-web-sessions', 'does-nothing'].every((name) => new RegExp(name + '[^\\n]*\\|').test(shown))) return shown;
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
  require('node:fs').writeFileSync(${JSON.stringify(path)}, text);
};`;
}

/** Load code, call, finish and their sum from the row of an extension. */
function timesOf(id, text) {
  const row = text.split('\n').find((line) => line.startsWith('|') && line.includes(id));
  const numbers = (row ?? '')
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => /^\d+(\.\d+)?$/.test(cell))
    .slice(0, columns.length)
    .map(Number);
  if (numbers.length < columns.length) throw new Error(`VS Code tells no times of ${id}: ${row}`);
  return [...numbers, numbers.reduce((sum, one) => sum + one, 0)];
}

function medians(rows) {
  return rows[0].map((_, index) => rows.map((row) => row[index]).sort((a, b) => a - b)[Math.floor(rows.length / 2)]);
}

const kilobytes = (path) => (statSync(path).size / 1024).toFixed(0);
console.log(
  `\nCode that is loaded for it: ${kilobytes('dist/extension.cjs')} KB; the language client, ${kilobytes('dist/languageClient.cjs')} KB, follows when`,
);
console.log('activation is over; server and simulator are processes of their own.');
