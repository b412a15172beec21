// The inner loop: compiles, then runs every unit test of the named rooms (all of them without a name).
//   npm run test:fast            everything but the real VS Code
//   npm run test:fast -- syntaxes server/rules
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const rooms = process.argv.slice(2).filter((a) => !a.startsWith('-'));
const compiled = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], { stdio: 'inherit' });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

const files = [];
const walk = (folder) => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) walk(path);
    else if (name.endsWith('.test.js')) files.push(path);
  }
};
for (const room of rooms.length ? rooms : ['syntaxes', 'server', 'runtime', 'client']) walk(join('out', room));
const hostTests = join('out', 'client', 'test', 'host');
const run = spawnSync(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', '--enable-source-maps', '--test', ...files.filter((f) => !f.startsWith(hostTests))],
  { stdio: 'inherit' },
);
process.exit(run.status ?? 1);
