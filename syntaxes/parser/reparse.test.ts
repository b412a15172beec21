import assert from 'node:assert/strict';
import process from 'node:process';
import test from 'node:test';
import { generated, randomOf } from '../test/generated.js';
import { mutated, typed } from '../test/mutations.js';
import { spellingsOf } from '../tree/spellings.js';
import type { SyntaxTree } from '../tree/tree.js';
import { parse } from './parse.js';
import { reparse } from './reparse.js';

const wanted = Number(process.env.FUZZ_BYTES ?? 600_000);
const seed = Number(process.env.FUZZ_SEED ?? 1);

/** Reads texts one after the other, each with the tree of the one before, and compares with reading it from nothing. */
function follow(texts: Iterable<string>): void {
  let tree: SyntaxTree | undefined;
  for (const text of texts) {
    const before = tree?.text;
    tree = reparse(tree, text);
    const whole = parse(text);
    assert.deepEqual(tree.data, whole.data, JSON.stringify([before, text]));
    assert.deepEqual(spelt(tree), spelt(whole));
  }
}

function spelt(tree: SyntaxTree): [number, string][] {
  const spellings = spellingsOf(tree);
  return Array.from(spellings.nodes, (node, i) => [node, spellings.text(spellings.numbers[i])]);
}

test('what is typed, pasted and deleted in a row: the same tree as from nothing', () => {
  const random = randomOf(seed);
  for (let bytes = 0; bytes < wanted; ) {
    let text = generated(random(100_000), { lines: 5 + random(40), tokens: random(2) === 0, messy: random(3) === 0 });
    if (random(3) === 0) text = mutated(text, generated(random(100_000), { lines: 20 }), random);
    if (random(4) === 0) text = text.replaceAll('\n', random(2) ? '\r' : '\r\n');
    const texts = [text];
    for (let i = 0; i < 12; i++) texts.push(typed(texts[i], random));
    for (const t of texts) bytes += t.length;
    follow(texts);
  }
});

test('what reaches beyond its line', () => {
  const a = '$a:=1\n';
  const rest = '$b:=2\nIf ($b)\n$c:="x"\nEnd if\n';
  follow([a + rest, `${a}/* ${rest}`, `${a}/* ${rest}*/`, `${a}/* /* ${rest}*/`, `${a}/* /* ${rest}*/ */`, a + rest]);
  follow([`/* /* */\n${a}${rest}`, `/* /* */\n${a}${rest}*/`, `/* /* */\n${a}${rest}*/*/`]);
  follow([a + rest, `${a}Begin SQL\n${rest}`, `${a}Begin SQL\n${rest}End SQL\n${a}`, `${a}Begin SQ\n${rest}End SQL\n${a}`]);
  follow([a + rest, `${a}\\\n${rest}`, `${a}// x \\\n${rest}`, `${a}// x \\\\\n${rest}`, `$z:=1\\\n+${a}${rest}`]);
  follow([`${a}End SQL\n${rest}End SQL`, `\n${a}End SQL\n${rest}End SQL`, `${a}$c\n\nEnd SQL\n${rest}End SQL`]);
  follow(['$a\r$b\r', '$a\r\n$b\r', '$a\n$b\r', '$a$b\r', '$a\r\n\r\n$b\r\n']);
  follow(['', 'a', '\ufeffa', '\ufeff\na', 'a\n', 'a\nb', '', '\n\n', '\n"\n"']);
  follow([`Function f\n${rest}Function g\n${rest}`, `${rest}Function g\n${rest}`, `Function f\n${rest}Function g\n${rest}End if`]);
});

test('a tree that was read otherwise is no help, and no harm', () => {
  const tree = reparse(parse('$a:=1\n$b:=2'), '$a:=1\n$b:=3');
  assert.deepEqual(tree.data, parse('$a:=1\n$b:=3').data);
  assert.equal(reparse(tree, tree.text), tree);
});
