import assert from 'node:assert/strict';
import test from 'node:test';
import { parseXml } from './tree.js';
import { findNodes, XPathError } from './xpath.js';

const document = parseXml(
  '<shop><shelf id="a" class="big wide"><item n="1">Pen</item><item n="2"> Ink  pot </item><x:item n="3">Cup</x:item></shelf><shelf id="b"><item n="4">Pen</item><box><item n="5">Nib</item></box></shelf></shop>',
);
const shop = document.children[0];
const find = (path: string, from = document) =>
  findNodes(from, path).map((node) => node.attributes.get('n') ?? node.attributes.get('id') ?? node.name);

test('steps, places, attributes, texts', () => {
  const rows: readonly (readonly [path: string, expected: readonly string[]])[] = [
    ['/shop/shelf', ['a', 'b']],
    ['/shop/shelf/', ['a', 'b']],
    ['//item', ['1', '2', '4', '5']],
    ['/shop/*/item[1]', ['1', '4']],
    ['//shelf[@id="b"]//item', ['4', '5']],
    ["//shelf[@id='a']/item[last()]", ['2']],
    ['//item[position()<2]', ['1', '4', '5']],
    ['//item[text()="Pen"]', ['1', '4']],
    ['//item[.="Nib"]', ['5']],
    ['//item[normalize-space()="Ink pot"]', ['2']],
    ['//shelf[contains(@class, "wide")]', ['a']],
    ['//item[starts-with(., "P") and @n>1]', ['4']],
    ['//item[@n=1 or @n="5"]', ['1', '5']],
    ['//item[not(@n="1")][1]', ['2', '4', '5']],
    ['//shelf[box/item]', ['b']],
    ['//shelf[item="Pen"]', ['a', 'b']],
    ['//shelf[count(item)=2]', ['a']],
    ['//*[local-name()="item" and @n="3"]', ['3']],
    ['//item[@n="5"]/..', ['box']],
    ['//item[@n!="1"][@n<=4]', ['2', '4']],
    ['//nothing', []],
  ];
  for (const [path, expected] of rows) assert.deepEqual(find(path), expected, path);
  assert.deepEqual(find('shelf[2]/item', shop), ['4']);
  assert.deepEqual(find('.', shop), ['shop']);
  assert.deepEqual(find('shelf[box="Nib"]', shop), ['b']);
});

test('what cannot be read, or leads to no element, is an error with its place', () => {
  for (const [path, rest] of [
    ["//item[contains(@n,'1'", ''],
    ['//item[unheard(1)]', 'unheard(1)]'],
    ['//item/@n', '@n'],
    ['//item[', '['],
    ['a b', 'b'],
  ] as const)
    assert.throws(
      () => findNodes(document, path),
      (error: unknown) => error instanceof XPathError && path.endsWith(rest),
      path,
    );
});
