import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPage } from './page.js';

test('a page falls into front matter, title, summary, hover and rest', () => {
  const page = readPage(
    '---\ncommand: 10\nname: A : b\n---\n\n# A : b\n\nOne sentence\nof two lines.\n\n| a |\n| - |\n\n<!-- more -->\n\n## Rest\n',
  );
  assert.deepEqual(page, {
    frontMatter: { command: '10', name: 'A : b' },
    title: 'A : b',
    summary: 'One sentence of two lines.',
    hover: 'One sentence\nof two lines.\n\n| a |\n| - |',
    rest: '## Rest',
  });
});

test('line ends, a byte order mark and missing parts are no matter', () => {
  assert.equal(readPage('\uFEFF---\r\nkey: value\r\n---\r\n# T\r\n\r\nText').frontMatter.key, 'value');
  assert.deepEqual(readPage(''), { frontMatter: {}, title: '', summary: '', hover: '', rest: '' });
  assert.equal(readPage('---\nnever closed').hover, '---\nnever closed');
});
