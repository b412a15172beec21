/** The pages of the session selectors, of the classes and of the way to scalable sessions: complete, true to the catalogue, the same in both languages. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { defaultCatalogue } from '../catalogue/catalogue.js';
import { documentationUrl } from '../catalogue/documentationUrl.js';
import { parse } from '../parser/parse.js';
import { namesOf } from '../resolution/calls.js';
import type { Language } from '../text/bilingual.js';
import { readPage } from '../text/page.js';

const docs = fileURLToPath(new URL('../../../docs', import.meta.url));
const languages: readonly Language[] = ['en', 'es'];
const textOf = (language: Language, path: string): string => readFileSync(`${docs}/${language}/${path}`, 'utf8');
const listed = (language: Language, folder: string): string[] =>
  readdirSync(`${docs}/${language}/${folder}`)
    .map((name) => `${folder}/${name}`)
    .sort();

const constants = listed('en', 'constants');
const classes = listed('en', 'classes');

/** Headings, tables and lists by their form, code without comments, links within the pages. */
const shape = (text: string): string[] =>
  text.split('\n').map((line) => {
    if (line.startsWith('|')) return `row of ${line.split('|').length}`;
    if (/^(#+|-) /.test(line)) return line.split(' ')[0];
    return line.trim() === '' ? '' : 'text';
  });
const inner = (text: string): string[] => [...text.matchAll(/\]\(([^):]+)\)/g)].map((match) => match[1]);
const code = (text: string): string[] => [...text.matchAll(/^```4d\n([\s\S]*?)^```/gm)].map((match) => match[1]);

test('every session selector has its pages', () => {
  const values = constants.map((path) => Number(readPage(textOf('en', path)).frontMatter.value));
  assert.deepEqual(
    values.sort((a, b) => a - b),
    [18, 70, 71, 72, 73, 78, 81, 82, 83, 90],
  );
  for (const folder of ['constants', 'classes']) assert.deepEqual(listed('es', folder), listed('en', folder));
});

for (const path of [...constants, ...classes]) {
  test(`${path}: form, examples and links`, () => {
    const [en, es] = languages.map((language) => textOf(language, path));
    assert.deepEqual(readPage(es).frontMatter, readPage(en).frontMatter);
    assert.deepEqual(shape(es), shape(en));
    assert.deepEqual(inner(es), inner(en));
    for (const language of languages) {
      const page = readPage(textOf(language, path));
      assert.match(page.summary, /^[^|#].{20,160}\.$/);
      assert.match(page.hover, /\n\|(.*\|){2,}\n\| ---/);
      assert.ok(page.rest.includes(`(${documentationUrl(page.frontMatter.slug, language)})`));
      const examples = code(page.rest);
      assert.ok(examples.length > 0);
      for (const example of examples) {
        const tree = parse(example);
        assert.deepEqual(tree.errors, []);
        const context = { catalogue: defaultCatalogue(), methodByName: () => undefined };
        for (const { node, resolved } of namesOf(tree, context))
          if (resolved.kind === 'command' || (resolved.kind === 'constant' && resolved.constant.token))
            assert.ok(resolved.byToken, `${tree.textOf(node)} carries its token`);
      }
    }
  });
}

for (const path of constants) {
  test(`${path}: the catalogue says the same`, () => {
    const { frontMatter, title, rest } = readPage(textOf('en', path));
    const found = defaultCatalogue().constantByName(frontMatter.constant);
    assert.equal(found?.constant.name, frontMatter.constant);
    assert.equal(title, frontMatter.constant);
    assert.equal(String(found?.constant.value), frontMatter.value);
    const token = found?.constant.token;
    assert.equal(token ? `K${token.theme}:${token.index}` : undefined, frontMatter.token);
    assert.equal(path, `constants/${frontMatter.constant.toLowerCase().replaceAll(' ', '-')}.md`);
    for (const name of [...(found?.constant.formerNames ?? []), ...(found?.constant.frenchNames ?? [])])
      assert.ok(rest.includes(`\`${name}\``), name);
  });
}

for (const path of classes) {
  test(`${path}: every member of the class is there`, () => {
    const { frontMatter } = readPage(textOf('en', path));
    const found = defaultCatalogue().classByName(frontMatter.class);
    assert.ok(found);
    assert.equal(found.slug, frontMatter.slug);
    const rows = [...textOf('en', path).matchAll(/^\| `(\w+)/gm)].map((match) => match[1]);
    for (const { name, since } of found.members) {
      assert.ok(rows.includes(name.replace(/^\./, '')), name);
      if (frontMatter.class === '4D.Session' && since)
        assert.match(textOf('en', path), new RegExp(`^\\| \`${name}.*\\| ${since} \\|`, 'm'));
    }
  });
}

test('the pages of fourd lint and of the migration have the same parts', () => {
  for (const path of ['lint.md', 'migration.md']) {
    const [en, es] = languages.map((language) => textOf(language, path));
    const headings = (text: string): number[] => [...text.matchAll(/^(#+) /gm)].map((match) => match[1].length);
    const rows = (text: string): number => text.split('\n').filter((line) => line.startsWith('|')).length;
    assert.deepEqual(headings(es), headings(en));
    assert.equal(rows(es), rows(en));
    assert.deepEqual(inner(es), inner(en));
  }
});
