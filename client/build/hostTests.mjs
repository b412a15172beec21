// Runs the suite of client/test/host inside a real VS Code: as a desktop or server extension, or with --web as a web extension.
//   VSCODE_EXECUTABLE=/path/to/code   a desktop VS Code to use
// Without it: the desktop one that @vscode/test-electron downloads, where there is a display; else the one from npm with a Chromium (Linux).
// Never skipped: where none of these can be had, this fails and says why.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { stage } from './package.mjs';

const root = resolve(import.meta.dirname, '../..');
const standIn = join(import.meta.dirname, 'vscode/code.mjs');
const version = '1.100.3';

/**
 * Runs the suite once, on the extension as it is packed.
 * @param {{ web?: boolean }} [options]
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runHostTests({ web = false } = {}) {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), '4d-workspace-')));
  const beside = mkdtempSync(join(tmpdir(), '4d-beside-'));
  const report = join(workspace, '.test-report.txt');
  try {
    for (const copy of ['legacy', 'scalable']) cpSync(join(root, 'docs/tutorial'), join(workspace, copy), { recursive: true });
    cpSync(
      join(root, 'docs/tutorial/settings-scalable/settings.4DSettings'),
      join(workspace, 'scalable/Project/Sources/settings.4DSettings'),
    );
    if (!web) installAnalyzer(beside, workspace);
    const code = await runTests({
      vscodeExecutablePath: web ? standIn : await executable(),
      extensionDevelopmentPath: web ? await stage() : [await stage(), beside],
      extensionTestsPath: join(root, web ? 'out/host/browser.js' : 'out/host/node.cjs'),
      extensionTestsEnv: web ? { VSCODE_TEST_AS: 'web' } : {},
      launchArgs: [workspace, '--disable-extensions'],
    }).catch((error) => error);
    const text = existsSync(report) ? readFileSync(report, 'utf8') : '';
    console.log(text);
    const counted = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(text);
    // A crashed extension host is a clean exit to VS Code: only the summary proves that the suite ran to its end.
    if (!counted) throw new Error(`The suite in VS Code did not run to its end. ${code instanceof Error ? code.message : ''}`);
    const [passed, failed, skipped] = counted.slice(1).map(Number);
    if (skipped > 0) throw new Error(`${skipped} tests in VS Code were skipped: each must run.`);
    if (failed === 0 && (code !== 0 || passed === 0))
      throw new Error(`The tests in VS Code passed, but VS Code itself did not end well (${code}).`);
    return { passed, failed };
  } finally {
    for (const folder of [workspace, beside]) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** An extension that does nothing, with the id of 4D's own one: beside it our defaults step back, so the workspace asks for all features. */
function installAnalyzer(folder, workspace) {
  const manifest = { publisher: '4d', name: '4d-analyzer', version: '0.0.1', engines: { vscode: '^1.100.0' }, main: './main.js' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'main.js'), 'exports.activate = () => {};\n');
  mkdirSync(join(workspace, '.vscode'));
  writeFileSync(join(workspace, '.vscode/settings.json'), JSON.stringify({ '4dWebSessions.features': 'all' }));
}

async function executable() {
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  const linux = process.platform === 'linux';
  if (!linux || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) {
    try {
      return await downloadAndUnzipVSCode({ version, cachePath: join(root, '.vscode-test') });
    } catch (error) {
      if (!linux) throw new Error(`No VS Code to test in: ${error.message} Name one with VSCODE_EXECUTABLE=/path/to/it.`);
      console.log(`No desktop VS Code can be downloaded (${error.message}); the one from npm is used.`);
    }
  }
  return standIn;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed } = await runHostTests({ web: process.argv.includes('--web') });
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
