import assert from 'node:assert/strict';
import test from 'node:test';
import { defaultCatalogue } from '#syntaxes/catalogue/catalogue.js';
import { fold } from '#syntaxes/text/fold.js';
import { themes } from './index.js';

test('every registered number is the command of that name in the catalogue', () => {
  const catalogue = defaultCatalogue();
  const wrong: string[] = [];
  for (const theme of themes) {
    for (const [number, name] of theme.names) {
      const known = catalogue.commandByNumber(number)?.name;
      if (known === undefined || fold(known) !== fold(name)) wrong.push(`${theme.title}: ${number} is ${known}, not ${name}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('no command, member or continuation is registered by two themes', () => {
  const seen = new Map<string | number, string>();
  const twice: string[] = [];
  for (const theme of themes) {
    for (const key of [
      ...theme.commands.keys(),
      ...theme.members.keys(),
      ...[...theme.continuations.keys()].map((name) => `then ${name}`),
    ]) {
      if (seen.has(key)) twice.push(`${key}: ${seen.get(key)} and ${theme.title}`);
      seen.set(key, theme.title);
    }
    for (const key of theme.pure) assert.ok(theme.commands.has(key as number) || theme.members.has(key as string));
  }
  assert.deepEqual(twice, []);
});

test('every member is one that the catalogue knows', () => {
  const catalogue = defaultCatalogue();
  const unknown: string[] = [];
  for (const theme of themes) {
    for (const key of theme.members.keys()) {
      const dot = key.lastIndexOf('.');
      const [className, member] = [key.slice(0, dot), key.slice(dot + 1).replace(/=$/, '')];
      if (/^(?:\*|(?:get|set) \*|\[\]|length)$/.test(member)) continue;
      const known = catalogue.classByName(className)?.members.some((m) => fold(m.name) === fold(member));
      if (!known) unknown.push(key);
    }
  }
  assert.deepEqual(unknown, []);
});
