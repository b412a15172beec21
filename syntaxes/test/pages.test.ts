/** The documentation pages of commands and database methods: facts as in the catalogue, the same parts in both languages. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { defaultCatalogue } from '../catalogue/catalogue.js';
import { documentationUrl } from '../catalogue/documentationUrl.js';
import { parse } from '../parser/parse.js';
import { namesOf } from '../resolution/calls.js';
import type { Language } from '../text/bilingual.js';
import { moreMarker, readPage } from '../text/page.js';

const docs = fileURLToPath(new URL('../../../docs', import.meta.url));
const folders = ['commands', 'database-methods'];
const languages: readonly Language[] = ['en', 'es'];

const headings: Record<Language, readonly string[]> = {
  en: ['Parameters', 'Example', 'Names and releases', 'See also'],
  es: ['Parámetros', 'Ejemplo', 'Nombres y versiones', 'Véase también'],
};

const listed = (language: Language, folder: string): string[] => readdirSync(`${docs}/${language}/${folder}`).sort();
const pages = folders.flatMap((folder) => listed('en', folder).map((name) => `${folder}/${name}`));
const textOf = (language: Language, path: string): string => readFileSync(`${docs}/${language}/${path}`, 'utf8');

/** What a translation may not change: headings by level, tables by size, list items, links, code without comments. */
function shape(text: string): readonly string[] {
  let code = false;
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('```')) code = !code;
    if (code) return [line.replace(/\/\/.*/, '//')];
    if (line.startsWith('#')) return [/^#+/.exec(line)![0]];
    if (line.startsWith('|')) return [`row of ${line.split('|').length - 2}`];
    if (/^(- |\d+\. )/.test(line)) return ['item'];
    return line.trim() === '' || line.startsWith('```') || line === moreMarker ? [line] : ['paragraph'];
  });
}

const links = (text: string): string[] => [...text.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1]);

test('the session family has its pages, in both languages', () => {
  const numbers = pages.flatMap((path) => readPage(textOf('en', path)).frontMatter.command ?? []).map(Number);
  for (const number of [1207, 1208, 1162, 1350, 1209, 1210, 1714, 1839, 1844, 1674]) assert.ok(numbers.includes(number), String(number));
  for (const folder of folders) assert.deepEqual(listed('es', folder), listed('en', folder));
});

for (const path of pages) {
  for (const language of languages) {
    test(`${language}/${path}: form and facts`, () => {
      const text = textOf(language, path);
      const page = readPage(text);
      const { frontMatter } = page;
      assert.equal(page.title, frontMatter.name);
      assert.ok(page.rest, 'a part below the marker');
      assert.ok(page.hover.length < 1600, `a hover of ${page.hover.length} characters`);
      assert.match(page.summary, /^[^|#].{20,160}\.$/);
      assert.equal(page.summary.match(/[.!?](\s|$)/g)?.length, 1, 'one sentence');
      assert.match(page.hover, /\n\|(.*\|){2,}\n\| ---/, 'a table by session mode');
      const found = [...page.rest.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
      assert.deepEqual(
        found.filter((heading) => headings[language].includes(heading)),
        headings[language],
      );
      const examples = [...page.rest.matchAll(/^```4d\n([\s\S]*?)^```/gm)].map((match) => match[1]);
      assert.ok(examples.length > 0, 'an example');
      for (const example of examples) {
        const tree = parse(example);
        assert.deepEqual(tree.errors, []);
        const context = { catalogue: defaultCatalogue(), methodByName: () => undefined };
        for (const { node, resolved } of namesOf(tree, context)) {
          if (resolved.kind !== 'command' && resolved.kind !== 'constant') continue;
          assert.ok(resolved.byToken && resolved.spelling === 'present', `${tree.textOf(node)} carries its token`);
        }
      }
      if (frontMatter.slug) assert.ok(links(text).includes(documentationUrl(frontMatter.slug, language)), "a link to 4D's page");
      for (const link of links(text)) {
        if (!link.includes(':'))
          assert.ok(pages.includes(new URL(link, `http://x/${path}`).pathname.slice(1)), `the link ${link} leads to a page`);
      }
    });
  }

  test(`${path}: the catalogue says the same`, () => {
    const { frontMatter } = readPage(textOf('en', path));
    const catalogue = defaultCatalogue();
    if (frontMatter.databaseMethod) {
      const method = catalogue.databaseMethodByFile(frontMatter.databaseMethod);
      assert.equal(method?.name, frontMatter.name);
      assert.equal(method?.slug, frontMatter.slug);
      return;
    }
    const command = catalogue.commandByNumber(Number(frontMatter.command));
    assert.ok(command);
    assert.equal(command.name, frontMatter.name);
    assert.equal(command.slug, frontMatter.slug);
    assert.equal(path, `commands/${(command.slug ?? 'commands/web-get-session-process-count').split('/')[1]}.md`);
    if (command.threadSafe !== undefined) assert.equal(String(command.threadSafe), frontMatter.threadSafe);
    const created = command.history.find((change) => change.change === 'Created');
    if (created) assert.equal(created.release, frontMatter.since);
    const parameters = command.signatures[command.signatures.length - 1]?.parameters;
    const rows = [...readPage(textOf('en', path)).rest.matchAll(/^\| `(\w+)` \| (.*?) \| (in|out) \|/gm)].map(([, ...cells]) => cells);
    if (parameters)
      assert.deepEqual(
        rows,
        parameters.map((one) => [one.name, one.type, one.direction]),
      );
  });

  test(`${path}: both languages say the same things in the same places`, () => {
    const [en, es] = languages.map((language) => textOf(language, path));
    assert.deepEqual(readPage(es).frontMatter, readPage(en).frontMatter);
    assert.deepEqual(shape(es), shape(en));
    const inner = (text: string): string[] => links(text).filter((link) => !link.includes(':'));
    assert.deepEqual(inner(es), inner(en));
  });
}
