/**
 * Every row of what a debugger offers, as a conversation that is the same whoever holds it: the transcripts lie in `test/transcripts`. A third client,
 * nvim-dap in Neovim, joins where `NVIM_DAP` names its folder.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { project, tutorial } from './test/adapter.js';
import { breakpointRows } from './test/rowsOfBreakpoints.js';
import { companyRows } from './test/rowsOfCompany.js';
import { moveRows } from './test/rowsOfMoves.js';
import { valueRows } from './test/rowsOfValues.js';
import { serve } from './test/serving.js';
import { BareTalk, NeovimTalk, type Talk, TestSupport } from './test/talk.js';
import { Transcript } from './test/transcript.js';

const rows = [...breakpointRows, ...moveRows, ...valueRows, ...companyRows];
const folder = resolve('runtime/debug/test/transcripts');
const fileOf = (name: string): string => `${name.replaceAll(/[^a-z]+/gi, '-').toLowerCase()}.txt`;
const clients: readonly (readonly [string, new () => Talk])[] = [
  ['VS Code’s test library', TestSupport],
  ['a bare client', BareTalk],
  ...(process.env.NVIM_DAP ? ([['nvim-dap', NeovimTalk]] as const) : []),
];

for (const row of rows)
  for (const [name, Client] of clients)
    test(`${row.name}: ${name}`, async (t) => {
      // What nvim-dap can do it says by itself.
      if (row.can && Client === NeovimTalk) return;
      const root = row.methods ? project(t, row.methods) : tutorial;
      const talk = new Client();
      t.after(() => talk.end());
      const transcript = new Transcript(talk, { project: root, tutorial });
      const can = row.can && { can: row.can };
      const start = transcript.start.bind(transcript);
      transcript.start = (how) => start({ ...how, ...can });
      await row.talk(transcript, root, row.serves ? await serve(t) : undefined);
      const file = resolve(folder, fileOf(row.name));
      if (process.env.UPDATE && !process.env.CI && Client === TestSupport) writeFileSync(file, transcript.text);
      assert.equal(transcript.text, readFileSync(file, 'utf8'), 'if the change is meant: UPDATE=1');
    });

test('each transcript has its row', () => {
  assert.deepEqual(readdirSync(folder).sort(), rows.map(({ name }) => fileOf(name)).sort());
});
