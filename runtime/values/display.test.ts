import assert from 'node:assert/strict';
import test from 'node:test';
import { display } from './display.js';
import type { Slot } from './value.js';

test('values are shown as 4D code writes them', () => {
  const cases: [Slot, string][] = [
    [12.5, '12.5'],
    ['say "hi"\n', '"say \\"hi\\"\\n"'],
    [undefined, 'Undefined'],
    [null, 'Null'],
    [{ t: 'date', year: 0, month: 0, day: 0 }, '!00-00-00!'],
    [{ t: 'date', year: 2026, month: 3, day: 2 }, '!2026-03-02!'],
    [{ t: 'time', seconds: 30_600 }, '?08:30:00?'],
    [{ t: 'pointer', target: { ref: 'element', array: { ref: 'process', name: 'names' }, index: 2 } }, '->names{2}'],
    [{ t: 'collection', items: [1, { t: 'collection', items: [{ t: 'collection', items: [2] }] }] }, '[1; [[…] (1)]]'],
    [{ t: 'object', properties: new Map([['a', true]]), className: 'Shop' }, 'cs.Shop {a: True}'],
    [{ t: 'array', type: 'text', dimensions: 1, items: ['', 'x'], current: 0 }, 'text array (1)'],
  ];
  for (const [value, expected] of cases) assert.equal(display(value), expected);
});

test('an object that holds itself ends', () => {
  const object: Slot = { t: 'object', properties: new Map() };
  object.properties.set('me', object);
  assert.equal(display(object), '{me: {me: {…}}}');
});
