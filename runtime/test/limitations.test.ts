/**
 * The generated parts of `docs/limitations.md` and `docs/es/limitations.md`: commands that the simulator runs, by theme of the catalogue, and
 * what it has chosen where 4D's documentation is silent, constants whose value that documentation does not print. After a change of the library: `UPDATE=1 npm run test:fast -- runtime/test`.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import type { Language } from '#syntaxes/text/bilingual.js';
import { themes, windows } from '../library/index.js';
import { webThemes } from '../library/web.js';
import { assumptions } from '../web/assumptions.js';

const files: Record<Language, string> = {
  en: fileURLToPath(new URL('../../../docs/limitations.md', import.meta.url)),
  es: fileURLToPath(new URL('../../../docs/es/limitations.md', import.meta.url)),
};

const words = {
  en: {
    theme: 'Theme',
    ran: 'Run',
    of: 'Of',
    names: 'Commands',
    members: 'Members of classes',
    none: 'None of these',
    stands: 'Answered by a stand-in that does nothing and tells it in the trace',
  },
  es: {
    theme: 'Tema',
    ran: 'Se ejecutan',
    of: 'De',
    names: 'Comandos',
    members: 'Miembros de clases',
    none: 'Ninguno de estos',
    stands: 'Responde un sustituto que no hace nada y lo dice en la traza',
  },
};

/** A line for each theme of the catalogue that has simulated commands, one for those without, and one for each class. */
function coverage(language: Language): string {
  const w = words[language];
  const catalogue = defaultCatalogue();
  const modelled = [...themes, ...webThemes].filter((theme) => theme !== windows);
  const simulated = new Set(modelled.flatMap((theme) => [...theme.names.keys()]));
  const byTheme = new Map<string, { of: number; names: string[]; stands: number }>();
  for (const command of catalogue.commands) {
    if (command.section !== 'Language' || command.number === undefined || command.name.startsWith('_O_')) continue;
    const key = command.theme ?? '–';
    const entry = byTheme.get(key) ?? { of: 0, names: [], stands: 0 };
    entry.of++;
    if (simulated.has(command.number)) entry.names.push(command.name);
    else if (windows.commands.has(command.number)) entry.stands++;
    byTheme.set(key, entry);
  }
  const sorted = [...byTheme].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = [`| ${w.theme} | ${w.ran} | ${w.of} | ${w.names} |`, '| --- | --- | --- | --- |'];
  for (const [theme, { of, names }] of sorted)
    if (names.length > 0) lines.push(`| ${theme} | ${names.length} | ${of} | ${names.sort().join(', ')} |`);
  const stands = sorted.filter(([, entry]) => entry.stands > 0).map(([theme, entry]) => `${theme} (${entry.stands})`);
  const none = sorted.filter(([, entry]) => entry.names.length === 0 && entry.stands === 0).map(([theme, { of }]) => `${theme} (${of})`);
  lines.push('', `${w.stands}: ${stands.join(', ')}.`, '', `${w.none}: ${none.join(', ')}.`, '', `${w.members}:`, '');
  const members = new Map<string, Set<string>>();
  for (const key of [...themes, ...webThemes].flatMap((theme) => [...theme.members.keys()])) {
    const dot = key.lastIndexOf('.');
    const owner = key.slice(0, dot);
    const name = key.slice(dot + 1).replace(/=$/, '');
    if (!name.endsWith('*')) members.set(owner, (members.get(owner) ?? new Set()).add(name));
  }
  for (const [owner, names] of [...members].sort(([a], [b]) => (a < b ? -1 : 1)))
    lines.push(`- \`${owner}\`: ${[...names].sort().join(', ')}`);
  return lines.join('\n');
}

const choices = (language: Language): string =>
  Object.entries(assumptions)
    .map(([key, text]) => `- \`${key}\`: ${text[language]}`)
    .join('\n');

/** Constants whose value no documentation prints that was read. */
const constants = (): string =>
  `${defaultCatalogue()
    .constants.filter(({ assumed }) => assumed)
    .map(({ name, value }) => `${name} (${typeof value === 'string' ? `\`${value}\`` : value})`)
    .sort()
    .join(', ')}.`;

const between = (text: string, mark: string, content: string): string =>
  text.replace(
    new RegExp(`<!-- ${mark}:start -->[\\s\\S]*<!-- ${mark}:end -->`),
    () => `<!-- ${mark}:start -->\n\n${content}\n\n<!-- ${mark}:end -->`,
  );

for (const language of ['en', 'es'] as const) {
  test(`the ${language} page of limitations says what the simulator runs and has chosen (else: UPDATE=1)`, () => {
    const text = readFileSync(files[language], 'utf8');
    assert.match(text, /<!-- coverage:start -->/);
    assert.match(text, /<!-- assumptions:start -->/);
    assert.match(text, /<!-- constants:start -->/);
    const fresh = between(
      between(between(text, 'coverage', coverage(language)), 'assumptions', choices(language)),
      'constants',
      constants(),
    );
    if (process.env.UPDATE) writeFileSync(files[language], fresh);
    else assert.ok(text === fresh, 'out of date: run UPDATE=1 npm run test:fast -- runtime/test');
  });
}

test('both pages of limitations have the same parts', () => {
  const shape = (text: string): string[] =>
    text
      .replace(/<!-- (\w+):start -->[\s\S]*?<!-- \1:end -->/g, '')
      .split('\n')
      .map((line) => (/^(#+|- )/.exec(line) ?? [''])[0]);
  assert.deepEqual(shape(readFileSync(files.es, 'utf8')), shape(readFileSync(files.en, 'utf8')));
});
