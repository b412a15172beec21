// Starts the VS Code that `provision.mjs` fetched, with throw-away settings and extensions folders, on a free port of this machine.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const quietSettings = {
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'update.mode': 'none',
  'git.enabled': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'security.workspace.trust.enabled': false,
};

/**
 * Starts VS Code's server.
 * @param {string} vscode folder of the server, from `provision`
 * @param {{ settings?: object, extensions?: string[], vsix?: string, env?: object, port?: number, log?: (text: string) => void }} [options] `extensions`: folders of extensions to install, `vsix`: a package to install as users do
 * @returns address, the throw-away folder, and `stop`, which leaves nothing behind
 */
export async function startServer(vscode, { settings = {}, extensions = [], vsix, env = {}, port, log } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'vscode-'));
  mkdirSync(join(folder, 'user/User'), { recursive: true });
  writeFileSync(join(folder, 'user/User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  for (const [index, one] of extensions.entries()) cpSync(one, join(folder, 'extensions', String(index)), { recursive: true });
  const main = join(vscode, 'out/server-main.js');
  const folders = ['user-data', 'server-data', 'extensions'].flatMap((name) => [`--${name}-dir`, join(folder, name.replace('-data', ''))]);
  const environment = { ...process.env, EXTENSIONS_GALLERY: '{}', ...env };
  if (vsix) install(main, vsix, folders, environment);
  const chosen = port || (await freePort());
  const child = spawn(
    process.execPath,
    [
      main,
      '--accept-server-license-terms',
      '--without-connection-token',
      ...['--host', '127.0.0.1', '--port', String(chosen)],
      ...folders,
      ...['--telemetry-level', 'off', '--disable-telemetry', '--disable-workspace-trust', '--enable-smoke-test-driver', '--log', 'warn'],
    ],
    { env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise((resolve) => child.once('close', resolve));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      output += text;
      log?.(String(text));
    });
  }
  const address = `http://127.0.0.1:${chosen}`;
  const stop = async () => {
    const force = setTimeout(() => child.kill('SIGKILL'), 5000);
    child.kill();
    await ended;
    clearTimeout(force);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await answers(`${address}/version`, ended);
  } catch (error) {
    await stop();
    throw new Error(`VS Code's server did not start: ${error.message}\n${output}`);
  }
  return { address, port: chosen, folder, stop, ended, output: () => output };
}

/** Installs a package from the command line of VS Code, as users may do, too. */
function install(main, vsix, folders, env) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...folders, '--install-extension', vsix], {
    env,
    encoding: 'utf8',
  });
  if (status !== 0 || !/successfully installed/.test(stdout)) throw new Error(`${vsix} was not installed: ${stdout}${stderr}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answers(url, ended, limit = 60_000) {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const until = performance.now() + limit;
  while (performance.now() < until) {
    if (over) throw new Error('it ended at once');
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no answer within ${limit / 1000} s`);
}
