import assert from 'node:assert/strict';
import process from 'node:process';
import test from 'node:test';
import { formatEdits } from '../printer/format.js';
import { generated, randomOf } from '../test/generated.js';
import { mutated } from '../test/mutations.js';
import { lawViolations } from '../tree/laws.js';
import { parse } from './parse.js';

/** How much to try: `FUZZ_BYTES=10000000 npm run test:fast -- syntaxes/parser`. */
const wanted = Number(process.env.FUZZ_BYTES ?? 150_000);
const seed = Number(process.env.FUZZ_SEED ?? 1);

test('mutated code: nothing is thrown, the tree keeps its laws, every mistake lies in the text', () => {
  const random = randomOf(seed);
  let bytes = 0;
  while (bytes < wanted) {
    const options = { lines: 5 + random(30), tokens: random(2) === 0, messy: random(3) === 0 };
    const text = mutated(generated(random(100_000), options), generated(random(100_000), { lines: 20 }), random);
    bytes += text.length;
    const tree = parse(text);
    assert.deepEqual(lawViolations(tree), [], JSON.stringify(text));
    for (const e of tree.errors) assert.ok(e.start >= 0 && e.start <= e.end && e.end <= text.length, `${e.code}\n${JSON.stringify(text)}`);
    formatEdits(tree);
  }
});

const monsters: Readonly<Record<string, (n: number) => string>> = {
  'nested parentheses': (n) => `$a:=${'('.repeat(n)}1${')'.repeat(n)}`,
  'open parentheses': (n) => '('.repeat(n),
  'open brackets': (n) => `$a:=${'['.repeat(n)}`,
  'open braces': (n) => `$a:=${'{a:'.repeat(n)}`,
  calls: (n) => 'f('.repeat(n),
  'a long sum': (n) => `$a:=1${'+1'.repeat(n)}`,
  'a long chain': (n) => `$a:=b${'.c'.repeat(n)}`,
  signs: (n) => `$a:=${'-'.repeat(n)}1`,
  ternaries: (n) => `$a:=1${' ? 1 : 2'.repeat(n)}`,
  'open blocks': (n) => 'If (1)\n'.repeat(n),
  'blocks in each other': (n) => 'If (1)\n'.repeat(n) + 'End if\n'.repeat(n),
  'ends of nothing': (n) => 'End if\n'.repeat(n),
  'words between blocks': (n) => 'Else\n: (1)\nCatch\n'.repeat(n),
  'functions without ends': (n) => 'Function a\nIf (x)\n'.repeat(n),
  'open comments': (n) => '/* '.repeat(n),
  'open texts': (n) => '"\n'.repeat(n),
  'SQL without end': (n) => 'Begin SQL\n'.repeat(n),
};

for (const [name, monster] of Object.entries(monsters))
  test(`ten thousand of them: ${name}`, () => {
    const tree = parse(monster(10_000));
    assert.deepEqual(lawViolations(tree), []);
    formatEdits(tree);
  });

test('the same text gives the same tree, whatever was read before', () => {
  const text = generated(5, { lines: 50 });
  const first = parse(text);
  parse('$a;'.repeat(600_000));
  parse(monsters['open blocks'](3_000));
  parse('');
  const second = parse(text);
  assert.deepEqual(second.data, first.data);
});
