/** The pages of the rules: the same parts in both languages, and examples that say what they claim. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { documentationUrl } from '#syntaxes/catalogue/documentationUrl.js';
import { parse } from '#syntaxes/parser/parse.js';
import type { Language } from '#syntaxes/text/bilingual.js';
import { type DocumentationPage, readPage } from '#syntaxes/text/page.js';
import { applyEdits, memoryProject, problemsOf, type SessionsSetting, snapshotOf } from '../test/memoryProject.js';
import { disableLine } from './disabling.js';
import { check, rules } from './rules.js';

const docs = fileURLToPath(new URL('../../../docs', import.meta.url));
const languages: readonly Language[] = ['en', 'es'];

/** The parts of a page, in their order. */
const parts: Record<Language, readonly string[]> = {
  en: ['Why', 'What to do', 'Reported', 'Not reported', 'Silencing', 'See also'],
  es: ['Por qué', 'Qué hacer', 'Se señala', 'No se señala', 'Silenciar', 'Véase también'],
};

/** Files that the examples may speak of; the example itself joins them. */
const surroundings: Record<string, string> = {
  'Project/Sources/Methods/Web_logOut.4dm':
    '//%attributes = {"publishedWeb":true}\nWEB LEGACY CLOSE SESSION:C1208(WEB Get current session ID:C1162)\n',
  'Project/Sources/Methods/Web_logIn.4dm': '//%attributes = {"publishedWeb":true}\nvCustomerID:=7\nWEB SEND TEXT:C677("in")\n',
  'Project/Sources/Methods/Customer_leave.4dm': '//%attributes = {}\nvCustomerID:=0\n',
  'Project/Sources/Methods/Basket_save.4dm': '#DECLARE($customer : Integer)\n',
};

const pageOf = (language: Language, code: string): DocumentationPage =>
  readPage(readFileSync(`${docs}/${language}/rules/${code}.md`, 'utf8'));

/** The code under a heading of a page. */
function exampleOf(page: DocumentationPage, heading: string): string {
  const part = page.rest.split(/^## /m).find((p) => p.startsWith(`${heading}\n`)) ?? '';
  return /^```4d\n([\s\S]*?)\n```$/m.exec(part)?.[1] ?? '';
}

async function reported(page: DocumentationPage, text: string) {
  const { sessions = 'any', file = 'Project/Sources/Methods/Example.4dm' } = page.frontMatter;
  const mode = sessions === 'any' ? undefined : (sessions as SessionsSetting);
  const project = await memoryProject(mode, { ...surroundings, [file]: `${text}\n` });
  return { project, file, problems: await problemsOf(project, file) };
}

const belongs = (rule: string, code: string): boolean => code === rule || code.startsWith(`${rule}-`);

test('pages stand for rules and for nothing else', () => {
  const codes = rules.map((r) => `${r.code}.md`).sort();
  for (const language of languages) assert.deepEqual(readdirSync(`${docs}/${language}/rules`).sort(), codes);
});

for (const rule of rules) {
  test(`${rule.code}: both pages have the form, and say the same`, () => {
    const shapes = languages.map((language) => {
      const page = pageOf(language, rule.code);
      const { frontMatter } = page;
      assert.equal(frontMatter.rule, rule.code);
      assert.equal(frontMatter.severity, rule.severity);
      assert.match(frontMatter.sessions, /^(any|legacy|scalable|none)$/);
      assert.equal(page.title, rule.code);
      assert.match(page.summary, /^[^|#].{20,180}\.$/);
      const headings = [...page.rest.matchAll(/^## (.*)$/gm)].map((m) => m[1]);
      assert.deepEqual(headings, parts[language]);
      for (const part of page.rest.split(/^## .*$/m).slice(1)) assert.ok(part.trim().length > 10, 'no part is empty');
      assert.ok(page.rest.includes(`4d-web-sessions-disable-line ${rule.code}`), 'how to silence it');
      if (frontMatter.slug) assert.ok(page.rest.includes(`(${documentationUrl(frontMatter.slug, language)})`), "a link to 4D's page");
      const code = parts[language].slice(2, 4).map((h) => exampleOf(page, h).replace(/\/\/(?!%).*/g, '//'));
      const links = [...page.rest.matchAll(/\]\(([^):]+)\)/g)].map((m) => m[1]);
      const items = page.rest.split('\n').filter((l) => l.startsWith('- ')).length;
      return { frontMatter, code, links, items };
    });
    assert.deepEqual(shapes[1], shapes[0]);
  });

  for (const language of languages) {
    test(`${rule.code}: the ${language} examples are reported and not reported`, async () => {
      const page = pageOf(language, rule.code);
      const [, , bad, good] = parts[language];
      const wrong = await reported(page, exampleOf(page, bad));
      const found = wrong.problems.filter((p) => belongs(rule.code, p.code));
      assert.ok(found.length > 0, `reported: ${wrong.problems.map((p) => p.code).join(', ') || 'nothing'}`);
      for (const { message, start, end } of found) {
        assert.ok(message.en.length > 20 && message.es.length > 20 && message.en !== message.es, 'a message in both languages');
        assert.ok(start >= 0 && end >= start);
      }
      const right = await reported(page, exampleOf(page, good));
      const stillThere = right.problems.filter((p) => belongs(rule.code, p.code));
      assert.deepEqual(
        stillThere.map((p) => p.message[language]),
        [],
      );
      if (rule.code !== 'syntax') assert.deepEqual(parse(exampleOf(page, bad)).errors, []);
      assert.deepEqual(parse(exampleOf(page, good)).errors, []);
    });
  }

  test(`${rule.code}: what it offers mends it, and the comment silences it`, async () => {
    const page = pageOf('en', rule.code);
    const text = `${exampleOf(page, parts.en[2])}\n`;
    const { project, file, problems } = await reported(page, text.trimEnd());
    const again = async (changed: string) => {
      project.documentChanged(file, await snapshotOf(project, file, changed));
      const snapshot = await snapshotOf(project, file, changed);
      return check(snapshot);
    };
    for (const problem of problems.filter((p) => belongs(rule.code, p.code))) {
      const count = (list: readonly { code: string }[]): number => list.filter((p) => p.code === problem.code).length;
      for (const fix of problem.fixes ?? []) {
        assert.ok(fix.title.en && fix.title.es && fix.title.en !== fix.title.es);
        const mended = applyEdits(text, fix.edits);
        assert.deepEqual(parse(mended).errors, [], `${fix.title.en} leaves code that parses:\n${mended}`);
        assert.ok(count(await again(mended)) < count(problems), `${fix.title.en} removes the problem:\n${mended}`);
      }
      if (rule.code === 'syntax') continue;
      const silenced = applyEdits(text, disableLine(problem, await snapshotOf(project, file, text)).edits);
      assert.deepEqual(parse(silenced).errors, []);
      assert.ok(count(await again(silenced)) < count(problems), `the comment silences it:\n${silenced}`);
    }
  });
}

test('the pages that the rules name are there', () => {
  for (const rule of rules) for (const language of languages) assert.ok(existsSync(`${docs}/${language}/rules/${rule.code}.md`));
});
