/** Whatever a document was before: what is said about it is the same as if it had been opened as it is now. */
import assert from 'node:assert/strict';
import process from 'node:process';
import test from 'node:test';
import { reparse } from '#syntaxes/parser/reparse.js';
import { generated, randomOf } from '#syntaxes/test/generated.js';
import { mutated, typed } from '#syntaxes/test/mutations.js';
import type { SyntaxTree } from '#syntaxes/tree/tree.js';
import { factsOf } from '../analysis/facts.js';
import { Snapshot } from '../analysis/snapshot.js';
import type { LoadedProject } from '../connection/projects.js';
import { documentSymbols } from '../features/documentSymbols.js';
import { foldingRanges } from '../features/folding.js';
import { semanticTokens } from '../features/semanticTokens.js';
import { check } from '../rules/rules.js';
import { memoryProject, snapshotOf } from './memoryProject.js';

const wanted = Number(process.env.FUZZ_BYTES ?? 200_000);
const seed = Number(process.env.FUZZ_SEED ?? 1);

/** Everything that is said about a text, without what it was made from. */
function said(snapshot: Snapshot, path: string, project: LoadedProject): unknown {
  return {
    uses: snapshot.uses.map(({ command, spelling, byToken, name, call, parenthesised, args, statement }) => ({
      command: command.name,
      spelling,
      byToken,
      name,
      call,
      parenthesised,
      args,
      statement,
    })),
    declarations: snapshot.declarations,
    locals: snapshot.locals.all,
    facts: factsOf(snapshot, path, project.index, snapshot.source),
    problems: check(snapshot),
    tokens: [...semanticTokens(snapshot)],
    symbols: documentSymbols(snapshot, 'en'),
    folding: foldingRanges(snapshot),
  };
}

for (const path of ['Project/Sources/Methods/Edited.4dm', 'Project/Sources/Classes/Edited.4dm'])
  test(`what is said of an edited text is what is said of it from the start: ${path}`, async () => {
    const random = randomOf(seed);
    const project = await memoryProject('legacy', { [path]: '', 'Project/Sources/Methods/Log_out.4dm': 'ALERT("")' });
    for (let bytes = 0; bytes < wanted / 2; ) {
      let text = generated(random(100_000), { lines: 5 + random(60), tokens: random(2) === 0, messy: random(4) === 0 });
      if (path.includes('Classes')) text = `property a; b : Text\n${text.replaceAll(/^(?=If)/gm, 'Function f($p : Text)->$r : Object\n')}`;
      if (random(3) === 0) text = mutated(text, generated(random(100_000), { lines: 20 }), random);
      let tree: SyntaxTree | undefined;
      for (let i = 0; i < 8; i++) {
        const whole = await snapshotOf(project, path, text);
        const parse = (code: string): SyntaxTree => (tree = reparse(tree, code));
        const { uri, version, catalogue, view, source } = whole;
        const edited = new Snapshot({ uri, version, text, catalogue, view, source, parse });
        assert.deepEqual(said(edited, path, project), said(whole, path, project), JSON.stringify(text));
        bytes += text.length;
        text = typed(text, random);
      }
    }
  });
