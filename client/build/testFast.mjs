// The inner loop: compiles, then runs every unit test of the named rooms (all of them without a name).
//   npm run test:fast            everything but the real editors and the built package
//   npm run test:fast -- syntaxes server/rules
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { compile } from './install.mjs';
import { floors, tests } from './sources.mjs';

if (!compile()) process.exit(1);
const rooms = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const run = spawnSync(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', '--enable-source-maps', '--test', ...tests({ folders: rooms.length ? rooms : floors })],
  { stdio: 'inherit' },
);
process.exit(run.status ?? 1);
