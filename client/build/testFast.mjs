// The inner loop: compiles, then runs every unit test of the named rooms (all of them without a name).
//   npm run test:fast            everything but the real editors
//   npm run test:fast -- syntaxes server/rules
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { floors, sources } from './sources.mjs';

const rooms = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const compiled = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], { stdio: 'inherit' });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

// From the sources, not from `out`: a test that was removed must not run on.
const tests = sources(rooms.length ? rooms : floors).filter((path) => path.endsWith('.test.ts'));
const run = spawnSync(
  process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    '--enable-source-maps',
    '--test',
    ...tests.map((path) => `out/${path.replace(/\.ts$/, '.js')}`),
  ],
  { stdio: 'inherit' },
);
process.exit(run.status ?? 1);
