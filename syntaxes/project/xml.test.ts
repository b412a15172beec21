import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { atOnce } from './parts.js';
import { readXml, xmlInParts, xmlPath, xmlValue } from './xml.js';

test('elements and attributes come with exact offsets', () => {
  const text = '\uFEFF<?xml version="1.0"?>\r<a one="1">\r\t<b.c two=\'&lt;2&#233;\' three = "" four/>\r</a>';
  const { elements, problems } = readXml(text);
  assert.deepEqual(problems, []);
  assert.deepEqual(elements.map(xmlPath), ['a', 'a/b.c']);
  const [a, b] = elements;
  assert.equal(text.slice(a.start, a.tagEnd), '<a one="1">');
  assert.equal(text.slice(b.start, b.tagEnd), '<b.c two=\'&lt;2&#233;\' three = "" four/>');
  assert.equal(b.selfClosing, true);
  assert.equal(xmlValue(b, 'two'), '<2é');
  assert.deepEqual(
    b.attributes.map((one) => [text.slice(one.nameStart, one.nameEnd), text.slice(one.valueStart, one.valueEnd)]),
    [
      ['two', '&lt;2&#233;'],
      ['three', ''],
      ['four', ''],
    ],
  );
});

test('a doctype on the network and entities of its own are passed by', () => {
  const { elements } = readXml('<!DOCTYPE base SYSTEM "http://example.invalid/base.dtd" ><base name="&x;"/>');
  assert.equal(xmlValue(elements[0], 'name'), '&x;');
});

test('an unclosed quote costs its own line, not the rest of the file', () => {
  const text = '<a>\n\t<b mode="3\n\t\t<c x="1"/>\n\t<d y="2"/>\n</a>\n';
  const { elements, problems } = readXml(text);
  assert.deepEqual(
    elements.map((one) => one.name),
    ['a', 'b', 'c', 'd'],
  );
  assert.equal(xmlValue(elements[1], 'mode'), '3');
  assert.equal(text.slice(elements[1].attributes[0].valueStart, elements[1].attributes[0].valueEnd), '3');
  assert.equal(xmlValue(elements[3], 'y'), '2');
  assert.ok(problems.some((one) => /closing quote/.test(one.message.en)));
});

test('text that ends inside a value keeps the value', () => {
  const { elements, problems } = readXml('<a>\n<b mode="3');
  assert.equal(xmlValue(elements[1], 'mode'), '3');
  assert.ok(problems.length > 0);
});

test('missing and stray closing tags are named, and siblings stay readable', () => {
  const { elements, problems } = readXml('<a><b x="1"><c></b></q></a>');
  assert.deepEqual(elements.map(xmlPath), ['a', 'a/b', 'a/b/c']);
  assert.deepEqual(
    problems.map((one) => /<\/?\w>/.exec(one.message.en)?.[0]),
    ['<c>', '</q>'],
  );
});

test('a tag that lost its end does not swallow the next one', () => {
  const { elements } = readXml('<a><b x="1"\n<c y="2"/></a>');
  assert.equal(xmlValue(elements.find((one) => one.name === 'c')!, 'y'), '2');
});

test('a file of broken tags alone is given up in good time, and says where', () => {
  const { problems } = readXml('<a b="'.repeat(50_000));
  assert.match(problems[problems.length - 1].message.en, /up to here/);
});

test('no text makes it throw, and offsets always point into the text', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '/',
    '"',
    "'",
    '=',
    ' ',
    '\n',
    '\r',
    '&',
    ';',
    '&lt;',
    '&#1114112;',
    '&#xD800;',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    'a',
    'é',
    '😀',
    '\uFEFF',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      fc.integer({ min: 1, max: 7 }),
      (text, part) => {
        assert.deepEqual(atOnce(xmlInParts(text, part)), readXml(text), 'however small the parts');
        for (const element of readXml(text).elements) {
          assert.ok(
            0 <= element.start && element.start <= element.nameEnd && element.nameEnd <= element.tagEnd && element.tagEnd <= text.length,
          );
          for (const { nameStart, nameEnd, valueStart, valueEnd, name } of element.attributes) {
            assert.ok(nameStart <= nameEnd && nameEnd <= valueStart && valueStart <= valueEnd && valueEnd <= text.length);
            assert.equal(text.slice(nameStart, nameEnd), name);
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});
