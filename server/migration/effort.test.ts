/** Planning takes time in proportion to the code: counted in looks at the tree, for code that is nothing but what is looked for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import { parse } from '#syntaxes/parser/parse.js';
import type { SyntaxTree } from '#syntaxes/tree/tree.js';
import { Snapshot } from '../analysis/snapshot.js';
import { edited } from './apply.js';
import { sessionCommands } from './sessionCommands.js';
import { webCode } from './webCode.js';

/** A tree that counts what it is asked; a list of children counts as many times as it is long. */
function counting(tree: SyntaxTree): { readonly tree: SyntaxTree; looks(): number } {
  let looks = 0;
  const counted = new Proxy(tree, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        looks++;
        const result: unknown = value.apply(target, args);
        if (Array.isArray(result)) looks += result.length;
        return result;
      };
    },
  });
  return { tree: counted, looks: () => looks };
}

function effort(code: string, times: number): { readonly looks: number; readonly items: number } {
  const text = `${code}\n`.repeat(times);
  const { tree, looks } = counting(parse(text));
  const snapshot = new Snapshot({ uri: '', version: 0, text, catalogue: defaultCatalogue(), parse: () => tree });
  const items = [...sessionCommands(snapshot), ...webCode(snapshot)].length;
  return { looks: looks(), items };
}

const codes: Readonly<Record<string, string>> = {
  'closes of one local': '$id:=WEB Get current session ID\nWEB LEGACY CLOSE SESSION($id)',
  'closes of the own session': 'WEB LEGACY CLOSE SESSION(WEB Get current session ID)',
  'closes behind early returns': 'If (Session#Null)\n\treturn\nEnd if\nWEB LEGACY CLOSE SESSION($id)',
  expirations: 'WEB LEGACY GET SESSION EXPIRATION(WEB Get current session ID; $d; $t)',
};
for (const [what, code] of Object.entries(codes))
  test(`twice the code, twice the looks: ${what}`, () => {
    const once = effort(code, 150);
    const twice = effort(code, 300);
    assert.ok(twice.items >= once.items && once.items > 0);
    assert.ok(twice.looks < once.looks * 2.2, `${once.looks} looks, then ${twice.looks}`);
  });

test('edits are done in the order of their places, those at one place in the order of their ends', () => {
  const edits = [
    { start: 4, end: 6, text: 'X' },
    { start: 4, end: 4, text: '<' },
    { start: 0, end: 1, text: '' },
    { start: 6, end: 6, text: '>' },
  ];
  assert.equal(edited('abcdefgh', edits), 'bcd<X>gh');
});
