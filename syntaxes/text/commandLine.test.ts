import assert from 'node:assert/strict';
import test from 'node:test';
import { parseArgs } from 'node:util';
import { languageAsked, usageMistake } from './commandLine.js';

test('mistakes of a command line are told in two languages', () => {
  const mistake = (...args: string[]): string[] => {
    try {
      parseArgs({ args, allowPositionals: true, options: { fix: { type: 'boolean' }, format: { type: 'string' } } });
    } catch (error) {
      return Object.values(usageMistake(error));
    }
    return [];
  };
  assert.deepEqual(mistake('--frob'), ['There is no option “--frob”.', 'No existe la opción «--frob».']);
  assert.deepEqual(mistake('-x'), ['There is no option “-x”.', 'No existe la opción «-x».']);
  assert.deepEqual(mistake('--fix=yes'), ['--fix takes no value.', '--fix no lleva valor.']);
  assert.deepEqual(mistake('--format'), ['--format wants a value behind it.', '--format espera un valor detrás.']);
  assert.deepEqual(mistake('--format', '--fix'), ['--format wants a value behind it.', '--format espera un valor detrás.']);
});

test('the language that a command line asks for', () => {
  assert.equal(languageAsked(['lint', '--lang', 'es']), 'es');
  assert.equal(languageAsked(['lint', '--lang=en', 'x']), 'en');
  assert.equal(languageAsked(['lint', '--lang', 'fr']), undefined);
  assert.equal(languageAsked(['lint', '--lang']), undefined);
  assert.equal(languageAsked([]), undefined);
});
