/** Real 4D text through the machine, a method for each theme of the library: what it says is in the `.txt` beside it (`UPDATE=1` writes it anew). */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import type { TraceEvent } from '../trace.js';
import { simulate } from './simulate.js';

const root = new URL('../../../', import.meta.url);
const folder = fileURLToPath(new URL('runtime/test/fixtures/themes/', root));
const tutorial = (path: string): string => readFileSync(fileURLToPath(new URL(`docs/tutorial/${path}`, root)), 'utf8');

for (const file of readdirSync(folder).filter((name) => name.endsWith('.4dm'))) {
  const theme = file.replace('.4dm', '');
  test(`theme ${theme} says what it said (else: UPDATE=1)`, async () => {
    const events: TraceEvent[] = [];
    const { simulator } = await simulate(
      {
        methods: {
          main: `vSaid:=""\n${readFileSync(folder + file, 'utf8')}$0:=vSaid`,
          say: '#DECLARE($line : Text)\nvSaid:=vSaid+$line+Char(10)',
          onError: 'vError:=Error',
        },
        files: { 'Project/Sources/catalog.4DCatalog': tutorial('Project/Sources/catalog.4DCatalog'), 'Resources/hello.txt': 'hello' },
      },
      { records: JSON.parse(tutorial('records.json')), trace: (event) => void events.push(event) },
    );
    const result = await simulator.run('main');
    await simulator.stop();
    assert.ok('value' in result, 'error' in result ? `${result.error}` : '');
    const output = events.flatMap((event) => (event.kind === 'output' ? [`trace: ${event.text}`] : []));
    const said = [String(result.value).trimEnd(), ...output, ''].join('\n').replaceAll('\r', '⏎');
    const golden = `${folder}${theme}.txt`;
    if (process.env.UPDATE || !existsSync(golden)) writeFileSync(golden, said);
    assert.equal(said, readFileSync(golden, 'utf8'));
  });
}
