// A real VS Code from npm: the server part of code-server's package, which is VS Code's own server, workbench and extension host, unmodified.
// No install script is run and nothing is compiled; what VS Code would compile or download is replaced as said below.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';

const name = 'code-server@4.100.3';
const version = '1.100.3';
const integrity = 'sha512-q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==';
const cache = resolve(import.meta.dirname, '../../../.vscode-test');
const home = join(cache, `vscode-server-${version}`);
// Written last: a folder without it was cut off half way, one with another text was made by another version of this file.
const marker = '.complete';
const recipe = createHash('sha256')
  .update(readFileSync(import.meta.filename))
  .digest('hex');

/** Folder of the VS Code server; fetched on first use. */
export function provision() {
  if (existsSync(join(home, marker)) && readFileSync(join(home, marker), 'utf8') === recipe) return home;
  const started = performance.now();
  console.log(`fetching VS Code ${version} (${name} from npm) …`);
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, 'fetch-'));
  try {
    const [packed] = JSON.parse(run('npm', ['pack', name, '--json', '--pack-destination', scratch], scratch));
    if (packed.integrity !== integrity)
      throw new Error(`${name} is not the package that was checked: its integrity is ${packed.integrity}.`);
    const vscode = join(scratch, 'vscode');
    mkdirSync(vscode);
    const unneeded = ['*.map', ...['copilot', 'microsoft-authentication', 'github*'].map((one) => `package/lib/vscode/extensions/${one}`)];
    run(
      'tar',
      ['xzf', join(scratch, packed.filename), '--strip-components=3', ...unneeded.map((one) => `--exclude=${one}`), 'package/lib/vscode'],
      vscode,
    );
    npmInstall(vscode, ['--omit=dev']);

    // The search tool is downloaded by a script; its newer package brings the binary. The terminal's newer package likewise.
    const extra = join(scratch, 'extra');
    mkdirSync(extra);
    npmInstall(extra, ['@vscode/ripgrep@1.18.0', 'node-pty@1.2.0-beta.15']);
    const modules = join(vscode, 'node_modules');
    cpSync(join(extra, `node_modules/@vscode/ripgrep-${process.platform}-${process.arch}/bin`), join(modules, '@vscode/ripgrep/bin'), {
      recursive: true,
    });
    rmSync(join(modules, 'node-pty'), { recursive: true, force: true });
    renameSync(join(extra, 'node_modules/node-pty'), join(modules, 'node-pty'));

    // Two compiled modules that only watch and log.
    writeModule(join(modules, 'native-watchdog'), 'exports.start = () => {};\nexports.exit = (code) => process.exit(code || 0);\n');
    writeModule(join(modules, '@vscode/spdlog'), logger);

    writeFileSync(join(vscode, marker), recipe);
    rmSync(home, { recursive: true, force: true });
    renameSync(vscode, home);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.log(`VS Code ${version} is ready after ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return home;
}

function npmInstall(folder, args) {
  run(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--loglevel=error', '--prefix', folder, ...args],
    folder,
  );
}

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`VS Code could not be fetched: ${command} ${args[0]} failed.\n${error ?? stderr}`);
  return stdout;
}

function writeModule(folder, code) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.js'), code);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stand-in', version: '1.0.0', main: 'index.js' }));
}

const logger = `const fs = require('fs');
class Logger {
  constructor(_, name, file) { this.file = file; this.level = 2; }
  write(level, text) { if (this.file && level >= this.level) try { fs.appendFileSync(this.file, new Date().toISOString() + ' ' + text + '\\n'); } catch {} }
  trace(text) { this.write(0, text); } debug(text) { this.write(1, text); } info(text) { this.write(2, text); }
  warn(text) { this.write(3, text); } error(text) { this.write(4, text); } critical(text) { this.write(5, text); }
  getLevel() { return this.level; } setLevel(level) { this.level = level; } clearFormatters() {} setPattern() {} flush() {} drop() {}
}
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = async (name, file) => new Logger('rotating', name, file);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
`;
